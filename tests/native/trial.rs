//! A test of the connection as it stands, beside the form's own request.

use crate::common::{from_engine, open, to_engine};
use jackfield::bundle::registry::{Registry, RegistryEntry};
use jackfield::form::Form;
use serde_json::{Value, json};
use std::rc::Rc;

const PASSWORD: &str = "hunter2-canary";

fn entry(secrets: &str) -> Rc<RegistryEntry> {
    let bundle = json!({
        "api": {
            "id": "depots", "title": "Depots", "record": { "id": "/id", "name": "/name" }, "never_sent": ["/id"], "secrets": secrets,
            "refusal": { "message": ["/why"], "status": "/code" }, "success": [{ "at": "/ok", "is": true }],
            "operations": {
                "create": { "method": "POST", "path": "/depots", "gives": "nothing" },
                "update": { "method": "PUT", "path": "/depots", "gives": "nothing" },
                "test": { "method": "POST", "path": "/test", "gives": "nothing", "repeatable": true }
            }
        },
        "types": [{ "id": "depot", "title": "Depot", "base": { "kind": "depot" }, "per": { "test": { "base": { "try": true } } }, "sections": [{ "title": "S", "fields": [
            { "id": "name", "kind": "text", "label": "Name", "required": true, "per": { "test": null } },
            { "id": "host", "kind": "text", "label": "Host", "required": true },
            { "id": "password", "kind": "secret", "label": "Password" }
        ] }] }]
    });
    let mut catalog = Registry::default();
    catalog.add(&to_engine(&bundle)).unwrap_or_else(|error| panic!("{:?}", error.diagnostics));
    catalog.entry("depots").unwrap()
}

fn form(secrets: &str, operation: &str, record: Value, values: Value) -> Form {
    let settings = json!({ "base_url": "http://127.0.0.1:1" });
    let mut form = open(
        &entry(secrets),
        "depot",
        &json!({ "operation": operation, "settings": settings, "record": record, "values": values }),
    )
    .unwrap();
    form.view();
    form
}

fn step(form: &mut Form, action: Value) -> Value {
    from_engine(&form.step(&to_engine(&action)).unwrap())
}

fn settle(form: &mut Form, id: &Value, reply: Value) -> Value {
    step(form, json!({ "do": "settle", "id": id, "reply": reply }))
}

fn answer(body: Value) -> Value {
    json!({ "status": 200, "type": "application/json", "text": body.to_string() })
}

#[test]
fn it_sends_what_the_form_holds_and_leaves_the_form_as_it_is() {
    let mut form = form("echo", "create", Value::Null, json!({ "host": "h", "password": PASSWORD }));
    let begun = step(&mut form, json!({ "do": "test" }));
    assert_eq!(begun["send"]["url"], "http://127.0.0.1:1/test");
    assert_eq!(
        begun["send"]["body"],
        json!({ "kind": "depot", "try": true, "host": "h", "password": PASSWORD })
    );
    assert_eq!((&begun["test"]["state"], begun.get("status")), (&json!("busy"), None));
    // One is enough.
    assert_eq!(step(&mut form, json!({ "do": "test" })), json!({ "fields": [] }));
    let told = settle(&mut form, &begun["send"]["id"], answer(json!({ "ok": true })));
    assert_eq!(told, json!({ "fields": [], "test": { "state": "done", "code": "tested" } }));
    // What is only needed to save does not stop a test, and is still missing.
    let saved = step(&mut form, json!({ "do": "submit" }));
    assert_eq!(saved["status"]["faults"][0]["field"], "name");
}

#[test]
fn an_edit_makes_it_stale_and_a_new_one_fresh() {
    let mut form = form("echo", "create", Value::Null, json!({ "host": "h" }));
    let id = step(&mut form, json!({ "do": "test" }))["send"]["id"].clone();
    // Also one that comes while the answer is on its way; leaving a field is none.
    step(&mut form, json!({ "do": "leave", "field": "host" }));
    assert_eq!(step(&mut form, json!({ "do": "set", "field": "host", "value": "i" })).get("test"), None);
    assert_eq!(
        settle(&mut form, &id, answer(json!({ "ok": true })))["test"],
        json!({ "state": "done", "code": "tested", "stale": true })
    );
    let again = step(&mut form, json!({ "do": "test" }));
    assert_eq!(
        (&again["send"]["body"]["host"], &again["test"]),
        (&json!("i"), &json!({ "state": "busy", "code": "busy" }))
    );
    settle(&mut form, &again["send"]["id"], json!({ "lost": "cancelled" }));
    assert_eq!(step(&mut form, json!({ "do": "reset" }))["test"], Value::Null);
}

#[test]
fn it_and_a_save_do_not_wait_for_each_other() {
    let mut form = form("echo", "create", Value::Null, json!({ "name": "n", "host": "h" }));
    let test = step(&mut form, json!({ "do": "test" }));
    let save = step(&mut form, json!({ "do": "submit" }));
    assert_ne!(test["send"]["id"], save["send"]["id"]);
    let told = settle(
        &mut form,
        &test["send"]["id"],
        answer(json!({ "ok": false, "why": format!("bad {PASSWORD}?") })),
    );
    assert_eq!((told.get("status"), &told["test"]["code"]), (None, &json!("test_failed")));
    let saved = settle(&mut form, &save["send"]["id"], answer(json!({ "ok": true })));
    // What was tested is saved, and the form is another now.
    assert_eq!((&saved["status"]["code"], &saved["test"]), (&json!("saved"), &Value::Null));
    // An answer that nobody waits for changes nothing.
    assert_eq!(
        settle(&mut form, &test["send"]["id"], answer(json!({ "ok": true }))),
        json!({ "fields": [] })
    );
}

#[test]
fn what_fails_is_told_apart_from_the_form() {
    let mut form = form("echo", "create", Value::Null, json!({ "host": "h", "password": PASSWORD }));
    let mut outcome = |reply: Value| {
        let begun = step(&mut form, json!({ "do": "test" }));
        let told = settle(&mut form, &begun["send"]["id"], reply);
        assert_eq!(told.get("status"), None);
        (told["test"]["state"].clone(), told["test"]["code"].clone(), told["test"]["message"].clone())
    };
    for (reply, state, code, message) in [
        (
            answer(json!({ "ok": false, "why": format!("no {PASSWORD}") })),
            "refused",
            "test_failed",
            json!("no •••"),
        ),
        (
            answer(json!({ "ok": false, "code": "401", "why": "who" })),
            "refused",
            "unauthorized",
            json!("who"),
        ),
        (answer(json!({ "ok": false, "code": 500, "why": "oh" })), "refused", "test_failed", json!("oh")),
        (json!({ "status": 401, "type": "", "text": "" }), "refused", "unauthorized", Value::Null),
        (json!({ "status": 200, "type": "", "text": "" }), "lost", "unreadable", Value::Null),
        (json!({ "lost": "timeout" }), "lost", "lost_timeout", Value::Null),
    ] {
        assert_eq!(outcome(reply), (json!(state), json!(code), message));
    }
}

#[test]
fn what_is_missing_shows_in_the_form() {
    let mut form = form("echo", "create", Value::Null, json!({ "name": "n" }));
    let told = step(&mut form, json!({ "do": "test" }));
    assert_eq!(
        (&told["test"]["state"], &told["test"]["faults"][0]["field"], told.get("send")),
        (&json!("invalid"), &json!("host"), None)
    );
    let host = told["fields"].as_array().unwrap().iter().find(|view| view["field"] == "host").unwrap();
    assert_eq!(host["faults"][0]["code"], "required");
}

#[test]
fn a_stored_secret_goes_as_the_api_wants_it_in_an_update() {
    let record =
        json!({ "id": 4, "kind": "depot", "name": "n", "host": "h", "password": PASSWORD, "more": [1] });
    let body = |secrets: &str, operation: &str| {
        let mut form = form(secrets, operation, record.clone(), Value::Null);
        step(&mut form, json!({ "do": "test" }))["send"]["body"].clone()
    };
    let edited = |password: Value| json!({ "kind": "depot", "name": "n", "host": "h", "password": password, "more": [1], "try": true });
    assert_eq!(body("echo", "update"), edited(json!(PASSWORD)));
    assert_eq!(body("null", "update"), edited(Value::Null));
    // A copy is tested as it would be made: by what its fields hold.
    assert_eq!(
        body("null", "create"),
        json!({ "kind": "depot", "try": true, "host": "h", "password": PASSWORD })
    );
    let mut asked = form("reenter", "update", record.clone(), Value::Null);
    assert_eq!(step(&mut asked, json!({ "do": "test" }))["test"]["faults"][0]["code"], "reenter");
}
