//! Records that hold a value with the name of a secret.

use super::*;

pub fn record() -> Value {
    json!({
        "id": 1, "kind": "well", "name": "Oslo", "map": { "sslpassword": "hunter2", "ssl": "on" }, "pairs": [{ "token": "hunter3" }, { "token": "hunter4" }],
        "list": [{ "header": "X-Api-Key", "value": "hunter5", "more": 1 }], "strange": [{ "name": "passwd", "value": "hunter6" }], "api_key": 77_665_544
    })
}

const HELD: [&str; 6] = ["hunter2", "hunter3", "hunter4", "hunter5", "hunter6", "77665544"];

#[test]
fn a_record_that_nobody_edits_is_written_back_as_it_stands_and_shown_masked() {
    let form = opened("well", json!({ "operation": "update", "record": record() }));
    assert_eq!(sent(&form), record());
    for held in HELD {
        assert!(!shown(&form).contains(held), "{held}: {}", shown(&form));
    }
}

#[test]
fn what_a_row_cannot_show_is_masked_by_its_name_too() {
    let record = json!({ "id": 1, "kind": "well", "map": { "token": { "nested": ["hunter2"] }, "secret": 77_665_544, "ssl": { "nested": "seen" } } });
    let form = opened("well", json!({ "operation": "update", "record": record }));
    assert_eq!(sent(&form), record);
    assert!(
        !shown(&form).contains("hunter2")
            && !shown(&form).contains("77665544")
            && shown(&form).contains("seen"),
        "{}",
        shown(&form)
    );
}

#[test]
fn what_a_load_prints_can_be_given_back() {
    let loaded =
        from_engine(&opened("well", json!({ "operation": "update", "record": record() })).values(false));
    assert_eq!(
        loaded["pairs"],
        json!([{ "key": "token", "value": { "keep": true } }, { "key": "token", "value": { "keep": true } }])
    );
    let form = opened("well", json!({ "operation": "update", "record": record(), "values": loaded }));
    assert_eq!(sent(&form), record());
    // One that is kept is masked, whatever its name is; where there is none, there is nothing.
    let rows =
        json!([{ "name": "ssl", "value": { "keep": true } }, { "name": "new", "value": { "keep": true } }]);
    let mut form =
        opened("well", json!({ "operation": "update", "record": record(), "values": { "map": rows } }));
    let masked =
        json!([{ "name": "ssl", "value": { "masked": "on" } }, { "name": "new", "value": { "masked": "" } }]);
    assert_eq!(drawn(&mut form, "map"), masked);
    assert_eq!(sent(&form)["map"]["ssl"], "on");
    let mut form = opened("well", json!({ "operation": "update", "record": record() }));
    step(&mut form, json!({ "do": "set", "field": "map", "value": rows }));
    assert_eq!(drawn(&mut form, "map"), masked);
}

#[test]
fn a_draft_is_opened_again_with_what_the_record_holds() {
    let mut form = opened("well", json!({ "operation": "update", "record": record() }));
    step(&mut form, json!({ "do": "set", "field": "map", "row": 1, "column": "value", "value": "off" }));
    let draft = from_engine(&form.draft());
    let form = opened("well", json!({ "operation": "update", "record": record(), "draft": draft }));
    assert_eq!(sent(&form)["map"], json!({ "sslpassword": "hunter2", "ssl": "off" }));
    let form = opened("well", json!({ "draft": draft }));
    assert_eq!(sent(&form)["map"], json!({ "sslpassword": "", "ssl": "off" }));
}

#[test]
fn a_copy_without_secrets_has_none_of_them() {
    let form = opened("well", json!({ "operation": "create", "record": record(), "without_secrets": true }));
    let all = [sent(&form).to_string(), form.values(true).to_text()].concat();
    assert!(HELD.iter().all(|held| !all.contains(held)), "{all}");
    assert_eq!(sent(&form)["map"], json!({ "sslpassword": "", "ssl": "on" }));
    let form = opened("well", json!({ "operation": "create", "record": record() }));
    assert_eq!(sent(&form)["map"], record()["map"]);
}
