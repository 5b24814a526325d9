//! The native tests. Their binaries are run one by one, so that the time of each test is known.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::run::{self, Result};
use crate::times::{self, TestTime};
use crate::workspace::Workspace;

/// Builds all test binaries, runs each in the folder of its package as cargo does, then the examples of the docs.
pub fn test(workspace: &Workspace, keep_going: bool) -> Result {
    let mut red = Vec::new();
    let mut times = Vec::new();
    for binary in build(workspace)? {
        run::print(&format!("\n{}", binary.name));
        // The time of a test is told by the standard harness, though behind a flag of the nightly channel.
        let mut tests = Command::new(&binary.program);
        tests
            .args(["-Zunstable-options", "--report-time"])
            .env("RUSTC_BOOTSTRAP", "1")
            .current_dir(&binary.folder);
        let (report, is_green) = run::output(&mut tests)?;
        run::print(report.trim_end());
        times.extend(report.lines().filter_map(|line| time_of(line, &binary.name)));
        if !is_green {
            red.push(binary.name);
            if !keep_going {
                break;
            }
        }
    }
    times::write(workspace, "native", &times)?;
    if !red.is_empty() {
        return Err(format!("These have red tests: {}.", red.join(", ")));
    }
    run::must(Command::new("cargo").args(["test", "--workspace", "--doc"]).current_dir(&workspace.root))
}

struct Binary {
    /// The package and the target.
    name: String,
    program: PathBuf,
    folder: PathBuf,
}

fn build(workspace: &Workspace) -> Result<Vec<Binary>> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["test", "--workspace", "--no-run", "--message-format", "json-render-diagnostics"])
        .current_dir(&workspace.root);
    let (messages, is_green) = run::output(&mut cargo)?;
    let binaries: Vec<Binary> =
        messages.lines().filter_map(|line| binary(&serde_json::from_str(line).ok()?)).collect();
    match (is_green, binaries.is_empty()) {
        (true, false) => Ok(binaries),
        (true, true) => Err("Cargo built no test.".to_owned()),
        (false, _) => Err("This failed: cargo test --workspace --no-run".to_owned()),
    }
}

/// The test binary of a message of cargo, if it tells of one.
fn binary(message: &Value) -> Option<Binary> {
    let program = message["executable"].as_str()?;
    let is_test = message["profile"]["test"].as_bool()?;
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    let package = folder.file_name()?.to_string_lossy();
    let target = message["target"]["name"].as_str()?;
    let kind = message["target"]["kind"][0].as_str()?;
    let name =
        if kind == "test" { format!("{package}/tests/{target}") } else { format!("{package} ({kind})") };
    is_test.then(|| Binary { name, program: program.into(), folder: folder.to_path_buf() })
}

/// `test path::name ... ok <0.012s>`
fn time_of(line: &str, binary: &str) -> Option<TestTime> {
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let seconds = result.rsplit_once('<')?.1.strip_suffix("s>")?.parse().ok()?;
    Some(TestTime { seconds, name: format!("{binary} {name}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_harness_has_a_time() {
        let time = time_of("test tests::one ... ok <1.250s>", "x").unwrap();
        assert_eq!((time.seconds, time.name.as_str()), (1.25, "x tests::one"));
        for line in [
            "test one ... ok",
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed",
            "test one - should panic ... ok <s>",
        ] {
            assert!(time_of(line, "x").is_none(), "{line}");
        }
    }

    #[test]
    fn only_a_test_binary_is_one() {
        let message = |executable: &str, test: bool| {
            let text = format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"p/strings/Cargo.toml","target":{{"name":"cases","kind":["test"]}},"profile":{{"test":{test}}},"executable":{executable}}}"#
            );
            binary(&serde_json::from_str(&text).unwrap())
        };
        assert_eq!(message("\"p/cases-1\"", true).unwrap().name, "strings/tests/cases");
        assert!(message("null", true).is_none());
        assert!(message("\"p/jackfield\"", false).is_none());
    }
}
