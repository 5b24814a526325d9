//! What holds for one operation: `per` of a type and of its fields, laid over.

use crate::base::text::CollectVec;
use crate::json::Json;

/// The id that a type gives itself.
pub fn id_of(json: &Json) -> &str {
    json.get("id").and_then(Json::as_str).unwrap_or_default()
}

/// What holds for one operation: `per` of the type and of each field, laid over.
pub fn for_operation(json: &Json, operation: &str) -> Json {
    let mut json = laid_over(json, operation);
    if let Json::Map(members) = &mut json {
        for (_, sections) in members.iter_mut().filter(|(word, _)| word == "sections") {
            let Json::List(sections) = sections else { continue };
            for section in sections {
                let fields: Vec<Json> = section.get("fields").map(Json::items).unwrap_or_default().to_vec();
                let here =
                    |field: &Json| field.get("per").and_then(|per| per.get(operation)) != Some(&Json::Null);
                section.put(
                    "/fields",
                    Json::List(
                        fields
                            .iter()
                            .filter(|field| here(field))
                            .map(|field| laid_over(field, operation))
                            .collect_vec(),
                    ),
                );
            }
        }
    }
    json
}

fn laid_over(json: &Json, operation: &str) -> Json {
    let mut plain = json.clone();
    if let Some(patch) = json.get("per").and_then(|per| per.get(operation)) {
        plain.merge(patch);
    }
    plain.remove("/per");
    plain
}
