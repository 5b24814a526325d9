//! The invented API, and the file that describes it to a page.

use crate::common::{self, Sandbox};
use serde_json::{Value, json};

const LINKS: &str = "/harbour/v1/links";

fn mqtt() -> Value {
    json!({
        "name": "hall 1/ü", "kind": "mqtt",
        "endpoint": { "host": "broker.example.com", "port": 8883, "tls": true, "version": "5", "ca": "-----BEGIN CERTIFICATE-----\n" },
        "credentials": { "user": "u", "secret": "hunter2" },
        "topics": [{ "topic": "plant/+/t", "qos": "1" }],
        "session": { "keep_alive": 60, "clean": true },
        "labels": [{ "site": "north" }],
    })
}

fn modbus() -> Value {
    json!({
        "name": "press", "kind": "modbus",
        "endpoint": { "host": "10.0.0.20", "port": 502, "tls": false, "unit": 1, "order": "big" },
        "polling": { "every": 2.5, "retries": 3 },
        "registers": [{ "name": "temperature", "address": 40001, "signed": true }],
    })
}

#[test]
fn a_link_is_made_listed_shown_and_removed() {
    let sandbox = Sandbox::with_token(&[]);
    for link in [mqtt(), modbus()] {
        let made = sandbox.call("POST", LINKS, Some(&link));
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.header("access-control-allow-origin"), Some("*"));
    }
    let list = sandbox.call("GET", LINKS, None).json();
    common::assert_valid(&common::contract("harbour/list.json"), &list, "the list");
    let names: Vec<_> =
        list["items"].as_array().expect("items").iter().map(|item| item["name"].clone()).collect();
    assert_eq!(names, ["hall 1/ü", "press"]);

    let one = format!("{LINKS}/hall%201%2F%C3%BC");
    let mut want = mqtt();
    want["credentials"].as_object_mut().expect("an object").remove("secret");
    assert_eq!(sandbox.call("GET", &one, None).json(), want, "all but the secret");

    let again = sandbox.call("POST", LINKS, Some(&mqtt()));
    assert_eq!((again.status, &again.json()["faults"][0]["pointer"]), (409, &json!("/name")));

    let gone = sandbox.call("DELETE", &one, None);
    assert_eq!((gone.status, gone.body.as_str()), (204, ""));
    for method in ["GET", "DELETE"] {
        let answer = sandbox.call(method, &one, None);
        assert_eq!((answer.status, answer.json()["problem"].is_string()), (404, true), "{method}");
    }
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn a_broken_link_is_refused_with_a_pointer_for_each_fault() {
    let sandbox = Sandbox::with_token(&[]);
    let cases = [
        (mqtt(), "/endpoint/port", json!("8883"), "/endpoint/port", "This must be of type integer."),
        (mqtt(), "/endpoint/tls", json!(false), "/endpoint/ca", "This has no place here."),
        (mqtt(), "/endpoint/ca", json!("hunter2"), "/endpoint/ca", "This must be a certificate in PEM form."),
        (mqtt(), "/credentials", json!({ "user": "u" }), "/credentials/secret", "This is required."),
        (mqtt(), "/topics/0/qos", json!(1), "/topics/0/qos", "This must be \"0\" or \"1\" or \"2\"."),
        (
            mqtt(),
            "/labels/0",
            json!({ "a": "hunter2", "b": "c" }),
            "/labels/0",
            "This must have at most 1 members.",
        ),
        (mqtt(), "/name", json!(""), "/name", "This must not be empty."),
        (modbus(), "/endpoint/unit", json!(248), "/endpoint/unit", "This must be at most 247."),
        (modbus(), "/polling/every", json!(0), "/polling/every", "This must be at least 0.1."),
        (modbus(), "/kind", json!("mqtt"), "/session", "This is required."),
    ];
    for (mut link, change, value, at, say) in cases {
        *link.pointer_mut(change).expect("a member") = value;
        let answer = sandbox.call("POST", LINKS, Some(&link));
        assert_eq!(answer.status, 422, "{at}: {}", answer.body);
        let faults = answer.json()["faults"].clone();
        assert!(
            faults.as_array().expect("faults").contains(&json!({ "pointer": at, "say": say })),
            "{at}: {faults}"
        );
    }
    assert_eq!(sandbox.call("GET", LINKS, None).json(), json!({ "items": [] }), "nothing was stored");
    let (_, stderr) = sandbox.end();
    assert!(
        stderr.contains("breaks the contract of POST /v1/links: /endpoint/port must be of type integer\n"),
        "{stderr}"
    );
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn other_refusals() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let bearer = format!("Bearer {}", sandbox.token);
    let json = ("content-type", "application/json");
    let large = format!("\"{}\"", "x".repeat(150_000));
    for (method, path, headers, body, want) in [
        ("GET", LINKS, vec![], None, 401),
        ("GET", LINKS, vec![("authorization", "Bearer nope")], None, 401),
        ("POST", LINKS, vec![("authorization", bearer.as_str()), json], Some("{"), 400),
        ("POST", LINKS, vec![("authorization", bearer.as_str()), json], Some(large.as_str()), 413),
        ("POST", LINKS, vec![("authorization", bearer.as_str())], Some("{}"), 415),
        ("PUT", LINKS, vec![("authorization", bearer.as_str())], None, 405),
        ("GET", "/harbour/v2", vec![("authorization", bearer.as_str())], None, 404),
    ] {
        let answer = sandbox.ask(method, path, &headers, body);
        assert_eq!((answer.status, answer.json()["problem"].is_string()), (want, true), "{method} {path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{want}");
    }
    let preflight = sandbox.ask(
        "OPTIONS",
        LINKS,
        &[("origin", "null"), ("access-control-request-headers", "authorization")],
        None,
    );
    assert_eq!(
        (preflight.status, preflight.header("access-control-allow-headers")),
        (204, Some("authorization"))
    );
}

#[test]
fn its_descriptor_is_written_as_descriptors_are() {
    let schema = common::read(&common::root().join("catalog/descriptor.schema.json"));
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    common::assert_valid(
        &schema,
        &common::read(&common::root().join("www/apis/harbour.json")),
        "harbour.json",
    );
}
