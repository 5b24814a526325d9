//! The `jdbc:` URLs of MySQL and MariaDB: each host alone, as a list, or as keys in parentheses.

use crate::address::{self, is_ipv6};
use crate::cursor::Piece;
use crate::mariadb;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};
use crate::percent::{Plus, decode};

const SCHEMES: &[&str] = &[
    "jdbc:mysql",
    "jdbc:mysql:loadbalance",
    "jdbc:mysql:replication",
    "jdbc:mysql+srv",
    "jdbc:mysql+srv:loadbalance",
    "jdbc:mysql+srv:replication",
    "mysqlx",
    "mysqlx+srv",
    "jdbc:mariadb",
    "jdbc:mariadb:sequential",
    "jdbc:mariadb:loadbalance",
    "jdbc:mariadb:load-balance-read",
    "jdbc:mariadb:replication",
];

/// Who logs in, as it stands before a host.
#[derive(Clone, Default)]
struct Login {
    user: Option<String>,
    password: Option<String>,
}

/// Blanks between the parts are dropped, and `#` begins a remark.
pub fn read(text: Piece) -> Result<Parts, Unreadable> {
    let end = text.text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || b"_+:%-".contains(&byte))).unwrap_or(text.text.len());
    let (name, rest) = text.cut(end);
    let scheme = SCHEMES.iter().find(|scheme| name.text.strip_suffix(':') == Some(scheme)).ok_or(text.bad(Reason::UnknownScheme))?;
    let maria = scheme.starts_with("jdbc:mariadb");
    let mut parts = Parts { scheme: Some((*scheme).to_owned()), ..Parts::default() };
    let rest = rest.cut(rest.find("#").unwrap_or(rest.text.len())).0.trim();
    let rest = match rest.strip("//") {
        Some(rest) => {
            let (authority, rest) = rest.cut(rest.find("/?").unwrap_or(rest.text.len()));
            hosts(authority.trim(), maria, &mut parts)?;
            rest
        }
        None if maria => return Err(rest.bad(Reason::SlashesMissing)),
        None => rest,
    };
    let (path, query) = rest.cut(rest.find("?").unwrap_or(rest.text.len()));
    if let Some(path) = path.strip("/") {
        let path = path.trim();
        if path.text.starts_with('/') {
            return Err(path.bad(Reason::BadDatabase));
        }
        parts.database = filled(path)?;
    } else if !path.is_empty() {
        return Err(path.bad(Reason::SlashesMissing));
    }
    if let Some(query) = query.strip("?") {
        self::query(query.trim(), maria, &mut parts)?;
    }
    Ok(parts)
}

/// A decoded piece without the blanks at its ends; `None` where that is empty.
fn filled(piece: Piece) -> Result<Option<String>, Unreadable> {
    let piece = piece.trim();
    if piece.is_empty() { Ok(None) } else { decode(piece, Plus::Literal).map(Some) }
}

fn query(text: Piece, maria: bool, parts: &mut Parts) -> Result<(), Unreadable> {
    if text.text.starts_with('?') {
        return Err(text.bad(Reason::KeyMissing));
    }
    for piece in text.pieces("&") {
        if piece.trim().is_empty() {
            continue;
        }
        let param = pair(piece)?;
        if maria {
            mariadb::check(&param, piece)?;
        }
        match param.name.as_str() {
            "user" if parts.user.is_none() && param.value.is_some() => parts.user = param.value,
            "password" if parts.password.is_none() && param.value.is_some() => parts.password = param.value,
            _ => parts.params.push(param),
        }
    }
    Ok(())
}

/// `key = value`, or a key alone.
fn pair(piece: Piece) -> Result<Param, Unreadable> {
    let (name, value) = match piece.split("=") {
        Some((name, value)) => (name, Some(value)),
        None => (piece, None),
    };
    let name = filled(name)?.ok_or(name.bad(Reason::KeyMissing))?;
    Ok(Param { name, value: value.map(|value| decode(value.trim(), Plus::Literal)).transpose()? })
}

/// The hosts of the authority. Who logs in belongs to all where one text stands there, else to each host alone.
fn hosts(text: Piece, maria: bool, parts: &mut Parts) -> Result<(), Unreadable> {
    if text.is_empty() {
        return Ok(());
    }
    let segments = split_outside(text, maria)?;
    let single = segments.len() == 1;
    for segment in segments {
        let (login, place) = login(segment)?;
        let first = parts.hosts.len();
        segment_hosts(place, maria, &mut parts.hosts)?;
        if single {
            (parts.user, parts.password) = (login.user, login.password);
            continue;
        }
        for host in &mut parts.hosts[first..] {
            host.user = host.user.take().or_else(|| login.user.clone());
            host.password = host.password.take().or_else(|| login.password.clone());
        }
    }
    if parts.hosts == [Host::default()] {
        parts.hosts.clear();
    }
    Ok(())
}

/// The pieces between commas that stand in no brackets.
fn split_outside(text: Piece, tolerant: bool) -> Result<Vec<Piece>, Unreadable> {
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    let mut begin = 0;
    for (place, letter) in text.text.char_indices() {
        match letter {
            '(' | '[' => open.push((letter, place)),
            ')' | ']' => {
                let wanted = if letter == ')' { '(' } else { '[' };
                if open.pop().is_none_or(|(letter, _)| letter != wanted) {
                    return Err(text.bad_at(place, if letter == ')' { Reason::StrayParenthesis } else { Reason::StrayBracket }));
                }
            }
            ',' if open.is_empty() => {
                pieces.push(text.cut(place).0.skip(begin));
                begin = place + 1;
            }
            _ => (),
        }
    }
    match open.last() {
        Some(('[', place)) => return Err(text.bad_at(*place, Reason::UnclosedBracket)),
        Some((_, place)) if !tolerant => return Err(text.bad_at(*place, Reason::UnclosedParenthesis)),
        _ => (),
    }
    pieces.push(text.skip(begin));
    Ok(pieces)
}

fn login(segment: Piece) -> Result<(Login, Piece), Unreadable> {
    let place = match segment.find("@([") {
        Some(place) if segment.text[place..].starts_with('@') => place,
        _ => return Ok((Login::default(), segment)),
    };
    let (info, rest) = (segment.cut(place).0, segment.skip(place + 1));
    let (user, password) = match info.split(":") {
        Some((user, password)) => (user, filled(password)?),
        None => (info, None),
    };
    Ok((Login { user: filled(user)?, password }, rest))
}

/// The hosts that one piece names: one, or a list in brackets.
fn segment_hosts(text: Piece, maria: bool, hosts: &mut Vec<Host>) -> Result<(), Unreadable> {
    let text = text.trim();
    if let Some(inner) = within(text, '[', ']')
        && !is_ipv6(without_zone(inner))
    {
        for piece in split_outside(inner, maria)? {
            hosts.push(host(piece.trim(), maria)?);
        }
        return Ok(());
    }
    hosts.push(host(text, maria)?);
    Ok(())
}

/// An address without the zone behind its percent sign.
fn without_zone(address: Piece<'_>) -> &str {
    address.text.split('%').next().unwrap_or_default()
}

/// What stands between two letters at the ends of a piece.
fn within(text: Piece, begin: char, end: char) -> Option<Piece> {
    let inner = text.text.strip_prefix(begin)?.strip_suffix(end)?;
    Some(Piece { text: inner, at: text.at + 1 })
}

fn host(text: Piece, maria: bool) -> Result<Host, Unreadable> {
    if let Some(inner) = within(text, '(', ')') {
        return keyed(inner.pieces(","));
    }
    if let Some(rest) = text.strip_any_case("address") {
        let rest = rest.trim();
        if let Some(groups) = rest.strip("=") {
            return keyed(self::groups(groups.trim(), maria)?);
        }
    }
    named(text)
}

/// The insides of `(a)(b)(c)`.
fn groups(text: Piece, tolerant: bool) -> Result<Vec<Piece>, Unreadable> {
    let mut all = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let inner = rest.strip("(").ok_or(rest.bad(Reason::UnclosedParenthesis))?;
        let (group, after) = match inner.split(")") {
            Some(split) => split,
            None if tolerant => inner.cut(inner.text.len()),
            None => return Err(inner.bad(Reason::UnclosedParenthesis)),
        };
        all.push(group);
        // Only what is skipped is looked at, so that many groups stay linear.
        let blanks = after.text.len() - after.text.trim_ascii_start().len();
        rest = after.skip(blanks);
    }
    Ok(all)
}

/// A host written as keys; those that are no part of it are parameters of its own.
fn keyed(pieces: Vec<Piece>) -> Result<Host, Unreadable> {
    let mut host = Host::default();
    for piece in pieces {
        if piece.trim().is_empty() {
            continue;
        }
        let param = pair(piece)?;
        match (param.name.as_str(), param.value) {
            ("host", Some(name)) => place(&name, &mut host),
            ("port", Some(number)) => host.port = port(Piece { text: &number, at: 0 }, piece)?,
            ("user", Some(user)) => host.user = Some(user),
            ("password", Some(password)) => host.password = Some(password),
            (name, value) => host.params.push(Param::new(name, value)),
        }
    }
    Ok(host)
}

fn port(number: Piece, piece: Piece) -> Result<Option<u16>, Unreadable> {
    if number.is_empty() {
        return Ok(None);
    }
    address::port(number, 0).map(Some).map_err(|found| piece.bad(found.reason))
}

fn place(name: &str, host: &mut Host) {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    host.host = Some(bare.to_owned()).filter(|name| !name.is_empty());
}

/// `host:port`.
fn named(text: Piece) -> Result<Host, Unreadable> {
    let (name, rest) = match text.find("]") {
        Some(end) => text.cut(end + 1),
        None => text.cut(text.find(":").unwrap_or(text.text.len())),
    };
    let (name, rest) = (name.trim(), rest.trim());
    if let Some(place) = name.find("@()<>\" ") {
        return Err(name.bad_at(place, Reason::HostCharacter));
    }
    let mut host = Host::default();
    match within(name, '[', ']') {
        Some(inner) if !is_ipv6(without_zone(inner)) => return Err(inner.bad(Reason::BadAddress)),
        None if name.text.contains(['[', ']']) => return Err(name.bad(Reason::StrayBracket)),
        _ => place(&decode(name, Plus::Literal)?, &mut host),
    }
    if let Some(number) = rest.strip(":") {
        let number = number.trim();
        host.port = port(number, number)?;
    } else if !rest.is_empty() {
        return Err(rest.bad(Reason::StrayBracket));
    }
    Ok(host)
}
