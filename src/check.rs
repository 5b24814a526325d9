//! What is wrong with what was filled in, as data. The sentences are in the word table.

use crate::condition::Condition;
use crate::descriptor::{Clean, Field, Kind, Type};
use crate::json::{Json, number_text};
use crate::parse::number_of;
use crate::sheet::{State, seen};
use crate::text::{joined, scheme};
use crate::value::{File, Secret, Value};

/// Up to here every integer has a number of its own in JSON.
const SAFE: i64 = 9_007_199_254_740_991;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A field id, the name of a setting, or nothing for the form as a whole.
    pub field: String,
    /// The row, and the column in it.
    pub cell: Option<(usize, Option<String>)>,
    /// The sentence is in the word table under `fault.<code>`.
    pub code: &'static str,
    pub warning: bool,
    /// What the sentence is filled with.
    pub params: Vec<(&'static str, Json)>,
}

impl Fault {
    pub fn new(field: &str, code: &'static str) -> Fault {
        Fault { field: field.to_owned(), cell: None, code, warning: false, params: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Json>) -> Fault {
        self.params.push((name, value.into()));
        self
    }

    /// As it crosses the seam.
    pub fn to_json(&self) -> Json {
        let mut json = Json::map(vec![
            ("field", Json::text(&self.field)),
            ("code", Json::text(self.code)),
            ("level", Json::text(if self.warning { "warning" } else { "error" })),
        ]);
        if let Some((row, column)) = &self.cell {
            json.put("/row", Json::from(*row as f64));
            if let Some(column) = column {
                json.put("/column", Json::text(column));
            }
        }
        for (name, value) in &self.params {
            json.put(&["/params/", name].concat(), value.clone());
        }
        json
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

/// Everything that is wrong with the shown fields, in their order, and then the broken rules.
pub fn check(kind: &Type, states: &[State]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, state) in kind.fields.iter().zip(states) {
        if state.shown && state.enabled {
            check_field(field, &state.value, state.required, &mut faults);
        }
    }
    let look = |id: &str| seen(kind, states, id);
    for rule in kind.rules.iter().filter(|rule| rule.when.holds(&look)) {
        faults.push(Fault { warning: rule.warning, ..Fault::new(&rule.field, "rule") }.with("say", rule.say.clone()));
    }
    faults
}

/// What is wrong with a value of a field.
pub fn check_field(field: &Field, value: &Value, required: bool, faults: &mut Vec<Fault>) {
    if field.kind == Kind::Rows {
        return check_rows(field, value.rows(), required, faults);
    }
    let fault = |code| Fault::new(&field.id, code);
    let found = match value {
        Value::Secret(Secret::Keep) => None,
        value if value.is_blank() => required.then(|| fault("required")),
        Value::File(file) => check_file(field, file),
        value => value.as_text().and_then(|text| match clean(field, text) {
            // Blanks alone are nothing.
            text if text.is_empty() => required.then(|| fault("required")),
            text => check_text(field, &text),
        }),
    };
    faults.extend(found.map(|mut found| {
        found.warning = field.warning && found.code != "required";
        found
    }));
}

/// A row with nothing in it is left out of the request, so nothing in it can be missing.
fn check_rows(field: &Field, rows: &[Vec<Value>], required: bool, faults: &mut Vec<Fault>) {
    let mut filled = 0;
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !is_blank_row(row)) {
        filled += 1;
        for (column, value) in field.columns.iter().zip(row) {
            let mut found = Vec::new();
            check_field(column, value, matches!(column.required, Condition::Always(true)), &mut found);
            faults.extend(found.into_iter().map(|fault| Fault { field: field.id.clone(), cell: Some((index, Some(column.id.clone()))), ..fault }));
        }
    }
    let least = field.min_rows.max(u64::from(required));
    if filled < least {
        let code = if filled == 0 && required { "required" } else { "min_rows" };
        faults.push(Fault::new(&field.id, code).with("min", least as f64));
    }
    if let Some(most) = field.max_rows.filter(|most| filled > *most) {
        faults.push(Fault::new(&field.id, "max_rows").with("max", most as f64));
    }
}

/// Whether every cell is blank; a switch alone does not make a row.
pub fn is_blank_row(row: &[Value]) -> bool {
    row.iter().all(|value| matches!(value, Value::Toggle(_)) || value.is_blank())
}

fn check_file(field: &Field, file: &File) -> Option<Fault> {
    let name = file.name.to_ascii_lowercase();
    if !field.accept.is_empty() && !field.accept.iter().any(|end| name.ends_with(end.as_str())) {
        return Some(Fault::new(&field.id, "file_type").with("allowed", joined(&field.accept, ", ")));
    }
    let most = field.max_bytes.filter(|most| file.size > *most)?;
    Some(Fault::new(&field.id, "file_size").with("max", most as f64).with("got", file.size as f64))
}

/// The first thing that is wrong with a text that is not empty.
fn check_text(field: &Field, text: &str) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    match field.kind {
        Kind::Integer | Kind::Number => return check_number(field, text.trim()),
        Kind::Choice if !field.options.iter().any(|option| option == text) => return Some(fault("choice")),
        _ => {}
    }
    let length = text.chars().count() as u64;
    if let Some(least) = field.min_length.filter(|least| length < *least) {
        return Some(fault("min_length").with("min", least as f64));
    }
    if let Some(most) = field.max_length.filter(|most| length > *most) {
        return Some(fault("max_length").with("max", most as f64).with("got", length as f64));
    }
    let same = |one: &[u8], two: &str| if field.ignore_case { one.eq_ignore_ascii_case(two.as_bytes()) } else { one == two.as_bytes() };
    let bytes = text.as_bytes();
    // A start or end alone says nothing, so something must stand beside it.
    let starts = |mark: &String| bytes.len() > mark.len() && same(&bytes[..mark.len()], mark);
    let ends = |mark: &String| bytes.len() > mark.len() && same(&bytes[bytes.len() - mark.len()..], mark);
    if !field.starts.is_empty() && !field.starts.iter().any(starts) {
        return Some(fault("starts").with("allowed", joined(&field.starts, ", ")));
    }
    if !field.ends.is_empty() && !field.ends.iter().any(ends) {
        return Some(fault("ends").with("allowed", joined(&field.ends, ", ")));
    }
    if let Some(format) = field.format.filter(|format| !(format.fits)(text)) {
        return Some(fault(format.fault));
    }
    (field.kind == Kind::Json && Json::parse(text).is_none()).then(|| fault("format_json"))
}

fn check_number(field: &Field, text: &str) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    let number = match field.kind {
        Kind::Integer => match integer(text) {
            Some(whole) if whole.abs() > SAFE => return Some(fault("maximum").with("max", SAFE as f64)),
            Some(whole) => whole as f64,
            None => return Some(fault("integer")),
        },
        _ => match number_of(text) {
            Some(number) => number,
            None => return Some(fault("number")),
        },
    };
    if let Some(least) = field.minimum.filter(|least| number < *least) {
        return Some(fault("minimum").with("min", least));
    }
    let most = field.maximum.filter(|most| number > *most)?;
    Some(fault("maximum").with("max", most))
}

/// A whole number in digits, perhaps with a minus; what is too long for 64 bits counts as the largest.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| text.parse().unwrap_or(i64::MAX))
}

/// A number as it is written into a request: `0022` is 22.
pub fn number(field: &Field, text: &str) -> Option<Json> {
    let text = text.trim();
    let number = if field.kind == Kind::Integer { integer(text).map(|whole| whole as f64) } else { number_of(text) };
    number.map(|number| if field.writes == crate::descriptor::As::Text { Json::Text(number_text(number)) } else { Json::Number(number) })
}

/// The text as it is judged and sent.
pub fn clean(field: &Field, text: &str) -> String {
    let mut text = text;
    for step in &field.clean {
        text = match step {
            Clean::Trim => text.trim(),
            Clean::NoTrailingSlash => text.trim_end_matches('/'),
            Clean::NoHttpScheme => {
                let http = |scheme: &str| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
                scheme(text).filter(|(scheme, _)| http(scheme)).map_or(text, |(_, rest)| rest)
            }
        };
    }
    text.to_owned()
}
