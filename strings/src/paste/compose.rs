//! The connection string that the fields of a form make, with its secrets hidden.

use super::connection_type::{ConnectionType, Field, Pairs, StringKind};
use super::fill::ORIGIN;
use super::values::{SECRET, Value, Values};
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts};
use crate::text::{given, number, put, put_filled, split, strip};
use jackfield_redact::is_secret_name;

/// Whether parts name a place to connect to: a port or a scheme alone is none.
pub fn is_somewhere(parts: &Parts) -> bool {
    match parts.hosts.first() {
        Some(host) => host.host.is_some(),
        None => parts.user.is_some() || parts.password.is_some() || parts.database.is_some() || !parts.params.is_empty(),
    }
}

/// The parts that the fields make. Secrets are never in them: `SECRET` stands for each.
pub fn parts_of(ty: &ConnectionType, kind: &StringKind, values: &Values) -> Parts {
    let mut parts = Parts::default();
    for &(pointer, id) in &kind.fill {
        let Some(field) = ty.field(id) else { continue };
        match (values.get(id), field.pair()) {
            (Value::Rows(rows), Some((name, value))) => put_rows(&mut parts, pointer, name, value, rows),
            (value, _) => {
                // Of several parts that one field may hold, the text's beginning tells which it is.
                let text = text_of(field, value);
                let other = kind.fill.iter().any(|(other, same)| {
                    let prefix = kind.prefix(other);
                    *same == id && prefix.len() > kind.prefix(pointer).len() && strip(text, prefix).is_some()
                });
                put_text(&mut parts, pointer, strip(text, kind.prefix(pointer)).filter(|_| !other).unwrap_or_default());
            }
        }
    }
    let any = !parts.hosts.is_empty() || is_somewhere(&parts);
    let mut settled: Vec<&str> = Vec::new();
    for part in &kind.sets {
        let is_scheme = part.pointer == "/scheme";
        let Some((value, settings)) = part.values.iter().find(|(_, settings)| hold(values, settings)) else { continue };
        // One parameter says it; and what is off needs none.
        let again = settings.iter().any(|(field, _)| settled.contains(field));
        let says = if is_scheme { any && !settings.is_empty() } else { !again && !settings.iter().all(|(_, text)| is_off(text)) };
        if !says {
            continue;
        }
        settled.extend(settings.iter().map(|(field, _)| *field));
        put_text(&mut parts, part.pointer, value);
    }
    parts
}

/// Whether fields are set so. A toggle that nobody touched is off.
fn hold(values: &Values, settings: &Pairs) -> bool {
    settings.iter().all(|(field, text)| match values.get(field) {
        Value::Text(value) if *value != "false" => value == text,
        _ => is_off(text),
    })
}

fn is_off(text: &str) -> bool {
    text.is_empty() || text == "false"
}

fn text_of<'v>(field: &Field, value: &Value<'v>) -> &'v str {
    match value {
        Value::Text(_) if field.secret => SECRET,
        Value::Text(text) => text.trim_ascii(),
        _ => "",
    }
}

/// Rows as hosts or as parameters. A row without a name is none.
fn put_rows(parts: &mut Parts, pointer: &str, name: &Field, value: &Field, rows: &[Pairs]) {
    for row in rows {
        let key = cell(row, name);
        if key.is_empty() {
            continue;
        }
        let mut text = cell(row, value);
        if !text.is_empty() && (value.secret || is_secret_name(key)) {
            text = SECRET;
        }
        if pointer == "/hosts" {
            let mut host = Host::default();
            put_host(&mut host, key);
            host.port = number(text, 65535).map(|number| number as u16);
            parts.hosts.push(host);
        } else {
            parts.params.push(Param::new(key, Some(text.to_owned())));
        }
    }
}

fn cell<'r>(row: &Pairs<'r>, column: &Field) -> &'r str {
    row.iter().find(|(id, _)| *id == column.id).map_or("", |(_, text)| text.trim_ascii())
}

fn put_text(parts: &mut Parts, pointer: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    match pointer {
        "/scheme" => put(&mut parts.scheme, text),
        "/user" => put(&mut parts.user, text),
        "/password" => put(&mut parts.password, text),
        "/database" => put(&mut parts.database, text),
        ORIGIN => {
            let (scheme, hosts) = split(text, "://").unwrap_or(("", text));
            put_filled(&mut parts.scheme, scheme);
            put_text(parts, "/hosts", hosts);
        }
        "/hosts" => {
            for one in Piece::new(text).pieces(",") {
                let mut host = Host::default();
                put_host(&mut host, one.trim().text);
                if !given(&host.host).is_empty() {
                    parts.hosts.push(host);
                }
            }
        }
        _ => {
            if let Some(name) = strip(pointer, "/params/") {
                parts.params.push(Param::new(name, Some(text.to_owned())));
            } else if let Some(part) = strip(pointer, "/hosts/0/") {
                if parts.hosts.is_empty() {
                    parts.hosts.push(Host::default());
                }
                for host in parts.hosts.iter_mut().take(1) {
                    put_host_part(host, part, text);
                }
            }
        }
    }
}

fn put_host_part(host: &mut Host, part: &str, text: &str) {
    match part {
        "host" => put(&mut host.host, text),
        // What is no port cannot be written: the host says so in its place.
        "port" => match number(text, 65535) {
            Some(number) => host.port = Some(number as u16),
            None => host.host = None,
        },
        "socket" => put(&mut host.socket, text),
        "instance" => put(&mut host.instance, text),
        "protocol" => put(&mut host.protocol, text),
        _ => (),
    }
}

/// `host:port`; an IPv6 address with a port stands in brackets.
fn put_host(host: &mut Host, text: &str) {
    let whole = Piece::new(text);
    let (name, port) = match whole.strip("[").and_then(|inner| inner.split("]")) {
        Some((address, rest)) => (address, rest.strip(":")),
        None => whole.halves(":"),
    };
    let port = port.and_then(|port| number(port.text, 65535));
    host.port = port.map(|number| number as u16);
    // Without a port the colons are those of an address.
    put(&mut host.host, if port.is_some() || whole.begins("[") { name.text } else { text });
}
