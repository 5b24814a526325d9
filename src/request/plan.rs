//! Values in, request plan out.

use serde::{Serialize, Serializer};

use crate::base::text::{
    CollectVec, has_byte, join, parse_integer, push_hex, replace_all, split, split_once,
};
use crate::bundle::registry::{RegistryEntry, UsageError, operation_name};
use crate::descriptor::api::{BuiltinSetting, Call, Operation, Setting};
use crate::descriptor::connection_type::{ConnectionType, placeholders};
use crate::descriptor::format;
use crate::fields::validate::Fault;
use crate::json::Json;
use crate::json::decoder::unknown_name;
use crate::json::serialize::as_map;

/// One request, as data. The authorization is added by the transport and is in no plan.
#[derive(Clone, Serialize)]
pub struct Plan {
    pub id: u32,
    #[serde(serialize_with = "operation")]
    pub operation: Operation,
    pub method: String,
    /// Absolute, without a query: pairs stay apart until they are on the wire.
    pub url: String,
    pub query: Vec<(String, String)>,
    /// The headers that every transport sends; names are lower case. What separates parts is the transport's to say.
    #[serde(serialize_with = "as_map")]
    pub headers: &'static [(&'static str, &'static str)],
    pub body: Option<Json>,
    /// Whether the body is `{parts}`, to be sent as multipart/form-data.
    pub multipart: bool,
    /// Seconds.
    pub timeout: f64,
    /// How it is signed in, unless the host chooses another way.
    pub auth: &'static str,
    pub repeatable: bool,
}

const HEADERS: [(&str, &str); 2] = [("accept", "application/json"), ("content-type", "application/json")];

fn operation<S: Serializer>(operation: &Operation, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(operation_name(*operation))
}

/// What the host says about where requests go: `base_url` and the names that the API documents.
#[derive(Clone, Default)]
pub struct Settings(Vec<(String, String)>);

impl Settings {
    /// Reads them from a map of texts and numbers; a name that the API does not document is an error.
    pub fn read(json: &Json, entry: &RegistryEntry) -> Result<Settings, UsageError> {
        let mut known: Vec<&str> =
            entry.api.settings.iter().map(|setting| setting.name.as_str()).collect_vec();
        known.push("base_url");
        let mut settings = Vec::new();
        for (name, value) in json.members() {
            if !known.contains(&name.as_str()) {
                return Err(UsageError(["the setting ", &unknown_name(name, &known)].concat()));
            }
            match (value, value.scalar()) {
                (Json::Null, _) => {}
                (_, Some(text)) => settings.push((name.clone(), text)),
                _ => {
                    return Err(UsageError(["the setting “", name, "” must be a text or a number"].concat()));
                }
            }
        }
        Ok(Settings(settings))
    }

    /// The reader's time zone; `UTC` where nobody told it.
    pub fn time_zone(&self, entry: &RegistryEntry) -> &str {
        let setting = entry.api.settings.iter().find(|setting| setting.is == Some(BuiltinSetting::TimeZone));
        setting.and_then(|setting| self.get(&setting.name)).unwrap_or("UTC")
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The value of a setting: what the host gave, else what is at hand says, else the default.
    fn value(&self, entry: &RegistryEntry, name: &str, about: &RequestContext) -> Option<String> {
        let setting = entry.api.settings.iter().find(|setting| setting.name == name)?;
        let kind = || about.kind.filter(|_| setting.is == Some(BuiltinSetting::Type)).map(str::to_owned);
        self.get(name)
            .map(str::to_owned)
            .or_else(|| about.value_in_record(setting))
            .or_else(kind)
            .or_else(|| setting.default.clone())
    }
}

/// What a request is about: what it creates, else a saved connection.
#[derive(Clone, Copy, Default)]
pub struct RequestContext<'a> {
    /// The body of a create, or a record.
    pub record: Option<&'a Json>,
    pub kind: Option<&'a str>,
    /// Whether files go along, in parts of their own.
    pub files: bool,
}

impl RequestContext<'_> {
    fn value_in_record(&self, setting: &Setting) -> Option<String> {
        self.record.zip(setting.from.as_ref()).and_then(|(record, place)| record.at(place)?.scalar())
    }
}

/// The plan of an operation with the given body, or what is wrong with the settings.
pub fn plan(
    entry: &RegistryEntry,
    operation: Operation,
    settings: &Settings,
    about: RequestContext,
    body: Option<Json>,
) -> Result<Plan, Vec<Fault>> {
    // What is being made names itself; only what exists has an old name.
    let about = RequestContext {
        record: body.as_ref().filter(|_| operation == Operation::Create).or(about.record),
        ..about
    };
    let mut faults = Vec::new();
    let Some(call) = entry.api.call(operation) else { return Err(vec![Fault::new("", "operation")]) };
    let base = settings.get("base_url").unwrap_or_default().trim_end_matches('/');
    if base.is_empty() {
        faults.push(Fault::new("base_url", "setting_missing"));
    } else if !format::http_url(base) || has_byte(base, b'?') || has_byte(base, b'#') {
        faults.push(Fault::new("base_url", "base_url"));
    }
    let template = call.files.as_ref().filter(|_| about.files).map_or(&call.path, |(path, _)| path);
    let names = names(call, template);
    let mut told = Vec::new();
    for name in &names {
        match resolve_setting(entry, settings, &about, name, template, body.as_ref()) {
            Ok(Some(value)) => told.push((name.as_str(), value)),
            Ok(None) => {}
            Err(code) => faults.push(Fault::new(name, code)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if operation == Operation::Create {
        for (name, value) in &told {
            if differs(entry, &about, name, value) {
                faults.push(Fault::new(name, "setting_differs"));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
    }
    let value = |name: &str| told.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let mut query = Vec::new();
    for (name, template) in &call.query {
        // A pair whose setting is not given is left out.
        if let Some(text) = expand(template, &|name| value(name).map(str::to_owned)) {
            query.push((name.clone(), text));
        }
    }
    let path = expand(template, &|name| Some(percent_encode(value(name)?))).unwrap_or_default();
    let body = body.map(|mut body| {
        for (name, place) in &call.with {
            if let Some(text) = value(name) {
                let integer =
                    entry.api.settings.iter().any(|setting| setting.name == *name && setting.integer);
                let number = parse_integer(text).filter(|_| integer);
                body.put(place, number.map_or_else(|| Json::text(text), Json::Number));
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
        headers: if body.is_some() { &HEADERS } else { &HEADERS[..1] },
        body,
        multipart: false,
        timeout: call.timeout,
        auth: entry.api.auth,
        repeatable: call.repeatable,
    })
}

/// The plan of a request about a connection that was just saved: what its record says counts over what the host said before.
pub fn plan_for_record(
    entry: &RegistryEntry,
    operation: Operation,
    settings: &Settings,
    record: &Json,
) -> Option<Plan> {
    let tells = |place: &String| record.at(place).is_some_and(|value| *value != Json::Null);
    let told = |name: &str| {
        entry
            .api
            .settings
            .iter()
            .any(|setting| setting.name == name && setting.from.as_ref().is_some_and(tells))
    };
    let rest = settings.0.iter().filter(|(name, _)| !told(name)).cloned();
    plan(
        entry,
        operation,
        &Settings(rest.collect_vec()),
        RequestContext { record: Some(record), ..RequestContext::default() },
        None,
    )
    .ok()
}

/// A setting that a new connection names itself is missing because a field is.
pub fn blame_fields(
    entry: &RegistryEntry,
    kind: &ConnectionType,
    operation: Operation,
    mut faults: Vec<Fault>,
) -> Vec<Fault> {
    let field = |fault: &Fault| {
        let from = entry.api.settings.iter().find(|setting| setting.name == fault.field)?.from.as_ref()?;
        kind.fields.iter().find(|field| field.at.contains(from))
    };
    for fault in
        faults.iter_mut().filter(|fault| operation == Operation::Create && fault.code == "setting_missing")
    {
        if let Some(field) = field(fault) {
            *fault = Fault::new(&field.id, "required");
        }
    }
    faults
}

/// The settings that a call takes, each once.
fn names(call: &Call, template: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut note = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    placeholders(template, &mut note);
    call.query.iter().for_each(|(_, template)| placeholders(template, &mut note));
    call.with.iter().for_each(|(name, _)| note(name));
    names
}

/// The value of a setting, or the code of what is wrong with it.
/// What the path cannot do without may stand in the body.
fn resolve_setting(
    entry: &RegistryEntry,
    settings: &Settings,
    about: &RequestContext,
    name: &str,
    path: &str,
    body: Option<&Json>,
) -> Result<Option<String>, &'static str> {
    let setting = entry.api.settings.iter().find(|setting| setting.name == name);
    let mut in_path = false;
    placeholders(path, &mut |known| in_path |= known == name);
    let sent = || RequestContext { record: body.filter(|_| in_path), ..*about }.value_in_record(setting?);
    let Some(value) = settings.value(entry, name, about).or_else(sent) else {
        let needed = in_path || setting.is_some_and(|setting| setting.required);
        return if needed { Err("setting_missing") } else { Ok(None) };
    };
    let integer = entry.api.settings.iter().any(|setting| setting.name == name && setting.integer);
    if integer && parse_integer(&value).is_none() {
        return Err("setting_integer");
    }
    // A browser resolves these even when they are encoded, and the request would go elsewhere.
    if matches!(value.as_str(), "." | "..") {
        return Err("setting_path");
    }
    Ok(Some(value))
}

/// Whether a host's setting and the body name the new connection differently; upper and lower case are the same.
fn differs(entry: &RegistryEntry, about: &RequestContext, name: &str, value: &str) -> bool {
    let setting = entry.api.settings.iter().find(|setting| setting.name == name);
    setting
        .and_then(|setting| about.value_in_record(setting))
        .is_some_and(|told| !told.eq_ignore_ascii_case(value))
}

/// A template with its settings filled in; `None` where one is missing.
fn expand(template: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = split(template, b'{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = split_once(part, b'}')?;
        text.push_str(&value(name)?);
        text.push_str(rest);
    }
    Some(text)
}

/// An address with the pairs of its query.
pub fn address(url: &str, query: &[(String, String)]) -> String {
    let mut whole = url.to_owned();
    for (name, value) in query {
        whole.push(if whole.len() == url.len() { '?' } else { '&' });
        whole.push_str(&[&percent_encode(name), "=", &percent_encode(value)].concat());
    }
    whole
}

/// Percent-encodes a text as one segment of a path, or as a name or value of a query.
pub fn percent_encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(byte as char);
        } else {
            out.push('%');
            push_hex(byte, b'A', &mut out);
        }
    }
    out
}

impl Plan {
    /// The same request with a body of several parts.
    pub fn with_parts(self, parts: Vec<Json>) -> Plan {
        let body = Some(Json::map(vec![("parts", Json::List(parts))]));
        Plan { headers: &HEADERS[..1], body, multipart: true, ..self }
    }

    /// The parts of a multipart body: `{name, text}`, or `{name, file, content}` with the name of the file and its content in base64.
    fn parts(&self) -> &[Json] {
        self.body
            .as_ref()
            .filter(|_| self.multipart)
            .and_then(|body| body.get("parts"))
            .map(Json::items)
            .unwrap_or_default()
    }

    /// The request as a cURL command for a POSIX shell. The token is the shell's variable `TOKEN`.
    pub fn curl(&self) -> String {
        let url = address(&self.url, &self.query);
        let mut lines = vec![["curl -X ", &self.method, " ", &quoted(&url)].concat()];
        match self.auth {
            "bearer" => lines.push("-H \"authorization: Bearer $TOKEN\"".to_owned()),
            "basic" => lines.push("-u \"$TOKEN\"".to_owned()),
            "cookie" => lines.push("-b \"$TOKEN\"".to_owned()),
            _ => {}
        }
        for (name, value) in self.headers {
            lines.push(["-H ", &quoted(&[name, ": ", value].concat())].concat());
        }
        for part in self.parts() {
            let word = |name: &str| part.get(name).and_then(Json::as_str);
            let name = word("name").unwrap_or_default();
            lines.push(match word("text") {
                // Unlike -F, it reads nothing into the text.
                Some(text) => ["--form-string ", &quoted(&[name, "=", text].concat())].concat(),
                None => ["-F ", &quoted(&[name, "=@", word("file").unwrap_or_default()].concat())].concat(),
            });
        }
        if let (Some(body), true) = (&self.body, self.parts().is_empty()) {
            lines.push(["--data-raw ", &quoted(&body.to_text())].concat());
        }
        join(&lines, " \\\n  ")
    }
}

/// A text in single quotes, in which a POSIX shell changes nothing.
fn quoted(text: &str) -> String {
    ["'", &replace_all(text, "'", "'\\''"), "'"].concat()
}
