//! The engine on the command line: the same answers as in a page, as JSON for scripts.

mod args;
mod commands;
mod files;
mod lint;
mod paste;
mod uri;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use commands::{Done, Stop};
use jackfield_strings::Reading;

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Types { api, catalog } => commands::types(api.as_deref(), &catalog),
        Command::Describe { api, kind, catalog } => commands::describe(&api, &kind, &catalog),
        Command::Check { target, operation, catalog } => commands::check(&target, &operation, &catalog),
        Command::Request { target, operation, request, catalog } => {
            commands::request(&target, &operation, &request, &catalog)
        }
        Command::Load { api, kind, record, reveal, catalog } => {
            commands::load(&api, kind.as_deref(), &record, reveal, &catalog)
        }
        Command::Lint { files } => lint::lint(&files),
        Command::Paste { form, text, reveal, catalog } => paste::paste(&form, &text, reveal, &catalog),
        Command::Uri { dialect, form, lenient, text, build } => {
            uri::uri(&dialect, &Reading { form: form.as_deref(), lenient }, &text, build)
        }
    };
    match done {
        Ok(Done { text, code }) => {
            print(io::stdout(), &text);
            ExitCode::from(code)
        }
        Err(Stop::Faults(text)) => {
            print(io::stderr(), &text);
            ExitCode::from(1)
        }
        Err(Stop::Usage(sentence)) => {
            print(io::stderr(), &sentence);
            ExitCode::from(2)
        }
    }
}

/// A reader that went away early, such as `head`, is no failure.
fn print(mut out: impl Write, text: &str) {
    let _ = writeln!(out, "{text}");
}
