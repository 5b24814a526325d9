//! What a page can do to a form, read from the seam.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::CollectVec;
use crate::bundle::registry::UsageError;
use crate::descriptor::connection_type::{ConnectionType, FieldKind};
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate;
use crate::json::Json;
use crate::json::decoder::Decoder;
use crate::json::diagnostic::{Diagnostics, unknown_name};
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
    FollowUp,
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
    pub fn read(json: &Json, ty: &ConnectionType) -> Result<Action, UsageError> {
        let diagnostics = Diagnostics::default();
        let action = read(&Decoder::reporting(json, "action", "", &diagnostics), ty, &diagnostics);
        match (action, diagnostics.into_inner().first()) {
            (Some(action), None) => Ok(action),
            (_, Some(diagnostic)) => Err(UsageError(["the action: ", &diagnostic.sentence()].concat())),
            (None, None) => Err(UsageError("the action: “do” is missing".to_owned())),
        }
    }
}

fn read(decoder: &Decoder, ty: &ConnectionType, diagnostics: &Diagnostics) -> Option<Action> {
    match decoder.choice("do", ACTIONS)? {
        "settings" => Some(Action::Settings(decoder.get("settings").cloned().unwrap_or_default())),
        "submit" => Some(Action::Submit),
        "test" => Some(Action::Test),
        "settle" => match decoder.count("id") {
            Some(id) => Some(Action::Settle {
                id: id as u32,
                reply: Reply::read(decoder.get("reply").unwrap_or(&Json::Null), diagnostics),
            }),
            None => decoder.error("id", "this must be the id of the request"),
        },
        "follow" => Some(Action::FollowUp),
        "reset" => Some(Action::Reset),
        edit => read_edit(edit, decoder, ty).map(Action::Edit),
    }
}

fn read_edit(edit: &str, decoder: &Decoder, ty: &ConnectionType) -> Option<Edit> {
    Some(match edit {
        "fill" => match decoder.get("values") {
            Some(values @ Json::Map(_)) => Edit::Fill(values.clone()),
            _ => return decoder.error("values", "this must be an object"),
        },
        "undo" => Edit::Undo,
        "leave" => Edit::Leave { field: field(decoder, ty)?, cell: cell(decoder, ty)? },
        "add" => Edit::Add { field: rows(decoder, ty)? },
        "remove" => Edit::Remove { field: rows(decoder, ty)?, row: row(decoder, "row")? },
        "move" => {
            Edit::Move { field: rows(decoder, ty)?, row: row(decoder, "row")?, to: row(decoder, "to")? }
        }
        _ => {
            let (field, cell) = (field(decoder, ty)?, cell(decoder, ty)?);
            let json = decoder.get("value").unwrap_or(&Json::Null);
            let read = match cell {
                None => evaluate::read_value(&ty.fields[field], json).map(|value| (value, false)),
                // Of a single cell only a secret can be kept.
                Some((_, column)) => {
                    evaluate::read_cell(&ty.fields[field], column, json).filter(|(value, _)| {
                        ty.fields[field].columns[column].secret || *value != Value::Secret(Secret::Keep)
                    })
                }
            };
            match read {
                Some((value, masked)) => Edit::Set { field, cell, value, masked },
                None => return decoder.error("value", "this value has the wrong shape for its field"),
            }
        }
    })
}

fn field(decoder: &Decoder, ty: &ConnectionType) -> Option<usize> {
    let id = decoder.required("field");
    ty.position(&id).or_else(|| {
        let ids: Vec<&str> = ty.fields.iter().map(|field| field.id.as_str()).collect_vec();
        decoder.error("field", &unknown_name(&id, &ids))
    })
}

/// A field of kind rows.
fn rows(decoder: &Decoder, ty: &ConnectionType) -> Option<usize> {
    let field = field(decoder, ty)?;
    if ty.fields[field].kind == FieldKind::Rows {
        Some(field)
    } else {
        decoder.error("field", "this field has no rows")
    }
}

fn row(decoder: &Decoder, word: &'static str) -> Option<usize> {
    match decoder.count(word) {
        Some(row) => Some(row as usize),
        None => decoder.error(word, "this must be the number of a row, from 0"),
    }
}

/// The row and column of a cell; `Some(None)` where the whole field is meant.
fn cell(decoder: &Decoder, ty: &ConnectionType) -> Option<Option<(usize, usize)>> {
    let (row, column) = (decoder.count("row"), decoder.optional("column"));
    match (row, column) {
        (None, None) => Some(None),
        (Some(row), Some(column)) => {
            let columns = &ty.fields[rows(decoder, ty)?].columns;
            match columns.iter().position(|known| known.id == column) {
                Some(index) => Some(Some((row as usize, index))),
                None => decoder.error(
                    "column",
                    &unknown_name(&column, &columns.iter().map(|known| known.id.as_str()).collect_vec()),
                ),
            }
        }
        _ => decoder.error("", "a cell has a row and a column"),
    }
}
