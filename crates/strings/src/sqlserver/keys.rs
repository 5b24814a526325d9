//! What the keywords of SQL Server's strings mean, and the value of `Server`.

use crate::address;
use crate::cursor::{Piece, step};
use crate::names::Names;
use crate::pairs::{Pair, not_writable};
use crate::parts::{Bad, Done, Host, Param, Parts, Reason};
use crate::text::{given, has, listed, lists, put as put_text, same, write_all, write_number};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Server,
    Port,
    User,
    Password,
    Database,
}

/// The keywords that name a part. The rest are parameters.
const KEYWORDS: &[(&str, Meaning)] = &[
    ("server", Meaning::Server),
    ("data source", Meaning::Server),
    ("addr", Meaning::Server),
    ("address", Meaning::Server),
    ("network address", Meaning::Server),
    ("servername", Meaning::Server),
    ("port", Meaning::Port),
    ("portnumber", Meaning::Port),
    ("user id", Meaning::User),
    ("user", Meaning::User),
    ("uid", Meaning::User),
    ("username", Meaning::User),
    ("password", Meaning::Password),
    ("pwd", Meaning::Password),
    ("database", Meaning::Database),
    ("initial catalog", Meaning::Database),
    ("databasename", Meaning::Database),
];

/// Before the name in a `Server` value.
const PROTOCOLS: &str = "tcp np lpc admin";

#[inline(never)]
fn meaning(key: &str) -> Option<Meaning> {
    for (known, meaning) in KEYWORDS {
        if same(known, key) {
            return Some(*meaning);
        }
    }
    None
}

/// Puts the pairs into the parts that they mean. Of a repeated key the last counts.
#[inline(never)]
pub(super) fn put(pairs: &[Pair], parts: &mut Parts) -> Done {
    let mut seen = Names::new(pairs.len(), true);
    let mut port = None;
    for pair in pairs {
        match meaning(&pair.key) {
            Some(Meaning::Server) => {
                parts.hosts.clear();
                // The value may be shorter than the text, so only its beginning has a place.
                server(given(&pair.value), &mut parts.hosts)
                    .map_err(|found| Bad::new(pair.address, found.reason()))?;
            }
            Some(Meaning::Port) => port = Some(pair),
            Some(meaning) => put_text(login(parts, meaning), given(&pair.value)),
            None => {
                let number = seen.number(&pair.key);
                match parts.params.get_mut(number) {
                    Some(earlier) => earlier.value.clone_from(&pair.value),
                    None => parts.params.push(Param::new(pair.key.as_str(), pair.value.clone())),
                }
            }
        }
    }
    if let Some(pair) = port {
        put_port(pair, parts);
    }
    Ok(())
}

fn login(parts: &mut Parts, meaning: Meaning) -> &mut Option<String> {
    match meaning {
        Meaning::User => &mut parts.user,
        Meaning::Password => &mut parts.password,
        _ => &mut parts.database,
    }
}

/// Puts a parameter of an address where it belongs: only who logs in, and where, are parts there.
pub(super) fn put_login(param: Param, parts: &mut Parts) {
    match meaning(&param.name).filter(|_| is_login(&param.name)) {
        Some(meaning) => *login(parts, meaning) = Some(param.value.unwrap_or_default()),
        None => parts.params.push(param),
    }
}

/// Whether a keyword names the server.
pub(super) fn is_server(name: &str) -> bool {
    meaning(name) == Some(Meaning::Server)
}

pub(super) fn is_database(name: &str) -> bool {
    meaning(name) == Some(Meaning::Database)
}

/// Whether a keyword says who logs in, or into what.
pub(super) fn is_login(name: &str) -> bool {
    matches!(meaning(name), Some(Meaning::User | Meaning::Password | Meaning::Database))
}

/// A port beside the server belongs to it; without a server it stays a parameter.
fn put_port(pair: &Pair, parts: &mut Parts) {
    let mut port = None;
    if let Some(host) = parts.hosts.first_mut()
        && host.socket.is_none()
        && address::port(Piece::new(given(&pair.value)), 1, &mut port).is_ok()
    {
        host.port = port;
        return;
    }
    parts.params.push(Param::new(pair.key.as_str(), pair.value.clone()));
}

pub(super) fn first_host(parts: &mut Parts) -> &mut Host {
    if parts.hosts.is_empty() {
        parts.hosts.push(Host { host: Some(String::new()), ..Host::default() });
    }
    &mut parts.hosts[0]
}

/// `[protocol:]host[\instance][,port]`, or a pipe.
#[inline(never)]
fn server(value: &str, hosts: &mut Vec<Host>) -> Done {
    let mut host = Host::default();
    let mut rest = Piece::new(value).trim();
    if let Some((protocol, after)) = rest.split(":")
        && let Some(known) = listed(PROTOCOLS, protocol.text)
    {
        put_text(&mut host.protocol, known);
        rest = after;
    }
    if rest.begins("\\\\") {
        put_text(&mut host.socket, rest.text);
    } else {
        let (address, port) = rest.halves(",");
        if let Some(port) = port.map(Piece::trim).filter(|port| !port.is_empty()) {
            address::port(port, 1, &mut host.port)?;
        }
        put_address(&mut host, if port.is_some() { address.text.trim_ascii_end() } else { address.text })?;
    }
    hosts.push(host);
    Ok(())
}

/// `host[\instance]`. Two spellings mean this machine.
#[inline(never)]
pub(super) fn put_address(host: &mut Host, address: &str) -> Done {
    step(address.len());
    // Who logs in has no place here, and an address of another kind neither.
    let whole = Piece::new(address);
    whole.refuse("@", Reason::HostCharacter)?;
    if whole.before_slashes().is_some() {
        return Err(whole.bad(Reason::HostCharacter));
    }
    let (name, instance) = whole.halves("\\");
    let name = name.trim();
    let inside = name.within("[", b']').filter(|inside| has(inside.text, ":") && !has(inside.text, "[]"));
    let name = inside.unwrap_or(name).text;
    let here = name == "." || same(name, "(local)");
    put_text(&mut host.host, if here { "localhost" } else { name });
    if let Some(instance) = instance {
        put_text(&mut host.instance, instance.trim().text);
    }
    Ok(())
}

/// Writes the value of `Server`.
pub(super) fn write_server(host: &Host, out: &mut String) -> Done {
    check_host(host)?;
    if let Some(protocol) = &host.protocol {
        if !lists(PROTOCOLS, protocol) {
            return Err(not_writable());
        }
        write_all(&[protocol, ":"], out);
    }
    match &host.socket {
        Some(socket) => out.push_str(socket),
        None => {
            out.push_str(given(&host.host));
            if let Some(instance) = &host.instance {
                write_all(&["\\", instance], out);
            }
        }
    }
    if let Some(port) = host.port {
        out.push(',');
        write_number(u64::from(port), out);
    }
    // What would be read as something else cannot be said.
    let mut back = Vec::new();
    server(out, &mut back).map_err(|_| not_writable())?;
    let same = back.first() == Some(host) || host.host.is_none() && host.socket.is_none();
    if same { Ok(()) } else { Err(not_writable()) }
}

/// SQL Server knows one user, and no address beside the name.
pub(super) fn check_host(host: &Host) -> Done {
    let plain =
        host.user.is_none() && host.password.is_none() && host.hostaddr.is_none() && host.params.is_empty();
    let one = host.host.is_none() || host.socket.is_none();
    if plain && one { Ok(()) } else { Err(not_writable()) }
}

/// The one host of the parts, if any.
pub(super) fn only_host(parts: &Parts) -> Result<Option<&Host>, Bad> {
    if parts.hosts.len() > 1 { Err(Bad::nowhere(Reason::OneHostOnly)) } else { Ok(parts.hosts.first()) }
}

/// Whether a parameter of this name would be read back as one.
pub(super) fn is_param(name: &str) -> bool {
    !is_server(name) && !is_login(name)
}
