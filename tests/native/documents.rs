//! Bodies that an API's documents show, as records: edited without a change they stay equal, and made anew they come out
//! equal but for documented defaults.

use crate::common::{files, from_engine, json, open, shipped, stem, to_engine};
use jackfield::descriptor::api::Operation;
use jackfield::fields::fault::Fault;
use jackfield::form::Form;
use serde_json::{Map, Value, json};

const API: &str = "apinizer";

/// The name of each documented body, the type that it is of, and the body.
fn documented() -> Vec<(String, String, Value)> {
    let all = files("tests/data/apinizer/bodies", ".json");
    assert_eq!(all.len(), 49);
    let one = |path: &std::path::PathBuf| {
        let file = json(path);
        (stem(path).to_owned(), file["type"].as_str().unwrap().to_owned(), file["body"].clone())
    };
    all.iter().map(one).collect()
}

fn opened(operation: &str, record: &Value, values: Value) -> Form {
    let entry = shipped(API);
    let kind = entry.identify(&to_engine(record)).unwrap();
    let opening = json!({ "operation": operation, "settings": { "base_url": "http://127.0.0.1:1", "projectName": "p" }, "record": record, "values": values });
    open(&entry, kind, &opening).unwrap()
}

fn body(name: &str, form: &Form) -> Value {
    let faults = |faults: Vec<Fault>| {
        faults.iter().map(|fault| serde_json::to_string(fault).unwrap()).collect::<Vec<_>>().join(" ")
    };
    let plan = form.request().map_err(faults).unwrap_or_else(|faults| panic!("{name}: {faults}"));
    from_engine(&plan.body.unwrap())
}

/// What a body of this type says of its own kind; some documents write the member twice, and a reader keeps the last.
fn named(kind: &str, body: &Value) -> Value {
    let mut body = body.clone();
    body["type"] = json!(kind);
    body
}

#[test]
fn an_unedited_update_is_equal_to_what_was_loaded() {
    for (name, kind, documented) in documented() {
        let form = opened("update", &documented, json!({}));
        assert_eq!(body(&name, &form), named(&kind, &documented), "{name}");
        assert_eq!(form.faults().iter().filter(|fault| !fault.warning).count(), 0, "{name}");
    }
}

#[test]
fn one_edit_changes_one_member() {
    for (name, kind, documented) in documented() {
        let mut expected = named(&kind, &documented);
        expected["description"] = json!("edited");
        let form = opened("update", &documented, json!({ "description": "edited" }));
        assert_eq!(body(&name, &form), expected, "{name}");
    }
}

#[test]
fn made_anew_only_documented_defaults_come_along() {
    let fields = json("tests/data/apinizer/fields.json");
    for (name, kind, documented) in documented() {
        let made = body(&name, &opened("create", &documented, json!({})));
        let documented = named(&kind, &documented);
        for (member, value) in documented.as_object().unwrap() {
            assert_eq!(made.get(member), Some(value), "{name}: {member}");
        }
        for (member, value) in
            made.as_object().unwrap().iter().filter(|(member, _)| documented.get(member.as_str()).is_none())
        {
            let field =
                fields[&kind].as_array().unwrap().iter().find(|field| field["path"] == member.as_str());
            let default = field.and_then(|field| field.get("default"));
            assert_eq!(default, Some(value), "{name}: {member} is no documented default");
        }
    }
}

#[test]
fn what_is_sent_keeps_the_contract() {
    for (name, kind, documented) in documented() {
        let contract =
            jsonschema::validator_for(&json(format!("tests/contracts/apinizer/{kind}.json"))).unwrap();
        for operation in ["create", "update"] {
            let sent = body(&name, &opened(operation, &documented, json!({})));
            let wrong: Vec<String> = contract
                .iter_errors(&sent)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        }
    }
}

#[test]
fn every_documented_field_is_a_field() {
    let fields = json("tests/data/apinizer/fields.json");
    let entry = shipped(API);
    let mut count = 0;
    for (kind, documented) in fields.as_object().unwrap() {
        let described = entry.connection_type(kind, Operation::Create).unwrap();
        for field in documented.as_array().unwrap() {
            let path = field["path"].as_str().unwrap();
            count += 1;
            let (whole, cell) = path
                .split_once("[].")
                .or(path.split_once("{}."))
                .map_or((path, None), |(whole, cell)| (whole, Some(cell)));
            let place = ["/", &whole.replace('.', "/")].concat();
            let response = field["direction"] == "response" && entry.api.never_sent.contains(&place);
            let constant = described.base.at(&place).is_some();
            let alias = described.fields.iter().any(|known| known.alias.contains(&place));
            let known = described.position(whole).is_some_and(|at| {
                let known = &described.fields[at];
                cell.is_none_or(|cell| known.columns.iter().any(|column| column.id == cell))
            });
            // The second `type` of one object has a name of its own.
            let renamed = described.fields.iter().any(|known| known.read.contains(&place));
            assert!(response || constant || alias || known || renamed, "{kind}: {path}");
            let secret = field["secret"] == true && known && cell.is_none();
            let covered = described.position(whole).is_none_or(|at| described.fields[at].is_confidential());
            assert!(!secret || covered, "{kind}: {path} is a secret");
        }
    }
    assert_eq!(count, 298);
}

/// What the documents give as a default is what an untouched form sends, and nothing else is.
#[test]
fn a_new_form_sends_documented_defaults_only() {
    let fields = json("tests/data/apinizer/fields.json");
    for (kind, documented) in fields.as_object().unwrap() {
        let settings = json!({ "base_url": "http://127.0.0.1:1", "projectName": "p", "connectionName": "n" });
        let form = open(&shipped(API), kind, &json!({ "settings": settings })).unwrap();
        let sent = from_engine(&form.preview().0.unwrap_or_else(|| panic!("{kind}")).body.unwrap());
        for (member, value) in flat(&sent) {
            let field = documented.as_array().unwrap().iter().find(|field| field["path"] == member.as_str());
            // What starts a new form so that it need not be typed is chosen by us: see the preset rows.
            if member == "type" || value.is_array() || member == "propertiesMap" {
                continue;
            }
            assert_eq!(field.and_then(|field| field.get("default")), Some(&value), "{kind}: {member}");
        }
    }
}

/// The members of an object and of the objects in it, by path.
fn flat(json: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    for (name, value) in json.as_object().unwrap() {
        match value {
            Value::Object(inner) if name != "propertiesMap" && !inner.is_empty() => {
                found
                    .extend(flat(value).into_iter().map(|(below, value)| (format!("{name}.{below}"), value)));
            }
            value => drop(found.insert(name.clone(), value.clone())),
        }
    }
    found
}
