//! How a form stands as a whole, as data. The sentences are in the word table under `status.<code>`.

use crate::check::Fault;
use crate::json::Json;
use crate::reply::Listed;
use crate::text::Gather;

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
    connection: Option<Listed>,
    offers: Vec<&'static str>,
    /// Address and label.
    link: Option<(String, String)>,
}

impl Status {
    pub fn new(state: &'static str, code: &'static str) -> Status {
        Status { state, code, params: Vec::new(), message: String::new(), faults: Vec::new(), connection: None, offers: Vec::new(), link: None }
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
    pub fn refused(code: &'static str, number: u16, message: String, faults: Vec<Fault>, list: bool) -> Status {
        let offers = if list { vec!["list", "submit"] } else { Vec::new() };
        Status { message, faults, offers, params: vec![("status", Json::Number(f64::from(number)))], ..Status::new("refused", code) }
    }

    /// `list` says that it may have been carried out, and that a list can tell.
    pub fn lost(code: &'static str, operation: &'static str, list: bool) -> Status {
        let offers = if list { vec!["list", "submit"] } else { vec!["submit"] };
        Status { offers, params: vec![("operation", Json::text(operation))], ..Status::new("lost", code) }
    }

    /// `partly` is what the server says of the parts that failed.
    pub fn saved(connection: Listed, partly: Option<String>) -> Status {
        let code = if partly.is_some() { "saved_partly" } else { "saved" };
        let message = partly.unwrap_or_default();
        Status { params: vec![("name", Json::text(&connection.name))], connection: Some(connection), message, ..Status::new("done", code) }
    }

    /// Adds the address of the next step, or says that it could not be had.
    pub fn link(&mut self, url: Option<String>, label: &str) {
        (self.code, self.offers) = if url.is_some() { ("saved_link", Vec::new()) } else { ("link_failed", vec!["link"]) };
        self.link = url.map(|url| (url, label.to_owned()));
    }

    pub fn set_faults(&mut self, faults: Vec<Fault>) {
        if self.state == "invalid" {
            self.params = vec![("count", Json::Number(faults.len() as f64))];
        }
        self.faults = faults;
    }

    /// As it crosses the seam.
    pub fn to_json(&self) -> Json {
        let mut json = Json::map(vec![("state", Json::text(self.state)), ("code", Json::text(self.code))]);
        for (name, value) in &self.params {
            json.put(&["/params/", name].concat(), value.clone());
        }
        if !self.message.is_empty() {
            json.put("/message", Json::text(&self.message));
        }
        if !self.faults.is_empty() {
            json.put("/faults", Json::List(self.faults.iter().map(Fault::to_json).gather()));
        }
        if let Some(connection) = &self.connection {
            json.put("/connection", connection.to_json());
        }
        if !self.offers.is_empty() {
            json.put("/offers", Json::List(self.offers.iter().map(|offer| Json::text(*offer)).gather()));
        }
        if let Some((url, label)) = &self.link {
            json.put("/link", Json::map(vec![("url", Json::text(url)), ("label", Json::text(label))]));
        }
        json
    }
}
