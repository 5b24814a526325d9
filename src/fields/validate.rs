//! What is wrong with what was filled in, as data. The sentences are in the word table.

use serde::{Serialize, Serializer};

use crate::base::names::NameIndex;
use crate::base::text::{CollectVec, decode_base64, join, parse_integer, split_scheme};
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind, Rule, RuleKind};
use crate::descriptor::encoding::{Encoding, Normalizer};
use crate::descriptor::format::has_encoded_password;
use crate::descriptor::value::{EMPTY, File, Row, Secret, Value};
use crate::fields::evaluate::{
    FieldState, is_blank_row, is_required, row_named, split_reference, visible_value,
};
use crate::json::parse::number_of;
use crate::json::serialize::as_map;
use crate::json::{Json, MAX_SAFE_INTEGER, number_text};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fault {
    /// A field id, the name of a setting, or nothing for the form as a whole.
    pub field: String,
    /// The sentence is in the word table under `fault.<code>`.
    pub code: &'static str,
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
    pub fn new(field: &str, code: &'static str) -> Fault {
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

/// Everything that is wrong with the shown fields, in their order, and then the broken rules.
pub fn check(ty: &ConnectionType, states: &[FieldState]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let look = |id: &str| visible_value(ty, states, id);
    for (field, state) in ty.fields.iter().zip(states) {
        if state.shown && state.enabled {
            let mut found = Vec::new();
            validate_field(field, &state.value, state.required, &look, &mut found);
            let excused = field.excused.holds(&look);
            found
                .iter_mut()
                .filter(|fault| is_missing_value(fault.code))
                .for_each(|fault| fault.warning |= excused);
            faults.extend(found);
        }
    }
    for rule in ty.rules.iter().filter(|rule| rule.when.holds(&look)) {
        if let Some(place) = violating_field(rule, &look) {
            let fault = rule_fault(ty, states, rule.field.as_deref().unwrap_or(place))
                .with("say", rule.say.clone())
                .warning(rule.warning);
            // Advice about a value that is wrong anyway only distracts.
            if !rule.warning || !faults.iter().any(|known| known.is_beside(&fault) && !known.warning) {
                faults.push(fault);
            }
        }
    }
    faults
}

/// The fault of a rule, on a field or on the value of a map's row; on the map where it has no such row.
fn rule_fault(ty: &ConnectionType, states: &[FieldState], id: &str) -> Fault {
    let (id, row) = split_reference(id);
    let fault = Fault::new(id, "rule");
    let Some(((field, state), name)) =
        ty.fields.iter().zip(states).find(|(field, _)| field.id == id).zip(row)
    else {
        return fault;
    };
    match row_named(field, &state.value, name)
        .zip(field.value_column().and_then(|column| field.columns.get(column)))
    {
        Some((row, column)) => fault.at(row, column),
        None => fault,
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
pub fn is_missing_value(code: &str) -> bool {
    matches!(code, "required" | "min_rows" | "missing_key")
}

/// The field that breaks a rule whose condition holds.
fn violating_field<'r, 'v>(rule: &'r Rule, look: &dyn Fn(&str) -> &'v Value) -> Option<&'r str> {
    let blank = |id: &&String| look(id).is_blank();
    let filled = rule.of.iter().filter(|id| !blank(id)).count();
    let number = |id: Option<&String>| number_of(look(id?).as_text()?.trim());
    let first = rule.of.first().map_or("", String::as_str);
    match rule.kind {
        RuleKind::Never => Some(first),
        RuleKind::ExactlyOne => (filled != 1).then_some(first),
        RuleKind::AtLeastOne => (filled == 0).then_some(first),
        RuleKind::Together if filled == 0 => None,
        RuleKind::Together => rule.of.iter().find(blank).map(String::as_str),
        RuleKind::NotAbove => {
            let above =
                number(rule.of.first()).zip(number(rule.of.get(1))).is_some_and(|(low, high)| low > high);
            rule.of.get(1).filter(|_| above).map(String::as_str)
        }
    }
}

/// What is wrong with a value of a field; `look` gives the values that its conditions ask for.
pub fn validate_field<'v>(
    field: &Field,
    value: &Value,
    required: bool,
    look: &dyn Fn(&str) -> &'v Value,
    faults: &mut Vec<Fault>,
) {
    if field.kind == FieldKind::Rows {
        return validate_rows(field, value.rows(), required, faults);
    }
    if let Value::Many(words) = value {
        let strange = words.iter().any(|word| !field.options.contains(word));
        if strange {
            faults.push(Fault::new(&field.id, "choice").warning(field.warning));
        }
    }
    let fault = |code| Fault::new(&field.id, code);
    let found = match value {
        Value::Secret(Secret::Keep) => None,
        value if value.is_blank() => required.then(|| fault("required")),
        Value::File(file) => validate_file(field, file, look),
        value => value.as_text().and_then(|text| match normalize(field, text) {
            // Blanks alone are nothing.
            text if text.is_empty() => required.then(|| fault("required")),
            text => validate_text(field, &text, look),
        }),
    };
    if let Some(mut found) = found {
        found.warning |= field.warning && found.code != "required";
        faults.push(found);
    }
}

/// A row with nothing in it is left out of the request, so nothing in it can be missing.
fn validate_rows(field: &Field, rows: &[Row], required: bool, faults: &mut Vec<Fault>) {
    let keys = NameIndex::new(
        rows.iter().map(|row| if is_blank_row(field, row) { "" } else { row.key() }).collect_vec(),
    );
    let mut filled = 0;
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !is_blank_row(field, row)) {
        filled += 1;
        let look = |id: &str| {
            field.columns.iter().position(|column| column.id == id).map_or(&EMPTY, |place| row.cell(place))
        };
        for (column, value) in field.columns.iter().zip(&row.cells) {
            let mut found = Vec::new();
            validate_field(column, value, is_required(column), &look, &mut found);
            for mut fault in found {
                fault.field = field.id.clone();
                faults.push(fault.at(index, column));
            }
        }
        let key = row.key();
        if let Some(column) = field.columns.first().filter(|_| field.has_keys() && !key.is_empty()) {
            let claimed = field.row_name(&[&field.prefix, key].concat()).is_none();
            if claimed || keys.position(key) != Some(index) {
                faults.push(
                    Fault::new(&field.id, if claimed { "claimed" } else { "duplicate" }).at(index, column),
                );
            }
        }
    }
    for key in field.required_keys.iter().filter(|key| keys.position(key).is_none()) {
        faults.push(Fault::new(&field.id, "missing_key").with("key", key.clone()));
    }
    let least = if filled == 0 && !field.required_keys.is_empty() {
        0
    } else {
        field.min_rows.max(u64::from(required))
    };
    if filled < least {
        let code = if filled == 0 && required { "required" } else { "min_rows" };
        let empty = rows.iter().position(|row| is_blank_row(field, row));
        faults.push(match empty.zip(field.columns.iter().find(|column| is_required(column))) {
            // Where a row waits to be filled in, the fault is in it.
            Some((row, column)) => Fault::new(&field.id, "required").at(row, column),
            None => Fault::new(&field.id, code).with("min", least as f64),
        });
    }
    if let Some(most) = field.max_rows.filter(|most| filled > *most) {
        faults.push(Fault::new(&field.id, "max_rows").with("max", most as f64));
    }
}

fn validate_file<'v>(field: &Field, file: &File, look: &dyn Fn(&str) -> &'v Value) -> Option<Fault> {
    let name = file.name.to_ascii_lowercase();
    if !field.accept.is_empty() && !field.accept.iter().any(|end| name.ends_with(end.as_str())) {
        return Some(Fault::new(&field.id, "file_type").with("allowed", join(&field.accept, ", ")));
    }
    if let Some(most) = field.max_bytes.filter(|most| file.size > *most) {
        return Some(
            Fault::new(&field.id, "file_size").with("max", most as f64).with("got", file.size as f64),
        );
    }
    // A letter for each byte, so that formats can judge what is no text.
    validate_format(
        field,
        || decode_base64(&file.content).unwrap_or_default().into_iter().map(char::from).collect(),
        look,
    )
}

fn validate_format<'v>(
    field: &Field,
    text: impl FnOnce() -> String,
    look: &dyn Fn(&str) -> &'v Value,
) -> Option<Fault> {
    let (_, format) = field.format.iter().find(|(when, _)| when.holds(look))?;
    let text = text();
    let fault = |code| Fault::new(&field.id, code);
    match (format.fits)(&text) {
        false => Some(fault(format.fault)),
        true => has_encoded_password(format, &text).then(|| fault("encoded").warning(true)),
    }
}

/// The first thing that is wrong with a text that is not empty.
fn validate_text<'v>(field: &Field, text: &str, look: &dyn Fn(&str) -> &'v Value) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    match field.kind {
        FieldKind::Integer | FieldKind::Number => return validate_number(field, text.trim()),
        FieldKind::Choice if !field.options.iter().any(|option| option == text) => {
            return Some(fault("choice"));
        }
        _ => {}
    }
    let length = text.chars().count() as u64;
    if let Some(least) = field.min_length.filter(|least| length < *least) {
        return Some(fault("min_length").with("min", least as f64));
    }
    if let Some(most) = field.max_length.filter(|most| length > *most) {
        return Some(fault("max_length").with("max", most as f64).with("got", length as f64));
    }
    let same = |one: &[u8], two: &str| {
        if field.ignore_case { one.eq_ignore_ascii_case(two.as_bytes()) } else { one == two.as_bytes() }
    };
    let bytes = text.as_bytes();
    // A start or end alone says nothing, so something must stand beside it.
    let starts = |mark: &String| {
        bytes.split_at_checked(mark.len()).is_some_and(|(head, rest)| !rest.is_empty() && same(head, mark))
    };
    let ends = |mark: &String| {
        let rest = bytes.len().checked_sub(mark.len()).and_then(|length| bytes.split_at_checked(length));
        rest.is_some_and(|(rest, end)| !rest.is_empty() && same(end, mark))
    };
    if !field.starts.is_empty() && !field.starts.iter().any(starts) {
        return Some(fault("starts").with("allowed", join(&field.starts, ", ")));
    }
    if !field.ends.is_empty() && !field.ends.iter().any(ends) {
        return Some(fault("ends").with("allowed", join(&field.ends, ", ")));
    }
    let found = validate_format(field, || text.to_owned(), look);
    if found.is_some() || field.kind != FieldKind::Json {
        return found;
    }
    match Json::parse(text) {
        None => Some(fault("format_json")),
        Some(json) => json.has_unsafe_integer().then(|| fault("unsafe").with("max", MAX_SAFE_INTEGER)),
    }
}

fn validate_number(field: &Field, text: &str) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    let number = match field.kind {
        FieldKind::Integer => match parse_integer(text) {
            Some(number) if number.abs() > MAX_SAFE_INTEGER => {
                return Some(fault("unsafe").with("max", MAX_SAFE_INTEGER));
            }
            Some(number) => number,
            None => return Some(fault("integer")),
        },
        _ => match number_of(text) {
            Some(number) => number,
            None => return Some(fault("number")),
        },
    };
    if field.special.contains(&number) {
        return None;
    }
    if let Some(least) = field.minimum.filter(|least| number < *least) {
        return Some(fault("minimum").with("min", least));
    }
    let most = field.maximum.filter(|most| number > *most)?;
    Some(fault("maximum").with("max", most))
}

/// A number as it is written into a request: `0022` is 22.
pub fn number(field: &Field, text: &str) -> Option<Json> {
    let text = text.trim();
    let number = if field.kind == FieldKind::Integer { parse_integer(text) } else { number_of(text) };
    number.map(|number| {
        if field.writes == Encoding::Text { Json::Text(number_text(number)) } else { Json::Number(number) }
    })
}

/// The text as it is judged and sent.
pub fn normalize(field: &Field, text: &str) -> String {
    let mut text = text;
    for step in &field.clean {
        text = match step {
            Normalizer::Trim => text.trim(),
            Normalizer::NoTrailingSlash => text.trim_end_matches('/'),
            Normalizer::NoHttpScheme => {
                let http = |scheme: &str| {
                    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
                };
                split_scheme(text).filter(|(scheme, _)| http(scheme)).map_or(text, |(_, rest)| rest)
            }
        };
    }
    text.to_owned()
}
