//! `user/password@` before what says where: easy connect, a descriptor, or a name that is looked up.

use super::{PROTOCOLS, descriptor, easy, keys, not_writable, write_descriptor};
use crate::cursor::Piece;
use crate::parts::{Done, Param, Parts, Reason, add};
use crate::text::{all, given, has, is_letter, listed, put, put_filled, same, write_all};

/// The parameter for `AS SYSDBA` and the like.
const ROLE: &str = "adminRole";

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let (login, place) = text.split_last("@").unwrap_or((text, text.skip(text.text.len())));
    let (mut user, mut password) = login.halves("/");
    if (user.is_empty() || user.text.ends_with(':')) && login.text != "/" {
        (user, password) = (login, None);
    }
    let nowhere = place.trim().is_empty();
    if password.is_none() && nowhere && text.find("@").is_none() {
        return read_place(text, parts);
    }
    if !nowhere {
        read_place(place, parts)?;
    }
    put_filled(&mut parts.user, user.text);
    if let Some(password) = password {
        put_filled(&mut parts.password, password.text);
    }
    Ok(())
}

/// What stands behind the last `@`.
#[inline(never)]
pub(super) fn read_place(text: Piece, parts: &mut Parts) -> Done {
    let (text, role) = read_role(text.trim());
    if text.begins("(") {
        descriptor::read(text, parts)?;
    } else if let Some((scheme, rest)) = foreign(text) {
        put(&mut parts.scheme, scheme.text);
        put_filled(&mut parts.database, rest.text);
    } else if text.find("/").is_some() {
        easy::read(text, parts)?;
    } else {
        // A name that is looked up. What no name holds could hide a password.
        text.refuse(" \t\r\n=\"'", Reason::BadCharacter)?;
        put_filled(&mut parts.database, text.text);
    }
    if let Some(role) = role {
        add(&mut parts.params, ROLE, role.text);
    }
    Ok(())
}

/// `… AS SYSDBA`
fn read_role(text: Piece) -> (Piece, Option<Piece>) {
    let Some((before, role)) = text.split_last(" ") else { return (text, None) };
    let Some((place, word)) = before.trim().split_last(" ") else { return (text, None) };
    let place = place.trim();
    let said = !place.is_empty() && same(word.text, "as") && !role.is_empty() && all(role.text, is_letter);
    if said { (place, Some(role)) } else { (text, None) }
}

fn is_scheme(byte: u8) -> bool {
    is_letter(byte) || byte == b'-' || byte == b'_'
}

/// A place that another protocol looks up.
fn foreign(text: Piece) -> Option<(Piece, Piece)> {
    let (scheme, rest) = text.until(":");
    let rest = rest.strip("://")?;
    let word = all(scheme.text, is_scheme);
    if scheme.is_empty() || !word || listed(PROTOCOLS, scheme.text).is_some() {
        None
    } else {
        Some((scheme, rest))
    }
}

pub(super) fn write(parts: &mut Parts, out: &mut String) -> Done {
    let (user, password) = (parts.user.take(), parts.password.take());
    let mut place = String::new();
    write_place(parts, &mut place)?;
    out.push_str(given(&user));
    if let Some(password) = &password {
        write_all(&["/", password], out);
    }
    if out.is_empty() {
        // A slash alone is who the system says one is; a bare name needs none.
        let bare = !has(&place, "/") || parts.scheme.is_some();
        out.push_str(if bare { "" } else { "/@" });
    } else if !place.is_empty() || password.is_none() || has(out, "@") {
        out.push('@');
    }
    // The last `@` ends who logs in.
    if has(&place, "@") {
        return Err(not_writable());
    }
    out.push_str(&place);
    Ok(())
}

/// Writes what says where; nobody logs in there any more.
#[inline(never)]
pub(super) fn write_place(parts: &mut Parts, out: &mut String) -> Done {
    let role = parts.params.pop_if(|param| param.name == ROLE);
    let database = given(&parts.database);
    if let Some(scheme) = &parts.scheme {
        write_all(&[scheme, "://", database], out);
    } else if parts.hosts.is_empty() && !has(database, "/") && parts.params.is_empty() {
        out.push_str(database);
    } else {
        write_address(parts, out)?;
    }
    if let Some(role) = role {
        // Nowhere in particular is a slash, or the role would be a name.
        let begin = if out.is_empty() { "/ AS " } else { " AS " };
        match &role.value {
            Some(role) => write_all(&[begin, role], out),
            None => return Err(not_writable()),
        }
    }
    Ok(())
}

/// Easy connect where it says the same, else a descriptor.
fn write_address(parts: &Parts, out: &mut String) -> Done {
    let descriptor_first = for_descriptor(&parts.params);
    for as_descriptor in [descriptor_first, !descriptor_first] {
        out.clear();
        let written = if as_descriptor { write_descriptor(parts, out) } else { easy::write(parts, out) };
        let read = if as_descriptor { descriptor::read } else { easy::read };
        let mut back = Parts::default();
        if written.is_ok() && read(Piece::new(out), &mut back).is_ok() && back == *parts {
            return Ok(());
        }
    }
    Err(not_writable())
}

/// Whether easy connect would say something else with these parameters, or nothing.
fn for_descriptor(params: &[Param]) -> bool {
    params.iter().any(|param| has(&param.name, "/") || keys::only_in_descriptor(&param.name))
}
