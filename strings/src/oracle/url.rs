//! `oracle://user:password@host:port/service?key=value`, as libraries write it. What stands before the `?` is easy connect.

use super::{SERVICE, easy};
use crate::cursor::Piece;
use crate::parts::{Done, Param, Parts, Reason, move_into};
use crate::percent::{Plus, decode, or_raw};
use crate::text::{all, fresh, given, put, same};
use crate::write;

pub(super) const SCHEME: &str = "oracle";

/// What stands behind the scheme.
pub(super) fn after_scheme(text: Piece<'_>) -> Option<Piece<'_>> {
    text.strip_any_case("oracle://")
}

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let text = text.trim();
    let Some(rest) = after_scheme(text) else { return Err(text.bad(Reason::UnknownScheme)) };
    put(&mut parts.scheme, SCHEME);
    let (mut place, query) = rest.halves("?");
    if let Some((login, _)) = place.until("/").0.split("@") {
        place = place.skip(login.text.len() + 1);
        place.until("/").0.refuse("@", Reason::RawAt)?;
        let (user, password) = login.halves(":");
        decode(user, Plus::Literal, fresh(&mut parts.user))?;
        if let Some(password) = password {
            decode(password, Plus::Literal, fresh(&mut parts.password))?;
        }
    }
    easy::read(place, parts)?;
    if let Some(query) = query {
        for piece in &query.pieces("&") {
            if !piece.is_empty() {
                param(*piece, parts)?;
            }
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
    if name.is_empty() {
        return Err(name.bad(Reason::KeyMissing));
    }
    let mut param = Param::default();
    decode(name, Plus::Blank, &mut param.name)?;
    if let Some(value) = value {
        let out = fresh(&mut param.value);
        or_raw(decode(value, Plus::Blank, out), parts.lenient, value, out)?;
    }
    for (known, part) in [(SERVICE, &mut parts.database), ("user", &mut parts.user), ("password", &mut parts.password)] {
        if same(known, &param.name) {
            *part = Some(param.value.unwrap_or_default());
            return Ok(());
        }
    }
    if same(&param.name, "sid") {
        param.name.make_ascii_lowercase();
    }
    parts.params.push(param);
    Ok(())
}

pub(super) fn write(parts: &mut Parts, out: &mut String) -> Done {
    write::scheme(parts, SCHEME, out);
    write::user(&parts.user, &parts.password, out);
    // Easy connect takes fewer names than the query does.
    if parts.database.is_some() && (given(&parts.database).is_empty() || !all(given(&parts.database), easy::in_name)) {
        move_into(&mut parts.params, SERVICE, &mut parts.database);
    }
    let params = std::mem::take(&mut parts.params);
    easy::write(parts, out)?;
    write::query(&params, out);
    Ok(())
}
