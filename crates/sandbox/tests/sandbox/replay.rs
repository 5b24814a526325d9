//! The lenient sandbox answers what the real server answered.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::Path;

use crate::common::{self, Answer, Part, Sandbox};
use serde_json::{Value, json};

const HEADERS: [&str; 5] = [
    "vary",
    "access-control-allow-origin",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "content-type",
];

/// The id that the real server gave, and the one that the sandbox gave to the same row.
type Ids = BTreeMap<i64, i64>;

#[test]
fn every_recorded_exchange() {
    let sandbox = Sandbox::with_token(&["--lenient", "--quiet"]);
    let database = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = database.local_addr().expect("an address").port().to_string();
    let (record, list) = (common::contract("chartbrew/record.json"), common::contract("chartbrew/list.json"));
    let mut files: Vec<_> = fs::read_dir(common::data("chartbrew"))
        .expect("the exchanges")
        .map(|file| file.expect("a file").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() > 160, "{} exchanges", files.len());

    let mut ids = Ids::new();
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let exchange = read(&file, &port);
        let want = &exchange["response"];
        let got = replay(&sandbox, &exchange["request"], is_answered(want), &ids);
        assert_eq!(json!(got.status), want["status"], "{name}: {}", got.body);
        for header in HEADERS {
            assert_eq!(
                got.header(header).map(Value::from),
                want["headers"].get(header).cloned(),
                "{name}: {header}"
            );
        }
        let Value::String(text) = &want["body"] else {
            let (mut got, mut want) = (got.json(), want["body"].clone());
            match &got {
                Value::Array(_) => common::assert_valid(&list, &got, &name),
                Value::Object(members) if members.contains_key("hasSshPassword") => {
                    common::assert_valid(&record, &got, &name);
                    ids.extend(want["id"].as_i64().zip(got["id"].as_i64()));
                }
                _ => (),
            }
            if got.is_array() {
                let order: Vec<_> =
                    got.as_array().into_iter().flatten().map(|row| row["createdAt"].to_string()).collect();
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

/// The recorded databases listened at ports of their own; here one does, and nothing where none did.
fn read(file: &Path, port: &str) -> Value {
    let mut text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    for (recorded, here) in [("55432", port), ("53306", port), ("54080", "1")] {
        text = text.replace(recorded, here);
    }
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A page that says that the route does not exist repeats the id in it.
fn is_answered(want: &Value) -> bool {
    want["status"] != 404 || !want["body"].is_string()
}

fn replay(sandbox: &Sandbox, request: &Value, is_answered: bool, ids: &Ids) -> Answer {
    let method = request["method"].as_str().expect("a method");
    let path = request["path"].as_str().expect("a path");
    let path = if is_answered { with_own_id(path, ids) } else { path.to_owned() };
    let mut headers: Vec<(String, String)> = request["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            (name.clone(), value.as_str().unwrap_or_default().replace("<token>", common::TOKEN))
        })
        .collect();
    if request["body"].get("multipart").is_some() {
        headers.push(("Content-Type".to_owned(), common::FORM.to_owned()));
    }
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sandbox.ask(
        method,
        &format!("/chartbrew{path}"),
        &headers,
        body(method, &request["body"], ids).as_deref(),
    )
}

fn with_own_id(path: &str, ids: &Ids) -> String {
    let words = path.split('/').enumerate().map(|(place, word)| match (place, word.parse()) {
        (4, Ok(id)) => ids.get(&id).unwrap_or(&id).to_string(),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join("/")
}

fn body(method: &str, recorded: &Value, ids: &Ids) -> Option<String> {
    if let Some(parts) = recorded["multipart"].as_array() {
        let parts: Vec<Part> = parts.iter().map(part).collect();
        return Some(common::form(&parts));
    }
    match recorded {
        Value::Null => None,
        Value::String(words) => Some(large(words).unwrap_or_else(|| words.clone())),
        Value::Object(members) if method == "PUT" => {
            let mut members = members.clone();
            if let Some(id) = members.get_mut("id") {
                *id = json!(id.as_i64().map(|one| ids.get(&one).copied().unwrap_or(one)));
            }
            Some(Value::Object(members).to_string())
        }
        value => Some(value.to_string()),
    }
}

/// "<150083 bytes JSON>"
fn large(words: &str) -> Option<String> {
    let (length, _) = words.strip_prefix('<')?.split_once(" bytes")?;
    Some(json!({ "name": "x".repeat(length.parse::<usize>().ok()? - 11) }).to_string())
}

/// "@ca.pem" is a file.
fn part(recorded: &Value) -> Part<'_> {
    let (name, value) =
        (recorded["name"].as_str().expect("a name"), recorded["value"].as_str().expect("a value"));
    match value.strip_prefix('@') {
        Some("empty.bin") => Part(name, "", true),
        Some(_) => Part(name, "-----BEGIN CERTIFICATE-----\n", true),
        None => Part(name, value, false),
    }
}

/// The exchanges are replayed in the order of their names, so the lists differ in theirs.
fn by_id(rows: &mut Value, id: impl Fn(i64) -> i64) {
    rows.as_array_mut().expect("a list").sort_by_key(|row| id(row["id"].as_i64().expect("an id")));
}

/// What no two servers share: ids, times, names of files, and what a database near the real one let it find out.
fn set_aside(body: &mut Value) {
    match body {
        Value::Array(rows) => rows.iter_mut().for_each(set_aside),
        Value::Object(members) => {
            let is_sql = members.get("type").is_some_and(|kind| kind == "postgres" || kind == "mysql");
            members.retain(|name, _| {
                !(matches!(name.as_str(), "id" | "createdAt" | "updatedAt") || is_sql && name == "schema")
            });
            for path in members.values_mut().filter(|value| value.as_str().is_some_and(is_stored_file)) {
                *path = json!("a file");
            }
            if members
                .get("name")
                .is_some_and(|name| name.as_str().is_some_and(|name| name.starts_with("Sequelize")))
            {
                set_aside_statement(members);
            }
        }
        _ => (),
    }
}

fn is_stored_file(path: &str) -> bool {
    path.strip_prefix(".connectionFiles/")
        .is_some_and(|name| name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What a page could read from a refusal stays; the statement and the values in it go.
fn set_aside_statement(members: &mut serde_json::Map<String, Value>) {
    for parent in ["parent", "original"] {
        if let Some(Value::Object(parent)) = members.get_mut(parent) {
            parent.retain(|name, _| matches!(name.as_str(), "name" | "severity" | "code" | "routine"));
        }
    }
    for error in members
        .get_mut("errors")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        error.retain(|name, _| {
            matches!(name.as_str(), "message" | "type" | "path" | "origin" | "validatorKey")
        });
    }
    members.retain(|name, _| !matches!(name.as_str(), "sql" | "parameters"));
}
