//! Every mistake of a descriptor, in the file in which it was written.

use std::path::{Path, PathBuf};

use jackfield::bundle::prepare::diagnostics;
use jackfield::bundle::registry::Registry;
use jackfield::json::diagnostic::Diagnostic;
use serde_json::{Value, json};

use crate::commands::{Done, Stop};
use crate::files::{self, to_engine};

/// A mistake as it is printed: file, place, sentence.
type Found = (String, String, String);

pub fn lint(given: &[String]) -> Result<Done, Stop> {
    let mut all: Vec<Found> = Vec::new();
    for file in given {
        for found in judge(file)? {
            // A type is judged with its API too, when both were given.
            if !all.contains(&found) {
                all.push(found);
            }
        }
    }
    let lines: Vec<Value> =
        all.iter().map(|(file, place, text)| json!({ "file": file, "place": place, "text": text })).collect();
    Ok(Done { code: u8::from(!lines.is_empty()), text: files::pretty(&Value::Array(lines)) })
}

fn judge(file: &str) -> Result<Vec<Found>, Stop> {
    let json = match read(file)? {
        Ok(json) => json,
        Err(broken) => return Ok(vec![broken]),
    };
    let path = Path::new(file);
    if json.get("api").is_some() || json.get("types").is_some() {
        let shipped = Registry::shipped().unwrap_or_default();
        return Ok(diagnostics(&shipped.over_known(&to_engine(&json)))
            .into_iter()
            .map(|mistake| in_bundle(file, &json, mistake))
            .collect());
    }
    if path.file_name().is_some_and(|name| name == "api.json") {
        return folder(path, None);
    }
    let api = path.with_file_name("api.json");
    if file == "-" || !api.is_file() {
        let text = "this is no bundle, and there is no api.json beside it to judge a type with";
        return Ok(vec![(file.to_owned(), String::new(), text.to_owned())]);
    }
    folder(&api, Some(file))
}

/// The mistakes of an API and the types beside it, or of one of these types.
fn folder(api: &Path, only: Option<&str>) -> Result<Vec<Found>, Stop> {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let mut found = Vec::new();
    let written = match read(&name(api))? {
        Ok(json) => json,
        // Without its API no type can be judged.
        Err(broken) => return Ok(vec![broken]),
    };
    let mut types: Vec<(String, Value)> = Vec::new();
    for path in beside(api)? {
        match read(&name(&path))? {
            Ok(json) => types.push((name(&path), json)),
            Err(broken) => found.push(broken),
        }
    }
    let list: Vec<&Value> = types.iter().map(|(_, json)| json).collect();
    for Diagnostic { document, pointer, text } in
        diagnostics(&to_engine(&json!({ "api": written, "types": list })))
    {
        let file = types
            .iter()
            .rfind(|(_, json)| id_of(json) == document)
            .map_or_else(|| name(api), |(file, _)| file.clone());
        found.push((file, pointer, text));
    }
    if let Some(only) = only {
        found.retain(|(file, _, _)| Path::new(file) == Path::new(only));
    }
    Ok(found)
}

/// The types beside an `api.json`, in the order of their names.
fn beside(api: &Path) -> Result<Vec<PathBuf>, Stop> {
    let folder = api.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unreadable =
        |error: std::io::Error| Stop::Usage(format!("{} cannot be read: {error}.", folder.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = api.with_file_name(entry.map_err(unreadable)?.file_name());
        if path.extension().is_some_and(|end| end == "json") && path != api {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// A mistake with its place in the bundle as a whole.
fn in_bundle(file: &str, bundle: &Value, mistake: Diagnostic) -> Found {
    let types = bundle["types"].as_array().map(Vec::as_slice).unwrap_or_default();
    let prefix = match mistake.document.as_str() {
        "bundle" => String::new(),
        "api" => "/api".to_owned(),
        id => types
            .iter()
            .rposition(|json| id_of(json) == id)
            .map_or_else(String::new, |index| format!("/types/{index}")),
    };
    (file.to_owned(), prefix + &mistake.pointer, mistake.text)
}

/// The JSON of a file; text that is not JSON is a mistake like any other.
fn read(file: &str) -> Result<Result<Value, Found>, Stop> {
    let text = files::text(file)?;
    Ok(files::parse(&text)
        .map_err(|why| (file.to_owned(), String::new(), format!("this is not JSON: {why}"))))
}

/// The id that a type gives itself.
fn id_of(json: &Value) -> &str {
    json["id"].as_str().unwrap_or_default()
}
