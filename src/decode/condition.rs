//! Reads conditions, and values that depend on them.

use crate::base::text::CollectVec;
use crate::descriptor::condition::{Condition, ConditionalValue};
use crate::json::Json;
use crate::json::decoder::{BundleDecoder, Location};

/// A condition, or a plain true or false.
pub fn condition(decoder: &BundleDecoder, word: &'static str, absent: bool) -> Condition {
    match decoder.get(word) {
        None => Condition::Always(absent),
        Some(Json::Bool(value)) => Condition::Always(*value),
        Some(json) => read_condition(decoder, word, json),
    }
}

fn read_condition(decoder: &BundleDecoder, location: &str, json: &Json) -> Condition {
    let list =
        |json: &Json| json.items().iter().map(|inner| read_condition(decoder, location, inner)).collect_vec();
    let never = Condition::Always(false);
    let [(word, value)] = json.members() else {
        return decoder
            .error(
                location,
                "a condition is an object with one word: is, in, starts, filled, not, all or any",
            )
            .unwrap_or(never);
    };
    if let [Json::Text(field), wants] = value.items() {
        match (word.as_str(), wants) {
            ("is", want) => return Condition::Is(field.clone(), want.clone()),
            ("in", Json::List(wants)) => return Condition::In(field.clone(), wants.clone()),
            ("starts", Json::List(heads)) => {
                return Condition::Starts(field.clone(), heads.iter().filter_map(Json::scalar).collect_vec());
            }
            _ => {}
        }
    }
    match (word.as_str(), value) {
        ("filled", Json::Text(field)) => Condition::Filled(field.clone()),
        ("not", inner) => Condition::Not(Box::new(read_condition(decoder, location, inner))),
        ("all", Json::List(_)) => Condition::All(list(value)),
        ("any", Json::List(_)) => Condition::Any(list(value)),
        ("is" | "in" | "starts" | "filled" | "all" | "any", _) => decoder
            .error(
                location,
                &["“", word, "” is written as {\"is\": [field, value]}, {\"in\": [field, [values]]}, {\"starts\": [field, [texts]]}, {\"filled\": field}, {\"all\": [conditions]}"].concat(),
            )
            .unwrap_or(never),
        _ => decoder.unknown(location, "", word, &|| vec!["is", "in", "starts", "filled", "not", "all", "any"]).unwrap_or(never),
    }
}

/// Cases, or one plain value for all.
pub fn cases(decoder: &BundleDecoder, word: &'static str) -> Vec<ConditionalValue> {
    let always = Condition::Always(true);
    match decoder.get(word) {
        None => Vec::new(),
        Some(Json::List(items)) if items.first().is_some_and(|item| item.get("value").is_some()) => items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let case = decoder.below(Location::Item(word, index), item);
                ConditionalValue {
                    when: condition(&case, "when", true),
                    value: case.get("value").cloned().unwrap_or_default(),
                }
            })
            .collect_vec(),
        Some(Json::List(_) | Json::Map(_) | Json::Null) => decoder
            .error(word, "this must be a text, number or switch, or cases with “when” and “value”")
            .unwrap_or_default(),
        Some(value) => vec![ConditionalValue { when: always, value: value.clone() }],
    }
}
