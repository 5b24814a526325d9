//! Texts as people paste them, from `tests/data/paste/`: what the command line makes of each, and that it keeps the secrets to itself.
//! Whatever is a secret in a case has the word `canary` in it, or stands in a field for one.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::{Described, shipped};

/// Every case with the name of its file.
fn cases() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/paste");
    let mut cases = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let file: Vec<Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        cases.extend(file.into_iter().map(|case| (name.clone(), case)));
    }
    cases
}

/// Runs the command line: exit code, stdout and stderr.
fn run(words: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_jackfield")).args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn word<'c>(case: &'c Value, name: &str) -> &'c str {
    case[name].as_str().unwrap_or_default()
}

fn paste(case: &Value, reveal: bool) -> (i32, String, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("values.json");
    let mut words = vec!["paste", word(case, "api"), word(case, "type"), "--text", word(case, "text")];
    let path = file.to_string_lossy();
    if case.get("values").is_some() {
        std::fs::write(&file, case["values"].to_string()).unwrap();
        words.extend(["--values", &path]);
    }
    words.extend(reveal.then_some("--reveal"));
    run(&words)
}

/// What is printed of a case that is read: messages are left out of warnings, as their codes tell.
fn answer(case: &Value, filled: Value) -> Value {
    let faults = case["warnings"].as_array().unwrap().iter().map(|warning| {
        let mut fault = warning.clone();
        fault["level"] = json!("warning");
        fault
    });
    json!({ "values": filled, "unwrapped": case["unwrapped"], "left": case["left"], "warnings": faults.collect::<Vec<_>>() })
}

fn printed(out: &str) -> Value {
    let mut answer: Value = serde_json::from_str(out).unwrap_or_default();
    for fault in answer["warnings"].as_array_mut().into_iter().flatten() {
        let message = fault.as_object_mut().unwrap().remove("message");
        assert!(message.is_some_and(|message| message.as_str().is_some_and(|message| !message.is_empty())));
    }
    answer
}

/// The ids of the fields that hold secrets, as the library describes the type.
fn secret_fields(case: &Value, types: &[Described]) -> Vec<String> {
    let found = types
        .iter()
        .find(|described| described.api == word(case, "api") && described.id == word(case, "type"))
        .unwrap();
    let described: Value = serde_json::from_str(&found.json).unwrap();
    let sections = described["sections"].as_array().unwrap().iter();
    let fields = sections.flat_map(|section| section["fields"].as_array().unwrap());
    fields
        .filter(|field| field["kind"] == "secret" || field["secret"] == true)
        .map(|field| field["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The values of a case as they are printed without `--reveal`.
fn masked(case: &Value, types: &[Described]) -> Value {
    let secret = secret_fields(case, types);
    let mut filled = case["filled"].clone();
    for (id, value) in filled.as_object_mut().unwrap() {
        mask(value, secret.contains(id));
    }
    filled
}

fn mask(value: &mut Value, secret: bool) {
    match value {
        Value::String(text) if secret || text.contains("canary") => *text = "•••".to_owned(),
        Value::Array(rows) => rows.iter_mut().for_each(|row| mask(row, secret)),
        Value::Object(cells) => cells.values_mut().for_each(|cell| mask(cell, secret)),
        _ => (),
    }
}

/// What is wrong with a case.
fn play(case: &Value, types: &[Described]) -> Vec<String> {
    let mut wrong = Vec::new();
    for reveal in [true, false] {
        let (code, out, err) = paste(case, reveal);
        if !reveal && [&out, &err].iter().any(|text| text.contains("canary")) {
            wrong.push("A secret is printed.".to_owned());
        }
        let (found, expected) = if case.get("code").is_some() {
            let mut refusal: Value = serde_json::from_str(&err).unwrap_or_default();
            let reason = refusal.as_object_mut().and_then(|refusal| refusal.remove("reason"));
            let is_sentence =
                reason.is_some_and(|reason| reason.as_str().is_some_and(|reason| reason.ends_with('.')));
            let expected = (1, "", json!({ "at": case["at"], "code": case["code"] }), true);
            ((code, out.as_str(), refusal, is_sentence), expected)
        } else {
            let filled = if reveal { case["filled"].clone() } else { masked(case, types) };
            ((code, err.as_str(), printed(&out), true), (0, "", answer(case, filled), true))
        };
        if found != expected {
            wrong.push(format!("with reveal {reveal}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    wrong
}

#[test]
fn every_text_fills_what_its_case_says() {
    let (cases, types) = (cases(), shipped());
    assert!(cases.len() >= 60);
    let next = AtomicUsize::new(0);
    let turn = || {
        let mut wrong = Vec::new();
        while let Some((file, case)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            wrong.extend(
                play(case, &types)
                    .iter()
                    .map(|what| format!("{file}: {} {:?}\n{what}", word(case, "type"), word(case, "text"))),
            );
        }
        wrong
    };
    let wrong = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(turn)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
