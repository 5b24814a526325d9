//! How a form stands as a whole, as data. The sentences are in the word table under `status.<code>`.

use serde::Serialize;

use crate::base::codes::codes;
use crate::fields::fault::Fault;
use crate::json::Json;
use crate::json::serialize::{as_map, is_false};
use crate::request::reply::ConnectionSummary;
use crate::request::status_code::StatusCode;

codes! {
    /// Where a form stands.
    State {
        Editing = "editing",
        Invalid = "invalid",
        Busy = "busy",
        Done = "done",
        Refused = "refused",
        Lost = "lost",
    }
}

codes! {
    /// What the user can do next.
    Offer {
        Submit = "submit",
        List = "list",
        Link = "link",
        Files = "files",
    }
}

/// The status of a form.
#[derive(Clone, PartialEq, Serialize)]
pub struct Status {
    pub state: State,
    code: StatusCode,
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
    offers: &'static [Offer],
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

fn is_empty(offers: &[Offer]) -> bool {
    offers.is_empty()
}

impl Status {
    pub fn new(state: State, code: StatusCode) -> Status {
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
        Status::new(State::Editing, StatusCode::Editing)
    }

    pub fn invalid(faults: Vec<Fault>) -> Status {
        let mut status = Status::new(State::Invalid, StatusCode::Invalid);
        status.set_faults(faults);
        status
    }

    /// `number` is the HTTP status; `list` as for `lost`.
    pub fn refused(code: StatusCode, number: u16, message: String, faults: Vec<Fault>, list: bool) -> Status {
        let mut status = Status::new(State::Refused, code);
        status.offers = if list { &[Offer::List, Offer::Submit] } else { &[] };
        status.params.push(("status", Json::Number(f64::from(number))));
        status.message = message;
        status.faults = faults;
        status
    }

    /// `list` says that it may have been carried out, and that a list can tell.
    pub fn lost(code: StatusCode, operation: &'static str, list: bool) -> Status {
        let mut status = Status::new(State::Lost, code);
        status.offers = if list { &[Offer::List, Offer::Submit] } else { &[Offer::Submit] };
        status.params.push(("operation", Json::text(operation)));
        status
    }

    /// `partial_failure` is what the server says of the parts that failed.
    pub fn saved(connection: ConnectionSummary, partial_failure: Option<String>) -> Status {
        let code = if partial_failure.is_some() { StatusCode::SavedPartly } else { StatusCode::Saved };
        let mut status = Status::new(State::Done, code);
        status.params.push(("name", Json::text(&connection.name)));
        status.message = partial_failure.unwrap_or_default();
        status.connection = Some(connection);
        status
    }

    /// Adds the address of the next step, or says that it could not be had.
    pub fn link(&mut self, url: Option<String>, label: &str) {
        self.code = if url.is_some() { StatusCode::SavedLink } else { StatusCode::LinkFailed };
        self.offers = if url.is_some() { &[] } else { &[Offer::Link] };
        self.link = url.map(|url| Link { url, label: label.to_owned() });
    }

    /// A save whose files are on their way, or that needs nothing more so far.
    pub fn follow(&mut self, files: bool) {
        if self.code == StatusCode::FilesFailed {
            self.message.clear();
        }
        self.code = if files {
            StatusCode::SavedFiles
        } else if self.message.is_empty() {
            StatusCode::Saved
        } else {
            StatusCode::SavedPartly
        };
        self.offers = &[];
        self.link = None;
    }

    /// A save whose files did not go along; `again` says that they can be sent once more.
    pub fn files_failed(&mut self, message: String, again: bool) {
        self.code = StatusCode::FilesFailed;
        self.message = message;
        self.offers = if again { &[Offer::Files] } else { &[] };
    }

    pub fn set_faults(&mut self, faults: Vec<Fault>) {
        if self.state == State::Invalid {
            self.params.clear();
            self.params.push(("count", Json::Number(faults.len() as f64)));
        }
        self.faults = faults;
    }
}
