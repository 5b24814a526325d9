//! Values as a request writes them: absent, null, empty and value are four things.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

pub use jackfield_redact::MASK;

use crate::base::text::{CollectVec, decode_base64, integer_text};
use crate::descriptor::condition::choose;
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind};
use crate::descriptor::encoding::{EmptyPolicy, Encoding};
use crate::descriptor::value::{Row, Secret, Value};
use crate::fields::evaluate::{FieldState, default_value, is_blank_row, visible_value};
use crate::fields::record::{self, cell_json, cell_value};
use crate::fields::validate_scalar::{normalize, parse_number};
use crate::json::Json;

/// Whether a request is made to be sent, or to be shown.
#[derive(Clone, Copy, PartialEq)]
pub enum Secrets {
    Sent,
    Masked,
}

/// Lays a field over a body at the given places, by its policies for blank and hidden.
pub fn write_field(
    ty: &ConnectionType,
    states: &[FieldState],
    index: usize,
    secrets: Secrets,
    pointers: &[String],
    body: &mut Json,
) {
    let (field, state) = (&ty.fields[index], &states[index]);
    let look = |id: &str| visible_value(ty, states, id);
    let default = || {
        choose(&field.default, &look)
            .and_then(|json| encode_value(field, &default_value(field, json), secrets))
    };
    let shown = state.shown || field.hidden == EmptyPolicy::Keep;
    let written = if shown { encode_value(field, &state.value, secrets) } else { None };
    let written =
        if field.has_keys() && field.at.len() == 1 { beside_others(field, written, body) } else { written };
    if let (Some(order), true) = (&field.order, shown) {
        write_order(field, written.as_ref(), order, body);
    }
    let filled = written.is_some();
    if field.writes == Encoding::Others {
        return body.put(field.pointer(), written.unwrap_or(Json::Map(Vec::new())));
    }
    let written = written.or_else(|| match if shown { field.blank } else { field.hidden } {
        EmptyPolicy::Omit | EmptyPolicy::Keep => None,
        EmptyPolicy::Null => Some(Json::Null),
        EmptyPolicy::Empty => Some(match (field.kind, field.writes) {
            (FieldKind::Rows, Encoding::Map) => Json::Map(Vec::new()),
            (FieldKind::Rows | FieldKind::Choices, _) => Json::List(Vec::new()),
            _ => Json::text(""),
        }),
        EmptyPolicy::Default => default(),
    });
    write_copies(ty, field, written.as_ref().filter(|_| filled), body);
    let written = written.filter(|value| field.send_default || default().as_ref() != Some(value));
    for pointer in pointers {
        match &written {
            Some(value) => body.put(pointer, value.clone()),
            None => body.remove(pointer),
        }
    }
}

/// Lays what a field holds where it is written only then. A map that keeps an order knows of it.
fn write_copies(ty: &ConnectionType, field: &Field, written: Option<&Json>, body: &mut Json) {
    for pointer in &field.also {
        match written {
            Some(value) => body.put(pointer, value.clone()),
            None => body.remove(pointer),
        }
        let around = ty.fields.iter().filter(|map| {
            map.has_keys() && pointer.strip_prefix(map.pointer()).is_some_and(|rest| rest.starts_with('/'))
        });
        for (map, order) in around.filter_map(|map| Some((map, map.order.as_ref()?))) {
            let members = body.at(map.pointer()).map(Json::members).unwrap_or_default().to_vec();
            let names: Vec<Json> = record::ordered(map, &members, body)
                .into_iter()
                .map(|(name, _)| Json::text(name))
                .collect_vec();
            body.put(order, numbered(names));
        }
    }
}

/// The rows of a map, beside the members of it that are no rows; nothing where there is neither.
fn beside_others(field: &Field, written: Option<Json>, body: &Json) -> Option<Json> {
    let mut members = Vec::new();
    for (name, value) in body.at(field.pointer()).map(Json::members).unwrap_or_default() {
        if field.row_name(name).is_none() {
            members.push((name.clone(), value.clone()));
        }
    }
    for (name, value) in written.as_ref().map(Json::members).unwrap_or_default() {
        members.push(([field.prefix.as_str(), name].concat(), value.clone()));
    }
    (!members.is_empty()).then_some(Json::Map(members))
}

/// The order of the rows by numbers from 0, and then that of the other members of the map.
fn write_order(field: &Field, written: Option<&Json>, pointer: &str, body: &mut Json) {
    let members = written.map(Json::members).unwrap_or_default();
    let mut order = Vec::new();
    for rows in [true, false] {
        for (name, _) in members.iter().filter(|(name, _)| field.row_name(name).is_some() == rows) {
            order.push(Json::text(name));
        }
    }
    body.put(pointer, numbered(order));
}

/// An object with these as its members, by numbers from 0.
fn numbered(items: Vec<Json>) -> Json {
    let mut members = Vec::new();
    for item in items {
        members.push((integer_text(members.len() as i64), item));
    }
    Json::Map(members)
}

/// A value as the request writes it; `None` where it is blank.
fn encode_value(field: &Field, value: &Value, secrets: Secrets) -> Option<Json> {
    let masked = |text: &str| {
        if field.secret && secrets == Secrets::Masked { MASK.to_owned() } else { text.to_owned() }
    };
    match value {
        Value::Toggle(value) => Some(Json::Bool(*value)),
        Value::Secret(Secret::Keep) => None,
        Value::Rows(rows) => {
            let (mut members, mut items) = (Vec::new(), Vec::new());
            for row in rows.iter().filter(|row| !is_blank_row(field, row)) {
                let (name, row) = encode_row(field, row, secrets);
                if field.has_keys() {
                    members.push((name, row));
                } else {
                    items.push(row);
                }
            }
            match (members.is_empty(), items.is_empty()) {
                (true, true) => None,
                (true, false) => Some(Json::List(items)),
                _ => Some(Json::Map(members)),
            }
        }
        Value::Many(words) => {
            (!words.is_empty()).then(|| Json::List(words.iter().map(Json::text).collect_vec()))
        }
        Value::File(_) if secrets == Secrets::Masked => Some(Json::text(MASK)),
        Value::File(file) if field.writes == Encoding::Utf8 => {
            decode_base64(&file.content).and_then(|bytes| String::from_utf8(bytes).ok()).map(Json::Text)
        }
        Value::File(file) => Some(Json::text(&file.content)),
        value => {
            let text = Some(normalize(field, value.as_text()?)).filter(|text| !text.is_empty())?;
            match field.kind {
                FieldKind::Integer | FieldKind::Number => {
                    parse_number(field, &text).or(Some(Json::Text(text)))
                }
                FieldKind::Choice if field.writes == Encoding::Json => Json::parse(&text),
                FieldKind::Json
                    if field.writes != Encoding::Text && (!field.secret || secrets == Secrets::Sent) =>
                {
                    Json::parse(&text)
                }
                _ => Some(Json::Text(masked(&text))),
            }
        }
    }
}

/// A row, with the name of its member where it has one. What a loaded row held and nobody changed stays as it was.
fn encode_row(field: &Field, row: &Row, secrets: Secrets) -> (String, Json) {
    let column = |index: usize| field.columns.get(index);
    let cell = |index: usize| encode_value(column(index)?, row.cell(index), secrets);
    let old = |index: usize| row.loaded.as_ref().and_then(|loaded| cell_json(field, index, loaded));
    let same = |index: usize| {
        row.loaded.is_some()
            && column(index).and_then(|column| cell_value(column, old(index))).unwrap_or_default()
                == *row.cell(index)
    };
    let cover = |index: usize, json: &mut Json| {
        let hidden = column(index).is_some_and(|column| column.secret) || field.is_masked_cell(row, index);
        if secrets == Secrets::Masked && hidden && *json != Json::Null && json.as_str() != Some("") {
            *json = Json::text(MASK);
        }
    };
    let key = || {
        row.cell(0).as_text().zip(column(0)).map(|(text, column)| normalize(column, text)).unwrap_or_default()
    };
    if let Some(at) = if field.writes == Encoding::Pairs { Some(1) } else { field.value_column() } {
        let value = if same(at) { old(at).cloned() } else { cell(at) };
        let mut value = value.unwrap_or_else(|| Json::text(""));
        cover(at, &mut value);
        return (key(), if field.has_keys() { value } else { Json::Map(vec![(key(), value)]) });
    }
    let mut entry = row.loaded.clone().unwrap_or(Json::Map(Vec::new()));
    let first = usize::from(field.has_keys());
    for (index, column) in field.columns.iter().enumerate().skip(first) {
        let at = column.pointer();
        match (cell(index), column.blank) {
            _ if Some(index) == field.switch => {}
            _ if same(index) => {}
            (Some(value), _) => entry.put(at, value),
            (None, EmptyPolicy::Null) => entry.put(at, Json::Null),
            (None, EmptyPolicy::Empty) => entry.put(at, Json::text("")),
            (None, EmptyPolicy::Default) => {
                entry.put(at, choose(&column.default, &|_| &Value::Empty).cloned().unwrap_or_default())
            }
            (None, _) => entry.remove(at),
        }
        if let Some(json) = entry.at_mut(at) {
            cover(index, json);
        }
    }
    (if first == 1 { key() } else { String::new() }, entry)
}
