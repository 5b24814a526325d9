//! What it refuses, and what a test finds out.

use super::*;

/// A port where something listens, and one where nothing does any more.
#[test]
fn a_test_knocks_and_says_what_happened() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let open = listener.local_addr().expect("an address").port().to_string();
    let shut = TcpListener::bind("127.0.0.1:0")
        .and_then(|gone| gone.local_addr())
        .expect("an address")
        .port()
        .to_string();
    let test = |change: Value| {
        let answer = sandbox.call("PUT", &at("test"), Some(&changed("docs-2025-02-test", change)));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    let to = |host: &str, port: &str| {
        test(
            json!({ "hostname": host, "databasePort": port, "PORT_NUMBER": port, "attributes": { "PORT_NUMBER": port, "driverId": "postgresql" } }),
        )
    };
    assert_eq!(to("127.0.0.1", &open), json!({ "success": true }));
    assert_eq!(to(" localhost ", &open), json!({ "success": true }));
    listener.accept().expect("a caller");
    let refused = |msg: &str| json!({ "success": false, "msg": msg });
    assert_eq!(to("127.0.0.1", &shut), refused(&format!("127.0.0.1:{shut} refused the connection")));
    let nowhere = format!("{}.invalid", "x".repeat(80));
    assert_eq!(to(&nowhere, &open), refused(&format!("The host {nowhere} is not known")));
    assert_eq!(to("", &open), refused("There is no host to try"));
    assert_eq!(to("a b", &open), refused("There is no host to try"));
    assert_eq!(to("127.0.0.1", ""), refused("There is no port to try"));
    assert_eq!(to("127.0.0.1", "99999"), refused("There is no port to try"));
    let jndi = json!({ "accessType": "JNDI", "accessTypeValue": "JNDI" });
    assert_eq!(test(jndi), refused("The sandbox can only try connections with the access type NATIVE"));

    let generic = |url: &str| {
        let kind = json!({ "name": "Generic database", "shortName": "GENERIC", "defaultDatabasePort": -1, "defaultDatabaseName": null, "defaultOptions": null, "extraOptionsHelpUrl": "" });
        let attributes = json!({ "PORT_NUMBER": "", "driverId": "", "CUSTOM_URL": url, "CUSTOM_DRIVER_CLASS": "org.example.Driver" });
        test(json!({
            "id": null, "password": "hunter2", "databaseType": kind, "attributes": attributes, "databasePort": "", "PORT_NUMBER": "", "driverId": "", "hostname": "",
            "CUSTOM_URL": url, "CUSTOM_DRIVER_CLASS": "org.example.Driver",
        }))
    };
    assert_eq!(
        generic(&format!("jdbc:example://u:hunter2@127.0.0.1:{open}/shop")),
        json!({ "success": true })
    );
    assert_eq!(
        generic(&format!("jdbc:example://u:hunter2@127.0.0.1:{shut}/shop"))["msg"],
        format!("127.0.0.1:{shut} refused the connection")
    );
    assert_eq!(
        generic("jdbc:example:hunter2"),
        refused("The sandbox finds no host and port in this URL, so it cannot try it")
    );
    assert_eq!(generic(""), refused("There is no URL to try"));
    assert_eq!(names(&sandbox), ["Datafor repository"], "nothing is saved");
}

#[test]
fn other_refusals() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for (method, path, status) in [
        ("GET", at("add"), 405),
        ("POST", at("test"), 405),
        ("GET", at("other"), 404),
        ("GET", "/datafor".to_owned(), 404),
        ("PUT", at("list"), 405),
    ] {
        let answer = sandbox.call(method, &path, None);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, Some("text/html; charset=utf-8")),
            "{method} {path}"
        );
    }
    let bearer = format!("Bearer {}", sandbox.token);
    let ask = |kind: &str, text: &str| {
        sandbox.ask("POST", &at("add"), &[("authorization", &bearer), ("content-type", kind)], Some(text))
    };
    for (kind, text, status, words) in [
        ("application/json", "{", 400, "The body can not be read as JSON"),
        ("text/plain", "{}", 415, "The body must be sent as application/json"),
        ("application/json", &format!("[{}]", " ".repeat(3_000_000)), 413, "The body is too large"),
    ] {
        let answer = ask(kind, text);
        assert_eq!(
            (answer.status, answer.json()),
            (status, json!({ "success": false, "code": status.to_string(), "msg": words }))
        );
    }
}

#[test]
fn a_lenient_sandbox_takes_what_no_table_allows() {
    let sandbox = Sandbox::with_token(&["--quiet", "--lenient"]);
    let short = read(&root().join("tests/data/datafor/short/docs-2026-add.json"))["body"].clone();
    is_done(&sandbox.call("POST", &at("add"), Some(&short)));
    is_refused(&sandbox.call("POST", &at("add"), Some(&json!({ "name": " " }))), "name must not be empty");
    is_done(&sandbox.call("POST", &at("add"), Some(&json!({ "name": "bare" }))));
    let list = sandbox.call("GET", &at("list"), None).json();
    let kinds: Vec<_> = list["databaseConnections"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| item["databaseType"]["defaultDatabasePort"].clone())
        .collect();
    assert_eq!(kinds, [5432, 5432, -1], "what is known of a database is filled in");
}
