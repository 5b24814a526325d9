//! What the sandbox serves beside the APIs, and whom it answers.

use std::fs;

use crate::common::Sandbox;
use serde_json::json;
use tempfile::TempDir;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self' http: https:; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (file, text) in [
        ("www/index.html", "<p>page"),
        ("www/demo.css", "p{}"),
        ("www/apis/own.json", "{}"),
        ("crates/sandbox/Cargo.toml", "[package]"),
        ("pkg/dist/core.js", "1"),
        ("pkg/dist/jackfield_bg.wasm", "\0asm"),
        ("pkg/dist/icons/a.svg", "<svg/>"),
        ("Cargo.toml", "[workspace]"),
    ] {
        let file = root.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    root
}

#[test]
fn the_page_and_the_package_under_a_strict_policy() {
    let root = site();
    let sandbox = Sandbox::start(&["--root", root.path().to_str().expect("a path"), "--quiet"]);
    for (path, kind, body) in [
        ("/", "text/html; charset=utf-8", "<p>page"),
        ("/?type=postgres", "text/html; charset=utf-8", "<p>page"),
        ("/demo.css", "text/css; charset=utf-8", "p{}"),
        ("/apis/own.json", "application/json; charset=utf-8", "{}"),
        ("/pkg/core.js", "text/javascript; charset=utf-8", "1"),
        ("/pkg/jackfield_bg.wasm", "application/wasm", "\0asm"),
        ("/pkg/icons/a.svg", "image/svg+xml", "<svg/>"),
    ] {
        let answer = sandbox.ask("GET", path, &[], None);
        assert_eq!(
            (answer.status, answer.header("content-type"), answer.body.as_str()),
            (200, Some(kind), body),
            "{path}"
        );
        assert_eq!(answer.header("content-security-policy"), Some(POLICY), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        let head = sandbox.ask("HEAD", path, &[], None);
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
    }
    for path in [
        "/missing",
        "/apis",
        "/apis/",
        "/crates/sandbox/Cargo.toml",
        "/%73andbox/Cargo.toml",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/pkg/..%2f..%2fCargo.toml",
    ] {
        let answer = sandbox.ask("GET", path, &[], None);
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-security-policy"), Some(POLICY), "{path}");
    }
    assert_eq!(sandbox.ask("POST", "/", &[], Some("x")).status, 405);
}

#[test]
fn an_error_page_quotes_a_path_harmlessly() {
    let sandbox = Sandbox::start(&["--quiet"]);
    let answer = sandbox.ask("GET", "/chartbrew/'%3Cscript%3E&\"", &[], None);
    assert!(answer.body.contains("Cannot GET /&#39;%3Cscript%3E&amp;"), "{}", answer.body);
    assert_eq!(answer.header("content-security-policy"), Some(POLICY));
}

#[test]
fn the_page_gets_its_settings_and_other_sites_do_not() {
    let sandbox = Sandbox::start(&["--quiet"]);
    assert_eq!(sandbox.token.len(), 48, "a token nobody guesses");
    let answer = sandbox.ask("GET", "/sandbox.json", &[("origin", "https://embedder.example")], None);
    let base = format!("http://{}", sandbox.host);
    let want = json!({
        "token": sandbox.token, "team_id": 1, "base_url": format!("{base}/chartbrew"), "harbour_url": format!("{base}/harbour"),
        "projectName": "MyProject", "apinizer_url": base,
        "datafor_url": format!("{base}/datafor"), "datafor_user": "sandbox", "datafor_csrf": false,
    });
    assert_eq!(answer.json(), want);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(
        (answer.header("cache-control"), answer.header("cross-origin-resource-policy")),
        (Some("no-store"), Some("same-origin"))
    );
    assert_eq!(
        sandbox.call("GET", "/chartbrew/team/1/connections", None).json(),
        json!([]),
        "the token is good"
    );
    for host in ["evil.example", "evil.example:4019", "127.0.0.1.evil.example"] {
        for path in ["/sandbox.json", "/", "/chartbrew/team/1/connections"] {
            let answer = sandbox.ask("GET", path, &[("host", host)], None);
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.body.contains(&sandbox.token));
        }
    }
}

#[test]
fn two_sandboxes_have_two_tokens_and_end_when_told() {
    let (one, other) = (Sandbox::start(&["--quiet"]), Sandbox::start(&["--quiet"]));
    assert_ne!(one.token, other.token);
    for sandbox in [one, other] {
        assert!(sandbox.end().0.success());
    }
}
