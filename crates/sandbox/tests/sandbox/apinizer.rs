//! Apinizer's endpoints: what is made is shown, listed, replaced and removed as documented.

use crate::common::{self, Answer, Sandbox, read, root};
use serde_json::{Value, json};

const CONNECTIONS: &str = "/apiops/projects/MyProject/connections";

fn at(name: &str) -> String {
    format!("{CONNECTIONS}/{name}/")
}

fn body(name: &str) -> Value {
    read(&root().join(format!("tests/data/apinizer/bodies/{name}.json")))["body"].clone()
}

fn listed(sandbox: &Sandbox, kind: &str) -> Value {
    let answer = sandbox.call("GET", &format!("{CONNECTIONS}/?type={kind}"), None);
    assert_eq!(answer.status, 200, "{}", answer.body);
    common::assert_valid(&common::contract("apinizer/answers/connections.json"), &answer.json(), "a list");
    answer.json()["resultList"].clone()
}

fn refused(answer: &Answer, status: u16, error: &str, words: &str) {
    assert_eq!(
        (answer.status, &answer.json()),
        (status, &json!({ "error": error, "error_description": words }))
    );
    common::assert_valid(&common::contract("apinizer/answers/refusal.json"), &answer.json(), "a refusal");
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("content-type"), Some("application/json;charset=UTF-8"));
}

#[test]
fn a_connection_is_made_shown_listed_renamed_and_removed() {
    let sandbox = Sandbox::with_token(&[]);
    let deployment = common::contract("apinizer/answers/deployment.json");
    let deployed = json!({ "success": true, "deploymentResult": { "success": true, "deploymentResults": [
        { "environmentName": "production", "success": true, "message": "Deployment successful" }
    ] } });
    let mut ftp = body("ftp--create--1");
    let made = sandbox.call("POST", &at("MY-ftp-connection"), Some(&ftp));
    assert_eq!((made.status, made.json()), (200, deployed.clone()), "the case of a name does not count");
    common::assert_valid(&deployment, &made.json(), "a create");
    ftp["name"] = json!("My-FTP-connection");
    refused(
        &sandbox.call("POST", &at("my-ftp-connection"), Some(&ftp)),
        400,
        "bad_request",
        "Connection (name: My-FTP-connection) already exists!",
    );

    let shown = sandbox.call("GET", &at("my-FTP-connection"), None).json();
    let mut want = body("ftp--create--1");
    want["password"] = Value::Null;
    assert_eq!(shown, json!({ "success": true, "resultList": [want], "resultCount": 1 }));
    assert_eq!(listed(&sandbox, "ftp"), json!([want]));
    assert_eq!(listed(&sandbox, "email"), json!([]));

    let renamed = json!({ "type": "ftp", "name": "other", "deployToWorker": false, "host": "h", "protocol": "SFTP", "username": "u", "password": "hunter2" });
    let saved = sandbox.call("PUT", &at("my-ftp-connection"), Some(&renamed));
    assert_eq!((saved.status, saved.json()), (200, json!({ "success": true })), "saved and not deployed");
    let mut want = renamed.clone();
    want["password"] = Value::Null;
    assert_eq!(listed(&sandbox, "ftp"), json!([want]), "nothing of the old one is left");

    let gone = sandbox.call("DELETE", &at("OTHER"), None);
    assert_eq!((gone.status, gone.json()), (200, deployed), "a delete always tells of the deployment");
    refused(
        &sandbox.call("DELETE", &at("other"), None),
        400,
        "bad_request",
        "Connection (name: other) was not found!",
    );
    refused(
        &sandbox.call("PUT", &at("other"), Some(&renamed)),
        400,
        "bad_request",
        "Connection (name: other) was not found!",
    );
    refused(
        &sandbox.call("GET", &at("other"), None),
        404,
        "not_found",
        "Connection (name: other) was not found!",
    );
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn an_update_keeps_the_type_and_takes_no_others_name() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for name in ["ftp--create--1", "ftp--create--2"] {
        let made = body(name);
        assert_eq!(
            sandbox.call("POST", &at(made["name"].as_str().expect("a name")), Some(&made)).status,
            200
        );
    }
    let mut change = body("ftp--create--1");
    change["name"] = json!("MY-sftp-connection");
    refused(
        &sandbox.call("PUT", &at("my-ftp-connection"), Some(&change)),
        400,
        "bad_request",
        "Connection (name: MY-sftp-connection) already exists!",
    );
    let mut email = body("email--create--1");
    email["name"] = json!("my-ftp-connection");
    refused(
        &sandbox.call("PUT", &at("my-ftp-connection"), Some(&email)),
        400,
        "bad_request",
        "Connection type can not be changed!",
    );
    change["name"] = json!("MY-FTP-connection");
    assert_eq!(
        sandbox.call("PUT", &at("my-ftp-connection"), Some(&change)).status,
        200,
        "its own name in another case"
    );
    change.as_object_mut().expect("an object").remove("password");
    let answer = sandbox.call("PUT", &at("my-ftp-connection"), Some(&change));
    assert_eq!(
        (answer.status, &answer.json()["validation_errors"]),
        (400, &json!([{ "field": "password", "message": "password is required" }]))
    );
}

#[test]
fn what_the_pages_call_secret_comes_back_as_null_or_in_full() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for (name, masked) in [
        ("email--create--1", [].as_slice()),
        ("webhook--create--1", &[]),
        ("kafka--update--1", &[]),
        ("elasticsearch--create--3", &["elasticPassword", "caCertInPkcs12File", "caTruststoreFilePass"]),
        ("database--create--1", &["password"]),
        ("ldap--create--1", &["password"]),
        ("rabbitMq--create--2", &["connectionFactoryPassword"]),
        ("activeMq--create--1", &["password"]),
        ("snmp--create--3", &["authPassphrase", "privPassphrase"]),
        ("linux-script--create--1", &["password"]),
        ("graylog--create--3", &["tlsTrustCertChainFile"]),
    ] {
        let sent = body(name);
        let path = at(sent["name"].as_str().expect("a name"));
        assert_eq!(sandbox.call("POST", &path, Some(&sent)).status, 200, "{name}");
        let mut want = sent.clone();
        for member in masked {
            assert!(want[*member].is_string(), "{name}: {member}");
            want[*member] = Value::Null;
        }
        assert_eq!(sandbox.call("GET", &path, None).json()["resultList"][0], want, "{name}");
    }
    let sent = body("email--create--1");
    assert_eq!(
        (&listed(&sandbox, "email")[0]["password"], sent["password"].is_string()),
        (&Value::Null, true),
        "a list has no passwords"
    );
}

/// As the page on Elasticsearch shows it: the second `type` is the access mode, whichever way it came.
#[test]
fn the_access_mode_is_a_second_type() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for (name, members, mode) in [
        ("a", json!({ "type": "elasticsearch" }), "READ_WRITE"),
        ("b", json!({ "type": "elasticsearch", "elasticsearchType": "READ" }), "READ"),
        ("c", json!({ "type": "READ" }), "READ"),
        ("d", json!({ "type": "READ_WRITE", "elasticsearchType": "READ" }), "READ"),
    ] {
        let mut sent = json!({ "name": name, "elasticHostList": [{ "host": "h" }], "indexLifecyclePolicy": { "enableHotPhase": true } });
        sent.as_object_mut().expect("an object").extend(members.as_object().expect("members").clone());
        assert_eq!(sandbox.call("POST", &at(name), Some(&sent)).status, 200, "{name}");
        let answer = sandbox.call("GET", &at(name), None);
        let start = format!(r#"{{"success":true,"resultList":[{{"type":"elasticsearch","name":"{name}","#);
        let end = format!(
            r#""indexLifecyclePolicy":{{"enableHotPhase":true}},"type":"{mode}"}}],"resultCount":1}}"#
        );
        assert!(answer.body.starts_with(&start) && answer.body.ends_with(&end), "{}", answer.body);
        assert_eq!(
            sandbox.call("PUT", &at(name), Some(&answer.json()["resultList"][0])).status,
            200,
            "what was read can be sent"
        );
    }
    assert_eq!(listed(&sandbox, "elasticsearch").as_array().map(Vec::len), Some(4));
}

#[test]
fn a_failed_deployment_hides_in_a_success() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let mut syslog = body("syslog--create--1");
    syslog["description"] = json!("to see a fail-deploy");
    let path = at(syslog["name"].as_str().expect("a name"));
    let want = json!({ "success": true, "deploymentResult": { "success": false, "deploymentResults": [
        { "environmentName": "production", "success": false, "message": "Worker did not answer" }
    ] } });
    for (method, sent) in [("POST", Some(&syslog)), ("PUT", Some(&syslog)), ("DELETE", None)] {
        let answer = sandbox.call(method, &path, sent);
        assert_eq!((answer.status, answer.json()), (200, want.clone()), "{method}");
    }
    assert_eq!(listed(&sandbox, "syslog"), json!([]), "it was removed all the same");
}

#[test]
fn other_refusals() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let webhook = body("webhook--create--1");
    let mismatch = "Connection name in the path and in the body must be the same!";
    let nothing = "There is nothing here. Every path ends with a slash.";
    for (method, path, status, error, words) in [
        (
            "GET",
            "/apiops/projects/Other/connections/?type=email",
            404,
            "not_found",
            "Project 'Other' not found",
        ),
        (
            "POST",
            "/apiops/projects/a%2Fb%20%C3%BC/connections/x/",
            404,
            "not_found",
            "Project 'a/b ü' not found",
        ),
        ("GET", &format!("{CONNECTIONS}/"), 400, "invalid_parameter", "Parameter 'type' is required"),
        ("GET", &format!("{CONNECTIONS}/?type="), 400, "invalid_parameter", "Parameter 'type' is required"),
        (
            "GET",
            &format!("{CONNECTIONS}/?type=ops-genie"),
            400,
            "invalid_parameter",
            "Parameter 'type' is not valid",
        ),
        (
            "GET",
            &format!("{CONNECTIONS}/?type=Email"),
            400,
            "invalid_parameter",
            "Parameter 'type' is not valid",
        ),
        ("GET", &format!("{CONNECTIONS}//"), 400, "bad_request", "Connection name can not be empty!"),
        ("POST", &format!("{CONNECTIONS}/"), 400, "bad_request", "Connection name can not be empty!"),
        ("POST", &at("another"), 400, "bad_request", mismatch),
        ("GET", CONNECTIONS, 404, "not_found", nothing),
        ("POST", &format!("{CONNECTIONS}/my-webhook-connection"), 404, "not_found", nothing),
        ("GET", "/apiops/projects/", 404, "not_found", nothing),
        ("PATCH", &at("my-webhook-connection"), 404, "not_found", "There is nothing here."),
        ("GET", &at("gr%C3%BC%C3%9F%2Fe"), 404, "not_found", "Connection (name: grüß/e) was not found!"),
    ] {
        let sent = matches!(method, "POST" | "PATCH").then_some(&webhook);
        refused(&sandbox.call(method, path, sent), status, error, words);
    }
    let bearer = format!("Bearer {}", sandbox.token);
    let json = ("content-type", "application/json");
    for (headers, text, status, error, words) in [
        (vec![], "{}", 401, "unauthorized_client", "Invalid token"),
        (vec![("authorization", "Bearer nope"), json], "{}", 401, "unauthorized_client", "Invalid token"),
        (
            vec![("authorization", bearer.as_str())],
            "{}",
            400,
            "bad_request",
            "The body must be sent as application/json",
        ),
        (
            vec![("authorization", bearer.as_str()), json],
            "[]",
            400,
            "bad_request",
            "The body must be an object",
        ),
        (
            vec![("authorization", bearer.as_str()), json],
            "{",
            400,
            "bad_request",
            "The body can not be read as JSON",
        ),
    ] {
        refused(&sandbox.ask("POST", &at("x"), &headers, Some(text)), status, error, words);
    }
    let preflight = sandbox.ask(
        "OPTIONS",
        &at("x"),
        &[("origin", "null"), ("access-control-request-headers", "authorization")],
        None,
    );
    assert_eq!(
        (preflight.status, preflight.header("access-control-allow-headers")),
        (204, Some("authorization"))
    );
    assert!(preflight.header("access-control-allow-methods").is_some_and(|methods| methods.contains("PUT")));
}

#[test]
fn a_large_key_store_is_taken_and_a_huge_one_refused() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let mut sent = body("elasticsearch--create--3");
    let path = at(sent["name"].as_str().expect("a name"));
    sent["caCertInPkcs12File"] = json!("A".repeat(1_000_000));
    assert_eq!(sandbox.call("POST", &path, Some(&sent)).status, 200);
    sent["caCertInPkcs12File"] = json!("A".repeat(5_000_000));
    refused(&sandbox.call("PUT", &path, Some(&sent)), 413, "bad_request", "The body is too large");
}

#[test]
fn a_lenient_sandbox_takes_what_no_page_allows_and_keeps_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = ["--quiet", "--lenient", "--data", folder.path().to_str().expect("a path")];
    let sandbox = Sandbox::with_token(&data);
    let sent = json!({ "type": "kafka", "name": "a b", "port": "x" });
    assert_eq!(sandbox.call("POST", &at("A%20b"), Some(&sent)).status, 200);
    let answer = sandbox.call("POST", &at("x"), Some(&json!({ "type": "kafka" })));
    assert_eq!(
        answer.json()["validation_errors"],
        json!([{ "field": "name", "message": "name is required" }])
    );
    assert!(sandbox.end().0.success());
    assert_eq!(listed(&Sandbox::with_token(&data), "kafka"), json!([sent]));
}
