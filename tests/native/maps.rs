//! Maps that rows share with others: prefixed names with an order of their own, rows with a switch, members that other
//! fields are views of, and what an update fills in.

use crate::common::{from_engine, open, to_engine};
use jackfield::bundle::registry::{Registry, RegistryEntry};
use jackfield::form::Form;
use serde_json::{Value, json};
use std::rc::Rc;

fn entry() -> Rc<RegistryEntry> {
    let bundle = json!({
        "api": {
            "id": "depots", "title": "Depots", "identify": ["/kind"], "record": { "id": "/id", "name": "/name" }, "never_sent": ["/mayEdit"],
            "settings": [{ "id": "zone", "label": "Time zone", "is": "time_zone" }],
            "read_only": [{ "at": "/system", "is": true }, { "at": "/mayEdit", "lacks": ["edit", "all"] }],
            "operations": {
                "create": { "method": "POST", "path": "/depots" },
                "update": { "method": "PUT", "path": "/depots" },
                "list": { "method": "GET", "path": "/depots", "gives": "list" }
            }
        },
        "types": [{ "id": "depot", "title": "Depot", "base": { "kind": "depot" }, "sections": [{ "title": "S", "fields": [
            { "id": "name", "kind": "text", "label": "Name" },
            { "id": "port", "kind": "integer", "label": "Port", "as": "text", "fill": true, "at": ["/port", "/attributes/PORT", "/PORT"] },
            { "id": "driver", "kind": "text", "label": "Driver", "default": "plain", "fill": true, "at": ["/attributes/driver", "/driver"] },
            { "id": "crane", "kind": "text", "label": "Crane", "at": ["/Crane"], "read": ["/crane"], "blank": "null", "fill": true },
            { "id": "gate", "kind": "text", "label": "Gate", "at": "/options/DEPOT.gate" },
            {
                "id": "options", "kind": "rows", "label": "Options", "as": "map", "prefix": "DEPOT.", "order": "/optionsOrder", "blank": "empty",
                "preset": [{ "name": "zone", "value": "{time_zone}" }],
                "columns": [{ "id": "name", "kind": "text", "label": "Name", "required": true }, { "id": "value", "kind": "text", "label": "Value" }]
            },
            {
                "id": "pool", "kind": "rows", "label": "Pool", "as": "map", "switch": "on", "blank": "empty",
                "preset": [{ "on": true, "name": "min", "value": "5" }, { "on": false, "name": "wait", "value": "-1" }],
                "columns": [
                    { "id": "name", "kind": "text", "label": "Name", "required": true },
                    { "id": "value", "kind": "text", "label": "Value", "required": true, "format": "int32" },
                    { "id": "on", "kind": "toggle", "label": "On" }
                ]
            }
        ], "rules": [
            { "not_above": ["pool/min", "pool/max"], "say": "At least the minimum." },
            { "when": { "all": [{ "is": ["pool/wait", "-1"] }, { "not": { "filled": "pool/min" } }] }, "field": "pool/wait", "level": "warning", "say": "Waits for nothing." },
            { "when": { "is": ["pool/min", "0"] }, "field": "pool/max", "say": "Say a maximum." }
        ] }] }, { "id": "quay", "title": "Quay", "sections": [{ "title": "S", "fields": [
            { "id": "short", "kind": "text", "label": "Short name" },
            { "id": "crane", "kind": "text", "label": "Crane", "blank": "null", "also": ["/options/QUAY.crane", "/big"] },
            {
                "id": "options", "kind": "rows", "label": "Options", "as": "map", "prefix": "{short}.", "order": "/order", "blank": "empty",
                "columns": [{ "id": "name", "kind": "text", "label": "Name", "required": true }, { "id": "value", "kind": "text", "label": "Value" }]
            }
        ] }] }]
    });
    let mut catalog = Registry::default();
    catalog.add(&to_engine(&bundle)).unwrap_or_else(|error| panic!("{:?}", error.diagnostics));
    catalog.entry("depots").unwrap()
}

fn form(operation: &str, record: Value, values: Value) -> Form {
    form_of("depot", operation, record, values)
}

fn form_of(kind: &str, operation: &str, record: Value, values: Value) -> Form {
    let settings = json!({ "base_url": "http://127.0.0.1:1", "zone": "Europe/Oslo" });
    open(
        &entry(),
        kind,
        &json!({ "operation": operation, "settings": settings, "record": record, "values": values }),
    )
    .unwrap()
}

fn sent(form: &Form) -> Value {
    from_engine(&form.request().unwrap_or_else(|faults| panic!("{faults:?}")).body.unwrap())
}

fn step(form: &mut Form, action: Value) {
    form.step(&to_engine(&action)).unwrap();
}

fn faults(form: &Form) -> Vec<Value> {
    form.faults().iter().map(|fault| from_engine(&fault)).collect()
}

#[test]
fn a_new_one_begins_with_its_preset_rows() {
    let form = form("create", Value::Null, json!({ "name": "Oslo", "port": 5, "gate": "north" }));
    let expected = json!({
        "kind": "depot", "name": "Oslo", "port": "5", "attributes": { "PORT": "5", "driver": "plain" }, "PORT": "5", "driver": "plain", "Crane": null,
        "options": { "DEPOT.gate": "north", "DEPOT.zone": "Europe/Oslo" }, "optionsOrder": { "0": "DEPOT.zone", "1": "DEPOT.gate" }, "pool": { "min": "5" }
    });
    assert_eq!(sent(&form), expected);
}

fn record() -> Value {
    json!({
        "kind": "depot", "id": 1, "name": "Oslo", "port": "7", "attributes": { "other": "kept" }, "crane": "big", "mayEdit": ["edit"],
        "options": { "DEPOT.b": "2", "QUAY.x": "kept", "DEPOT.gate": "north", "DEPOT.a": "1", "DEPOT.new": "" },
        "optionsOrder": { "1": "DEPOT.b", "10": "DEPOT.new", "2": "QUAY.x", "0": "DEPOT.a" },
        "pool": { "wait": "9", "strange": "kept" }
    })
}

#[test]
fn an_update_fills_in_what_the_record_lacks_and_leaves_the_rest() {
    let mut expected = record();
    expected.as_object_mut().unwrap().remove("mayEdit");
    expected["attributes"] = json!({ "other": "kept", "PORT": "7", "driver": "plain" });
    (expected["PORT"], expected["driver"], expected["Crane"]) = (json!("7"), json!("plain"), json!("big"));
    assert_eq!(sent(&form("update", record(), Value::Null)), expected);
}

#[test]
fn rows_are_read_in_their_order_and_written_beside_what_is_not_theirs() {
    let mut form = form("update", record(), Value::Null);
    let names = |form: &Form, field: &str| {
        let values = from_engine(&form.values(true));
        values[field]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                format!("{}={}", row["name"].as_str().unwrap(), row["value"].as_str().unwrap_or_default())
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&form, "options"), ["a=1", "b=2", "new="]);
    step(&mut form, json!({ "do": "move", "field": "options", "row": 2, "to": 0 }));
    step(&mut form, json!({ "do": "remove", "field": "options", "row": 1 }));
    let body = sent(&form);
    assert_eq!(
        body["options"],
        json!({ "QUAY.x": "kept", "DEPOT.gate": "north", "DEPOT.new": "", "DEPOT.b": "2" })
    );
    assert_eq!(
        body["optionsOrder"],
        json!({ "0": "DEPOT.new", "1": "DEPOT.b", "2": "QUAY.x", "3": "DEPOT.gate" })
    );
    step(&mut form, json!({ "do": "set", "field": "gate", "value": "south" }));
    assert_eq!(sent(&form)["options"]["DEPOT.gate"], "south");
    step(&mut form, json!({ "do": "set", "field": "options", "row": 0, "column": "name", "value": "gate" }));
    assert_eq!(
        faults(&form)[0],
        json!({ "field": "options", "code": "claimed", "level": "error", "row": 0, "column": "name" })
    );
}

#[test]
fn a_row_is_sent_while_its_switch_is_on_and_then_it_must_be_filled() {
    let mut form = form("update", record(), Value::Null);
    let rows = from_engine(&form.values(false))["pool"].clone();
    let expected = json!([
        { "name": "wait", "value": "9", "on": true }, { "name": "strange", "value": "kept", "on": true }, { "name": "min", "value": "5", "on": false }
    ]);
    assert_eq!(rows, expected);
    let set = |row: usize, column: &str, value: Value| json!({ "do": "set", "field": "pool", "row": row, "column": column, "value": value });
    step(&mut form, set(1, "on", json!(false)));
    step(&mut form, set(2, "on", json!(true)));
    assert_eq!(sent(&form)["pool"], json!({ "wait": "9", "min": "5" }));
    step(&mut form, set(2, "value", json!("")));
    assert_eq!(
        faults(&form),
        [json!({ "field": "pool", "code": "required", "level": "error", "row": 2, "column": "value" })]
    );
    step(&mut form, set(2, "on", json!(false)));
    assert_eq!((faults(&form), &sent(&form)["pool"]), (Vec::new(), &json!({ "wait": "9" })));
    step(&mut form, set(0, "on", json!(false)));
    assert_eq!(sent(&form)["pool"], json!({}));
}

#[test]
fn a_rule_looks_into_rows_by_their_names_and_its_fault_is_on_the_row() {
    let mut form = form("create", Value::Null, Value::Null);
    let set = |row: usize, column: &str, value: Value| json!({ "do": "set", "field": "pool", "row": row, "column": column, "value": value });
    let told = |form: &Form| {
        faults(form)
            .iter()
            .map(|fault| (fault["row"].clone(), fault["level"].clone(), fault["params"]["say"].clone()))
            .collect::<Vec<_>>()
    };
    step(&mut form, json!({ "do": "add", "field": "pool" }));
    for (column, value) in [("name", json!(" max ")), ("value", json!("4")), ("on", json!(true))] {
        step(&mut form, set(2, column, value));
    }
    assert_eq!(
        faults(&form)[0],
        json!({ "field": "pool", "code": "rule", "level": "error", "row": 2, "column": "value", "params": { "say": "At least the minimum." } })
    );
    // A row that is off is none.
    step(&mut form, set(0, "on", json!(false)));
    step(&mut form, set(1, "on", json!(true)));
    assert_eq!(told(&form), [(json!(1), json!("warning"), json!("Waits for nothing."))]);
    step(&mut form, set(0, "on", json!(true)));
    assert_eq!(told(&form), [(json!(2), json!("error"), json!("At least the minimum."))]);
    step(&mut form, set(2, "value", json!("5")));
    assert_eq!(told(&form), []);
    // Where there is no such row, the map is to blame.
    step(&mut form, json!({ "do": "remove", "field": "pool", "row": 2 }));
    step(&mut form, set(0, "value", json!("0")));
    assert_eq!(
        faults(&form),
        [json!({ "field": "pool", "code": "rule", "level": "error", "params": { "say": "Say a maximum." } })]
    );
}

#[test]
fn the_names_of_rows_begin_with_what_a_field_holds() {
    let mut form =
        form_of("quay", "create", Value::Null, json!({ "options": [{ "name": "a", "value": "1" }] }));
    step(&mut form, json!({ "do": "set", "field": "short", "value": "Q7" }));
    assert_eq!(
        (&sent(&form)["options"], &sent(&form)["order"]),
        (&json!({ "Q7.a": "1" }), &json!({ "0": "Q7.a" }))
    );
    let record = json!({ "short": "Q7", "options": { "Q7.a": "1", "Q8.b": "2" }, "order": { "0": "Q7.a", "1": "Q8.b" } });
    let mut form = form_of("quay", "update", record.clone(), Value::Null);
    assert_eq!(sent(&form), record);
    assert_eq!(from_engine(&form.values(true))["options"], json!([{ "name": "a", "value": "1" }]));
    step(&mut form, json!({ "do": "set", "field": "options", "row": 0, "column": "value", "value": "9" }));
    assert_eq!(sent(&form)["options"], json!({ "Q8.b": "2", "Q7.a": "9" }));
}

#[test]
fn a_field_may_be_written_elsewhere_too_while_it_holds_something() {
    let record = json!({ "short": "Q7", "crane": null, "options": { "Q7.b": "2", "Q7.a": "1" }, "order": { "0": "Q7.a", "1": "Q7.b" } });
    let mut form = form_of("quay", "update", record.clone(), Value::Null);
    step(&mut form, json!({ "do": "set", "field": "crane", "value": "tall" }));
    let expected = json!({
        "short": "Q7", "crane": "tall", "big": "tall", "options": { "Q7.b": "2", "Q7.a": "1", "QUAY.crane": "tall" },
        "order": { "0": "Q7.a", "1": "Q7.b", "2": "QUAY.crane" }
    });
    assert_eq!(sent(&form), expected);
    // And nowhere once it is empty; the order that was there is kept.
    let mut form = form_of("quay", "update", expected, Value::Null);
    step(&mut form, json!({ "do": "set", "field": "crane", "value": "" }));
    assert_eq!(sent(&form), record);
    let form = form_of(
        "quay",
        "create",
        Value::Null,
        json!({ "short": "Q7", "crane": "tall", "options": [{ "name": "a", "value": "1" }] }),
    );
    assert_eq!(sent(&form)["order"], json!({ "0": "Q7.a", "1": "QUAY.crane" }));
}

#[test]
fn a_listed_record_says_whether_it_may_be_edited() {
    let listed = |record: Value| entry().listed(&to_engine(&record)).read_only;
    assert!(!listed(record()));
    assert!(!listed(json!({ "kind": "depot" })));
    assert!(listed(json!({ "kind": "depot", "system": true })));
    assert!(listed(json!({ "kind": "depot", "mayEdit": ["look"] })));
}

#[test]
fn without_a_time_zone_it_is_utc() {
    let opening = json!({ "settings": { "base_url": "http://127.0.0.1:1" } });
    let form = open(&entry(), "depot", &opening).unwrap();
    assert_eq!(sent(&form)["options"], json!({ "DEPOT.zone": "UTC" }));
}
