//! `sqlserver://user:password@host:port/instance?database=…`

use super::keys::{self, Names, check_host, only_host};
use super::pairs::not_writable;
use crate::cursor::Piece;
use crate::parts::{Param, Parts, Reason, Unreadable};
use crate::percent::Plus;
use crate::uri::{self, BASE, Found, Grammar};
use crate::write;

const URL: Grammar = Grammar { schemes: &["sqlserver", "mssql"], last_at: true, plus: Plus::Blank, settle, ..BASE };

/// Whether a text begins with one of the schemes.
pub(super) fn begins(text: Piece) -> bool {
    text.split(":").is_some_and(|(scheme, rest)| rest.text.starts_with("//") && URL.schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme.text)))
}

pub(super) fn read(text: Piece) -> Result<Parts, Unreadable> {
    if let Some((place, _)) = text.text.char_indices().find(|(_, letter)| letter.is_ascii_control()) {
        return Err(text.bad_at(place, Reason::BadCharacter));
    }
    uri::read(&URL, text.text).map_err(|found| Unreadable { at: found.at + text.at, ..found })
}

/// The path is the instance; the database stands in the query.
fn settle(found: &mut Found) -> Result<(), Unreadable> {
    let params = std::mem::take(&mut found.parts.params);
    if found.parts.hosts.iter().any(|host| host.socket.is_some()) {
        return Err(found.hosts.bad(Reason::HostCharacter));
    }
    let instance = found.parts.database.take();
    if instance.is_some() {
        keys::first_host(&mut found.parts).instance = instance;
    }
    let mut names = Names::new(params.len());
    for (param, piece) in params.into_iter().zip(&found.params) {
        if !names.is_new(&param.name) {
            return Err(piece.bad(Reason::RepeatedKey));
        }
        keys::put_login(param, &mut found.parts);
    }
    Ok(())
}

pub(super) fn write(parts: &Parts) -> Result<String, Unreadable> {
    let mut parts = parts.clone();
    let host = only_host(&parts)?.cloned().unwrap_or_default();
    check_host(&host)?;
    let tcp = matches!(host.protocol.as_deref(), None | Some("tcp"));
    let params = parts.params.iter().all(|param| !param.name.is_empty() && !keys::is_login(&param.name));
    let scheme = parts.scheme.as_deref().is_none_or(|scheme| URL.schemes.contains(&scheme));
    if !tcp || !params || !scheme || host.socket.is_some() {
        return Err(not_writable());
    }
    // Before the host a password needs a user, be it an empty one.
    if parts.user.is_none()
        && let Some(password) = parts.password.take()
    {
        parts.params.insert(0, Param::new("password", Some(password)));
    }
    if let Some(database) = parts.database.take() {
        parts.params.insert(0, Param::new("database", Some(database)));
    }
    if let Some(host) = parts.hosts.first_mut() {
        parts.database = host.instance.take();
        host.protocol = None;
    }
    Ok(write::build(&URL, &parts))
}
