//! Two fields at one place, one a secret and the other not: what is stored is shown by neither, unless it is its own.

use std::rc::Rc;

use crate::common::{from_engine, to_engine};
use jackfield::bundle::registry::{Registry, RegistryEntry};
use jackfield::form::Form;
use serde_json::{Value, json};

fn added(fields: Value, as_sent: bool) -> Rc<RegistryEntry> {
    let call = |method: &str| json!({ "method": method, "path": "/widgets" });
    let api = json!({
        "id": "widgets", "title": "Widgets", "record": { "id": "/id", "name": "/name", "as_sent": as_sent },
        "operations": { "create": call("POST"), "update": call("PUT") }
    });
    let mut catalog = Registry::default();
    let kind = json!({ "id": "t", "title": "T", "sections": [{ "title": "S", "fields": fields }] });
    catalog.add(&to_engine(&json!({ "api": api, "types": [kind] }))).unwrap();
    catalog.entry("widgets").unwrap()
}

/// The text comes first or last, for neither may count on it.
fn pair(text_first: bool) -> Value {
    let mode = json!({ "id": "mode", "kind": "choice", "label": "Mode", "options": ["token", "user", "none"], "default": "none" });
    let name = json!({ "id": "name", "kind": "text", "label": "Name" });
    let token = json!({ "id": "token", "kind": "secret", "label": "Token", "at": "/auth/value", "shown": { "is": ["mode", "token"] } });
    let user = json!({ "id": "user", "kind": "text", "label": "User", "at": "/auth/value", "required": true, "shown": { "all": [{ "in": ["mode", ["user"]] }] } });
    if text_first { json!([user, token, mode, name]) } else { json!([name, mode, token, user]) }
}

fn open(entry: &Rc<RegistryEntry>, operation: &str, record: &Value) -> Form {
    let opening = json!({ "operation": operation, "settings": { "base_url": "https://x.example.com" }, "record": record });
    Form::open(Rc::clone(entry), "t", &to_engine(&opening)).unwrap()
}

fn set(form: &mut Form, field: &str, value: Value) -> Value {
    from_engine(&form.step(&to_engine(&json!({ "do": "set", "field": field, "value": value }))).unwrap())
}

fn shown(form: &mut Form) -> String {
    let view = from_engine(&form.view()).to_string();
    let plan = form.preview().0.map(|plan| from_engine(&plan).to_string()).unwrap_or_default();
    [view, plan, form.values(false).to_text(), form.draft().to_text()].concat()
}

fn sent(form: &Form) -> Value {
    from_engine(&form.request().unwrap_or_else(|faults| panic!("{faults:?}")).body.unwrap())
}

fn codes(form: &Form) -> Vec<&'static str> {
    form.faults().iter().map(|fault| fault.code.as_str()).collect()
}

fn record(mode: &str) -> Value {
    json!({ "mode": mode, "name": "n", "auth": { "value": "s3cret", "by": "x" } })
}

#[test]
fn a_stored_secret_is_shown_by_no_field_beside_it() {
    for text_first in [true, false] {
        let entry = added(pair(text_first), false);
        let mut form = open(&entry, "update", &record("token"));
        assert!(!shown(&mut form).contains("s3cret"), "{}", shown(&mut form));
        assert_eq!(from_engine(&form.values(true))["token"], json!("s3cret"));
        assert_eq!(from_engine(&form.values(true)).get("user"), None);
        set(&mut form, "name", json!("m"));
        assert_eq!(
            sent(&form),
            json!({ "mode": "token", "name": "m", "auth": { "value": "s3cret", "by": "x" } })
        );
        // The other one begins empty, and is asked for.
        set(&mut form, "mode", json!("user"));
        assert!(!shown(&mut form).contains("s3cret"), "{}", shown(&mut form));
        assert_eq!(codes(&form), ["required"]);
        set(&mut form, "user", json!("ann"));
        assert_eq!(
            sent(&form),
            json!({ "mode": "user", "name": "m", "auth": { "value": "ann", "by": "x" } })
        );
        // And back: what is stored is there again.
        set(&mut form, "mode", json!("token"));
        assert_eq!(sent(&form)["auth"]["value"], json!("s3cret"));
    }
}

#[test]
fn a_stored_text_is_no_secret_of_the_field_beside_it() {
    for text_first in [true, false] {
        let entry = added(pair(text_first), false);
        let mut form = open(&entry, "update", &record("user"));
        assert_eq!(from_engine(&form.values(false))["user"], json!("s3cret"));
        set(&mut form, "mode", json!("token"));
        assert_eq!(from_engine(&form.values(false)).get("token"), None);
        set(&mut form, "token", json!("t0ken"));
        assert_eq!(sent(&form)["auth"], json!({ "value": "t0ken", "by": "x" }));
        assert!(!shown(&mut form).contains("t0ken\"}"), "{}", shown(&mut form));
        set(&mut form, "token", json!(""));
        assert_eq!(sent(&form)["auth"], json!({ "by": "x" }));
    }
}

#[test]
fn what_no_field_shows_stays_and_is_masked() {
    for text_first in [true, false] {
        let entry = added(pair(text_first), false);
        for mode in ["none", "else"] {
            let mut form = open(&entry, "update", &record(mode));
            assert!(!shown(&mut form).contains("s3cret"), "{}", shown(&mut form));
            set(&mut form, "name", json!("m"));
            let wanted = json!({ "mode": mode, "name": "m", "auth": { "value": "s3cret", "by": "x" } });
            assert_eq!(sent(&form), wanted);
        }
        let mut form = open(&entry, "update", &record("none"));
        set(&mut form, "mode", json!("user"));
        assert_eq!(codes(&form), ["required"]);
        assert!(!shown(&mut form).contains("s3cret"), "{}", shown(&mut form));
    }
}

#[test]
fn a_new_connection_made_from_a_record_has_one_of_them() {
    for (text_first, as_sent) in [(true, true), (true, false), (false, true), (false, false)] {
        let entry = added(pair(text_first), as_sent);
        let mut form = open(&entry, "create", &record("user"));
        set(&mut form, "user", json!("ann"));
        assert_eq!(sent(&form)["auth"]["value"], json!("ann"));
        let mut form = open(&entry, "create", &record("token"));
        assert_eq!(sent(&form)["auth"]["value"], json!("s3cret"));
        assert!(!shown(&mut form).contains("s3cret"), "{}", shown(&mut form));
        set(&mut form, "token", json!("t0ken"));
        assert_eq!(sent(&form)["auth"]["value"], json!("t0ken"));
        let mut form = open(&entry, "create", &record("none"));
        assert_eq!(sent(&form)["auth"]["value"], if as_sent { json!("s3cret") } else { Value::Null });
        assert!(!shown(&mut form).contains("s3cret"), "{}", shown(&mut form));
    }
}

/// The field that decides may itself depend on others, and come last.
#[test]
fn values_are_read_in_the_order_in_which_they_depend() {
    let fields = json!([
        { "id": "user", "kind": "text", "label": "User", "at": "/v", "shown": { "is": ["way", "user"] } },
        { "id": "key", "kind": "json", "secret": true, "label": "Key", "at": "/v", "shown": { "is": ["way", "key"] } },
        { "id": "way", "kind": "choice", "label": "Way", "options": ["user", "key"], "at": "/w", "shown": { "is": ["on", true] }, "default": [{ "when": { "is": ["on", true] }, "value": "key" }] },
        { "id": "on", "kind": "toggle", "label": "On" }
    ]);
    let entry = added(fields, false);
    for (record, user, key) in [
        (json!({ "on": true, "w": "user", "v": "ann" }), json!("ann"), Value::Null),
        (json!({ "on": true, "v": "{\"k\":1}" }), Value::Null, json!({ "keep": true })),
        (json!({ "on": true, "w": "key", "v": "{\"k\":1}" }), Value::Null, json!({ "keep": true })),
        (json!({ "on": false, "w": "user", "v": "ann" }), Value::Null, Value::Null),
        (json!({ "w": "user", "v": "ann" }), Value::Null, Value::Null),
    ] {
        let values = from_engine(&open(&entry, "update", &record).values(false));
        assert_eq!((&values["user"], &values["key"]), (&user, &key), "{record}");
    }
}

#[test]
fn rows_beside_rows_of_secrets_read_only_what_is_theirs() {
    let columns = |kind: &str| json!([{ "id": "k", "kind": "text", "label": "K" }, { "id": "v", "kind": kind, "label": "V" }]);
    let rows = |id: &str, kind: &str, mode: &str| json!({ "id": id, "kind": "rows", "label": id, "as": "map", "at": "/rows", "columns": columns(kind), "shown": { "is": ["mode", mode] } });
    let mode =
        json!({ "id": "mode", "kind": "choice", "label": "Mode", "options": ["open", "closed", "none"] });
    let entry =
        added(json!([mode, rows("plain", "text", "open"), rows("hidden", "secret", "closed")]), false);
    for mode in ["closed", "none"] {
        let mut form = open(&entry, "update", &json!({ "mode": mode, "rows": { "a": "s3cret" } }));
        assert!(!shown(&mut form).contains("s3cret"), "{mode}: {}", shown(&mut form));
        assert_eq!(sent(&form)["rows"], json!({ "a": "s3cret" }));
        set(&mut form, "mode", json!("open"));
        assert!(!shown(&mut form).contains("s3cret"), "{mode}: {}", shown(&mut form));
    }
}
