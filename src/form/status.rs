//! How a form stands as a whole, as data. The sentences are in the word table under `status.<code>`.

use serde::Serialize;

use crate::fields::validate::Fault;
use crate::json::Json;
use crate::json::serialize::{as_map, is_false};
use crate::request::reply::ConnectionSummary;

/// The status of a form.
#[derive(Clone, PartialEq, Serialize)]
pub struct Status {
    /// `editing`, `invalid`, `busy`, `done`, `refused` or `lost`.
    pub state: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    params: Vec<(&'static str, Json)>,
    /// What the server said, with every secret masked.
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    /// Every error, in field order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<ConnectionSummary>,
    #[serde(skip_serializing_if = "is_empty")]
    offers: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<Link>,
    /// Of a test: something was edited since.
    #[serde(skip_serializing_if = "is_false")]
    pub stale: bool,
}

/// The address of the next step, such as a sign-in at a third party.
#[derive(Clone, PartialEq, Serialize)]
struct Link {
    url: String,
    label: String,
}

fn is_empty(offers: &[&str]) -> bool {
    offers.is_empty()
}

impl Status {
    pub fn new(state: &'static str, code: &'static str) -> Status {
        Status {
            state,
            code,
            params: Vec::new(),
            message: String::new(),
            faults: Vec::new(),
            connection: None,
            offers: &[],
            link: None,
            stale: false,
        }
    }

    pub fn editing() -> Status {
        Status::new("editing", "editing")
    }

    pub fn invalid(faults: Vec<Fault>) -> Status {
        let mut status = Status::new("invalid", "invalid");
        status.set_faults(faults);
        status
    }

    /// `number` is the HTTP status; `list` as for `lost`.
    pub fn refused(
        code: &'static str,
        number: u16,
        message: String,
        faults: Vec<Fault>,
        list: bool,
    ) -> Status {
        let mut status = Status::new("refused", code);
        status.offers = if list { &["list", "submit"] } else { &[] };
        status.params.push(("status", Json::Number(f64::from(number))));
        (status.message, status.faults) = (message, faults);
        status
    }

    /// `list` says that it may have been carried out, and that a list can tell.
    pub fn lost_code(code: &'static str, operation: &'static str, list: bool) -> Status {
        let mut status = Status::new("lost", code);
        status.offers = if list { &["list", "submit"] } else { &["submit"] };
        status.params.push(("operation", Json::text(operation)));
        status
    }

    /// `partial_failure` is what the server says of the parts that failed.
    pub fn saved(connection: ConnectionSummary, partial_failure: Option<String>) -> Status {
        let mut status =
            Status::new("done", if partial_failure.is_some() { "saved_partly" } else { "saved" });
        status.params.push(("name", Json::text(&connection.name)));
        status.message = partial_failure.unwrap_or_default();
        status.connection = Some(connection);
        status
    }

    /// Adds the address of the next step, or says that it could not be had.
    pub fn link(&mut self, url: Option<String>, label: &str) {
        self.code = if url.is_some() { "saved_link" } else { "link_failed" };
        self.offers = if url.is_some() { &[] } else { &["link"] };
        self.link = url.map(|url| Link { url, label: label.to_owned() });
    }

    /// A save whose files are on their way, or that needs nothing more so far.
    pub fn follow(&mut self, files: bool) {
        if self.code == "files_failed" {
            self.message.clear();
        }
        self.code = if files {
            "saved_files"
        } else if self.message.is_empty() {
            "saved"
        } else {
            "saved_partly"
        };
        (self.offers, self.link) = (&[], None);
    }

    /// A save whose files did not go along; `again` says that they can be sent once more.
    pub fn files_failed(&mut self, message: String, again: bool) {
        self.code = "files_failed";
        self.message = message;
        self.offers = if again { &["files"] } else { &[] };
    }

    pub fn set_faults(&mut self, faults: Vec<Fault>) {
        if self.state == "invalid" {
            self.params.clear();
            self.params.push(("count", Json::Number(faults.len() as f64)));
        }
        self.faults = faults;
    }
}
