//! Every test, in the order in which it tells most for the least waiting; the first red one ends the run.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde_json::json;

use crate::build;
use crate::house::House;
use crate::pack;
use crate::run::{self, Done};
use crate::sizes;
use crate::stamp::{inside, write};
use crate::tools::{self, Browser, Kit, Tool};

struct Step {
    name: &'static str,
    /// Steps whose work this one uses.
    after: &'static [&'static str],
    needs: &'static [Tool],
    work: fn(&Bench) -> Done,
}

/// What a step works with.
struct Bench<'a> {
    house: &'a House,
    kit: Kit,
    all: bool,
}

const STEPS: &[Step] = &[
    Step { name: "format", after: &[], needs: &[Tool::Lint], work: format },
    Step { name: "lint", after: &[], needs: &[Tool::Lint], work: lint },
    Step { name: "lint-wasm", after: &[], needs: &[Tool::Lint, Tool::Wasm], work: lint_wasm },
    Step { name: "native", after: &[], needs: &[], work: native },
    Step { name: "build", after: &[], needs: &[Tool::Page, Tool::Wasm], work: package },
    Step { name: "budget", after: &["build"], needs: &[], work: budget },
    Step { name: "types", after: &["build"], needs: &[], work: types },
    Step { name: "package", after: &["build"], needs: &[Tool::Page], work: tarball },
    Step { name: "wasm", after: &[], needs: &[Tool::Wasm, Tool::Browser], work: wasm },
    Step { name: "sandbox", after: &[], needs: &[], work: sandbox },
    Step { name: "browser", after: &["build", "sandbox"], needs: &[Tool::Browser], work: browser },
    Step { name: "apps", after: &["build"], needs: &[Tool::Page, Tool::Browser], work: apps },
];

pub fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

pub fn run(house: &House, all: bool, only: Option<&str>) -> Done {
    let steps = chosen(only);
    let needs: Vec<Tool> = steps.iter().flat_map(|step| step.needs.iter().copied()).collect();
    let mut times = Vec::new();

    let kit = timed("set-up", &mut times, || tools::set_up(house, &needs))?;
    let bench = Bench { house, kit, all };
    for step in steps {
        timed(step.name, &mut times, || (step.work)(&bench))?;
    }

    println!("\nAll green:");
    for (name, seconds) in times {
        println!("  {name:<10} {seconds:>7.1} s");
    }
    Ok(())
}

/// All steps, or one and what it needs, in their order.
fn chosen(only: Option<&str>) -> Vec<&'static Step> {
    let mut wanted: BTreeSet<&str> = only.into_iter().collect();
    // A step only uses steps before it, so one walk from the end finds all.
    for step in STEPS.iter().rev().filter(|_| only.is_some()) {
        if wanted.contains(step.name) {
            wanted.extend(step.after);
        }
    }
    STEPS.iter().filter(|step| only.is_none() || wanted.contains(step.name)).collect()
}

fn timed<T>(name: &'static str, times: &mut Vec<(&'static str, f64)>, work: impl FnOnce() -> Done<T>) -> Done<T> {
    println!("\n--- {name}");
    let start = Instant::now();
    let done = work();
    let seconds = start.elapsed().as_secs_f64();
    times.push((name, seconds));
    println!("--- {name}: {} after {seconds:.1} s", if done.is_ok() { "green" } else { "RED" });
    done
}

fn cargo(bench: &Bench, words: &[&str]) -> Done {
    run::must(Command::new("cargo").args(words).current_dir(&bench.house.root))
}

fn format(bench: &Bench) -> Done {
    cargo(bench, &["fmt", "--all", "--check"])
}

fn lint(bench: &Bench) -> Done {
    cargo(bench, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn lint_wasm(bench: &Bench) -> Done {
    let suites = wasm_suites(bench.house)?;
    // As the suites have it, and as each wasm of the package is built.
    let suites = std::iter::once(("jackfield", "prove,send", suites.as_slice()));
    for (package, features, suites) in suites.chain(build::PARTS.iter().map(|part| (part.package, part.features, &[][..]))) {
        let mut clippy = bench.kit.route()?.cargo(bench.house, "clippy");
        clippy.args(["--package", package, "--no-default-features", "--features", features, "--lib"]).args(suites);
        run::must(clippy.args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn native(bench: &Bench) -> Done {
    cargo(bench, &["test", "--workspace"])
}

fn package(bench: &Bench) -> Done {
    build::all(bench.house, &bench.kit)
}

fn budget(bench: &Bench) -> Done {
    println!("{}", bench.kit.route()?.compiler());
    sizes::hold(bench.house)
}

fn types(bench: &Bench) -> Done {
    run::must(build::node(bench.house, "node_modules/typescript/bin/tsc").args(["--noEmit", "-p", "pkg"]))
}

fn sandbox(bench: &Bench) -> Done {
    build::sandbox(bench.house).map(drop)
}

/// The suites that run in a browser: tests/wasm*.rs, as arguments of cargo.
fn wasm_suites(house: &House) -> Done<Vec<String>> {
    let suite = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".rs")?.to_owned();
        name.starts_with("wasm").then_some(["--test".to_owned(), name])
    };
    let suites: Vec<String> = inside(&house.at("tests"))?.into_iter().filter_map(suite).flatten().collect();
    if suites.is_empty() { Err("No suite for the browser was found: tests/wasm*.rs.".to_owned()) } else { Ok(suites) }
}

fn wasm(bench: &Bench) -> Done {
    let browser = bench.kit.browser()?;
    let capabilities = bench.house.stamp("webdriver.json");
    write(&capabilities, &webdriver(browser))?;
    let mut test = bench.kit.route()?.cargo(bench.house, "test");
    test.args(["--package", "jackfield", "--no-default-features", "--features", "prove,send"]).args(wasm_suites(bench.house)?);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", bench.kit.bindgen("wasm-bindgen-test-runner")?)
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        // Seconds; twenty are too few for a busy machine.
        .envs([("WASM_BINDGEN_TEST_TIMEOUT", "900"), ("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "120")]);
    run::must(&mut test)
}

/// How the driver starts the browser: without a screen, without calling home, and without what a container lacks.
fn webdriver(browser: &Browser) -> String {
    let flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    json!({ "goog:chromeOptions": { "binary": browser.chromium, "args": flags } }).to_string()
}

/// What npm packs: its entries, its types and what it weighs in a page.
fn tarball(bench: &Bench) -> Done {
    run::must(playwright(bench, "tests/apps").args(["entries.spec.mjs", "sizes.spec.mjs"]))
}

fn browser(bench: &Bench) -> Done {
    let mut suite = playwright(bench, "tests/e2e");
    run::must(suite.env("JACKFIELD_CHROMIUM", &bench.kit.browser()?.chromium).env("JACKFIELD_SANDBOX", build::sandbox(bench.house)?))
}

/// The packed package in apps of real bundlers; the slow ones with `--all`.
fn apps(bench: &Bench) -> Done {
    let mut suite = playwright(bench, "tests/apps");
    run::must(suite.arg("apps.spec.mjs").env("JACKFIELD_CHROMIUM", &bench.kit.browser()?.chromium))?;
    if bench.all { pack::twice(bench.house, &bench.kit) } else { Ok(()) }
}

fn playwright(bench: &Bench, suite: &str) -> Command {
    let mut command = build::node(bench.house, "node_modules/@playwright/test/cli.js");
    command.args(["test", "-c", &format!("{suite}/playwright.config.mjs")]);
    if bench.all {
        command.env("JACKFIELD_ALL", "1");
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(only: Option<&str>) -> Vec<&str> {
        chosen(only).iter().map(|step| step.name).collect()
    }

    #[test]
    fn without_a_choice_every_step_runs() {
        assert_eq!(names_of(None), names());
    }

    #[test]
    fn one_step_brings_what_it_needs_and_no_more() {
        assert_eq!(names_of(Some("format")), ["format"]);
        assert_eq!(names_of(Some("budget")), ["build", "budget"]);
        assert_eq!(names_of(Some("browser")), ["build", "sandbox", "browser"]);
    }

    #[test]
    fn a_step_only_uses_steps_before_it() {
        for (at, step) in STEPS.iter().enumerate() {
            for used in step.after {
                assert!(STEPS[..at].iter().any(|before| before.name == *used), "{} uses {used}", step.name);
            }
        }
    }

    #[test]
    fn the_first_red_step_is_named_and_ends_the_run() {
        let mut times = Vec::new();
        let red: Done = timed("x", &mut times, || Err("no".to_owned()));
        assert_eq!(red, Err("no".to_owned()));
        assert_eq!(times[0].0, "x");
    }
}
