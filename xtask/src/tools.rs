//! Finding what a task needs, and installing what is missing. What is there and fits is used as it is.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::apt::Apt;
use crate::house::{House, on_path};
use crate::route::{self, Looked, Route};
use crate::run::{self, Done};
use crate::stamp::{self, Files};

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
    /// Chromium and its driver.
    Browser,
}

/// What the set-up found; a member that no asked tool fills is none.
#[derive(Default)]
pub struct Kit {
    route: Option<Route>,
    bindgen: Option<PathBuf>,
    browser: Option<Browser>,
}

#[derive(Clone)]
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

impl Kit {
    pub fn route(&self) -> Done<&Route> {
        self.route.as_ref().ok_or_else(|| "The set-up was not asked for a wasm compiler.".to_owned())
    }

    /// The folder that holds `wasm-bindgen` and `wasm-bindgen-test-runner`.
    pub fn bindgen(&self, program: &str) -> Done<PathBuf> {
        let folder = self.bindgen.as_ref().ok_or_else(|| "The set-up was not asked for wasm-bindgen.".to_owned())?;
        Ok(folder.join(exe(program)))
    }

    pub fn browser(&self) -> Done<&Browser> {
        self.browser.as_ref().ok_or_else(|| "The set-up was not asked for a browser.".to_owned())
    }
}

/// Finds all, then installs all missing system packages in one go, then the rest.
pub fn set_up(house: &House, wanted: &[Tool]) -> Done<Kit> {
    let wants = |tool| wanted.contains(&tool);
    let apt = Apt::here(house);
    let apt = apt.as_ref();
    if wants(Tool::Page) {
        node_fits()?;
    }

    let mut kit = Kit::default();
    let mut packages = Vec::new();
    if wants(Tool::Wasm) {
        match route::find(house, apt, wants(Tool::Lint))? {
            Looked::Ready(route) => kit.route = Some(route),
            Looked::Missing(missing) => packages.extend(missing),
        }
    }
    if wants(Tool::Lint) {
        packages.extend(lint_lacks(apt)?);
    }
    if wants(Tool::Browser) {
        packages.extend(browser_lacks(apt)?);
    }
    packages.sort();
    packages.dedup();
    if let (Some(apt), false) = (apt, packages.is_empty()) {
        apt.install(&packages)?;
    }

    if wants(Tool::Wasm) && kit.route.is_none() {
        match route::find(house, apt, wants(Tool::Lint))? {
            Looked::Ready(route) => kit.route = Some(route),
            Looked::Missing(missing) => return Err(format!("Installed, and still missing: {}.", missing.join(", "))),
        }
    }
    if wants(Tool::Browser) {
        kit.browser = Some(Browser { chromium: chromium()?.ok_or(NO_CHROMIUM)?, driver: driver()?.ok_or(NO_DRIVER)? });
    }
    if wants(Tool::Wasm) {
        kit.bindgen = Some(bindgen(house)?);
    }
    if wants(Tool::Page) {
        npm_packages(house)?;
    }
    Ok(kit)
}

fn exe(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

// Node

fn node_fits() -> Done {
    let version = run::read(Command::new("node").arg("--version"));
    let Some(version) = version else {
        return Err(format!("Install Node {NODE} or newer (https://nodejs.org), then try again."));
    };
    if major(&version).is_none_or(|major| major < NODE) {
        return Err(format!("Node is {version}: install {NODE} or newer (https://nodejs.org), then try again."));
    }
    match on_path("npm") {
        Some(_) => Ok(()),
        None => Err("Install npm, which usually comes with Node (https://nodejs.org), then try again.".to_owned()),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn npm_packages(house: &House) -> Done {
    let inputs = Files::of(["package-lock.json", "package.json", "pkg/package.json"].map(|path| house.at(path)));
    // npm writes down in this file what it installed. The stamp lies beside it, to go when it goes.
    let outputs = Files::of([house.at("node_modules/.package-lock.json")]);
    stamp::once(&house.at("node_modules/.xtask"), &inputs, "", &outputs, || {
        run::say("npm ci");
        let npm = on_path("npm").ok_or("npm is missing.")?;
        run::must(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(&house.root))
    })?;
    Ok(())
}

// wasm-bindgen

/// The folder with a wasm-bindgen of the very version that the engine was linked against; anything else refuses its output.
fn bindgen(house: &House) -> Done<PathBuf> {
    let lock = fs::read_to_string(house.at("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}."))?;
    let version = locked(&lock, "wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen.")?;
    let own = house.tools().join("bin");
    let mut folders = vec![own.clone()];
    folders.extend(on_path("wasm-bindgen").and_then(|program| program.parent().map(Path::to_path_buf)));
    if let Some(folder) = folders.into_iter().find(|folder| bindgen_fits(folder, version)) {
        return Ok(folder);
    }
    run::say(&format!("cargo install wasm-bindgen-cli --version {version} (a few minutes, once)"));
    let install = |locked: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(["install", "wasm-bindgen-cli", "--version", version, "--root"]).arg(house.tools());
        // It works on small files: a faster build is worth more than a faster program.
        cargo.args(["--force", "--quiet"]).args(locked).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        run::must(cargo.env_remove("CARGO_TARGET_DIR"))
    };
    // Its own lock file may name versions that a mirror lacks, newer ones may need a newer compiler: one of the two works.
    install(&[]).or_else(|_| install(&["--locked"]))?;
    if bindgen_fits(&own, version) { Ok(own) } else { Err(format!("wasm-bindgen {version} does not start.")) }
}

fn bindgen_fits(folder: &Path, version: &str) -> bool {
    let said = run::read(Command::new(folder.join(exe("wasm-bindgen"))).arg("--version"));
    folder.join(exe("wasm-bindgen-test-runner")).is_file() && said.is_some_and(|said| said.split_whitespace().nth(1) == Some(version))
}

/// The version of a package in a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

// rustfmt and clippy

fn lint_lacks(apt: Option<&Apt>) -> Done<Vec<String>> {
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

// Chromium

const NO_CHROMIUM: &str = "Install Chromium or Chrome, or name its program in CHROMIUM, then try again.";
const NO_DRIVER: &str = "Install the chromedriver of your Chromium, or name it in CHROMEDRIVER, then try again.";

fn browser_lacks(apt: Option<&Apt>) -> Done<Vec<String>> {
    let mut packages = Vec::new();
    for (found, package, sentence) in [(chromium()?, "chromium", NO_CHROMIUM), (driver()?, "chromium-driver", NO_DRIVER)] {
        match (found, apt) {
            (Some(_), _) => {}
            (None, Some(apt)) if apt.offers(package) => packages.push(package.to_owned()),
            (None, _) => return Err(sentence.to_owned()),
        }
    }
    Ok(packages)
}

fn chromium() -> Done<Option<PathBuf>> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let fixed = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    named_or_found(&["CHROMIUM", "CHROME"], &names, fixed)
}

fn driver() -> Done<Option<PathBuf>> {
    named_or_found(&["CHROMEDRIVER"], &["chromedriver"], "/usr/lib/chromium-browser/chromedriver")
}

/// A program that an environment variable names, else one on the path, else one at its usual place.
fn named_or_found(variables: &[&str], names: &[&str], fixed: &str) -> Done<Option<PathBuf>> {
    for variable in variables {
        if let Some(named) = env::var_os(variable).filter(|named| !named.is_empty()) {
            let named = PathBuf::from(named);
            return match named.is_file() {
                true => Ok(Some(named)),
                false => Err(format!("{variable} names {}, which is no file.", named.display())),
            };
        }
    }
    let fixed = Path::new(fixed);
    Ok(names.iter().find_map(|name| on_path(name)).or_else(|| fixed.is_file().then(|| fixed.to_path_buf())))
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
        let lock = fs::read_to_string(House::here(false).at("Cargo.lock")).unwrap();
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
