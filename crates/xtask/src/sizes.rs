//! What a page loads, as a server sends it (brotli, quality 11), and the budget that holds it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{self, Result};
use crate::stamp::unreachable;
use crate::workspace::Workspace;

/// One entry of budget.json: files that a page loads together, and the bytes that they may take.
struct Entry {
    name: String,
    files: Vec<PathBuf>,
    max: usize,
}

/// Prints every figure; tells what is over its budget.
pub fn report(workspace: &Workspace) -> Result<Vec<String>> {
    let path = workspace.at("budget.json");
    let text = fs::read_to_string(&path).map_err(|error| unreachable(&path, &error))?;
    let entries = entries(&text).map_err(|mistake| format!("budget.json: {mistake}."))?;
    run::print(&format!("\n{:<44} {:>9} {:>9}", "What a page loads, in bytes", "raw", "brotli"));
    let mut over = Vec::new();
    for entry in entries {
        let mut sum = (0, 0);
        run::print(&entry.name);
        for file in with_imports(&workspace.root, &entry.files)? {
            let bytes = fs::read(&file).map_err(|error| unreachable(&file, &error))?;
            let packed = brotli(&bytes)?;
            let name = file.strip_prefix(&workspace.root).unwrap_or(&file).display().to_string();
            run::print(&format!("  {name:<42} {:>9} {packed:>9}", bytes.len()));
            sum = (sum.0 + bytes.len(), sum.1 + packed);
        }
        run::print(&format!("  {:<42} {:>9} {:>9} of {}", "together", sum.0, sum.1, entry.max));
        over.extend(verdict(&entry, sum.1));
    }
    run::print("");
    Ok(over)
}

pub fn hold(workspace: &Workspace) -> Result {
    let over = report(workspace)?;
    if over.is_empty() { Ok(()) } else { Err(over.join("\n")) }
}

fn verdict(entry: &Entry, bytes: usize) -> Option<String> {
    let over = bytes > entry.max;
    over.then(|| format!("Over budget: {} takes {bytes} bytes and may take {}.", entry.name, entry.max))
}

fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let map = whole.as_object().filter(|map| !map.is_empty()).ok_or("it names nothing")?;
    map.iter()
        .map(|(name, entry)| read_entry(name, entry).ok_or(format!("\"{name}\" needs files and max")))
        .collect()
}

fn read_entry(name: &str, entry: &Value) -> Option<Entry> {
    let files: Option<Vec<PathBuf>> =
        entry["files"].as_array()?.iter().map(|file| Some(file.as_str()?.into())).collect();
    let max = usize::try_from(entry["max"].as_u64()?).ok()?;
    Some(Entry { name: name.to_owned(), files: files.filter(|files| !files.is_empty())?, max })
}

/// The files, and every script that they import when they are loaded. What is loaded later, if at all, has an entry of its own.
fn with_imports(root: &Path, files: &[PathBuf]) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for file in files {
        open.extend(matching(&root.join(file))?);
    }
    while let Some(file) = open.pop() {
        if file.extension().is_some_and(|end| end == "js") && !found.contains(&file) {
            let text = fs::read_to_string(&file).map_err(|error| unreachable(&file, &error))?;
            let folder = file.parent().unwrap_or(root);
            open.extend(
                scripts(&text).into_iter().map(|name| folder.join(name)).filter(|path| path.is_file()),
            );
        }
        found.insert(file);
    }
    Ok(found)
}

/// The file, or those whose names begin and end as it does where a `*` stands: bundlers put a hash there.
fn matching(file: &Path) -> Result<Vec<PathBuf>> {
    let (folder, name) =
        (file.parent().unwrap_or(file), file.file_name().unwrap_or_default().to_string_lossy());
    let Some((start, end)) = name.split_once('*') else { return Ok(vec![file.to_path_buf()]) };
    let entries = fs::read_dir(folder).map_err(|error| unreachable(folder, &error))?;
    let names = entries.flatten().map(|entry| entry.path());
    let fits = |path: &PathBuf| {
        path.file_name().is_some_and(|name| {
            name.to_string_lossy().starts_with(start) && name.to_string_lossy().ends_with(end)
        })
    };
    let found: Vec<PathBuf> = names.filter(fits).collect();
    if found.is_empty() { Err(format!("{} is not there.", file.display())) } else { Ok(found) }
}

/// Strings of a bundle that name a script beside it: `"./chunk-X.js"`, unless it is asked for later by `import(…)`.
/// A name too many only makes the figure stricter.
fn scripts(text: &str) -> Vec<&str> {
    let starts = ["\"./", "'./"].into_iter().flat_map(|quote| text.match_indices(quote));
    let starts = starts.filter(|(at, _)| !text[..*at].ends_with("import("));
    let names = starts.filter_map(|(at, quote)| text[at + quote.len()..].split(&quote[..1]).next());
    names.filter(|name| name.ends_with(".js")).collect()
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut Vec::new(), &best)
        .map_err(|error| format!("brotli: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_over_is_over() {
        let entries = entries(r#"{"first load": {"files": ["a.js"], "max": 10}}"#).unwrap();
        assert_eq!(verdict(&entries[0], 10), None);
        assert_eq!(
            verdict(&entries[0], 11),
            Some("Over budget: first load takes 11 bytes and may take 10.".to_owned())
        );
    }

    #[test]
    fn a_budget_that_holds_nothing_is_a_mistake() {
        for text in [
            "{}",
            "[]",
            "{",
            r#"{"x": {"files": [], "max": 1}}"#,
            r#"{"x": {"files": ["a"]}}"#,
            r#"{"x": 3}"#,
        ] {
            assert!(entries(text).is_err(), "{text}");
        }
    }

    #[test]
    fn this_repositorys_budget_is_read() {
        let text = fs::read_to_string(Workspace::here().at("budget.json")).unwrap();
        let entries = entries(&text).unwrap();
        assert_eq!(
            entries.iter().map(|entry| entry.max).collect::<Vec<_>>(),
            [
                102_500, 5_000, 11_000, 7_000, 20_500, 49_000, 20_000, 20_000, 20_000, 20_000, 20_000,
                20_000, 20_000
            ]
        );
    }

    #[test]
    fn imports_are_found_in_minified_text() {
        let text = r#"import{a as b}from"./chunk-A.js";import"./chunk-B.js";let u="./x.wasm",v='./named.js';await import("./later.js");"#;
        assert_eq!(scripts(text), ["chunk-A.js", "chunk-B.js", "named.js"]);
    }

    #[test]
    fn an_imported_chunk_counts_once() {
        let folder = std::env::temp_dir().join(format!("jackfield-sizes-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.js"), r#"import"./a.js";import"./b.js""#).unwrap();
        fs::write(folder.join("a.js"), r#"import"./b.js";import"./index.js""#).unwrap();
        fs::write(folder.join("b.js"), "").unwrap();
        let found = with_imports(&folder, &["index.js".into()]).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            found.iter().filter_map(|file| file.file_name()).collect::<Vec<_>>(),
            ["a.js", "b.js", "index.js"]
        );
    }

    #[test]
    fn brotli_is_the_real_thing() {
        let mut state = 1u32;
        let mut noise = || {
            // Marsaglia's xorshift: nothing in it repeats that a packer could use.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[0]
        };
        let noise: Vec<u8> = (0..10_000).map(|_| noise()).collect();
        assert!(brotli(&[b'a'; 10_000]).unwrap() < 30);
        assert!(brotli(&noise).unwrap() >= 10_000);
        assert!(brotli(b"").unwrap() <= 2);
    }
}
