//! Datafor's contracts take every documented body that fits its table, and name what is wrong with a broken one.

use std::path::PathBuf;

use crate::common::{self, Sandbox, read, root};
use serde_json::{Value, json};

const API: &str = "/datafor/plugin/datafor-modeler/api/connection";

fn all(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("tests/data/datafor").join(folder))
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    files
}

/// The answer to a documented body, or to what became of it.
fn sent(sandbox: &Sandbox, operation: &str, body: &Value) -> Value {
    let method = if operation == "test" { "PUT" } else { "POST" };
    let answer = sandbox.call(method, &format!("{API}/{operation}"), Some(body));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn complaints(answer: &Value) -> Value {
    answer["msg"].as_str().expect("words").split("; ").collect()
}

#[test]
fn every_documented_body_that_fits_is_taken() {
    let sandbox = Sandbox::with_token(&[]);
    let mut taken = 0;
    for file in all("bodies") {
        let documented = read(&file);
        let operation = documented["operation"].as_str().expect("an operation");
        let contract = common::contract(&format!("datafor/{operation}.json"));
        common::assert_valid(&contract, &documented["body"], &documented["source"].to_string());
        assert!(!contract.is_valid(&json!({})), "a contract that takes everything judges nothing");
        sent(&sandbox, operation, &documented["body"]);
        taken += 1;
    }
    assert_eq!(taken, 5);
    let (_, stderr) = sandbox.end();
    assert!(!stderr.contains("breaks the contract"), "{stderr}");
}

#[test]
fn the_documented_answers_fit_or_say_less() {
    let mut fit = 0;
    for file in all("answers") {
        let documented = read(&file);
        let answer: Value = serde_json::from_str(documented["text"].as_str().expect("text")).expect("JSON");
        let contract = match documented["operation"].as_str().expect("an operation") {
            "list" => "list",
            "get" => "get",
            "test" => "tested",
            _ => "done",
        };
        let is_valid = common::contract(&format!("datafor/answers/{contract}.json")).is_valid(&answer);
        // Two of the newer pages shorten a connection.
        let is_short = ["list--2026", "get--2026"].iter().any(|name| file.ends_with(format!("{name}.json")));
        assert_eq!(is_valid, !is_short, "{}", file.display());
        fit += usize::from(is_valid);
    }
    assert_eq!(fit, 9);
}

/// `{from, change, without, want}`: a body of the documentation, members at pointers, and every complaint in order.
#[test]
fn what_breaks_a_contract_is_named() {
    let sandbox = Sandbox::with_token(&[]);
    let mut lines = Vec::new();
    for case in read(&common::data("datafor.json")).as_array().expect("cases") {
        let documented =
            read(&root().join(format!("tests/data/datafor/{}.json", case["from"].as_str().expect("a file"))));
        let operation = documented["operation"].as_str().expect("an operation");
        let mut body = documented["body"].clone();
        for pointer in case["without"].as_array().into_iter().flatten() {
            let (parent, member) =
                pointer.as_str().and_then(|pointer| pointer.rsplit_once('/')).expect("a pointer");
            let gone = body
                .pointer_mut(parent)
                .and_then(Value::as_object_mut)
                .and_then(|parent| parent.remove(member));
            assert!(gone.is_some(), "{pointer} is not in {}", case["from"]);
        }
        for (pointer, value) in case["change"].as_object().into_iter().flatten() {
            let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
            body.pointer_mut(parent).expect("a parent")[member] = value.clone();
        }
        let answer = sent(&sandbox, operation, &body);
        assert_eq!((&answer["success"], &answer["code"]), (&json!(false), &json!("500")));
        assert_eq!(
            complaints(&answer),
            case["want"],
            "{}: {} {}",
            case["from"],
            case["change"],
            case["without"]
        );
        let method = if operation == "test" { "PUT" } else { "POST" };
        lines.extend(
            answer["msg"]
                .as_str()
                .into_iter()
                .flat_map(|text| text.split("; "))
                .map(|say| format!("breaks the contract of {method} {API}/{operation}: {say}\n")),
        );
    }
    let (_, stderr) = sandbox.end();
    for line in lines {
        assert!(stderr.contains(&line), "{line}");
    }
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn what_a_table_does_not_require_may_be_left_out() {
    for (name, members) in [
        ("assembled-update", ["SQLServerInstance", "changed", "connectSql", "CUSTOM_URL"].as_slice()),
        ("docs-2025-02-test", &["SQLServerInstance", "CUSTOM_URL", "CUSTOM_DRIVER_CLASS"]),
    ] {
        let documented = read(&root().join(format!("tests/data/datafor/bodies/{name}.json")));
        let mut body = documented["body"].clone();
        body.as_object_mut().expect("an object").retain(|member, _| !members.contains(&member.as_str()));
        common::assert_valid(
            &common::contract(&format!(
                "datafor/{}.json",
                documented["operation"].as_str().expect("an operation")
            )),
            &body,
            name,
        );
    }
}

/// What a table calls null and describes as text.
#[test]
fn null_or_text_where_the_tables_contradict_themselves() {
    for (operation, members) in [
        ("assembled-add", ["SQLServerInstance", "CUSTOM_URL", "CUSTOM_DRIVER_CLASS"].as_slice()),
        ("assembled-update", &["SQLServerInstance", "CUSTOM_URL", "password"]),
        ("docs-2025-02-test", &["SQLServerInstance", "CUSTOM_URL", "CUSTOM_DRIVER_CLASS", "password", "id"]),
    ] {
        let documented = read(&root().join(format!("tests/data/datafor/bodies/{operation}.json")));
        let contract = common::contract(&format!(
            "datafor/{}.json",
            documented["operation"].as_str().expect("an operation")
        ));
        for member in members {
            for value in [Value::Null, json!("text"), json!("")] {
                let mut body = documented["body"].clone();
                body[*member] = value;
                common::assert_valid(&contract, &body, member);
            }
            let mut body = documented["body"].clone();
            body[*member] = json!(5);
            assert!(!contract.is_valid(&body), "{operation} {member}");
        }
    }
}
