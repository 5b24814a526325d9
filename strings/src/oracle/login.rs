//! `user/password@` before what says where: easy connect, a descriptor, or a name that is looked up.

use super::{descriptor, easy, keys, not_writable, writer};
use crate::cursor::Piece;
use crate::parts::{Param, Parts, Reason, Unreadable};

/// The parameter for `AS SYSDBA` and the like.
const ROLE: &str = "adminRole";

pub(super) fn read(text: Piece) -> Result<Parts, Unreadable> {
    let (login, place) = match text.split_last("@") {
        Some((login, place)) => (login, Some(place).filter(|place| !place.trim().is_empty())),
        None => (text, None),
    };
    let (user, password) = match login.find("/") {
        Some(slash) if (slash > 0 && !login.text[..slash].ends_with(':')) || login.text == "/" => (login.cut(slash).0, login.skip(slash + 1)),
        _ if place.is_none() && text.find("@").is_none() => return read_place(text),
        _ => (login, login.skip(login.text.len())),
    };
    let mut parts = match place {
        Some(place) => read_place(place)?,
        None => Parts::default(),
    };
    parts.user = given(user);
    parts.password = given(password);
    Ok(parts)
}

fn given(piece: Piece) -> Option<String> {
    if piece.is_empty() { None } else { Some(piece.text.to_owned()) }
}

/// What stands behind the last `@`.
pub(super) fn read_place(text: Piece) -> Result<Parts, Unreadable> {
    let (text, role) = read_role(text.trim());
    let mut parts = if text.text.starts_with('(') {
        descriptor::read(text)?
    } else if let Some((scheme, rest)) = foreign(text) {
        Parts { scheme: Some(scheme.text.to_owned()), database: given(rest), ..Parts::default() }
    } else if text.find("/").is_some() {
        easy::read(text)?
    } else {
        alias(text)?
    };
    parts.params.extend(role.map(|role| Param::new(ROLE, Some(role.text.to_owned()))));
    Ok(parts)
}

/// A name that is looked up. What no name holds could hide a password.
fn alias(text: Piece) -> Result<Parts, Unreadable> {
    match text.find(" \t\r\n=\"'") {
        Some(place) => Err(text.bad_at(place, Reason::BadCharacter)),
        None => Ok(Parts { database: given(text), ..Parts::default() }),
    }
}

/// `… AS SYSDBA`
fn read_role(text: Piece) -> (Piece, Option<Piece>) {
    let Some((before, role)) = text.split_last(" ") else { return (text, None) };
    let rest = before.trim();
    match rest.split_last(" ") {
        Some((place, word))
            if !place.trim().is_empty()
                && word.text.eq_ignore_ascii_case("as")
                && !role.is_empty()
                && role.text.bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            (place.trim(), Some(role))
        }
        _ => (text, None),
    }
}

/// A place that another protocol looks up.
fn foreign(text: Piece) -> Option<(Piece, Piece)> {
    let (scheme, rest) = text.split(":")?;
    let word = !scheme.is_empty() && scheme.text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'));
    let own = ["tcp", "tcps"].iter().any(|known| known.eq_ignore_ascii_case(scheme.text));
    rest.strip("//").filter(|_| word && !own).map(|rest| (scheme, rest))
}

pub(super) fn write(parts: &Parts) -> Result<String, Unreadable> {
    let place = write_place(parts)?;
    let mut out = parts.user.clone().unwrap_or_default();
    if let Some(password) = &parts.password {
        out.push('/');
        out.push_str(password);
    }
    if out.is_empty() {
        // A slash alone is who the system says one is; a bare name needs none.
        let bare = !place.contains('/') || parts.scheme.is_some();
        out.push_str(if bare { "" } else { "/@" });
    } else if !place.is_empty() || parts.password.is_none() || out.contains('@') {
        out.push('@');
    }
    // The last `@` ends who logs in.
    if place.contains('@') {
        return Err(not_writable());
    }
    out.push_str(&place);
    Ok(out)
}

pub(super) fn write_place(parts: &Parts) -> Result<String, Unreadable> {
    let mut parts = parts.clone();
    let role = parts.params.pop_if(|param| param.name == ROLE);
    let mut place = if let Some(scheme) = &parts.scheme {
        [scheme, "://", parts.database.as_deref().unwrap_or("")].concat()
    } else if parts.hosts.is_empty() && !parts.database.as_deref().unwrap_or("").contains('/') && parts.params.is_empty() {
        parts.database.clone().unwrap_or_default()
    } else {
        write_address(&parts)?
    };
    if let Some(role) = role {
        // Nowhere in particular is a slash, or the role would be a name.
        place.push_str(if place.is_empty() { "/ AS " } else { " AS " });
        place.push_str(role.value.as_deref().ok_or(not_writable())?);
    }
    Ok(place)
}

/// Easy connect where it says the same, else a descriptor.
fn write_address(parts: &Parts) -> Result<String, Unreadable> {
    let parts = Parts { user: None, password: None, ..parts.clone() };
    let easy = easy::write(&parts).ok().filter(|text| easy::read(Piece::new(text)).is_ok_and(|read| read == parts));
    let long = writer::write(&parts).ok().filter(|text| descriptor::read(Piece::new(text)).is_ok_and(|read| read == parts));
    let (first, second) = if for_descriptor(&parts.params) { (long, easy) } else { (easy, long) };
    first.or(second).ok_or(not_writable())
}

/// Whether easy connect would say something else with these parameters, or nothing.
fn for_descriptor(params: &[Param]) -> bool {
    params.iter().any(|param| param.name.contains('/') || keys::only_in_descriptor(&param.name))
}
