//! Faults with their sentences, from the word table that the page uses too.

use std::sync::LazyLock;

use jackfield::fields::fault::Fault;
use jackfield::json::Json;
use serde_json::{Value, json};

use crate::files::from_engine;

static ENGLISH: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../locales/en.json")).unwrap_or_default());

static PASTE: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../locales/paste.en.json")).unwrap_or_default()
});

/// Faults as the command line prints them.
pub fn faults(faults: &[Fault]) -> Value {
    Value::Array(faults.iter().map(told).collect())
}

fn told(fault: &Fault) -> Value {
    let mut json = from_engine(&fault);
    let sentence = sentence(fault.code.as_str(), &fault.params).or_else(|| sentence("other", &[]));
    json["message"] = Value::from(sentence.unwrap_or_default());
    json
}

/// What no field takes of a pasted text, in the words of its form.
pub fn left(left: &Value) -> String {
    if let Some(label) = left["label"].as_str() {
        return label.to_owned();
    }
    let (word, count) =
        (left["word"].as_str().unwrap_or_default(), left["count"].as_u64().unwrap_or_default());
    let find = |key: String| PASTE.get(&key).and_then(Value::as_str);
    let one = if count == 1 { find(format!("element.left.{word}.one")) } else { None };
    one.or_else(|| find(format!("element.left.{word}")))
        .unwrap_or_default()
        .replace("{count}", &count.to_string())
}

/// What to look at again in a field that was filled, as a fault.
pub fn warning(warning: &Value) -> Value {
    let mut fault = warning.clone();
    fault["level"] = json!("warning");
    let key = format!("fault.{}", warning["code"].as_str().unwrap_or_default());
    fault["message"] = PASTE.get(&key).unwrap_or(&ENGLISH[&key]).clone();
    fault
}

/// The sentence of a code with its parameters put in; `<code>.one` where `min` is 1, `<code>.<how>` where it says how.
fn sentence(code: &str, params: &[(&'static str, Json)]) -> Option<String> {
    let find = |key: String| ENGLISH.get(&key).and_then(Value::as_str);
    let single =
        params.iter().any(|(name, value)| matches!(*name, "min" | "count") && *value == Json::Number(1.0));
    let how = params.iter().find(|(name, _)| *name == "how").and_then(|(_, value)| value.scalar());
    let one =
        how.or_else(|| single.then(|| "one".to_owned())).and_then(|how| find(format!("fault.{code}.{how}")));
    let mut text = one.or_else(|| find(format!("fault.{code}")))?.to_owned();
    for (name, value) in params {
        let shown = match value {
            Json::Number(bytes) if code.ends_with("_size") => size(*bytes),
            value => value.scalar().unwrap_or_default(),
        };
        text = text.replace(&format!("{{{name}}}"), &shown);
    }
    Some(text)
}

/// Bytes as people read them.
fn size(bytes: f64) -> String {
    match bytes {
        ..1e3 => format!("{bytes} B"),
        ..1e6 => format!("{:.1} kB", bytes / 1e3),
        _ => format!("{:.1} MB", bytes / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, params: &[(&'static str, Json)], expect: &str) {
        assert_eq!(sentence(code, params).as_deref(), Some(expect));
    }

    #[test]
    fn parameters_are_put_in() {
        check("minimum", &[("min", Json::Number(1024.0))], "Enter 1024 or more.");
        check("rule", &[("say", Json::text("Leave the port empty."))], "Leave the port empty.");
    }

    #[test]
    fn one_has_a_sentence_of_its_own() {
        check("min_rows", &[("min", Json::Number(1.0))], "Add at least one row.");
        check("min_rows", &[("min", Json::Number(2.0))], "Add rows until there are 2.");
    }

    #[test]
    fn sizes_are_for_people() {
        assert_eq!([12.0, 102_400.0, 2_500_000.0].map(size), ["12 B", "102.4 kB", "2.5 MB"]);
    }
}
