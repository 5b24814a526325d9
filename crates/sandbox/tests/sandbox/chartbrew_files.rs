//! Files arrive whole, are kept and never shown, and are held to the sizes that the real server survives.

use crate::common::{self, Part, Sandbox};
use rusqlite::Connection as Database;
use serde_json::json;

const CONNECTIONS: &str = "/chartbrew/team/1/connections";
const KEY: &str = "-----BEGIN KEY-----\r\n--hunter2\r\n-----END KEY-----\n";

fn made(sandbox: &Sandbox) -> String {
    let body = json!({ "type": "postgres", "team_id": 1, "name": "Shop", "host": "db.example.com" });
    format!("{CONNECTIONS}/{}", sandbox.call("POST", CONNECTIONS, Some(&body)).json()["id"])
}

#[test]
fn files_arrive_and_stay_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = Sandbox::with_token(&["--data", folder.path().to_str().expect("a path")]);
    let path = made(&sandbox);
    let certificate = "x".repeat(8192);
    let parts = [
        Part("sslCa", &certificate, true),
        Part("sslCert", "", true),
        Part("sslKey", KEY, true),
        Part("sshPrivateKey", KEY, true),
    ];
    let answer = sandbox.post_parts(&format!("{path}/files"), &parts);
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (200, Some("*")),
        "{}",
        answer.body
    );
    let record = answer.json();
    assert_eq!(record, sandbox.call("GET", &path, None).json());
    assert_eq!(
        (&record["hasSshPrivateKey"], &record["hasSshPassword"], record.get("sshPrivateKey")),
        (&json!(true), &json!(false), None)
    );

    let changed = sandbox.call("PUT", &path, Some(&json!({ "name": "Orders", "ssl": true })));
    assert_eq!(
        (&changed.json()["sslCa"], &changed.json()["hasSshPrivateKey"]),
        (&record["sslCa"], &json!(true)),
        "an update leaves files"
    );
    let again = sandbox.post_parts(&format!("{path}/files"), &[Part("sslCa", "new", true)]).json();
    assert_ne!(again["sslCa"], record["sslCa"]);
    assert_eq!(again["sslKey"], record["sslKey"]);
    let shown =
        [sandbox.call("GET", &path, None).body, sandbox.call("GET", CONNECTIONS, None).body, answer.body];
    assert!(!shown.concat().contains("hunter2"));

    let (status, stderr) = sandbox.end();
    assert!(status.success() && !stderr.contains("hunter2"), "{stderr}");
    let kept = Database::open(folder.path().join("sandbox.sqlite")).expect("the store");
    for (path, want) in [
        (&again["sslCa"], "new"),
        (&record["sslCa"], &certificate),
        (&record["sslCert"], ""),
        (&record["sslKey"], KEY),
    ] {
        let content: Vec<u8> = kept
            .query_row("SELECT content FROM connection_file WHERE path = ?", [path.as_str()], |row| {
                row.get(0)
            })
            .expect("a file");
        assert_eq!(String::from_utf8(content).expect("text"), want);
    }
    let keys: i64 = kept
        .query_row("SELECT count(*) FROM connection_file WHERE content = ?", [KEY.as_bytes()], |row| {
            row.get(0)
        })
        .expect("a number");
    assert_eq!(keys, 2, "the SSH key is kept too");
}

#[test]
fn what_the_real_server_refuses() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let path = made(&sandbox);
    let upload = |parts: &[Part]| sandbox.post_parts(&format!("{path}/files"), parts);
    let bad_field = json!({ "error": "Invalid connection file field" });
    let none = json!({ "error": "No files were uploaded" });
    for (parts, want) in [
        (vec![Part("certificate", "a", true)], &bad_field),
        (vec![Part("sslCa", "a", true), Part("other", "a", true)], &bad_field),
        (vec![Part("sslCa", "a", true), Part("sslCa", "a", true)], &bad_field),
        (vec![Part("sslCa", "null", false)], &none),
        (vec![], &none),
    ] {
        let answer = upload(&parts);
        assert_eq!((answer.status, &answer.json()), (400, want));
    }
    assert_eq!(sandbox.call("POST", &format!("{path}/files"), Some(&json!({ "sslCa": "x" }))).json(), none);
    let missing = sandbox.post_parts(&format!("{CONNECTIONS}/999/files"), &[Part("sslCa", "a", true)]);
    assert_eq!((missing.status, missing.json()), (404, json!({ "error": "Not Found" })));
    assert_eq!(
        sandbox.ask("POST", &format!("{path}/files"), &[("content-type", common::FORM)], Some("")).status,
        401
    );
    assert_eq!(sandbox.call("GET", &path, None).json()["sslCa"], json!(null), "nothing was stored");
}

#[test]
fn what_the_judge_refuses() {
    let sandbox = Sandbox::with_token(&[]);
    let path = made(&sandbox);
    let upload = |parts: &[Part]| sandbox.post_parts(&format!("{path}/files"), parts);
    let (certificate, key, huge) = ("x".repeat(8193), "x".repeat(32769), "x".repeat(1024 * 1024));
    for (parts, want) in [
        (vec![Part("sslKey", &certificate, true)], "sslKey must have at most 8192 bytes"),
        (
            vec![Part("sslCa", "a", true), Part("sshPrivateKey", &key, true)],
            "sshPrivateKey must have at most 32768 bytes",
        ),
        (vec![Part("sslCa", &huge, true)], "the body is too large"),
    ] {
        let answer = upload(&parts);
        assert_eq!((answer.status, answer.json()), (413, json!({ "message": want })));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    for (parts, want) in [
        (vec![Part("sslCa", "a", true), Part("sslCert", "null", false)], "sslCert must be a file"),
        (vec![Part("sslCa", "a", true), Part("connection", "{}", false)], "connection is not documented"),
    ] {
        let answer = upload(&parts);
        assert_eq!((answer.status, &answer.json()["errors"][0]["message"]), (400, &json!(want)));
    }
    assert_eq!(upload(&[Part("sshPrivateKey", &key[1..], true)]).status, 200);
    assert_eq!(
        sandbox.call("GET", &path, None).json()["sslCa"],
        json!(null),
        "nothing of a refused request was stored"
    );
    let (_, stderr) = sandbox.end();
    assert!(stderr.contains("breaks the contract of POST /team/{team_id}/connections/{id}/files: sslKey must have at most 8192 bytes\n"), "{stderr}");
}
