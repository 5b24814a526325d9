//! Rows whose names are those of secrets, on the command line: printed only where that is asked for.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Runs the command line; `@name` is the file of that name.
fn run(words: &[&str], files: &[(&str, Value)]) -> Output {
    let folder = TempDir::new().unwrap();
    for (name, json) in files {
        fs::write(folder.path().join(name), json.to_string()).unwrap();
    }
    let word = |word: &&str| {
        word.strip_prefix('@').map_or_else(
            || (*word).to_owned(),
            |name| folder.path().join(name).to_string_lossy().into_owned(),
        )
    };
    Command::new(env!("CARGO_BIN_EXE_jackfield")).args(words.iter().map(word)).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), &output.stderr].concat()).unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", text(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn values() -> Value {
    let options = json!([
        { "key": "tlsCertificateKeyFilePassword", "value": "hunter2" },
        { "key": "strange", "value": { "masked": "hunter3" } },
        { "key": "appName", "value": "shop" }
    ]);
    json!({ "name": "Shop", "mode": "form", "host": "h", "dbName": "shop", "username": "u", "password": "hunter4", "options": options })
}

#[test]
fn a_request_shows_them_masked_unless_asked() {
    let words = [
        "request",
        "chartbrew",
        "mongodb",
        "create",
        "--values",
        "@v.json",
        "--setting",
        "base_url=http://x",
        "--setting",
        "team_id=1",
    ];
    let make = |more: &[&str]| run(&[&words, more].concat(), &[("v.json", values())]);
    let options = |one: &str, two: &str| json!([{ "tlsCertificateKeyFilePassword": one }, { "strange": two }, { "appName": "shop" }]);
    assert_eq!(json(&make(&[]))["body"]["options"], options("•••", "•••"));
    assert_eq!(json(&make(&["--reveal"]))["body"]["options"], options("hunter2", "hunter3"));
    assert!(!text(&make(&["--curl"])).contains("hunter"));
}

#[test]
fn a_load_keeps_them_and_takes_them_back() {
    let record = json!({
        "id": 2, "team_id": 1, "type": "mongodb", "subType": "mongodb", "name": "Shop", "host": "h", "dbName": "shop", "connectionString": "", "srv": false,
        "options": [{ "authSource": "admin" }, { "sslpassword": "hunter2" }, { "AWS_SESSION_TOKEN": "hunter3" }]
    });
    let load = |more: &[&str]| {
        json(&run(
            &[&["load", "chartbrew", "--record", "@r.json"], more].concat(),
            &[("r.json", record.clone())],
        ))["values"]
            .clone()
    };
    let keep = json!({ "keep": true });
    let kept = json!([{ "key": "authSource", "value": "admin" }, { "key": "sslpassword", "value": keep }, { "key": "AWS_SESSION_TOKEN", "value": keep }]);
    assert_eq!(load(&[])["options"], kept);
    assert_eq!(load(&["--reveal"])["options"][1], json!({ "key": "sslpassword", "value": "hunter2" }));

    let mut values = json!({ "options": kept });
    values["options"][0]["value"] = json!("other");
    let words = [
        "request",
        "chartbrew",
        "-",
        "update",
        "--record",
        "@r.json",
        "--values",
        "@v.json",
        "--reveal",
        "--setting",
        "base_url=http://x",
    ];
    let made = json(&run(&words, &[("r.json", record.clone()), ("v.json", values)]));
    assert_eq!(
        made["body"],
        json!({ "options": [{ "authSource": "other" }, { "sslpassword": "hunter2" }, { "AWS_SESSION_TOKEN": "hunter3" }] })
    );
}

#[test]
fn what_is_wrong_is_said_without_a_value() {
    let (name, value) = ("x".repeat(300), "hunter2\u{1}".repeat(40));
    for (kind, wrong) in [
        (
            "mongodb",
            json!({ "mode": "form", "port": "hunter2", "password": "hunter2", "options": [{ "key": "", "value": "hunter2" }, { "key": "token", "value": "" }] }),
        ),
        ("mongodb", json!({ "mode": "string", "name": name, "connectionString": value })),
        (
            "mysql",
            json!({ "mode": "form", "host": "hunter2 hunter2", "port": "hunter2", "sslCa": { "name": "hunter2.txt", "size": 5, "content": "hunter2" } }),
        ),
        (
            "strapi",
            json!({ "host": "hunter2", "options": [{ "key": "Authorization", "value": "" }, { "key": "Authorization", "value": "hunter2" }] }),
        ),
    ] {
        let checked = run(&["check", "chartbrew", kind, "--values", "@v.json"], &[("v.json", wrong.clone())]);
        let told = text(&checked);
        assert!(checked.status.code().is_some_and(|code| code > 0) && !told.is_empty(), "{kind}");
        assert!(!told.contains("hunter2"), "{told}");
    }
    // A value of the wrong shape is not repeated either.
    for wrong in [
        json!({ "options": [{ "key": "token", "value": ["hunter2"] }] }),
        json!({ "port": ["hunter2"] }),
        json!({ "options": { "token": "hunter2" } }),
    ] {
        let checked = run(&["check", "chartbrew", "mongodb", "--values", "@v.json"], &[("v.json", wrong)]);
        assert!(
            checked.status.code() == Some(2) && !text(&checked).contains("hunter2"),
            "{}",
            text(&checked)
        );
    }
}
