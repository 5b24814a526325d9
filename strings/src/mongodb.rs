//! MongoDB: a list of hosts, or one name that DNS turns into such a list.

use crate::parts::{Param, Parts, Reason, Unreadable};
use crate::uri::{self, BASE, Bare, Empty, Found, Grammar};
use crate::write;

pub const FORMS: &[&str] = &["uri", "srv"];

const URI: Grammar = Grammar {
    schemes: &["mongodb"],
    any_case: false,
    user_refused: ":/?#[]@",
    empty_user: Empty::Bad,
    user_ends: "/?",
    host_ends: "/?",
    hash_is_letter: true,
    several_hosts: true,
    host_required: true,
    empty_hosts: false,
    host_refused: " \t\r\n@[]<>\"\\^`{|}#",
    empty_port: Empty::Bad,
    bare: Bare::Bad,
    slash_before_query: true,
    settle: |found| {
        sockets(found)?;
        database(found)
    },
    ..BASE
};

const SRV: Grammar = Grammar {
    schemes: &["mongodb+srv"],
    settle: |found| {
        one_name(found)?;
        conflicts(found)?;
        database(found)
    },
    ..URI
};

pub fn detect(text: &str) -> &'static str {
    if text.starts_with("mongodb+srv:") { "srv" } else { "uri" }
}

pub fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    uri::read(if form == "srv" { &SRV } else { &URI }, text)
}

pub fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(write::build(if form == "srv" { &SRV } else { &URI }, parts))
}

/// What holds a slash is the path of a socket, and is named so; it has no port.
fn sockets(found: &mut Found) -> Result<(), Unreadable> {
    for host in &found.parts.hosts {
        let name = host.socket.as_deref().or(host.host.as_deref()).unwrap_or_default();
        let named = name.len() > ".sock".len() && name.ends_with(".sock");
        if name.contains('/') && (!named || host.port.is_some()) {
            return Err(found.hosts.bad(Reason::BadSocket));
        }
    }
    Ok(())
}

fn database(found: &mut Found) -> Result<(), Unreadable> {
    let bad = found.parts.database.as_deref().is_some_and(|name| name.contains(['/', '\\', ' ', '"', '$']));
    if bad { Err(found.path.bad(Reason::BadDatabase)) } else { Ok(()) }
}

fn one_name(found: &mut Found) -> Result<(), Unreadable> {
    let bad = |reason| Err(found.hosts.bad(reason));
    match found.parts.hosts.as_slice() {
        [host] if host.port.is_some() => bad(Reason::NoPortHere),
        [host] if host.host.as_deref().is_some_and(|name| !name.contains(['/', ':'])) => Ok(()),
        [_] => bad(Reason::BadAddress),
        _ => bad(Reason::OneHostOnly),
    }
}

/// Two wishes about the hosts that cannot both be met.
fn conflicts(found: &mut Found) -> Result<(), Unreadable> {
    let params = &found.parts.params;
    let said = |name: &str, wanted: fn(&str) -> bool| {
        let matches = |param: &Param| param.name.eq_ignore_ascii_case(name) && param.value.as_deref().is_some_and(wanted);
        params.iter().position(matches)
    };
    let some = |value: &str| value.parse::<u32>().is_ok_and(|count| count > 0);
    let limited = said("srvMaxHosts", some);
    let other = said("replicaSet", |value| !value.is_empty()).or(said("loadBalanced", |value| value == "true"));
    let conflict = said("directConnection", |value| value == "true").or(limited.filter(|_| other.is_some()));
    match conflict {
        Some(place) => Err(found.params[place].bad(Reason::BadValue)),
        None => Ok(()),
    }
}
