//! Finds the catalogues in `src/catalog/`, so that no API is named in code, and puts them together, minified.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};

fn main() {
    let catalog = Path::new("src/catalog");
    println!("cargo:rerun-if-changed={}", catalog.display());
    if env::var_os("CARGO_FEATURE_SHIPPED").is_none() {
        return;
    }
    let mut bundles = Vec::new();
    for folder in sorted(catalog).into_iter().filter(|path| path.join("api.json").is_file()) {
        println!("cargo:rerun-if-changed={}", folder.display());
        let files = sorted(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "json"));
        let (api, types): (Vec<PathBuf>, Vec<PathBuf>) = files.partition(|path| path.ends_with("api.json"));
        let types: Vec<Value> = types.iter().map(|path| read(path)).collect();
        bundles.push(json!({ "api": read(&api[0]), "types": types }).to_string());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("shipped.rs");
    fs::write(out, format!("{bundles:?}")).expect("OUT_DIR can be written");
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the catalogue can be read").map(|entry| entry.expect("the catalogue can be read").path()).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Value {
    println!("cargo:rerun-if-changed={}", path.display());
    let text = fs::read_to_string(path).expect("a descriptor can be read");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
