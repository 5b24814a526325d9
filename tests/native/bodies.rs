//! What the product's own forms were recorded to send is rebuilt, from values and from records.

use std::path::{Path, PathBuf};

use crate::common::{files, from_engine, json, open, shipped, stem, to_engine};
use jackfield::form::Form;
use serde_json::{Value, json};

const API: &str = "chartbrew";
const BASE: &str = "http://127.0.0.1:4019/chartbrew";

/// A recorded body, without a member that the recorded form sends for itself and the API ignores.
fn recorded(path: &Path) -> Value {
    let mut body = json(path);
    body.as_object_mut().unwrap().shift_remove("optionsArray");
    body
}

fn recordings() -> Vec<PathBuf> {
    let all = files("tests/data/chartbrew", ".json");
    assert_eq!(all.len(), 24);
    all
}

fn body(form: &Form) -> Value {
    let faults = |faults: Vec<jackfield::fields::fault::Fault>| {
        faults.iter().map(|fault| serde_json::to_string(fault).unwrap()).collect::<Vec<_>>().join(" ")
    };
    let plan = form.request().map_err(faults).unwrap();
    assert_eq!(
        (plan.method.as_str(), plan.url.as_str()),
        ("POST", format!("{BASE}/team/1/connections").as_str())
    );
    from_engine(&plan.body.unwrap())
}

fn opened(kind: &str, opening: Value) -> Form {
    let mut opening = opening;
    opening["settings"] = json!({ "base_url": BASE, "team_id": 1 });
    open(&shipped(API), kind, &opening).unwrap()
}

#[test]
fn values_become_the_recorded_body() {
    for path in recordings() {
        let given = json(format!("tests/data/chartbrew/values/{}.json", stem(&path)));
        let form = opened(given["type"].as_str().unwrap(), json!({ "values": given["values"] }));
        assert_eq!(body(&form), recorded(&path), "{}", path.display());
    }
}

#[test]
fn a_recorded_body_as_record_becomes_itself() {
    for path in recordings() {
        let record = recorded(&path);
        let entry = shipped(API);
        let kind = entry.identify(&to_engine(&record)).unwrap();
        let form = opened(kind, json!({ "record": record }));
        assert_eq!(body(&form), record, "{}", path.display());
    }
}

#[test]
fn what_is_sent_keeps_the_contract() {
    let contract = contract();
    assert!(!contract.is_valid(&json!({})), "a contract that takes everything judges nothing");
    for path in recordings() {
        let given = json(format!("tests/data/chartbrew/values/{}.json", stem(&path)));
        let sent = body(&opened(given["type"].as_str().unwrap(), json!({ "values": given["values"] })));
        keeps(&contract, &sent, &path);
    }
}

fn contract() -> jsonschema::Validator {
    jsonschema::validator_for(&json("tests/contracts/chartbrew/create.json")).unwrap()
}

fn keeps(contract: &jsonschema::Validator, sent: &Value, path: &Path) {
    let wrong: Vec<String> =
        contract.iter_errors(sent).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
}

fn records() -> Vec<(PathBuf, Value)> {
    let all: Vec<(PathBuf, Value)> = files("tests/data/chartbrew/records", ".json")
        .into_iter()
        .map(|path| (path.clone(), json(path)))
        .collect();
    all.into_iter().filter(|(_, record)| record.is_object()).collect()
}

/// The texts in a document.
fn texts<'a>(json: &'a Value, found: &mut Vec<&'a str>) {
    match json {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[test]
fn a_record_opens_with_what_it_says_and_keeps_its_secrets() {
    let mut found = 0;
    for (path, record) in records() {
        let given = json(format!("tests/data/chartbrew/values/{}.json", stem(&path)));
        let entry = shipped(API);
        let kind = entry.identify(&to_engine(&record)).unwrap();
        let form = opened(kind, json!({ "record": record }));
        let (told, revealed) = (from_engine(&form.values(false)), from_engine(&form.values(true)));
        let described = entry.connection_type(kind, jackfield::descriptor::api::Operation::Create).unwrap();
        let mut kept = 0;
        for (id, typed) in given["values"].as_object().unwrap() {
            let field = &described.fields[described.position(id).unwrap()];
            if field.secret && !told[id].is_null() {
                assert_eq!(told[id], json!({ "keep": true }), "{}: {id}", path.display());
                assert_eq!(revealed[id], *typed, "{}: {id}", path.display());
                kept += 1;
            } else if !field.secret && !told[id].is_null() && field.columns.is_empty() {
                assert_eq!(told[id], *typed, "{}: {id}", path.display());
            }
        }
        found += kept;
    }
    assert!(found >= 4, "only {found} secrets were found in all records");
}

#[test]
fn a_connection_made_from_a_record_leaves_out_what_the_server_answers_only() {
    for (path, record) in records() {
        let entry = shipped(API);
        let kind = entry.identify(&to_engine(&record)).unwrap();
        // What the server never shows has to be typed again.
        let missing = opened(kind, json!({ "record": record })).request().err().unwrap_or_default();
        let typed = json(format!("tests/data/chartbrew/values/{}.json", stem(&path)));
        let mut values = json!({});
        for fault in missing {
            assert_eq!(
                (fault.code.as_str(), record.get(&fault.field)),
                ("required", None),
                "{}: {}",
                path.display(),
                fault.field
            );
            values[&fault.field] = typed["values"][&fault.field].clone();
        }
        let sent = body(&opened(kind, json!({ "record": record, "values": values })));
        keeps(&contract(), &sent, &path);
        for place in &entry.api.never_sent {
            assert_eq!(sent.pointer(place), None, "{}: {place} is sent", path.display());
        }
        // What is sent is what the record says of the fields, secrets too; what else an answer has is not documented in a request.
        for (name, value) in sent.as_object().unwrap() {
            let (told, typed) = (record.get(name).filter(|value| !value.is_null()), values.get(name));
            // A number may be written as text, as its field says.
            let same = |told: &Value| told == value || Some(told.to_string().as_str()) == value.as_str();
            assert!(told.or(typed).is_none_or(same), "{}: {name}", path.display());
            assert!(!value.is_null(), "{}: {name} is null", path.display());
        }
        let secrets = described(kind)
            .fields
            .iter()
            .filter(|field| field.secret && !field.at.is_empty())
            .map(|field| field.at[0].clone())
            .collect::<Vec<_>>();
        for place in secrets.iter().filter(|place| {
            record.pointer(place).is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty()))
        }) {
            assert_eq!(sent.pointer(place), record.pointer(place), "{}: {place}", path.display());
        }
    }
}

fn described(kind: &str) -> jackfield::descriptor::connection_type::ConnectionType {
    shipped(API).connection_type(kind, jackfield::descriptor::api::Operation::Create).unwrap()
}

#[test]
fn a_shown_request_holds_no_secret() {
    for path in recordings() {
        let given = json(format!("tests/data/chartbrew/values/{}.json", stem(&path)));
        let kind = given["type"].as_str().unwrap();
        let described =
            shipped(API).connection_type(kind, jackfield::descriptor::api::Operation::Create).unwrap();
        for opening in [json!({ "values": given["values"] }), json!({ "record": recorded(&path) })] {
            let (plan, faults) = opened(kind, opening).preview();
            assert!(faults.is_empty(), "{}", path.display());
            let shown = from_engine(&plan.unwrap());
            let mut shown_texts = Vec::new();
            texts(&shown, &mut shown_texts);
            for field in described.fields.iter().filter(|field| field.secret) {
                if let Some(secret) = given["values"][&field.id].as_str() {
                    assert!(!shown_texts.contains(&secret), "{}: {} is shown", path.display(), field.id);
                }
            }
        }
    }
}

#[test]
fn a_refusal_shows_its_sentence_and_nothing_else() {
    for path in files("tests/data/chartbrew/refusals", ".json") {
        let recorded = json(&path);
        let reply =
            json!({ "status": recorded["status"], "type": recorded["type"], "text": recorded["text"] });
        let given = json("tests/data/chartbrew/values/stripeOfficial.json");
        let mut form = opened(given["type"].as_str().unwrap(), json!({ "values": given["values"] }));
        form.step(&to_engine(&json!({ "do": "submit" }))).ok().unwrap();
        let step = form.step(&to_engine(&json!({ "do": "settle", "id": 1, "reply": reply }))).ok().unwrap();
        let (status, fields) = (from_engine(&step.status.unwrap()), from_engine(&step.fields));
        let said: Vec<&Value> =
            status["faults"].as_array().into_iter().flatten().map(|fault| &fault["params"]["say"]).collect();
        let got = json!({ "code": status["code"], "message": status["message"], "said": said });
        assert_eq!(got, recorded["shows"], "{}", path.display());
        let shown = format!("{status} {fields}");
        for never in ["rk_test", "INSERT", "SELECT", "parameters", "<html", "<!DOCTYPE", "instance", "errno"]
        {
            assert!(!shown.contains(never), "{}: {never} is shown: {shown}", path.display());
        }
    }
}

/// No shipped API has an update yet, and the format has: what is loaded survives unless it was touched.
#[test]
fn an_update_is_the_record_and_what_was_touched() {
    let bundle = json!({
        "api": {
            "id": "widgets", "title": "Widgets", "never_sent": ["/stamp"], "record": { "id": "/id", "name": "/name" },
            "operations": { "update": { "method": "PUT", "path": "/widgets" } }
        },
        "types": [{ "id": "plain", "title": "Plain", "base": { "kind": "plain" }, "sections": [{ "title": "S", "fields": [
            { "id": "name", "kind": "text", "label": "Name", "default": "fresh" },
            { "id": "tls", "kind": "toggle", "label": "TLS" },
            { "id": "ca", "kind": "text", "label": "CA", "shown": { "is": ["tls", true] }, "hidden": "null" },
            { "id": "login.secret", "kind": "secret", "label": "Secret" }
        ] }] }]
    });
    let mut catalog = jackfield::bundle::registry::Registry::default();
    catalog.add(&to_engine(&bundle)).unwrap();
    let entry = catalog.entry("widgets").unwrap();
    let record = json!({ "id": 7, "kind": "plain", "stamp": "now", "unseen": [null, 1.5], "name": null, "tls": true, "ca": "x", "login": { "secret": "hunter2", "more": "" } });
    let opened = |values: Value| {
        open(&entry, "plain", &json!({ "operation": "update", "settings": { "base_url": BASE }, "record": record, "values": values })).unwrap()
    };
    let sent =
        |values: Value| from_engine(&opened(values).request().map_err(|_| "faults").unwrap().body.unwrap());
    let expected = |change: &dyn Fn(&mut Value)| {
        let mut body = record.clone();
        body.as_object_mut().unwrap().remove("stamp");
        change(&mut body);
        body
    };
    assert_eq!(sent(json!({})), expected(&|_| {}), "unedited");
    assert_eq!(sent(json!({ "name": "n" })), expected(&|body| body["name"] = json!("n")), "one field");
    assert_eq!(sent(json!({ "login.secret": { "keep": true } })), expected(&|_| {}), "a kept secret");
    assert_eq!(
        sent(json!({ "login.secret": "new" })),
        expected(&|body| body["login"]["secret"] = json!("new")),
        "a secret typed"
    );
    let hidden = |body: &mut Value| (body["tls"], body["ca"]) = (json!(false), Value::Null);
    assert_eq!(sent(json!({ "tls": false })), expected(&hidden), "what follows from a touched field");
    let shown = opened(json!({})).preview().0.unwrap().body.unwrap().to_text();
    assert!(!shown.contains("hunter2") && shown.contains("•••"), "{shown}");
}
