//! The writer of everything that is written like a URI.

use crate::parts::{Host, Param, Parts};
use crate::percent::encode;
use crate::uri::{Grammar, Path};

/// Writes parts by a grammar.
pub fn build(grammar: &Grammar, parts: &Parts) -> String {
    let mut parts = parts.clone();
    (grammar.prepare)(&mut parts);
    let mut out = parts.scheme.clone().unwrap_or_else(|| grammar.schemes.first().copied().unwrap_or_default().to_owned());
    out.push_str("://");
    after_slashes(grammar, &parts, &mut out);
    out
}

/// Writes what stands behind the slashes; the parts are prepared.
pub fn after_slashes(grammar: &Grammar, parts: &Parts, out: &mut String) {
    user(parts.user.as_deref(), parts.password.as_deref(), out);
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
pub fn user(user: Option<&str>, password: Option<&str>, out: &mut String) {
    encode(user.unwrap_or_default(), "", out);
    if let Some(password) = password {
        out.push(':');
        encode(password, "", out);
    }
    if user.is_some() || password.is_some() {
        out.push('@');
    }
}

/// The hosts with commas between.
pub fn hosts(grammar: &Grammar, hosts: &[Host], out: &mut String) {
    for (place, one) in hosts.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        host(grammar, one, out);
    }
}

fn host(grammar: &Grammar, host: &Host, out: &mut String) {
    let name = host.socket.as_ref().or(host.host.as_ref());
    match name.map(String::as_str) {
        Some(name) if name.contains(':') && host.socket.is_none() => {
            out.push('[');
            if grammar.host_decoded {
                encode(name, ":", out)
            } else {
                out.push_str(name)
            }
            out.push(']');
        }
        Some(name) if grammar.host_decoded => encode(name, "!$&'()*;=", out),
        Some(name) => out.push_str(name),
        None => (),
    }
    port(host.port, out);
}

/// `:port`.
pub fn port(port: Option<u16>, out: &mut String) {
    if let Some(port) = port {
        out.push(':');
        out.push_str(&port.to_string());
    }
}

/// `?key=value&…`.
pub fn query(params: &[Param], out: &mut String) {
    for (place, param) in params.iter().enumerate() {
        out.push(if place == 0 { '?' } else { '&' });
        encode(&param.name, "$[]", out);
        if let Some(value) = &param.value {
            out.push('=');
            encode(value, "/:,@$", out);
        }
    }
}
