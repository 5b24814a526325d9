//! Finds what lies in folders, so that no API is named in code: the catalogues of `catalog/`, put together and
//! minified, and the transcripts of `tests/vectors/`, for tests where there are no files.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};

fn main() {
    let shipped = env::var_os("CARGO_FEATURE_SHIPPED").is_some();
    let bundles = bundles(Path::new("catalog"));
    write("bundles.rs", &format!("{bundles:?}"));
    write("shipped.rs", &if shipped { format!("{bundles:?}") } else { "[]".to_owned() });
    let vectors = Path::new("tests/vectors");
    let mut transcripts = Vec::new();
    if vectors.is_dir() {
        collect(vectors, &mut transcripts);
    }
    write("transcripts.rs", &format!("{transcripts:?}"));
}

/// The text of a bundle per API.
fn bundles(catalog: &Path) -> Vec<String> {
    let folders = sorted(catalog).into_iter().filter(|path| path.join("api.json").is_file());
    folders
        .map(|folder| {
            let files =
                sorted(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "json"));
            let (api, types): (Vec<PathBuf>, Vec<PathBuf>) =
                files.partition(|path| path.ends_with("api.json"));
            let types: Vec<Value> = types.iter().map(|path| parsed(path)).collect();
            json!({ "api": parsed(&api[0]), "types": types }).to_string()
        })
        .collect()
}

/// Name and text of every file below a folder.
fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for path in sorted(folder) {
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push((path.display().to_string(), read(&path)));
        }
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
}

fn parsed(path: &Path) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(path: &Path) -> String {
    println!("cargo:rerun-if-changed={}", path.display());
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(name: &str, text: &str) {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join(name), text).expect("OUT_DIR can be written");
}
