//! Chartbrew's partial updates and its tests, from recorded answers; and for every shipped catalogue, where its secrets are sent.

use crate::common::{every_type, files, from_engine, json, open, shipped, stem, to_engine};
use jackfield::descriptor::api::Operation;
use jackfield::descriptor::connection_type::{Field, FieldKind};
use jackfield::form::Form;
use serde_json::{Value, json};

const API: &str = "chartbrew";

/// Secrets that no field sends elsewhere, and why.
const FIXED: &[(&str, &str, &str)] = &[
    ("firestore", "firebaseServiceAccount", "it goes to Google"),
    ("stripe", "authentication.user", "it goes to Stripe"),
    ("stripeOfficial", "authentication.token", "it goes to Stripe"),
    ("elasticsearch", "caTruststoreFilePass", "it opens a file on the server that keeps it"),
    ("elasticsearch", "caKeystoreFilePass", "it opens a file on the server that keeps it"),
];

/// What GET and the list were recorded to answer, with the name of the type, as far as it is one of ours.
fn records() -> Vec<(String, String, Value)> {
    let mut found = Vec::new();
    for path in files("tests/data/chartbrew/records", ".json") {
        let recorded = json(&path);
        for record in recorded.as_array().cloned().unwrap_or_else(|| vec![recorded]) {
            let kind = record["subType"].as_str().or(record["type"].as_str()).unwrap().to_owned();
            if every_type().iter().any(|(entry, known)| entry.api.id == API && *known == kind) {
                found.push((stem(&path).to_owned(), kind, record));
            }
        }
    }
    assert!(found.len() >= 16, "only {} records", found.len());
    found
}

fn opened(kind: &str, operation: &str, record: &Value, values: Value) -> Form {
    let settings = json!({ "base_url": "http://127.0.0.1:1" });
    open(
        &shipped(API),
        kind,
        &json!({ "operation": operation, "settings": settings, "record": record, "values": values }),
    )
    .unwrap()
}

/// The body, where nothing stops it.
fn sent(form: &Form) -> Option<Value> {
    Some(from_engine(&form.request().ok()?.body?))
}

fn contract() -> jsonschema::Validator {
    jsonschema::validator_for(&json("tests/contracts/chartbrew/update.json")).unwrap()
}

fn fields(kind: &str, operation: Operation) -> Vec<Field> {
    shipped(API).connection_type(kind, operation).unwrap().fields
}

#[test]
fn an_update_that_nobody_edited_is_empty() {
    for (file, kind, record) in records() {
        assert_eq!(sent(&opened(&kind, "update", &record, json!({}))), Some(json!({})), "{file}: {kind}");
    }
}

/// Something else for a field, of the shape that it takes.
fn another(field: &Field, before: &Value) -> Value {
    match field.kind {
        FieldKind::Toggle => json!(!before.as_bool().unwrap_or(false)),
        FieldKind::Integer | FieldKind::Number => json!("1234"),
        FieldKind::Choice => field
            .options
            .iter()
            .find(|option| before.as_str() != Some(option))
            .map_or(Value::Null, |option| json!(option)),
        FieldKind::Json => json!("{\"type\": \"another\"}"),
        FieldKind::Rows => json!([{ "key": "another", "value": "one" }]),
        _ if field.id == "connectionString" => json!("mysql://another:one@db.example.com/shop"),
        _ => json!([field.starts.first().map_or("", String::as_str), "another"].concat()),
    }
}

#[test]
fn one_edit_sends_the_member_that_it_is_about_and_no_other() {
    let (contract, mut edits) = (contract(), 0);
    for (file, kind, record) in records() {
        for field in fields(&kind, Operation::Update).iter().filter(|field| !field.at.is_empty()) {
            let before = record.pointer(&field.at[0]).cloned().unwrap_or_default();
            let mut form = opened(&kind, "update", &record, json!({}));
            let action = json!({ "do": "set", "field": field.id, "value": another(field, &before) });
            form.step(&to_engine(&action)).unwrap();
            // What asks for more, such as another host, is told by the transcripts.
            let Some(body) = sent(&form) else { continue };
            let members: Vec<&str> = field.at.iter().filter_map(|place| place.split('/').nth(1)).collect();
            assert!(
                body.as_object().unwrap().keys().all(|name| members.contains(&name.as_str())),
                "{file}: {kind}: {} sends {body}",
                field.id
            );
            let wrong: Vec<String> = contract.iter_errors(&body).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{file}: {kind}: {}: {wrong:?}", field.id);
            edits += usize::from(body != json!({}));
        }
    }
    assert!(edits >= 60, "only {edits} edits were sent");
}

#[test]
fn a_test_of_a_saved_connection_holds_it_without_its_id() {
    let contract = contract();
    // One that was made of nothing at all has no name, and a test of it would say so.
    for (file, kind, record) in records().into_iter().filter(|(_, _, record)| record["name"].is_string()) {
        let Some(mut body) = sent(&opened(&kind, "test", &record, json!({}))) else { continue };
        assert_eq!((body.get("id"), &body["name"]), (None, &record["name"]), "{file}: {kind}");
        // Where files lie is the server's own to say, and a test may repeat it.
        ["sslCa", "sslCert", "sslKey"]
            .iter()
            .for_each(|name| drop(body.as_object_mut().unwrap().remove(*name)));
        let told = |error: &jsonschema::ValidationError| {
            !["/schema", "/authentication"]
                .iter()
                .any(|place| error.instance_path().as_str().starts_with(place))
        };
        let wrong: Vec<String> = contract
            .iter_errors(&body)
            .filter(told)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{file}: {kind}: {wrong:?}");
    }
}

/// Whether it says itself where it is sent.
fn is_connection_string(field: &Field) -> bool {
    field.format.iter().any(|(_, format)| format.word.ends_with("credentials-url"))
}

#[test]
fn every_shipped_secret_says_where_it_is_sent() {
    let mut fixed: Vec<(String, String)> = Vec::new();
    for (entry, kind) in every_type() {
        for operation in [Operation::Create, Operation::Update, Operation::Test]
            .into_iter()
            .filter(|operation| entry.api.call(*operation).is_some())
        {
            let described = entry.connection_type(&kind, operation).unwrap();
            for field in described
                .fields
                .iter()
                .filter(|field| field.secret || field.columns.iter().any(|column| column.secret))
            {
                let known =
                    FIXED.iter().any(|(one, id, _)| (*one, *id) == (kind.as_str(), field.id.as_str()));
                let says = !field.sent_to.is_empty() || is_connection_string(field);
                assert!(
                    says != known,
                    "{}: {kind}: {}: {}",
                    entry.api.id,
                    field.id,
                    if known { "is no exception" } else { "where is it sent?" }
                );
                if known && operation == Operation::Create {
                    fixed.push((kind.clone(), field.id.clone()));
                }
            }
        }
    }
    assert_eq!(fixed.len(), FIXED.len(), "an exception is about no secret");
}

/// Whether a form holds a stored secret and shows its field.
fn keeps(form: &mut Form, field: &Field) -> bool {
    let view = from_engine(&form.view());
    let shows = |view: &Value| {
        view["field"] == field.id && view["shown"] == true && view["value"] == json!({ "keep": true })
    };
    view["fields"].as_array().unwrap().iter().any(shows)
}

/// Whatever it is that says where a secret is sent, a stored one is not sent to another place.
#[test]
fn no_stored_secret_goes_to_another_server() {
    let mut asked = 0;
    for (file, kind, record) in records() {
        let all = fields(&kind, Operation::Update);
        let told = |field: &Field| {
            field.at.first().and_then(|place| record.pointer(place)).cloned().unwrap_or_default()
        };
        for (secret, id) in all.iter().flat_map(|field| field.sent_to.iter().map(move |id| (field, id))) {
            let to = all.iter().find(|field| field.id == *id).unwrap();
            for operation in ["update", "test"] {
                let mut form = opened(&kind, operation, &record, json!({}));
                form.step(&to_engine(&json!({ "do": "set", "field": id, "value": another(to, &told(to)) })))
                    .unwrap();
                if !keeps(&mut form, secret) {
                    continue;
                }
                asked += 1;
                let moved = |fault: &jackfield::fields::fault::Fault| {
                    fault.field == secret.id && fault.code.as_str() == "reenter" && !fault.warning
                };
                assert!(
                    form.faults().iter().any(moved) && form.request().is_err(),
                    "{file}: {kind}: {operation}: {} goes to another {id}",
                    secret.id
                );
                let shown = from_engine(&form.preview().0.unwrap()).to_string();
                let hidden =
                    told(secret).as_str().is_none_or(|text| text.is_empty() || !shown.contains(text));
                assert!(hidden, "{file}: {kind}: {} is shown", secret.id);
            }
        }
    }
    assert!(asked >= 20, "only {asked} secrets were asked for");
}
