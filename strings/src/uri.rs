//! The reader of everything that is written like a URI. What differs between dialects is in a `Grammar`.

use crate::address::{self, is_ipv6};
use crate::cursor::Piece;
pub use crate::grammar::{BASE, Bare, Empty, Found, Grammar, Path};
use crate::parts::{Host, Param, Parts, Reason, Unreadable};
use crate::percent::{Plus, decode};

/// Reads a text by a grammar.
pub fn read(grammar: &Grammar, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    let (scheme, rest) = scheme(grammar, whole)?;
    let mut parts = after_scheme(grammar, rest)?;
    parts.scheme = Some(scheme);
    Ok(parts)
}

/// Reads what stands behind the scheme and its colon.
pub fn after_scheme(grammar: &Grammar, rest: Piece) -> Result<Parts, Unreadable> {
    match rest.strip("//") {
        Some(rest) => after_slashes(grammar, rest),
        None if grammar.slashes_required => Err(rest.bad(Reason::SlashesMissing)),
        None => tail(grammar, Parts::default(), rest.cut(0).0, rest),
    }
}

/// Reads from the user on.
pub fn after_slashes(grammar: &Grammar, rest: Piece) -> Result<Parts, Unreadable> {
    let mut parts = Parts::default();
    let rest = user(grammar, rest, &mut parts)?;
    let (hosts, rest) = rest.cut(rest.find(grammar.host_ends).unwrap_or(rest.text.len()));
    parts.hosts = self::hosts(grammar, hosts)?;
    tail(grammar, parts, hosts, rest)
}

/// Reads the path and the query, and lets the dialect settle the whole.
fn tail(grammar: &Grammar, mut parts: Parts, hosts: Piece, rest: Piece) -> Result<Parts, Unreadable> {
    if let Some(place) = rest.find("#").filter(|_| !grammar.hash_is_letter) {
        return Err(rest.bad_at(place, Reason::BadCharacter));
    }
    let (path, query) = rest.cut(rest.find("?").unwrap_or(rest.text.len()));
    parts.database = database(grammar, path)?;
    let mut params = Vec::new();
    if let Some(query) = query.strip("?") {
        for piece in query.pieces("&") {
            if piece.is_empty() {
                continue;
            }
            parts.params.push(param(grammar, piece)?);
            params.push(piece);
        }
    }
    let mut found = Found { parts, params, hosts, path };
    (grammar.settle)(&mut found)?;
    Ok(found.parts)
}

/// The scheme as the table spells it, and what stands behind its colon.
pub fn scheme<'a>(grammar: &Grammar, text: Piece<'a>) -> Result<(String, Piece<'a>), Unreadable> {
    let (name, rest) = text.split(":").ok_or(text.bad(if text.is_empty() { Reason::Empty } else { Reason::SchemeMissing }))?;
    let known = grammar.schemes.iter().find(|known| if grammar.any_case { known.eq_ignore_ascii_case(name.text) } else { **known == name.text });
    let known = known.ok_or(name.bad(if rest.text.starts_with("//") { Reason::UnknownScheme } else { Reason::SchemeMissing }))?;
    Ok(((*known).to_owned(), rest))
}

fn user<'a>(grammar: &Grammar, text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Unreadable> {
    let (head, _) = text.cut(text.find(grammar.user_ends).unwrap_or(text.text.len()));
    let place = if grammar.last_at { head.find_last("@") } else { head.find("@") };
    let Some(place) = place.filter(|_| grammar.user_here) else { return Ok(text) };
    let (info, rest) = (head.cut(place).0, text.skip(place + 1));
    let (user, password) = match info.split(":") {
        Some((user, password)) => (user, Some(password)),
        None => (info, None),
    };
    parts.user = login(grammar, user, grammar.empty_user)?;
    if let Some(password) = password {
        parts.password = login(grammar, password, grammar.empty_password)?;
    }
    Ok(rest)
}

/// A user name or a password.
fn login(grammar: &Grammar, piece: Piece, empty: Empty) -> Result<Option<String>, Unreadable> {
    if piece.is_empty() {
        return kept(piece, empty, Reason::UserMissing);
    }
    match piece.find(grammar.user_refused) {
        Some(place) => Err(piece.bad_at(place, Reason::UserCharacter)),
        None => value(grammar, piece, Plus::Literal).map(Some),
    }
}

fn kept(piece: Piece, empty: Empty, reason: Reason) -> Result<Option<String>, Unreadable> {
    match empty {
        Empty::Kept => Ok(Some(String::new())),
        Empty::Absent => Ok(None),
        Empty::Bad => Err(piece.bad(reason)),
    }
}

/// A decoded value, trimmed where the dialect trims.
fn value(grammar: &Grammar, piece: Piece, plus: Plus) -> Result<String, Unreadable> {
    if !grammar.trims {
        return decode(piece, plus);
    }
    let piece = trimmed(piece)?;
    let text = decode(piece, plus)?;
    if text.contains('\0') { Err(piece.bad(Reason::BadPercent)) } else { Ok(text) }
}

fn trimmed(piece: Piece) -> Result<Piece, Unreadable> {
    let text = piece.text.trim_matches(' ');
    let begin = piece.text.len() - piece.text.trim_start_matches(' ').len();
    let inner = Piece { text, at: piece.at + begin };
    match inner.find(" \t\n\r\u{b}\u{c}\0") {
        Some(place) => Err(inner.bad_at(place, Reason::BadCharacter)),
        None => Ok(inner),
    }
}

/// The hosts between the commas; none where nothing stands there.
pub fn hosts(grammar: &Grammar, text: Piece) -> Result<Vec<Host>, Unreadable> {
    if text.is_empty() {
        return if grammar.host_required { Err(text.bad(Reason::HostMissing)) } else { Ok(Vec::new()) };
    }
    let pieces = if grammar.several_hosts { text.pieces(",") } else { vec![text] };
    let several = pieces.len() > 1;
    let mut hosts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece.is_empty() && several && !grammar.empty_hosts {
            return Err(piece.bad(Reason::HostMissing));
        }
        hosts.push(host(grammar, piece)?);
    }
    // A colon alone says nothing.
    if hosts == [Host::default()] {
        hosts.clear();
    }
    Ok(hosts)
}

/// A host with its port.
fn host(grammar: &Grammar, text: Piece) -> Result<Host, Unreadable> {
    let (name, rest) = match text.strip("[") {
        Some(inner) => {
            let (address, rest) = bracketed(grammar, inner)?;
            (Some(address), rest)
        }
        None => {
            let (name, rest) = text.cut(text.find(":").unwrap_or(text.text.len()));
            (named(grammar, name)?, rest)
        }
    };
    let port = match rest.strip(":") {
        Some(port) => port_of(grammar, port)?,
        None if rest.is_empty() => None,
        None => return Err(rest.bad(Reason::StrayBracket)),
    };
    let absolute = name.as_deref().is_some_and(|name| name.starts_with('/'));
    let (host, socket) = if absolute { (None, name) } else { (name, None) };
    Ok(Host { host, socket, port, ..Host::default() })
}

/// What stands in brackets, and what follows them.
fn bracketed<'a>(grammar: &Grammar, inner: Piece<'a>) -> Result<(String, Piece<'a>), Unreadable> {
    let (address, rest) = inner.split("]").ok_or(inner.bad(Reason::UnclosedBracket))?;
    if address.is_empty() {
        return Err(address.bad(Reason::BadAddress));
    }
    let text = if grammar.host_decoded { value(grammar, address, Plus::Literal)? } else { address.text.to_owned() };
    if grammar.ipv6_checked && !is_address(&text) {
        return Err(address.bad(Reason::BadAddress));
    }
    Ok((text, rest))
}

/// Whether a text is an IPv6 address, with or without a zone.
fn is_address(text: &str) -> bool {
    is_ipv6(text.split('%').next().unwrap_or_default())
}

/// A name without brackets; `None` where it is empty.
fn named(grammar: &Grammar, name: Piece) -> Result<Option<String>, Unreadable> {
    if name.is_empty() {
        return if grammar.host_required { Err(name.bad(Reason::HostMissing)) } else { Ok(None) };
    }
    if let Some(place) = name.find(grammar.host_refused) {
        return Err(name.bad_at(place, Reason::HostCharacter));
    }
    if !grammar.host_decoded {
        return Ok(Some(name.text.to_owned()));
    }
    let text = value(grammar, name, Plus::Literal)?;
    // A colon that was encoded can only belong to a path or an address.
    let odd = grammar.ipv6_checked && text.contains(':') && !text.starts_with('/') && !is_address(&text);
    if odd { Err(name.bad(Reason::HostCharacter)) } else { Ok(Some(text)) }
}

fn port_of(grammar: &Grammar, port: Piece) -> Result<Option<u16>, Unreadable> {
    if port.is_empty() && grammar.empty_port == Empty::Absent {
        return Ok(None);
    }
    let port = if grammar.trims { trimmed(port)? } else { port };
    address::port(port, grammar.least_port).map(Some)
}

/// The database behind the slash.
fn database(grammar: &Grammar, path: Piece) -> Result<Option<String>, Unreadable> {
    let name = match path.strip("/") {
        Some(name) => name,
        None if path.is_empty() => return Ok(None),
        None => path,
    };
    if name.is_empty() {
        return kept(name, grammar.empty_path, Reason::DatabaseMissing);
    }
    if let Some(place) = name.find(grammar.path_refused) {
        return Err(name.bad_at(place, Reason::BadCharacter));
    }
    match name.find("/") {
        Some(place) if grammar.path == Path::Segment => Err(name.bad_at(place, Reason::BadDatabase)),
        _ => value(grammar, name, grammar.path_plus).map(Some),
    }
}

fn param(grammar: &Grammar, text: Piece) -> Result<Param, Unreadable> {
    let (name, after) = match text.split("=") {
        Some((name, after)) => (name, Some(after)),
        None => (text, None),
    };
    if name.is_empty() {
        return Err(name.bad(Reason::KeyMissing));
    }
    let given = match after {
        Some(after) => Some(value(grammar, after, grammar.plus)?),
        None => match grammar.bare {
            Bare::Absent => None,
            Bare::Empty => Some(String::new()),
            Bare::Bad => return Err(text.bad_at(text.text.len(), Reason::EqualsMissing)),
        },
    };
    Ok(Param { name: value(grammar, name, grammar.plus)?, value: given })
}
