//! Datafor's documented ways to sign in, pages of other origins, and the header against forged calls.

use crate::common::{self, Answer, Sandbox, TOKEN, read, root};
use serde_json::{Value, json};

const API: &str = "/datafor/plugin/datafor-modeler/api/connection";
/// The user `sandbox` and the tests' token.
const BASIC: &str = "Basic c2FuZGJveDp0MGtlbi1vZi10aGUtdGVzdHM=";

fn list(sandbox: &Sandbox, query: &str, headers: &[(&str, &str)]) -> Answer {
    sandbox.ask("GET", &format!("{API}/list{query}"), headers, None)
}

/// The cookie as a browser sends it back.
fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie").expect("a cookie");
    let (cookie, rest) = set.split_once("; ").expect("its rules");
    assert_eq!(rest, "Path=/datafor; HttpOnly; SameSite=Lax");
    cookie.to_owned()
}

#[test]
fn every_documented_way_to_sign_in() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    let login = sandbox.ask("GET", &format!("/datafor/sandbox-login?token={TOKEN}"), &[], None);
    assert_eq!(
        (login.status, login.json(), login.header("cache-control")),
        (200, json!({ "success": true }), Some("no-store"))
    );
    let session = cookie(&login);
    assert!(session.starts_with("JSESSIONID=") && !session.contains(TOKEN));
    let bearer = format!("Bearer {TOKEN}");
    let others = format!("theme=dark; {session}");
    for (query, headers) in [
        ("", [("authorization", bearer.as_str())].as_slice()),
        ("", &[("authorization", BASIC)]),
        ("", &[("cookie", &session)]),
        ("", &[("cookie", &others)]),
        (&format!("?includeAccessMap=true&token={TOKEN}"), &[]),
    ] {
        let answer = list(&sandbox, query, headers);
        assert_eq!((answer.status, &answer.json()["success"]), (200, &json!(true)), "{query} {headers:?}");
    }
}

#[test]
fn whoever_does_not_sign_in_gets_an_empty_result() {
    let sandbox = Sandbox::with_token(&[]);
    let nothing = json!({ "success": false, "code": "401" });
    for (query, headers) in [
        ("", [].as_slice()),
        ("", &[("authorization", "Bearer wrong")]),
        ("", &[("cookie", "JSESSIONID=wrong")]),
        ("?token=wrong", &[]),
        ("?token=", &[]),
    ] {
        let answer = list(&sandbox, query, headers);
        assert_eq!((answer.status, answer.json()), (200, nothing.clone()), "{query} {headers:?}");
        common::assert_valid(&common::contract("datafor/answers/refusal.json"), &answer.json(), "a refusal");
    }
    let answer =
        list(&sandbox, &format!("?token={TOKEN}"), &[("authorization", "Basic c2FuZGJveDp3cm9uZw==")]);
    assert_eq!(
        (answer.status, answer.header("www-authenticate")),
        (401, None),
        "a wrong password, and no dialog of the browser"
    );
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
    let login = sandbox.ask("GET", "/datafor/sandbox-login?token=wrong", &[], None);
    assert_eq!((login.json(), login.header("set-cookie")), (nothing.clone(), None));
    let body = read(&root().join("tests/data/datafor/bodies/assembled-add.json"))["body"].to_string();
    let added =
        sandbox.ask("POST", &format!("{API}/add"), &[("content-type", "application/json")], Some(&body));
    assert_eq!(added.json(), nothing);
    let listed = sandbox.call("GET", &format!("{API}/list"), None).json();
    assert_eq!(listed["databaseConnections"].as_array().map(Vec::len), Some(1), "nothing was added");
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains(TOKEN), "{stderr}");
}

#[test]
fn pages_of_this_computer_may_send_the_cookie() {
    let sandbox = Sandbox::with_token(&["--quiet"]);
    for (origin, allowed, credentials) in [
        ("http://localhost:5173", "http://localhost:5173", Some("true")),
        ("http://127.0.0.1:80", "http://127.0.0.1:80", Some("true")),
        ("https://embedder.example", "*", None),
        ("http://localhost.evil.example", "*", None),
        ("null", "*", None),
    ] {
        let ask = [
            ("origin", origin),
            ("access-control-request-headers", "content-type,x-csrf-token"),
            ("access-control-request-method", "PUT"),
        ];
        for answer in [sandbox.ask("OPTIONS", &format!("{API}/test"), &ask, None), list(&sandbox, "", &ask)] {
            assert_eq!(answer.header("access-control-allow-origin"), Some(allowed), "{origin}");
            assert_eq!(answer.header("access-control-allow-credentials"), credentials, "{origin}");
        }
        let preflight = sandbox.ask("OPTIONS", &format!("{API}/test"), &ask, None);
        assert_eq!(
            (preflight.status, preflight.header("access-control-allow-headers")),
            (204, Some("content-type,x-csrf-token"))
        );
        let methods = preflight.header("access-control-allow-methods").expect("methods");
        assert!(methods.contains("PUT") && methods.contains("DELETE"), "{methods}");
    }
}

#[test]
fn with_csrf_a_change_needs_the_header() {
    let sandbox = Sandbox::with_token(&["--quiet", "--csrf"]);
    assert_eq!(sandbox.ask("GET", "/sandbox.json", &[], None).json()["datafor_csrf"], true);
    let told = sandbox.call("GET", "/datafor/api/csrf/token", None);
    assert_eq!((told.status, told.body.as_str()), (204, ""));
    assert_eq!(
        (told.header("x-csrf-header"), told.header("x-csrf-param")),
        (Some("X-CSRF-TOKEN"), Some("_csrf"))
    );
    assert!(
        told.header("access-control-expose-headers").is_some_and(|names| names.contains("X-CSRF-TOKEN")),
        "pages read it"
    );
    let token = told.header("x-csrf-token").expect("a token");
    assert_eq!(
        sandbox.ask("GET", "/datafor/api/csrf/token", &[], None).header("x-csrf-token"),
        None,
        "after a sign-in only"
    );

    let body =
        |name: &str| read(&root().join(format!("tests/data/datafor/bodies/{name}.json")))["body"].to_string();
    let (add, test) = (body("assembled-add"), body("docs-2025-02-test"));
    let ask = |method: &str, rest: &str, body: Option<&str>, csrf: &str| {
        let headers =
            [("authorization", BASIC), ("content-type", "application/json"), ("x-csrf-token", csrf)];
        sandbox.ask(
            method,
            &format!("{API}/{rest}"),
            if csrf.is_empty() { &headers[..2] } else { &headers },
            body,
        )
    };
    let want =
        json!({ "success": false, "code": "403", "msg": "The header X-CSRF-TOKEN is missing or wrong." });
    for (method, rest, body) in [
        ("POST", "add", Some(add.as_str())),
        ("POST", "update", Some(&add)),
        ("PUT", "test", Some(&test)),
        ("DELETE", "deletebyname?name=foodmart2", None),
    ] {
        for csrf in ["", "wrong"] {
            let answer = ask(method, rest, body, csrf);
            assert_eq!((answer.status, answer.json()), (403, want.clone()), "{method} {rest}");
        }
    }
    assert_eq!(ask("POST", "add", Some(&add), token).json()["success"], true);
    assert_eq!(ask("DELETE", "deletebyname?name=foodmart2", None, token).json()["success"], true);
    let listed: Value = ask("GET", "list", None, "").json();
    assert_eq!(listed["success"], true, "what changes nothing needs no header");
}
