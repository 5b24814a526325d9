//! `jdbc:oracle:thin:[user/password]@place`, where the place may also be `host:port:sid`.

use super::{login, not_writable};
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Done, Host, Parts, Reason, add};
use crate::text::{given, has, is_digits, is_word, joined, listed, lists, put, write_all};
use crate::write;

const SCHEME: &str = "jdbc:oracle:";

const KINDS: &str = "thin oci8 oci";

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let text = text.trim();
    let Some(rest) = text.strip_any_case(SCHEME) else { return Err(text.bad(Reason::UnknownScheme)) };
    let (kind, after) = rest.halves(":");
    let (Some(known), Some(rest)) = (listed(KINDS, kind.text), after) else {
        return Err(rest.bad(Reason::UnknownScheme));
    };
    let (login, place) = rest.split_last("@").unwrap_or((rest.cut(0).0, rest));
    if !read_sid(place.trim(), parts) {
        login::read_place(place, parts)?;
    }
    if parts.scheme.is_some() {
        return Err(place.bad(Reason::UnknownProtocol));
    }
    let (user, password) = login.halves("/");
    if let Some(password) = password {
        put(&mut parts.password, password.text);
    }
    if !login.is_empty() {
        put(&mut parts.user, user.text);
    }
    parts.scheme = Some(joined(&[SCHEME, known]));
    Ok(())
}

/// Reads `host:port:sid`, or `host:sid`, if it is one.
fn read_sid(place: Piece, parts: &mut Parts) -> bool {
    const WORD: &str = "_-.$#";
    let Some((before, sid)) = place.split_last(":") else { return false };
    let (name, port) = before.halves(":");
    let mut host = Host::default();
    let numbered = match port {
        Some(port) => address::port(port, 1, &mut host.port).is_ok(),
        // Alone, a number is the port.
        None => !is_digits(sid.text),
    };
    if !numbered || name.is_empty() || !is_word(name.text, WORD) || sid.is_empty() || !is_word(sid.text, WORD)
    {
        return false;
    }
    put(&mut host.host, name.text);
    parts.hosts.push(host);
    add(&mut parts.params, "sid", sid.text);
    true
}

pub(super) fn write(parts: &mut Parts, out: &mut String) -> Done {
    let scheme = parts.scheme.take();
    let scheme = scheme.as_deref().unwrap_or("jdbc:oracle:thin");
    let (user, password) = (parts.user.take(), parts.password.take());
    let known = Piece::new(scheme).strip(SCHEME).is_some_and(|kind| lists(KINDS, kind.text));
    if !known || user.is_none() && password.is_some() {
        return Err(not_writable());
    }
    write_all(
        &[scheme, ":", given(&user), if password.is_some() { "/" } else { "" }, given(&password), "@"],
        out,
    );
    let mut place = String::new();
    if !write_sid(parts, &mut place) {
        // The slashes tell a service from a name that is looked up.
        let plain = parts.hosts.first().is_some_and(|host| host.protocol.is_none());
        place.clear();
        login::write_place(parts, &mut place)?;
        out.push_str(if plain && !place.starts_with('(') && has(&place, "/") { "//" } else { "" });
    }
    if has(&place, "@") {
        return Err(not_writable());
    }
    out.push_str(&place);
    Ok(())
}

fn write_sid(parts: &Parts, out: &mut String) -> bool {
    let ([host], [param], None) = (&parts.hosts[..], &parts.params[..], &parts.database) else {
        return false;
    };
    out.push_str(given(&host.host));
    write::port(host.port, out);
    write_all(&[":", given(&param.value)], out);
    let mut back = Parts::default();
    read_sid(Piece::new(out), &mut back) && back == *parts
}
