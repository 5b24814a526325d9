//! The rules of the house, held by a test, since rules that only stand in a document drift.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{every_type, files_below, json, stem, text};
use jackfield::json::Json;

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
    let sources = files_below(Path::new("pkg/src")).into_iter().filter(|path| path.extension().is_some_and(|end| end == "ts"));
    let sources: Vec<PathBuf> = sources.filter(|path| !path.to_string_lossy().contains(".gen.")).collect();
    assert!(!sources.is_empty());
    sources
}

/// Whether a word stands in a text, not only as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

#[track_caller]
fn nothing(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The texts in quotes.
fn quoted(code: &str) -> BTreeSet<String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let lib = text("src/lib.rs");
    let order: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let own = rust().into_iter().filter(|path| path.parent() == Some(Path::new("src")));
    let modules: BTreeSet<String> = own.map(|path| stem(&path).to_owned()).filter(|name| name != "lib").collect();
    assert_eq!(order.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), modules);
    let mut wrong = Vec::new();
    for (place, name) in order.iter().enumerate() {
        // What a module keeps in files of its own is a part of it.
        let parts = rust().into_iter().filter(|path| path.starts_with(Path::new("src").join(name)));
        let code: String = parts.chain([Path::new("src").join(format!("{name}.rs"))]).map(|path| deeds(&path)).collect();
        for used in code.split("crate::").skip(1).flat_map(names_at_start) {
            if order[place + 1..].contains(&used.as_str()) {
                wrong.push(format!("{name} uses {used}, which stands below it in lib.rs"));
            }
        }
    }
    nothing(wrong);
}

/// The module that a path begins with, or those of `{a, b}`.
fn names_at_start(path: &str) -> Vec<String> {
    let list = match path.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
        None => vec![path],
    };
    list.iter().map(|name| name.trim().chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()).collect()
}

#[test]
fn the_platform_is_known_at_its_doors_only() {
    let doors: [(&str, &[&str]); 5] = [
        ("#[wasm_bindgen", &["wasm", "prover", "sender"]),
        ("gloo_net", &["net"]),
        ("web_sys", &["net"]),
        // Decimal fractions are borrowed from the browser, and so is the seam's plain data.
        ("js_sys", &["wasm", "sender", "json", "parse"]),
        ("std::fs", &[]),
    ];
    let mut wrong = Vec::new();
    for path in rust() {
        let deeds = deeds(&path);
        for (word, allowed) in doors {
            if deeds.contains(word) && !allowed.contains(&stem(&path)) {
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
    for path in page().iter().filter(|path| headless.contains(&stem(path)) && path.parent() == Some(Path::new("pkg/src"))) {
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
        let word = |json: &Json, name: &str| json.get(name).and_then(Json::as_str).unwrap_or_default().to_lowercase();
        names.extend([entry.api.id.to_lowercase(), word(&entry.json, "title"), kind.to_lowercase(), word(entry.describe(&kind).unwrap(), "title")]);
    }
    names.retain(|name| !COMMON.contains(&name.as_str()));
    assert!(names.len() > 10);
    let mut wrong = Vec::new();
    for path in rust().into_iter().chain(page()) {
        let code = code(&path).to_lowercase();
        wrong.extend(names.iter().filter(|name| has_word(&code, name)).map(|name| format!("{} names {name}", path.display())));
    }
    nothing(wrong);
}

#[test]
fn the_engine_does_not_give_up() {
    let mut wrong = Vec::new();
    for path in rust() {
        let deeds = deeds(&path);
        for word in [".unwrap()", ".expect(", "panic!", "unreachable!", "todo!", "unimplemented!", "unsafe "] {
            if deeds.contains(word) {
                wrong.push(format!("{} has {word}", path.display()));
            }
        }
    }
    nothing(wrong);
}

/// The texts that are kept in the repository, or would be.
fn kept() -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).output().unwrap();
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
    nothing(kept().iter().filter(|path| ends(path, &["rs", "ts", "mjs", "js", "css"])).filter_map(long).collect());
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    // Put together, so that this file does not find itself.
    let words =
        [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X:"].concat(), ["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/ho", "me/"].concat()];
    let mut wrong = Vec::new();
    for path in kept() {
        // Pictures and the like are no text.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            wrong.extend(words.iter().filter(|word| line.contains(*word)).map(|word| format!("{}:{}: {word}", path.display(), number + 1)));
        }
    }
    nothing(wrong);
}

#[test]
fn every_code_has_a_sentence_and_every_sentence_a_code() {
    let table = json("locales/en.json");
    let keys: BTreeSet<&str> = table.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for code in codes("fault") {
        if !keys.contains(format!("fault.{code}").as_str()) {
            wrong.push(format!("the fault {code} has no sentence"));
        }
    }
    for code in codes("status") {
        if !keys.contains(format!("status.{code}").as_str()) {
            wrong.push(format!("the status {code} has no sentence"));
        }
    }
    let used: BTreeSet<String> = rust().iter().flat_map(|path| quoted(&deeds(path))).collect();
    for key in keys {
        let code = key.strip_prefix("fault.").or_else(|| key.strip_prefix("status."));
        // `other` is what the page says for a code that a newer engine may have; what stands after a dot is how it is said.
        if let Some(code) = code.map(|code| code.split('.').next().unwrap_or(code)).filter(|code| *code != "other")
            && !used.contains(code)
        {
            wrong.push(format!("the sentence {key} is never said"));
        }
    }
    nothing(wrong);
}

/// The codes of faults or of statuses, found where the engine makes them.
fn codes(what: &str) -> BTreeSet<String> {
    let makers: &[(&str, &[&str])] = match what {
        "fault" => &[
            ("check", &["fault(\"", "let code = if ", "found.code != \""]),
            ("format", &["fault: \""]),
            ("request", &["Fault::new(name, \"", "Fault::new(\"base_url\", \"", "Fault::new(\"\", \"", "Err(\""]),
            ("form", &[".id, \"", "Fault::new(field, \""]),
        ],
        _ => &[
            ("status", &["Status::new(\"editing\", \"", "Status::new(\"invalid\", \"", "Status::new(\"done\", \"", "{ (\"", "else { (\""]),
            ("form/sent", &["Status::new(\"busy\", \"", "Status::new(\"done\", \"", "Test { \""]),
            ("reply", &["=> \"", "Outcome::Lost { code: \""]),
            ("wasm", &["Operation::Delete => \"", "Operation::List => \"", "_ => \""]),
        ],
    };
    let mut codes = BTreeSet::new();
    for (module, marks) in makers {
        let deeds = deeds(&Path::new("src").join(format!("{module}.rs")));
        for mark in *marks {
            let found: Vec<&str> = deeds.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).collect();
            codes.extend(found.into_iter().filter(|code| code.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')).map(str::to_owned));
        }
    }
    assert!(codes.len() > 10, "{what}: {codes:?}");
    codes
}
