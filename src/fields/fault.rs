//! What is wrong, as data. The sentences are in the word table under `fault.<code>`.

use serde::{Serialize, Serializer};

use crate::descriptor::connection_type::Field;
use crate::descriptor::fault_code::FaultCode;
use crate::json::Json;
use crate::json::serialize::as_map;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fault {
    /// A field id, the name of a setting, or nothing for the form as a whole.
    pub field: String,
    /// The sentence is in the word table under `fault.<code>`.
    pub code: FaultCode,
    #[serde(rename = "level", serialize_with = "level")]
    pub warning: bool,
    /// The row that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The id of the column in that row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the sentence is filled with.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub params: Vec<(&'static str, Json)>,
}

fn level<S: Serializer>(warning: &bool, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(if *warning { "warning" } else { "error" })
}

impl Fault {
    pub fn new(field: &str, code: FaultCode) -> Fault {
        Fault { field: field.to_owned(), code, warning: false, row: None, column: None, params: Vec::new() }
    }

    /// One that only warns.
    pub fn warning(mut self, warning: bool) -> Fault {
        self.warning = warning;
        self
    }

    /// One about a cell.
    pub fn at(mut self, row: usize, column: &Field) -> Fault {
        self.row = u32::try_from(row).ok();
        self.column = Some(column.id.clone());
        self
    }

    /// Whether both are about the same field, or the same cell of it.
    pub fn is_beside(&self, other: &Fault) -> bool {
        self.field == other.field && self.row == other.row && self.column == other.column
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Json>) -> Fault {
        self.params.push((name, value.into()));
        self
    }
}

impl From<f64> for Json {
    fn from(number: f64) -> Json {
        Json::Number(number)
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

/// Adds the faults that are not there yet.
pub fn merge_faults(faults: &mut Vec<Fault>, more: Vec<Fault>) {
    for fault in more {
        if !faults.iter().any(|known| known.field == fault.field && known.code == fault.code) {
            faults.push(fault);
        }
    }
}

/// Leaves the faults that are wanted.
pub fn retain_faults(faults: &mut Vec<Fault>, wanted: &dyn Fn(&Fault) -> bool) {
    faults.retain(wanted);
}

/// Whether a fault says that something is missing.
pub fn is_missing_value(code: FaultCode) -> bool {
    matches!(code, FaultCode::Required | FaultCode::MinRows | FaultCode::MissingKey)
}
