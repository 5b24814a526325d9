//! Proves a bundle: fills in what types inherit, and finds every mistake before anything is used.

use crate::bundle::inherit::{Resolved, overlaid, resolve};
use crate::bundle::lint::{known_operations, lint};
use crate::bundle::per_operation::{for_operation, id_of};
use crate::descriptor::api::{Api, OPERATIONS, Operation};
use crate::descriptor::connection_type::{ConnectionType, Field};
use crate::json::Json;
use crate::json::decoder::Decoder;
use crate::json::diagnostic::{Diagnostic, Diagnostics};

/// Everything that is wrong with a bundle.
pub fn diagnostics(bundle: &Json) -> Vec<Diagnostic> {
    prepare(bundle).1
}

/// A bundle with everything inherited filled in, its types by title, and everything that is wrong with it.
pub fn prepare(bundle: &Json) -> (Json, Vec<Diagnostic>) {
    fill_in(bundle, true)
}

/// The same of a bundle that was proved before: its API and types are not judged, so only inheritance can be wrong.
pub fn inherited(bundle: &Json) -> (Json, Vec<Diagnostic>) {
    fill_in(bundle, false)
}

fn fill_in(bundle: &Json, judges: bool) -> (Json, Vec<Diagnostic>) {
    let diagnostics = Diagnostics::default();
    let (none, empty) = (Json::Null, Json::Map(Vec::new()));
    let bundle_reader = Decoder::reporting(bundle, "bundle", "", &diagnostics);
    bundle_reader.get("$schema");
    bundle_reader.get("prepared");
    bundle_reader.get("api");
    bundle_reader.list("types").for_each(drop);
    let under = bundle_reader
        .get("over")
        .map_or(&[][..], |over| over.get("types").map(Json::items).unwrap_or_default())
        .len();
    let missing = bundle_reader.get("over").is_some_and(|over| !matches!(over, Json::Map(_)));
    if missing {
        bundle_reader.report("over", "this API is not there: add it first");
    }
    drop(bundle_reader);
    // Everything else would only repeat it.
    if missing {
        return (empty, diagnostics.into_inner());
    }
    let whole = overlaid(bundle);
    let json = whole.get("api").unwrap_or(&none);
    let written = whole.get("types").map(Json::items).unwrap_or_default();
    let api = judges.then(|| Api::read(json, &diagnostics));
    let shared = json.get("sections").unwrap_or(&none);
    let mut types = Vec::new();
    for (index, own) in written.iter().enumerate() {
        let id = id_of(own);
        let first = if index < under { 0 } else { under };
        if written.iter().take(index).skip(first).any(|other| id_of(other) == id) {
            let decoder = Decoder::reporting(&empty, id, "", &diagnostics);
            decoder.report("id", "two types have this id");
        }
        if let Some(resolved) = resolve(written, index, shared, &mut vec![index], &diagnostics) {
            if let Some(api) = &api {
                judge(&resolved, id, api, &diagnostics);
            }
            if index >= under {
                types.retain(|below| id_of(below) != id);
            }
            let title = |json: &Json| {
                json.get("title").and_then(Json::as_str).unwrap_or_default().to_ascii_lowercase()
            };
            let index =
                types.iter().position(|other| title(other) > title(&resolved.json)).unwrap_or(types.len());
            types.insert(index, resolved.json);
        }
    }
    (Json::map(vec![("api", json.clone()), ("types", Json::List(types))]), diagnostics.into_inner())
}

/// A path or a query must never hold a secret.
fn keeps_secrets(api: &Api, ty: &ConnectionType, json: &Json, diagnostics: &Diagnostics) {
    let decoder = Decoder::reporting(json, &ty.id, "", diagnostics);
    json.members().iter().for_each(|(word, _)| decoder.skip(word));
    for setting in &api.settings {
        let secret = |field: &&Field| {
            field.is_confidential()
                && setting
                    .from
                    .as_ref()
                    .is_some_and(|from| field.all_pointers().any(|pointer| pointer == from))
        };
        if let Some(field) = ty.fields.iter().find(secret) {
            decoder.report(
                "",
                &["the setting “", &setting.name, "” would put the secret “", &field.id, "” into an address"]
                    .concat(),
            );
        }
    }
}

/// Reads and lints a type for each operation of the API, and notes its mistakes where they were written.
fn judge(resolved: &Resolved, id: &str, api: &Api, diagnostics: &Diagnostics) {
    let note = |found: Diagnostics| {
        for diagnostic in found.into_inner() {
            let (document, pointer) = resolved.origin(id, &diagnostic.pointer);
            let diagnostic = Diagnostic { document, pointer, ..diagnostic };
            let mut all = diagnostics.borrow_mut();
            if !all.contains(&diagnostic) {
                all.push(diagnostic);
            }
        }
    };
    let found = Diagnostics::default();
    known_operations(&resolved.json, id, &found);
    note(found);
    for (word, operation) in OPERATIONS {
        if *operation != Operation::Create && api.call(*operation).is_none() {
            continue;
        }
        let found = Diagnostics::default();
        let json = for_operation(&resolved.json, word);
        let ty = ConnectionType::read(&json, &found);
        lint(&ty, &json, &found);
        keeps_secrets(api, &ty, &json, &found);
        note(found);
    }
}
