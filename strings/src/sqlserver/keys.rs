//! What the keywords of SQL Server's strings mean, and the value of `Server`.

use super::pairs::{Pair, not_writable};
use crate::address;
use crate::cursor::{Piece, step};
use crate::parts::{Host, Param, Parts, Reason, Unreadable};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Server,
    Port,
    User,
    Password,
    Database,
}

/// The keywords that name a part, in lower case. The rest are parameters.
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
const PROTOCOLS: &[&str] = &["tcp", "np", "lpc", "admin"];

fn meaning(key: &str) -> Option<Meaning> {
    step(key.len());
    KEYWORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, meaning)| *meaning)
}

/// Puts the pairs into the parts that they mean. Of a repeated key the last counts.
pub(super) fn put(pairs: Vec<Pair>, parts: &mut Parts) -> Result<(), Unreadable> {
    let mut seen = Names::new(pairs.len());
    let mut port = None;
    for Pair { key, value, value_at } in pairs {
        let Some(meaning) = meaning(&key) else {
            seen.keep_last(&mut parts.params, Param::new(key, value));
            continue;
        };
        let value = value.unwrap_or_default();
        match meaning {
            Meaning::Server => parts.hosts = vec![server(&value, value_at)?],
            Meaning::Port => port = Some(Param::new(key, Some(value))),
            Meaning::User | Meaning::Password | Meaning::Database => *login(parts, meaning) = Some(value),
        }
    }
    if let Some(param) = port {
        put_port(parts, param);
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

/// Whether a keyword says who logs in, or into what.
pub(super) fn is_login(name: &str) -> bool {
    matches!(meaning(name), Some(Meaning::User | Meaning::Password | Meaning::Database))
}

/// A port beside the server belongs to it; without a server it stays a parameter.
fn put_port(parts: &mut Parts, param: Param) {
    let port = param.value.as_deref().and_then(|port| address::port(Piece::new(port), 1).ok());
    match parts.hosts.first_mut() {
        Some(host) if host.socket.is_none() && port.is_some() => host.port = port,
        _ => parts.params.push(param),
    }
}

pub(super) fn first_host(parts: &mut Parts) -> &mut Host {
    if parts.hosts.is_empty() {
        parts.hosts.push(Host { host: Some(String::new()), ..Host::default() });
    }
    &mut parts.hosts[0]
}

/// `[protocol:]host[\instance][,port]`, or a pipe.
fn server(value: &str, at: usize) -> Result<Host, Unreadable> {
    let (protocol, rest) = protocol(value.trim_ascii());
    let mut host = Host { protocol: protocol.map(str::to_owned), ..Host::default() };
    if rest.starts_with("\\\\") {
        host.socket = Some(rest.to_owned());
        return Ok(host);
    }
    let (address, port) = match rest.split_once(',') {
        Some((address, port)) => (address.trim_ascii_end(), port.trim_ascii()),
        None => (rest, ""),
    };
    if !port.is_empty() {
        // Unquoted, the value may be shorter than the text, so only its beginning has a place.
        host.port = Some(address::port(Piece::new(port), 1).map_err(|found| Unreadable { at, ..found })?);
    }
    put_address(&mut host, address);
    Ok(host)
}

fn protocol(value: &str) -> (Option<&'static str>, &str) {
    for known in PROTOCOLS {
        let begin = value.get(..known.len()).unwrap_or("");
        if let Some(rest) = value[begin.len()..].strip_prefix(':')
            && begin.eq_ignore_ascii_case(known)
        {
            return (Some(known), rest);
        }
    }
    (None, value)
}

/// `host[\instance]`. Two spellings mean this machine.
pub(super) fn put_address(host: &mut Host, address: &str) {
    step(address.len());
    let (name, instance) = match address.split_once('\\') {
        Some((name, instance)) => (name, Some(instance)),
        None => (address, None),
    };
    let inside = name.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    let name = inside.filter(|inside| inside.contains(':') && !inside.contains(['[', ']'])).unwrap_or(name);
    let here = name == "." || name.eq_ignore_ascii_case("(local)");
    host.host = Some(if here { "localhost" } else { name }.to_owned());
    if let Some(instance) = instance {
        host.instance = Some(instance.to_owned());
    }
}

/// Writes the value of `Server`.
pub(super) fn write_server(host: &Host) -> Result<String, Unreadable> {
    check_host(host)?;
    let mut out = String::new();
    if let Some(protocol) = &host.protocol {
        if !PROTOCOLS.contains(&protocol.as_str()) {
            return Err(not_writable());
        }
        out.push_str(protocol);
        out.push(':');
    }
    match &host.socket {
        Some(socket) => out.push_str(socket),
        None => write_address(&mut out, host),
    }
    if let Some(port) = host.port {
        out.push(',');
        out.push_str(&port.to_string());
    }
    // What would be read as something else cannot be said.
    match server(&out, 0) {
        Ok(read) if read == *host || (host.host.is_none() && host.socket.is_none()) => Ok(out),
        _ => Err(not_writable()),
    }
}

fn write_address(out: &mut String, host: &Host) {
    out.push_str(host.host.as_deref().unwrap_or(""));
    if let Some(instance) = &host.instance {
        out.push('\\');
        out.push_str(instance);
    }
}

/// SQL Server knows one user, and no address beside the name.
pub(super) fn check_host(host: &Host) -> Result<(), Unreadable> {
    let plain = host.user.is_none() && host.password.is_none() && host.hostaddr.is_none() && host.params.is_empty();
    let one = host.host.is_none() || host.socket.is_none();
    if plain && one { Ok(()) } else { Err(not_writable()) }
}

/// The one host of the parts, if any.
pub(super) fn only_host(parts: &Parts) -> Result<Option<&Host>, Unreadable> {
    if parts.hosts.len() > 1 { Err(Unreadable { at: 0, reason: Reason::OneHostOnly }) } else { Ok(parts.hosts.first()) }
}

/// Whether a parameter of this name would be read back as one.
pub(super) fn is_param(name: &str) -> bool {
    !matches!(meaning(name), Some(found) if found != Meaning::Port)
}

/// Finds a name again, in any case, without looking at all of them.
pub(super) struct Names {
    names: Vec<String>,
    slots: Vec<usize>,
}

const FREE: usize = usize::MAX;

impl Names {
    pub(super) fn new(most: usize) -> Names {
        Names { names: Vec::new(), slots: vec![FREE; (2 * most + 1).next_power_of_two()] }
    }

    /// The number of a name, in the order in which they first came.
    fn number(&mut self, name: &str) -> usize {
        let mut slot = hash(name) % self.slots.len();
        loop {
            step(1);
            match self.slots[slot] {
                FREE => {
                    self.slots[slot] = self.names.len();
                    self.names.push(name.to_owned());
                    return self.slots[slot];
                }
                number if self.names[number].eq_ignore_ascii_case(name) => return number,
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
    }

    /// Whether a name comes for the first time.
    pub(super) fn is_new(&mut self, name: &str) -> bool {
        let before = self.names.len();
        self.number(name) == before
    }

    /// Adds a parameter, or gives the one of that name the later value. All `params` came this way.
    fn keep_last(&mut self, params: &mut Vec<Param>, param: Param) {
        let number = self.number(&param.name);
        match params.get_mut(number) {
            Some(earlier) => earlier.value = param.value,
            None => params.push(param),
        }
    }
}

/// FNV-1a over the name in lower case.
fn hash(name: &str) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in name.bytes() {
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    step(name.len());
    hash as usize
}
