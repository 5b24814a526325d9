//! Members are known by their names, whatever letters are in them and however many there are.

use std::rc::Rc;

use crate::common::{from_engine, to_engine};
use jackfield::bundle::registry::{Registry, RegistryEntry};
use jackfield::form::Form;
use jackfield::json::Json;
use serde_json::{Value, json};

/// Names that a JSON Pointer writes otherwise, or that look like one.
const STRANGE: [(&str, &str); 6] =
    [("a/b", "/a~1b"), ("~", "/~0"), ("~1", "/~01"), ("", "/"), ("/", "/~1"), ("~0/~1", "/~00~1~01")];

fn added(types: Value) -> Rc<RegistryEntry> {
    let update = json!({ "method": "PATCH", "path": "/widgets", "sends": "changes" });
    let api = json!({ "id": "widgets", "title": "Widgets", "operations": { "create": { "method": "POST", "path": "/widgets" }, "update": update } });
    let mut catalog = Registry::default();
    catalog.add(&to_engine(&json!({ "api": api, "types": types }))).unwrap();
    catalog.entry("widgets").unwrap()
}

fn opened(entry: &Rc<RegistryEntry>, opening: &Value) -> Form {
    let mut opening = opening.clone();
    opening["settings"] = json!({ "base_url": "https://x.example.com" });
    Form::open(Rc::clone(entry), "t", &to_engine(&opening)).unwrap()
}

fn step(form: &mut Form, action: &Value) -> Value {
    from_engine(&form.step(&to_engine(action)).unwrap())
}

fn body(form: &Form) -> Value {
    from_engine(&form.request().unwrap().body.unwrap())
}

#[test]
fn a_partial_update_keeps_the_names_of_members() {
    let fields: Vec<Value> = STRANGE
        .iter()
        .enumerate()
        .map(
            |(number, (_, at))| json!({ "id": format!("f{number}"), "kind": "text", "label": "F", "at": at }),
        )
        .collect();
    let entry = added(json!([{ "id": "t", "title": "T", "sections": [{ "title": "S", "fields": fields }] }]));
    let record: Value = STRANGE
        .iter()
        .map(|(name, _)| ((*name).to_owned(), json!("old")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let mut form = opened(&entry, &json!({ "operation": "update", "record": record }));
    assert_eq!(body(&form), json!({}));
    for (number, (name, _)) in STRANGE.iter().enumerate() {
        for text in ["new", "newer"] {
            step(&mut form, &json!({ "do": "set", "field": format!("f{number}"), "value": text }));
            let sent = step(&mut form, &json!({ "do": "submit" }));
            assert_eq!(sent["send"]["body"], json!({ *name: text }));
            // The server shows nothing, so what it was sent is what it holds now.
            step(
                &mut form,
                &json!({ "do": "settle", "id": sent["send"]["id"], "reply": { "status": 200, "text": "" } }),
            );
            assert_eq!(from_engine(&form.values(false))[format!("f{number}")], json!(text));
            assert_eq!(body(&form), json!({}), "after “{name}”");
        }
    }
}

#[test]
fn a_constant_keeps_its_name() {
    let base: Value = STRANGE
        .iter()
        .map(|(name, _)| ((*name).to_owned(), json!(1)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let field = json!({ "id": "f", "kind": "text", "label": "F" });
    let patch = json!({ "a/b": 2, "~1": { "~": 3 } });
    let entry = added(json!([
        { "id": "t", "title": "T", "like": "u", "base": patch, "per": { "update": { "base": { "~": 4 } } } },
        { "id": "u", "title": "U", "base": base, "sections": [{ "title": "S", "fields": [field] }] }
    ]));
    let mut whole = base.clone();
    (whole["a/b"], whole["~1"]) = (json!(2), json!({ "~": 3 }));
    assert_eq!(body(&opened(&entry, &json!({ "operation": "create" }))), whole);
    whole["~"] = json!(4);
    assert_eq!(body(&opened(&entry, &json!({ "operation": "update", "record": {} }))), whole);
}

#[test]
fn the_rows_of_a_map_keep_their_names() {
    let columns = json!([{ "id": "key", "kind": "text", "label": "K" }, { "id": "value", "kind": "text", "label": "V" }]);
    let map = json!({ "id": "m", "kind": "rows", "label": "M", "as": "map", "at": "/a~1b", "order": "/~0", "columns": columns });
    let entry = added(json!([{ "id": "t", "title": "T", "sections": [{ "title": "S", "fields": [map] }] }]));
    let members: Value = STRANGE
        .iter()
        .map(|(name, _)| ((*name).to_owned(), json!("x")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let record = json!({ "a/b": members, "~": { "0": "~1", "1": "/" } });
    let form = opened(&entry, &json!({ "operation": "create", "record": record }));
    let rows = from_engine(&form.values(false))["m"].clone();
    assert_eq!(
        rows.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect::<Vec<_>>(),
        ["~1", "/", "a/b", "~", "", "~0/~1"]
    );
    let sent = from_engine(&form.preview().0.unwrap().body.unwrap());
    assert_eq!(sent["a/b"], record["a/b"]);
}

#[test]
fn of_members_with_one_name_the_last_counts_at_the_first_place() {
    for (text, read) in [
        (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
        (r#"{"a":1,"a":2,"a":3,"b":4,"a":5,"b":6}"#, r#"{"a":5,"b":6}"#),
        (r#"{"x":{"":1,"":2},"":0,"/":1,"":null}"#, r#"{"x":{"":2},"":null,"/":1}"#),
        (r#"{"é":1,"\u00e9":2}"#, r#"{"é":2}"#),
    ] {
        assert_eq!(Json::parse(text).unwrap().to_text(), read);
    }
}
