//! The commands that the documents show are run, and print what they show.
#![cfg(unix)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of a document and the lines below it.
struct Example {
    command: String,
    shown: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The fenced blocks of a document in one language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    text.split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

fn examples(document: &str) -> Vec<Example> {
    let example = |block: &str| {
        let mut lines = block.lines().map(str::to_owned);
        let command = lines.next().unwrap().strip_prefix("$ ").unwrap().to_owned();
        Example { command, shown: lines.collect() }
    };
    blocks(document, "console").iter().map(|block| example(block)).collect()
}

/// What a shell prints that knows `jackfield`.
fn printed(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_jackfield"));
    let mut folders = vec![program.parent().unwrap().to_path_buf()];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap()));
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(folder).env("PATH", env::join_paths(folders).unwrap());
    let output = shell.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
    String::from_utf8(output.stdout).unwrap()
}

/// Whether a command printed what is shown; a last line `…` stands for the rest of a long answer.
#[track_caller]
fn prints(Example { command, shown }: &Example, folder: &Path) {
    let printed = printed(command, folder);
    let lines: Vec<&str> = printed.lines().collect();
    let (shown, all) = match shown.as_slice() {
        [start @ .., last] if last == "…" => (start, false),
        shown => (shown, true),
    };
    assert_eq!(&lines[..shown.len().min(lines.len())], shown, "$ {command}");
    assert!(!all || lines.len() == shown.len(), "$ {command}\nprints more than is shown:\n{printed}");
}

#[test]
fn every_command_prints_what_is_shown() {
    let examples = examples("README.md");
    for example in &examples {
        prints(example, root());
    }
    for word in ["types", "describe", "check", "request", "load", "lint", "uri"] {
        assert!(
            examples.iter().any(|example| example.command.contains(&format!("jackfield {word} "))),
            "no example of {word}"
        );
    }
}

#[test]
fn the_guide_leads_where_it_says() {
    let guide = "pkg/CUSTOM-APIS.md";
    let folder = tempfile::tempdir().unwrap();
    let [bundle] = &blocks(guide, "json")[..] else { panic!("the guide writes one file") };
    fs::write(folder.path().join("parcels.json"), bundle).unwrap();
    let examples = examples(guide);
    assert_eq!(examples.len(), 3);
    for example in &examples {
        prints(example, folder.path());
    }
}
