//! The `jdbc:` URLs of MySQL and MariaDB: each host alone, as a list, or as keys in parentheses.

use super::mariadb;
use crate::address::{self, is_zoned_ipv6};
use crate::cursor::Piece;
use crate::parts::{Bad, Done, Host, Param, Parts, Reason, take_login};
use crate::percent::{Plus, decode, or_raw};
use crate::text::{fresh, given, has, lists, put, put_filled};
use crate::uri::drop_nothing;

const SCHEMES: &str = "jdbc:mysql jdbc:mysql+srv jdbc:mariadb jdbc:aws-wrapper:mysql jdbc:aws-wrapper:mariadb mysqlx mysqlx+srv";

/// How drivers choose among several hosts; it stands behind the scheme. Some are of older drivers.
const MODES: &str = "loadbalance replication sequential load-balance-read failover aurora aws";

/// Blanks between the parts are dropped, and `#` begins a remark.
pub fn read(text: Piece, parts: &mut Parts) -> Done {
    let (name, rest) = text.cut(text.find_other("_+:%-").unwrap_or(text.text.len()));
    match name.strip_end(b':') {
        Some(scheme) if is_scheme(scheme) => put(&mut parts.scheme, scheme.text),
        _ => return Err(text.bad(Reason::UnknownScheme)),
    }
    let maria = is_maria(name.text);
    let mut rest = rest.until("#").0.trim();
    if let Some(after) = rest.strip("//") {
        let (authority, after) = after.until("/?");
        hosts(authority.trim(), maria, parts)?;
        rest = after;
    } else if maria {
        return Err(rest.bad(Reason::SlashesMissing));
    }
    let (path, query) = rest.until_params();
    if let Some(path) = path.strip("/") {
        let path = path.trim();
        if path.begins("/") {
            return Err(path.bad(Reason::BadDatabase));
        }
        filled(path, &mut parts.database)?;
    } else if !path.is_empty() {
        return Err(path.bad(Reason::SlashesMissing));
    }
    let (between, query) = query.params();
    self::query(query.trim(), between, maria, parts)
}

fn is_scheme(scheme: Piece) -> bool {
    let known = |scheme: Piece| lists(SCHEMES, scheme.text);
    known(scheme)
        || scheme
            .split_last(":")
            .is_some_and(|(scheme, mode)| known(scheme) && scheme.begins("jdbc:") && lists(MODES, mode.text))
}

/// Whether a scheme is that of MariaDB's driver, which reads otherwise than the other.
pub fn is_maria(scheme: &str) -> bool {
    Piece::new(scheme).begins("jdbc:mariadb")
}

/// A decoded piece without the blanks at its ends; absent where that is empty.
#[inline(never)]
fn filled(piece: Piece, part: &mut Option<String>) -> Done {
    let piece = piece.trim();
    if piece.is_empty() {
        *part = None;
        return Ok(());
    }
    decode(piece, Plus::Literal, fresh(part))
}

fn query(text: Piece, between: &str, maria: bool, parts: &mut Parts) -> Done {
    if text.begins("?") {
        return Err(text.bad(Reason::KeyMissing));
    }
    for piece in &text.pieces(between) {
        pair(*piece, maria, parts.lenient, &mut parts.params)?;
    }
    take_login(parts);
    Ok(())
}

/// `key = value`, or a key alone, or nothing at all.
#[inline(never)]
fn pair(piece: Piece, maria: bool, lenient: bool, params: &mut Vec<Param>) -> Done {
    if piece.trim().is_empty() {
        return Ok(());
    }
    let (name, value) = piece.halves("=");
    let mut param = Param::default();
    let key = name.trim();
    if key.is_empty() {
        return Err(name.bad(Reason::KeyMissing));
    }
    or_raw(decode(key, Plus::Literal, &mut param.name), lenient, key, &mut param.name)?;
    if let Some(value) = value {
        let value = value.trim();
        let out = fresh(&mut param.value);
        or_raw(decode(value, Plus::Literal, out), lenient, value, out)?;
    }
    if maria {
        mariadb::check(&param, piece)?;
    }
    params.push(param);
    Ok(())
}

/// The hosts of the authority. Who logs in belongs to all where one text stands there, else to each host alone.
fn hosts(text: Piece, maria: bool, parts: &mut Parts) -> Done {
    if text.is_empty() {
        return Ok(());
    }
    let segments = split_outside(text, maria)?;
    for segment in &segments {
        let mut login = Host::default();
        let place = self::login(*segment, &mut login)?;
        let first = parts.hosts.len();
        segment_hosts(place, maria, &mut parts.hosts)?;
        if segments.len() == 1 {
            (parts.user, parts.password) = (login.user, login.password);
            break;
        }
        for host in &mut parts.hosts[first..] {
            for (part, common) in [(&mut host.user, &login.user), (&mut host.password, &login.password)] {
                if part.is_none() {
                    part.clone_from(common);
                }
            }
        }
    }
    drop_nothing(&mut parts.hosts);
    Ok(())
}

/// The pieces between commas that stand in no brackets.
#[inline(never)]
fn split_outside(text: Piece, tolerant: bool) -> Result<Vec<Piece>, Bad> {
    let mut pieces = Vec::new();
    // The rest of the text from each open bracket on.
    let mut open: Vec<Piece> = Vec::new();
    let mut begin = text;
    let mut rest = text;
    loop {
        let here = rest.skip(rest.place("()[],"));
        if here.is_empty() {
            break;
        }
        rest = here.skip(1);
        if here.begins("(") || here.begins("[") {
            open.push(here);
        } else if here.begins(",") {
            if open.is_empty() {
                pieces.push(begin.cut(begin.text.len() - here.text.len()).0);
                begin = rest;
            }
        } else {
            let round = here.begins(")");
            match open.pop() {
                Some(bracket) if bracket.begins("(") == round => (),
                _ => {
                    return Err(here.bad(if round {
                        Reason::StrayParenthesis
                    } else {
                        Reason::StrayBracket
                    }));
                }
            }
        }
    }
    pieces.push(begin);
    match open.last() {
        Some(bracket) if bracket.begins("[") => Err(bracket.bad(Reason::UnclosedBracket)),
        Some(bracket) if !tolerant => Err(bracket.bad(Reason::UnclosedParenthesis)),
        _ => Ok(pieces),
    }
}

/// Puts who logs in; the rest is left.
fn login<'a>(segment: Piece<'a>, host: &mut Host) -> Result<Piece<'a>, Bad> {
    let (info, rest) = segment.until("@([");
    let Some(rest) = rest.strip("@") else { return Ok(segment) };
    let (user, password) = info.halves(":");
    if let Some(password) = password {
        filled(password, &mut host.password)?;
    }
    filled(user, &mut host.user)?;
    Ok(rest)
}

/// The hosts that one piece names: one, or a list in brackets.
fn segment_hosts(text: Piece, maria: bool, hosts: &mut Vec<Host>) -> Done {
    let text = text.trim();
    match text.within("[", b']') {
        Some(inner) if !is_zoned_ipv6(inner.text) => {
            for piece in &split_outside(inner, maria)? {
                host(piece.trim(), maria, hosts)?;
            }
            Ok(())
        }
        _ => host(text, maria, hosts),
    }
}

#[inline(never)]
fn host(text: Piece, maria: bool, hosts: &mut Vec<Host>) -> Done {
    let mut host = Host::default();
    let groups = text.strip_any_case("address").and_then(|rest| rest.trim().strip("="));
    if let Some(inner) = text.within("(", b')') {
        keyed(&inner.pieces(","), &mut host)?;
    } else if let Some(groups) = groups {
        keyed(&self::groups(groups.trim(), maria)?, &mut host)?;
    } else {
        named(text, &mut host)?;
    }
    hosts.push(host);
    Ok(())
}

/// The insides of `(a)(b)(c)`.
fn groups(text: Piece, tolerant: bool) -> Result<Vec<Piece>, Bad> {
    let mut all = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(inner) = rest.strip("(") else { return Err(rest.bad(Reason::UnclosedParenthesis)) };
        let (group, after) = inner.halves(")");
        if after.is_none() && !tolerant {
            return Err(inner.bad(Reason::UnclosedParenthesis));
        }
        all.push(group);
        rest = after.unwrap_or(inner.skip(inner.text.len()));
        // Only what is skipped is looked at, so that many groups stay linear.
        while rest.text.as_bytes().first().is_some_and(u8::is_ascii_whitespace) {
            rest = rest.skip(1);
        }
    }
    Ok(all)
}

/// A host written as keys; those that are no part of it are parameters of its own.
fn keyed(pieces: &[Piece], host: &mut Host) -> Done {
    let mut params = Vec::new();
    for piece in pieces {
        pair(*piece, false, false, &mut params)?;
        let Some(param) = params.pop() else { continue };
        match (param.name.as_str(), &param.value) {
            ("host", Some(name)) => place(name, *piece, host)?,
            ("port", Some(number)) => {
                port(Piece::new(number), host).map_err(|found| piece.bad(found.reason()))?
            }
            ("user", Some(_)) => host.user = param.value,
            ("password", Some(_)) => host.password = param.value,
            _ => host.params.push(param),
        }
    }
    Ok(())
}

fn port(number: Piece, host: &mut Host) -> Done {
    host.port = None;
    if number.is_empty() { Ok(()) } else { address::encoded_port(number, 0, &mut host.port) }
}

/// A name, decoded, and how it stands in the text.
fn place(name: &str, raw: Piece, host: &mut Host) -> Done {
    let name = Piece::new(name);
    let name = name.within("[", b']').unwrap_or(name);
    host.host = None;
    put_filled(&mut host.host, name.text);
    raw.refuse("@", Reason::RawAt)?;
    if has(name.text, "[]") { Err(raw.bad(Reason::StrayBracket)) } else { Ok(()) }
}

/// `host:port`.
fn named(text: Piece, host: &mut Host) -> Done {
    let (name, rest) = text.cut(match text.find("]") {
        Some(end) => end + 1,
        None => text.place(":"),
    });
    let (name, rest) = (name.trim(), rest.trim());
    name.refuse("@", Reason::RawAt)?;
    name.refuse("()<>\" ;=", Reason::HostCharacter)?;
    match name.within("[", b']') {
        Some(inner) if !is_zoned_ipv6(inner.text) => return Err(inner.bad(Reason::BadAddress)),
        None if has(name.text, "[]") => return Err(name.bad(Reason::StrayBracket)),
        _ => {
            let mut decoded = None;
            decode(name, Plus::Literal, fresh(&mut decoded))?;
            place(given(&decoded), name, host)?;
        }
    }
    match rest.strip(":") {
        Some(number) => port(number.trim(), host),
        None if rest.is_empty() => Ok(()),
        None => Err(rest.bad(Reason::StrayBracket)),
    }
}
