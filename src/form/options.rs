//! How a form begins: what the host hands in, read and refused at the door.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::{CollectVec, replace_all};
use crate::bundle::registry::{RegistryEntry, UsageError};
use crate::descriptor::api::{OPERATIONS, Operation, STORED_SECRET_POLICIES, StoredSecretPolicy};
use crate::descriptor::connection_type::{ConnectionType, Field};
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate;
use crate::fields::field_view::{self, SecretVisibility};
use crate::fields::record::each_secret_cell;
use crate::json::Json;
use crate::json::decoder::Decoder;
use crate::json::diagnostic::{Diagnostics, unknown_name};
use crate::request::settings::Settings;

/// What a form is opened with.
pub struct FormOptions {
    pub operation: Operation,
    pub settings: Settings,
    /// A connection as the API answers it; with `create` a new one is made from it.
    pub record: Option<Json>,
    /// What the host wants of stored secrets; else the API's data says it.
    pub keep: Option<StoredSecretPolicy>,
    /// The record's secrets are left out, as in a copy that another may fill in.
    pub without_secrets: bool,
    /// Nothing can be edited or saved.
    pub read_only: bool,
    /// What was typed before, as [`draft`] gave it.
    draft: Json,
    values: Json,
}

/// What happened to a field since there was nothing.
#[derive(Clone, Default)]
pub struct FieldInput {
    /// What was typed, given or loaded.
    pub value: Option<Value>,
    /// By the user or the host, so that it counts over a loaded record.
    pub touched: bool,
    pub visited: bool,
    /// Row and column of the cells that were left.
    pub visited_cells: Vec<(usize, usize)>,
    /// What the server said about it.
    pub server_message: Option<String>,
}

impl FieldInput {
    /// As they were loaded.
    pub fn all(values: Vec<Option<Value>>) -> Vec<FieldInput> {
        let mut inputs = Vec::new();
        for value in values {
            inputs.push(FieldInput { value, ..FieldInput::default() });
        }
        inputs
    }
}

impl FormOptions {
    pub fn read(json: &Json, entry: &RegistryEntry) -> Result<FormOptions, UsageError> {
        let diagnostics = Diagnostics::default();
        let decoder = Decoder::reporting(json, "opening", "", &diagnostics);
        let operation = decoder.choice("operation", OPERATIONS).unwrap_or(Operation::Create);
        let settings = decoder.get("settings").unwrap_or(&Json::Null);
        let keep = decoder.choice("secrets", STORED_SECRET_POLICIES);
        let (record, values) = (object(&decoder, "record"), object(&decoder, "values").unwrap_or_default());
        let draft = object(&decoder, "draft").unwrap_or_default();
        let (read_only, without_secrets) = (decoder.flag("read_only"), decoder.flag("without_secrets"));
        drop(decoder);
        if let Some(diagnostic) = diagnostics.borrow().first() {
            return Err(UsageError(["the opening: ", &diagnostic.sentence()].concat()));
        }
        entry.call(operation)?;
        Ok(FormOptions {
            operation,
            settings: Settings::read(settings, entry)?,
            record,
            keep,
            without_secrets,
            read_only,
            draft,
            values,
        })
    }

    /// The same for another operation on the same connection.
    pub fn again(
        entry: &RegistryEntry,
        operation: Operation,
        settings: &Settings,
        record: Option<&Json>,
        keep: Option<StoredSecretPolicy>,
    ) -> Result<FormOptions, UsageError> {
        entry.call(operation)?;
        Ok(FormOptions {
            operation,
            settings: settings.clone(),
            record: record.cloned(),
            keep,
            without_secrets: false,
            read_only: false,
            draft: Json::Null,
            values: Json::Null,
        })
    }

    /// The type as it is for this form: the rows that it begins with, and the reader's time zone in them.
    pub fn connection_type(&self, entry: &RegistryEntry, id: &str) -> Result<ConnectionType, UsageError> {
        let told = ["/version", "/api", "/type"]
            .map(|pointer| self.draft.at(pointer).and_then(Json::scalar).unwrap_or_default());
        if self.draft != Json::Null && told != [DRAFT, entry.api.id.as_str(), id] {
            return Err(UsageError("the draft is not one of this form".to_owned()));
        }
        let mut ty = entry.connection_type(id, self.operation)?;
        let zone = self.settings.time_zone(entry);
        for field in ty.fields.iter_mut().filter(|field| field.preset != Json::Null) {
            if self.record.is_some() {
                not_preset(field);
            }
            field.preset =
                Json::parse(&replace_all(&field.preset.to_text(), "{time_zone}", zone)).unwrap_or_default();
        }
        Ok(ty)
    }

    /// What each field of the type begins with, in its order: what was loaded, and the host's values over it.
    pub fn fields(
        &self,
        ty: &ConnectionType,
        loaded: Vec<Option<Value>>,
    ) -> Result<Vec<FieldInput>, UsageError> {
        let mut values = loaded.clone();
        let mut given = vec![false; values.len()];
        // What a draft holds for a field that is no longer there, or is another by now, is of no use.
        for (id, json) in self.draft.get("values").map(Json::members).unwrap_or_default() {
            let Some(index) = ty.position(id) else { continue };
            if let Some(value) = evaluate::read_value(&ty.fields[index], json) {
                values[index] = Some(kept(value, loaded[index].as_ref()));
                given[index] = true;
            }
        }
        for (index, value) in values_by_id(ty, &self.values)? {
            values[index] = Some(kept(value, loaded[index].as_ref()));
            given[index] = true;
        }
        crate::fields::record::infer(ty, &mut values);
        let mut inputs = FieldInput::all(values);
        for (input, touched) in inputs.iter_mut().zip(given) {
            input.touched = touched;
        }
        Ok(inputs)
    }
}

/// The values that a host gives by the ids of fields, with the places of those; all of them or none.
pub fn values_by_id(ty: &ConnectionType, json: &Json) -> Result<Vec<(usize, Value)>, UsageError> {
    let mut given = Vec::new();
    for (id, json) in json.members() {
        let Some(index) = ty.position(id) else {
            let ids: Vec<&str> = ty.fields.iter().map(|field| field.id.as_str()).collect_vec();
            return Err(UsageError(["the field ", &unknown_name(id, &ids)].concat()));
        };
        match evaluate::read_value(&ty.fields[index], json) {
            Some(value) => given.push((index, value)),
            None => {
                return Err(UsageError(
                    ["the value of “", id, "” has the wrong shape for a field of kind ", word_of(ty, index)]
                        .concat(),
                ));
            }
        }
    }
    Ok(given)
}

/// The rows that a new connection starts with are no rows of a loaded one; those with a switch are offered, switched off.
fn not_preset(field: &mut Field) {
    match (field.switch, &mut field.preset) {
        (Some(switch), Json::List(rows)) => {
            if let Some(column) = field.columns.get(switch) {
                rows.iter_mut().for_each(|row| row.set_member(&column.id, Json::Bool(false)));
            }
        }
        (_, preset) => *preset = Json::Null,
    }
}

/// The version of drafts.
const DRAFT: &str = "1";

/// What was typed or given, to open such a form with later. It holds no secret and no file.
pub fn draft(entry: &RegistryEntry, ty: &ConnectionType, inputs: &[FieldInput]) -> Json {
    let mut values = Vec::new();
    for (field, input) in
        ty.fields.iter().zip(inputs).filter(|(field, input)| input.touched && !field.is_confidential())
    {
        if let Some(value) = &input.value {
            values.push((field.id.clone(), field_view::value(field, value, SecretVisibility::Nothing)));
        }
    }
    Json::map(vec![
        ("version", Json::text(DRAFT)),
        ("api", Json::text(&entry.api.id)),
        ("type", Json::text(&ty.id)),
        ("values", Json::Map(values)),
    ])
}

/// Takes every secret out of a record, so that a copy has none.
pub fn forget_secrets(ty: &ConnectionType, record: &mut Json) {
    for field in &ty.fields {
        for pointer in field.all_pointers() {
            if field.is_confidential() {
                record.remove(pointer);
            } else if let Some(json) = record.at_mut(pointer) {
                each_secret_cell(field, json, true, &mut |secret| *secret = Json::text(""));
            }
        }
    }
}

/// What counts of the slots: the loaded name of a file does not, once another is chosen.
pub fn typed(ty: &ConnectionType, inputs: &[FieldInput]) -> Vec<Option<Value>> {
    let chosen = |id: &String| {
        ty.position(id).is_some_and(|index| matches!(inputs[index].value, Some(Value::File(_))))
    };
    let mut values = Vec::new();
    for (field, input) in ty.fields.iter().zip(inputs) {
        let outdated = !input.touched && field.follows.as_ref().is_some_and(chosen);
        values.push(input.value.clone().filter(|_| !outdated));
    }
    values
}

fn object(decoder: &Decoder, word: &'static str) -> Option<Json> {
    match decoder.get(word)? {
        Json::Null => None,
        json @ Json::Map(_) => Some(json.clone()),
        _ => decoder.error(word, "this must be an object"),
    }
}

fn word_of(ty: &ConnectionType, index: usize) -> &'static str {
    crate::descriptor::connection_type::FIELD_KINDS
        .iter()
        .find(|(_, known)| *known == ty.fields[index].kind)
        .map_or("", |(word, _)| word)
}

/// A secret to be kept where there is none is empty. In a row, the one meant is that of the loaded row
/// whose other cells are equal, first that at the same place.
pub fn kept(value: Value, loaded: Option<&Value>) -> Value {
    let keep = Value::Secret(Secret::Keep);
    match value {
        Value::Secret(Secret::Keep) => loaded.cloned().unwrap_or_default(),
        Value::Rows(rows) => {
            let before = loaded.map(Value::rows).unwrap_or_default();
            let mut rows = rows;
            for (index, row) in rows.iter_mut().enumerate() {
                let mut found = None;
                for (at, old) in before.iter().enumerate() {
                    let same = found.is_none() || at == index;
                    if same && old.cells.iter().zip(&row.cells).all(|(old, new)| *new == keep || old == new) {
                        found = Some(old);
                    }
                }
                match found {
                    Some(old) => {
                        let masked = row.masked;
                        *row = old.clone();
                        row.masked |= masked;
                    }
                    None => row
                        .cells
                        .iter_mut()
                        .filter(|cell| **cell == keep)
                        .for_each(|cell| *cell = Value::Empty),
                }
            }
            Value::Rows(rows)
        }
        value => value,
    }
}
