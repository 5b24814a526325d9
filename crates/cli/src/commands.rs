//! Each command: arguments in, text and an exit code out.

use std::rc::Rc;

use jackfield::bundle::registry::{Registry, RegistryEntry, UsageError, operation_name};
use jackfield::descriptor::api::{OPERATIONS, Operation};
use jackfield::descriptor::connection_type::FieldKind;
use jackfield::fields::fault::Fault;
use jackfield::form::Form;
use jackfield::json::diagnostic::unknown_name;
use jackfield::request::plan::{Plan, plan};
use jackfield::request::settings::{RequestContext, Settings};
use serde_json::{Map, Value, json};

use crate::args::{Extra, How, Target};
use crate::files::{from_engine, to_engine};
use crate::{files, words};

/// What goes to stdout, and the exit code.
pub struct Done {
    pub text: String,
    pub code: u8,
}

/// Why nothing goes to stdout.
pub enum Stop {
    /// The command or its input makes no sense: a sentence, exit 2.
    Usage(String),
    /// The request cannot be sent: the faults as JSON, exit 1.
    Faults(String),
}

impl From<UsageError> for Stop {
    fn from(UsageError(what): UsageError) -> Stop {
        Stop::Usage(sentence(what))
    }
}

pub fn types(api: Option<&str>, extra: &Extra) -> Result<Done, Stop> {
    let catalog = catalog(extra)?;
    let entries = match api {
        Some(api) => vec![catalog.entry(api)?],
        None => catalog.entries().to_vec(),
    };
    let mut all = Vec::new();
    for entry in entries {
        for kind in entry.types() {
            let kind = from_engine(kind);
            let mut line = json!({ "api": entry.api.id, "type": kind["id"], "title": kind["title"] });
            if kind["hidden"] == true {
                line["hidden"] = json!(true);
            }
            all.push(line);
        }
    }
    done(&Value::Array(all))
}

pub fn describe(api: &str, kind: &str, extra: &Extra) -> Result<Done, Stop> {
    done(&from_engine(catalog(extra)?.entry(api)?.describe(kind)?))
}

pub fn check(target: &Target, operation: &str, extra: &Extra) -> Result<Done, Stop> {
    let entry = catalog(extra)?.entry(&target.api)?;
    let operation = known_operation(&entry, operation)?;
    if target.values.is_none() && target.record.is_none() {
        return Err(Stop::Usage("There is nothing to check: give --values or --record.".to_owned()));
    }
    let form = open(&entry, target, operation, Map::new())?;
    let faults = form.faults();
    let code = u8::from(faults.iter().any(|fault| !fault.warning));
    Ok(Done { text: files::pretty(&words::faults(&faults)), code })
}

pub fn request(target: &Target, operation: &str, how: &How, extra: &Extra) -> Result<Done, Stop> {
    let entry = catalog(extra)?.entry(&target.api)?;
    let operation = known_operation(&entry, operation)?;
    let settings: Map<String, Value> =
        how.settings.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let made = if has_form(operation) {
        let form = open(&entry, target, operation, settings)?;
        // Only what can be sent is shown; what is shown hides its secrets.
        form.request().map(|sent| if how.reveal { sent } else { form.preview().0.unwrap_or(sent) })
    } else {
        bare(&entry, target, operation, settings)?
    };
    let plan = made.map_err(|faults| Stop::Faults(files::pretty(&words::faults(&faults))))?;
    if how.curl {
        return Ok(Done { text: plan.curl(), code: 0 });
    }
    let all = from_engine(&plan);
    done(
        &["method", "url", "query", "headers", "body"]
            .into_iter()
            .map(|name| (name, all[name].clone()))
            .collect(),
    )
}

pub fn load(api: &str, kind: Option<&str>, record: &str, reveal: bool, extra: &Extra) -> Result<Done, Stop> {
    let entry = catalog(extra)?.entry(api)?;
    let record = files::object(record)?;
    let kind = match kind {
        Some(kind) => kind,
        None => entry.identify(&to_engine(&record))?,
    };
    // An update shows all that a record holds; an API without one has only what a new connection takes.
    let operation = if entry.api.call(Operation::Update).is_some() { "update" } else { "create" };
    let form = Form::open(
        Rc::clone(&entry),
        kind,
        &to_engine(&json!({ "operation": operation, "record": record })),
    )?;
    done(&json!({ "type": kind, "values": from_engine(&form.values(reveal)) }))
}

/// The shipped APIs and those of `--catalog`.
fn catalog(extra: &Extra) -> Result<Registry, Stop> {
    let mut catalog = Registry::shipped().map_err(|error| Stop::Usage(sentence(error.to_string())))?;
    for file in &extra.files {
        catalog
            .add(&to_engine(&files::json(file)?))
            .map_err(|error| Stop::Usage(sentence(format!("{file}: {error}"))))?;
    }
    Ok(catalog)
}

fn known_operation(entry: &RegistryEntry, word: &str) -> Result<Operation, Stop> {
    let documented: Vec<&str> = entry.api.calls.iter().map(|(known, _)| operation_name(*known)).collect();
    let found =
        OPERATIONS.iter().find(|(known, operation)| *known == word && entry.api.call(*operation).is_some());
    found
        .map(|(_, operation)| *operation)
        .ok_or_else(|| Stop::Usage(sentence(format!("the operation {}", unknown_name(word, &documented)))))
}

/// Whether an operation sends what a form holds.
fn has_form(operation: Operation) -> bool {
    matches!(operation, Operation::Create | Operation::Update | Operation::Test)
}

/// A form as the arguments describe it.
fn open(
    entry: &Rc<RegistryEntry>,
    target: &Target,
    operation: Operation,
    settings: Map<String, Value>,
) -> Result<Form, Stop> {
    one_stdin(target)?;
    let record = target.record.as_deref().map(files::object).transpose()?;
    let kind = match (target.kind.as_str(), &record) {
        ("-", Some(record)) => entry.identify(&to_engine(record))?,
        ("-", None) => {
            return Err(Stop::Usage("The TYPE “-” takes the type from a record: give --record.".to_owned()));
        }
        (kind, _) => kind,
    };
    let values = match &target.values {
        Some(file) => with_files(files::object(file)?, entry, kind, operation)?,
        None => Value::Null,
    };
    let mut opening = json!({ "operation": operation_name(operation), "settings": settings, "record": record, "values": values });
    if let Some(policy) = &target.secrets {
        opening["secrets"] = json!(policy);
    }
    Ok(Form::open(Rc::clone(entry), kind, &to_engine(&opening))?)
}

/// A form of a new connection that holds these values, or what is wrong with them.
pub fn open_new(api: &str, kind: &str, values: Value, extra: &Extra) -> Result<Form, Stop> {
    let entry = catalog(extra)?.entry(api)?;
    let values = with_files(values, &entry, kind, Operation::Create)?;
    Ok(Form::open(Rc::clone(&entry), kind, &to_engine(&json!({ "operation": "create", "values": values })))?)
}

/// A request that no form is filled in for.
fn bare(
    entry: &Rc<RegistryEntry>,
    target: &Target,
    operation: Operation,
    settings: Map<String, Value>,
) -> Result<Result<Plan, Vec<Fault>>, Stop> {
    if target.values.is_some() {
        return Err(Stop::Usage(format!(
            "The operation “{}” sends no values: leave --values out.",
            operation_name(operation)
        )));
    }
    if target.kind != "-" {
        entry.describe(&target.kind)?;
    }
    let record = target.record.as_deref().map(files::object).transpose()?.map(|record| to_engine(&record));
    let settings = Settings::read(&to_engine(&Value::Object(settings)), entry)?;
    let kind = Some(target.kind.as_str()).filter(|kind| *kind != "-");
    Ok(plan(
        entry,
        operation,
        &settings,
        RequestContext { record: record.as_ref(), kind, files: false },
        None,
    ))
}

/// Reads the files that the values name, for the fields that take a file.
fn with_files(
    mut values: Value,
    entry: &RegistryEntry,
    kind: &str,
    operation: Operation,
) -> Result<Value, Stop> {
    let kind = entry.connection_type(kind, operation)?;
    for field in kind.fields.iter().filter(|field| field.kind == FieldKind::File) {
        let Some(value) = values.get_mut(&field.id) else { continue };
        if let Some(path) = value.get("file").and_then(Value::as_str) {
            *value = files::chosen(path, field.max_bytes)?;
        }
    }
    Ok(values)
}

fn one_stdin(target: &Target) -> Result<(), Stop> {
    let both = [&target.values, &target.record].iter().all(|file| file.as_deref() == Some("-"));
    if both { Err(Stop::Usage("Only one of --values and --record can be stdin.".to_owned())) } else { Ok(()) }
}

/// With a full stop, unless it ends in a question.
fn sentence(what: String) -> String {
    if what.ends_with('?') { what } else { what + "." }
}

fn done(json: &Value) -> Result<Done, Stop> {
    Ok(Done { text: files::pretty(json), code: 0 })
}
