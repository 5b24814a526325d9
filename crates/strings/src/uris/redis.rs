//! Redis and Valkey: URIs over TCP or a socket, and the short texts of one client. The lists of another are in a file of their own.

use super::redis_list;
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Done, Host, Param, Parts, Reason, move_into};
use crate::percent::{Plus, decode};
use crate::text::{fresh, given, has, is_digits, joined, listed, put};
use crate::uri::{self, BASE, Bare, Empty, Found, Grammar, NO_PAIRS, Path, take_named};
use crate::{Dialect, Way, write};

pub const DIALECT: Dialect = Dialect {
    name: "redis",
    forms: &["uri", "short", "se-config"],
    ways: &[
        Way::Own(read, build),
        Way::Own(short, build_short),
        Way::Own(redis_list::read, redis_list::build),
    ],
    detect,
    schemes: &[TCP.schemes, SOCKET.schemes],
    free_forms: "",
};

pub const TCP: Grammar = Grammar {
    schemes: "redis rediss valkey valkeys redis+ssl redis+tls valkey+ssl valkey+tls redis-sentinel rediss-sentinel redis+sentinel \
        valkey-sentinel valkeys-sentinel",
    empty_user: Empty::Absent,
    several_hosts: true,
    host_refused: NO_PAIRS,
    path: Path::Ended,
    plus: Plus::Blank,
    bare: Bare::Empty,
    settle: |found| {
        query(found)?;
        let Parts { hosts, user, password, database, params, .. } = &*found.parts;
        if hosts.is_empty() && user.is_none() && password.is_none() && database.is_none() && params.is_empty()
        {
            return Err(found.hosts.bad(Reason::HostMissing));
        }
        number(database, found.path)
    },
    ..BASE
};

/// The path is the socket, so the database stands in the query.
const SOCKET: Grammar = Grammar {
    schemes: "unix redis+unix valkey+unix redis-socket redis+socket valkey-socket",
    several_hosts: false,
    path: Path::Whole,
    settle: |found| {
        socket(found)?;
        query(found)?;
        number(&found.parts.database, found.path)
    },
    prepare: |parts| {
        move_into(&mut parts.params, "db", &mut parts.database);
        if let Some(path) = parts.hosts.first().and_then(|host| host.socket.as_deref()) {
            put(&mut parts.database, path.strip_prefix('/').unwrap_or(path));
        }
        parts.hosts.clear();
    },
    ..TCP
};

/// A fragment by which one client leaves certificates unchecked; it is kept as a key of this name.
const INSECURE: &str = "#insecure";

fn detect(text: &str) -> usize {
    let whole = Piece::new(text);
    let list = whole.split("=").is_some_and(|(before, _)| !has(before.text, "?"))
        || has(text, ",")
        || whole.begins("!");
    match whole.before_slashes() {
        Some(scheme) if !has(scheme.text, ",=") => 0,
        _ if list => 2,
        _ => 1,
    }
}

/// A fragment names the master of a sentinel; elsewhere it is a `#` that was not encoded.
fn read(text: Piece, parts: &mut Parts) -> Done {
    let (before, fragment) = text.halves("#");
    let scheme = before.until(":").0.text;
    let socket = listed(SOCKET.schemes, scheme).is_some();
    let Some(fragment) = fragment else {
        return uri::read(if socket { &SOCKET } else { &TCP }, before, parts);
    };
    let mut param = Param::default();
    if fragment.text == "insecure" {
        param.name.push_str(INSECURE);
    } else if listed(TCP.schemes, scheme).is_some_and(|scheme| scheme.ends_with("sentinel")) {
        param.name.push_str("sentinelMasterId");
        decode(fragment, Plus::Literal, fresh(&mut param.value))?;
    } else {
        return Err(text.bad_at(before.text.len(), Reason::BadCharacter));
    }
    uri::read(if socket { &SOCKET } else { &TCP }, before, parts)?;
    parts.params.push(param);
    Ok(())
}

fn build(parts: &mut Parts, out: &mut String) -> Done {
    let socket = match &parts.scheme {
        Some(scheme) => listed(SOCKET.schemes, scheme).is_some(),
        None => parts.hosts.iter().any(|host| host.socket.is_some()),
    };
    let insecure = parts.params.pop_if(|param| param.name == INSECURE && param.value.is_none());
    write::build(if socket { &SOCKET } else { &TCP }, parts, out)?;
    if insecure.is_some() {
        out.push_str(INSECURE);
    }
    Ok(())
}

fn socket(found: &mut Found) -> Done {
    if !found.parts.hosts.is_empty() {
        return Err(found.hosts.bad(Reason::BadSocket));
    }
    let Some(path) = found.parts.database.take() else { return Err(found.path.bad(Reason::BadSocket)) };
    found.parts.hosts.push(Host { socket: Some(joined(&["/", &path])), ..Host::default() });
    Ok(())
}

/// The query may say which database, and who logs in where the text does not say it before. Of two spellings the shorter counts.
#[inline(never)]
fn query(found: &mut Found) -> Done {
    let Parts { user, password, database, params, .. } = &mut *found.parts;
    for name in ["database", "db"] {
        if let Some(place) = take_named(params, &mut found.places, name, true, database) {
            number(database, place)?;
        }
    }
    for (name, short, part) in [("username", "user", &mut *user), ("password", "pass", password)] {
        let mut value = None;
        for name in [name, short] {
            take_named(params, &mut found.places, name, true, &mut value);
        }
        if value.is_some() && given(part).is_empty() {
            *part = value;
        }
    }
    if given(user).is_empty() {
        *user = None;
    }
    Ok(())
}

/// A database is a number.
fn number(database: &Option<String>, place: Piece) -> Done {
    match database {
        Some(text) if !is_digits(text) || text.len() > 9 => Err(place.bad(Reason::BadDatabase)),
        _ => Ok(()),
    }
}

/// `host:port`, `//host/1?key=value`, a port alone, or the path of a socket.
fn short(text: Piece, parts: &mut Parts) -> Done {
    if text.is_empty() {
        return Err(text.bad(Reason::Empty));
    }
    if is_digits(text.text) {
        let mut host = Host::default();
        address::port(text, TCP.least_port, &mut host.port)?;
        parts.hosts.push(host);
        return Ok(());
    }
    match text.strip("//") {
        Some(rest) => uri::after_slashes(&TCP, rest, parts),
        None => uri::after_slashes(if text.begins("/") { &SOCKET } else { &TCP }, text, parts),
    }
}

fn build_short(parts: &mut Parts, out: &mut String) -> Done {
    // A login has no place before a path, and two slashes would begin a host.
    let socket = match parts.hosts.as_slice() {
        [host] if parts.user.is_none() && parts.password.is_none() => {
            host.socket.is_some() && !given(&host.socket).starts_with("//")
        }
        _ => false,
    };
    let grammar = if socket { &SOCKET } else { &TCP };
    (grammar.prepare)(parts);
    out.push_str(if socket { "" } else { "//" });
    write::after_slashes(grammar, parts, out);
    Ok(())
}
