//! What does not exist, or cannot be, is refused by its name; and what a server refuses is told where it belongs.

use crate::common::{files, from_engine, json, open, shipped, to_engine};
use jackfield::bundle::prepare::diagnostics;
use jackfield::bundle::registry::Registry;
use serde_json::{Value, json};

/// Each file of `tests/data/broken/` is `{"bundle", "mistakes"}`, with every mistake and no other.
#[test]
fn every_mistake_of_a_broken_bundle_is_named_where_it_is() {
    let all = files("tests/data/broken", ".json");
    assert!(all.len() >= 20, "only {} broken bundles", all.len());
    let mut wrong = Vec::new();
    for path in all {
        let case = json(&path);
        let found = diagnostics(&to_engine(&case["bundle"]));
        let found: Vec<Value> = found.iter().map(|mistake| json!({ "document": mistake.document, "place": mistake.pointer, "text": mistake.text })).collect();
        if Value::Array(found.clone()) != case["mistakes"] || found.is_empty() {
            wrong.push(format!("{}: {:#}", path.display(), Value::Array(found)));
        }
        let refused = Registry::default().add(&to_engine(&case["bundle"]));
        assert!(refused.is_err(), "{} is taken", path.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[track_caller]
fn refused(opening: Value, sentence: &str) {
    let error = open(&shipped("chartbrew"), "postgres", &opening)
        .err()
        .unwrap_or_else(|| panic!("{opening} is taken"));
    assert_eq!(error.to_string(), sentence);
}

#[test]
fn what_a_form_is_opened_with_must_exist() {
    let entry = shipped("chartbrew");
    assert_eq!(
        Registry::shipped().unwrap().entry("chartbrow").err().unwrap().to_string(),
        "the API “chartbrow” is unknown; did you mean “chartbrew”?"
    );
    assert_eq!(
        open(&entry, "postgre", &json!({})).err().unwrap().to_string(),
        "the type “postgre” is unknown; did you mean “postgres”?"
    );
    refused(
        json!({ "operation": "craete" }),
        "the opening: /operation: “craete” is unknown; did you mean “create”?",
    );
    refused(
        json!({ "settings": { "teamid": 1 } }),
        "the setting “teamid” is unknown; did you mean “team_id”?",
    );
    refused(
        json!({ "values": { "pasword": "x" } }),
        "the field “pasword” is unknown; did you mean “password”?",
    );
    refused(json!({ "valeus": {} }), "the opening: /valeus: “valeus” is unknown; did you mean “values”?");
}

#[test]
fn what_a_form_is_opened_with_must_have_its_shape() {
    refused(json!([]), "the opening: : this must be an object");
    refused(json!({ "values": [] }), "the opening: /values: this must be an object");
    refused(json!({ "record": "x" }), "the opening: /record: this must be an object");
    refused(json!({ "settings": { "team_id": [1] } }), "the setting “team_id” must be a text or a number");
    for (field, value, kind) in [
        ("name", json!(5), "text"),
        ("name", json!({}), "text"),
        ("port", json!(true), "integer"),
        ("ssl", json!("true"), "toggle"),
        ("ssl", json!(1), "toggle"),
        ("mode", json!(["form"]), "choice"),
        ("password", json!(["x"]), "secret"),
        ("password", json!({ "keep": false }), "secret"),
        ("password", json!({ "keep": true, "clear": true }), "secret"),
    ] {
        refused(
            json!({ "values": { (field): value } }),
            &format!("the value of “{field}” has the wrong shape for a field of kind {kind}"),
        );
    }
}

#[test]
fn a_refusal_does_not_repeat_the_value() {
    let error = open(&shipped("chartbrew"), "postgres", &json!({ "values": { "password": ["hunter2"] } }))
        .err()
        .unwrap();
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[test]
fn an_action_must_fit_its_form() {
    for (action, sentence) in [
        (json!({ "do": "sbumit" }), "the action: /do: “sbumit” is unknown; did you mean “submit”?"),
        (json!({}), "the action: “do” is missing"),
        (
            json!({ "do": "set", "field": "nmae", "value": "x" }),
            "the action: /field: “nmae” is unknown; did you mean “name”?",
        ),
        (
            json!({ "do": "set", "field": "name", "value": 5 }),
            "the action: /value: this value has the wrong shape for its field",
        ),
        (
            json!({ "do": "set", "field": "name", "value": "x", "row": 0, "column": "key" }),
            "the action: /field: this field has no rows",
        ),
        (
            json!({ "do": "set", "field": "options", "value": "x", "row": 0 }),
            "the action: : a cell has a row and a column",
        ),
        (
            json!({ "do": "set", "field": "options", "value": "x", "row": 0, "column": "kee" }),
            "the action: /column: “kee” is unknown; did you mean “key”?",
        ),
        (
            json!({ "do": "set", "field": "options", "value": "x", "row": 7, "column": "key" }),
            "the action: there is no such row",
        ),
        (json!({ "do": "add", "field": "name" }), "the action: /field: this field has no rows"),
        (json!({ "do": "remove", "field": "options", "row": 0 }), "the action: there is no such row"),
        (json!({ "do": "move", "field": "options", "row": 0, "to": 1 }), "the action: there is no such row"),
        (json!({ "do": "settle", "id": 1 }), "the action: /reply: this must be an object"),
        (
            json!({ "do": "settle", "reply": { "lost": "timeout" } }),
            "the action: /id: this must be the id of the request",
        ),
        (
            json!({ "do": "settle", "id": 1, "reply": { "lost": "wifi" } }),
            "the action: /reply/lost: “wifi” is unknown; known are network, timeout, cancelled",
        ),
    ] {
        let mut form = open(&shipped("chartbrew"), "api", &json!({})).ok().unwrap();
        let error = form.step(&to_engine(&action)).err().unwrap_or_else(|| panic!("{action} is taken"));
        assert_eq!(error.to_string(), sentence, "{action}");
    }
}

/// The faults of a create with these settings, as `setting code`.
fn faults(settings: Value) -> Vec<String> {
    let opening = json!({ "settings": settings, "values": { "name": "Shop", "connectionString": "postgres://u:p@h/d" } });
    let form = open(&shipped("chartbrew"), "postgres", &opening).ok().unwrap();
    form.request()
        .err()
        .unwrap_or_default()
        .iter()
        .map(|fault| format!("{} {}", fault.field, fault.code.as_str()))
        .collect()
}

#[test]
fn a_request_goes_nowhere_but_to_an_address_of_the_web() {
    for good in [
        "http://localhost:4019",
        "https://api.example.com/",
        "https://example.com/v1/base//",
        "http://[::1]:80",
    ] {
        assert_eq!(faults(json!({ "base_url": good, "team_id": 1 })), [""; 0], "{good}");
    }
    for bad in [
        "ftp://example.com",
        "javascript:alert(1)",
        "//example.com",
        "example.com",
        "https://u:p@example.com",
        "https://",
        "https://x y",
        "http://x?a=1",
        "http://x#a",
    ] {
        assert_eq!(faults(json!({ "base_url": bad, "team_id": 1 })), ["base_url base_url"], "{bad}");
    }
    for none in [
        json!({ "team_id": 1 }),
        json!({ "base_url": "", "team_id": 1 }),
        json!({ "base_url": null, "team_id": 1 }),
    ] {
        assert_eq!(faults(none), ["base_url setting_missing"]);
    }
}

#[test]
fn a_setting_stays_within_its_segment_of_the_path() {
    let at = |team: Value| faults(json!({ "base_url": "http://x", "team_id": team }));
    assert_eq!(at(json!("..")), ["team_id setting_integer"]);
    assert_eq!(at(json!("1/../2")), ["team_id setting_integer"]);
    assert_eq!(at(json!(1.5)), ["team_id setting_integer"]);
    assert_eq!(at(json!("")), ["team_id setting_missing"]);
    assert_eq!(at(json!("7")), [""; 0]);

    let bundle = json!({
        "api": {
            "id": "ports", "title": "Ports", "settings": [{ "id": "dock", "label": "Dock", "required": true }],
            "operations": { "create": { "method": "POST", "path": "/docks/{dock}/ships", "query": [["at", "{dock}"]] } }
        },
        "types": [{ "id": "ship", "title": "Ship", "sections": [{ "title": "Ship", "fields": [{ "id": "name", "kind": "text", "label": "Name" }] }] }]
    });
    let mut catalog = Registry::default();
    catalog.add(&to_engine(&bundle)).unwrap();
    let entry = catalog.entry("ports").unwrap();
    let plan = |dock: &str| {
        open(&entry, "ship", &json!({ "settings": { "base_url": "http://x", "dock": dock } }))
            .ok()
            .unwrap()
            .request()
    };
    for bad in [".", ".."] {
        let faults = plan(bad).err().unwrap();
        assert_eq!((faults[0].field.as_str(), faults[0].code.as_str()), ("dock", "setting_path"), "{bad}");
    }
    let plan = plan("a/../b?c#d e").ok().unwrap();
    assert_eq!(plan.url, "http://x/docks/a%2F..%2Fb%3Fc%23d%20e/ships");
    assert_eq!(plan.query, [("at".to_owned(), "a/../b?c#d e".to_owned())]);
}

/// Each documented refusal says by type what it shows, on an update of the first documented body of that type.
#[test]
fn a_documented_refusal_shows_its_sentences_where_they_belong() {
    let entry = shipped("apinizer");
    for path in files("tests/data/apinizer/refusals", ".json") {
        let recorded = json(&path);
        let reply =
            json!({ "status": recorded["status"], "type": recorded["type"], "text": recorded["text"] });
        for (kind, shows) in recorded["shows"].as_object().unwrap() {
            let record = json(format!("tests/data/apinizer/bodies/{kind}--create--1.json"))["body"].clone();
            let opening = json!({ "operation": "update", "settings": { "base_url": "http://127.0.0.1:1", "projectName": "p" }, "record": record });
            let mut form = open(&entry, kind, &opening).ok().unwrap();
            form.step(&to_engine(&json!({ "do": "submit" }))).ok().unwrap();
            let step =
                form.step(&to_engine(&json!({ "do": "settle", "id": 1, "reply": reply }))).ok().unwrap();
            let status = from_engine(&step.status.unwrap());
            let said = status["faults"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|fault| json!({ "field": fault["field"], "say": fault["params"]["say"] }));
            let got = json!({ "code": status["code"], "message": status["message"], "said": said.collect::<Vec<_>>() });
            assert_eq!(&got, shows, "{} on {kind}", path.display());
        }
    }
}

#[test]
fn an_operation_that_the_api_does_not_document_is_refused() {
    let entry = shipped("chartbrew");
    for operation in ["update", "delete"] {
        let error =
            open(&entry, "postgres", &json!({ "operation": operation })).err().map(|error| error.to_string());
        if entry.json.get("operations").and_then(|all| all.get(operation)).is_none() {
            assert!(
                error.is_some_and(
                    |error| error.starts_with(&format!("the operation “{operation}” is unknown"))
                ),
                "{operation}"
            );
        }
    }
}
