//! JavaScript and nothing else: the engine's doors, as `contract.d.ts` lays them down.

use js_sys::{Error, JSON, Reflect};
use wasm_bindgen::prelude::*;

use crate::catalog::{Catalog, CatalogError, Entry, SeamError, name_of};
use crate::check::Fault;
use crate::descriptor::{OPERATIONS, Operation};
use crate::form;
use crate::json::Json;
use crate::net;
use crate::reader::Mistakes;
use crate::reply::{self, Outcome, Reply};
use crate::request::{About, Plan, Settings, plan};
use crate::text::joined;

#[wasm_bindgen(typescript_custom_section)]
const CONTRACT: &str = include_str!("contract.d.ts");

/// The APIs that are known, and forms for their types.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    catalog: Catalog,
}

#[wasm_bindgen]
impl Engine {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Engine, JsValue> {
        Ok(Engine { catalog: Catalog::shipped().map_err(catalog_error)? })
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn add(&mut self, bundle: JsValue) -> Result<String, JsValue> {
        self.catalog.add(&read(bundle)?).map_err(catalog_error)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn apis(&self) -> JsValue {
        write(&Json::List(self.catalog.entries().iter().map(|entry| api_info(entry)).collect()))
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn types(&self, api: &str) -> Result<JsValue, JsValue> {
        let entry = self.catalog.entry(api).map_err(seam_error)?;
        Ok(write(&Json::List(entry.types().iter().map(type_info).collect())))
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn describe(&self, api: &str, kind: &str) -> Result<JsValue, JsValue> {
        let entry = self.catalog.entry(api).map_err(seam_error)?;
        entry.describe(kind).map(write).map_err(seam_error)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn identify(&self, api: &str, record: JsValue) -> Result<String, JsValue> {
        let entry = self.catalog.entry(api).map_err(seam_error)?;
        entry.identify(&read(record)?).map(str::to_owned).map_err(seam_error)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn open(&self, api: &str, kind: &str, opening: JsValue) -> Result<Form, JsValue> {
        let entry = self.catalog.entry(api).map_err(seam_error)?;
        form::Form::open(entry, kind, &read(opening)?).map(Form).map_err(seam_error)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn request(&self, api: &str, operation: &str, settings: JsValue, record: JsValue, kind: Option<String>) -> Result<JsValue, JsValue> {
        let entry = self.catalog.entry(api).map_err(seam_error)?;
        let operation = known(&entry, operation)?;
        let settings = Settings::read(&read(settings)?, &entry).map_err(seam_error)?;
        let record: Json = read(record)?;
        let about = About { record: Some(&record), kind: kind.as_deref() };
        Ok(match plan(&entry, operation, &settings, about, None) {
            Ok(plan) => write(&Json::map(vec![("plan", plan.to_json()), ("faults", Json::List(Vec::new()))])),
            Err(faults) => write(&Json::map(vec![("faults", fault_list(&faults))])),
        })
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn read(&self, api: &str, operation: &str, reply: JsValue) -> Result<JsValue, JsValue> {
        let entry = self.catalog.entry(api).map_err(seam_error)?;
        let operation = known(&entry, operation)?;
        let mistakes = Mistakes::default();
        let reply = Reply::read(&read(reply)?, &mistakes);
        if let Some(mistake) = mistakes.borrow().first() {
            return Err(seam_error(SeamError(mistake.to_string())));
        }
        let call = entry.call(operation).map_err(seam_error)?;
        Ok(write(&outcome(&entry, operation, reply::read(&entry, operation, call, &reply, &[]))))
    }
}

/// A form for one connection.
#[wasm_bindgen]
pub struct Form(form::Form);

#[wasm_bindgen]
impl Form {
    #[wasm_bindgen(skip_typescript)]
    pub fn step(&mut self, action: JsValue) -> Result<JsValue, JsValue> {
        self.0.step(&read(action)?).map(|step| write(&step.to_json())).map_err(seam_error)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn view(&mut self) -> JsValue {
        write(&self.0.view().to_json())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn preview(&self) -> JsValue {
        let (plan, faults) = self.0.preview();
        let mut json = Json::map(vec![("faults", fault_list(&faults))]);
        if let Some(plan) = plan {
            json.put("/curl", Json::text(plan.curl()));
            json.put("/plan", Plan::to_json(&plan));
        }
        write(&json)
    }
}

#[wasm_bindgen(typescript_custom_section)]
const SEND: &str = "export function send(plan: Plan, options: SendOptions): Promise<Reply>;";

/// Sends a plan over the network; see `SendOptions` of the contract.
#[wasm_bindgen(skip_typescript)]
pub async fn send(plan: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let plan: Json = read(plan)?;
    let member = |name: &str| Reflect::get(&options, &name.into()).unwrap_or_default();
    let headers = Json::map(vec![("headers", read(member("headers"))?)]);
    let options = net::SendOptions {
        token: member("token").as_string(),
        headers: net::members(&headers, "headers"),
        credentials: member("credentials").as_string(),
        signal: member("signal"),
    };
    net::send(&plan, options).await.map(|reply| write(&reply)).map_err(seam_error)
}

/// What crosses the seam is plain data, so its text says all of it: measured, that is a third of what walking
/// the objects costs in bytes, and quicker.
fn read(value: JsValue) -> Result<Json, JsValue> {
    if value.is_undefined() {
        return Ok(Json::Null);
    }
    let text = JSON::stringify(&value).ok().and_then(|text| text.as_string());
    text.and_then(|text| Json::parse(&text)).ok_or_else(|| Error::new("an argument is not plain JSON").into())
}

fn write(json: &Json) -> JsValue {
    // What the engine writes is JSON.
    JSON::parse(&json.to_text()).unwrap_or_default()
}

fn seam_error(error: SeamError) -> JsValue {
    Error::new(&error.0).into()
}

/// An error that lists every mistake.
fn catalog_error(found: CatalogError) -> JsValue {
    let error = Error::new(&found.to_string());
    let one = |mistake: &crate::reader::Mistake| {
        Json::map(vec![("document", Json::text(&mistake.document)), ("place", Json::text(&mistake.place)), ("text", Json::text(&mistake.text))])
    };
    let all = Json::List(found.mistakes.iter().map(one).collect());
    // A fresh error object takes any property.
    let _ = Reflect::set(&error, &"mistakes".into(), &write(&all));
    error.into()
}

fn known(entry: &Entry, operation: &str) -> Result<Operation, JsValue> {
    let found = OPERATIONS.iter().find(|(word, _)| *word == operation).map(|(_, operation)| *operation);
    let words: Vec<&str> = entry.api.calls.iter().map(|(known, _)| name_of(*known)).collect();
    found
        .filter(|found| entry.api.call(*found).is_some())
        .ok_or_else(|| seam_error(SeamError(["the operation ", &crate::reader::unknown(operation, &words)].concat())))
}

fn fault_list(faults: &[Fault]) -> Json {
    Json::List(faults.iter().map(Fault::to_json).collect())
}

fn api_info(entry: &Entry) -> Json {
    let operations = entry.api.calls.iter().map(|(operation, _)| Json::text(name_of(*operation)));
    let mut json = Json::map(vec![
        ("id", Json::text(&entry.api.id)),
        ("auth", Json::text(if entry.api.bearer { "bearer" } else { "none" })),
        ("operations", Json::List(operations.collect())),
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
            to.put(&["/", name].concat(), value.clone());
        }
    }
}

fn outcome(entry: &Entry, operation: Operation, outcome: Outcome) -> Json {
    let state = |state: &str, code: &str| {
        Json::map(vec![("state", Json::text(state)), ("code", Json::text(code)), ("params", Json::map(vec![("operation", Json::text(name_of(operation)))]))])
    };
    match outcome {
        Outcome::Lost { code } => state("lost", code),
        Outcome::Refused { code, status, message, said } => {
            let mut json = state("refused", code);
            json.put("/params/status", Json::Number(f64::from(status)));
            let words: Vec<String> = message.into_iter().chain(said.into_iter().map(|said| said.text)).collect();
            if !words.is_empty() {
                json.put("/message", Json::text(joined(&words, " ")));
            }
            json
        }
        Outcome::Done { record, items, link, partly } => {
            let code = match operation {
                _ if partly.is_some() => "done_partly",
                Operation::Delete => "deleted",
                Operation::List => "listed",
                _ => "done",
            };
            let mut json = state("done", code);
            if let Some(text) = partly.filter(|text| !text.is_empty()) {
                json.put("/message", Json::text(text));
            }
            if let Some(record) = record {
                json.put("/connection", entry.listed(&record).to_json());
                json.put("/record", record);
            }
            if operation == Operation::List {
                json.put("/items", Json::List(items.iter().map(reply::Listed::to_json).collect()));
            }
            if let Some(link) = link {
                json.put("/link", Json::text(link));
            }
            json
        }
    }
}
