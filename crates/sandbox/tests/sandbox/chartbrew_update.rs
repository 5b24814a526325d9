//! An update changes what it names, and is held to the documentation.

use crate::common::{self, Sandbox};
use serde_json::{Value, json};

const CONNECTIONS: &str = "/chartbrew/team/1/connections";

/// With a tunnel, and with a word in it that must never be printed.
fn postgres() -> Value {
    json!({
        "type": "postgres", "subType": "postgres", "team_id": 1, "name": "Shop", "host": "db.example.com", "port": "5432", "username": "reader",
        "password": "hunter2", "useSsh": true, "sshHost": "ssh.example.com", "sshUsername": "tunnel", "sshPort": 22, "sshPassword": "hunter2",
    })
}

fn made(sandbox: &Sandbox, body: &Value) -> String {
    let made = sandbox.call("POST", CONNECTIONS, Some(body));
    assert_eq!(made.status, 200, "{}", made.body);
    format!("{CONNECTIONS}/{}", made.json()["id"])
}

#[test]
fn what_is_named_changes_and_the_rest_stays() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let path = made(&sandbox, &postgres());
    let mut want = sandbox.call("GET", &path, None).json();
    for (change, shown) in [
        (json!({}), json!({})),
        (json!({ "name": "Orders", "team_id": 1 }), json!({ "name": "Orders" })),
        (json!({ "password": "" }), json!({})),
        (json!({ "host": null, "dbName": "", "port": "", "username": null }), json!({})),
        (
            json!({ "sshPassword": "", "sshPassphrase": null, "sshHost": "", "sshUsername": "", "sshJumpHost": null }),
            json!({}),
        ),
        (json!({ "password": "hunter3", "port": "5433" }), json!({ "password": "hunter3", "port": "5433" })),
        (json!({ "sshPassphrase": "hunter2" }), json!({ "hasSshPassphrase": true })),
        (
            json!({ "connectionString": "postgres://u:p@ss@db/shop" }),
            json!({ "connectionString": "postgres://u:p@ss@db/shop" }),
        ),
        (json!({ "connectionString": "" }), json!({ "connectionString": "" })),
        (json!({ "connectionString": null }), json!({ "connectionString": null })),
        (json!({ "sshPort": null }), json!({ "sshPort": null })),
        (json!({ "sshPort": "2222", "sshJumpPort": 22 }), json!({ "sshPort": 2222, "sshJumpPort": 22 })),
        (
            json!({ "type": "mysql", "subType": "rdsMysql" }),
            json!({ "type": "mysql", "subType": "rdsMysql" }),
        ),
        (
            json!({ "connectionString": "mysql://u:p@db/shop" }),
            json!({ "connectionString": "mysql://u:p@db/shop" }),
        ),
    ] {
        let answer = sandbox.call("PUT", &path, Some(&change));
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (200, Some("*")),
            "{change}: {}",
            answer.body
        );
        let mut got = answer.json();
        assert_eq!(got, sandbox.call("GET", &path, None).json(), "{change}: read again");
        want.as_object_mut().expect("an object").extend(shown.as_object().expect("an object").clone());
        assert!(got["updatedAt"].as_str() >= want["updatedAt"].as_str(), "{change}");
        got["updatedAt"] = want["updatedAt"].clone();
        assert_eq!(got, want, "{change}");
        assert!(got.get("sshPassword").is_none() && got.get("sshPassphrase").is_none());
    }
}

/// A sign-in is replaced as a whole: what an update leaves out of it is gone.
#[test]
fn nothing_is_merged() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let login = json!({ "type": "basic_auth", "user": "u", "pass": "hunter2" });
    let path = made(
        &sandbox,
        &json!({ "type": "api", "name": "A", "team_id": 1, "host": "https://api.example.com", "authentication": login }),
    );
    for login in [json!({ "type": "basic_auth", "user": "v" }), Value::Null] {
        let answer = sandbox.call("PUT", &path, Some(&json!({ "authentication": login })));
        assert_eq!((answer.status, &answer.json()["authentication"]), (200, &login));
    }
    for (change, say) in [
        (
            json!({ "host": "api.example.com" }),
            "host must be an address that begins with http:// or https://",
        ),
        (json!({ "options": { "X": "y" } }), "options must be of type null or array"),
        (json!({ "authentication": { "type": "oauth" } }), "authentication.type must be"),
    ] {
        let answer = sandbox.call("PUT", &path, Some(&change));
        assert_eq!(answer.status, 400, "{change}");
        assert!(
            answer.json()["errors"][0]["message"].as_str().is_some_and(|message| message.starts_with(say)),
            "{}",
            answer.body
        );
    }
}

#[test]
fn what_breaks_the_contract_is_refused_and_changes_nothing() {
    let sandbox = Sandbox::with_token(&[]);
    let path = made(&sandbox, &postgres());
    let before = sandbox.call("GET", &path, None).body;
    let mut lines = Vec::new();
    for case in common::read(&common::data("update.json")).as_array().expect("cases") {
        let answer = sandbox.call("PUT", &path, Some(&case["change"]));
        let refusal = answer.json();
        assert_eq!(
            (answer.status, &refusal["name"]),
            (400, &json!("SequelizeValidationError")),
            "{}",
            case["change"]
        );
        let errors = refusal["errors"].as_array().expect("errors");
        let mut said: Vec<_> = errors.iter().map(|error| error["message"].clone()).collect();
        said.sort_by_key(Value::to_string);
        assert_eq!(Value::from(said.clone()), case["want"], "{}", case["change"]);
        lines.extend(said);
    }
    assert_eq!(sandbox.call("GET", &path, None).body, before);
    let (_, stderr) = sandbox.end();
    for line in lines {
        let line = line.as_str().expect("a message");
        assert!(
            stderr.contains(&format!(
                "breaks the contract of PUT /team/{{team_id}}/connections/{{id}}: {line}\n"
            )),
            "{line}"
        );
    }
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let path = made(&sandbox, &postgres());
    let bearer = format!("Bearer {}", sandbox.token);
    let put = |kind: &str, body: &str| {
        sandbox.ask("PUT", &path, &[("authorization", &bearer), ("content-type", kind)], Some(body))
    };
    for (kind, body, want) in [
        ("text/plain", "{}", "the body must be sent as application/json"),
        (common::FORM, "", "the body must be sent as application/json"),
        ("application/json", "[]", "the body must be of type object"),
    ] {
        let answer = put(kind, body);
        assert_eq!((answer.status, &answer.json()["errors"][0]["message"]), (400, &json!(want)));
    }
    let large = put("application/json", &json!({ "schema": "x".repeat(100 * 1024) }).to_string());
    assert_eq!(
        (large.status, large.header("access-control-allow-origin")),
        (413, None),
        "the body is read before anything else"
    );
    assert!(large.body.contains("<pre>Payload Too Large</pre>"));
    let missing = sandbox.call("PUT", &format!("{CONNECTIONS}/999"), Some(&json!({ "id": 3 })));
    assert_eq!(
        (missing.status, missing.json()),
        (404, json!({ "error": "Not Found" })),
        "it is looked for before it is judged"
    );
    assert_eq!(sandbox.ask("PUT", &path, &[], None).status, 401);
}
