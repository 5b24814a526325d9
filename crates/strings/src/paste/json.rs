//! The answers of pasting as JSON.

use super::Pasted;
use super::field_values::{FieldValue, Filled, FilledRow, Shows};
use super::left::Left;
use crate::json::{Json, Kind};
use crate::text::shown;
use jackfield_redact::MASK;

/// How what may be a secret stands in an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// As `•••`.
    Masked,
    /// As it is.
    Revealed,
    /// As it is; where it is not a secret of its own field, in an object that says so, as the engine takes it.
    Marked,
}

/// Puts what a text does with a form, as the members of an object that is open.
pub fn put_filled(filled: &Filled<'_>, secrets: Secrets, json: &mut Json) {
    json.member("values", Kind::Map, "");
    for (field, value) in &filled.values {
        json.put(Kind::Name, field);
        put_value(value, secrets, json);
    }
    json.close();
    json.member("filled", Kind::List, "");
    for field in &filled.filled {
        json.put(Kind::Text, field);
    }
    json.mark(Kind::ListEnd);
    json.member("left", Kind::List, "");
    for left in &filled.left {
        json.open();
        match left {
            Left::Label(label) => json.member("label", Kind::Text, label),
            Left::Word(word, count) => {
                json.member("word", Kind::Text, word);
                json.member("count", Kind::Word, &shown(*count as u64));
            }
        }
        json.close();
    }
    json.mark(Kind::ListEnd);
    json.member("warnings", Kind::List, "");
    for warning in &filled.warnings {
        json.open();
        json.member("field", Kind::Text, warning.field);
        if let Some(row) = warning.row {
            json.member("row", Kind::Word, &shown(row as u64));
        }
        json.member("code", Kind::Text, warning.code);
        json.close();
    }
    json.mark(Kind::ListEnd);
}

/// Puts the names of what was taken off the text.
pub fn put_unwrapped(pasted: &Pasted, json: &mut Json) {
    json.member("unwrapped", Kind::List, "");
    pasted.each_wrapping(&mut |name| json.put(Kind::Text, name));
    json.mark(Kind::ListEnd);
}

fn put_value(value: &FieldValue, secrets: Secrets, json: &mut Json) {
    match value {
        FieldValue::Null => json.put(Kind::Word, "null"),
        FieldValue::Flag(flag) => json.put(Kind::Word, if *flag { "true" } else { "false" }),
        FieldValue::Text(text) => json.put(Kind::Text, text),
        FieldValue::Secret(text) => {
            json.put(Kind::Text, if secrets == Secrets::Masked && !text.is_empty() { MASK } else { text })
        }
        FieldValue::Rows(rows) => {
            json.mark(Kind::List);
            for row in rows {
                put_row(row, secrets, json);
            }
            json.mark(Kind::ListEnd);
        }
    }
}

fn put_row(row: &FilledRow, secrets: Secrets, json: &mut Json) {
    json.open();
    for (place, (column, text)) in row.cells.iter().enumerate() {
        // The first is the name.
        match (row.shows, secrets) {
            (Shows::Masked | Shows::Secret, Secrets::Masked) if place > 0 && !text.is_empty() => {
                json.member(column, Kind::Text, MASK)
            }
            (Shows::Masked, Secrets::Marked) if place > 0 => {
                json.member(column, Kind::Map, "");
                json.member("masked", Kind::Text, text);
                json.close();
            }
            _ => json.member(column, Kind::Text, text),
        }
    }
    json.close();
}
