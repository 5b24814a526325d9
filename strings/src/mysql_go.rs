//! The texts of MySQL's Go driver: `user:password@net(address)/database?key=value`.

use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};
use crate::percent::{Plus, decode, encode};
use crate::write;

/// The last slash and the last `@` split, so what stands before them may hold both; only what follows is decoded.
pub fn read(text: Piece) -> Result<Parts, Unreadable> {
    let (head, tail) = text.split_last("/").ok_or(text.bad_at(text.text.len(), Reason::DatabaseMissing))?;
    let mut parts = Parts::default();
    let place = match head.split_last("@") {
        Some((info, place)) => {
            let (user, password) = match info.split(":") {
                Some((user, password)) => (user, Some(password)),
                None => (info, None),
            };
            parts.user = Some(user.text.to_owned()).filter(|user| !user.is_empty());
            parts.password = password.map(|password| password.text.to_owned());
            place
        }
        None => head,
    };
    if !place.is_empty() {
        parts.hosts.push(host(place)?);
    }
    // Parentheses with nothing in them say nothing.
    if parts.hosts == [Host::default()] {
        parts.hosts.clear();
    }
    let (database, query) = match tail.split("?") {
        Some((database, query)) => (database, Some(query)),
        None => (tail, None),
    };
    if !database.is_empty() {
        parts.database = Some(decode(database, Plus::Literal)?);
    }
    for piece in query.map(|query| query.pieces("&")).unwrap_or_default() {
        // The driver skips what has no `=`.
        match piece.split("=") {
            Some((name, value)) => parts.params.push(Param::new(name.text, Some(decode(value, Plus::Blank)?))),
            None if piece.is_empty() => (),
            None => parts.params.push(Param::new(piece.text, None)),
        }
    }
    Ok(parts)
}

fn host(text: Piece) -> Result<Host, Unreadable> {
    let Some((net, address)) = text.split("(") else {
        return Ok(Host { protocol: Some(text.text.to_owned()), ..Host::default() });
    };
    let protocol = Some(net.text.to_owned()).filter(|net| !net.is_empty());
    let address = match address.split_last(")") {
        Some((address, after)) if after.is_empty() => address,
        Some((_, after)) => return Err(after.bad(Reason::StrayParenthesis)),
        None => return Err(address.bad(Reason::UnclosedParenthesis)),
    };
    if address.text.starts_with('/') {
        return Ok(Host { protocol, socket: Some(address.text.to_owned()), ..Host::default() });
    }
    let (name, port) = match address.strip("[") {
        Some(inner) => {
            let (name, after) = inner.split("]").ok_or(inner.bad(Reason::UnclosedBracket))?;
            match after.strip(":") {
                None if !after.is_empty() => return Err(after.bad(Reason::StrayBracket)),
                port => (name, port),
            }
        }
        None => match address.split_last(":") {
            Some((name, port)) => (name, Some(port)),
            None => (address, None),
        },
    };
    let port = port.filter(|port| !port.is_empty()).map(|port| address::port(port, 0)).transpose()?;
    Ok(Host { protocol, host: Some(name.text.to_owned()).filter(|name| !name.is_empty()), port, ..Host::default() })
}

pub fn build(parts: &Parts) -> String {
    let mut out = parts.user.clone().unwrap_or_default();
    if let Some(password) = &parts.password {
        out.extend([":", password]);
    }
    if parts.user.is_some() || parts.password.is_some() {
        out.push('@');
    }
    if let Some(host) = parts.hosts.first() {
        out.push_str(host.protocol.as_deref().unwrap_or_default());
        if host.socket.is_some() || host.host.is_some() || host.port.is_some() {
            out.push('(');
            match (&host.socket, &host.host) {
                (Some(path), _) => out.push_str(path),
                (None, Some(name)) if name.contains(':') => out.extend(["[", name, "]"]),
                (None, name) => out.push_str(name.as_deref().unwrap_or_default()),
            }
            write::port(host.port, &mut out);
            out.push(')');
        }
    }
    out.push('/');
    encode(parts.database.as_deref().unwrap_or_default(), "", &mut out);
    for (place, param) in parts.params.iter().enumerate() {
        out.push(if place == 0 { '?' } else { '&' });
        out.push_str(&param.name);
        if let Some(value) = &param.value {
            out.push('=');
            encode(value, ":,", &mut out);
        }
    }
    out
}
