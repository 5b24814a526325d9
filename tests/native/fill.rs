//! A fill sets several fields at once, all or none; an undo puts them back.

use crate::common::{from_engine, open, shipped, to_engine};
use jackfield::form::Form;
use serde_json::{Value, json};

const SETTINGS: &str = "http://127.0.0.1:1";

fn opened(operation: &str, record: Value, values: Value) -> Form {
    let settings = json!({ "base_url": SETTINGS, "team_id": 1 });
    open(
        &shipped("chartbrew"),
        "postgres",
        &json!({ "operation": operation, "settings": settings, "record": record, "values": values }),
    )
    .unwrap()
}

fn step(form: &mut Form, action: Value) -> Value {
    from_engine(&form.step(&to_engine(&action)).unwrap_or_else(|error| panic!("{error}")))
}

fn view(form: &mut Form) -> Value {
    from_engine(&form.view())
}

fn value(form: &mut Form, field: &str) -> Value {
    view(form)["fields"].as_array().unwrap().iter().find(|view| view["field"] == field).unwrap()["value"]
        .clone()
}

#[test]
fn one_value_that_does_not_fit_stops_all() {
    for (values, says) in [
        (json!({ "host": "h", "prot": "5432" }), "did you mean “port”"),
        (json!({ "host": "h", "ssl": "yes" }), "“ssl” has the wrong shape"),
        (json!({ "host": "h", "password": ["a"] }), "“password” has the wrong shape"),
        (json!({ "host": { "masked": "h" } }), "“host” has the wrong shape"),
        (json!(["host"]), "must be an object"),
        (Value::Null, "must be an object"),
    ] {
        let mut form = opened("create", Value::Null, json!({}));
        step(&mut form, json!({ "do": "fill", "values": { "dbName": "before" } }));
        let before = view(&mut form);
        let told =
            form.step(&to_engine(&json!({ "do": "fill", "values": values }))).err().unwrap().to_string();
        assert!(told.contains(says), "{told}");
        assert_eq!(view(&mut form), before);
        // The fill before it can still be undone.
        step(&mut form, json!({ "do": "undo" }));
        assert_eq!(value(&mut form, "dbName"), Value::Null);
    }
}

#[test]
fn a_fill_is_as_its_sets_one_by_one() {
    let values = json!({ "name": "n", "mode": "form", "host": "h", "port": 5432, "password": "p", "ssl": true, "sslMode": "verify-full" });
    let mut one = opened("create", Value::Null, json!({}));
    step(&mut one, json!({ "do": "fill", "values": values }));
    let mut two = opened("create", Value::Null, json!({}));
    for (field, value) in values.as_object().unwrap() {
        step(&mut two, json!({ "do": "set", "field": field, "value": value }));
    }
    assert_eq!(view(&mut one), view(&mut two));
    assert_eq!(one.draft().to_text(), two.draft().to_text());
}

#[test]
fn null_is_how_a_field_was_opened() {
    let record = json!({ "id": 1, "type": "postgres", "subType": "postgres", "name": "n", "host": "h", "port": "5432", "password": "stored", "username": "u" });
    let mut form = opened("update", record, json!({ "username": "given" }));
    let before = view(&mut form);
    for (field, value) in
        [("host", json!("x")), ("password", json!("x")), ("username", json!("x")), ("port", json!("x"))]
    {
        step(&mut form, json!({ "do": "set", "field": field, "value": value }));
        step(&mut form, json!({ "do": "leave", "field": field }));
    }
    step(
        &mut form,
        json!({ "do": "fill", "values": { "host": null, "password": null, "username": null, "port": null } }),
    );
    assert_eq!(view(&mut form), before);
    // Nobody touched them, so nothing of them is sent but what the host gave.
    let plan = from_engine(&form.request().unwrap());
    assert_eq!(plan["body"], json!({ "username": "given" }));
}

#[test]
fn an_undo_brings_back_what_was_typed_and_how_it_stood() {
    let record = json!({ "id": 1, "type": "postgres", "subType": "postgres", "name": "n", "host": "h", "port": "5432", "password": "stored" });
    for typed in [None, Some(json!("typed")), Some(json!({ "clear": true }))] {
        let mut form = opened("update", record.clone(), json!({}));
        if let Some(typed) = &typed {
            step(&mut form, json!({ "do": "set", "field": "password", "value": typed }));
        }
        step(&mut form, json!({ "do": "set", "field": "port", "value": "x" }));
        step(&mut form, json!({ "do": "leave", "field": "port" }));
        let (before, draft) = (view(&mut form), form.draft().to_text());
        step(&mut form, json!({ "do": "fill", "values": { "password": "p", "port": "1", "host": "other" } }));
        step(&mut form, json!({ "do": "set", "field": "port", "value": "2" }));
        step(&mut form, json!({ "do": "undo" }));
        assert_eq!((view(&mut form), form.draft().to_text()), (before, draft), "{typed:?}");
    }
}

#[test]
fn there_is_nothing_to_undo_after_another_fill_a_reset_or_a_save() {
    let fill = json!({ "do": "fill", "values": { "name": "n", "mode": "form", "host": "h", "dbName": "d", "username": "u", "password": "p" } });
    let mut form = opened("create", Value::Null, json!({}));
    step(&mut form, json!({ "do": "set", "field": "host", "value": "typed" }));
    step(&mut form, fill.clone());
    step(&mut form, json!({ "do": "fill", "values": { "port": "1" } }));
    step(&mut form, json!({ "do": "undo" }));
    assert_eq!((value(&mut form, "host"), value(&mut form, "port")), (json!("h"), Value::Null));
    assert_eq!(step(&mut form, json!({ "do": "undo" })), json!({ "fields": [] }));

    step(&mut form, fill.clone());
    step(&mut form, json!({ "do": "reset" }));
    assert_eq!(step(&mut form, json!({ "do": "undo" })), json!({ "fields": [] }));

    step(&mut form, fill.clone());
    let mut submit = |reply: Value| {
        let id = step(&mut form, json!({ "do": "submit" }))["send"]["id"].clone();
        step(&mut form, json!({ "do": "settle", "id": id, "reply": reply }));
        step(&mut form, json!({ "do": "undo" }))["fields"].as_array().unwrap().len()
    };
    // A refusal is no end of it.
    let refused = json!({ "status": 400, "type": "application/json", "text": "{}" });
    assert!(submit(refused) > 0);
    step(&mut form, fill);
    let id = step(&mut form, json!({ "do": "submit" }))["send"]["id"].clone();
    let saved = json!({ "status": 200, "type": "application/json", "text": "{\"id\":1,\"name\":\"n\"}" });
    step(&mut form, json!({ "do": "settle", "id": id, "reply": saved }));
    assert_eq!(step(&mut form, json!({ "do": "undo" })), json!({ "fields": [] }));
}

#[test]
fn a_form_that_is_only_read_takes_neither() {
    let mut form = open(
        &shipped("chartbrew"),
        "postgres",
        &json!({ "settings": { "base_url": SETTINGS, "team_id": 1 }, "read_only": true }),
    )
    .unwrap();
    for action in [json!({ "do": "fill", "values": { "host": "h" } }), json!({ "do": "undo" })] {
        assert!(form.step(&to_engine(&action)).is_err());
    }
}
