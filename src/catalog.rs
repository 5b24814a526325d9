//! Descriptors, proved consistent before use: every mistake is reported, not only the first.

use std::rc::Rc;

use thiserror::Error;

use crate::descriptor::{Api, As, Call, Field, OPERATIONS, Operation, Type};
use crate::inherit::{Resolved, for_operation, id_of, resolve};
use crate::json::{Json, segments};
use crate::lint::{known_operations, lint};
use crate::reader::{Mistake, Mistakes, Reader, unknown};

/// The APIs that a form can be opened for. It begins empty or, with the feature `shipped`, with those of the crate.
#[derive(Default)]
pub struct Catalog {
    entries: Vec<Rc<Entry>>,
}

/// One API with its types.
pub struct Entry {
    pub api: Api,
    /// The API as it was written.
    pub json: Json,
    /// The types with everything inherited filled in, by title.
    types: Vec<Json>,
}

/// What is wrong with a bundle.
#[derive(Debug, Error)]
#[error("the descriptors of “{api}” have {} mistakes; the first: {} {}", mistakes.len(), mistakes[0].document, mistakes[0])]
pub struct CatalogError {
    pub api: String,
    /// At least one.
    pub mistakes: Vec<Mistake>,
}

/// What a caller asked for that does not exist, or in a shape that cannot be.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{0}")]
pub struct SeamError(pub String);

impl Catalog {
    /// With the APIs of `src/catalog/`, where the crate was built with them.
    pub fn shipped() -> Result<Catalog, CatalogError> {
        let mut catalog = Catalog::default();
        for text in SHIPPED {
            catalog.add(&Json::parse(text).unwrap_or_default())?;
        }
        Ok(catalog)
    }

    /// Registers a bundle, `{api, types}`, and gives the API's id. One of the same id gives way.
    pub fn add(&mut self, bundle: &Json) -> Result<String, CatalogError> {
        let (entry, mistakes) = read(bundle);
        let id = entry.api.id.clone();
        if !mistakes.is_empty() {
            return Err(CatalogError { api: id, mistakes });
        }
        self.entries.retain(|known| known.api.id != id);
        self.entries.push(Rc::new(entry));
        Ok(id)
    }

    pub fn entries(&self) -> &[Rc<Entry>] {
        &self.entries
    }

    pub fn entry(&self, api: &str) -> Result<Rc<Entry>, SeamError> {
        let ids: Vec<&str> = self.entries.iter().map(|entry| entry.api.id.as_str()).collect();
        let found = self.entries.iter().find(|entry| entry.api.id == api);
        found.cloned().ok_or_else(|| SeamError(["the API ", &unknown(api, &ids)].concat()))
    }
}

/// Everything that is wrong with a bundle.
pub fn mistakes(bundle: &Json) -> Vec<Mistake> {
    read(bundle).1
}

fn read(bundle: &Json) -> (Entry, Vec<Mistake>) {
    let mistakes = Mistakes::default();
    let none = Json::Null;
    let bundle_reader = Reader::new(bundle, "bundle", "", &mistakes);
    bundle_reader.word("$schema");
    let json = bundle_reader.word("api").unwrap_or(&none);
    let written: Vec<Json> = bundle_reader.list("types").map(|(_, json)| json.clone()).collect();
    drop(bundle_reader);
    let api = Api::read(json, &mistakes);
    let shared = json.get("sections").unwrap_or(&none);
    let mut types = Vec::new();
    for (index, own) in written.iter().enumerate() {
        let id = id_of(own);
        if written[..index].iter().any(|other| id_of(other) == id) {
            Reader::new(&Json::Map(Vec::new()), id, "", &mistakes).mistake("id", "two types have this id");
        }
        if let Some(resolved) = resolve(&written, index, shared, &mut vec![index], &mistakes) {
            judge(&resolved, id, &api, &mistakes);
            let title = |json: &Json| json.get("title").and_then(Json::as_str).unwrap_or_default().to_ascii_lowercase();
            let place = types.iter().position(|other| title(other) > title(&resolved.json)).unwrap_or(types.len());
            types.insert(place, resolved.json);
        }
    }
    (Entry { api, json: json.clone(), types }, mistakes.into_inner())
}

/// A path or a query must never hold a secret.
fn keeps_secrets(api: &Api, kind: &Type, json: &Json, mistakes: &Mistakes) {
    let reader = Reader::new(json, &kind.id, "", mistakes);
    json.members().iter().for_each(|(word, _)| reader.allow(word));
    for setting in &api.settings {
        let secret = |field: &&Field| field.is_covered() && setting.from.as_ref().is_some_and(|from| field.at.contains(from));
        if let Some(field) = kind.fields.iter().find(secret) {
            reader.mistake("", &["the setting “", &setting.name, "” would put the secret “", &field.id, "” into an address"].concat());
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

impl Entry {
    pub fn types(&self) -> &[Json] {
        &self.types
    }

    /// A type with everything inherited filled in.
    pub fn describe(&self, id: &str) -> Result<&Json, SeamError> {
        let ids: Vec<&str> = self.types.iter().map(id_of).collect();
        let found = self.types.iter().find(|json| id_of(json) == id);
        found.ok_or_else(|| SeamError(["the type ", &unknown(id, &ids)].concat()))
    }

    /// The type as it is for an operation.
    pub fn kind(&self, id: &str, operation: Operation) -> Result<Type, SeamError> {
        // What was added was read for every operation, so nothing can be found again.
        let mut kind = Type::read(&for_operation(self.describe(id)?, name_of(operation)), &Mistakes::default());
        for field in kind.fields.iter_mut().filter(|field| field.writes == As::Others) {
            field.claimed.extend(self.api.never_sent.iter().filter_map(|place| segments(place).next()));
        }
        Ok(kind)
    }

    pub fn call(&self, operation: Operation) -> Result<&Call, SeamError> {
        let names: Vec<&str> = self.api.calls.iter().map(|(known, _)| name_of(*known)).collect();
        self.api.call(operation).ok_or_else(|| SeamError(["the operation ", &unknown(name_of(operation), &names)].concat()))
    }

    /// The id of the type that a record names, by its id or by another word of that type.
    pub fn identify(&self, record: &Json) -> Result<&str, SeamError> {
        let word = self.type_word(record).unwrap_or_default();
        let named = |json: &&Json| json.get("named").map(Json::items).unwrap_or_default().iter().any(|other| other.as_str() == Some(&word));
        self.types.iter().find(named).map_or_else(|| self.describe(&word).map(id_of), |json| Ok(id_of(json)))
    }

    /// What a record says of its type.
    pub fn type_word(&self, record: &Json) -> Option<String> {
        self.api.identify.iter().find_map(|place| record.at(place)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
    }
}

/// The word of an operation.
pub fn name_of(operation: Operation) -> &'static str {
    OPERATIONS.iter().find(|(_, known)| *known == operation).map_or("", |(word, _)| word)
}

/// The bundles of `src/catalog/`, minified by the build script; none without the feature `shipped`.
pub const SHIPPED: &[&str] = &include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
