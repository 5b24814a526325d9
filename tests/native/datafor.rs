//! Datafor's documented bodies, from values and from records, and what its refusals say.

mod types;
mod answers;

use crate::common::{files, from_engine, json, open, shipped, to_engine};
use jackfield::fields::fault::Fault;
use jackfield::form::Form;
use serde_json::{Value, json};

const ENTRY: &str = "datafor";

fn opened(kind: &str, operation: &str, record: &Value, values: Value) -> Form {
    let settings = json!({ "base_url": "http://127.0.0.1:1/datafor", "time_zone": "Australia/Melbourne" });
    let opening = json!({ "operation": operation, "settings": settings, "record": record, "values": values });
    open(&shipped(ENTRY), kind, &opening).unwrap()
}

fn sent(form: &Form) -> Value {
    let told = |faults: Vec<Fault>| {
        faults.iter().map(|fault| serde_json::to_string(fault).unwrap()).collect::<Vec<_>>().join(" ")
    };
    from_engine(&form.request().map_err(told).unwrap().body.unwrap())
}

fn step(form: &mut Form, action: Value) {
    form.step(&to_engine(&action)).unwrap();
}

fn faults(form: &Form) -> Vec<Value> {
    form.faults().iter().map(|fault| from_engine(&fault)).collect()
}

fn documented(name: &str) -> Value {
    json(format!("tests/data/datafor/bodies/{name}.json"))["body"].clone()
}

/// The documented answer of a list, or of a get.
fn answer(name: &str) -> Value {
    serde_json::from_str(json(format!("tests/data/datafor/answers/{name}.json"))["text"].as_str().unwrap())
        .unwrap()
}

fn listed() -> Vec<Value> {
    answer("list")["databaseConnections"].as_array().unwrap().clone()
}

fn keeps(operation: &str, body: &Value) {
    let contract =
        jsonschema::validator_for(&json(format!("tests/contracts/datafor/{operation}.json"))).unwrap();
    let wrong: Vec<String> =
        contract.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{operation}: {wrong:#?}\n{body:#}");
}

/// What the pages call it.
fn page(operation: &str) -> &str {
    if operation == "create" { "add" } else { operation }
}

fn four_sizes() -> Value {
    let row = |(name, value): (&str, &str)| json!({ "on": true, "name": name, "value": value });
    [("initialSize", "5"), ("maxActive", "200"), ("maxIdle", "20"), ("minIdle", "5")]
        .map(row)
        .into_iter()
        .collect()
}

/// The values of the example that the pages share.
fn example() -> Value {
    json!({
        "name": "foodmart2", "hostname": "127.0.0.1", "databaseName": "foodmart", "databasePort": 25432, "username": "postgres", "password": "postgres",
        "extraOptions": [{ "name": "TimeZone", "value": "Australia/Melbourne" }], "connectionPoolingProperties": four_sizes()
    })
}

/// The example's connection as a list shows it.
fn example_record() -> Value {
    let mut record = listed().into_iter().find(|item| item["name"] == "foodmart").unwrap();
    (record["name"], record["id"]) = (json!("foodmart2"), documented("assembled-update")["id"].clone());
    record["extraOptions"] = json!({ "POSTGRESQL.TimeZone": "Australia/Melbourne" });
    record["extraOptionsOrder"] = json!({ "0": "POSTGRESQL.TimeZone" });
    record
}

#[test]
fn the_documented_bodies_are_built() {
    let none = Value::Null;
    assert_eq!(sent(&opened("POSTGRESQL", "create", &none, example())), documented("assembled-add"));
    assert_eq!(
        sent(&opened("POSTGRESQL", "update", &example_record(), none.clone())),
        documented("assembled-update")
    );
    keeps("test", &sent(&opened("POSTGRESQL", "test", &none, example())));
    let mut tested = documented("assembled-update");
    tested["CUSTOM_DRIVER_CLASS"] = none.clone();
    assert_eq!(sent(&opened("POSTGRESQL", "test", &example_record(), none)), tested);
}

#[test]
fn what_the_list_shows_is_saved_with_nothing_lost() {
    let response_only =
        ["accessMap", "isSystem", "isUploadDataset", "partitioningInformation", "sqlserverInstance"];
    let entry = shipped(ENTRY);
    assert_eq!(listed().len(), 3);
    for mut record in listed() {
        let kind = entry.identify(&to_engine(&record)).unwrap().to_owned();
        assert_eq!(kind, "POSTGRESQL");
        let body = sent(&opened(&kind, "update", &record, Value::Null));
        keeps("update", &body);
        keeps("test", &sent(&opened(&kind, "test", &record, Value::Null)));
        assert_eq!(sent(&opened(&kind, "update", &body, Value::Null)), body, "a second load changes it");
        for member in response_only {
            record.as_object_mut().unwrap().remove(member);
        }
        record["databaseType"].as_object_mut().unwrap().remove("supportedAccessTypes");
        let mut expected = record.clone();
        expected["attributes"]["driverId"] = json!("postgresql");
        let members = json!({ "SQLServerInstance": null, "CUSTOM_URL": null, "driverId": "postgresql", "PORT_NUMBER": "25432" });
        expected.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        assert_eq!(body, expected);
    }
}

#[test]
fn what_a_get_shows_is_saved_with_nothing_lost() {
    let record = answer("get");
    let body = sent(&opened("POSTGRESQL", "update", &record, Value::Null));
    keeps("update", &body);
    for (member, value) in record.as_object().unwrap() {
        if member == "attributes" {
            value
                .as_object()
                .unwrap()
                .iter()
                .for_each(|(name, value)| assert_eq!(&body[member][name], value));
        } else {
            assert_eq!(&body[member], value, "{member}");
        }
    }
}

#[test]
fn members_that_the_form_does_not_show_survive() {
    let mut record = example_record();
    record["attributes"]["strange"] = json!("kept");
    record["connectionPoolingProperties"]["strange"] = json!("kept");
    record["extraOptions"]["MYSQL.useSSL"] = json!("false");
    record["quoteAllFields"] = json!(true);
    record["databaseType"]["defaultDatabasePort"] = json!(5433);
    let body = sent(&opened(
        "POSTGRESQL",
        "update",
        &record,
        json!({ "hostname": "db.example", "password": "typed" }),
    ));
    for member in ["attributes", "connectionPoolingProperties", "extraOptions", "quoteAllFields"] {
        assert_eq!(body[member], record[member], "{member}");
    }
    assert_eq!(
        (&body["hostname"], &body["databaseType"]["defaultDatabasePort"]),
        (&json!("db.example"), &json!(5433))
    );
    let clone = sent(&opened("POSTGRESQL", "create", &record, json!({ "name": "other" })));
    keeps("add", &clone);
    assert_eq!(
        (&clone["quoteAllFields"], &clone["databaseType"]["defaultDatabasePort"]),
        (&json!(true), &json!("5433"))
    );
    assert_eq!(clone["connectionPoolingProperties"], record["connectionPoolingProperties"]);
    assert_eq!(clone["attributes"]["strange"], "kept");
}

#[test]
fn a_connection_made_from_a_listed_one_is_an_add() {
    let body = sent(&opened(
        "POSTGRESQL",
        "create",
        &example_record(),
        json!({ "name": "copy", "password": "secret" }),
    ));
    keeps("add", &body);
    let mut expected = documented("assembled-add");
    (expected["name"], expected["password"]) = (json!("copy"), json!("secret"));
    assert_eq!(body, expected);
    let blank = sent(&opened("POSTGRESQL", "create", &example_record(), json!({ "name": "copy" })));
    assert_eq!(blank["password"], "");
}

#[test]
fn a_password_is_null_in_an_update_until_it_is_typed() {
    let mut form = opened("POSTGRESQL", "update", &example_record(), Value::Null);
    assert_eq!(sent(&form)["password"], Value::Null);
    let set = |value: &str| json!({ "do": "set", "field": "password", "value": value });
    step(&mut form, set("new"));
    assert_eq!(sent(&form)["password"], "new");
    step(&mut form, set(""));
    assert_eq!(sent(&form)["password"], Value::Null);
    let mut silent = example_record();
    silent.as_object_mut().unwrap().remove("password");
    assert_eq!(sent(&opened("POSTGRESQL", "update", &silent, Value::Null))["password"], Value::Null);
}

#[test]
fn a_new_name_goes_with_the_id_and_a_test_asks_by_the_old_one() {
    let values = json!({ "name": " renamed " });
    let body = sent(&opened("POSTGRESQL", "update", &example_record(), values.clone()));
    assert_eq!((&body["name"], &body["id"]), (&json!("renamed"), &example_record()["id"]));
    let plan = opened("POSTGRESQL", "test", &example_record(), values).request().unwrap();
    let asked = json!([["name", "foodmart2"]]);
    assert_eq!(
        (plan.method.as_str(), plan.url.as_str()),
        ("PUT", "http://127.0.0.1:1/datafor/plugin/datafor-modeler/api/connection/test")
    );
    assert_eq!(from_engine(&plan)["query"], asked);
}

#[test]
fn a_port_a_driver_and_an_access_stand_in_all_their_places() {
    let mut record = example_record();
    record["databasePort"] = json!("1");
    // Another port is another server, for which the password is asked again.
    let mut form = opened("POSTGRESQL", "update", &record, json!({ "password": "typed" }));
    assert_eq!(from_engine(&form.values(true))["databasePort"], "25432", "PORT_NUMBER counts");
    let set = |field: &str, value: Value| json!({ "do": "set", "field": field, "value": value });
    step(&mut form, set("databasePort", json!("6000")));
    step(&mut form, set("driverId", json!("other")));
    let body = sent(&form);
    for place in ["/databasePort", "/PORT_NUMBER", "/attributes/PORT_NUMBER"] {
        assert_eq!(body.pointer(place), Some(&json!("6000")), "{place}");
    }
    assert_eq!((&body["driverId"], &body["attributes"]["driverId"]), (&json!("other"), &json!("other")));
    step(&mut form, set("accessType", json!("JNDI")));
    let body = sent(&form);
    keeps("update", &body);
    let empty = ["hostname", "databasePort", "PORT_NUMBER", "username"].map(|member| body[member].clone());
    assert_eq!((empty, &body["accessTypeValue"]), (["", "", "", ""].map(Value::from), &json!("JNDI")));
    step(&mut form, set("accessType", json!("NATIVE")));
    assert_eq!(sent(&form)["PORT_NUMBER"], "6000");
    for wrong in ["0", "65536", "5432x"] {
        step(&mut form, set("databasePort", json!(wrong)));
        assert_eq!(faults(&form)[0]["field"], "databasePort", "{wrong}");
    }
    let mut bare = example_record();
    bare["attributes"] = json!({});
    let body = sent(&opened("POSTGRESQL", "update", &bare, Value::Null));
    assert_eq!(body["attributes"], json!({ "PORT_NUMBER": "25432", "driverId": "postgresql" }));
}

#[test]
fn a_listed_connection_says_whether_it_may_be_edited() {
    let read_only = |change: Value| {
        let mut record = listed().remove(0);
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        shipped(ENTRY).listed(&to_engine(&record)).read_only
    };
    assert!(!read_only(json!({})));
    assert!(!read_only(json!({ "accessMap": [{ "name": "4", "value": "true" }] })));
    for change in [
        json!({ "isSystem": true }),
        json!({ "isUploadDataset": true }),
        json!({ "accessMap": [{ "name": "0", "value": "true" }, { "name": "1", "value": "false" }] }),
    ] {
        assert!(read_only(change.clone()), "{change}");
    }
}

#[test]
fn older_documented_bodies_become_themselves() {
    for (name, operation) in [("docs-2025-02-update", "update"), ("docs-2025-02-test", "test")] {
        assert_eq!(
            sent(&opened("POSTGRESQL", operation, &documented(name), Value::Null)),
            documented(name),
            "{name}"
        );
    }
    let mut clone = documented("docs-2025-02-add");
    clone["password"] = json!("");
    assert_eq!(sent(&opened("POSTGRESQL", "create", &documented("docs-2025-02-update"), Value::Null)), clone);
}
