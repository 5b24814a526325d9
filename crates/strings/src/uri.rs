//! The reader of everything that is written like a URI. What differs between dialects is in a `Grammar`.

use crate::address::{self, is_zoned_ipv6};
use crate::cursor::Piece;
pub use crate::grammar::{BASE, Bare, Empty, Found, Grammar, NO_PAIRS, Path, take, take_named};
use crate::parts::{Bad, Done, Host, Param, Parts, Reason};
use crate::percent::{Plus, decode, or_raw};
use crate::text::{fresh, given, has, listed, lists, put};

/// Reads a text by a grammar.
pub fn read(grammar: &Grammar, text: Piece, parts: &mut Parts) -> Done {
    let rest = scheme(grammar, text, parts)?;
    after_scheme(grammar, rest, parts)
}

/// Reads what stands behind the scheme and its colon.
#[inline(never)]
pub fn after_scheme(grammar: &Grammar, rest: Piece, parts: &mut Parts) -> Done {
    match rest.strip("//") {
        Some(rest) => after_slashes(grammar, rest, parts),
        None if grammar.slashes_required => Err(rest.bad(Reason::SlashesMissing)),
        None => tail(grammar, rest.cut(0).0, rest, parts),
    }
}

/// Reads from the user on.
#[inline(never)]
pub fn after_slashes(grammar: &Grammar, rest: Piece, parts: &mut Parts) -> Done {
    let rest = user(grammar, rest, parts)?;
    let (hosts, rest) = rest.until(grammar.host_ends);
    if grammar.user_here {
        // No host holds one: it is a password's, or that of a host that has a user of its own.
        hosts.refuse("@", Reason::RawAt)?;
    }
    self::hosts(grammar, hosts, &mut parts.hosts)?;
    tail(grammar, hosts, rest, parts)
}

/// Reads the path and the query, and lets the dialect settle the whole.
#[inline(never)]
fn tail(grammar: &Grammar, hosts: Piece, rest: Piece, parts: &mut Parts) -> Done {
    if !grammar.hash_is_letter {
        rest.refuse("#", Reason::BadCharacter)?;
    }
    let (path, query) = rest.halves("?");
    database(grammar, path, &mut parts.database)?;
    let mut found = Found { parts, places: Vec::new(), hosts, path };
    if let Some(query) = query {
        params(grammar, query, "&", &mut found)?;
    }
    (grammar.settle)(&mut found)
}

/// Reads the parameters between the marks.
#[inline(never)]
pub fn params<'a>(grammar: &Grammar, query: Piece<'a>, between: &str, found: &mut Found<'a, '_>) -> Done {
    for piece in query.pieces(between) {
        if !piece.is_empty() {
            param(grammar, piece, found.parts)?;
            found.places.push(piece);
        }
    }
    Ok(())
}

/// Puts the scheme as the table spells it; what stands behind its colon is left.
#[inline(never)]
pub fn scheme<'a>(grammar: &Grammar, text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Bad> {
    let (name, rest) = text.halves(":");
    let Some(rest) = rest else {
        return Err(text.bad(if text.is_empty() { Reason::Empty } else { Reason::SchemeMissing }));
    };
    match listed(grammar.schemes, name.text) {
        Some(known) if grammar.any_case || known == name.text => put(&mut parts.scheme, known),
        _ => {
            return Err(name.bad(if rest.begins("//") {
                Reason::UnknownScheme
            } else {
                Reason::SchemeMissing
            }));
        }
    }
    Ok(rest)
}

fn user<'a>(grammar: &Grammar, text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Bad> {
    let (head, _) = text.until(grammar.user_ends);
    let found = if grammar.last_at { head.split_last("@") } else { head.split("@") };
    let Some((info, _)) = found.filter(|_| grammar.user_here) else { return Ok(text) };
    let (user, password) = info.halves(":");
    login(grammar, user, grammar.empty_user, &mut parts.user)?;
    if let Some(password) = password {
        login(grammar, password, grammar.empty_password, &mut parts.password)?;
    }
    Ok(text.skip(info.text.len() + 1))
}

/// A user name or a password.
#[inline(never)]
fn login(grammar: &Grammar, piece: Piece, empty: Empty, part: &mut Option<String>) -> Done {
    if piece.is_empty() {
        return nothing(piece, empty, Reason::UserMissing, part);
    }
    piece.refuse(grammar.user_refused, Reason::UserCharacter)?;
    value(grammar, piece, Plus::Literal, fresh(part))
}

/// A part that is there and empty.
fn nothing(piece: Piece, empty: Empty, reason: Reason, part: &mut Option<String>) -> Done {
    match empty {
        Empty::Kept => put(part, ""),
        Empty::Absent => (),
        Empty::Bad => return Err(piece.bad(reason)),
    }
    Ok(())
}

/// A decoded value, trimmed where the dialect trims.
#[inline(never)]
fn value(grammar: &Grammar, piece: Piece, plus: Plus, out: &mut String) -> Done {
    if !grammar.trims {
        return decode(piece, plus, out);
    }
    let piece = trimmed(piece)?;
    decode(piece, plus, out)?;
    if has(out, "\0") { Err(piece.bad(Reason::BadPercent)) } else { Ok(()) }
}

fn trimmed(piece: Piece) -> Result<Piece, Bad> {
    let mut inner = piece;
    while let Some(rest) = inner.strip(" ") {
        inner = rest;
    }
    while let Some(rest) = inner.strip_end(b' ') {
        inner = rest;
    }
    inner.refuse(" \t\n\r\u{b}\u{c}\0", Reason::BadCharacter)?;
    Ok(inner)
}

/// The hosts between the commas; none where nothing stands there.
#[inline(never)]
pub fn hosts(grammar: &Grammar, text: Piece, hosts: &mut Vec<Host>) -> Done {
    if text.is_empty() {
        return if grammar.host_required { Err(text.bad(Reason::HostMissing)) } else { Ok(()) };
    }
    let pieces = text.pieces(if grammar.several_hosts { "," } else { "" });
    for piece in &pieces {
        if piece.is_empty() && !grammar.empty_hosts {
            return Err(piece.bad(Reason::HostMissing));
        }
        hosts.push(Host::default());
        if let Some(last) = hosts.last_mut() {
            host(grammar, *piece, last)?;
        }
    }
    drop_nothing(hosts);
    Ok(())
}

/// A colon alone says nothing.
pub fn drop_nothing(hosts: &mut Vec<Host>) {
    if *hosts == [Host::default()] {
        hosts.clear();
    }
}

/// A host with its port.
#[inline(never)]
fn host(grammar: &Grammar, text: Piece, host: &mut Host) -> Done {
    let rest = match text.strip("[") {
        Some(inner) => bracketed(grammar, inner, fresh(&mut host.host))?,
        None => {
            let (name, rest) = text.until(":");
            named(grammar, name, &mut host.host)?;
            rest
        }
    };
    match rest.strip(":") {
        Some(port) => port_of(grammar, port, &mut host.port)?,
        None if rest.is_empty() => (),
        None => return Err(rest.bad(Reason::StrayBracket)),
    }
    tell_socket(host);
    Ok(())
}

/// What begins with a slash is the path of a socket.
#[inline(never)]
pub fn tell_socket(host: &mut Host) {
    if given(&host.host).starts_with('/') {
        host.socket = host.host.take();
    }
}

/// What stands in brackets; what follows them is left.
fn bracketed<'a>(grammar: &Grammar, inner: Piece<'a>, out: &mut String) -> Result<Piece<'a>, Bad> {
    let (address, rest) = inner.halves("]");
    let Some(rest) = rest else { return Err(inner.bad(Reason::UnclosedBracket)) };
    if address.is_empty() {
        return Err(address.bad(Reason::BadAddress));
    }
    if grammar.host_decoded {
        value(grammar, address, Plus::Literal, out)?;
    } else {
        out.push_str(address.text);
    }
    if grammar.ipv6_checked && !is_zoned_ipv6(out) { Err(address.bad(Reason::BadAddress)) } else { Ok(rest) }
}

/// A name without brackets; absent where it is empty.
fn named(grammar: &Grammar, name: Piece, part: &mut Option<String>) -> Done {
    if name.is_empty() {
        return if grammar.host_required { Err(name.bad(Reason::HostMissing)) } else { Ok(()) };
    }
    name.refuse(grammar.host_refused, Reason::HostCharacter)?;
    let out = fresh(part);
    if !grammar.host_decoded {
        out.push_str(name.text);
        return Ok(());
    }
    value(grammar, name, Plus::Literal, out)?;
    // A colon that was encoded can only belong to a path or an address.
    let odd = grammar.ipv6_checked && has(out, ":") && !out.starts_with('/') && !is_zoned_ipv6(out);
    if odd { Err(name.bad(Reason::HostCharacter)) } else { Ok(()) }
}

fn port_of(grammar: &Grammar, text: Piece, port: &mut Option<u16>) -> Done {
    if text.is_empty() && grammar.empty_port == Empty::Absent {
        return Ok(());
    }
    let text = if grammar.trims { trimmed(text)? } else { text };
    // Whoever decodes a host decodes its port.
    let read = if grammar.host_decoded { address::encoded_port } else { address::port };
    read(text, grammar.least_port, port)
}

/// The database behind the slash.
fn database(grammar: &Grammar, path: Piece, part: &mut Option<String>) -> Done {
    if path.is_empty() {
        return Ok(());
    }
    let name = path.strip("/").unwrap_or(path);
    if name.is_empty() {
        return nothing(name, grammar.empty_path, Reason::DatabaseMissing, part);
    }
    name.refuse(grammar.path_refused, Reason::BadCharacter)?;
    let name = name
        .strip_end(b'/')
        .filter(|shorter| grammar.path == Path::Ended && !shorter.is_empty())
        .unwrap_or(name);
    if grammar.path != Path::Whole {
        name.refuse("/", Reason::BadDatabase)?;
    }
    value(grammar, name, grammar.path_plus, fresh(part))
}

fn param(grammar: &Grammar, text: Piece, parts: &mut Parts) -> Done {
    let (name, after) = text.halves("=");
    if name.is_empty() {
        return Err(name.bad(Reason::KeyMissing));
    }
    let mut param = Param::default();
    let lenient = parts.lenient && !lists(grammar.keys, name.text);
    match (after, grammar.bare) {
        (Some(after), _) => {
            let out = fresh(&mut param.value);
            or_raw(value(grammar, after, grammar.plus, out), lenient, after, out)?;
        }
        (None, Bare::Empty) => put(&mut param.value, ""),
        (None, Bare::Bad) if !lenient => return Err(text.bad_at(text.text.len(), Reason::EqualsMissing)),
        (None, _) => (),
    }
    or_raw(value(grammar, name, grammar.plus, &mut param.name), lenient, name, &mut param.name)?;
    parts.params.push(param);
    Ok(())
}
