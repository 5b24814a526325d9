//! Finding what a task needs, and installing what is missing. What is there and fits is used as it is.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::apt::Apt;
use crate::browser::{self, Browser, Search};
use crate::route::{self, Looked, Route};
use crate::run::{self, Result};
use crate::stamp::{self, Files};
use crate::workspace::{Workspace, on_path};

const NODE: u32 = 20;

/// What a task can ask for.
#[derive(Clone, Copy, PartialEq)]
pub enum Tool {
    /// Node and the npm packages.
    Page,
    /// A compiler that reaches wasm32, and wasm-bindgen.
    Wasm,
    /// rustfmt and clippy.
    Lint,
    /// A Chromium that Playwright can drive.
    Browser,
}

/// What the set-up found; a member that no asked tool fills is none.
#[derive(Default)]
pub struct Kit {
    route: Option<Route>,
    bindgen: Option<PathBuf>,
    browser: Option<Browser>,
}

impl Kit {
    pub fn route(&self) -> Result<&Route> {
        self.route.as_ref().ok_or_else(|| "The set-up was not asked for a wasm compiler.".to_owned())
    }

    /// The path of `wasm-bindgen` or `wasm-bindgen-test-runner`.
    pub fn bindgen(&self, program: &str) -> Result<PathBuf> {
        let folder =
            self.bindgen.as_ref().ok_or_else(|| "The set-up was not asked for wasm-bindgen.".to_owned())?;
        Ok(folder.join(exe(program)))
    }

    pub fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().ok_or_else(|| "The set-up was not asked for a browser.".to_owned())
    }
}

/// Says what is missing, then finds or installs it: npm packages, all system packages in one go, and wasm-bindgen.
pub fn set_up(workspace: &Workspace, wanted: &[Tool]) -> Result<Kit> {
    let wants = |tool| wanted.contains(&tool);
    let page = wants(Tool::Page) || wants(Tool::Browser);
    if page {
        node_fits()?;
    }
    announce(workspace, wanted)?;
    if page {
        npm_packages(workspace)?;
    }

    let apt = Apt::here();
    let apt = apt.as_ref();
    let mut kit = Kit::default();
    let packages = find(workspace, apt, wanted, &mut kit)?;
    if let (Some(apt), false) = (apt, packages.is_empty()) {
        apt.install(&packages)?;
        let missing = find(workspace, Some(apt), wanted, &mut kit)?;
        if !missing.is_empty() {
            return Err(format!("Installed, and still missing: {}.", missing.join(", ")));
        }
    }
    if wants(Tool::Wasm) {
        kit.bindgen = Some(bindgen(workspace)?);
    }
    Ok(kit)
}

/// Fills the kit with what is there; answers with the system packages that would bring the rest.
fn find(workspace: &Workspace, apt: Option<&Apt>, wanted: &[Tool], kit: &mut Kit) -> Result<Vec<String>> {
    let wants = |tool| wanted.contains(&tool);
    let mut packages = Vec::new();
    if wants(Tool::Wasm) && kit.route.is_none() {
        match route::find(workspace, apt, wants(Tool::Lint))? {
            Looked::Ready(route) => kit.route = Some(route),
            Looked::Missing(missing) => packages.extend(missing),
        }
    }
    if wants(Tool::Lint) {
        packages.extend(lint_lacks(apt)?);
    }
    if wants(Tool::Browser) && kit.browser.is_none() {
        match browser::find(workspace, apt)? {
            Search::Found(browser) => kit.browser = Some(browser),
            Search::Missing(missing) => packages.extend(missing),
        }
    }
    packages.sort();
    packages.dedup();
    Ok(packages)
}

/// Says what the set-up is about to do, and about how long it takes on two cores.
fn announce(workspace: &Workspace, wanted: &[Tool]) -> Result {
    let wants = |tool| wanted.contains(&tool);
    let mut plan = Vec::new();
    if (wants(Tool::Page) || wants(Tool::Browser))
        && !workspace.at("node_modules/.package-lock.json").is_file()
    {
        plan.push(("npm packages".to_owned(), 1));
    }
    if wants(Tool::Wasm) && !route::is_there() {
        plan.push(("a compiler for wasm32".to_owned(), 2));
    }
    if wants(Tool::Browser) && browser::is_missing() {
        plan.push(("a browser".to_owned(), 1));
    }
    let version = bindgen_version(workspace)?;
    if wants(Tool::Wasm) && bindgen_folder(workspace, &version).is_none() {
        plan.push((format!("wasm-bindgen {version}, from its source"), 3));
    }
    if plan.is_empty() {
        return Ok(());
    }
    run::print("Set-up, once:");
    for (what, minutes) in &plan {
        run::print(&format!("  {what}, about {minutes} min"));
    }
    Ok(())
}

fn exe(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

// Node

fn node_fits() -> Result {
    let version = run::read(Command::new("node").arg("--version"));
    let Some(version) = version else {
        return Err(format!("Install Node {NODE} or newer (https://nodejs.org), then try again."));
    };
    if major(&version).is_none_or(|major| major < NODE) {
        return Err(format!(
            "Node is {version}: install {NODE} or newer (https://nodejs.org), then try again."
        ));
    }
    match on_path("npm") {
        Some(_) => Ok(()),
        None => {
            Err("Install npm, which usually comes with Node (https://nodejs.org), then try again.".to_owned())
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn npm_packages(workspace: &Workspace) -> Result {
    let inputs =
        Files::of(["package-lock.json", "package.json", "pkg/package.json"].map(|path| workspace.at(path)));
    // npm writes down in this file what it installed. The stamp lies beside it, to go when it goes.
    let outputs = Files::of([workspace.at("node_modules/.package-lock.json")]);
    stamp::once(&workspace.at("node_modules/.xtask"), &inputs, "", &outputs, || {
        run::say("npm ci");
        let npm = on_path("npm").ok_or("npm is missing.")?;
        run::must(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(&workspace.root))
            .map_err(|sentence| format!("The npm packages could not be fetched. Check the network and npm's settings, then try again. {sentence}"))
    })?;
    Ok(())
}

// wasm-bindgen

/// The version that the engine was linked against; another one refuses its output.
fn bindgen_version(workspace: &Workspace) -> Result<String> {
    let lock =
        fs::read_to_string(workspace.at("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}."))?;
    locked(&lock, "wasm-bindgen")
        .map(str::to_owned)
        .ok_or_else(|| "Cargo.lock names no wasm-bindgen.".to_owned())
}

/// The folder with a wasm-bindgen of that very version, if there is one.
fn bindgen_folder(workspace: &Workspace, version: &str) -> Option<PathBuf> {
    let mut folders = vec![workspace.tools().join("bin")];
    folders.extend(on_path("wasm-bindgen").and_then(|program| program.parent().map(Path::to_path_buf)));
    folders.into_iter().find(|folder| bindgen_fits(folder, version))
}

fn bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let version = bindgen_version(workspace)?;
    if let Some(folder) = bindgen_folder(workspace, &version) {
        return Ok(folder);
    }
    run::say(&format!("cargo install wasm-bindgen-cli --version {version}"));
    let install = |locked: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo
            .args(["install", "wasm-bindgen-cli", "--version", &version, "--force", "--root"])
            .arg(workspace.tools());
        // It works on small files: a faster build is worth more than a faster program.
        cargo.args(locked).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        run::must(cargo.env_remove("CARGO_TARGET_DIR"))
    };
    // The versions that its authors tested come first. A mirror may lack one of them, and then newer ones do.
    install(&["--locked"]).or_else(|_| install(&[])).map_err(|sentence| {
        format!("wasm-bindgen could not be installed. Check the network, then try again. {sentence}")
    })?;
    bindgen_folder(workspace, &version).ok_or_else(|| format!("wasm-bindgen {version} does not start."))
}

fn bindgen_fits(folder: &Path, version: &str) -> bool {
    let printed = run::read(Command::new(folder.join(exe("wasm-bindgen"))).arg("--version"));
    folder.join(exe("wasm-bindgen-test-runner")).is_file()
        && printed.is_some_and(|line| line.split_whitespace().nth(1) == Some(version))
}

/// The version of a package in a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

// rustfmt and clippy

fn lint_lacks(apt: Option<&Apt>) -> Result<Vec<String>> {
    let lacks = || ["fmt", "clippy"].into_iter().filter(|tool| !cargo_has(tool)).collect::<Vec<_>>();
    if lacks().is_empty() {
        return Ok(Vec::new());
    }
    if on_path("rustup").is_some() {
        run::say("rustup component add rustfmt clippy");
        let limit = Duration::from_secs(90);
        let _ = run::within(limit, Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]));
        if lacks().is_empty() {
            return Ok(Vec::new());
        }
    } else if let Some(apt) = apt {
        let package = |tool: &str| if tool == "fmt" { "rustfmt-web" } else { "rust-web-clippy" };
        let packages: Vec<String> = lacks().into_iter().map(|tool| package(tool).to_owned()).collect();
        if packages.iter().all(|package| apt.offers(package)) {
            return Ok(packages);
        }
    }
    Err("Run this once, then try again: rustup component add rustfmt clippy".to_owned())
}

fn cargo_has(tool: &str) -> bool {
    run::read(Command::new("cargo").args([tool, "--version"]).stderr(Stdio::null())).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn this_repositorys_lock_file_names_one() {
        let lock = fs::read_to_string(Workspace::here().at("Cargo.lock")).unwrap();
        let version = locked(&lock, "wasm-bindgen").unwrap();
        assert!(version.starts_with("0.2."), "{version}");
    }

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("what"), None);
    }

    #[test]
    fn another_version_does_not_fit() {
        assert!(!bindgen_fits(Path::new("/nowhere"), "0.2.130"));
    }
}
