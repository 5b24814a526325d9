//! `jdbc:oracle:thin:[user/password]@place`, where the place may also be `host:port:sid`.

use super::{login, not_writable};
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};

const KINDS: &[&str] = &["thin", "oci8", "oci"];

pub(super) fn read(text: Piece) -> Result<Parts, Unreadable> {
    let rest = text.strip_any_case("jdbc:oracle:").ok_or(text.bad(Reason::UnknownScheme))?;
    let (kind, rest) = rest.split(":").ok_or(rest.bad(Reason::UnknownScheme))?;
    let kind = KINDS.iter().find(|known| known.eq_ignore_ascii_case(kind.text)).ok_or(kind.bad(Reason::UnknownScheme))?;
    let (login, place) = rest.split_last("@").unwrap_or((rest.cut(0).0, rest));
    let mut parts = match with_sid(place.trim()) {
        Some((host, sid)) => Parts { hosts: vec![host], params: vec![Param::new("sid", Some(sid.text.to_owned()))], ..Parts::default() },
        None => login::read_place(place)?,
    };
    if parts.scheme.is_some() {
        return Err(place.bad(Reason::UnknownProtocol));
    }
    if let Some((user, password)) = login.split("/") {
        parts.user = Some(user.text.to_owned());
        parts.password = Some(password.text.to_owned());
    } else if !login.is_empty() {
        parts.user = Some(login.text.to_owned());
    }
    parts.scheme = Some(["jdbc:oracle:", kind].concat());
    Ok(parts)
}

/// `host:port:sid`, or `host:sid`.
fn with_sid(place: Piece) -> Option<(Host, Piece)> {
    let (before, sid) = place.split_last(":")?;
    let word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.$#".contains(&byte));
    let (name, port) = match before.split(":") {
        Some((name, port)) => (name, Some(address::port(port, 1).ok()?)),
        None => (before, None),
    };
    let only_port = port.is_none() && sid.text.bytes().all(|byte| byte.is_ascii_digit());
    if only_port || !word(name.text) || !word(sid.text) {
        return None;
    }
    Some((Host { host: Some(name.text.to_owned()), port, ..Host::default() }, sid))
}

pub(super) fn write(parts: &Parts) -> Result<String, Unreadable> {
    let scheme = match parts.scheme.as_deref() {
        Some(scheme) if scheme.strip_prefix("jdbc:oracle:").is_some_and(|kind| KINDS.contains(&kind)) => scheme,
        None => "jdbc:oracle:thin",
        Some(_) => return Err(not_writable()),
    };
    let mut out = [scheme, ":"].concat();
    match (&parts.user, &parts.password) {
        (Some(user), Some(password)) => out.push_str(&[user, "/", password].concat()),
        (Some(user), None) => out.push_str(user),
        (None, None) => {}
        (None, Some(_)) => return Err(not_writable()),
    }
    let place = match sid_place(parts) {
        Some(place) => place,
        None => login::write_place(&Parts { scheme: None, ..parts.clone() })?,
    };
    if place.contains('@') {
        return Err(not_writable());
    }
    out.push('@');
    // The slashes tell a service from a name that is looked up.
    out.push_str(if parts.hosts.first().is_some_and(|host| host.protocol.is_none()) && !place.starts_with('(') && place.contains('/') { "//" } else { "" });
    out.push_str(&place);
    Ok(out)
}

fn sid_place(parts: &Parts) -> Option<String> {
    let ([host], [param], None) = (&parts.hosts[..], &parts.params[..], &parts.database) else { return None };
    let place = match host.port {
        Some(port) => [host.host.as_deref()?, ":", &port.to_string(), ":", param.value.as_deref()?].concat(),
        None => [host.host.as_deref()?, ":", param.value.as_deref()?].concat(),
    };
    let (read, _) = with_sid(Piece::new(&place))?;
    (param.name == "sid" && read == *host).then_some(place)
}
