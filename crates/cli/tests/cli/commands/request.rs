//! What `request` sends and shows.

use super::*;

#[test]
fn a_request_hides_its_secrets_unless_asked() {
    let words =
        ["request", "ports", "ship", "create", "--values", "@v.json", "--setting", "base_url=http://sea/"];
    let values = json!({ "name": "Beagle", "key": "it's", "crew": "7" });
    let make = |more: &[&str]| ports(&[&words, more].concat(), &[("v.json", values.clone())]);
    let expect = |key: &str| {
        json!({
            "method": "POST", "url": "http://sea/ships", "query": [], "headers": { "accept": "application/json", "content-type": "application/json" },
            "body": { "kind": "ship", "name": "Beagle", "key": key, "crew": 7 }
        })
    };
    assert_eq!(make(&[]).json(), expect("•••"));
    assert_eq!(make(&["--reveal"]).json(), expect("it's"));
    let curl = make(&["--curl", "--reveal"]);
    assert!(
        curl.out.starts_with("curl -X POST 'http://sea/ships' \\\n") && curl.out.contains(r"it'\''s"),
        "{}",
        curl.out
    );
    assert!(!make(&["--curl"]).out.contains("it'"));
}

#[test]
fn a_request_that_cannot_be_sent_says_why_on_stderr() {
    let run = ports(
        &["request", "ports", "ship", "create", "--values", "@v.json"],
        &[("v.json", json!({ "key": "hunter2" }))],
    );
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    let faults: Value = serde_json::from_str(&run.err).unwrap();
    let codes: Vec<String> = faults
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| format!("{} {}", fault["field"], fault["code"]))
        .collect();
    assert_eq!(codes, [r#""name" "required""#, r#""base_url" "setting_missing""#]);
    assert!(!run.err.contains("hunter2"));
}

#[test]
fn a_request_without_a_form_needs_no_type() {
    let list = ports(&["request", "ports", "-", "list", "--setting", "base_url=https://sea"], &[]).json();
    assert_eq!(
        list,
        json!({ "method": "GET", "url": "https://sea/ships", "query": [], "headers": { "accept": "application/json" }, "body": null })
    );
    let delete = ports(
        &["request", "ports", "-", "delete", "--record", "@r.json", "--setting", "base_url=https://sea"],
        &[("r.json", json!({ "kind": "ship", "name": "a b" }))],
    );
    assert_eq!(delete.json()["url"], "https://sea/ships/a%20b");
    assert_eq!(delete.json()["query"], json!([["dock", "a b"]]));
}

#[test]
fn recorded_values_make_the_recorded_request() {
    let given: Value =
        serde_json::from_str(&fs::read_to_string(data("values/postgres-form.json")).unwrap()).unwrap();
    let words = [
        "request",
        "chartbrew",
        "postgres",
        "create",
        "--values",
        "-",
        "--reveal",
        "--setting",
        "base_url=http://x",
        "--setting",
        "team_id=1",
    ];
    let sent = run_with(&words, &given["values"].to_string()).json();
    let mut recorded: Value =
        serde_json::from_str(&fs::read_to_string(data("postgres-form.json")).unwrap()).unwrap();
    recorded.as_object_mut().unwrap().shift_remove("optionsArray");
    assert_eq!(sent["body"], recorded);
    assert_eq!(sent["url"], "http://x/team/1/connections");
}
