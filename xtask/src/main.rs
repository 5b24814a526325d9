//! Every developer command: `cargo xtask demo`, `cargo xtask test`, `cargo xtask build`, `cargo xtask pack`.
//!
//! Reading order: `house` (where things lie), `run` (starting programs), `stamp` (what is fresh already),
//! `apt`, `route`, `tools` (finding and installing), `build`, `sizes`, `pack` (making the package), `check` (the tests).

mod apt;
mod build;
mod check;
mod house;
mod pack;
mod route;
mod run;
mod sizes;
mod stamp;
mod tools;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use house::House;
use run::Done;
use tools::Tool;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Sets up, builds, shows and tests Jackfield.")]
struct Cli {
    #[command(subcommand)]
    task: Task,
    /// Install missing system packages too (as root only)
    #[arg(long, global = true)]
    yes: bool,
}

#[derive(Subcommand)]
enum Task {
    /// Build, serve the demo page and print its address
    Demo {
        /// Port to listen on
        #[arg(long)]
        port: Option<u16>,
        /// Folder that keeps what the demo saves
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Run every test, stopping at the first red one
    Test {
        /// Run the slow ones too
        #[arg(long)]
        all: bool,
        /// Run this step and what it needs, nothing else
        #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(check::names()))]
        only: Option<String>,
    },
    /// Build the npm package into pkg/dist and print its sizes
    Build,
    /// Make the tarball of a release twice from nothing, compare, and print the lines for a page
    Pack,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let house = House::here(cli.yes);
    let done = match cli.task {
        Task::Demo { port, data } => demo(&house, port, data),
        Task::Test { all, only } => check::run(&house, all, only.as_deref()),
        Task::Build => build(&house),
        Task::Pack => pack::pack(&house),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn build(house: &House) -> Done {
    let kit = tools::set_up(house, &[Tool::Page, Tool::Wasm])?;
    build::all(house, &kit)?;
    sizes::report(house).map(drop)
}

fn demo(house: &House, port: Option<u16>, data: Option<PathBuf>) -> Done {
    let kit = tools::set_up(house, &[Tool::Page, Tool::Wasm])?;
    build::all(house, &kit)?;
    let mut sandbox = Command::new(build::sandbox(house)?);
    sandbox.arg("--root").arg(&house.root);
    if let Some(port) = port {
        sandbox.arg("--port").arg(port.to_string());
    }
    if let Some(data) = data {
        sandbox.arg("--data").arg(data);
    }
    run::become_(sandbox)
}
