//! Reads conditions, and values that depend on them.

use crate::base::text::Gather;
use crate::descriptor::condition::{Case, Condition};
use crate::json::Json;
use crate::json::decoder::{Place, Words};

/// A condition, or a plain true or false.
pub fn condition(reader: &Words, word: &'static str, absent: bool) -> Condition {
    match reader.word(word) {
        None => Condition::Always(absent),
        Some(Json::Bool(value)) => Condition::Always(*value),
        Some(json) => read_condition(reader, word, json),
    }
}

fn read_condition(reader: &Words, place: &str, json: &Json) -> Condition {
    let list = |json: &Json| json.items().iter().map(|inner| read_condition(reader, place, inner)).gather();
    let never = Condition::Always(false);
    let [(word, value)] = json.members() else {
        return reader
            .wrong(place, "a condition is an object with one word: is, in, starts, filled, not, all or any")
            .unwrap_or(never);
    };
    if let [Json::Text(field), wants] = value.items() {
        match (word.as_str(), wants) {
            ("is", want) => return Condition::Is(field.clone(), want.clone()),
            ("in", Json::List(wants)) => return Condition::In(field.clone(), wants.clone()),
            ("starts", Json::List(heads)) => {
                return Condition::Starts(field.clone(), heads.iter().filter_map(Json::scalar).gather());
            }
            _ => {}
        }
    }
    match (word.as_str(), value) {
        ("filled", Json::Text(field)) => Condition::Filled(field.clone()),
        ("not", inner) => Condition::Not(Box::new(read_condition(reader, place, inner))),
        ("all", Json::List(_)) => Condition::All(list(value)),
        ("any", Json::List(_)) => Condition::Any(list(value)),
        ("is" | "in" | "starts" | "filled" | "all" | "any", _) => reader
            .wrong(
                place,
                &["“", word, "” is written as {\"is\": [field, value]}, {\"in\": [field, [values]]}, {\"starts\": [field, [texts]]}, {\"filled\": field}, {\"all\": [conditions]}"].concat(),
            )
            .unwrap_or(never),
        _ => reader.strange(place, "", word, &|| vec!["is", "in", "starts", "filled", "not", "all", "any"]).unwrap_or(never),
    }
}

/// Cases, or one plain value for all.
pub fn cases(reader: &Words, word: &'static str) -> Vec<Case> {
    let always = Condition::Always(true);
    match reader.word(word) {
        None => Vec::new(),
        Some(Json::List(items)) if items.first().is_some_and(|item| item.get("value").is_some()) => items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let case = reader.below(Place::Item(word, index), item);
                Case {
                    when: condition(&case, "when", true),
                    value: case.word("value").cloned().unwrap_or_default(),
                }
            })
            .gather(),
        Some(Json::List(_) | Json::Map(_) | Json::Null) => reader
            .wrong(word, "this must be a text, number or switch, or cases with “when” and “value”")
            .unwrap_or_default(),
        Some(value) => vec![Case { when: always, value: value.clone() }],
    }
}
