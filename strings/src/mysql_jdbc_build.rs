//! Writes the `jdbc:` URLs of MySQL and MariaDB.

use crate::parts::{Host, Param, Parts};
use crate::percent::encode;
use crate::write;

pub fn build(parts: &Parts) -> String {
    let mut parts = parts.clone();
    let mut out = parts.scheme.clone().unwrap_or_else(|| "jdbc:mysql".to_owned());
    out.push_str("://");
    if out.starts_with("jdbc:mariadb") {
        in_query("password", parts.password.take(), &mut parts);
        in_query("user", parts.user.take(), &mut parts);
    }
    write::user(parts.user.as_deref(), parts.password.as_deref(), &mut out);
    let list = parts.hosts.len() > 1 && (parts.user.is_some() || parts.password.is_some());
    if list {
        out.push('[');
    }
    for (place, host) in parts.hosts.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        build_host(host, parts.hosts.len() > 1, &mut out);
    }
    if list {
        out.push(']');
    }
    out.push('/');
    encode(parts.database.as_deref().unwrap_or_default(), "", &mut out);
    write::query(&parts.params, &mut out);
    out
}

fn in_query(name: &str, value: Option<String>, parts: &mut Parts) {
    if let Some(value) = value {
        parts.params.insert(0, Param::new(name, Some(value)));
    }
}

fn build_host(host: &Host, several: bool, out: &mut String) {
    let name = host.host.as_deref().unwrap_or_default();
    if host.params.is_empty() && (several || host.user.is_none() && host.password.is_none()) {
        write::user(host.user.as_deref(), host.password.as_deref(), out);
        if name.contains(':') {
            out.push('[');
            encode(name, ":", out);
            out.push(']');
        } else {
            encode(name, "", out);
        }
        write::port(host.port, out);
        return;
    }
    out.push_str("address=");
    let mut group = |key: &str, value: Option<&str>| {
        out.push('(');
        encode(key, "", out);
        if let Some(value) = value {
            out.push('=');
            encode(value, "", out);
        }
        out.push(')');
    };
    let port = host.port.map(|port| port.to_string());
    let named = [("host", &host.host), ("port", &port), ("user", &host.user), ("password", &host.password)];
    for (key, value) in named {
        if let Some(value) = value {
            group(key, Some(value));
        }
    }
    for param in &host.params {
        group(&param.name, param.value.as_deref());
    }
}
