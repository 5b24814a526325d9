//! Values in, request plan out.

use serde::{Serialize, Serializer};

use crate::base::text::{has_byte, parse_integer};
use crate::bundle::registry::{RegistryEntry, operation_name};
use crate::descriptor::api::{Call, Operation};
use crate::descriptor::connection_type::{ConnectionType, placeholders};
use crate::descriptor::fault_code::FaultCode;
use crate::descriptor::format;
use crate::fields::fault::Fault;
use crate::json::Json;
use crate::json::serialize::as_map;
use crate::request::settings::{RequestContext, Settings, differs, expand, resolve_setting};
use crate::request::url::percent_encode;

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
    let Some(call) = entry.api.call(operation) else {
        return Err(vec![Fault::new("", FaultCode::Operation)]);
    };
    let base = settings.get("base_url").unwrap_or_default().trim_end_matches('/');
    if base.is_empty() {
        faults.push(Fault::new("base_url", FaultCode::SettingMissing));
    } else if !format::http_url(base) || has_byte(base, b'?') || has_byte(base, b'#') {
        faults.push(Fault::new("base_url", FaultCode::BaseUrl));
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
                faults.push(Fault::new(name, FaultCode::SettingDiffers));
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
        for (name, pointer) in &call.with {
            if let Some(text) = value(name) {
                let integer =
                    entry.api.settings.iter().any(|setting| setting.name == *name && setting.integer);
                let number = parse_integer(text).filter(|_| integer);
                body.put(pointer, number.map_or_else(|| Json::text(text), Json::Number));
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
    let settings = settings.without_those_of(entry, record);
    let context = RequestContext { record: Some(record), ..RequestContext::default() };
    plan(entry, operation, &settings, context, None).ok()
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
    for fault in faults
        .iter_mut()
        .filter(|fault| operation == Operation::Create && fault.code == FaultCode::SettingMissing)
    {
        if let Some(field) = field(fault) {
            *fault = Fault::new(&field.id, FaultCode::Required);
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

impl Plan {
    /// The same request with a body of several parts.
    pub fn with_parts(self, parts: Vec<Json>) -> Plan {
        let body = Some(Json::map(vec![("parts", Json::List(parts))]));
        Plan { headers: &HEADERS[..1], body, multipart: true, ..self }
    }

    /// The parts of a multipart body: `{name, text}`, or `{name, file, content}` with the name of the file and its content in base64.
    pub(super) fn parts(&self) -> &[Json] {
        self.body
            .as_ref()
            .filter(|_| self.multipart)
            .and_then(|body| body.get("parts"))
            .map(Json::items)
            .unwrap_or_default()
    }
}
