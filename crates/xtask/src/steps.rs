//! The steps of a test run: what each uses, and what it does.

use std::path::PathBuf;
use std::process::Command;

use crate::build::{self, node};
use crate::native;
use crate::pack;
use crate::run::{self, Result};
use crate::setup::{Kit, Tool};
use crate::stamp::inside;
use crate::times;
use crate::workspace::Workspace;

pub struct Step {
    pub name: &'static str,
    /// Steps whose work this one uses.
    pub after: &'static [&'static str],
    pub lane: Lane,
    pub needs: &'static [Tool],
    pub work: fn(&Run) -> Result,
}

/// Steps of one lane wait for each other, since they write into the same folders; others run side by side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    /// Cargo's target folder.
    Native,
    /// The target folder for wasm32, and pkg/.
    Wasm,
    /// What reads the built package.
    Page,
}

/// What the steps of a run work with.
pub struct Run<'a> {
    pub workspace: &'a Workspace,
    pub kit: Kit,
    /// With what is slow.
    pub all: bool,
    /// A red test does not end its step, nor a red step the run.
    pub keep_going: bool,
}

/// In the order in which they tell most for the least waiting.
pub const STEPS: &[Step] = &[
    Step { name: "format", after: &[], lane: Lane::Native, needs: &[Tool::Lint], work: format },
    Step { name: "build", after: &[], lane: Lane::Wasm, needs: &[Tool::Page, Tool::Wasm], work: package },
    Step { name: "sandbox", after: &[], lane: Lane::Native, needs: &[], work: sandbox },
    Step { name: "lint", after: &[], lane: Lane::Native, needs: &[Tool::Lint], work: lint },
    Step { name: "budget", after: &["build"], lane: Lane::Page, needs: &[Tool::Wasm], work: budget },
    Step { name: "types", after: &["build"], lane: Lane::Page, needs: &[Tool::Page], work: types },
    Step {
        name: "package",
        after: &["build"],
        lane: Lane::Page,
        needs: &[Tool::Page, Tool::Wasm],
        work: tarball,
    },
    Step { name: "native", after: &[], lane: Lane::Native, needs: &[], work: tests },
    Step {
        name: "lint-wasm",
        after: &[],
        lane: Lane::Wasm,
        needs: &[Tool::Lint, Tool::Wasm],
        work: lint_wasm,
    },
    Step { name: "wasm", after: &[], lane: Lane::Wasm, needs: &[Tool::Wasm, Tool::Browser], work: wasm },
    Step {
        name: "browser",
        after: &["build", "sandbox"],
        lane: Lane::Page,
        needs: &[Tool::Browser],
        work: browser,
    },
    Step {
        name: "apps",
        after: &["build"],
        lane: Lane::Page,
        needs: &[Tool::Page, Tool::Browser],
        work: apps,
    },
];

fn cargo(run: &Run, words: &[&str]) -> Result {
    run::must(Command::new("cargo").args(words).current_dir(&run.workspace.root))
}

fn format(run: &Run) -> Result {
    cargo(run, &["fmt", "--all", "--check"])
}

fn lint(run: &Run) -> Result {
    cargo(run, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

/// As the browser suites have the engine, and all groups of strings at once; what a single wasm of the package leaves unused, its build tells.
fn lint_wasm(run: &Run) -> Result {
    let suites = wasm_suites(run.workspace)?;
    let strings: Vec<&str> = build::PARTS
        .iter()
        .filter(|part| part.package == "jackfield-strings")
        .map(|part| part.features)
        .collect();
    let strings = strings.join(",");
    for (package, features, suites) in [
        ("jackfield", "prepare,send", &suites[..]),
        ("jackfield", "preparer,sender", &[]),
        ("jackfield-strings", &strings, &[]),
    ] {
        let mut clippy = run.kit.route()?.cargo(run.workspace, "clippy");
        clippy
            .args(["--package", package, "--no-default-features", "--features", features, "--lib"])
            .args(suites);
        run::must(clippy.args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn tests(run: &Run) -> Result {
    native::test(run.workspace, run.keep_going)
}

fn package(run: &Run) -> Result {
    build::all(run.workspace, &run.kit)
}

fn budget(run: &Run) -> Result {
    run::print(&run.kit.route()?.compiler());
    build::budget(run.workspace)
}

fn types(run: &Run) -> Result {
    run::must(node(run.workspace, "node_modules/typescript/bin/tsc").args(["--noEmit", "-p", "pkg"]))
}

fn sandbox(run: &Run) -> Result {
    build::sandbox(run.workspace).map(drop)
}

/// The suites that run in a browser: tests/wasm*.rs, as arguments of cargo.
fn wasm_suites(workspace: &Workspace) -> Result<Vec<String>> {
    let suite = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".rs")?.to_owned();
        name.starts_with("wasm").then_some(["--test".to_owned(), name])
    };
    let suites: Vec<String> =
        inside(&workspace.at("tests"))?.into_iter().filter_map(suite).flatten().collect();
    if suites.is_empty() {
        Err("No suite for the browser was found: tests/wasm*.rs.".to_owned())
    } else {
        Ok(suites)
    }
}

/// Cargo hands each suite to a script that opens it in the browser of the other tests.
fn wasm(run: &Run) -> Result {
    let script = run.workspace.at("tests/wasm-runner.mjs");
    let runner = serde_json::json!(["node", script]);
    let mut test = run.kit.route()?.cargo(run.workspace, "test");
    test.args(["--package", "jackfield", "--no-default-features", "--features", "prepare,send"])
        .args(wasm_suites(run.workspace)?);
    test.args(["--config", &format!("target.wasm32-unknown-unknown.runner={runner}")]);
    test.env("WASM_BINDGEN_TEST_RUNNER", run.kit.bindgen("wasm-bindgen-test-runner")?);
    run.kit.browser()?.name_to(&mut test);
    run::must(&mut test)
}

/// What npm packs: its entries, its types and what it weighs in a page.
fn tarball(run: &Run) -> Result {
    let mut suite = playwright(run, "package", "tests/apps");
    suite.env("JACKFIELD_COMPILER", run.kit.route()?.compiler());
    run::must(suite.args(["entries.spec.mjs", "sizes.spec.mjs"]))
}

fn browser(run: &Run) -> Result {
    let mut suite = playwright(run, "browser", "tests/e2e");
    run.kit.browser()?.name_to(&mut suite);
    run::must(suite.env("JACKFIELD_SANDBOX", build::sandbox_program(run.workspace)))
}

/// The packed package in apps of real bundlers; the slow ones with `--all`.
fn apps(run: &Run) -> Result {
    let mut suite = playwright(run, "apps", "tests/apps");
    run.kit.browser()?.name_to(&mut suite);
    run::must(suite.arg("apps.spec.mjs"))?;
    if run.all { pack::twice(run.workspace, &run.kit) } else { Ok(()) }
}

fn playwright(run: &Run, step: &str, suite: &str) -> Command {
    let mut command = node(run.workspace, "node_modules/@playwright/test/cli.js");
    command.args(["test", "-c", &format!("{suite}/playwright.config.mjs")]);
    command.env("JACKFIELD_TIMES", times::file(run.workspace, step));
    if !run.keep_going {
        command.arg("--max-failures=10");
    }
    if run.all {
        command.env("JACKFIELD_ALL", "1");
    }
    command
}
