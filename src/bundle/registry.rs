//! Descriptors, proved consistent before use: every mistake is reported, not only the first.

use std::rc::Rc;

use thiserror::Error;

use crate::base::text::{CollectVec, push_hex};
use crate::bundle::per_operation::{for_operation, id_of};
#[cfg(feature = "prepare")]
use crate::bundle::prepare::{inherited, prepare};
use crate::descriptor::api::{Api, Call, OPERATIONS, Operation};
use crate::descriptor::connection_type::ConnectionType;
use crate::descriptor::encoding::Encoding;
use crate::json::diagnostic::{Diagnostic, Diagnostics, unknown_name};
use crate::json::digest::digest_members;
use crate::json::{Json, segments};

/// Bundles that another version prepared are proved again.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The APIs that a form can be opened for. It begins empty or, with the feature `shipped`, with those of the crate.
#[derive(Default)]
pub struct Registry {
    entries: Vec<Rc<RegistryEntry>>,
}

/// One API with its types.
pub struct RegistryEntry {
    pub api: Api,
    /// The API as it was written.
    pub json: Json,
    /// The types with everything inherited filled in, by title.
    types: Vec<Json>,
}

/// What is wrong with a bundle.
#[derive(Debug, Error)]
#[error("the descriptors of “{api}” have {} mistakes{}", diagnostics.len(), first(diagnostics))]
pub struct BundleError {
    pub api: String,
    /// At least one, but for a bundle that still has to be proved.
    pub diagnostics: Vec<Diagnostic>,
}

fn first(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .first()
        .map(|diagnostic| ["; the first: ", &diagnostic.document, " ", &diagnostic.to_string()].concat())
        .unwrap_or_default()
}

/// What a caller asked for that does not exist, or in a shape that cannot be.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// A bundle as a build without proofs takes it: every type with everything inherited filled in.
///
/// # Errors
/// Everything that is wrong with it. A build without proofs cannot tell, and says so.
#[cfg(feature = "prepare")]
pub fn prepared(bundle: &Json) -> Result<Json, BundleError> {
    let (mut prepared, diagnostics) = prepare(bundle);
    if !diagnostics.is_empty() {
        let api = prepared.at("/api/id").and_then(Json::as_str).unwrap_or_default().to_owned();
        return Err(BundleError { api, diagnostics });
    }
    let stamp = stamp(&prepared);
    prepared.set_member("prepared", Json::Text(stamp));
    Ok(prepared)
}

#[cfg(not(feature = "prepare"))]
pub fn prepared(_: &Json) -> Result<Json, BundleError> {
    Err(BundleError { api: String::new(), diagnostics: Vec::new() })
}

/// What a bundle's `prepared` says once it was proved: by which version, and the digest of all its other members.
pub fn stamp(bundle: &Json) -> String {
    let mut stamp = [VERSION, " "].concat();
    for byte in digest_members(bundle.members(), Some("prepared")).to_be_bytes() {
        push_hex(byte, b'a', &mut stamp);
    }
    stamp
}

/// One of the crate's own bundles, with everything inherited filled in. The crate's tests prove them, so that nobody else pays for it.
#[cfg(feature = "prepare")]
fn shipped(bundle: &Json) -> Result<Json, BundleError> {
    match inherited(bundle) {
        (filled, diagnostics) if diagnostics.is_empty() => Ok(filled),
        _ => prepared(bundle),
    }
}

#[cfg(not(feature = "prepare"))]
fn shipped(bundle: &Json) -> Result<Json, BundleError> {
    prepared(bundle)
}

impl Registry {
    /// With the APIs of `registry/`, where the crate was built with them.
    pub fn shipped() -> Result<Registry, BundleError> {
        let mut registry = Registry::default();
        for text in SHIPPED {
            registry.take(&shipped(&Json::parse(text).unwrap_or_default())?);
        }
        Ok(registry)
    }

    /// Registers a bundle, `{api, types}`, and gives the API's id. One of the same id gives way.
    /// One that this version prepared, and that nobody changed since, is not proved again.
    pub fn add(&mut self, bundle: &Json) -> Result<String, BundleError> {
        match bundle.get("prepared").and_then(Json::as_str) {
            Some(proved) if proved == stamp(bundle) => Ok(self.take(bundle)),
            _ => prepared(&self.over_known(bundle)).map(|bundle| self.take(&bundle)),
        }
    }

    /// A bundle with the API that it is laid over in the place of that API's name.
    pub fn over_known(&self, bundle: &Json) -> Json {
        let mut whole = bundle.clone();
        if let Some(entry) = bundle.get("over").and_then(|over| self.entry(over.as_str()?).ok()) {
            whole.put(
                "/over",
                Json::map(vec![("api", entry.json.clone()), ("types", Json::List(entry.types.clone()))]),
            );
        }
        whole
    }

    /// Takes a bundle that was proved.
    fn take(&mut self, bundle: &Json) -> String {
        let json = bundle.get("api").cloned().unwrap_or_default();
        let api = Api::read(&json, &Diagnostics::default());
        let id = api.id.clone();
        if let Some(known) = self.entries.iter().position(|known| known.api.id == id) {
            self.entries.remove(known);
        }
        self.entries.push(Rc::new(RegistryEntry {
            api,
            json,
            types: bundle.get("types").map(Json::items).unwrap_or_default().to_vec(),
        }));
        id
    }

    pub fn entries(&self) -> &[Rc<RegistryEntry>] {
        &self.entries
    }

    pub fn entry(&self, api: &str) -> Result<Rc<RegistryEntry>, UsageError> {
        let ids: Vec<&str> = self.entries.iter().map(|entry| entry.api.id.as_str()).collect_vec();
        let found = self.entries.iter().find(|entry| entry.api.id == api);
        found.cloned().ok_or_else(|| UsageError(["the API ", &unknown_name(api, &ids)].concat()))
    }
}

impl RegistryEntry {
    pub fn types(&self) -> &[Json] {
        &self.types
    }

    /// A type with everything inherited filled in.
    pub fn describe(&self, id: &str) -> Result<&Json, UsageError> {
        let ids: Vec<&str> = self.types.iter().map(id_of).collect_vec();
        let found = self.types.iter().find(|json| id_of(json) == id);
        found.ok_or_else(|| UsageError(["the type ", &unknown_name(id, &ids)].concat()))
    }

    /// The type as it is for an operation.
    pub fn connection_type(&self, id: &str, operation: Operation) -> Result<ConnectionType, UsageError> {
        // What was added was read for every operation, so nothing can be found again.
        let mut ty = ConnectionType::read(
            &for_operation(self.describe(id)?, operation_name(operation)),
            &Diagnostics::default(),
        );
        for field in ty.fields.iter_mut().filter(|field| field.writes == Encoding::Others) {
            for pointer in &self.api.never_sent {
                if let Some(name) = segments(pointer).next() {
                    field.reserved_names.push(name);
                }
            }
        }
        Ok(ty)
    }

    pub fn call(&self, operation: Operation) -> Result<&Call, UsageError> {
        let names: Vec<&str> = self.api.calls.iter().map(|(known, _)| operation_name(*known)).collect_vec();
        self.api.call(operation).ok_or_else(|| {
            UsageError(["the operation ", &unknown_name(operation_name(operation), &names)].concat())
        })
    }

    /// The id of the type that a record names, by its id or by another word of that type.
    pub fn identify(&self, record: &Json) -> Result<&str, UsageError> {
        let word = self.type_word(record).unwrap_or_default();
        let named = |json: &&Json| {
            json.get("named")
                .map(Json::items)
                .unwrap_or_default()
                .iter()
                .any(|other| other.as_str() == Some(&word))
        };
        self.types.iter().find(named).map_or_else(|| self.describe(&word).map(id_of), |json| Ok(id_of(json)))
    }

    /// What a record says of its type.
    pub fn type_word(&self, record: &Json) -> Option<String> {
        self.api.identify.iter().find_map(|pointer| {
            record.at(pointer)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
        })
    }
}

/// The word of an operation.
pub fn operation_name(operation: Operation) -> &'static str {
    OPERATIONS.iter().find(|(_, known)| *known == operation).map_or("", |(word, _)| word)
}

/// The bundles of `registry/`, minified by the build script; none without the feature `shipped`.
pub const SHIPPED: &[&str] = &include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
