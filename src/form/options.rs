//! How a form begins: what the host hands in, read and refused at the door.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::{Gather, replaced};
use crate::bundle::registry::{Entry, SeamError};
use crate::descriptor::api::{KEEPS, Keep, OPERATIONS, Operation};
use crate::descriptor::connection_type::{Field, Type};
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate;
use crate::fields::field_view::{self, Shows};
use crate::fields::record::each_secret_cell;
use crate::json::Json;
use crate::json::decoder::{Mistakes, Reader, unknown};
use crate::request::plan::Settings;

/// What a form is opened with.
pub struct Opening {
    pub operation: Operation,
    pub settings: Settings,
    /// A connection as the API answers it; with `create` a new one is made from it.
    pub record: Option<Json>,
    /// What the host wants of stored secrets; else the API's data says it.
    pub keep: Option<Keep>,
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
pub struct Slot {
    /// What was typed, given or loaded.
    pub value: Option<Value>,
    /// By the user or the host, so that it counts over a loaded record.
    pub touched: bool,
    pub left: bool,
    /// Row and column of the cells that were left.
    pub left_cells: Vec<(usize, usize)>,
    /// What the server said about it.
    pub said: Option<String>,
}

impl Slot {
    /// As they were loaded.
    pub fn all(values: Vec<Option<Value>>) -> Vec<Slot> {
        let mut slots = Vec::new();
        for value in values {
            slots.push(Slot { value, ..Slot::default() });
        }
        slots
    }
}

impl Opening {
    pub fn read(json: &Json, entry: &Entry) -> Result<Opening, SeamError> {
        let mistakes = Mistakes::default();
        let reader = Reader::loud(json, "opening", "", &mistakes);
        let operation = reader.choice("operation", OPERATIONS).unwrap_or(Operation::Create);
        let settings = reader.word("settings").unwrap_or(&Json::Null);
        let keep = reader.choice("secrets", KEEPS);
        let (record, values) = (object(&reader, "record"), object(&reader, "values").unwrap_or_default());
        let draft = object(&reader, "draft").unwrap_or_default();
        let (read_only, without_secrets) = (reader.flag("read_only"), reader.flag("without_secrets"));
        drop(reader);
        if let Some(mistake) = mistakes.borrow().first() {
            return Err(SeamError(["the opening: ", &mistake.to_string()].concat()));
        }
        entry.call(operation)?;
        Ok(Opening {
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
        entry: &Entry,
        operation: Operation,
        settings: &Settings,
        record: Option<&Json>,
        keep: Option<Keep>,
    ) -> Result<Opening, SeamError> {
        entry.call(operation)?;
        Ok(Opening {
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
    pub fn kind(&self, entry: &Entry, id: &str) -> Result<Type, SeamError> {
        let told = ["/version", "/api", "/type"]
            .map(|place| self.draft.at(place).and_then(Json::scalar).unwrap_or_default());
        if self.draft != Json::Null && told != [DRAFT, entry.api.id.as_str(), id] {
            return Err(SeamError("the draft is not one of this form".to_owned()));
        }
        let mut kind = entry.kind(id, self.operation)?;
        let zone = self.settings.time_zone(entry);
        for field in kind.fields.iter_mut().filter(|field| field.preset != Json::Null) {
            if self.record.is_some() {
                not_preset(field);
            }
            field.preset =
                Json::parse(&replaced(&field.preset.to_text(), "{time_zone}", zone)).unwrap_or_default();
        }
        Ok(kind)
    }

    /// What each field of the type begins with, in its order: what was loaded, and the host's values over it.
    pub fn fields(&self, kind: &Type, loaded: Vec<Option<Value>>) -> Result<Vec<Slot>, SeamError> {
        let mut values = loaded.clone();
        let mut given = vec![false; values.len()];
        // What a draft holds for a field that is no longer there, or is another by now, is of no use.
        for (id, json) in self.draft.get("values").map(Json::members).unwrap_or_default() {
            let Some(place) = kind.position(id) else { continue };
            if let Some(value) = evaluate::read(&kind.fields[place], json) {
                values[place] = Some(kept(value, loaded[place].as_ref()));
                given[place] = true;
            }
        }
        for (place, value) in given_values(kind, &self.values)? {
            values[place] = Some(kept(value, loaded[place].as_ref()));
            given[place] = true;
        }
        crate::fields::record::infer(kind, &mut values);
        let mut slots = Slot::all(values);
        for (slot, touched) in slots.iter_mut().zip(given) {
            slot.touched = touched;
        }
        Ok(slots)
    }
}

/// The values that a host gives by the ids of fields, with the places of those; all of them or none.
pub fn given_values(kind: &Type, json: &Json) -> Result<Vec<(usize, Value)>, SeamError> {
    let mut given = Vec::new();
    for (id, json) in json.members() {
        let Some(place) = kind.position(id) else {
            let ids: Vec<&str> = kind.fields.iter().map(|field| field.id.as_str()).gather();
            return Err(SeamError(["the field ", &unknown(id, &ids)].concat()));
        };
        match evaluate::read(&kind.fields[place], json) {
            Some(value) => given.push((place, value)),
            None => {
                return Err(SeamError(
                    [
                        "the value of “",
                        id,
                        "” has the wrong shape for a field of kind ",
                        word_of(kind, place),
                    ]
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
pub fn draft(entry: &Entry, kind: &Type, slots: &[Slot]) -> Json {
    let mut values = Vec::new();
    for (field, slot) in
        kind.fields.iter().zip(slots).filter(|(field, slot)| slot.touched && !field.is_covered())
    {
        if let Some(value) = &slot.value {
            values.push((field.id.clone(), field_view::value(field, value, Shows::Nothing)));
        }
    }
    Json::map(vec![
        ("version", Json::text(DRAFT)),
        ("api", Json::text(&entry.api.id)),
        ("type", Json::text(&kind.id)),
        ("values", Json::Map(values)),
    ])
}

/// Takes every secret out of a record, so that a copy has none.
pub fn forget_secrets(kind: &Type, record: &mut Json) {
    for field in &kind.fields {
        for place in field.all_places() {
            if field.is_covered() {
                record.remove(place);
            } else if let Some(json) = record.at_mut(place) {
                each_secret_cell(field, json, true, &mut |secret| *secret = Json::text(""));
            }
        }
    }
}

/// What counts of the slots: the loaded name of a file does not, once another is chosen.
pub fn typed(kind: &Type, slots: &[Slot]) -> Vec<Option<Value>> {
    let chosen = |id: &String| {
        kind.position(id).is_some_and(|place| matches!(slots[place].value, Some(Value::File(_))))
    };
    let mut values = Vec::new();
    for (field, slot) in kind.fields.iter().zip(slots) {
        let outdated = !slot.touched && field.follows.as_ref().is_some_and(chosen);
        values.push(slot.value.clone().filter(|_| !outdated));
    }
    values
}

fn object(reader: &Reader, word: &'static str) -> Option<Json> {
    match reader.word(word)? {
        Json::Null => None,
        json @ Json::Map(_) => Some(json.clone()),
        _ => reader.wrong(word, "this must be an object"),
    }
}

fn word_of(kind: &Type, place: usize) -> &'static str {
    crate::descriptor::connection_type::KINDS
        .iter()
        .find(|(_, known)| *known == kind.fields[place].kind)
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
            for (place, row) in rows.iter_mut().enumerate() {
                let mut found = None;
                for (at, old) in before.iter().enumerate() {
                    let same = found.is_none() || at == place;
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
