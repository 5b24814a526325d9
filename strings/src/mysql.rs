//! MySQL: URIs as its own shell reads them; the `jdbc:` and Go forms are in files of their own.

use crate::address::{self, is_dotted, is_ipv4, is_ipv6};
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable, by_name};
use crate::percent::{Plus, decode, encode};
use crate::write;
use crate::{mysql_go, mysql_jdbc, mysql_jdbc_build};

pub const FORMS: &[&str] = &["uri", "jdbc", "go-dsn"];

const SCHEMES: &[&str] = &["mysql", "mysqlx", "mysql+srv", "mysqlx+srv"];

/// What may stand raw in a name, besides letters and digits (RFC 3986: unreserved and sub-delims).
const NAME: &str = "-._~!$&'()*+,;=";
/// The same in a password, a database, and a value.
const PASSWORD: &str = "-._~!$&'()*+,;=:";
const DATABASE: &str = "-._~!$&'()*+,;=:@";
const VALUE: &str = "-._~!$'()*+,;=:@";
const KEY: &str = "-._~";

/// How a Windows pipe begins.
const PIPE: &str = "\\\\.\\";

pub fn detect(text: &str) -> &'static str {
    let before = text.split_once("://").map_or("", |(before, _)| before);
    match before {
        _ if text.starts_with("jdbc:") => "jdbc",
        "" if text.contains(")/") || text.starts_with('/') => "go-dsn",
        _ => "uri",
    }
}

pub fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    match form {
        "uri" => uri(whole),
        "jdbc" => mysql_jdbc::read(whole),
        _ => mysql_go::read(whole),
    }
}

pub fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(match form {
        "uri" => build_uri(parts),
        "jdbc" => mysql_jdbc_build::build(parts),
        _ => mysql_go::build(parts),
    })
}

fn uri(text: Piece) -> Result<Parts, Unreadable> {
    if text.is_empty() {
        return Err(text.bad(Reason::Empty));
    }
    let mut parts = Parts::default();
    let rest = scheme(text, &mut parts)?;
    let rest = user(rest, &mut parts)?;
    let (host, rest) = target(rest)?;
    parts.hosts.push(host);
    let (path, query) = rest.cut(rest.find("?").unwrap_or(rest.text.len()));
    if let Some(name) = path.strip("/")
        && !name.is_empty()
    {
        parts.database = Some(spelled(name, DATABASE, Reason::BadDatabase)?);
    } else if !path.is_empty() && path.text != "/" {
        return Err(path.bad(Reason::HostCharacter));
    }
    if let Some(query) = query.strip("?") {
        self::query(query, &mut parts)?;
    }
    Ok(parts)
}

/// A scheme, which may be missing.
fn scheme<'a>(text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Unreadable> {
    let Some((name, after)) = text.split(":") else { return Ok(text) };
    let Some(rest) = after.strip("//") else { return Ok(text) };
    let known = SCHEMES.iter().find(|known| known.eq_ignore_ascii_case(name.text)).ok_or(name.bad(Reason::UnknownScheme))?;
    parts.scheme = Some((*known).to_owned());
    Ok(rest)
}

fn user<'a>(text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Unreadable> {
    let place = match text.find("@/?") {
        Some(place) if text.text[place..].starts_with('@') && !text.text.starts_with('(') => place,
        _ => return Ok(text),
    };
    let (info, rest) = (text.cut(place).0, text.skip(place + 1));
    let (user, password) = match info.split(":") {
        Some((user, password)) => (user, Some(password)),
        None => (info, None),
    };
    if user.is_empty() {
        return Err(user.bad(Reason::UserMissing));
    }
    parts.user = Some(spelled(user, NAME, Reason::UserCharacter)?);
    if let Some(password) = password {
        parts.password = Some(spelled(password, PASSWORD, Reason::UserCharacter)?);
    }
    Ok(rest)
}

/// A decoded piece that holds nothing raw but letters, digits and `plain`.
fn spelled(piece: Piece, plain: &str, reason: Reason) -> Result<String, Unreadable> {
    let odd = piece.text.char_indices().find(|(_, letter)| !letter.is_ascii_alphanumeric() && *letter != '%' && !plain.contains(*letter));
    match odd {
        Some((place, _)) => Err(piece.bad_at(place, reason)),
        None => decode(piece, Plus::Literal),
    }
}

/// What to connect to, and what follows it.
fn target(text: Piece) -> Result<(Host, Piece), Unreadable> {
    if let Some(inner) = text.strip("(") {
        let (path, rest) = inner.split(")").ok_or(inner.bad(Reason::UnclosedParenthesis))?;
        let host = match path.strip(PIPE) {
            Some(pipe) => self::pipe(pipe, decode(pipe, Plus::Literal)?)?,
            None if path.text.starts_with(['/', '.']) => socket(decode(path, Plus::Literal)?),
            None => return Err(path.bad(Reason::BadSocket)),
        };
        return Ok((host, rest));
    }
    if let Some(inner) = text.strip("[") {
        return bracketed(inner);
    }
    // A socket is a slash and one segment.
    let slash = usize::from(text.text.starts_with('/'));
    let end = text.skip(slash).find("/?").map_or(text.text.len(), |place| place + slash);
    let (place, rest) = text.cut(end);
    if let Some(pipe) = place.strip(PIPE) {
        return Ok((self::pipe(pipe, spelled(pipe, NAME, Reason::HostCharacter)?)?, rest));
    }
    if slash == 1 {
        let path = spelled(place.skip(1), NAME, Reason::HostCharacter)?;
        return if path.is_empty() { Err(place.bad(Reason::HostMissing)) } else { Ok((socket(["/", &path].concat()), rest)) };
    }
    Ok((named(place)?, rest))
}

fn pipe(piece: Piece, name: String) -> Result<Host, Unreadable> {
    if name.is_empty() {
        return Err(piece.bad(Reason::BadSocket));
    }
    Ok(Host { host: Some(name), protocol: Some("pipe".to_owned()), ..Host::default() })
}

/// An absolute path is a socket; a relative one stands as the host, which the shell takes it for.
fn socket(path: String) -> Host {
    if path.starts_with('/') { Host { socket: Some(path), ..Host::default() } } else { Host { host: Some(path), ..Host::default() } }
}

fn bracketed(inner: Piece) -> Result<(Host, Piece), Unreadable> {
    let (address, rest) = inner.split("]").ok_or(inner.bad(Reason::UnclosedBracket))?;
    let (number, zone) = match address.text.find("%25") {
        Some(place) => (address.cut(place).0, Some(address.skip(place + 3))),
        None => (address, None),
    };
    if !is_ipv6(number.text) {
        return Err(number.bad(Reason::BadAddress));
    }
    let mut name = number.text.to_owned();
    if let Some(zone) = zone {
        if zone.is_empty() {
            return Err(zone.bad(Reason::BadAddress));
        }
        let zone = spelled(zone, KEY, Reason::BadAddress)?;
        name.extend(["%", &zone]);
    }
    let (port, rest) = rest.cut(rest.find("/?").unwrap_or(rest.text.len()));
    let port = match port.strip(":") {
        Some(port) => Some(address::port(port, 0)?),
        None if port.is_empty() => None,
        None => return Err(port.bad(Reason::StrayBracket)),
    };
    Ok((Host { host: Some(name), port, ..Host::default() }, rest))
}

fn named(text: Piece) -> Result<Host, Unreadable> {
    let (name, port) = match text.split(":") {
        Some((name, port)) => (name, Some(port)),
        None => (text, None),
    };
    if name.is_empty() {
        return Err(name.bad(Reason::HostMissing));
    }
    let host = spelled(name, NAME, Reason::HostCharacter)?;
    if is_dotted(&host) && !is_ipv4(&host) {
        return Err(name.bad(Reason::BadAddress));
    }
    if let Some(port) = port.filter(|_| host.starts_with('/')) {
        return Err(port.bad(Reason::NoPortHere));
    }
    let port = port.map(|port| address::port(port, 0)).transpose()?;
    Ok(Host { port, ..socket(host) })
}

/// `key=value&key=[a,b]&key=(raw/value)`; a list becomes several parameters.
fn query(text: Piece, parts: &mut Parts) -> Result<(), Unreadable> {
    let mut names = Vec::new();
    let mut places = Vec::new();
    for piece in text.pieces("&") {
        if piece.is_empty() {
            continue;
        }
        let (key, value) = match piece.split("=") {
            Some((key, value)) => (key, Some(value)),
            None => (piece, None),
        };
        if key.is_empty() {
            return Err(key.bad(Reason::KeyMissing));
        }
        let name = spelled(key, KEY, Reason::BadKey)?;
        match value {
            Some(value) => self::value(&name, value, parts)?,
            None => parts.params.push(Param::new(name.clone(), None)),
        }
        names.push(name.to_ascii_lowercase());
        places.push(key);
    }
    let sorted = by_name(&names);
    match sorted.windows(2).find(|pair| names[pair[0]] == names[pair[1]]) {
        Some(pair) => Err(places[pair[1]].bad(Reason::RepeatedKey)),
        None => Ok(()),
    }
}

fn value(name: &str, value: Piece, parts: &mut Parts) -> Result<(), Unreadable> {
    let mut push = |value| parts.params.push(Param::new(name, Some(value)));
    if let Some(inner) = value.strip("(") {
        let inner = inner.text.strip_suffix(')').map(|text| Piece { text, at: inner.at }).ok_or(value.bad(Reason::UnclosedParenthesis))?;
        push(decode(inner, Plus::Literal)?);
    } else if let Some(inner) = value.strip("[") {
        let inner = inner.text.strip_suffix(']').map(|text| Piece { text, at: inner.at }).ok_or(value.bad(Reason::UnclosedList))?;
        for item in inner.pieces(",") {
            push(spelled(item, VALUE, Reason::BadCharacter)?);
        }
    } else {
        push(spelled(value, VALUE, Reason::BadCharacter)?);
    }
    Ok(())
}

fn build_uri(parts: &Parts) -> String {
    let mut out = String::new();
    out.extend([parts.scheme.as_deref().unwrap_or("mysql"), "://"]);
    write::user(parts.user.as_deref(), parts.password.as_deref(), &mut out);
    for host in &parts.hosts {
        match (&host.socket, &host.host) {
            (None, Some(name)) if host.protocol.as_deref() == Some("pipe") => {
                out.extend(["(", PIPE]);
                encode(name, ":\\/", &mut out);
                out.push(')');
            }
            (Some(path), _) => {
                out.push('(');
                encode(path, "/", &mut out);
                out.push(')');
            }
            (None, Some(name)) if name.contains(':') => {
                out.push('[');
                encode(name, ":", &mut out);
                out.push(']');
            }
            (None, name) => encode(name.as_deref().unwrap_or_default(), "*,;", &mut out),
        }
        write::port(host.port, &mut out);
    }
    if let Some(name) = &parts.database {
        out.push('/');
        encode(name, "@", &mut out);
    }
    build_query(&parts.params, &mut out);
    out
}

/// Several of one name in a row are a list.
fn build_query(params: &[Param], out: &mut String) {
    let mut place = 0;
    while let Some(param) = params.get(place) {
        out.push(if place == 0 { '?' } else { '&' });
        encode(&param.name, "", out);
        let count = params[place..].iter().take_while(|other| other.name == param.name).count();
        if let Some(value) = &param.value {
            out.push('=');
            if count > 1 {
                out.push('[');
            }
            encode(value, ":@", out);
            for other in &params[place + 1..place + count] {
                out.push(',');
                encode(other.value.as_deref().unwrap_or_default(), ":@", out);
            }
            if count > 1 {
                out.push(']');
            }
        }
        place += count;
    }
}
