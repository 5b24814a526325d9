//! The commands that the README shows are run, and print what it shows.
#![cfg(unix)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of the README and the lines below it.
struct Example {
    command: String,
    shown: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn examples() -> Vec<Example> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = readme.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let example = |block: &str| {
        let mut lines = block.lines().map(str::to_owned);
        let command = lines.next().unwrap().strip_prefix("$ ").unwrap().to_owned();
        Example { command, shown: lines.collect() }
    };
    blocks.map(example).collect()
}

/// What a shell prints that knows `jackfield`.
fn printed(command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_jackfield"));
    let mut folders = vec![program.parent().unwrap().to_path_buf()];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap()));
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(root()).env("PATH", env::join_paths(folders).unwrap());
    let output = shell.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_prints_what_is_shown() {
    let examples = examples();
    for Example { command, shown } in &examples {
        let printed = printed(command);
        let lines: Vec<&str> = printed.lines().collect();
        // The rest of a long answer is left out.
        let (shown, all) = match shown.as_slice() {
            [start @ .., last] if last == "…" => (start, false),
            shown => (shown, true),
        };
        assert_eq!(&lines[..shown.len().min(lines.len())], shown, "$ {command}");
        assert!(!all || lines.len() == shown.len(), "$ {command}\nprints more than is shown:\n{printed}");
    }
    for word in ["types", "describe", "check", "request", "load", "lint", "uri"] {
        assert!(examples.iter().any(|example| example.command.contains(&format!("jackfield {word} "))), "no example of {word}");
    }
}
