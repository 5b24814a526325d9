//! Tests of a connection, saved and unsaved.

use std::net::TcpListener;

use crate::common::{Answer, Part, Sandbox};
use serde_json::{Value, json};

const CONNECTIONS: &str = "/chartbrew/team/1/connections";
const WORDS: Option<&str> = Some("text/html; charset=utf-8");

fn unsaved(sandbox: &Sandbox, kind: &str, body: &Value) -> Answer {
    sandbox.call("POST", &format!("{CONNECTIONS}/{kind}/test"), Some(body))
}

/// Created, then tested by its number.
fn saved(sandbox: &Sandbox, body: &Value) -> Answer {
    let mut body = body.clone();
    body["team_id"] = json!(1);
    let made = sandbox.call("POST", CONNECTIONS, Some(&body));
    assert_eq!(made.status, 200, "{}", made.body);
    sandbox.call("GET", &format!("{CONNECTIONS}/{}/test", made.json()["id"]), None)
}

/// A port where nothing listens.
fn shut() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port().to_string()
}

#[test]
fn a_database_is_knocked_at() {
    let sandbox = Sandbox::with_token(&[]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let (open, shut) = (listener.local_addr().expect("an address").port().to_string(), shut());
    let by_fields = |kind: &str, port: &str| json!({ "type": kind, "name": "T", "host": "127.0.0.1", "port": port, "dbName": "shop" });
    let by_string = |kind: &str, port: &str| json!({ "type": kind, "name": "T", "connectionString": format!("{kind}://u:hunter2@127.0.0.1:{port}/shop") });
    for (kind, found, prefix) in [
        ("postgres", "schema", ""),
        ("mysql", "schema", ""),
        ("mongodb", "collections", ""),
        ("clickhouse", "schema", "Failed to fetch database schema: "),
    ] {
        let mut ways = vec![(by_fields(kind, &open), by_fields(kind, &shut))];
        if kind != "clickhouse" {
            ways.push((by_string(kind, &open), by_string(kind, &shut)));
        }
        for (good, bad) in ways {
            let answer = unsaved(&sandbox, kind, &good);
            assert_eq!(
                (answer.status, &answer.json()["success"], answer.header("access-control-allow-origin")),
                (200, &json!(true), Some("*"))
            );
            assert!(answer.json().get(found).is_some(), "{}", answer.body);
            assert_eq!(saved(&sandbox, &good).json()["success"], true);

            let answer = unsaved(&sandbox, kind, &bad);
            assert_eq!((answer.status, answer.header("content-type")), (400, WORDS));
            assert_eq!(answer.body, format!("{prefix}connect ECONNREFUSED 127.0.0.1:{shut}"));
            let answer = saved(&sandbox, &bad);
            assert_eq!((answer.status, answer.json().get("message")), (400, None), "the message is lost");
        }
    }
    let tunnel = json!({ "type": "postgres", "useSsh": true, "sshHost": "127.0.0.1", "sshPort": shut, "host": "127.0.0.1", "port": open });
    assert_eq!(
        unsaved(&sandbox, "postgres", &tunnel).body,
        format!("SSH tunnel error: connect ECONNREFUSED 127.0.0.1:{shut}")
    );
    let nowhere = "no-such-host.invalid";
    assert_eq!(
        unsaved(&sandbox, "mysql", &json!({ "host": nowhere })).body,
        format!("getaddrinfo ENOTFOUND {nowhere}")
    );
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn a_service_is_not_called() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let account = json!({ "type": "service_account", "project_id": "p" }).to_string();
    let jira = json!({ "type": "api_token", "email": "jo@example.test", "apiToken": "hunter2" });
    let site = json!({ "jira": { "siteUrl": "https://a.atlassian.net" } });
    let key = json!({ "type": "basic_auth", "user": "sk_hunter2", "pass": "" });
    for (body, shown, saved_shown) in [
        (
            json!({ "type": "api", "name": "A", "host": "https://api.example.com" }),
            r#"{"data":[]}"#,
            r#"{"success":true}"#,
        ),
        (
            json!({ "type": "api", "subType": "stripe", "name": "S", "host": "https://api.stripe.com/v1", "authentication": key }),
            r#"{"data":[]}"#,
            r#"{"success":true}"#,
        ),
        (
            json!({ "type": "stripeOfficial", "name": "S", "authentication": { "type": "api_key", "token": "sk_hunter2" } }),
            r#"{"success":true,"metadata":"#,
            r#"{"success":true,"metadata":"#,
        ),
        (
            json!({ "type": "jira", "name": "J", "host": "https://a.atlassian.net", "authentication": jira, "options": site }),
            r#"{"success":true,"metadata":"#,
            r#"{"success":true,"metadata":"#,
        ),
        (
            json!({ "type": "customerio", "name": "C", "host": "eu", "password": "hunter2" }),
            r#"{"statusCode":200,"body":"#,
            r#"{"success":true}"#,
        ),
        (
            json!({ "type": "realtimedb", "name": "R", "firebaseServiceAccount": account }),
            "Connection successful",
            "Connection successful",
        ),
        (
            json!({ "type": "firestore", "name": "F", "firebaseServiceAccount": account }),
            r#"[{"id":"#,
            r#"[{"id":"#,
        ),
    ] {
        let kind = body["type"].as_str().expect("a type");
        for (answer, shown) in
            [(unsaved(&sandbox, kind, &body), shown), (saved(&sandbox, &body), saved_shown)]
        {
            assert_eq!(answer.status, 200, "{body}: {}", answer.body);
            assert!(answer.body.starts_with(shown), "{body}: {}", answer.body);
            assert_eq!(answer.header("content-type") == WORDS, kind == "realtimedb");
        }
    }
    let dump = unsaved(
        &sandbox,
        "customerio",
        &json!({ "type": "customerio", "host": "us", "password": "hunter2" }),
    )
    .json();
    assert_eq!(dump["request"]["headers"]["authorization"], "Bearer hunter2", "for a page to hide");
    let google = json!({ "type": "googleAnalytics", "name": "G" });
    for answer in [unsaved(&sandbox, "googleAnalytics", &google), saved(&sandbox, &google)] {
        assert_eq!((answer.status, answer.json()), (400, json!({ "error": "No oauth token" })));
    }
    for (body, want) in [
        (
            json!({ "type": "customerio", "host": "us" }),
            "401 - {\"meta\":{\"error\":\"Unauthorized request\"}}",
        ),
        (
            json!({ "type": "jira", "authentication": { "type": "api_token", "email": "jo@example.test" } }),
            "401 - \"Unauthorized\"",
        ),
        (json!({ "type": "stripeOfficial" }), "401 - \"Unauthorized\""),
        (json!({ "type": "realtimedb" }), "The firebase authentication is missing"),
    ] {
        let answer = unsaved(&sandbox, "api", &body);
        assert_eq!((answer.status, answer.header("content-type"), answer.body.as_str()), (400, WORDS, want));
    }
    let blocked = unsaved(&sandbox, "api", &json!({ "host": "http://localhost:8080" }));
    assert_eq!((blocked.status, &blocked.json()["code"]), (400, &json!("SSRF_BLOCKED")));
}

/// Nothing is contacted, so that a page can be tried with a test that fails.
#[test]
fn a_name_that_asks_to_fail() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let account = json!({ "project_id": "p" }).to_string();
    for (body, words, saved_body) in [
        (
            json!({ "type": "postgres", "host": "db.invalid", "username": "u" }),
            "password authentication failed for user \"u\"",
            "SequelizeConnectionError",
        ),
        (
            json!({ "type": "mysql", "host": "db.invalid", "username": "u" }),
            "Access denied for user 'u'",
            "SequelizeConnectionError",
        ),
        (json!({ "type": "mongodb", "host": "db.invalid", "dbName": "d" }), "Authentication failed.", "{}"),
        (json!({ "type": "clickhouse", "host": "db.invalid" }), "Failed to fetch database schema: ", "{}"),
        (
            json!({ "type": "api", "host": "https://a.example", "authentication": { "type": "bearer_token", "token": "hunter2" } }),
            "401 - \"Unauthorized\"",
            "Bearer hunter2",
        ),
        (
            json!({ "type": "customerio", "host": "us", "password": "hunter2" }),
            "401 - {\"meta\"",
            "Bearer hunter2",
        ),
        (
            json!({ "type": "firestore", "firebaseServiceAccount": account }),
            "Failed to parse private key",
            "{}",
        ),
    ] {
        let mut body = body;
        body["name"] = json!("a fail-test");
        let answer = unsaved(&sandbox, "api", &body);
        assert_eq!((answer.status, answer.header("content-type")), (400, WORDS), "{body}");
        assert!(answer.body.starts_with(words), "{body}: {}", answer.body);
        let answer = saved(&sandbox, &body);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (400, Some("application/json; charset=utf-8")),
            "{body}"
        );
        assert!(answer.body.contains(saved_body), "{body}: {}", answer.body);
    }
}

#[test]
fn files_go_along_with_a_test() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let body =
        json!({ "type": "postgres", "host": "127.0.0.1", "port": port, "ssl": true, "sslMode": "verify-ca" });
    let text = body.to_string();
    let path = format!("{CONNECTIONS}/postgres/test/files");
    let good = sandbox.post_parts(&path, &[Part("connection", &text, false), Part("sslCa", "a", true)]);
    assert_eq!((good.status, &good.json()["success"]), (200, &json!(true)));
    for parts in [
        vec![Part("connection", &text, false)],
        vec![Part("connection", &text, false), Part("sslKey", "a", true)],
    ] {
        let answer = sandbox.post_parts(&path, &parts);
        assert_eq!((answer.status, answer.body.as_str()), (400, "self-signed certificate"));
    }
    let mut stored = body.clone();
    stored["sslCa"] = json!(".connectionFiles/a");
    assert_eq!(unsaved(&sandbox, "postgres", &stored).status, 200, "the certificate is there already");
    for parts in [vec![Part("connection", "{x", false)], vec![Part("sslCa", "a", true)]] {
        let answer = sandbox.post_parts(&path, &parts);
        assert_eq!(
            (answer.status, answer.header("content-type"), answer.body.as_str()),
            (400, WORDS, "Invalid connection parameters")
        );
    }
    let key = "x".repeat(32769);
    let large =
        sandbox.post_parts(&path, &[Part("connection", &text, false), Part("sshPrivateKey", &key, true)]);
    assert_eq!(
        (large.status, large.json()),
        (413, json!({ "message": "sshPrivateKey must have at most 32768 bytes" }))
    );
    for (parts, want) in [
        (vec![Part("connection", &text, false), Part("foo", "a", true)], "foo is not documented"),
        (vec![Part("connection", &text, true)], "connection is not documented"),
        (vec![Part("connection", r#"{"id": 1}"#, false)], "id is not documented"),
    ] {
        let answer = sandbox.post_parts(&path, &parts);
        assert_eq!((answer.status, &answer.json()["errors"][0]["message"]), (400, &json!(want)));
    }
}

#[test]
fn what_the_judge_refuses() {
    let sandbox = Sandbox::with_token(&[]);
    for (body, want) in [
        (json!({ "id": 1, "type": "mongodb" }), "id is not documented"),
        (json!({ "hasSshPassword": true }), "hasSshPassword is not documented"),
        (
            json!({ "type": "mysql", "connectionString": "mysql://db" }),
            "connectionString must be mysql://user:password@host/database",
        ),
        (json!([]), "the body must be of type object"),
    ] {
        let answer = unsaved(&sandbox, "mysql", &body);
        assert_eq!((answer.status, &answer.json()["errors"][0]["message"]), (400, &json!(want)));
    }
    assert_eq!(unsaved(&sandbox, "oracle", &json!({ "name": "x" })).body, "No request type specified");
    let missing = sandbox.call("GET", &format!("{CONNECTIONS}/999/test"), None);
    assert_eq!((missing.status, missing.json()), (404, json!({ "error": "Not Found" })));
    assert_eq!(sandbox.ask("POST", &format!("{CONNECTIONS}/api/test"), &[], None).status, 401);
    assert_eq!(sandbox.call("POST", "/chartbrew/team/2/connections/api/test", Some(&json!({}))).status, 403);
    assert_eq!(sandbox.call("GET", CONNECTIONS, None).json(), json!([]), "a test stores nothing");
    let (_, stderr) = sandbox.end();
    assert!(
        stderr.contains(
            "breaks the contract of POST /team/{team_id}/connections/{type}/test: id is not documented\n"
        ),
        "{stderr}"
    );
}
