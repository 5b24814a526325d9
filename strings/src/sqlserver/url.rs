//! `sqlserver://user:password@host:port/instance?database=…`

use super::keys::{self, check_host, only_host};
use crate::cursor::Piece;
use crate::names::Names;
use crate::pairs::not_writable;
use crate::parts::{Done, Parts, Reason, move_into};
use crate::percent::Plus;
use crate::text::{given, listed, lists};
use crate::uri::{self, BASE, Found, Grammar};
use crate::write;

pub(super) const URL: Grammar = Grammar { schemes: "sqlserver mssql", last_at: true, plus: Plus::Blank, settle, ..BASE };

/// Whether a text begins with one of the schemes.
pub(super) fn begins(text: Piece) -> bool {
    let (scheme, rest) = text.until(":");
    rest.begins("://") && listed(URL.schemes, scheme.text).is_some()
}

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let text = text.trim();
    let fitting = text.fitting(|byte| !byte.is_ascii_control());
    if fitting < text.text.len() {
        return Err(text.bad_at(fitting, Reason::BadCharacter));
    }
    uri::read(&URL, text, parts)
}

/// The path is the instance; the database stands in the query.
fn settle(found: &mut Found) -> Done {
    let params = std::mem::take(&mut found.parts.params);
    if found.parts.hosts.iter().any(|host| host.socket.is_some()) {
        return Err(found.hosts.bad(Reason::HostCharacter));
    }
    let instance = found.parts.database.take();
    if instance.is_some() {
        keys::first_host(found.parts).instance = instance;
    }
    let mut names = Names::new(params.len(), true);
    for (param, piece) in params.iter().zip(&found.places) {
        let free = found.parts.lenient && keys::is_param(&param.name);
        if !names.is_new(&param.name) && !free {
            return Err(piece.bad(Reason::RepeatedKey));
        }
    }
    for param in params {
        keys::put_login(param, found.parts);
    }
    Ok(())
}

pub(super) fn write(parts: &mut Parts, out: &mut String) -> Done {
    let mut tcp = true;
    if let Some(host) = only_host(parts)? {
        check_host(host)?;
        tcp = host.socket.is_none() && matches!(given(&host.protocol), "" | "tcp");
    }
    let params = parts.params.iter().all(|param| !param.name.is_empty() && !keys::is_login(&param.name));
    let scheme = parts.scheme.as_deref().is_none_or(|scheme| lists(URL.schemes, scheme));
    if !tcp || !params || !scheme {
        return Err(not_writable());
    }
    // Before the host a password needs a user, be it an empty one.
    if parts.user.is_none() {
        move_into(&mut parts.params, "password", &mut parts.password);
    }
    move_into(&mut parts.params, "database", &mut parts.database);
    if let Some(host) = parts.hosts.first_mut() {
        parts.database = host.instance.take();
        host.protocol = None;
    }
    write::build(&URL, parts, out)
}
