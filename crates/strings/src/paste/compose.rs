//! The connection string that the fields of a form make, with its secrets hidden.

use super::connection_type::{ConnectionType, Field, Pairs, PartValues, StringKind};
use super::fill::ORIGIN;
use super::values::{SECRET, Value, Values};
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts};
use crate::text::{given, is_digits, number, put, put_filled, split, strip};
use jackfield_redact::is_secret_name;

/// Whether parts name a place to connect to: a port or a scheme alone is none.
pub fn is_somewhere(parts: &Parts) -> bool {
    match parts.hosts.first() {
        Some(host) => host.host.is_some(),
        None => {
            parts.user.is_some()
                || parts.password.is_some()
                || parts.database.is_some()
                || !parts.params.is_empty()
        }
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
                put_text(
                    &mut parts,
                    pointer,
                    strip(text, kind.prefix(pointer)).filter(|_| !other).unwrap_or_default(),
                );
            }
        }
    }
    // What only says how to connect is no connection.
    if parts.hosts.is_empty() && !is_somewhere(&parts) {
        return parts;
    }
    let mut settled: Vec<&str> = Vec::new();
    // Of two parts that set a field the later one counts when a string is read, so it is the one to write.
    for part in kind.sets.iter().rev() {
        let is_scheme = part.pointer == "/scheme";
        let Some((value, settings)) = fitting(part, values) else { continue };
        // One parameter says it; and what is off needs none.
        let again = settings.iter().any(|(field, _)| settled.contains(field));
        let says = if is_scheme {
            !settings.is_empty()
        } else {
            !again && !settings.iter().all(|(_, text)| is_off(text))
        };
        if !says {
            continue;
        }
        settings.iter().for_each(|(field, _)| settled.push(field));
        put_text(&mut parts, part.pointer, value);
    }
    parts
}

/// The value of a part whose fields all hold what it sets: the first of those that set most. A word says more than a number.
fn fitting<'k, 'a>(part: &'k PartValues<'a>, values: &Values) -> Option<&'k (&'a str, Pairs<'a>)> {
    let mut best: Option<&(&str, Pairs)> = None;
    for entry in part.values.iter().filter(|(_, settings)| hold(values, settings)) {
        if best.is_none_or(|best| {
            entry.1.len() > best.1.len() || entry.1.len() == best.1.len() && is_digits(best.0)
        }) {
            best = Some(entry);
        }
    }
    best
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
            host.port = port(text);
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
    if pointer == ORIGIN {
        let (scheme, hosts) = split(text, "://").unwrap_or(("", text));
        put_filled(&mut parts.scheme, scheme);
        put_hosts(parts, hosts);
    } else if pointer == "/hosts" {
        put_hosts(parts, text);
    } else if let Some(name) = strip(pointer, "/params/") {
        parts.params.push(Param::new(name, Some(text.to_owned())));
    } else if let Some(name) = strip(pointer, "/hosts/0/") {
        if parts.hosts.is_empty() {
            parts.hosts.push(Host::default());
        }
        let Some(host) = parts.hosts.first_mut() else { return };
        if let Some(part) = host.text_mut(name) {
            put(part, text);
        } else if name == "port" {
            // What is no port cannot be written: the host says so in its place.
            host.port = port(text);
            if host.port.is_none() {
                host.host = None;
            }
        }
    } else if let Some(part) = strip(pointer, "/").and_then(|name| parts.text_mut(name)) {
        put(part, text);
    }
}

fn put_hosts(parts: &mut Parts, text: &str) {
    for one in Piece::new(text).pieces(",") {
        let mut host = Host::default();
        put_host(&mut host, one.trim().text);
        if !given(&host.host).is_empty() {
            parts.hosts.push(host);
        }
    }
}

fn port(digits: &str) -> Option<u16> {
    number(digits, 65535).map(|number| number as u16)
}

/// `host:port`; an IPv6 address with a port stands in brackets.
fn put_host(host: &mut Host, text: &str) {
    let whole = Piece::new(text);
    let (name, digits) = match whole.strip("[").and_then(|inner| inner.split("]")) {
        Some((address, rest)) => (address, rest.strip(":")),
        None => whole.halves(":"),
    };
    host.port = digits.and_then(|digits| port(digits.text));
    // Without a port the colons are those of an address.
    put(&mut host.host, if host.port.is_some() || whole.begins("[") { name.text } else { text });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;

    const TYPE: &str = r#"{"title":"T","sections":[{"fields":[{"id":"h","kind":"text"},{"id":"port","kind":"integer"},{"id":"pw","kind":"secret"},
        {"id":"db","kind":"text"},{"id":"tls","kind":"toggle"},{"id":"mode","kind":"choice","options":["a","b"]},
        {"id":"rows","kind":"rows","columns":[{"id":"n","kind":"text"},{"id":"v","kind":"text"}]}]}],
        "strings":[{"dialect":"x","fill":{"/hosts/0/host":"h","/hosts/0/unknown":"mode","/hosts/0/port":"port","/password":"pw","/database":"db","/params/sid":"db","/params":"rows"},
        "prefix":{"/database":"/"},"sets":{"/scheme":{"x":{},"xs":{"tls":true}},"/params/ssl":{"1":{"tls":true},"true":{"tls":true},"false":{"tls":false}},
        "/params/tlsmode":{"off":{"tls":false},"a":{"tls":true,"mode":"a"},"b":{"tls":true,"mode":"b"}}}}]}"#;

    #[track_caller]
    fn check(values: &str, expect: &str) {
        let (ty, values) = (Json::parse(TYPE).unwrap(), Json::parse(values).unwrap());
        let (ty, values) = (ConnectionType::read(&ty).unwrap(), Values::read(&values).unwrap());
        let mut out = String::new();
        crate::from_parts(&parts_of(&ty, &ty.strings[0], &values)).write(&mut out);
        assert_eq!(out, expect);
    }

    #[test]
    fn fields_make_parts() {
        check(
            r#"{"h":" one ","port":"1","pw":"p","db":"d"}"#,
            r#"{"hosts":[{"host":"one","port":1}],"password":"jackfieldHidesThis","params":{"sid":"d"}}"#,
        );
        check(
            r#"{"h":"one","db":"/svc","pw":{"keep":true}}"#,
            r#"{"hosts":[{"host":"one"}],"password":"jackfieldHidesThis","database":"svc"}"#,
        );
        check(r#"{"tls":true,"pw":{"clear":true}}"#, "{}");
    }

    #[test]
    fn what_a_part_sets_is_written_once_and_by_the_value_that_says_most() {
        check(
            r#"{"h":"one","tls":true,"mode":"b"}"#,
            r#"{"scheme":"xs","hosts":[{"host":"one"}],"params":{"tlsmode":"b"}}"#,
        );
        check(
            r#"{"h":"one","tls":true}"#,
            r#"{"scheme":"xs","hosts":[{"host":"one"}],"params":{"ssl":"true"}}"#,
        );
        check(r#"{"h":"one","tls":false,"mode":"b"}"#, r#"{"hosts":[{"host":"one"}]}"#);
    }

    #[test]
    fn rows_hide_what_may_be_a_secret() {
        check(
            r#"{"rows":[{"n":"a","v":"1"},{"n":"sslpassword","v":"2"},{"n":"b","v":{"masked":"3"}},{"n":"","v":"4"},{"n":"password","v":""}]}"#,
            r#"{"params":{"a":"1","sslpassword":"jackfieldHidesThis","b":"jackfieldHidesThis","password":""}}"#,
        );
    }
}
