//! What a page can do to a form, read from the seam.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::Gather;
use crate::bundle::registry::SeamError;
use crate::descriptor::connection_type::{Kind, Type};
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate;
use crate::json::Json;
use crate::json::decoder::{Mistakes, Reader, unknown};
use crate::request::reply::Reply;

/// One thing that happened.
pub enum Action {
    Edit(Edit),
    /// All settings, after they changed.
    Settings(Json),
    Submit,
    /// Try the connection as it stands.
    Test,
    Settle {
        id: u32,
        reply: Reply,
    },
    /// Ask again for the link of a saved connection.
    Follow,
    /// Back to how the form was opened.
    Reset,
}

/// What the user does to a field. Fields are given by their place in the type.
pub enum Edit {
    Set {
        field: usize,
        cell: Option<(usize, usize)>,
        value: Value,
        /// Whether the cell is masked from now on.
        masked: bool,
    },
    /// Values for several fields at once, by their ids; null is how the field was opened.
    Fill(Json),
    /// What the last fill did is undone.
    Undo,
    /// The user left a control: its faults may show from now on.
    Leave {
        field: usize,
        cell: Option<(usize, usize)>,
    },
    Add {
        field: usize,
    },
    Remove {
        field: usize,
        row: usize,
    },
    Move {
        field: usize,
        row: usize,
        to: usize,
    },
}

const ACTIONS: &[(&str, &str)] = &[
    ("set", "set"),
    ("fill", "fill"),
    ("undo", "undo"),
    ("leave", "leave"),
    ("add", "add"),
    ("remove", "remove"),
    ("move", "move"),
    ("settings", "settings"),
    ("submit", "submit"),
    ("test", "test"),
    ("settle", "settle"),
    ("follow", "follow"),
    ("reset", "reset"),
];

impl Action {
    /// Reads an action on a form of this type; whatever does not fit is named.
    pub fn read(json: &Json, kind: &Type) -> Result<Action, SeamError> {
        let mistakes = Mistakes::default();
        let action = read(&Reader::loud(json, "action", "", &mistakes), kind, &mistakes);
        match (action, mistakes.into_inner().first()) {
            (Some(action), None) => Ok(action),
            (_, Some(mistake)) => Err(SeamError(["the action: ", &mistake.to_string()].concat())),
            (None, None) => Err(SeamError("the action: “do” is missing".to_owned())),
        }
    }
}

fn read(reader: &Reader, kind: &Type, mistakes: &Mistakes) -> Option<Action> {
    match reader.choice("do", ACTIONS)? {
        "settings" => Some(Action::Settings(reader.word("settings").cloned().unwrap_or_default())),
        "submit" => Some(Action::Submit),
        "test" => Some(Action::Test),
        "settle" => match reader.count("id") {
            Some(id) => Some(Action::Settle {
                id: id as u32,
                reply: Reply::read(reader.word("reply").unwrap_or(&Json::Null), mistakes),
            }),
            None => reader.wrong("id", "this must be the id of the request"),
        },
        "follow" => Some(Action::Follow),
        "reset" => Some(Action::Reset),
        edit => read_edit(edit, reader, kind).map(Action::Edit),
    }
}

fn read_edit(edit: &str, reader: &Reader, kind: &Type) -> Option<Edit> {
    Some(match edit {
        "fill" => match reader.word("values") {
            Some(values @ Json::Map(_)) => Edit::Fill(values.clone()),
            _ => return reader.wrong("values", "this must be an object"),
        },
        "undo" => Edit::Undo,
        "leave" => Edit::Leave { field: field(reader, kind)?, cell: cell(reader, kind)? },
        "add" => Edit::Add { field: rows(reader, kind)? },
        "remove" => Edit::Remove { field: rows(reader, kind)?, row: row(reader, "row")? },
        "move" => Edit::Move { field: rows(reader, kind)?, row: row(reader, "row")?, to: row(reader, "to")? },
        _ => {
            let (field, cell) = (field(reader, kind)?, cell(reader, kind)?);
            let json = reader.word("value").unwrap_or(&Json::Null);
            let read = match cell {
                None => evaluate::read(&kind.fields[field], json).map(|value| (value, false)),
                // Of a single cell only a secret can be kept.
                Some((_, column)) => {
                    evaluate::read_cell(&kind.fields[field], column, json).filter(|(value, _)| {
                        kind.fields[field].columns[column].secret || *value != Value::Secret(Secret::Keep)
                    })
                }
            };
            match read {
                Some((value, masked)) => Edit::Set { field, cell, value, masked },
                None => return reader.wrong("value", "this value has the wrong shape for its field"),
            }
        }
    })
}

fn field(reader: &Reader, kind: &Type) -> Option<usize> {
    let id = reader.required("field");
    kind.position(&id).or_else(|| {
        let ids: Vec<&str> = kind.fields.iter().map(|field| field.id.as_str()).gather();
        reader.wrong("field", &unknown(&id, &ids))
    })
}

/// A field of kind rows.
fn rows(reader: &Reader, kind: &Type) -> Option<usize> {
    let field = field(reader, kind)?;
    if kind.fields[field].kind == Kind::Rows {
        Some(field)
    } else {
        reader.wrong("field", "this field has no rows")
    }
}

fn row(reader: &Reader, word: &'static str) -> Option<usize> {
    match reader.count(word) {
        Some(row) => Some(row as usize),
        None => reader.wrong(word, "this must be the number of a row, from 0"),
    }
}

/// The row and column of a cell; `Some(None)` where the whole field is meant.
fn cell(reader: &Reader, kind: &Type) -> Option<Option<(usize, usize)>> {
    let (row, column) = (reader.count("row"), reader.optional("column"));
    match (row, column) {
        (None, None) => Some(None),
        (Some(row), Some(column)) => {
            let columns = &kind.fields[rows(reader, kind)?].columns;
            match columns.iter().position(|known| known.id == column) {
                Some(place) => Some(Some((row as usize, place))),
                None => reader.wrong(
                    "column",
                    &unknown(&column, &columns.iter().map(|known| known.id.as_str()).gather()),
                ),
            }
        }
        _ => reader.wrong("", "a cell has a row and a column"),
    }
}
