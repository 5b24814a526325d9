//! Redis and Valkey: URIs over TCP or a socket, the short texts of one client, and the lists of another.

use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};
use crate::percent::{Plus, decode};
use crate::uri::{self, BASE, Bare, Empty, Found, Grammar, Path};
use crate::write;

pub const FORMS: &[&str] = &["uri", "short", "se-config"];

const TCP: Grammar = Grammar {
    schemes: &[
        "redis",
        "rediss",
        "valkey",
        "valkeys",
        "redis+ssl",
        "redis+tls",
        "valkey+ssl",
        "valkey+tls",
        "redis-sentinel",
        "rediss-sentinel",
        "redis+sentinel",
        "valkey-sentinel",
        "valkeys-sentinel",
    ],
    empty_user: Empty::Absent,
    several_hosts: true,
    host_refused: "@[]<>\"\\^`{|}",
    path: Path::Segment,
    plus: Plus::Blank,
    bare: Bare::Empty,
    settle: |found| {
        query(found)?;
        if found.parts == Parts::default() {
            return Err(found.hosts.bad(Reason::HostMissing));
        }
        number(found.parts.database.as_deref(), found.path)
    },
    ..BASE
};

/// The path is the socket, so the database stands in the query.
const SOCKET: Grammar = Grammar {
    schemes: &["unix", "redis+unix", "valkey+unix", "redis-socket", "redis+socket", "valkey-socket"],
    several_hosts: false,
    path: Path::Whole,
    settle: |found| {
        socket(found)?;
        query(found)?;
        number(found.parts.database.as_deref(), found.path)
    },
    prepare: |parts| {
        if let Some(number) = parts.database.take() {
            parts.params.insert(0, Param::new("db", Some(number)));
        }
        parts.database = parts.hosts.first().and_then(|host| host.socket.as_deref()).map(|path| path.strip_prefix('/').unwrap_or(path).to_owned());
        parts.hosts.clear();
    },
    ..TCP
};

/// The keys of a configuration list; another one is a mistake.
const KEYS: &str = " abortconnect allowadmin asynctimeout channelprefix checkcertificaterevocation configchannel configcheckseconds \
connectretry connecttimeout defaultdatabase heartbeatconsistencychecks heartbeatinterval highintegrity highprioritythreads keepalive \
libraryname name password preserveasyncorder protocol proxy resolvedns responsetimeout servicename setlib ssl sslhost sslprotocols \
synctimeout tiebreaker tunnel user version writebuffer ";

/// A fragment by which one client leaves certificates unchecked; it is kept as a key of this name.
const INSECURE: &str = "#insecure";

pub fn detect(text: &str) -> &'static str {
    let list = text.split_once('=').is_some_and(|(before, _)| !before.contains('?')) || text.contains(',') || text.starts_with('!');
    match text.split_once("://") {
        Some((scheme, _)) if !scheme.contains([',', '=']) => "uri",
        _ if list => "se-config",
        _ => "short",
    }
}

pub fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    match form {
        "uri" => with_fragment(whole),
        "short" => short(whole),
        _ => list(whole),
    }
}

pub fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(match form {
        "uri" => {
            let socket = match &parts.scheme {
                Some(scheme) => SOCKET.schemes.contains(&scheme.as_str()),
                None => parts.hosts.iter().any(|host| host.socket.is_some()),
            };
            let mut plain = parts.clone();
            plain.params.retain(|param| param.name != INSECURE);
            let mut text = write::build(if socket { &SOCKET } else { &TCP }, &plain);
            if plain.params.len() < parts.params.len() {
                text.push_str(INSECURE);
            }
            text
        }
        "short" => build_short(parts),
        _ => build_list(parts),
    })
}

/// A fragment names the master of a sentinel; elsewhere it is a `#` that was not encoded.
fn with_fragment(text: Piece) -> Result<Parts, Unreadable> {
    let scheme = text.split(":").map_or("", |(scheme, _)| scheme.text);
    let Some((before, master)) = text.split("#") else { return by_scheme(scheme, text.text) };
    let param = match master.text {
        "insecure" => Param::new(INSECURE, None),
        _ if scheme.to_ascii_lowercase().ends_with("sentinel") => Param::new("sentinelMasterId", Some(decode(master, Plus::Literal)?)),
        _ => return Err(text.bad_at(before.text.len(), Reason::BadCharacter)),
    };
    let mut parts = by_scheme(scheme, before.text)?;
    parts.params.push(param);
    Ok(parts)
}

fn by_scheme(scheme: &str, text: &str) -> Result<Parts, Unreadable> {
    let socket = SOCKET.schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    uri::read(if socket { &SOCKET } else { &TCP }, text)
}

fn socket(found: &mut Found) -> Result<(), Unreadable> {
    if !found.parts.hosts.is_empty() {
        return Err(found.hosts.bad(Reason::BadSocket));
    }
    let path = found.parts.database.take().ok_or(found.path.bad(Reason::BadSocket))?;
    found.parts.hosts.push(Host { socket: Some(["/", &path].concat()), ..Host::default() });
    Ok(())
}

/// The query may say which database, and who logs in where the text does not say it before.
fn query(found: &mut Found) -> Result<(), Unreadable> {
    if let Some((number, place)) = found.take("db") {
        self::number(Some(&number), place)?;
        found.parts.database = Some(number);
    }
    if found.parts.user.is_none() && found.parts.password.is_none() {
        found.parts.user = found.take("user").or(found.take("username")).map(|(user, _)| user).filter(|user| !user.is_empty());
        found.parts.password = found.take("pass").or(found.take("password")).map(|(password, _)| password);
    }
    Ok(())
}

/// A database is a number.
fn number(database: Option<&str>, place: Piece) -> Result<(), Unreadable> {
    let number = database.is_none_or(|text| !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit()));
    if number { Ok(()) } else { Err(place.bad(Reason::BadDatabase)) }
}

/// `host:port`, `//host/1?key=value`, a port alone, or the path of a socket.
fn short(text: Piece) -> Result<Parts, Unreadable> {
    if text.is_empty() {
        return Err(text.bad(Reason::Empty));
    }
    if text.text.bytes().all(|byte| byte.is_ascii_digit()) {
        let port = Some(address::port(text, TCP.least_port)?);
        return Ok(Parts { hosts: vec![Host { port, ..Host::default() }], ..Parts::default() });
    }
    match text.strip("//") {
        Some(rest) => uri::after_slashes(&TCP, rest),
        None if text.text.starts_with('/') => uri::after_slashes(&SOCKET, text),
        None => uri::after_slashes(&TCP, text),
    }
}

fn build_short(parts: &Parts) -> String {
    // A login has no place before a path, and two slashes would begin a host.
    let path = match parts.hosts.as_slice() {
        [host] => host.socket.as_deref().filter(|path| !path.starts_with("//")),
        _ => None,
    };
    let socket = path.is_some() && parts.user.is_none() && parts.password.is_none();
    let grammar = if socket { &SOCKET } else { &TCP };
    let mut parts = parts.clone();
    (grammar.prepare)(&mut parts);
    let mut out = String::from(if socket { "" } else { "//" });
    write::after_slashes(grammar, &parts, &mut out);
    out
}

/// `host:port,host2,key=value`.
fn list(text: Piece) -> Result<Parts, Unreadable> {
    let mut parts = Parts::default();
    for piece in text.pieces(",") {
        let piece = piece.trim();
        match piece.split("=") {
            _ if piece.is_empty() => (),
            Some((name, value)) => keyword(&mut parts, name.trim(), value.trim())?,
            None => parts.hosts.push(endpoint(piece)?),
        }
    }
    Ok(parts)
}

fn keyword(parts: &mut Parts, name: Piece, value: Piece) -> Result<(), Unreadable> {
    if name.is_empty() {
        return Err(name.bad(Reason::KeyMissing));
    }
    let lower = name.text.to_ascii_lowercase();
    let value = value.text.to_owned();
    match lower.as_str() {
        "user" => parts.user = Some(value),
        "password" => parts.password = Some(value),
        "defaultdatabase" => parts.database = Some(value),
        // `$name=other` renames a command.
        key if key.starts_with('$') || !key.contains(' ') && KEYS.contains(&[" ", key, " "].concat()) => parts.params.push(Param::new(name.text, Some(value))),
        _ => return Err(name.bad(Reason::UnknownKey)),
    }
    Ok(())
}

fn endpoint(text: Piece) -> Result<Host, Unreadable> {
    if let Some(path) = text.strip("!") {
        let (host, socket) = if path.text.starts_with('/') { (None, Some(path.text.to_owned())) } else { return Err(path.bad(Reason::BadSocket)) };
        return Ok(Host { host, socket, ..Host::default() });
    }
    // An address without brackets has no port.
    if address::is_ipv6(text.text) {
        return Ok(Host { host: Some(text.text.to_owned()), ..Host::default() });
    }
    let mut hosts = uri::hosts(&Grammar { several_hosts: false, host_decoded: false, host_refused: " \t\r\n/@[]<>\"\\^`{|}", least_port: 0, ..TCP }, text)?;
    hosts.pop().ok_or(text.bad(Reason::HostMissing))
}

fn build_list(parts: &Parts) -> String {
    let mut out = String::new();
    let separate = |out: &mut String| {
        if !out.is_empty() {
            out.push(',');
        }
    };
    for host in &parts.hosts {
        separate(&mut out);
        match (&host.socket, &host.host) {
            (Some(path), _) => out.extend(["!", path]),
            (None, Some(name)) if name.contains(':') => out.extend(["[", name, "]"]),
            (None, name) => out.push_str(name.as_deref().unwrap_or_default()),
        }
        write::port(host.port, &mut out);
    }
    let mut pair = |name: &str, value: &str| {
        separate(&mut out);
        out.extend([name, "=", value]);
    };
    for (name, value) in [("user", &parts.user), ("password", &parts.password), ("defaultDatabase", &parts.database)] {
        if let Some(value) = value {
            pair(name, value);
        }
    }
    for param in &parts.params {
        pair(&param.name, param.value.as_deref().unwrap_or_default());
    }
    out
}
