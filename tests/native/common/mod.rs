//! What several suites need: files, and forms for shipped types.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;

use jackfield::bundle::registry::{Registry, RegistryEntry, SHIPPED as BUNDLES, UsageError, prepared};
use jackfield::form::Form;
use jackfield::json::Json;
use serde::Serialize;
use serde_json::Value;

/// The files of a folder that end so, in the order of their names.
pub fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(end) && path.is_file())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no file that ends with {end}");
    paths
}

/// All files below a folder, whatever their depth.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

pub fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

pub fn json(path: impl AsRef<Path>) -> Value {
    serde_json::from_str(&text(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

pub fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

/// As the engine holds it.
pub fn to_engine(json: &Value) -> Json {
    Json::parse(&json.to_string()).unwrap()
}

pub fn from_engine(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

thread_local! {
    static SHIPPED: Registry = Registry::shipped().unwrap();
}

/// The shipped API of that id.
pub fn shipped(api: &str) -> Rc<RegistryEntry> {
    SHIPPED.with(|catalog| catalog.entry(api)).unwrap()
}

/// Each shipped bundle as the package has it: proved, once for all tests.
pub fn prepared_bundles() -> &'static [Value] {
    static PREPARED: OnceLock<Vec<Value>> = OnceLock::new();
    let prepare = |text: &&str| {
        from_engine(&prepared(&Json::parse(text).unwrap()).unwrap_or_else(|error| panic!("{error}")))
    };
    PREPARED.get_or_init(|| BUNDLES.iter().map(prepare).collect())
}

/// Every shipped type, with its API.
pub fn every_type() -> Vec<(Rc<RegistryEntry>, String)> {
    let id = |kind: &Json| kind.get("id").and_then(Json::as_str).unwrap().to_owned();
    let types = |entry: &Rc<RegistryEntry>| {
        entry.types().iter().map(|kind| (Rc::clone(entry), id(kind))).collect::<Vec<_>>()
    };
    SHIPPED.with(|catalog| catalog.entries().iter().flat_map(types).collect())
}

pub fn open(entry: &Rc<RegistryEntry>, kind: &str, opening: &Value) -> Result<Form, UsageError> {
    Form::open(Rc::clone(entry), kind, &to_engine(opening))
}

/// The fenced blocks of a language.
pub fn blocks(document: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text(document).lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(word), None) => open = Some((word == language, String::new())),
            (Some(_), Some(_)) => {
                found.extend(open.take().filter(|(wanted, _)| *wanted).map(|(_, block)| block))
            }
            (None, Some((_, block))) => *block += &[line, "\n"].concat(),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{document}: a block does not end");
    found
}
