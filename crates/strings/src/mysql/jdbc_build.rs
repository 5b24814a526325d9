//! Writes the `jdbc:` URLs of MySQL and MariaDB.

use super::jdbc::is_maria;
use crate::parts::{Done, Host, Parts, move_into};
use crate::percent::encode;
use crate::text::{given, has, shown};
use crate::write;

pub fn build(parts: &mut Parts, out: &mut String) -> Done {
    write::scheme(parts, "jdbc:mysql", out);
    let several = parts.hosts.len() > 1;
    // Before the hosts MariaDB knows no user, others no empty one, and none beside those of single hosts.
    let never = is_maria(out)
        || several && parts.hosts.iter().any(|host| host.user.is_some() || host.password.is_some());
    for (name, part) in [("password", &mut parts.password), ("user", &mut parts.user)] {
        if never || part.as_deref() == Some("") {
            move_into(&mut parts.params, name, part);
        }
    }
    write::user(&parts.user, &parts.password, out);
    let list = several && (parts.user.is_some() || parts.password.is_some());
    out.push_str(if list { "[" } else { "" });
    for (place, host) in parts.hosts.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        build_host(host, several, out);
    }
    out.push_str(if list { "]/" } else { "/" });
    encode(given(&parts.database), "", out);
    write::query(&parts.params, out);
    Ok(())
}

fn build_host(host: &Host, several: bool, out: &mut String) {
    if host.params.is_empty() && (several || host.user.is_none() && host.password.is_none()) {
        write::user(&host.user, &host.password, out);
        let name = given(&host.host);
        let (begin, plain, end) = if has(name, ":") { ("[", ":", "]") } else { ("", "", "") };
        out.push_str(begin);
        encode(name, plain, out);
        out.push_str(end);
        write::port(host.port, out);
        return;
    }
    out.push_str("address=");
    let port = host.port.map(|port| shown(u64::from(port)));
    for (key, value) in
        [("host", &host.host), ("port", &port), ("user", &host.user), ("password", &host.password)]
    {
        if value.is_some() {
            group(key, value, out);
        }
    }
    for param in &host.params {
        group(&param.name, &param.value, out);
    }
}

#[inline(never)]
fn group(key: &str, value: &Option<String>, out: &mut String) {
    out.push('(');
    encode(key, "", out);
    if let Some(value) = value {
        out.push('=');
        encode(value, "", out);
    }
    out.push(')');
}
