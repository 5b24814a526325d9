//! The JavaScript boundary of the engine: one function, typed by `contract.d.ts`. JSON text goes in, objects come out.
//!
//! Text goes in because reading objects costs 8 to 16 kB, and because an object that throws while it is read would leave
//! the engine borrowed.

use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::base::text::{CollectVec, join};
use crate::bundle::per_operation::for_operation;
use crate::bundle::registry::{Registry, RegistryEntry, UsageError, operation_name};
use crate::descriptor::api::{OPERATIONS, Operation};
use crate::fields::fault::Fault;
use crate::form::Form;
use crate::form::status::State;
use crate::json::Json;
use crate::json::decoder::REPORT;
use crate::json::diagnostic::{Diagnostics, refused};
use crate::json::serialize::as_map;
use crate::request::plan::{Plan, plan};
use crate::request::reply::{self, ConnectionSummary, Outcome, Reply};
use crate::request::settings::{RequestContext, Settings};
use crate::request::status_code::StatusCode;

#[wasm_bindgen(typescript_custom_section)]
const CONTRACT: &str = include_str!("contract.d.ts");

/// The APIs that are known, and the forms that are open.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    registry: Registry,
    forms: Vec<Option<Form>>,
}

#[wasm_bindgen]
impl Engine {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Engine {
        // What ships was proved when the crate was built.
        Engine { registry: Registry::shipped().unwrap_or_default(), forms: Vec::new() }
    }

    /// Does what a JSON text asks for, and answers with a plain object; throws `{"error": …, "mistakes"?: […]}`.
    pub fn call(&mut self, text: &str) -> Result<JsValue, JsValue> {
        let answer = match Json::parse(text) {
            Some(command) => self.answer(&command),
            None => Err(error("an argument is not plain JSON")),
        };
        answer.map_err(|error| to_js(&error))
    }
}

impl Engine {
    fn answer(&mut self, command: &Json) -> Result<JsValue, Json> {
        let word = |name: &str| command.get(name).and_then(Json::as_str).unwrap_or_default();
        let argument = |name: &str| command.get(name).unwrap_or(&Json::Null);
        let entry = || self.registry.entry(word("api")).map_err(usage_error);
        let json = match word("do") {
            "add" => match self.registry.add(argument("bundle")) {
                Ok(id) => Json::text(id),
                Err(found) if REPORT => return Err(refused(&found.to_string(), &found.diagnostics)),
                // It has to be prepared first, with what it is laid over.
                Err(_) => self.registry.over_known(argument("bundle")),
            },
            "apis" => Json::List(self.registry.entries().iter().map(|entry| api_info(entry)).collect_vec()),
            "types" => Json::List(entry()?.types().iter().map(type_info).collect_vec()),
            "describe" => {
                for_operation(entry()?.describe(word("type")).map_err(usage_error)?, word("operation"))
            }
            "identify" => Json::text(entry()?.identify(argument("record")).map_err(usage_error)?),
            "request" => return request(&*entry()?, command),
            "read" => return read_reply(&*entry()?, word("operation"), argument("reply")),
            "open" => self.open(entry()?, word("type"), argument("opening"))?,
            command => return self.on_form(command, argument),
        };
        Ok(to_js(&json))
    }

    /// Opens a form and gives its number, by which it is named from then on.
    fn open(&mut self, entry: Rc<RegistryEntry>, ty: &str, options: &Json) -> Result<Json, Json> {
        let form = Form::open(entry, ty, options).map_err(usage_error)?;
        let index = match self.forms.iter().position(Option::is_none) {
            Some(index) => index,
            None => self.forms.len(),
        };
        match self.forms.get_mut(index) {
            Some(free) => *free = Some(form),
            None => self.forms.push(Some(form)),
        }
        Ok(Json::Number(index as f64))
    }

    fn on_form<'c>(&mut self, command: &str, argument: impl Fn(&str) -> &'c Json) -> Result<JsValue, Json> {
        let index = match argument("form") {
            Json::Number(index) if *index >= 0.0 && index.fract() == 0.0 => *index as usize,
            _ => usize::MAX,
        };
        let slot = self.forms.get_mut(index).filter(|slot| slot.is_some());
        Ok(match (slot, command) {
            (Some(slot), "free") => {
                *slot = None;
                JsValue::NULL
            }
            (Some(Some(form)), "step") => to_js(&form.step(argument("action")).map_err(usage_error)?),
            (Some(Some(form)), "view") => to_js(&form.view()),
            (Some(Some(form)), "preview") => preview(form, *argument("reveal") == Json::Bool(true)),
            (Some(Some(form)), "draft") => to_js(&form.draft()),
            _ => return Err(error("there is no such form")),
        })
    }
}

/// A request that can be shown, or what stops it.
#[derive(Serialize)]
struct Preview {
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<Plan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curl: Option<String>,
    faults: Vec<Fault>,
}

fn request(entry: &RegistryEntry, command: &Json) -> Result<JsValue, Json> {
    let argument = |name: &str| command.get(name).unwrap_or(&Json::Null);
    let operation = known(entry, argument("operation").as_str().unwrap_or_default())?;
    let settings = Settings::read(argument("settings"), entry).map_err(usage_error)?;
    let context =
        RequestContext { record: Some(argument("record")), kind: argument("type").as_str(), files: false };
    let (plan, faults) = match plan(entry, operation, &settings, context, None) {
        Ok(plan) => (Some(plan), Vec::new()),
        Err(faults) => (None, faults),
    };
    Ok(to_js(&Preview { plan, curl: None, faults }))
}

fn read_reply(entry: &RegistryEntry, operation: &str, reply: &Json) -> Result<JsValue, Json> {
    let operation = known(entry, operation)?;
    let diagnostics = Diagnostics::default();
    let reply = Reply::read(reply, &diagnostics);
    if let Some(diagnostic) = diagnostics.borrow().first() {
        return Err(usage_error(UsageError(diagnostic.sentence())));
    }
    let call = entry.call(operation).map_err(usage_error)?;
    Ok(outcome(entry, operation, reply::read(entry, operation, call, &reply, &[])))
}

/// What can be sent shows its secrets where that is asked for.
fn preview(form: &Form, reveal: bool) -> JsValue {
    let (mut plan, faults) = form.preview();
    if reveal {
        plan = form.request().ok().or(plan);
    }
    let curl = plan.as_ref().map(Plan::curl);
    to_js(&Preview { plan, curl, faults })
}

fn error(what: &str) -> Json {
    Json::map(vec![("error", Json::text(what))])
}

fn usage_error(UsageError(what): UsageError) -> Json {
    error(&what)
}

fn known(entry: &RegistryEntry, operation: &str) -> Result<Operation, Json> {
    let found = OPERATIONS.iter().find(|(word, _)| *word == operation).map(|(_, operation)| *operation);
    let words: Vec<&str> = entry.api.calls.iter().map(|(known, _)| operation_name(*known)).collect_vec();
    found.filter(|found| entry.api.call(*found).is_some()).ok_or_else(|| {
        usage_error(UsageError(
            ["the operation ", &crate::json::diagnostic::unknown_name(operation, &words)].concat(),
        ))
    })
}

fn api_info(entry: &RegistryEntry) -> Json {
    let operations = entry.api.calls.iter().map(|(operation, _)| Json::text(operation_name(*operation)));
    let mut json = Json::map(vec![
        ("id", Json::text(&entry.api.id)),
        ("auth", Json::text(entry.api.auth)),
        ("operations", Json::List(operations.collect_vec())),
        ("settings", entry.json.get("settings").cloned().unwrap_or(Json::List(Vec::new()))),
    ]);
    copy(&entry.json, &mut json, &["title", "docs"]);
    json
}

fn type_info(kind: &Json) -> Json {
    let mut json = Json::map(vec![("synonyms", Json::List(Vec::new())), ("hidden", Json::Bool(false))]);
    copy(kind, &mut json, &["id", "title", "synonyms", "icon", "hidden", "since"]);
    json
}

fn copy(from: &Json, to: &mut Json, names: &[&str]) {
    for name in names {
        if let Some(value) = from.get(name) {
            to.set_member(name, value.clone());
        }
    }
}

/// What a reply to a request outside of a form means, with its sentence in the word table under `status.<code>`.
#[derive(Serialize)]
struct Answer {
    state: State,
    code: StatusCode,
    #[serde(serialize_with = "as_map")]
    params: Vec<(&'static str, Json)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<ConnectionSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<ConnectionSummary>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl Answer {
    fn new(operation: Operation, state: State, code: StatusCode) -> Answer {
        let params = vec![("operation", Json::text(operation_name(operation)))];
        Answer {
            state,
            code,
            params,
            message: String::new(),
            connection: None,
            record: None,
            items: None,
            link: None,
        }
    }
}

fn outcome(entry: &RegistryEntry, operation: Operation, outcome: Outcome) -> JsValue {
    to_js(&match outcome {
        Outcome::Lost { code } => Answer::new(operation, State::Lost, code),
        Outcome::Refused { code, status, message, said } => {
            let mut answer = Answer::new(operation, State::Refused, code);
            answer.params.push(("status", Json::Number(f64::from(status))));
            let mut words = message.unwrap_or_default();
            for said in said {
                words = join(&[words, said.text], " ");
            }
            answer.message = words.trim_start().to_owned();
            answer
        }
        Outcome::Done { record, items, link, partial_failure } => {
            let code = match operation {
                _ if partial_failure.is_some() => StatusCode::DonePartly,
                Operation::Delete => StatusCode::Deleted,
                Operation::List => StatusCode::Listed,
                _ => StatusCode::Done,
            };
            let mut answer = Answer::new(operation, State::Done, code);
            answer.connection = record.as_ref().map(|record| entry.listed(record));
            answer.record = record;
            answer.items = (operation == Operation::List).then_some(items);
            answer.message = partial_failure.unwrap_or_default();
            answer.link = link;
            answer
        }
    })
}

/// A plain object, as `JSON.parse` would make it. By way of JSON: so the library is compiled for one type, and not for each,
/// nor with its cache for the names of members, which is 2 kB less to load.
fn to_js(value: &impl Serialize) -> JsValue {
    let json = Json::from_serialize(value).unwrap_or_default();
    json.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}
