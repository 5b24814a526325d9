//! The writer of everything that is written like a URI.

use crate::cursor::Piece;
use crate::parts::{Done, Host, Param, Parts};
use crate::percent::encode;
use crate::text::{given, has, write_all, write_number};
use crate::uri::{Grammar, Path};

/// Writes parts by a grammar, which puts them where it wants them.
#[inline(never)]
pub fn build(grammar: &Grammar, parts: &mut Parts, out: &mut String) -> Done {
    (grammar.prepare)(parts);
    scheme(parts, Piece::new(grammar.schemes).until(" ").0.text, out);
    after_slashes(grammar, parts, out);
    Ok(())
}

/// The scheme of the parts, or else the usual one, and the slashes.
#[inline(never)]
pub fn scheme(parts: &Parts, usual: &str, out: &mut String) {
    write_all(&[parts.scheme.as_deref().unwrap_or(usual), "://"], out);
}

/// Writes what stands behind the slashes; the parts are prepared.
#[inline(never)]
pub fn after_slashes(grammar: &Grammar, parts: &Parts, out: &mut String) {
    user(&parts.user, &parts.password, out);
    hosts(grammar, &parts.hosts, out);
    if let Some(database) = &parts.database {
        out.push('/');
        encode(database, if grammar.path == Path::Whole { "/,=@:" } else { ",=@:" }, out);
    } else if grammar.slash_before_query && !parts.params.is_empty() {
        out.push('/');
    }
    query(&parts.params, out);
}

/// `user:password@`.
#[inline(never)]
pub fn user(user: &Option<String>, password: &Option<String>, out: &mut String) {
    encode(given(user), "", out);
    if let Some(password) = password {
        out.push(':');
        encode(password, "", out);
    }
    if user.is_some() || password.is_some() {
        out.push('@');
    }
}

/// The hosts with commas between.
#[inline(never)]
pub fn hosts(grammar: &Grammar, hosts: &[Host], out: &mut String) {
    for (place, one) in hosts.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        let address = one.socket.is_none() && has(given(&one.host), ":");
        let name = if one.socket.is_some() { &one.socket } else { &one.host };
        if address {
            out.push('[');
        }
        match grammar.host_decoded {
            true => encode(given(name), if address { ":" } else { "!$&'()*" }, out),
            false => out.push_str(given(name)),
        }
        if address {
            out.push(']');
        }
        if !grammar.empty_hosts && given(name).is_empty() && one.port.is_none() {
            // Nothing at all between commas is no host.
            out.push(':');
        }
        port(one.port, out);
    }
}

/// A name as it stands, or an address in brackets, and the port.
#[inline(never)]
pub fn plain_host(host: &Host, out: &mut String) {
    let name = given(&host.host);
    write_all(&if has(name, ":") { ["[", name, "]"] } else { ["", name, ""] }, out);
    port(host.port, out);
}

/// `:port`.
#[inline(never)]
pub fn port(port: Option<u16>, out: &mut String) {
    if let Some(port) = port {
        out.push(':');
        write_number(u64::from(port), out);
    }
}

/// `?key=value&…`.
#[inline(never)]
pub fn query(params: &[Param], out: &mut String) {
    for (place, param) in params.iter().enumerate() {
        out.push_str(if place == 0 { "?" } else { "&" });
        encode(&param.name, "$[]", out);
        if let Some(value) = &param.value {
            out.push('=');
            encode(value, "/:,@$", out);
        }
    }
}
