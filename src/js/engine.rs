//! JavaScript and nothing else: the engine's one door, behind what `contract.d.ts` lays down.
//!
//! Texts go through it, not objects: measured, every function that takes or gives objects weighs half a kilobyte.

use wasm_bindgen::prelude::*;

use crate::base::text::{CollectVec, join};
use crate::bundle::per_operation::for_operation;
use crate::bundle::registry::{Registry, RegistryEntry, UsageError, operation_name};
use crate::descriptor::api::{OPERATIONS, Operation};
use crate::fields::validate::Fault;
use crate::form::Form;
use crate::json::Json;
use crate::json::decoder::{Diagnostics, REPORT, refused};
use crate::request::plan::{Plan, RequestContext, Settings, plan};
use crate::request::reply::{self, Outcome, Reply};

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

    /// Does what a JSON text asks for, and answers with one: `{"ok": …}`, or `{"error": …, "diagnostics"?: […]}`.
    pub fn call(&mut self, text: &str) -> String {
        let asked = Json::parse(text);
        let answer = match &asked {
            Some(asked) => self.answer(asked),
            None => Err(error("an argument is not plain JSON")),
        };
        answer.map_or_else(|error| error, |ok| Json::map(vec![("ok", ok)])).to_text()
    }
}

impl Engine {
    fn answer(&mut self, asked: &Json) -> Result<Json, Json> {
        let word = |name: &str| asked.get(name).and_then(Json::as_str).unwrap_or_default();
        let argument = |name: &str| asked.get(name).unwrap_or(&Json::Null);
        let entry = || self.registry.entry(word("api")).map_err(usage_error);
        Ok(match word("do") {
            "add" => match self.registry.add(argument("bundle")) {
                Ok(id) => Json::text(id),
                Err(found) if REPORT => return Err(refused(&found.to_string(), &found.diagnostics)),
                // It has to be proved first, with what it is laid over.
                Err(_) => self.registry.over_known(argument("bundle")),
            },
            "apis" => Json::List(self.registry.entries().iter().map(|entry| api_info(entry)).collect_vec()),
            "types" => Json::List(entry()?.types().iter().map(type_info).collect_vec()),
            "describe" => {
                for_operation(entry()?.describe(word("type")).map_err(usage_error)?, word("operation"))
            }
            "identify" => Json::text(entry()?.identify(argument("record")).map_err(usage_error)?),
            "request" => request(
                &*entry()?,
                word("operation"),
                argument("settings"),
                argument("record"),
                asked.get("type").and_then(Json::as_str),
            )?,
            "read" => read_reply(&*entry()?, word("operation"), argument("reply"))?,
            "open" => {
                let form = Form::open(entry()?, word("type"), argument("opening")).map_err(usage_error)?;
                let place = match self.forms.iter().position(Option::is_none) {
                    Some(place) => place,
                    None => self.forms.len(),
                };
                match self.forms.get_mut(place) {
                    Some(free) => *free = Some(form),
                    None => self.forms.push(Some(form)),
                }
                Json::Number(place as f64)
            }
            deed => {
                let place = match argument("form") {
                    Json::Number(place) if *place >= 0.0 && place.fract() == 0.0 => *place as usize,
                    _ => usize::MAX,
                };
                let slot = self.forms.get_mut(place).filter(|slot| slot.is_some());
                match (slot, deed) {
                    (Some(slot), "free") => {
                        *slot = None;
                        Json::Null
                    }
                    (Some(Some(form)), "step") => {
                        form.step(argument("action")).map_err(usage_error)?.to_json()
                    }
                    (Some(Some(form)), "view") => form.view().to_json(),
                    (Some(Some(form)), "preview") => preview(form, *argument("reveal") == Json::Bool(true)),
                    (Some(Some(form)), "draft") => form.draft(),
                    _ => return Err(error("there is no such form")),
                }
            }
        })
    }
}

fn request(
    entry: &RegistryEntry,
    operation: &str,
    settings: &Json,
    record: &Json,
    kind: Option<&str>,
) -> Result<Json, Json> {
    let operation = known(entry, operation)?;
    let settings = Settings::read(settings, entry).map_err(usage_error)?;
    Ok(
        match plan(
            entry,
            operation,
            &settings,
            RequestContext { record: Some(record), kind, files: false },
            None,
        ) {
            Ok(plan) => Json::map(vec![("plan", plan.to_json()), ("faults", Json::List(Vec::new()))]),
            Err(faults) => Json::map(vec![("faults", fault_list(&faults))]),
        },
    )
}

fn read_reply(entry: &RegistryEntry, operation: &str, reply: &Json) -> Result<Json, Json> {
    let operation = known(entry, operation)?;
    let diagnostics = Diagnostics::default();
    let reply = Reply::read(reply, &diagnostics);
    if let Some(diagnostic) = diagnostics.borrow().first() {
        return Err(usage_error(UsageError(diagnostic.to_string())));
    }
    let call = entry.call(operation).map_err(usage_error)?;
    Ok(outcome(entry, operation, reply::read(entry, operation, call, &reply, &[])))
}

/// What can be sent shows its secrets where that is asked for.
fn preview(form: &Form, reveal: bool) -> Json {
    let (mut plan, faults) = form.preview();
    if reveal {
        plan = form.request().ok().or(plan);
    }
    let mut json = Json::map(vec![("faults", fault_list(&faults))]);
    if let Some(plan) = plan {
        json.put("/curl", Json::text(plan.curl()));
        json.put("/plan", Plan::to_json(&plan));
    }
    json
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
            ["the operation ", &crate::json::decoder::unknown_name(operation, &words)].concat(),
        ))
    })
}

fn fault_list(faults: &[Fault]) -> Json {
    Json::List(faults.iter().map(Fault::to_json).collect_vec())
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

fn outcome(entry: &RegistryEntry, operation: Operation, outcome: Outcome) -> Json {
    let state = |state: &str, code: &str| {
        Json::map(vec![
            ("state", Json::text(state)),
            ("code", Json::text(code)),
            ("params", Json::map(vec![("operation", Json::text(operation_name(operation)))])),
        ])
    };
    match outcome {
        Outcome::Lost { code } => state("lost", code),
        Outcome::Refused { code, status, message, said } => {
            let mut json = state("refused", code);
            json.put("/params/status", Json::Number(f64::from(status)));
            let mut words = message.unwrap_or_default();
            for said in said {
                words = join(&[words, said.text], " ");
            }
            if !words.is_empty() {
                json.put("/message", Json::text(words.trim_start()));
            }
            json
        }
        Outcome::Done { record, items, link, partial_failure } => {
            let code = match operation {
                _ if partial_failure.is_some() => "done_partly",
                Operation::Delete => "deleted",
                Operation::List => "listed",
                _ => "done",
            };
            let mut json = state("done", code);
            if let Some(text) = partial_failure.filter(|text| !text.is_empty()) {
                json.put("/message", Json::text(text));
            }
            if let Some(record) = record {
                json.put("/connection", entry.listed(&record).to_json());
                json.put("/record", record);
            }
            if operation == Operation::List {
                json.put(
                    "/items",
                    Json::List(items.iter().map(reply::ConnectionSummary::to_json).collect_vec()),
                );
            }
            if let Some(link) = link {
                json.put("/link", Json::text(link));
            }
            json
        }
    }
}
