//! How a form stands as a whole, as data. The sentences are in the word table under `status.<code>`.

use crate::base::text::CollectVec;
use crate::fields::validate::Fault;
use crate::json::Json;
use crate::request::reply::ConnectionSummary;

/// The status of a form.
pub struct Status {
    /// `editing`, `invalid`, `busy`, `done`, `refused` or `lost`.
    pub state: &'static str,
    code: &'static str,
    params: Vec<(&'static str, Json)>,
    /// What the server said, with every secret masked.
    message: String,
    /// Every error, in field order.
    pub faults: Vec<Fault>,
    connection: Option<ConnectionSummary>,
    offers: &'static [&'static str],
    /// Address and label.
    link: Option<(String, String)>,
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
        self.link = url.map(|url| (url, label.to_owned()));
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

    /// As it crosses the seam.
    pub fn to_json(&self) -> Json {
        let mut json = Json::map(vec![("state", Json::text(self.state)), ("code", Json::text(self.code))]);
        if !self.params.is_empty() {
            json.set_member("params", Json::map(self.params.clone()));
        }
        if !self.message.is_empty() {
            json.put("/message", Json::text(&self.message));
        }
        if !self.faults.is_empty() {
            json.put("/faults", Json::List(self.faults.iter().map(Fault::to_json).collect_vec()));
        }
        if let Some(connection) = &self.connection {
            json.put("/connection", connection.to_json());
        }
        if !self.offers.is_empty() {
            json.put("/offers", Json::List(self.offers.iter().map(|offer| Json::text(*offer)).collect_vec()));
        }
        if let Some((url, label)) = &self.link {
            json.put("/link", Json::map(vec![("url", Json::text(url)), ("label", Json::text(label))]));
        }
        json
    }
}
