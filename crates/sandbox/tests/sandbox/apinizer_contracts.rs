//! Apinizer's contracts take every documented body, and name what is wrong with a broken one.

use crate::common::{self, Sandbox, read, root};
use serde_json::{Value, json};

const CONNECTIONS: &str = "/apiops/projects/MyProject/connections";

fn documented(name: &str) -> Value {
    read(&root().join(format!("tests/data/apinizer/bodies/{name}.json")))
}

fn at(body: &Value) -> String {
    format!("{CONNECTIONS}/{}/", body["name"].as_str().unwrap_or("nameless").replace(' ', "%20"))
}

/// Each `type` twice where the page writes it so, which any reader of JSON turns into the last.
#[test]
fn every_documented_body_is_taken() {
    let sandbox = Sandbox::with_token(&[]);
    let bearer = format!("Bearer {}", sandbox.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let mut taken = 0;
    for file in std::fs::read_dir(root().join("tests/data/apinizer/bodies")).expect("the bodies") {
        let documented = read(&file.expect("a file").path());
        let body = &documented["body"];
        let contract =
            common::contract(&format!("apinizer/{}.json", documented["type"].as_str().expect("a type")));
        assert!(!contract.is_valid(&json!({})), "a contract that takes everything judges nothing");
        common::assert_valid(&contract, body, &documented["source"].to_string());
        let text = documented["text"].as_str().map_or_else(|| body.to_string(), str::to_owned);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), *body);
        let answer = sandbox.ask("POST", &at(body), &headers, Some(&text));
        assert_eq!(answer.status, 200, "{}: {}", documented["source"], answer.body);
        let answer = sandbox.call("PUT", &at(body), Some(body));
        assert_eq!(answer.status, 200, "{}: {}", documented["source"], answer.body);
        assert_eq!(sandbox.call("DELETE", &at(body), None).status, 200);
        taken += 1;
    }
    assert_eq!(taken, 49);
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("breaks the contract"), "{stderr}");
}

/// As the page that creates a connection sends it, with members that no table lists; and what one word of that page allows.
#[test]
fn what_only_the_general_pages_show_is_taken() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let database = json!({
        "type": "database", "name": "my-db-connection", "description": "PostgreSQL database connection", "deployToWorker": true, "enabled": true,
        "host": "localhost", "port": 5432, "databaseName": "mydb", "username": "dbuser", "password": "dbpassword",
        "driverClassName": "org.postgresql.Driver", "jdbcUrl": "jdbc:postgresql://localhost:5432/mydb",
    });
    let mut servers_only = database.clone();
    servers_only["name"] = json!("no-address");
    servers_only.as_object_mut().expect("an object").remove("jdbcUrl");
    let genie = json!({ "type": "ops-genie", "name": "genie", "apiKey": "k" });
    let read_only = json!({ "type": "elasticsearch", "elasticsearchType": "READ", "name": "reader", "elasticHostList": [{ "host": "a" }] });
    for body in [database, servers_only, genie, read_only] {
        let answer = sandbox.call("POST", &at(&body), Some(&body));
        assert_eq!(answer.status, 200, "{}: {}", body["name"], answer.body);
    }
}

/// `{from, change, without, want}`: a documented body, members at pointers, and every complaint in order as `field: message`.
#[test]
fn what_breaks_a_contract_is_named_on_its_field() {
    let sandbox = Sandbox::with_token(&[]);
    let refusal = common::contract("apinizer/answers/refusal.json");
    let mut lines = Vec::new();
    for case in read(&common::data("apinizer.json")).as_array().expect("cases") {
        let mut body = documented(case["from"].as_str().expect("a name"))["body"].clone();
        for pointer in case["without"].as_array().into_iter().flatten() {
            let (parent, member) =
                pointer.as_str().and_then(|pointer| pointer.rsplit_once('/')).expect("a pointer");
            let gone = body
                .pointer_mut(parent)
                .and_then(Value::as_object_mut)
                .and_then(|parent| parent.remove(member));
            assert!(gone.is_some(), "{pointer} is not in {}", case["from"]);
        }
        for (pointer, value) in case["change"].as_object().into_iter().flatten() {
            let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
            body.pointer_mut(parent).expect("a parent")[member] = value.clone();
        }
        let answer = sandbox.call("POST", &at(&body), Some(&body));
        let told = answer.json();
        assert_eq!((answer.status, &told["error"]), (400, &json!("validation_failed")), "{case}: {told}");
        common::assert_valid(&refusal, &told, "a refusal");
        let errors = told["validation_errors"].as_array().expect("errors");
        let text = |error: &Value, member: &str| error[member].as_str().expect("text").to_owned();
        let said: Vec<String> = errors
            .iter()
            .map(|error| format!("{}: {}", text(error, "field"), text(error, "message")))
            .collect();
        assert_eq!(json!(said), case["want"], "{}: {} {}", case["from"], case["change"], case["without"]);
        lines.extend(errors.iter().map(|error| text(error, "message")));
    }
    let (_, stderr) = sandbox.end();
    for line in lines {
        let line = format!(
            "breaks the contract of POST /apiops/projects/{{projectName}}/connections/{{connectionName}}/: {line}\n"
        );
        assert!(stderr.contains(&line), "{line}");
    }
    assert!(!stderr.contains("authPassword123"), "{stderr}");
}
