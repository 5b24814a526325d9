//! Proves a bundle: fills in what types inherit, and finds every mistake before anything is used.

use crate::bundle::inherit::{Resolved, overlaid, resolve};
use crate::bundle::lint::{known_operations, lint};
use crate::bundle::per_operation::{for_operation, id_of};
use crate::descriptor::api::{Api, OPERATIONS, Operation};
use crate::descriptor::connection_type::{Field, Type};
use crate::json::Json;
use crate::json::decoder::{Mistake, Mistakes, Reader};

/// Everything that is wrong with a bundle.
pub fn mistakes(bundle: &Json) -> Vec<Mistake> {
    prove(bundle).1
}

/// A bundle with everything inherited filled in, its types by title, and everything that is wrong with it.
pub fn prove(bundle: &Json) -> (Json, Vec<Mistake>) {
    fill_in(bundle, true)
}

/// The same of a bundle that was proved before: its API and types are not judged, so only inheritance can be wrong.
pub fn inherited(bundle: &Json) -> (Json, Vec<Mistake>) {
    fill_in(bundle, false)
}

fn fill_in(bundle: &Json, judges: bool) -> (Json, Vec<Mistake>) {
    let mistakes = Mistakes::default();
    let (none, empty) = (Json::Null, Json::Map(Vec::new()));
    let bundle_reader = Reader::loud(bundle, "bundle", "", &mistakes);
    bundle_reader.word("$schema");
    bundle_reader.word("prepared");
    bundle_reader.word("api");
    bundle_reader.list("types").for_each(drop);
    let under = bundle_reader
        .word("over")
        .map_or(&[][..], |over| over.get("types").map(Json::items).unwrap_or_default())
        .len();
    let missing = bundle_reader.word("over").is_some_and(|over| !matches!(over, Json::Map(_)));
    if missing {
        bundle_reader.mistake("over", "this API is not there: add it first");
    }
    drop(bundle_reader);
    // Everything else would only repeat it.
    if missing {
        return (empty, mistakes.into_inner());
    }
    let whole = overlaid(bundle);
    let json = whole.get("api").unwrap_or(&none);
    let written = whole.get("types").map(Json::items).unwrap_or_default();
    let api = judges.then(|| Api::read(json, &mistakes));
    let shared = json.get("sections").unwrap_or(&none);
    let mut types = Vec::new();
    for (index, own) in written.iter().enumerate() {
        let id = id_of(own);
        let first = if index < under { 0 } else { under };
        if written.iter().take(index).skip(first).any(|other| id_of(other) == id) {
            let reader = Reader::loud(&empty, id, "", &mistakes);
            reader.mistake("id", "two types have this id");
        }
        if let Some(resolved) = resolve(written, index, shared, &mut vec![index], &mistakes) {
            if let Some(api) = &api {
                judge(&resolved, id, api, &mistakes);
            }
            if index >= under {
                types.retain(|below| id_of(below) != id);
            }
            let title = |json: &Json| {
                json.get("title").and_then(Json::as_str).unwrap_or_default().to_ascii_lowercase()
            };
            let place =
                types.iter().position(|other| title(other) > title(&resolved.json)).unwrap_or(types.len());
            types.insert(place, resolved.json);
        }
    }
    (Json::map(vec![("api", json.clone()), ("types", Json::List(types))]), mistakes.into_inner())
}

/// A path or a query must never hold a secret.
fn keeps_secrets(api: &Api, kind: &Type, json: &Json, mistakes: &Mistakes) {
    let reader = Reader::loud(json, &kind.id, "", mistakes);
    json.members().iter().for_each(|(word, _)| reader.allow(word));
    for setting in &api.settings {
        let secret = |field: &&Field| {
            field.is_covered()
                && setting.from.as_ref().is_some_and(|from| field.all_places().any(|place| place == from))
        };
        if let Some(field) = kind.fields.iter().find(secret) {
            reader.mistake(
                "",
                &["the setting “", &setting.name, "” would put the secret “", &field.id, "” into an address"]
                    .concat(),
            );
        }
    }
}

/// Reads and lints a type for each operation of the API, and notes its mistakes where they were written.
fn judge(resolved: &Resolved, id: &str, api: &Api, mistakes: &Mistakes) {
    let note = |found: Mistakes| {
        for mistake in found.into_inner() {
            let (document, place) = resolved.origin(id, &mistake.place);
            let mistake = Mistake { document, place, ..mistake };
            let mut all = mistakes.borrow_mut();
            if !all.contains(&mistake) {
                all.push(mistake);
            }
        }
    };
    let found = Mistakes::default();
    known_operations(&resolved.json, id, &found);
    note(found);
    for (word, operation) in OPERATIONS {
        if *operation != Operation::Create && api.call(*operation).is_none() {
            continue;
        }
        let found = Mistakes::default();
        let json = for_operation(&resolved.json, word);
        let kind = Type::read(&json, &found);
        lint(&kind, &json, &found);
        keeps_secrets(api, &kind, &json, &found);
        note(found);
    }
}
