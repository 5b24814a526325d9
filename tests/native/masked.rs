//! Values in rows whose names are those of secrets, or that came masked: a text inside, a secret wherever it is shown.

mod records;

use records::record;

use std::rc::Rc;

use crate::common::{from_engine, open, to_engine};
use jackfield::bundle::registry::{Registry, RegistryEntry};
use jackfield::form::Form;
use serde_json::{Value, json};

fn entry() -> Rc<RegistryEntry> {
    let text = |id: &str| json!({ "id": id, "kind": "text", "label": id });
    let bundle = json!({
        "api": {
            "id": "wells", "title": "Wells", "identify": ["/kind"], "record": { "id": "/id", "name": "/name" },
            "operations": {
                "create": { "method": "POST", "path": "/wells", "gives": "record", "refusal": { "message": ["/message"] } },
                "update": { "method": "PUT", "path": "/wells", "gives": "record", "refusal": { "message": ["/message"] } }
            }
        },
        "types": [
            { "id": "well", "title": "Well", "base": { "kind": "well" }, "sections": [{ "title": "S", "fields": [
                { "id": "name", "kind": "text", "label": "Name" },
                { "id": "password", "kind": "secret", "label": "Password" },
                { "id": "pairs", "kind": "rows", "label": "Pairs", "as": "pairs", "columns": [text("key"), text("value")] },
                { "id": "map", "kind": "rows", "label": "Map", "as": "map", "columns": [text("name"), text("value")] },
                { "id": "wide", "kind": "rows", "label": "Wide", "as": "map", "columns": [text("name"), text("hidden"), text("note")] },
                { "id": "list", "kind": "rows", "label": "List", "columns": [text("header"), text("value")] },
                { "id": "hosts", "kind": "rows", "label": "Hosts", "columns": [text("host"), text("zone")] }
            ] }] },
            { "id": "spring", "title": "Spring", "base": { "kind": "spring" }, "sections": [{ "title": "S", "fields": [
                { "id": "others", "kind": "rows", "label": "Others", "as": "others", "at": "",
                  "columns": [text("name"), { "id": "value", "kind": "json", "label": "Value" }] }
            ] }] }
        ]
    });
    let mut catalog = Registry::default();
    catalog.add(&to_engine(&bundle)).unwrap_or_else(|error| panic!("{:?}", error.diagnostics));
    catalog.entry("wells").unwrap()
}

fn opened(kind: &str, opening: Value) -> Form {
    let mut whole = json!({ "settings": { "base_url": "http://127.0.0.1:1" } });
    whole.as_object_mut().unwrap().extend(opening.as_object().unwrap().clone());
    open(&entry(), kind, &whole).unwrap()
}

fn with(field: &str, rows: Value) -> Form {
    opened("well", json!({ "values": { field: rows } }))
}

fn step(form: &mut Form, action: Value) -> Value {
    from_engine(&form.step(&to_engine(&action)).unwrap())
}

fn refused(form: &mut Form, action: Value) -> String {
    form.step(&to_engine(&action)).err().expect("it is refused").to_string()
}

/// The value that a page draws.
fn drawn(form: &mut Form, field: &str) -> Value {
    let views = from_engine(&form.view());
    views["fields"].as_array().unwrap().iter().find(|view| view["field"] == field).unwrap()["value"].clone()
}

fn sent(form: &Form) -> Value {
    from_engine(&form.request().unwrap_or_else(|faults| panic!("{faults:?}")).body.unwrap())
}

/// All that shows a form without being asked to reveal, but for what a page draws.
fn shown(form: &Form) -> String {
    let (plan, faults) = form.preview();
    let plan = plan.unwrap();
    [
        serde_json::to_string(&plan).unwrap(),
        plan.curl(),
        format!("{faults:?}"),
        form.values(false).to_text(),
        form.draft().to_text(),
    ]
    .join("\n")
}

#[test]
fn a_value_with_the_name_of_a_secret_is_sent_and_not_shown() {
    for (field, row, body) in [
        ("pairs", json!({ "key": "sslpassword", "value": "hunter2" }), json!([{ "sslpassword": "hunter2" }])),
        ("pairs", json!({ "key": "X-Api-Key", "value": "hunter2" }), json!([{ "X-Api-Key": "hunter2" }])),
        (
            "map",
            json!({ "name": "trustStorePassword", "value": "hunter2" }),
            json!({ "trustStorePassword": "hunter2" }),
        ),
        ("map", json!({ "name": " secret-key ", "value": "hunter2" }), json!({ " secret-key ": "hunter2" })),
        (
            "wide",
            json!({ "name": "token", "hidden": "hunter2", "note": null }),
            json!({ "token": { "hidden": "hunter2" } }),
        ),
        (
            "list",
            json!({ "header": "Authorization", "value": "hunter2" }),
            json!([{ "header": "Authorization", "value": "hunter2" }]),
        ),
    ] {
        let mut form = with(field, json!([row]));
        assert_eq!(sent(&form)[field], body);
        assert!(!shown(&form).contains("hunter2"), "{field}: {}", shown(&form));
        assert!(shown(&form).contains("•••"));
        let column = if field == "wide" { "hidden" } else { "value" };
        assert_eq!(drawn(&mut form, field)[0][column], json!({ "masked": "hunter2" }));
        assert_eq!(from_engine(&form.values(false))[field][0][column], json!({ "keep": true }));
        assert_eq!(from_engine(&form.values(true))[field][0][column], "hunter2");
    }
}

#[test]
fn other_rows_are_as_they_were() {
    for (field, row) in [
        ("pairs", json!({ "key": "passwordCharacterEncoding", "value": "utf8" })),
        ("map", json!({ "name": "primaryKey", "value": "id" })),
        ("list", json!({ "header": "Accept", "value": "text/html" })),
        // No column of it is a value.
        ("hosts", json!({ "host": "password", "zone": "a" })),
    ] {
        let mut form = with(field, json!([row]));
        assert_eq!(drawn(&mut form, field)[0], row);
        assert_eq!(from_engine(&form.values(false))[field][0], row);
        assert!(
            shown(&form).contains(row.as_object().unwrap().values().next_back().unwrap().as_str().unwrap())
        );
    }
}

#[test]
fn a_value_that_is_given_masked_stays_so() {
    for action in ["set", "fill", "open"] {
        let rows = json!([{ "name": "strange", "value": { "masked": "hunter2" } }, { "name": "plain", "value": "seen" }]);
        let mut form = if action == "open" { with("map", rows.clone()) } else { opened("well", json!({})) };
        match action {
            "set" => drop(step(&mut form, json!({ "do": "set", "field": "map", "value": rows }))),
            "fill" => drop(step(&mut form, json!({ "do": "fill", "values": { "map": rows } }))),
            _ => {}
        }
        assert_eq!(drawn(&mut form, "map")[0]["value"], json!({ "masked": "hunter2" }));
        assert_eq!(drawn(&mut form, "map")[1]["value"], "seen");
        assert_eq!(sent(&form)["map"], json!({ "strange": "hunter2", "plain": "seen" }));
        assert!(!shown(&form).contains("hunter2") && shown(&form).contains("seen"));
        step(
            &mut form,
            json!({ "do": "set", "field": "map", "row": 0, "column": "value", "value": "hunter3" }),
        );
        step(&mut form, json!({ "do": "set", "field": "map", "row": 0, "column": "name", "value": "other" }));
        step(&mut form, json!({ "do": "move", "field": "map", "row": 0, "to": 1 }));
        assert_eq!(
            drawn(&mut form, "map"),
            json!([{ "name": "plain", "value": "seen" }, { "name": "other", "value": { "masked": "hunter3" } }])
        );
        assert!(!shown(&form).contains("hunter3"));
    }
}

#[test]
fn a_cell_alone_can_be_given_masked() {
    let mut form = with("list", json!([{ "header": "a", "value": "b" }]));
    step(
        &mut form,
        json!({ "do": "set", "field": "list", "row": 0, "column": "value", "value": { "masked": "hunter2" } }),
    );
    assert_eq!(drawn(&mut form, "list")[0]["value"], json!({ "masked": "hunter2" }));
}

#[test]
fn a_row_is_masked_as_soon_as_its_name_says_so_and_stays_so_under_another() {
    let mut form = opened("well", json!({}));
    let set = |column: &str, value: &str| json!({ "do": "set", "field": "map", "row": 0, "column": column, "value": value });
    step(&mut form, json!({ "do": "add", "field": "map" }));
    step(&mut form, set("name", "tokenUrl"));
    assert_eq!(drawn(&mut form, "map")[0]["value"], Value::Null);
    step(&mut form, set("name", "token"));
    assert_eq!(drawn(&mut form, "map")[0]["value"], json!({ "masked": "" }));
    // Nothing was typed that had to be hidden.
    step(&mut form, set("name", "tokenUrl"));
    assert_eq!(drawn(&mut form, "map")[0]["value"], Value::Null);
    step(&mut form, set("name", "token"));
    step(&mut form, set("value", "hunter2"));
    step(&mut form, set("name", "tokenUrl"));
    assert_eq!(drawn(&mut form, "map")[0]["value"], json!({ "masked": "hunter2" }));
    assert!(!shown(&form).contains("hunter2"));
    step(&mut form, json!({ "do": "remove", "field": "map", "row": 0 }));
    step(&mut form, json!({ "do": "add", "field": "map" }));
    assert_eq!(drawn(&mut form, "map")[0]["value"], Value::Null);
}

#[test]
fn a_shape_that_is_none_is_refused() {
    for value in [
        json!({ "masked": 5 }),
        json!({ "masked": "a", "more": 1 }),
        json!({ "mask": "a" }),
        json!({ "keep": false }),
        json!(["a"]),
    ] {
        for (field, row) in
            [("map", json!({ "name": "a", "value": value })), ("map", json!({ "name": value, "value": "" }))]
        {
            let opening = json!({ "settings": {}, "values": { field: [row] } });
            assert!(open(&entry(), "well", &opening).is_err(), "{row}");
            let mut form = opened("well", json!({}));
            refused(&mut form, json!({ "do": "set", "field": field, "value": [row] }));
            refused(&mut form, json!({ "do": "fill", "values": { field: [row] } }));
        }
    }
    // A name is not masked, nor is what has no name; and of a single cell there is nothing to keep.
    let mut form = with("map", json!([{ "name": "a", "value": "b" }]));
    let masked = json!({ "masked": "a" });
    refused(&mut form, json!({ "do": "set", "field": "map", "value": [{ "name": masked, "value": "" }] }));
    refused(&mut form, json!({ "do": "set", "field": "hosts", "value": [{ "host": "a", "zone": masked }] }));
    refused(&mut form, json!({ "do": "set", "field": "name", "value": masked }));
    refused(&mut form, json!({ "do": "set", "field": "password", "value": masked }));
    refused(
        &mut form,
        json!({ "do": "set", "field": "map", "row": 0, "column": "value", "value": { "keep": true } }),
    );
    assert_eq!(drawn(&mut form, "map"), json!([{ "name": "a", "value": "b" }]));
}

#[test]
fn what_a_server_says_of_one_is_masked() {
    let mut form = opened("well", json!({ "operation": "update", "record": record() }));
    step(
        &mut form,
        json!({ "do": "fill", "values": { "list": [{ "header": "x", "value": { "masked": "hunter7" } }] } }),
    );
    let id = step(&mut form, json!({ "do": "submit" }))["send"]["id"].clone();
    let text = json!({ "message": "neither hunter2 nor hunter3 nor hunter5 nor hunter7" }).to_string();
    let said = step(
        &mut form,
        json!({ "do": "settle", "id": id, "reply": { "status": 400, "type": "application/json", "text": text } }),
    );
    assert_eq!(said["status"]["message"], "neither ••• nor ••• nor ••• nor •••");
}

#[test]
fn a_masked_row_is_masked_after_a_save_too() {
    let mut form = opened("well", json!({ "operation": "update", "record": record() }));
    let rows =
        json!([{ "name": "strange", "value": { "masked": "hunter7" } }, { "name": "ssl", "value": "on" }]);
    step(&mut form, json!({ "do": "set", "field": "map", "value": rows }));
    let plan = step(&mut form, json!({ "do": "submit" }))["send"].clone();
    let reply = json!({ "status": 200, "type": "application/json", "text": plan["body"].to_string() });
    step(&mut form, json!({ "do": "settle", "id": plan["id"], "reply": reply }));
    assert_eq!(drawn(&mut form, "map")[0], rows[0]);
    assert_eq!(drawn(&mut form, "map")[1], rows[1]);
    assert!(!shown(&form).contains("hunter7"));
}

#[test]
fn a_member_of_any_kind_is_masked_by_its_name() {
    let rows = json!([{ "name": "token", "value": "\"hunter2\"" }, { "name": "pin_token", "value": "77665544" }, { "name": "plain", "value": "[\"seen\"]" }]);
    let mut form = opened("spring", json!({ "values": { "others": rows } }));
    assert_eq!(
        sent(&form),
        json!({ "token": "hunter2", "pin_token": 77_665_544, "plain": ["seen"], "kind": "spring" })
    );
    assert!(
        !shown(&form).contains("hunter2")
            && !shown(&form).contains("77665544")
            && shown(&form).contains("seen"),
        "{}",
        shown(&form)
    );
    assert_eq!(drawn(&mut form, "others")[0]["value"], json!({ "masked": "\"hunter2\"" }));
    let record = json!({ "kind": "spring", "token": "hunter2", "plain": 1 });
    let form = opened("spring", json!({ "operation": "update", "record": record }));
    assert_eq!(sent(&form), record);
    assert!(!shown(&form).contains("hunter2"));
    let form = opened("spring", json!({ "operation": "create", "record": record, "without_secrets": true }));
    assert!(!sent(&form).to_string().contains("hunter2"));
}
