//! `sqlserver://user:password@host:port/instance?database=…`, and `sqlserver://host:port;key=value;…` as JDBC has it behind its prefix.

use super::jdbc;
use super::keys::{self, check_host, only_host};
use crate::address::is_zoned_ipv6;
use crate::cursor::Piece;
use crate::names::Names;
use crate::pairs::not_writable;
use crate::parts::{Bad, Done, Parts, Reason, move_into};
use crate::percent::{Plus, decode};
use crate::text::{all, given, has, is_digit, listed, lists};
use crate::uri::{self, BASE, Found, Grammar, NO_PAIRS, Path};
use crate::write;

pub(super) const URL: Grammar = Grammar {
    schemes: "sqlserver mssql",
    last_at: true,
    host_refused: NO_PAIRS,
    plus: Plus::Blank,
    settle,
    ..BASE
};

/// The scheme by which a path ends with the database.
const DATABASE_LAST: &str = "mssql";

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
    let rest = uri::scheme(&URL, text, parts)?;
    match rest.strip("//").filter(|rest| has_pairs(*rest)) {
        Some(rest) => {
            jdbc::after_slashes(rest, parts)?;
            one_host(rest, parts)
        }
        None => uri::after_scheme(&URL, rest, parts),
    }
}

/// Whether a host, with its port or without, is followed by `;key=`. A password may look nearly so, but what stands before it is no port.
fn has_pairs(text: Piece) -> bool {
    let (server, pairs) = text.until(";@/?#");
    let (key, rest) = pairs.skip(usize::from(pairs.begins(";"))).until("=;@/?#");
    let port = server
        .split_last(":")
        .is_none_or(|(_, port)| port.strip_end(b']').is_some() || all(port.text, is_digit));
    pairs.begins(";") && port && !key.is_empty() && rest.begins("=")
}

/// A host that an address can name as well.
fn one_host(text: Piece, parts: &mut Parts) -> Done {
    for host in &mut parts.hosts {
        let name = given(&host.host);
        // An address says neither pairs nor paths.
        let odd = has(name, NO_PAIRS) || has(given(&host.instance), "/\\");
        if name.is_empty() || odd || name.starts_with('/') || has(name, ":") && !is_zoned_ipv6(name) {
            return Err(text.bad(Reason::BadAddress));
        }
        host.instance = host.instance.take().filter(|instance| !instance.is_empty());
    }
    Ok(())
}

/// The path is the instance, and the database stands in the query. With the other scheme the last segment of the path is the database,
/// unless the query says it.
fn settle(found: &mut Found) -> Done {
    let params = std::mem::take(&mut found.parts.params);
    if found.parts.hosts.iter().any(|host| host.socket.is_some()) {
        return Err(found.hosts.bad(Reason::HostCharacter));
    }
    let mut instance = found.parts.database.take();
    if given(&found.parts.scheme) == DATABASE_LAST {
        let (first, second) = found.path.strip("/").unwrap_or(found.path).halves("/");
        instance = segment(first)?;
        found.parts.database = second.map_or(Ok(None), segment)?;
        if found.parts.database.is_none() && !params.iter().any(|param| keys::is_database(&param.name)) {
            found.parts.database = instance.take();
        }
    }
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

/// A segment of a path; nothing where it is empty.
fn segment(text: Piece) -> Result<Option<String>, Bad> {
    text.refuse("/", Reason::BadDatabase)?;
    let mut name = String::new();
    decode(text, Plus::Literal, &mut name)?;
    Ok(Some(name).filter(|name| !name.is_empty()))
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
    let mut instance = None;
    if let Some(host) = parts.hosts.first_mut() {
        instance = host.instance.take();
        host.protocol = None;
    }
    if given(&parts.scheme) != DATABASE_LAST || instance.is_some() || given(&parts.database).is_empty() {
        move_into(&mut parts.params, "database", &mut parts.database);
        parts.database = instance;
    }
    write::build(&Grammar { path: Path::Segment, ..URL }, parts, out)
}
