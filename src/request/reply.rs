//! A reply in, an outcome out: accepted, refused, or lost on the way.

use serde::Serialize;

use crate::base::text::{contains_ignore_case, join, parse_index};
use crate::bundle::registry::RegistryEntry;
use crate::descriptor::api::{Api, Call, Operation, RecordMarker, ResponseShape};
use crate::descriptor::format;
use crate::json::Json;
use crate::json::decoder::Decoder;
use crate::json::diagnostic::Diagnostics;
use crate::json::serialize::is_false;
use crate::request::secrets::mask;
use crate::request::status_code::StatusCode;

/// The longest server message that is shown.
const LONGEST: usize = 500;

/// What came back over the network.
pub enum Reply {
    Answer {
        status: u16,
        text: String,
    },
    /// Nothing did; the code says why: `network`, `timeout` or `cancelled`.
    Lost(&'static str),
}

/// What a reply means.
pub enum Outcome {
    /// The server did it.
    Done {
        record: Option<Json>,
        items: Vec<ConnectionSummary>,
        link: Option<String>,
        /// What the server says of the parts that failed.
        partial_failure: Option<String>,
    },
    /// The server said no.
    Refused { code: StatusCode, status: u16, message: Option<String>, said: Vec<FieldMessage> },
    /// Whether the server did it is not known.
    Lost { code: StatusCode },
}

/// A refusal that belongs to a part of the body.
pub struct FieldMessage {
    /// As the server names it: a JSON Pointer or a path with dots.
    pub pointer: String,
    pub text: String,
}

/// A connection as a list names it.
#[derive(Clone, PartialEq, Serialize)]
pub struct ConnectionSummary {
    pub id: String,
    pub name: String,
    /// The descriptor's id, or the record's own word where no descriptor knows it.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether the API's data says that it may not be edited.
    #[serde(rename = "readOnly", skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// The whole of it, of a list whose API answers no single connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Json>,
}

impl Reply {
    /// Reads a reply from the seam.
    pub fn read(json: &Json, diagnostics: &Diagnostics) -> Reply {
        let decoder = Decoder::reporting(json, "action", "/reply", diagnostics);
        if let Some(lost) = decoder
            .choice("lost", &[("network", "network"), ("timeout", "timeout"), ("cancelled", "cancelled")])
        {
            return Reply::Lost(lost);
        }
        decoder.optional("type");
        Reply::Answer { status: decoder.count("status").unwrap_or(0) as u16, text: decoder.text("text") }
    }
}

/// What a reply to a call means. Of a body nothing is kept but what the API's data points at, and in
/// every message each of `secrets` is masked.
pub fn read(
    entry: &RegistryEntry,
    operation: Operation,
    call: &Call,
    reply: &Reply,
    secrets: &[String],
) -> Outcome {
    let (status, text) = match reply {
        Reply::Lost(code) => return Outcome::Lost { code: lost_code(code, call.repeatable) },
        Reply::Answer { status, text } => (*status, text),
    };
    let body = Json::parse(text);
    let api = &entry.api;
    if !(200..300).contains(&status) || body.as_ref().is_some_and(|body| !succeeds(api, body)) {
        return refused(status, text, body, call, secrets);
    }
    let partial_failure =
        body.as_ref().and_then(|body| failures(api, body)).map(|text| sanitize(&text, secrets));
    let (mut record, mut items, mut link) = (None, Vec::new(), None);
    let readable = match (&call.gives, body) {
        // A page that asks for a sign-in does not say that it was done, nor does nothing at all, but of a delete.
        (ResponseShape::Nothing, None) => match text.trim() {
            "" => operation == Operation::Delete || api.success.is_empty(),
            text => api.success.is_empty() && !text.starts_with('<'),
        },
        (ResponseShape::Nothing, Some(body)) => api.success.is_empty() || shows_sign(api, &body),
        (ResponseShape::Record(pointer), body) => {
            record = body
                .and_then(|body| body.at(pointer).filter(|record| matches!(record, Json::Map(_))).cloned());
            record.is_some()
        }
        (ResponseShape::List(pointer), body) => match body.as_ref().and_then(|body| body.at(pointer)) {
            Some(Json::List(all)) => {
                for item in all {
                    let record = Some(item.clone()).filter(|_| api.call(Operation::Get).is_none());
                    items.push(ConnectionSummary { record, ..entry.listed(item) });
                }
                true
            }
            _ => false,
        },
        (ResponseShape::Link(pointer), body) => {
            let found = body.as_ref().and_then(|body| body.at(pointer)?.as_str());
            // Only an address of the web may become a link.
            link = found.filter(|text| format::http_url(text)).map(str::to_owned);
            link.is_some()
        }
    };
    match (readable, operation) {
        (true, _) => Outcome::Done { record, items, link, partial_failure },
        (false, Operation::Create | Operation::Update) => Outcome::Lost { code: StatusCode::UnreadableMaybe },
        (false, _) => Outcome::Lost { code: StatusCode::Unreadable },
    }
}

/// Whether no sign of success says something else.
fn succeeds(api: &Api, body: &Json) -> bool {
    api.success.iter().all(|(pointer, sign)| body.at(pointer).is_none_or(|told| told == sign))
}

fn shows_sign(api: &Api, body: &Json) -> bool {
    api.success.iter().any(|(pointer, _)| body.at(pointer).is_some())
}

/// What the failed parts of an answer say, each with its name; empty text where they say nothing.
fn failures(api: &Api, body: &Json) -> Option<String> {
    let (mut any, mut failed) = (false, Vec::new());
    for part in &api.parts {
        let one = body.at(&part.at).into_iter().filter(|json| matches!(json, Json::Map(_)));
        let many = body.at(&part.at).map(Json::items).unwrap_or_default();
        for item in one.chain(many).filter(|item| item.at(&part.success) == Some(&Json::Bool(false))) {
            let mut words = Vec::new();
            for pointer in [&part.name, &part.message] {
                if let Some(word) = item.at(pointer).and_then(Json::as_str) {
                    words.push(word);
                }
            }
            let text = join(&words, ": ");
            any = true;
            if !text.is_empty() {
                failed.push(text);
            }
        }
    }
    any.then(|| join(&failed, "; "))
}

/// What a server says, as far as it may be shown.
fn sanitize(text: &str, secrets: &[String]) -> String {
    mask(text.trim(), secrets).chars().take(LONGEST).collect()
}

impl RegistryEntry {
    /// How a record names itself.
    pub fn listed(&self, record: &Json) -> ConnectionSummary {
        let text = |pointer: &str| record.at(pointer).and_then(Json::scalar).unwrap_or_default();
        let word =
            self.identify(record).map_or_else(|_| self.type_word(record).unwrap_or_default(), str::to_owned);
        let read_only = self.api.read_only.iter().any(|marker| marker.matches(record));
        ConnectionSummary {
            id: text(&self.api.record_id),
            name: text(&self.api.record_name),
            kind: word,
            read_only,
            record: None,
        }
    }
}

impl RecordMarker {
    fn matches(&self, record: &Json) -> bool {
        match (record.at(&self.at), &self.is) {
            (told, Some(want)) => told == Some(want),
            (Some(Json::List(items)), None) => !items.iter().any(|item| self.lacks.contains(item)),
            _ => false,
        }
    }
}

/// The code of a request that got no answer; one that may not be repeated may have been carried out.
fn lost_code(code: &str, repeatable: bool) -> StatusCode {
    match (code, repeatable) {
        ("timeout", true) => StatusCode::LostTimeout,
        ("timeout", false) => StatusCode::LostTimeoutMaybe,
        ("cancelled", true) => StatusCode::LostCancelled,
        ("cancelled", false) => StatusCode::LostCancelledMaybe,
        (_, true) => StatusCode::LostNetwork,
        (_, false) => StatusCode::LostNetworkMaybe,
    }
}

fn refused(status: u16, text: &str, body: Option<Json>, call: &Call, secrets: &[String]) -> Outcome {
    let refusal = &call.refusal;
    // Who says no in an answer that is well says it for certain, so an error of the server there is a refusal too.
    let told = refusal
        .status
        .as_ref()
        .zip(body.as_ref())
        .and_then(|(pointer, body)| parse_index(&body.at(pointer)?.scalar()?, 499.0));
    let status = told.filter(|told| status < 300 && *told >= 400).map_or(status, |told| told as u16);
    let code = match status {
        401 => StatusCode::Unauthorized,
        403 => StatusCode::Forbidden,
        404 => StatusCode::NotFound,
        409 => StatusCode::Conflict,
        413 => StatusCode::TooLarge,
        429 => StatusCode::TooMany,
        // A gateway may have lost the answer of a server that did it.
        500.. if !call.repeatable => StatusCode::ServerMaybe,
        500.. => StatusCode::Server,
        _ => StatusCode::Refused,
    };
    let clean = |text: &str| sanitize(text, secrets);
    let (mut message, mut said) = (None, Vec::new());
    match body {
        Some(body) => {
            let found = refusal
                .message
                .iter()
                .find_map(|pointer| body.at(pointer)?.as_str().filter(|text| !text.is_empty()));
            message = found.map(clean);
            let about = |text: &&str| refusal.about.iter().find(|(part, _)| contains_ignore_case(text, part));
            if let Some((_, field)) = found.as_ref().and_then(about)
                && let Some(text) = message.take()
            {
                said.push(FieldMessage { pointer: field.clone(), text });
            }
            if let Some([list, field, words]) = &refusal.each {
                for item in body.at(list).map(Json::items).unwrap_or_default() {
                    if let Some(words) = item.at(words).and_then(Json::as_str) {
                        let pointer = item.at(field).and_then(Json::as_str).unwrap_or_default();
                        said.push(FieldMessage { pointer: pointer.to_owned(), text: clean(words) });
                    }
                }
            }
        }
        // A page of markup is for browsers, not for readers of a form.
        None if refusal.text && !text.trim_start().starts_with('<') && !text.trim().is_empty() => {
            message = Some(clean(text))
        }
        None => {}
    }
    Outcome::Refused { code, status, message, said }
}
