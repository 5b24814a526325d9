//! The cases of `cases/`: a text and its parts, or where and why it cannot be read.
//! What is marked canonical is built as it was written; everything that was read is built so that it reads back equal.
//! A case without a form is read as a page does it, and a lenient one so that unknown parameters are kept.

use std::fs;

use jackfield_strings::{Json, Reading, build_as, dialects, from_parts, read_as, to_parts};
use serde_json::{Value, json};

#[test]
fn cases_hold() {
    let mut wrong = Vec::new();
    for (dialect, _) in dialects() {
        let file = format!("{}/tests/cases/{dialect}.json", env!("CARGO_MANIFEST_DIR"));
        let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        assert!(!cases.is_empty(), "{dialect}");
        for case in &cases {
            if let Some(found) = miss(dialect, case) {
                wrong.push(format!("{dialect} {}: {found}", case["text"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not as the case says.
fn miss(dialect: &str, case: &Value) -> Option<String> {
    let text = case["text"].as_str()?;
    let reading = Reading { form: case["form"].as_str(), lenient: case["lenient"] == true };
    let (parts, form) = match read_as(dialect, &reading, text) {
        Ok(found) => found,
        Err(found) => {
            let found = json!({ "at": found.at, "reason": found.reason.code() });
            return (found["at"] != case["at"] || found["reason"] != case["reason"])
                .then(|| found.to_string());
        }
    };
    let mut shown = String::new();
    from_parts(&parts).write(&mut shown);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    if shown != case["parts"] {
        return Some(shown.to_string());
    }
    // Parts go through JSON unharmed, but for the place of a parameter that repeats.
    if to_parts(&Json::parse(&shown.to_string())?).is_err() {
        return Some("its JSON is not read back".to_owned());
    }
    match build_as(dialect, &Reading { form: Some(form), ..reading }, &parts) {
        Ok(built) if case["canonical"] == true && built != text => Some(format!("built {built}")),
        Ok(_) => None,
        Err(found) => Some(format!("not built: {}", found.reason.code())),
    }
}
