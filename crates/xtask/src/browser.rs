//! The Chromium that tests drive: one that is there, the system's package, or the one that Playwright fetches. The headless shell, which has
//! no window, needs two thirds of the time, so it comes first.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::apt::Apt;
use crate::build::node;
use crate::run::{self, Result};
use crate::workspace::{Workspace, on_path};

const INSTALL: &str = "Install Chromium or Chrome, or name its program in CHROMIUM, then try again.";

/// Debian's package, and its program.
const SHELL: &str = "chromium-headless-shell";

/// A server that does not answer must not hold the set-up for long.
const PATIENCE: Duration = Duration::from_secs(600);

pub struct Browser {
    /// Its program; none where Playwright knows its own.
    program: Option<PathBuf>,
}

pub enum Search {
    Found(Browser),
    /// The system's packages that would bring it.
    Missing(Vec<String>),
}

impl Browser {
    /// Tells the tests which browser to start.
    pub fn name_to(&self, tests: &mut Command) {
        match &self.program {
            Some(program) => tests.env("JACKFIELD_CHROMIUM", program),
            None => tests.env_remove("JACKFIELD_CHROMIUM"),
        };
    }
}

/// Whether a browser has to be installed. Needs no npm packages, so one of Playwright's own is not known yet.
pub fn is_missing() -> bool {
    program().is_ok_and(|program| program.is_none())
}

/// Finds a browser, or has Playwright fetch one where nobody may install system packages. The npm packages have to be there.
pub fn find(workspace: &Workspace, apt: Option<&Apt>) -> Result<Search> {
    if let Some(program) = program()? {
        let program = faster(&program, apt).unwrap_or(program);
        return Ok(Search::Found(Browser { program: Some(program) }));
    }
    let own = || Ok(Search::Found(Browser { program: None }));
    match starts(workspace) {
        Start::Fine => return own(),
        Start::LacksLibraries => return Err(libraries()),
        Start::Absent => {}
    }
    let package = |name: &str| Ok(Search::Missing(vec![name.to_owned()]));
    for name in [SHELL, "chromium"] {
        if apt.is_some_and(|apt| apt.can_install() && apt.offers(name)) {
            return package(name);
        }
    }
    run::say("Playwright fetches its Chromium (about a minute, once)");
    let mut fetch = node(workspace, "node_modules/@playwright/test/cli.js");
    // What it complains about fills a screen; what to do is one line.
    let fetched =
        run::within(PATIENCE, fetch.args(["install", "--only-shell", "chromium"]).stderr(Stdio::null()));
    match (fetched, starts(workspace)) {
        (Ok(()), Start::Fine) => own(),
        (Ok(()), Start::LacksLibraries) => Err(libraries()),
        // Whatever Playwright wrote, the system's browser does as well.
        _ if apt.is_some() => package("chromium"),
        _ => Err(INSTALL.to_owned()),
    }
}

/// The headless shell in the place of a whole browser that nobody named, where it can be installed.
fn faster(program: &Path, apt: Option<&Apt>) -> Option<PathBuf> {
    let is_whole = on_path("chromium").is_some_and(|whole| whole == program) && !is_named();
    let apt = apt.filter(|apt| is_whole && apt.can_install() && apt.offers(SHELL))?;
    // Without it the tests are slower and no worse.
    apt.install(&[SHELL.to_owned()]).ok()?;
    on_path(SHELL)
}

fn libraries() -> String {
    "Chromium lacks libraries of the system. Run this once, then try again: sudo npx playwright install-deps chromium".to_owned()
}

enum Start {
    Fine,
    Absent,
    LacksLibraries,
}

/// Whether Playwright's own browser is there and starts.
fn starts(workspace: &Workspace) -> Start {
    let script = "import('@playwright/test').then(({ chromium }) => chromium.launch({ args: ['--no-sandbox'] })).then((browser) => browser.close())";
    let mut launch = Command::new("node");
    launch.args(["-e", script]).current_dir(&workspace.root).stdin(Stdio::null());
    match launch.output() {
        Ok(output) if output.status.success() => Start::Fine,
        Ok(output) if String::from_utf8_lossy(&output.stderr).contains("missing dependencies") => {
            Start::LacksLibraries
        }
        _ => Start::Absent,
    }
}

const VARIABLES: [&str; 2] = ["CHROMIUM", "CHROME"];

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn is_named() -> bool {
    VARIABLES.into_iter().any(|variable| named(variable).is_some())
}

/// A program that the environment names, else one on the path, else one at its usual place.
fn program() -> Result<Option<PathBuf>> {
    for variable in VARIABLES {
        match named(variable) {
            Some(program) if program.is_file() => return Ok(Some(program)),
            Some(program) => {
                return Err(format!(
                    "{variable} names {}, which is no file: correct it or take it out of the environment.",
                    program.display()
                ));
            }
            None => {}
        }
    }
    let names = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let usual = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    Ok(names.into_iter().find_map(on_path).or_else(|| usual.is_file().then(|| usual.to_path_buf())))
}
