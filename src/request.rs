//! Values in, request plan out.

use crate::catalog::{Entry, SeamError, name_of};
use crate::check::{self, Fault, is_blank_row};
use crate::condition::choose;
use crate::descriptor::{As, Call, Field, Kind, Operation, Policy, Type, placeholders};
use crate::format;
use crate::json::Json;
use crate::reader::unknown;
use crate::sheet::{State, default_value, seen};
use crate::text::{joined, replaced};
use crate::value::{Secret, Value};

/// What stands for a secret wherever a request is shown.
pub const MASK: &str = "•••";

/// One request, as data. The authorization is added by the transport and is in no plan.
#[derive(Clone)]
pub struct Plan {
    pub id: u32,
    pub operation: Operation,
    pub method: String,
    /// Absolute, without a query: pairs stay apart until they are on the wire.
    pub url: String,
    pub query: Vec<(String, String)>,
    pub body: Option<Json>,
    /// Seconds.
    pub timeout: f64,
    pub bearer: bool,
    pub repeatable: bool,
}

/// What the host says about where requests go: `base_url` and the names that the API documents.
#[derive(Clone, Default)]
pub struct Settings(Vec<(String, String)>);

/// Whether a request is made to be sent, or to be shown.
#[derive(Clone, Copy, PartialEq)]
pub enum Secrets {
    Sent,
    Masked,
}

impl Settings {
    /// Reads them from a map of texts and numbers; a name that the API does not document is an error.
    pub fn read(json: &Json, entry: &Entry) -> Result<Settings, SeamError> {
        let mut known: Vec<&str> = entry.api.settings.iter().map(|setting| setting.name.as_str()).collect();
        known.push("base_url");
        let mut settings = Vec::new();
        for (name, value) in json.members() {
            if !known.contains(&name.as_str()) {
                return Err(SeamError(["the setting ", &unknown(name, &known)].concat()));
            }
            match (value, value.scalar()) {
                (Json::Null, _) => {}
                (_, Some(text)) => settings.push((name.clone(), text)),
                _ => return Err(SeamError(["the setting “", name, "” must be a text or a number"].concat())),
            }
        }
        Ok(Settings(settings))
    }

    fn given(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value of a setting: what the host gave, else what the record says, else the default.
    fn value(&self, entry: &Entry, name: &str, record: Option<&Json>) -> Option<String> {
        let setting = entry.api.settings.iter().find(|setting| setting.name == name)?;
        let told = || record.zip(setting.from.as_ref()).and_then(|(record, place)| record.at(place)?.scalar());
        self.given(name).map(str::to_owned).or_else(told).or_else(|| setting.default.clone())
    }
}

/// The plan of an operation with the given body, or what is wrong with the settings.
pub fn plan(entry: &Entry, operation: Operation, settings: &Settings, record: Option<&Json>, body: Option<Json>) -> Result<Plan, Vec<Fault>> {
    let mut faults = Vec::new();
    let Some(call) = entry.api.call(operation) else { return Err(vec![Fault::new("", "operation")]) };
    let base = settings.given("base_url").unwrap_or_default().trim_end_matches('/');
    if base.is_empty() {
        faults.push(Fault::new("base_url", "setting_missing"));
    } else if !format::http_url(base) || base.contains(['?', '#']) {
        faults.push(Fault::new("base_url", "base_url"));
    }
    let names = names(call);
    let mut told = Vec::new();
    for name in &names {
        match judged(entry, settings, record, name, call) {
            Ok(Some(value)) => told.push((name.as_str(), value)),
            Ok(None) => {}
            Err(code) => faults.push(Fault::new(name, code)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let value = |name: &str| told.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let mut query = Vec::new();
    for (name, template) in &call.query {
        // A pair whose setting is not given is left out.
        if let Some(text) = filled(template, &|name| value(name).map(str::to_owned)) {
            query.push((name.clone(), text));
        }
    }
    let path = filled(&call.path, &|name| Some(encoded(value(name)?))).unwrap_or_default();
    let body = body.map(|mut body| {
        for (name, place) in &call.with {
            if let Some(text) = value(name) {
                let integer = entry.api.settings.iter().any(|setting| setting.name == *name && setting.integer);
                let number = text.parse::<i64>().ok().filter(|_| integer);
                body.put(place, number.map_or_else(|| Json::text(text), |number| Json::Number(number as f64)));
            }
        }
        body
    });
    Ok(Plan {
        id: 0,
        operation,
        method: call.method.clone(),
        url: [base, &path].concat(),
        query,
        body,
        timeout: call.timeout,
        bearer: entry.api.bearer,
        repeatable: call.repeatable,
    })
}

/// The plan of a request about a connection that was just saved: what its record says counts over what the host said before.
pub fn plan_about(entry: &Entry, operation: Operation, settings: &Settings, record: &Json) -> Option<Plan> {
    let tells = |place: &String| record.at(place).is_some_and(|value| *value != Json::Null);
    let told = |name: &str| entry.api.settings.iter().any(|setting| setting.name == name && setting.from.as_ref().is_some_and(tells));
    let rest = settings.0.iter().filter(|(name, _)| !told(name)).cloned();
    plan(entry, operation, &Settings(rest.collect()), Some(record), None).ok()
}

/// The settings that a call takes, each once.
fn names(call: &Call) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut note = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    placeholders(&call.path, &mut note);
    call.query.iter().for_each(|(_, template)| placeholders(template, &mut note));
    call.with.iter().for_each(|(name, _)| note(name));
    names
}

/// The value of a setting, or the code of what is wrong with it.
fn judged(entry: &Entry, settings: &Settings, record: Option<&Json>, name: &str, call: &Call) -> Result<Option<String>, &'static str> {
    let Some(value) = settings.value(entry, name, record) else {
        let mut in_path = false;
        placeholders(&call.path, &mut |known| in_path |= known == name);
        let setting = entry.api.settings.iter().find(|setting| setting.name == name);
        let needed = in_path || setting.is_some_and(|setting| setting.required);
        return if needed { Err("setting_missing") } else { Ok(None) };
    };
    let integer = entry.api.settings.iter().any(|setting| setting.name == name && setting.integer);
    if integer && value.parse::<i64>().is_err() {
        return Err("setting_integer");
    }
    // A browser resolves these even when they are encoded, and the request would go elsewhere.
    if matches!(value.as_str(), "." | "..") {
        return Err("setting_path");
    }
    Ok(Some(value))
}

/// A template with its settings filled in; `None` where one is missing.
fn filled(template: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = template.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        text.push_str(&value(name)?);
        text.push_str(rest);
    }
    Some(text)
}

/// Percent-encodes a text as one segment of a path, or as a name or value of a query.
pub fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(HEX[byte as usize >> 4] as char);
            out.push(HEX[byte as usize & 15] as char);
        }
    }
    out
}

/// Lays a field over a body at its places, by its policies for blank and hidden.
pub fn lay(kind: &Type, states: &[State], index: usize, secrets: Secrets, body: &mut Json) {
    let (field, state) = (&kind.fields[index], &states[index]);
    let look = |id: &str| seen(kind, states, id);
    let default = || choose(&field.default, &look).and_then(|json| converted(field, &default_value(field, json), secrets));
    let written = if state.shown { converted(field, &state.value, secrets) } else { None };
    let written = written.or_else(|| match if state.shown { field.blank } else { field.hidden } {
        Policy::Omit => None,
        Policy::Null => Some(Json::Null),
        Policy::Empty if field.kind == Kind::Rows => Some(Json::List(Vec::new())),
        Policy::Empty => Some(Json::text("")),
        Policy::Default => default(),
    });
    for place in &field.at {
        match &written {
            Some(value) => body.put(place, value.clone()),
            None => body.remove(place),
        }
    }
}

/// A value as the request writes it; `None` where it is blank.
fn converted(field: &Field, value: &Value, secrets: Secrets) -> Option<Json> {
    let masked = |text: &str| if field.secret && secrets == Secrets::Masked { MASK.to_owned() } else { text.to_owned() };
    match value {
        Value::Toggle(value) => Some(Json::Bool(*value)),
        Value::Secret(Secret::Keep) => None,
        Value::Rows(rows) => {
            let rows: Vec<Json> = rows.iter().filter(|row| !is_blank_row(row)).map(|row| converted_row(field, row, secrets)).collect();
            (!rows.is_empty()).then_some(Json::List(rows))
        }
        Value::File(file) if field.writes == As::Utf8 => base64(&file.content).and_then(|bytes| String::from_utf8(bytes).ok()).map(Json::Text),
        Value::File(file) => Some(Json::text(&file.content)),
        value => {
            let text = Some(check::clean(field, value.as_text()?)).filter(|text| !text.is_empty())?;
            match field.kind {
                Kind::Integer | Kind::Number => check::number(field, &text).or(Some(Json::Text(text))),
                Kind::Json if field.writes != As::Text && (!field.secret || secrets == Secrets::Sent) => Json::parse(&text),
                _ => Some(Json::Text(masked(&text))),
            }
        }
    }
}

fn converted_row(field: &Field, row: &[Value], secrets: Secrets) -> Json {
    let cells: Vec<Option<Json>> = field.columns.iter().zip(row).map(|(column, value)| converted(column, value, secrets)).collect();
    if let (As::Pairs, [Some(Json::Text(key)), value]) = (field.writes, cells.as_slice()) {
        return Json::Map(vec![(key.clone(), value.clone().unwrap_or_else(|| Json::text("")))]);
    }
    let mut row = Json::Map(Vec::new());
    for (column, cell) in field.columns.iter().zip(cells) {
        match (cell, column.blank) {
            (Some(value), _) => row.put(&column.at[0], value),
            (None, Policy::Null) => row.put(&column.at[0], Json::Null),
            (None, Policy::Empty) => row.put(&column.at[0], Json::text("")),
            (None, _) => {}
        }
    }
    row
}

/// The bytes that a base64 text (with padding) writes.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut bits = 0u32;
        for byte in chunk {
            let digit = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(digit);
        }
        bits <<= 6 * (4 - chunk.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

impl Plan {
    /// As it crosses the seam.
    pub fn to_json(&self) -> Json {
        let query = self.query.iter().map(|(name, value)| Json::List(vec![Json::text(name), Json::text(value)]));
        Json::map(vec![
            ("id", Json::Number(f64::from(self.id))),
            ("operation", Json::text(name_of(self.operation))),
            ("method", Json::text(&self.method)),
            ("url", Json::text(&self.url)),
            ("query", Json::List(query.collect())),
            ("headers", Json::Map(self.headers().map(|(name, value)| (name.to_owned(), Json::text(value))).collect())),
            ("body", self.body.clone().unwrap_or_default()),
            ("timeout", Json::Number(self.timeout)),
            ("auth", Json::text(if self.bearer { "bearer" } else { "none" })),
            ("repeatable", Json::Bool(self.repeatable)),
        ])
    }

    /// The headers that every transport sends; names are lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let content = self.body.is_some().then_some(("content-type", "application/json"));
        [("accept", "application/json")].into_iter().chain(content)
    }

    /// The request as a cURL command for a POSIX shell. The token is the shell's variable `TOKEN`.
    pub fn curl(&self) -> String {
        let mut url = self.url.clone();
        for (place, (name, value)) in self.query.iter().enumerate() {
            url.push(if place == 0 { '?' } else { '&' });
            url.push_str(&[&encoded(name), "=", &encoded(value)].concat());
        }
        let mut lines = vec![["curl -X ", &self.method, " ", &quoted(&url)].concat()];
        if self.bearer {
            lines.push("-H \"authorization: Bearer $TOKEN\"".to_owned());
        }
        lines.extend(self.headers().map(|(name, value)| ["-H ", &quoted(&[name, ": ", value].concat())].concat()));
        if let Some(body) = &self.body {
            lines.push(["--data-raw ", &quoted(&body.to_text())].concat());
        }
        joined(&lines, " \\\n  ")
    }
}

/// A text in single quotes, in which a POSIX shell changes nothing.
fn quoted(text: &str) -> String {
    ["'", &replaced(text, "'", "'\\''"), "'"].concat()
}
