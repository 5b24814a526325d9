//! The rules of the house, held by a test, since rules that only stand in a document drift.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{every_type, files_below, json, stem, text};
use jackfield::descriptor::fault_code::FaultCode;
use jackfield::json::Json;
use jackfield::request::status_code::StatusCode;

/// The longest file, without its tests.
const LINES: usize = 350;

/// A source file without its tests.
fn code(path: &Path) -> String {
    let whole = text(path);
    whole.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned()
}

/// A source file without its tests and comments: what is done, not what is told.
fn deeds(path: &Path) -> String {
    let mut deeds = String::new();
    let mut told = false;
    for line in code(path).lines() {
        let bare = line.trim_start();
        told |= bare.starts_with("/*");
        if !told && !bare.starts_with("//") {
            deeds.push_str(line);
            deeds.push('\n');
        }
        told &= !bare.contains("*/");
    }
    deeds
}

fn rust() -> Vec<PathBuf> {
    files_below(Path::new("src")).into_iter().filter(|path| ends(path, &["rs"])).collect()
}

fn page() -> Vec<PathBuf> {
    let sources = files_below(Path::new("pkg/src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "ts"));
    let sources: Vec<PathBuf> = sources.filter(|path| !path.to_string_lossy().contains(".gen.")).collect();
    assert!(!sources.is_empty());
    sources
}

/// Whether a word stands in a text, not only as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

#[track_caller]
fn nothing(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The modules that a file declares, in their order.
fn declared(path: &Path) -> Vec<String> {
    let code = deeds(path);
    let names = code.lines().filter_map(|line| {
        let line = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    names.map(str::to_owned).collect()
}

/// The folders below `src/` in the order of `lib.rs`, and the modules of each in the order of its `mod.rs`.
fn layers() -> Vec<(String, Vec<String>)> {
    let layer = |name: String| {
        let modules = declared(&Path::new("src").join(&name).join("mod.rs"));
        (name, modules)
    };
    declared(Path::new("src/lib.rs")).into_iter().map(layer).collect()
}

#[test]
fn a_folder_and_a_module_use_only_those_above_them() {
    let layers = layers();
    let (mut wrong, mut arrows) = (Vec::new(), 0);
    for (level, (folder, modules)) in layers.iter().enumerate() {
        let mut files: Vec<String> = modules.clone();
        files.push("mod".to_owned());
        for (row, file) in files.iter().enumerate() {
            let path = Path::new("src").join(folder).join(format!("{file}.rs"));
            for (used, module) in paths_from_the_root(&deeds(&path)) {
                let Some(used_level) = layers.iter().position(|(name, _)| *name == used) else { continue };
                arrows += 1;
                let below = used_level > level
                    // What a `mod.rs` holds itself may use all of its folder.
                    || used_level == level && modules.iter().position(|name| *name == module).is_some_and(|used_row| used_row > row);
                if below {
                    wrong.push(format!("{} uses {used}::{module}, which stands below it", path.display()));
                }
            }
        }
    }
    assert!(arrows > 200, "{arrows}");
    nothing(wrong);
}

#[test]
fn every_source_file_is_declared_and_says_what_it_is_for() {
    let layers = layers();
    let mut known = BTreeSet::from([PathBuf::from("src/lib.rs")]);
    for (folder, modules) in &layers {
        known.extend(
            modules
                .iter()
                .map(String::as_str)
                .chain(["mod"])
                .map(|name| Path::new("src").join(folder).join(format!("{name}.rs"))),
        );
    }
    assert_eq!(known, rust().into_iter().collect());
    nothing(
        known
            .iter()
            .filter(|path| !text(path).starts_with("//! "))
            .map(|path| format!("{} has no first line", path.display()))
            .collect(),
    );
}

/// Folder and module of each path that begins at the crate.
fn paths_from_the_root(code: &str) -> Vec<(String, String)> {
    let word = |text: &str| {
        text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect::<String>()
    };
    let path = |rest: &str| {
        let folder = word(rest);
        let module = rest[folder.len()..].strip_prefix("::").map(word).unwrap_or_default();
        (folder, module)
    };
    assert!(
        !code.contains("crate::{") && !code.contains("super::super"),
        "a path that this test does not read"
    );
    code.split("crate::").skip(1).map(path).collect()
}

#[test]
fn the_platform_is_known_at_its_doors_only() {
    let doors: [(&str, &[&str]); 6] = [
        ("#[wasm_bindgen", &["js/engine", "js/preparer", "js/sender"]),
        ("gloo_net", &["js/fetch"]),
        ("web_sys", &["js/fetch"]),
        // Decimal fractions are borrowed from the browser, and so is the seam's plain data.
        ("js_sys", &["js/sender"]),
        (
            "wasm_bindgen::",
            &["js/engine", "js/preparer", "js/sender", "js/fetch", "json/write", "json/parse"],
        ),
        ("std::fs", &[]),
    ];
    let mut wrong = Vec::new();
    for path in rust() {
        let deeds = deeds(&path);
        for (word, allowed) in doors {
            let is_allowed = allowed.iter().any(|file| path == Path::new("src").join(format!("{file}.rs")));
            if deeds.contains(word) && !is_allowed {
                wrong.push(format!("{} knows {word}", path.display()));
            }
        }
    }
    nothing(wrong);
}

#[test]
fn the_headless_side_of_the_page_knows_no_page() {
    let headless = ["core", "send", "words", "errors", "tables"];
    let mut seen = 0;
    let mut wrong = Vec::new();
    for path in page()
        .iter()
        .filter(|path| headless.contains(&stem(path)) && path.parent() == Some(Path::new("pkg/src")))
    {
        seen += 1;
        // The one question that a script outside a page can ask too, since `globalThis` may lack the answer.
        let deeds = deeds(path).replace("globalThis.document?.baseURI", "");
        for word in ["document", "window", "HTMLElement", "customElements"] {
            if has_word(&deeds, word) {
                wrong.push(format!("{} knows {word}", path.display()));
            }
        }
    }
    assert_eq!(seen, headless.len());
    nothing(wrong);
}

/// Ids and titles of the catalogue that are also words of English, of the web or of programming.
const COMMON: [&str; 2] = ["api", "email"];

#[test]
fn no_api_and_no_connection_type_is_named_in_code() {
    let mut names = BTreeSet::new();
    for (entry, kind) in every_type() {
        let word = |json: &Json, name: &str| {
            json.get(name).and_then(Json::as_str).unwrap_or_default().to_lowercase()
        };
        names.extend([
            entry.api.id.to_lowercase(),
            word(&entry.json, "title"),
            kind.to_lowercase(),
            word(entry.describe(&kind).unwrap(), "title"),
        ]);
    }
    names.retain(|name| !COMMON.contains(&name.as_str()));
    assert!(names.len() > 10);
    let mut wrong = Vec::new();
    for path in rust().into_iter().chain(page()) {
        let code = code(&path).to_lowercase();
        wrong.extend(
            names
                .iter()
                .filter(|name| has_word(&code, name))
                .map(|name| format!("{} names {name}", path.display())),
        );
    }
    nothing(wrong);
}

#[test]
fn the_engine_does_not_give_up() {
    let mut wrong = Vec::new();
    for path in rust() {
        let deeds = deeds(&path);
        for word in [".unwrap()", ".expect(", "panic!", "unreachable!", "todo!", "unimplemented!", "unsafe "]
        {
            if deeds.contains(word) {
                wrong.push(format!("{} has {word}", path.display()));
            }
        }
    }
    nothing(wrong);
}

/// The texts that are kept in the repository, or would be.
fn kept() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .output()
        .unwrap();
    let names = String::from_utf8(listed.stdout).unwrap();
    let kept: Vec<PathBuf> = names.lines().map(PathBuf::from).filter(|path| path.is_file()).collect();
    assert!(kept.len() > 100, "git lists {} files", kept.len());
    kept
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|end| end.to_str()).is_some_and(|end| endings.contains(&end))
}

#[test]
fn a_file_is_read_in_one_sitting() {
    let long = |path: &PathBuf| {
        let lines = code(path).lines().count();
        (lines > LINES).then(|| format!("{} has {lines} lines", path.display()))
    };
    nothing(
        kept().iter().filter(|path| ends(path, &["rs", "ts", "mjs", "js", "css"])).filter_map(long).collect(),
    );
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    // Put together, so that this file does not find itself.
    let words = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["XX", "X:"].concat(),
        ["/wo", "rk/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
    ];
    let mut wrong = Vec::new();
    for path in kept() {
        // Pictures and the like are no text.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            wrong.extend(
                words
                    .iter()
                    .filter(|word| line.contains(*word))
                    .map(|word| format!("{}:{}: {word}", path.display(), number + 1)),
            );
        }
    }
    nothing(wrong);
}

#[test]
fn every_code_has_a_sentence_and_every_sentence_a_code() {
    let table = json("locales/en.json");
    let faults = FaultCode::ALL.iter().map(|code| format!("fault.{}", code.as_str()));
    let statuses = StatusCode::ALL.iter().map(|code| format!("status.{}", code.as_str()));
    // What the page says for a code that a newer engine may have.
    let others = ["fault.other", "status.other"].map(str::to_owned);
    let codes: BTreeSet<String> = faults.chain(statuses).chain(others).collect();
    let keys = table
        .as_object()
        .unwrap()
        .keys()
        .filter(|key| key.starts_with("fault.") || key.starts_with("status."));
    // What stands after a second dot is how it is said.
    let sentences: BTreeSet<String> =
        keys.map(|key| key.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")).collect();
    assert_eq!(sentences, codes);
}

#[test]
fn every_code_is_used() {
    let code: String = rust().iter().map(|path| deeds(path)).collect();
    let faults = FaultCode::ALL.iter().map(|code| code_text("FaultCode", code));
    let statuses = StatusCode::ALL.iter().map(|code| code_text("StatusCode", code));
    nothing(faults.chain(statuses).filter(|name| !has_word(&code, name)).collect());
}

/// As the source writes a code.
fn code_text(set: &str, code: &dyn std::fmt::Debug) -> String {
    format!("{set}::{code:?}")
}
