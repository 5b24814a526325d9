//! The sandbox holds bodies to the documentation, and keeps what passes.

use std::fs;

use crate::common::{self, Sandbox};
use serde_json::{Value, json};

const CONNECTIONS: &str = "/chartbrew/team/1/connections";

/// A body that the documentation allows, with a word in it that must never be printed.
fn postgres() -> Value {
    json!({
        "type": "postgres", "subType": "postgres", "team_id": 1, "name": "Shop", "connectionString": "",
        "host": "db.example.com", "port": "5432", "dbName": "shop", "username": "reader", "password": "hunter2",
    })
}

/// What the product's own forms post, but for the one member that no server reads.
#[test]
fn what_the_product_posts_is_taken() {
    let sandbox = Sandbox::with_token(&[]);
    let mut types = 0;
    for file in fs::read_dir(common::data("chartbrew"))
        .expect("the exchanges")
        .map(|file| file.expect("a file").path())
    {
        if !file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("b10-")) {
            continue;
        }
        let mut body = common::read(&file)["request"]["body"].clone();
        body.as_object_mut().expect("an object").remove("optionsArray");
        let answer = sandbox.call("POST", CONNECTIONS, Some(&body));
        assert_eq!(answer.status, 200, "{}: {}", file.display(), answer.body);
        types += 1;
    }
    assert_eq!(types, 23);
    let (status, stderr) = sandbox.end();
    assert!(status.success());
    assert!(!stderr.contains("breaks the contract"), "{stderr}");
}

#[test]
fn what_breaks_the_contract_is_refused_in_the_servers_own_form() {
    let sandbox = Sandbox::with_token(&[]);
    let mut lines = Vec::new();
    for case in common::read(&common::data("contract.json")).as_array().expect("cases") {
        let mut body = postgres();
        let members = body.as_object_mut().expect("an object");
        for (name, value) in case["change"].as_object().expect("a change") {
            match value {
                Value::Null => members.remove(name),
                value => members.insert(name.clone(), value.clone()),
            };
        }
        let answer = sandbox.call("POST", CONNECTIONS, Some(&body));
        let refusal = answer.json();
        assert_eq!(
            (answer.status, &refusal["name"]),
            (400, &json!("SequelizeValidationError")),
            "{}",
            case["change"]
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let errors = refusal["errors"].as_array().expect("errors");
        let mut said: Vec<_> = errors.iter().map(|error| error["message"].clone()).collect();
        said.sort_by_key(Value::to_string);
        assert_eq!(Value::from(said.clone()), case["want"], "{}", case["change"]);
        for error in errors {
            let path = error["path"].as_str().expect("a path");
            assert!(
                error["message"].as_str().is_some_and(|message| message.starts_with(&format!("{path} "))),
                "{error}"
            );
        }
        lines.extend(said);
    }
    assert_eq!(sandbox.call("GET", CONNECTIONS, None).json(), json!([]), "nothing was stored");
    let (_, stderr) = sandbox.end();
    for line in lines {
        let line = line.as_str().expect("a message");
        assert!(
            stderr.contains(&format!("breaks the contract of POST /team/{{team_id}}/connections: {line}\n")),
            "{line}"
        );
    }
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let bearer = format!("Bearer {}", sandbox.token);
    for (kind, body, want) in [
        ("text/plain", "{}", "the body must be sent as application/json"),
        ("application/x-www-form-urlencoded", "name=a", "the body must be sent as application/json"),
        ("application/json", "[]", "the body must be of type object"),
    ] {
        let answer = sandbox.ask(
            "POST",
            CONNECTIONS,
            &[("authorization", &bearer), ("content-type", kind)],
            Some(body),
        );
        assert_eq!((answer.status, &answer.json()["errors"][0]["message"]), (400, &json!(want)));
        assert_eq!(answer.json()["errors"][0]["path"], "");
    }
    let (_, stderr) = sandbox.end();
    assert_eq!(stderr, "", "--quiet");
}

/// The real server repeats a key that Stripe refused; no page may show it.
#[test]
fn a_refused_stripe_key_is_repeated() {
    let sandbox = Sandbox::with_token(&[]);
    let body = |key: &str| json!({ "type": "stripeOfficial", "name": "Stripe", "team_id": 1, "authentication": { "type": "api_key", "token": key } });
    let refused = sandbox.call("POST", CONNECTIONS, Some(&body("sk_bad_hunter2")));
    assert_eq!(
        (refused.status, &refused.json()["options"]["auth"]["bearer"]),
        (400, &json!("sk_bad_hunter2"))
    );
    let refused = sandbox.call("POST", CONNECTIONS, Some(&body("pk_hunter2")));
    assert_eq!((refused.status, refused.json()), (400, json!({})));
    let taken = sandbox.call("POST", CONNECTIONS, Some(&body("rk_hunter2")));
    assert_eq!((taken.status, &taken.json()["host"]), (200, &json!("https://api.stripe.com/v1")));
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn a_connection_survives_a_restart_and_goes_when_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("new/folder");
    let data = data.to_str().expect("a path");
    let sandbox = Sandbox::with_token(&["--data", data]);
    let made = sandbox.call("POST", CONNECTIONS, Some(&postgres())).json();
    let path = format!("{CONNECTIONS}/{}", made["id"]);
    assert!(sandbox.end().0.success());

    let sandbox = Sandbox::with_token(&["--data", data]);
    let mut want = made.clone();
    want["OAuth"] = Value::Null;
    assert_eq!(sandbox.call("GET", &path, None).json(), want);
    let gone = sandbox.call("DELETE", &format!("{path}?removeDatasets=true"), None);
    assert_eq!(
        (gone.status, gone.json(), gone.header("access-control-allow-origin")),
        (200, json!({ "removed": true }), Some("*"))
    );
    for method in ["GET", "DELETE"] {
        let answer = sandbox.call(method, &path, None);
        assert_eq!((answer.status, answer.json()), (404, json!({ "error": "Not Found" })), "{method}");
    }
    let next = sandbox.call("POST", CONNECTIONS, Some(&postgres())).json();
    assert_eq!(next["id"].as_i64(), made["id"].as_i64().map(|id| id + 1), "an id is not given twice");
}

#[test]
fn secrets_of_the_tunnel_do_not_come_back() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let mut body = postgres();
    body.as_object_mut().expect("an object").extend(
        [
            ("useSsh", json!(true)),
            ("sshHost", json!("ssh.example.com")),
            ("sshUsername", json!("t")),
            ("sshPort", json!("22")),
        ]
        .into_iter()
        .chain([("sshPassword", json!("tunnel-secret")), ("sshPassphrase", json!("tunnel-secret"))])
        .map(|(name, value)| (name.to_owned(), value)),
    );
    let made = sandbox.call("POST", CONNECTIONS, Some(&body));
    assert_eq!(made.json()["sshPort"], 22);
    let path = format!("{CONNECTIONS}/{}", made.json()["id"]);
    for answer in [made, sandbox.call("GET", &path, None), sandbox.call("GET", CONNECTIONS, None)] {
        assert!(
            !answer.body.contains("tunnel-secret") && answer.body.contains("\"hasSshPassphrase\":true"),
            "{}",
            answer.body
        );
    }
    let list = sandbox.call("GET", CONNECTIONS, None);
    assert!(!list.body.contains("hunter2"), "a list has no passwords: {}", list.body);
}

#[test]
fn google_is_asked_at_its_own_address() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let made = sandbox
        .call("POST", CONNECTIONS, Some(&json!({ "type": "googleAnalytics", "name": "GA", "team_id": 1 })))
        .json();
    let url =
        sandbox.call("GET", &format!("{CONNECTIONS}/{}/google/auth", made["id"]), None).json()["url"].clone();
    let url = url.as_str().expect("an address");
    assert!(
        url.starts_with("https://accounts.google.com/o/oauth2/")
            && url.contains(&format!("state=1%2C{}&", made["id"])),
        "{url}"
    );
    assert_eq!(sandbox.call("GET", &format!("{CONNECTIONS}/999/google/auth"), None).status, 404);
}

#[test]
fn what_is_not_spoken_yet_is_not_found() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for (method, path) in [
        ("PATCH", "/1"),
        ("POST", "/1/duplicate"),
        ("GET", "/1/files"),
        ("PUT", "/api/test"),
        ("DELETE", "/1/test"),
    ] {
        let answer = sandbox.call(method, &format!("{CONNECTIONS}{path}"), None);
        assert_eq!(answer.status, 404, "{method} {path}");
        assert!(
            answer.body.contains(&format!("<pre>Cannot {method} /team/1/connections{path}</pre>")),
            "{}",
            answer.body
        );
    }
    let answer = sandbox.call("GET", "/chartbrew/Team/1/CONNECTIONS/", None);
    assert_eq!(answer.status, 200, "any case, and a slash at the end");
}
