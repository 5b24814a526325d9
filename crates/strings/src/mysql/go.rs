//! The texts of MySQL's Go driver: `user:password@net(address)/database?key=value`.

use crate::address;
use crate::cursor::Piece;
use crate::parts::{Done, Host, Param, Parts, Reason, move_into, take_login};
use crate::percent::{Plus, decode, encode, or_raw};
use crate::text::{fresh, given, has, is_word, put, put_filled};
use crate::uri::drop_nothing;
use crate::write;

/// What stands behind the last `@`, where it can be a network with or without an address.
fn network(head: Piece<'_>) -> Option<Piece<'_>> {
    let place = head.split_last("@").map_or(head, |(_, place)| place);
    let (net, address) = place.until("(");
    let good = is_word(net.text, NETWORK) && (address.is_empty() || address.strip_end(b')').is_some());
    if good { Some(place) } else { None }
}

/// Whether the last `@` is followed by a network's name and an address.
pub fn names_network(text: Piece) -> bool {
    let Some((_, place)) = text.split_last("@") else { return false };
    let (net, address) = place.until("(");
    !net.is_empty() && is_word(net.text, NETWORK) && !address.is_empty()
}

/// What may stand in the name of a network, besides letters and digits.
const NETWORK: &str = "+-._";

/// Where the database begins: at the last slash, as the driver has it, or else, where a value holds that one, at the last before the
/// question mark.
fn slash<'a>(text: Piece<'a>) -> Option<(Piece<'a>, Piece<'a>)> {
    let (head, tail) = text.split_last("/")?;
    if network(head).is_none()
        && let Some((before, _)) = text.split_last("?")
        && let Some((head, _)) = before.split_last("/")
        && network(head).is_some()
    {
        return Some((head, text.skip(head.text.len() + 1)));
    }
    Some((head, tail))
}

/// The slash and the last `@` split, so what stands before them may hold both; only what follows is decoded.
pub fn read(text: Piece, parts: &mut Parts) -> Done {
    let Some((head, tail)) = slash(text) else {
        return Err(text.bad_at(text.text.len(), Reason::DatabaseMissing));
    };
    let mut place = head;
    if let Some((info, after)) = head.split_last("@") {
        let (user, password) = info.halves(":");
        put_filled(&mut parts.user, user.text);
        if let Some(password) = password {
            put(&mut parts.password, password.text);
        }
        place = after;
    }
    if !place.is_empty() {
        let mut host = Host::default();
        self::host(place, &mut host)?;
        parts.hosts.push(host);
    }
    // Parentheses with nothing in them say nothing.
    drop_nothing(&mut parts.hosts);
    let (database, query) = tail.halves("?");
    if !database.is_empty() {
        decode(database, Plus::Literal, fresh(&mut parts.database))?;
    }
    let Some(query) = query else { return Ok(()) };
    for piece in &query.pieces("&") {
        let (name, value) = piece.halves("=");
        // Only a value can have brought the last slash about.
        name.refuse("/", Reason::BadKey)?;
        let mut param = Param::new(name.text, None);
        if let Some(value) = value {
            let out = fresh(&mut param.value);
            or_raw(decode(value, Plus::Blank, out), parts.lenient, value, out)?;
        }
        if !piece.is_empty() {
            parts.params.push(param);
        }
    }
    take_login(parts);
    Ok(())
}

fn host(text: Piece, host: &mut Host) -> Done {
    let (net, address) = text.halves("(");
    // A password could hide in what is no name.
    if let Some(place) = net.find_other(NETWORK) {
        return Err(net.bad_at(place, Reason::UnknownProtocol));
    }
    let Some(address) = address else {
        put(&mut host.protocol, net.text);
        return Ok(());
    };
    put_filled(&mut host.protocol, net.text);
    let address = match address.split_last(")") {
        Some((address, after)) if after.is_empty() => address,
        Some((_, after)) => return Err(after.bad(Reason::StrayParenthesis)),
        None => return Err(address.bad(Reason::UnclosedParenthesis)),
    };
    if address.begins("/") {
        put(&mut host.socket, address.text);
        return Ok(());
    }
    let (name, port) = match address.strip("[") {
        Some(inner) => {
            let (name, after) = inner.halves("]");
            let Some(after) = after else { return Err(inner.bad(Reason::UnclosedBracket)) };
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
    name.refuse(" ;=@", Reason::HostCharacter)?;
    put_filled(&mut host.host, name.text);
    match port {
        Some(port) if !port.is_empty() => address::port(port, 0, &mut host.port),
        _ => Ok(()),
    }
}

pub fn build(parts: &mut Parts, out: &mut String) -> Done {
    if has(given(&parts.user), ":") || parts.user.as_deref() == Some("") {
        move_into(&mut parts.params, "user", &mut parts.user);
    }
    out.push_str(given(&parts.user));
    if let Some(password) = &parts.password {
        out.push(':');
        out.push_str(password);
    }
    if parts.user.is_some() || parts.password.is_some() {
        out.push('@');
    }
    if let Some(host) = parts.hosts.first() {
        out.push_str(given(&host.protocol));
        if host.socket.is_some() || host.host.is_some() || host.port.is_some() {
            out.push('(');
            match &host.socket {
                Some(path) => {
                    out.push_str(path);
                    write::port(host.port, out);
                }
                None => write::plain_host(host, out),
            }
            out.push(')');
        }
    }
    out.push('/');
    encode(given(&parts.database), "", out);
    for (place, param) in parts.params.iter().enumerate() {
        out.push(if place == 0 { '?' } else { '&' });
        out.push_str(&param.name);
        if let Some(value) = &param.value {
            out.push('=');
            encode(value, ":,", out);
        }
    }
    Ok(())
}
