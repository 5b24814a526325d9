//! `oracle://user:password@host:port/service?key=value`, as libraries write it. What stands before the `?` is easy connect.

use super::{SERVICE, easy};
use crate::cursor::Piece;
use crate::parts::{Done, Parts, Reason, add};
use crate::percent::{Plus, decode};
use crate::text::{fresh, given, is_word, listed, put};
#[cfg(feature = "descriptors")]
use crate::{parts::move_into, text::all, write};

pub(super) const SCHEME: &str = "oracle";

const PREFIX: &str = "oracle://";

/// Whether a text begins with the scheme.
pub(super) fn begins(text: Piece) -> bool {
    text.strip_any_case(PREFIX).is_some()
}

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let text = text.trim();
    let Some(mut rest) = text.strip_any_case(PREFIX) else { return Err(text.bad(Reason::UnknownScheme)) };
    put(&mut parts.scheme, SCHEME);
    let (login, place) = rest.until("/?").0.halves("@");
    if let Some(place) = place {
        place.refuse("@", Reason::RawAt)?;
        rest = rest.skip(login.text.len() + 1);
        let (user, password) = login.halves(":");
        decoded(user, &mut parts.user)?;
        if let Some(password) = password {
            decoded(password, &mut parts.password)?;
        }
    }
    let (place, mut query) = rest.halves("?");
    easy::read(place, parts)?;
    while let Some(rest) = query {
        let (piece, after) = rest.halves("&");
        query = after;
        if !piece.is_empty() {
            param(piece, parts)?;
        }
    }
    if given(&parts.user).is_empty() {
        parts.user = None;
    }
    Ok(())
}

/// The service and who logs in may stand here as well, and count more than before.
fn param(piece: Piece, parts: &mut Parts) -> Done {
    let (name, value) = piece.halves("=");
    let value = value.unwrap_or(name.cut(0).0);
    let known = listed("service_name user password sid", name.text);
    let part = match known {
        Some(SERVICE) => &mut parts.database,
        Some("user") => &mut parts.user,
        Some("password") => &mut parts.password,
        _ => {
            if name.is_empty() || !is_word(name.text, "_.-") {
                return Err(name.bad(Reason::BadKey));
            }
            let mut text = None;
            decoded(value, &mut text)?;
            add(&mut parts.params, known.unwrap_or(name.text), given(&text));
            return Ok(());
        }
    };
    decoded(value, part)
}

#[inline(never)]
fn decoded(piece: Piece, part: &mut Option<String>) -> Done {
    decode(piece, Plus::Literal, fresh(part))
}

#[cfg(feature = "descriptors")]
pub(super) fn write(parts: &mut Parts, out: &mut String) -> Done {
    write::scheme(parts, SCHEME, out);
    write::user(&parts.user, &parts.password, out);
    // Easy connect takes fewer names than the query does.
    if parts.database.is_some()
        && (given(&parts.database).is_empty() || !all(given(&parts.database), easy::in_name))
    {
        move_into(&mut parts.params, SERVICE, &mut parts.database);
    }
    let params = std::mem::take(&mut parts.params);
    easy::write(parts, out)?;
    write::query(&params, out);
    Ok(())
}
