//! What can be asked for.

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "jackfield",
    version,
    about = "Connection forms on the command line: what they say and what they send."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Lists connection types.
    Types {
        /// Only those of this API.
        #[arg(long, value_name = "ID")]
        api: Option<String>,
        #[command(flatten)]
        catalog: Extra,
    },
    /// Prints a type with everything inherited filled in.
    Describe {
        api: String,
        #[arg(value_name = "TYPE")]
        kind: String,
        #[command(flatten)]
        catalog: Extra,
    },
    /// Prints what is wrong with values; exit 1 if anything but a warning is.
    Check {
        #[command(flatten)]
        target: Target,
        #[arg(long, default_value = "create")]
        operation: String,
        #[command(flatten)]
        catalog: Extra,
    },
    /// Prints the request that an operation sends; exit 1, with the faults on stderr, if it cannot be sent.
    Request {
        #[command(flatten)]
        target: Target,
        operation: String,
        #[command(flatten)]
        request: How,
        #[command(flatten)]
        catalog: Extra,
    },
    /// Prints the values that a saved connection holds.
    Load {
        api: String,
        /// The type; without it the record says it.
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<String>,
        /// The connection as the API answers it; - is stdin.
        #[arg(long, value_name = "FILE")]
        record: String,
        /// Show secrets.
        #[arg(long)]
        reveal: bool,
        #[command(flatten)]
        catalog: Extra,
    },
    /// Prints every mistake in bundles, APIs and types; exit 1 if there is one.
    Lint {
        /// A bundle, an api.json (its folder is taken along), or a type beside its api.json; - is stdin.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Prints what a form does with a pasted text; exit 1, with place and reason on stderr, if it does nothing.
    Paste {
        #[command(flatten)]
        form: FormValues,
        /// The text; - is stdin.
        #[arg(long, default_value = "-", allow_hyphen_values = true)]
        text: String,
        /// Show secrets.
        #[arg(long)]
        reveal: bool,
        #[command(flatten)]
        catalog: Extra,
    },
    /// Prints the parts of a connection string, or the string that parts make; exit 1, with place and reason on stderr, if it cannot.
    Uri {
        /// What the string is for; another name than the known ones lists them.
        dialect: String,
        /// How it is written; without it, the text tells.
        #[arg(long)]
        form: Option<String>,
        /// Keeps parameters that are not known, instead of refusing them.
        #[arg(long)]
        lenient: bool,
        /// The string; - is stdin, byte for byte.
        #[arg(long, default_value = "-", allow_hyphen_values = true)]
        text: String,
        /// Reads parts from stdin, and prints the string that they make.
        #[arg(long, conflicts_with = "text")]
        build: bool,
    },
}

/// Which form, and what is in it.
#[derive(clap::Args)]
pub struct Target {
    pub api: String,
    /// - takes it from the record; list, get and delete need none.
    #[arg(value_name = "TYPE")]
    pub kind: String,
    /// Values by field id; - is stdin.
    #[arg(long, value_name = "FILE")]
    pub values: Option<String>,
    /// A connection as the API answers it; - is stdin.
    #[arg(long, value_name = "FILE")]
    pub record: Option<String>,
    /// What an update does with stored secrets that are not given anew, instead of what the API's data says.
    #[arg(long, value_name = "POLICY", value_parser = ["echo", "reenter", "omit", "null"])]
    pub secrets: Option<String>,
}

/// A form of a new connection, and what is in it.
#[derive(clap::Args)]
pub struct FormValues {
    pub api: String,
    #[arg(value_name = "TYPE")]
    pub kind: String,
    /// What the form holds before, by field id; - is stdin.
    #[arg(long, value_name = "FILE")]
    pub values: Option<String>,
}

/// How a request is made and shown.
#[derive(clap::Args)]
pub struct How {
    /// base_url, or a name that the API documents.
    #[arg(long = "setting", value_name = "NAME=VALUE", value_parser = setting)]
    pub settings: Vec<(String, String)>,
    /// As a cURL command.
    #[arg(long)]
    pub curl: bool,
    /// Show secrets.
    #[arg(long)]
    pub reveal: bool,
}

#[derive(clap::Args)]
pub struct Extra {
    /// A bundle, {"api": …, "types": […]}, beside those that ship.
    #[arg(long = "catalog", value_name = "FILE")]
    pub files: Vec<String>,
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a setting is written NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
