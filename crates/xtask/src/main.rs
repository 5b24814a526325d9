//! Every developer command: `cargo xtask demo`, `cargo xtask test`, `cargo xtask build`, `cargo xtask pack`.
//!
//! Reading order: `workspace` (where things lie), `run` (starting programs), `stamp` (what is fresh already),
//! `apt`, `route`, `browser`, `setup` (finding and installing), `build`, `pack` (making the package),
//! `times`, `native`, `steps`, `check` (the tests).

mod apt;
mod browser;
mod build;
mod check;
mod native;
mod pack;
mod route;
mod run;
mod setup;
mod stamp;
mod steps;
mod times;
mod workspace;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use run::Result;
use setup::Tool;
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Sets up, builds, shows and tests Jackfield.")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build, serve the demo page, and open it in the browser
    Demo {
        /// Port to listen on
        #[arg(long)]
        port: Option<u16>,
        /// Folder that keeps what the demo saves
        #[arg(long)]
        data: Option<PathBuf>,
        /// Print the address only
        #[arg(long)]
        no_open: bool,
    },
    /// Run every test, stopping at the first red one
    Test {
        /// Run the slow ones too
        #[arg(long)]
        all: bool,
        /// Run this step and what it needs, nothing else
        #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(check::names()))]
        only: Option<String>,
        /// Go on after a red test, and list all of them at the end
        #[arg(long)]
        keep_going: bool,
    },
    /// Build the npm package into pkg/dist and print its sizes
    Build,
    /// Take the pictures of the form, for people to look at and for the README
    Pictures,
    /// Make the tarball of a release twice from nothing, compare, and print the lines for a page
    Pack,
}

fn main() -> ExitCode {
    let workspace = Workspace::here();
    let result = match Cli::parse().task {
        Task::Demo { port, data, no_open } => demo(&workspace, port, data, no_open),
        Task::Test { all, only, keep_going } => {
            check::run(&workspace, &check::Options { all, only: only.as_deref(), keep_going })
        }
        Task::Build => build(&workspace),
        Task::Pictures => pictures(&workspace),
        Task::Pack => pack::pack(&workspace),
    };
    match result.map_err(|sentence| run::or_full_disk(&workspace.target, sentence)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn build(workspace: &Workspace) -> Result {
    let kit = setup::set_up(workspace, &[Tool::Page, Tool::Wasm])?;
    build::all(workspace, &kit)?;
    build::budget(workspace)
}

fn demo(workspace: &Workspace, port: Option<u16>, data: Option<PathBuf>, no_open: bool) -> Result {
    let kit = setup::set_up(workspace, &[Tool::Page, Tool::Wasm])?;
    build::all(workspace, &kit)?;
    let mut sandbox = Command::new(build::sandbox(workspace)?);
    sandbox.arg("--root").arg(&workspace.root);
    if let Some(port) = port {
        sandbox.arg("--port").arg(port.to_string());
    }
    if let Some(data) = data {
        sandbox.arg("--data").arg(data);
    }
    if !no_open {
        sandbox.arg("--open");
    }
    run::become_(sandbox)
}

fn pictures(workspace: &Workspace) -> Result {
    let kit = setup::set_up(workspace, &[Tool::Page, Tool::Wasm, Tool::Browser])?;
    build::all(workspace, &kit)?;
    let sandbox = build::sandbox(workspace)?;
    let mut suite = build::node(workspace, "node_modules/@playwright/test/cli.js");
    suite
        .args(["test", "-c", "tests/e2e/playwright.config.mjs"])
        .envs([("JACKFIELD_PICTURES", "1"), ("JACKFIELD_ALL", "1")]);
    kit.browser()?.name_to(&mut suite);
    run::must(suite.env("JACKFIELD_SANDBOX", sandbox))
}
