//! The lenient sandbox answers what the real server answered.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Answer, Sandbox};
use serde_json::{Value, json};

const HEADERS: [&str; 5] = ["vary", "access-control-allow-origin", "access-control-allow-methods", "access-control-allow-headers", "content-type"];

#[test]
fn every_recorded_exchange() {
    let sandbox = Sandbox::with_token(&["--lenient", "--quiet"]);
    let (record, list) = (common::contract("chartbrew/record.json"), common::contract("chartbrew/list.json"));
    let mut files: Vec<_> = fs::read_dir(common::data("chartbrew")).expect("the exchanges").map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() > 80, "{} exchanges", files.len());

    // The id that the real server gave, and the one that the sandbox gave to the same row.
    let mut ids = BTreeMap::new();
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let exchange = common::read(&file);
        let want = &exchange["response"];
        let got = replay(&sandbox, &exchange["request"], want["status"] == 200, &ids);
        assert_eq!(json!(got.status), want["status"], "{name}: {}", got.body);
        for header in HEADERS {
            assert_eq!(got.header(header).map(Value::from), want["headers"].get(header).cloned(), "{name}: {header}");
        }
        let Value::String(text) = &want["body"] else {
            let (mut got, mut want) = (got.json(), want["body"].clone());
            match &got {
                Value::Array(_) => common::assert_valid(&list, &got, &name),
                Value::Object(members) if members.contains_key("hasSshPassword") => {
                    common::assert_valid(&record, &got, &name);
                    ids.insert(want["id"].as_i64(), got["id"].as_i64());
                }
                _ => (),
            }
            if got.is_array() {
                let order: Vec<_> = got.as_array().into_iter().flatten().map(|row| row["createdAt"].to_string()).collect();
                assert!(order.is_sorted_by(|newer, older| newer >= older), "{name}: newest first");
                by_id(&mut want, |id| ids[&id]);
                by_id(&mut got, |id| id);
            }
            set_aside(&mut got);
            set_aside(&mut want);
            assert_eq!(got, want, "{name}");
            continue;
        };
        assert_eq!(&got.body, text, "{name}");
    }
}

fn replay(sandbox: &Sandbox, request: &Value, is_found: bool, ids: &BTreeMap<Option<i64>, Option<i64>>) -> Answer {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let path = request["path"].as_str().expect("a path");
    let path = match path.rsplit_once('/').map(|(start, id)| (start, id.parse().ok())) {
        Some((start, Some(id))) if is_found => format!("{start}/{}", ids[&Some(id)].expect("an id")),
        _ => path.to_owned(),
    };
    let headers: Vec<(String, String)> = request["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().replace("<token>", common::TOKEN)))
        .collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let body = match &request["body"] {
        Value::Null => None,
        Value::String(words) if words.starts_with("<150083 bytes") => Some(json!({ "name": "x".repeat(150_083 - 11) }).to_string()),
        value @ Value::String(_) => text(value),
        value => Some(value.to_string()),
    };
    sandbox.ask(request["method"].as_str().expect("a method"), &format!("/chartbrew{path}"), &headers, body.as_deref())
}

/// The exchanges are replayed in the order of their names, so the lists differ in theirs.
fn by_id(rows: &mut Value, id: impl Fn(Option<i64>) -> Option<i64>) {
    rows.as_array_mut().expect("a list").sort_by_key(|row| id(row["id"].as_i64()));
}

/// What no two servers share: ids, times, and what a database near the real one let it find out.
fn set_aside(body: &mut Value) {
    match body {
        Value::Array(rows) => rows.iter_mut().for_each(set_aside),
        Value::Object(members) => {
            let is_sql = members.get("type").is_some_and(|kind| kind == "postgres" || kind == "mysql");
            members.retain(|name, _| !(matches!(name.as_str(), "id" | "createdAt" | "updatedAt") || is_sql && name == "schema"));
            if members.get("name").is_some_and(|name| name.as_str().is_some_and(|name| name.starts_with("Sequelize"))) {
                set_aside_statement(members);
            }
        }
        _ => (),
    }
}

/// What a page could read from a refusal stays; the statement and the values in it go.
fn set_aside_statement(members: &mut serde_json::Map<String, Value>) {
    for parent in ["parent", "original"] {
        if let Some(Value::Object(parent)) = members.get_mut(parent) {
            parent.retain(|name, _| matches!(name.as_str(), "name" | "severity" | "code" | "routine"));
        }
    }
    for error in members.get_mut("errors").and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut) {
        error.retain(|name, _| matches!(name.as_str(), "message" | "type" | "path" | "origin" | "validatorKey"));
    }
    members.retain(|name, _| !matches!(name.as_str(), "sql" | "parameters"));
}
