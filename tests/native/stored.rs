//! Stored secrets, partial updates, files in a request of their own, drafts, and forms only to be read.

use crate::common::{from_engine, open, to_engine};
use jackfield::bundle::registry::{Registry, RegistryEntry, UsageError};
use jackfield::form::Form;
use serde_json::{Value, json};
use std::rc::Rc;

fn entry() -> Rc<RegistryEntry> {
    let shown = json!({ "is": ["tunnel", true] });
    let bundle = json!({
        "api": {
            "id": "ports", "title": "Ports", "record": { "id": "/id", "name": "/name" }, "never_sent": ["/id", "/hasPin", "/chart"], "identify": ["/kind"],
            "settings": [{ "id": "id", "label": "Id", "from": "/id" }, { "id": "kind", "label": "Kind", "from": "/kind" }],
            "refusal": { "message": ["/why"] },
            "operations": {
                "create": { "method": "POST", "path": "/ports", "gives": "record" },
                "update": { "method": "PUT", "path": "/ports/{id}", "sends": "changes", "gives": "record" },
                "test": { "method": "POST", "path": "/test/{kind}", "gives": "nothing", "repeatable": true, "files": { "path": "/test/{kind}/files", "part": "port" } },
                "upload": { "method": "POST", "path": "/ports/{id}/files", "gives": "record" }
            }
        },
        "types": [{ "id": "quay", "title": "Quay", "base": { "kind": "quay" }, "sections": [{ "title": "S", "fields": [
            { "id": "name", "kind": "text", "label": "Name", "required": true },
            { "id": "host", "kind": "text", "label": "Host", "lasting": true, "clean": ["trim"] },
            { "id": "depth", "kind": "integer", "label": "Depth", "per": { "update": { "blank": "null" } } },
            { "id": "auth.user", "kind": "text", "label": "User" },
            { "id": "auth.password", "kind": "secret", "label": "Password", "sent_to": ["host"] },
            { "id": "tunnel", "kind": "toggle", "label": "Tunnel" },
            {
                "id": "relays", "kind": "rows", "label": "Relays", "columns": [{ "id": "at", "kind": "text", "label": "At" }]
            },
            { "id": "relayKey", "kind": "secret", "label": "Key", "sent_to": ["relays", "tunnel"] },
            { "id": "pin", "kind": "secret", "label": "Pin", "shown": shown, "secrets": "omit", "stored": "/hasPin", "per": { "test": { "secrets": "reenter" } } },
            {
                "id": "headers", "kind": "rows", "label": "Headers", "as": "pairs", "sent_to": ["host"],
                "columns": [{ "id": "key", "kind": "text", "label": "Key" }, { "id": "value", "kind": "secret", "label": "Value" }]
            },
            { "id": "chart", "kind": "file", "label": "Chart", "part": "chart", "stored": "/chart", "secrets": "omit", "max_bytes": 9, "sent_to": [] }
        ] }] }]
    });
    let mut catalog = Registry::default();
    catalog.add(&to_engine(&bundle)).unwrap_or_else(|error| panic!("{:?}", error.diagnostics));
    catalog.entry("ports").unwrap()
}

fn record() -> Value {
    json!({
        "id": 7, "kind": "quay", "name": "North", "host": "h", "depth": 4, "auth": { "user": "u", "password": "st0red", "more": 1 }, "tunnel": true,
        "relays": [{ "at": "r1" }], "relayKey": "st0red-three", "hasPin": true, "headers": [{ "X": "st0red-too" }], "chart": "files/1"
    })
}

fn tried(opening: Value) -> Result<Form, UsageError> {
    let mut whole = json!({ "settings": { "base_url": "http://127.0.0.1:1" } });
    opening.as_object().unwrap().iter().for_each(|(word, value)| whole[word] = value.clone());
    open(&entry(), "quay", &whole)
}

fn update(values: Value) -> Form {
    tried(json!({ "operation": "update", "record": record(), "values": values })).unwrap()
}

fn step(form: &mut Form, action: Value) -> Value {
    from_engine(&form.step(&to_engine(&action)).unwrap())
}

fn set(form: &mut Form, field: &str, value: Value) {
    step(form, json!({ "do": "set", "field": field, "value": value }));
}

fn sent(form: &Form) -> Value {
    from_engine(&form.request().unwrap_or_else(|faults| panic!("{faults:?}")).body.unwrap())
}

fn errors(form: &Form) -> Vec<Value> {
    let all = form.faults().into_iter().map(|fault| from_engine(&fault));
    all.filter(|fault| fault["level"] == "error")
        .map(|fault| json!([fault["field"], fault["code"], fault["params"]["how"]]))
        .collect()
}

fn file(content: &str) -> Value {
    json!({ "name": "c.pem", "size": 3, "content": content })
}

#[test]
fn only_what_changed_is_sent_and_of_an_object_all() {
    assert_eq!(sent(&update(json!({}))), json!({}));
    assert_eq!(sent(&update(json!({ "name": "South" }))), json!({ "name": "South" }));
    assert_eq!(
        sent(&update(json!({ "auth.user": "v" }))),
        json!({ "auth": { "user": "v", "password": "st0red", "more": 1 } })
    );
    assert_eq!(sent(&update(json!({ "depth": "" }))), json!({ "depth": null }));
    // Back to what it was is no change.
    let mut form = update(json!({ "name": "South" }));
    set(&mut form, "name", json!("North"));
    assert_eq!(sent(&form), json!({}));
    // What is shown of a secret is no change either.
    assert_eq!(from_engine(&form.preview().0.unwrap().body.unwrap()), json!({}));
    let shown = from_engine(&update(json!({ "auth.user": "v" })).preview().0.unwrap().body.unwrap());
    assert_eq!(shown["auth"]["password"], "•••");
}

#[test]
fn what_the_server_keeps_cannot_be_emptied() {
    assert_eq!(
        errors(&update(json!({ "host": "" }))),
        [
            json!(["host", "lasting", null]),
            json!(["auth.password", "reenter", "moved"]),
            json!(["headers", "reenter", "moved"])
        ]
    );
    assert_eq!(errors(&tried(json!({ "values": { "name": "n" } })).unwrap()), Vec::<Value>::new());
}

#[test]
fn a_stored_secret_is_for_the_server_that_it_was_stored_for() {
    let form = update(json!({ "host": "elsewhere" }));
    assert_eq!(
        errors(&form),
        [json!(["auth.password", "reenter", "moved"]), json!(["headers", "reenter", "moved"])]
    );
    assert!(form.request().is_err());
    assert!(!form.preview().0.unwrap().body.unwrap().to_text().contains("st0red"));
    // Blanks that are not sent are no change, and what is typed anew is for the new server.
    assert_eq!(errors(&update(json!({ "host": " h " }))), Vec::<Value>::new());
    let form = update(
        json!({ "host": "elsewhere", "auth.password": "new", "headers": [{ "key": "X", "value": "newer" }] }),
    );
    assert_eq!(
        sent(&form),
        json!({ "host": "elsewhere", "auth": { "user": "u", "password": "new", "more": 1 }, "headers": [{ "X": "newer" }] })
    );
    // A row that is another one leads elsewhere, and so does a switch.
    let mut form = update(json!({}));
    step(&mut form, json!({ "do": "set", "field": "relays", "row": 0, "column": "at", "value": "r2" }));
    assert_eq!(errors(&form), [json!(["relayKey", "reenter", "moved"])]);
    step(&mut form, json!({ "do": "set", "field": "relays", "row": 0, "column": "at", "value": "r1" }));
    assert_eq!(errors(&form), Vec::<Value>::new());
    set(&mut form, "tunnel", json!(false));
    assert_eq!(errors(&form), [json!(["relayKey", "reenter", "moved"])]);
    // Removed is an answer too.
    let form = update(json!({ "host": "elsewhere", "auth.password": { "clear": true }, "headers": [] }));
    assert!(!sent(&form).to_string().contains("st0red"));
    // In a copy that keeps its secrets the same holds, and in a test.
    let copy = tried(json!({ "operation": "create", "record": record(), "values": { "host": "elsewhere" } }))
        .unwrap();
    assert_eq!(errors(&copy).len(), 2);
    let test = tried(
        json!({ "operation": "test", "record": record(), "values": { "host": "elsewhere", "pin": "1" } }),
    )
    .unwrap();
    assert_eq!(errors(&test).len(), 2);
}

#[test]
fn a_secret_that_is_told_of_but_not_shown_is_kept_by_leaving_it_out() {
    let mut form = update(json!({}));
    assert_eq!(from_engine(&form.values(false))["pin"], json!({ "keep": true }));
    assert_eq!(sent(&form), json!({}));
    set(&mut form, "pin", json!("99"));
    assert_eq!(sent(&form), json!({ "pin": "99" }));
    // A test does not know it.
    let told = step(&mut update(json!({})), json!({ "do": "test" }));
    assert_eq!(told["test"]["faults"][0]["field"], "pin");
    let mut without = record();
    without["hasPin"] = json!(false);
    assert_eq!(
        from_engine(&tried(json!({ "operation": "update", "record": without })).unwrap().values(false))
            .get("pin"),
        None
    );
}

#[test]
fn files_follow_the_save_and_are_sent_again_without_it() {
    let mut form = tried(json!({ "values": { "name": "n", "chart": file("QUJD") } })).unwrap();
    form.view();
    let save = step(&mut form, json!({ "do": "submit" }));
    assert_eq!(save["send"]["body"], json!({ "kind": "quay", "name": "n" }));
    let answer = |body: Value| json!({ "status": 200, "type": "application/json", "text": body.to_string() });
    let saved = step(
        &mut form,
        json!({ "do": "settle", "id": save["send"]["id"], "reply": answer(json!({ "id": 8, "kind": "quay", "name": "n" })) }),
    );
    assert_eq!(
        (&saved["status"]["state"], &saved["status"]["code"]),
        (&json!("done"), &json!("saved_files"))
    );
    let upload = &saved["send"];
    assert_eq!(
        (&upload["url"], &upload["multipart"], &upload["operation"]),
        (&json!("http://127.0.0.1:1/ports/8/files"), &json!(true), &json!("upload"))
    );
    assert_eq!(upload["body"], json!({ "parts": [{ "name": "chart", "file": "c.pem", "content": "QUJD" }] }));
    assert_eq!(upload["headers"], json!({ "accept": "application/json" }));
    let refused = json!({ "status": 413, "type": "application/json", "text": "{\"why\":\"too large\"}" });
    let failed = step(&mut form, json!({ "do": "settle", "id": upload["id"], "reply": refused }));
    assert_eq!(
        (&failed["status"]["code"], &failed["status"]["message"], &failed["status"]["offers"]),
        (&json!("files_failed"), &json!("too large"), &json!(["files"]))
    );
    // The form is empty: a second submit creates nothing.
    assert_eq!(step(&mut form, json!({ "do": "submit" })).get("send"), None);
    let again = step(&mut form, json!({ "do": "follow" }));
    assert_eq!((&again["send"]["body"], &again["status"]["code"]), (&upload["body"], &json!("saved_files")));
    let done = step(
        &mut form,
        json!({ "do": "settle", "id": again["send"]["id"], "reply": answer(json!({ "id": 8, "chart": "files/2" })) }),
    );
    assert_eq!(
        (&done["status"]["code"], done["status"].get("message"), done.get("send")),
        (&json!("saved"), None, None)
    );
}

#[test]
fn an_update_with_files_goes_on_with_what_the_server_holds_then() {
    let mut form = update(json!({ "chart": file("QUJD") }));
    form.view();
    let save = step(&mut form, json!({ "do": "submit" }));
    assert_eq!(save["send"]["body"], json!({}));
    let answer = |body: Value| json!({ "status": 200, "type": "application/json", "text": body.to_string() });
    let saved =
        step(&mut form, json!({ "do": "settle", "id": save["send"]["id"], "reply": answer(record()) }));
    set(&mut form, "name", json!("South"));
    let mut renewed = record();
    (renewed["chart"], renewed["depth"]) = (json!("files/2"), json!(5));
    step(&mut form, json!({ "do": "settle", "id": saved["send"]["id"], "reply": answer(renewed) }));
    // What was typed meanwhile stays; the rest is as it is saved now.
    assert_eq!(from_engine(&form.values(false))["depth"], "5");
    assert_eq!(sent(&form), json!({ "name": "South" }));
}

#[test]
fn a_test_takes_files_along() {
    let mut form = tried(json!({ "values": { "name": "n", "host": "h", "chart": file("QUJD") } })).unwrap();
    let test = step(&mut form, json!({ "do": "test" }));
    assert_eq!(test["send"]["url"], "http://127.0.0.1:1/test/quay/files");
    let parts = test["send"]["body"]["parts"].as_array().unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(parts[0]["text"].as_str().unwrap()).unwrap(),
        json!({ "kind": "quay", "name": "n", "host": "h" })
    );
    assert_eq!(
        (&parts[0]["name"], &parts[1]),
        (&json!("port"), &json!({ "name": "chart", "file": "c.pem", "content": "QUJD" }))
    );
    // Shown, it holds no content, and a shell reads the file from the disk.
    let form = tried(json!({ "operation": "test", "values": { "name": "it's", "auth.password": "pa55", "chart": file("QUJD") } })).unwrap();
    let shown = form.preview().0.unwrap().curl();
    assert!(
        shown.contains("--form-string 'port={\"kind\":\"quay\",\"name\":\"it'\\''s\"")
            && shown.contains("-F 'chart=@c.pem'"),
        "{shown}"
    );
    assert!(!shown.contains("QUJD") && !shown.contains("pa55") && !shown.contains("content-type"), "{shown}");
}

#[test]
fn a_draft_holds_what_was_typed_and_no_secret() {
    let mut form = update(json!({ "host": "elsewhere" }));
    set(&mut form, "auth.password", json!("typed"));
    set(&mut form, "chart", file("QUJD"));
    step(
        &mut form,
        json!({ "do": "set", "field": "headers", "row": 0, "column": "value", "value": "typed-too" }),
    );
    let draft = from_engine(&form.draft());
    assert_eq!(
        draft,
        json!({ "version": "1", "api": "ports", "type": "quay", "values": { "host": "elsewhere", "headers": [{ "key": "X", "value": { "keep": true } }] } })
    );
    let again = tried(
        json!({ "operation": "update", "record": record(), "draft": draft, "values": { "name": "over it" } }),
    )
    .unwrap();
    let values = from_engine(&again.values(false));
    assert_eq!((&values["host"], &values["name"]), (&json!("elsewhere"), &json!("over it")));
    // It is for this form, and what no longer fits is left out.
    for (place, other) in [("version", "2"), ("api", "docks"), ("type", "pier")] {
        let mut strange = draft.clone();
        strange[place] = json!(other);
        assert_eq!(
            tried(json!({ "draft": strange })).err().unwrap().to_string(),
            "the draft is not one of this form"
        );
    }
    let old = json!({ "version": "1", "api": "ports", "type": "quay", "values": { "gone": 1, "tunnel": "yes", "name": "kept" } });
    assert_eq!(
        from_engine(&tried(json!({ "draft": old })).unwrap().values(false)),
        json!({ "name": "kept" })
    );
}

#[test]
fn a_form_only_to_be_read_takes_nothing() {
    let mut form = tried(json!({ "operation": "update", "record": record(), "read_only": true })).unwrap();
    for view in form.view().fields.iter().map(from_engine) {
        assert_eq!((&view["enabled"], &view["required"]), (&json!(false), &json!(false)), "{view}");
    }
    for action in [
        json!({ "do": "set", "field": "name", "value": "x" }),
        json!({ "do": "add", "field": "headers" }),
        json!({ "do": "submit" }),
    ] {
        assert_eq!(form.step(&to_engine(&action)).err().unwrap().to_string(), "the form is only to be read");
    }
    assert_eq!(sent(&form), json!({}));
}

#[test]
fn a_copy_can_leave_its_secrets_out() {
    let copy = |bare: bool| {
        sent(&tried(json!({ "operation": "create", "record": record(), "without_secrets": bare })).unwrap())
    };
    assert!(copy(false).to_string().contains("st0red-too"));
    let bare = copy(true);
    assert!(!bare.to_string().contains("st0red"), "{bare}");
    assert_eq!((&bare["name"], &bare["headers"]), (&json!("North"), &json!([{ "X": "" }])));
}
