//! The wasm that sends, in a real browser. Requests go to the page's own server, which answers with the test page, and to
//! a port at which nobody listens.
#![cfg(target_arch = "wasm32")]

use jackfield::js::sender::send;
use jackfield::json::Json;
use js_sys::{Error, Function, JSON};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn plan(method: &str, url: &str, query: &str, body: &str) -> String {
    format!(
        r#"{{"method":"{method}","url":"{url}","query":{query},"headers":{{"accept":"application/json"}},"body":{body}}}"#
    )
}

fn evaluate(code: &str) -> JsValue {
    Function::new_no_args(code).call0(&JsValue::NULL).unwrap()
}

fn origin() -> String {
    evaluate("return location.origin").as_string().unwrap()
}

/// Puts a stand-in before `fetch` that notes the request and answers as told; gives the note.
fn watch(answer: &str) -> JsValue {
    evaluate(&format!(
        "const noted = {{}}; globalThis.realFetch ??= globalThis.fetch;
         globalThis.fetch = async request => {{
             noted.url = request.url; noted.method = request.method; noted.credentials = request.credentials;
             noted.headers = Object.fromEntries(request.headers); noted.body = await request.text();
             {answer}
         }};
         return noted"
    ))
}

fn unwatch() {
    evaluate("globalThis.fetch = globalThis.realFetch ?? globalThis.fetch");
}

async fn reply(plan: String, options: &str) -> Json {
    Json::parse(&send(plan, options.to_owned(), JsValue::UNDEFINED, JsValue::UNDEFINED).await.unwrap())
        .unwrap()
}

fn noted(note: &JsValue) -> Json {
    Json::parse(&String::from(JSON::stringify(note).unwrap())).unwrap()
}

#[wasm_bindgen_test]
async fn an_answer_over_the_network_is_read_whole() {
    unwatch();
    let reply = reply(plan("GET", &(origin() + "/"), "[]", "null"), "{}").await;
    assert_eq!(reply.get("status"), Some(&Json::Number(200.0)));
    assert!(reply.get("type").and_then(Json::as_str).unwrap().starts_with("text/html"));
    assert!(reply.get("text").and_then(Json::as_str).unwrap().contains("<html"));
}

#[wasm_bindgen_test]
async fn a_request_leaves_as_planned() {
    let note =
        watch("return new Response('{}', {status: 201, headers: {'content-type': 'application/json'}})");
    let options = r#"{"token":"t0ken","headers":{"x-one":"1"},"credentials":"include"}"#;
    let reply = reply(
        plan("POST", "https://api.example/a%2Fb", r#"[["q","a b&c"],["q","2"]]"#, r#"{"p":"5432","n":1}"#),
        options,
    )
    .await;
    assert_eq!(reply.to_text(), r#"{"status":201,"type":"application/json","text":"{}"}"#);
    let noted = noted(&note);
    assert_eq!(noted.get("url"), Some(&Json::text("https://api.example/a%2Fb?q=a%20b%26c&q=2")));
    assert_eq!(noted.get("method"), Some(&Json::text("POST")));
    assert_eq!(noted.get("credentials"), Some(&Json::text("include")));
    assert_eq!(noted.get("body"), Some(&Json::text(r#"{"p":"5432","n":1}"#)));
    assert_eq!(noted.at("/headers/authorization"), Some(&Json::text("Bearer t0ken")));
    assert_eq!(noted.at("/headers/x-one"), Some(&Json::text("1")));
    assert_eq!(noted.at("/headers/accept"), Some(&Json::text("application/json")));
    unwatch();
}

#[wasm_bindgen_test]
async fn a_plain_request_has_no_query_no_body_and_no_credentials() {
    let note = watch("return new Response(null, {status: 204})");
    let reply = reply(plan("DELETE", "https://api.example/x", "[]", "null"), "{}").await;
    assert_eq!(reply.get("status"), Some(&Json::Number(204.0)));
    let noted = noted(&note);
    assert_eq!(noted.get("url"), Some(&Json::text("https://api.example/x")));
    assert_eq!(
        (noted.get("body"), noted.get("credentials")),
        (Some(&Json::text("")), Some(&Json::text("omit")))
    );
    assert_eq!(noted.at("/headers/authorization"), None);
    unwatch();
}

#[wasm_bindgen_test]
async fn what_does_not_arrive_is_lost() {
    let lost = r#"{"lost":"network"}"#;
    unwatch();
    assert_eq!(reply(plan("GET", "http://127.0.0.1:1/", "[]", "null"), "{}").await.to_text(), lost);
    assert_eq!(reply(plan("GET", "http://not a host/", "[]", "null"), "{}").await.to_text(), lost);
    watch(
        "return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array([123])); c.error(new Error('cut')) } }))",
    );
    assert_eq!(
        reply(plan("GET", "https://api.example/", "[]", "null"), "{}").await.to_text(),
        lost,
        "an answer that breaks off"
    );
    unwatch();
    let aborted = evaluate("const c = new AbortController(); c.abort(); return c.signal");
    let reply =
        send(plan("GET", &(origin() + "/"), "[]", "null"), "{}".to_owned(), aborted, JsValue::UNDEFINED)
            .await
            .unwrap();
    assert_eq!(reply, lost, "an aborted request");
}

#[wasm_bindgen_test]
async fn a_header_that_cannot_be_sent_is_the_callers_mistake_and_shows_no_value() {
    let refused = async |plan: String, options: &str| {
        let error = send(plan, options.to_owned(), JsValue::UNDEFINED, JsValue::UNDEFINED).await.unwrap_err();
        String::from(error.dyn_into::<Error>().unwrap().message())
    };
    for options in [
        r#"{"token":"s3cret\nx: y"}"#,
        r#"{"token":"s3cret\u4e2d"}"#,
        r#"{"headers":{"bad name":"s3cret"}}"#,
        r#"{"headers":{"":"s3cret"}}"#,
    ] {
        let message = refused(plan("GET", &(origin() + "/"), "[]", "null"), options).await;
        assert!(message.contains("the header") && !message.contains("s3cret"), "{message}");
    }
    assert!(refused(plan("FLY", &origin(), "[]", "null"), "{}").await.contains("method"));
    assert!(
        refused(plan("GET", &origin(), "[]", "null"), r#"{"credentials":"all"}"#)
            .await
            .contains("credentials")
    );
}
