//! Datafor's endpoints: what is added is listed, shown, replaced, tested and removed as documented.

mod refusals;

use std::net::TcpListener;

use crate::common::{self, Answer, Sandbox, read, root};
use serde_json::{Value, json};

const API: &str = "/datafor/plugin/datafor-modeler/api/connection";

fn at(rest: &str) -> String {
    format!("{API}/{rest}")
}

fn body(name: &str) -> Value {
    read(&root().join(format!("tests/data/datafor/bodies/{name}.json")))["body"].clone()
}

fn changed(name: &str, change: Value) -> Value {
    let mut body = body(name);
    body.as_object_mut().expect("an object").extend(change.as_object().expect("a change").clone());
    body
}

#[track_caller]
fn is_done(answer: &Answer) {
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({ "msg": "success", "code": "200", "success": true }))
    );
    common::assert_valid(&common::contract("datafor/answers/done.json"), &answer.json(), "an answer");
    assert_eq!(answer.header("content-type"), Some("application/json;charset=UTF-8"));
}

#[track_caller]
fn is_refused(answer: &Answer, words: &str) {
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({ "success": false, "code": "500", "msg": words }))
    );
    common::assert_valid(&common::contract("datafor/answers/refusal.json"), &answer.json(), "a refusal");
}

#[track_caller]
fn listed(sandbox: &Sandbox) -> Vec<Value> {
    let answer = sandbox.call("GET", &at("list?includeAccessMap=true"), None);
    common::assert_valid(&common::contract("datafor/answers/list.json"), &answer.json(), "the list");
    answer.json()["databaseConnections"].as_array().expect("a list").clone()
}

fn names(sandbox: &Sandbox) -> Vec<Value> {
    listed(sandbox).iter().map(|item| item["name"].clone()).collect()
}

#[track_caller]
fn shown(sandbox: &Sandbox, name: &str) -> Value {
    let answer = sandbox.call("GET", &at(&format!("get?name={name}")), None);
    common::assert_valid(&common::contract("datafor/answers/get.json"), &answer.json(), "a connection");
    answer.json()
}

#[test]
fn a_connection_is_added_listed_shown_renamed_and_removed() {
    let sandbox = Sandbox::with_token(&[]);
    is_done(&sandbox.call(
        "POST",
        &at("add"),
        Some(&changed("assembled-add", json!({ "password": "hunter2" }))),
    ));
    is_refused(
        &sandbox.call("POST", &at("add"), Some(&body("assembled-add"))),
        "The connection foodmart2 already exists",
    );

    let help = "http://jdbc.postgresql.org/documentation/83/connect.html#connection-parameters";
    let mut want = body("assembled-add");
    let members = want.as_object_mut().expect("an object");
    for gone in ["PORT_NUMBER", "driverId", "CUSTOM_URL", "CUSTOM_DRIVER_CLASS"] {
        members.remove(gone);
    }
    let found = shown(&sandbox, "foodmart2");
    want["id"] = found["id"].clone();
    want["password"] = Value::Null;
    want["databaseType"] = json!({
        "extraOptionsHelpUrl": help, "defaultDatabaseName": null, "defaultOptions": null, "name": "PostgreSQL", "defaultDatabasePort": 5432, "shortName": "POSTGRESQL",
    });
    assert_eq!(found, want);
    assert_eq!(found["id"].as_str().map(str::len), Some(36));

    let item = listed(&sandbox)[1].clone();
    let members = want.as_object_mut().expect("an object");
    let instance = members.remove("SQLServerInstance").expect("a member");
    members.insert("sqlserverInstance".to_owned(), instance);
    want["databaseType"]["supportedAccessTypes"] = json!(["NATIVE", "ODBC", "JNDI"]);
    let all = json!([{ "name": "0", "value": "true" }, { "name": "1", "value": "true" }, { "name": "2", "value": "true" }, { "name": "4", "value": "true" }]);
    for (member, value) in [
        ("isSystem", json!(false)),
        ("isUploadDataset", json!(false)),
        ("partitioningInformation", Value::Null),
        ("accessMap", all),
    ] {
        want[member] = value;
    }
    assert_eq!(item, want);
    let plain = sandbox.call("GET", &at("list"), None).json();
    assert_eq!(plain["databaseConnections"][1].get("accessMap"), None, "only where it is asked for");

    let attributes = json!({ "PORT_NUMBER": "25432", "driverId": "postgresql", "own": "kept" });
    let renamed = changed(
        "assembled-update",
        json!({ "id": found["id"], "name": " sales ü ", "attributes": attributes, "extraOptions": {}, "extraOptionsOrder": {} }),
    );
    is_done(&sandbox.call("POST", &at("update"), Some(&renamed)));
    let now = shown(&sandbox, "sales+%C3%BC");
    assert_eq!(
        (&now["name"], &now["id"], &now["attributes"], &now["extraOptions"]),
        (&json!("sales ü"), &found["id"], &attributes, &json!({}))
    );
    is_refused(
        &sandbox.call("GET", &at("get?name=foodmart2"), None),
        "The connection foodmart2 was not found",
    );

    is_done(&sandbox.call("DELETE", &at("deletebyname?name=sales%20%C3%BC"), None));
    is_refused(
        &sandbox.call("DELETE", &at("deletebyname?name=sales%20%C3%BC"), None),
        "The connection sales ü was not found",
    );
    is_refused(&sandbox.call("POST", &at("update"), Some(&renamed)), "There is no connection with this id");
    is_refused(&sandbox.call("GET", &at("get"), None), "name is required");
    assert_eq!(names(&sandbox), ["Datafor repository"]);
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("hunter2") && !stderr.contains("breaks the contract"), "{stderr}");
}

/// Each item of the documented list, added anew, then read, sent back as an update, and read again.
#[test]
fn what_is_read_can_be_sent_and_nothing_is_lost() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let documented: Value = serde_json::from_str(
        read(&root().join("tests/data/datafor/answers/list.json"))["text"].as_str().expect("text"),
    )
    .expect("JSON");
    common::assert_valid(&common::contract("datafor/answers/list.json"), &documented, "the documented list");
    for item in documented["databaseConnections"].as_array().expect("a list") {
        let mut sent = item.clone();
        let members = sent.as_object_mut().expect("an object");
        for gone in
            ["isSystem", "isUploadDataset", "partitioningInformation", "accessMap", "sqlserverInstance"]
        {
            members.remove(gone);
        }
        sent["databaseType"].as_object_mut().expect("an object").remove("supportedAccessTypes");
        sent["attributes"]["driverId"] = json!("postgresql");
        let whole = json!({ "SQLServerInstance": null, "PORT_NUMBER": sent["databasePort"], "driverId": "postgresql", "CUSTOM_URL": null });
        sent.as_object_mut().expect("an object").extend(whole.as_object().expect("members").clone());
        let kind = json!({ "defaultDatabasePort": "5432", "name": "PostgreSQL", "shortName": "POSTGRESQL" });
        let mut added = sent.clone();
        added.as_object_mut().expect("an object").extend(
            [
                ("id", Value::Null),
                ("password", json!("")),
                ("databaseType", kind),
                ("CUSTOM_DRIVER_CLASS", Value::Null),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        is_done(&sandbox.call("POST", &at("add"), Some(&added)));
        let first = shown(&sandbox, item["name"].as_str().expect("a name"));
        sent["id"] = first["id"].clone();
        is_done(&sandbox.call("POST", &at("update"), Some(&sent)));
        assert_eq!(shown(&sandbox, item["name"].as_str().expect("a name")), first);
        let now = listed(&sandbox).pop().expect("an item");
        let mut want = item.clone();
        want["id"] = first["id"].clone();
        want["attributes"]["driverId"] = json!("postgresql");
        assert_eq!(now, want);
    }
}

#[test]
fn one_password_is_kept_and_none_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = ["--quiet", "--data", folder.path().to_str().expect("a path")];
    let stored = || {
        let bytes = std::fs::read(folder.path().join("sandbox.sqlite")).expect("the store");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        ["first-secret", "second-secret"].map(|word| text.contains(word))
    };
    let sandbox = Sandbox::with_token(&data);
    is_done(&sandbox.call(
        "POST",
        &at("add"),
        Some(&changed("assembled-add", json!({ "password": "first-secret" }))),
    ));
    let id = shown(&sandbox, "foodmart2")["id"].clone();
    for password in [Value::Null, json!("")] {
        is_done(&sandbox.call(
            "POST",
            &at("update"),
            Some(&changed("assembled-update", json!({ "id": id, "password": password }))),
        ));
        assert_eq!(stored(), [true, false]);
    }
    is_done(&sandbox.call(
        "POST",
        &at("update"),
        Some(&changed("assembled-update", json!({ "id": id, "password": "second-secret" }))),
    ));
    for path in ["list", "get?name=foodmart2"] {
        let answer = sandbox.call("GET", &at(path), None);
        assert!(!answer.body.contains("secret"), "{}", answer.body);
    }
    assert!(sandbox.end().0.success());
    assert!(stored()[1]);
    assert_eq!(
        names(&Sandbox::with_token(&data)),
        ["Datafor repository", "foodmart2"],
        "and all is there after a restart"
    );
}

#[test]
fn a_name_belongs_to_one() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for name in ["a", "b", "A"] {
        is_done(&sandbox.call("POST", &at("add"), Some(&changed("assembled-add", json!({ "name": name })))));
    }
    let id = shown(&sandbox, "a")["id"].clone();
    let update =
        |change: Value| sandbox.call("POST", &at("update"), Some(&changed("assembled-update", change)));
    is_refused(&update(json!({ "id": id, "name": "b" })), "The connection b already exists");
    is_refused(
        &update(json!({ "id": id, "name": "Datafor repository" })),
        "The connection Datafor repository already exists",
    );
    is_refused(&update(json!({ "id": "none", "name": "c" })), "There is no connection with this id");
    is_done(&update(json!({ "id": id, "name": "a" })));
    assert_eq!(names(&sandbox), ["Datafor repository", "a", "b", "A"]);
}

#[test]
fn the_systems_connection_is_read_and_tested_only() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let item = listed(&sandbox)[0].clone();
    let read_only = json!([{ "name": "0", "value": "true" }, { "name": "1", "value": "false" }, { "name": "2", "value": "false" }, { "name": "4", "value": "false" }]);
    assert_eq!((&item["isSystem"], &item["accessMap"]), (&json!(true), &read_only));
    let found = shown(&sandbox, "Datafor%20repository");
    let port = &found["databasePort"];
    let sent = json!({
        "id": found["id"], "name": found["name"], "databasePort": port, "PORT_NUMBER": port, "attributes": found["attributes"], "databaseType": found["databaseType"],
    });
    is_refused(
        &sandbox.call("POST", &at("update"), Some(&changed("assembled-update", sent.clone()))),
        "CONNECTION_WRITE_FORBIDDEN: this connection belongs to the system",
    );
    is_refused(
        &sandbox.call("POST", &at("add"), Some(&changed("assembled-add", json!({ "name": found["name"] })))),
        "The connection Datafor repository already exists",
    );
    is_refused(
        &sandbox.call("DELETE", &at("deletebyname?name=Datafor+repository"), None),
        "CONNECTION_DELETE_FORBIDDEN: this connection belongs to the system",
    );
    let tested =
        sandbox.call("PUT", &at("test?name=Datafor+repository"), Some(&changed("docs-2025-02-test", sent)));
    assert_eq!((tested.status, tested.json()), (200, json!({ "success": true })));
}
