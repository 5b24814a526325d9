//! The values that a text gives to fields, and what no field takes.

use super::left::Left;
use super::prepare::Found;

/// What a text does with a form.
#[derive(Default)]
pub struct Filled<'a> {
    /// The fields that change, in the order in which they are to be set.
    pub values: Vec<(&'a str, FieldValue<'a>)>,
    /// The fields that something of the text stands in.
    pub filled: Vec<&'a str>,
    /// What no field takes.
    pub left: Vec<Left<'a>>,
    pub warnings: Vec<Warning<'a>>,
    /// Where a mark stands in the text that does not belong into a plain field: behind it may be a secret that was not read as one.
    pub stray: Option<usize>,
    /// How many marks were looked for.
    pub looks: usize,
}

/// What a field is set to.
pub enum FieldValue<'a> {
    /// Nothing, as in a form that was just opened.
    Null,
    Flag(bool),
    Text(String),
    Secret(String),
    Rows(Vec<FilledRow<'a>>),
}

/// A row with a name and a value, by the ids of their columns.
pub struct FilledRow<'a> {
    pub cells: [(&'a str, String); 2],
    pub shows: Shows,
}

/// How the value of a row is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    Plain,
    /// It may be a secret, though its column is none.
    Masked,
    /// Its column is one of secrets.
    Secret,
}

/// What to look at again in a field.
#[derive(Debug, PartialEq)]
pub struct Warning<'a> {
    pub field: &'a str,
    pub row: Option<usize>,
    pub code: &'static str,
}

impl<'a> Filled<'a> {
    /// Sets a field; what was set before gives way.
    #[inline(never)]
    pub fn set(&mut self, field: &'a str, value: FieldValue<'a>) {
        for known in &mut self.values {
            if known.0 == field {
                known.1 = value;
                return;
            }
        }
        self.values.push((field, value));
    }

    #[inline(never)]
    pub fn note(&mut self, field: &'a str) {
        if !self.filled.contains(&field) {
            self.filled.push(field);
        }
    }

    pub fn warn(&mut self, field: &'a str, row: Option<usize>, found: Found, encoded: bool) {
        let mut warn = |there: bool, code: &'static str| {
            if there {
                self.warnings.push(Warning { field, row, code });
            }
        };
        warn(found.placeholder, "placeholder");
        warn(found.invisible, "invisible");
        warn(encoded, "encoded");
    }
}
