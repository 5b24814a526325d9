//! Files and secrets of a form, and what is shown of them.

use jackfield_redact::is_secret_name;

use crate::descriptor::connection_type::{ConnectionType, Field};
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate::FieldState;
use crate::fields::record;
use crate::form::options::FieldInput;
use crate::json::Json;
use crate::request::secrets::secret_variants;
use crate::request::write_field::{MASK, Secrets};

/// Masks what may be a secret of a field, as the record has it.
pub fn mask_field(field: &Field, pointers: &[String], body: &mut Json) {
    for pointer in pointers {
        match body.at_mut(pointer) {
            Some(Json::Null) | None => {}
            Some(json) if field.is_confidential() => *json = Json::text(MASK),
            Some(json) => record::each_secret_cell(field, json, true, &mut |cell| *cell = Json::text(MASK)),
        }
    }
}

/// Masks members of a record that no field knows but whose names say that they are secrets, and values beside such a name.
pub fn mask_by_name(body: &mut Json) {
    match body {
        Json::Map(members) => {
            let named = members
                .iter()
                .any(|(member, name)| member != "value" && name.as_str().is_some_and(is_secret_name));
            for (name, value) in members {
                let is_secret = is_secret_name(name) || named && name == "value";
                match value {
                    Json::Text(text) if text.is_empty() => {}
                    Json::Text(_) | Json::Number(_) | Json::Exact(_) if is_secret => {
                        *value = Json::text(MASK)
                    }
                    value => mask_by_name(value),
                }
            }
        }
        Json::List(items) => items.iter_mut().for_each(mask_by_name),
        _ => {}
    }
}

/// The chosen files that go into parts of their own.
pub fn files(ty: &ConnectionType, states: &[FieldState], secrets: Secrets) -> Vec<Json> {
    let mut parts = Vec::new();
    for (field, state) in ty.fields.iter().zip(states) {
        if let (Some(part), Value::File(file), true) = (&field.part, &state.value, state.shown) {
            let content = if secrets == Secrets::Sent { &file.content } else { MASK };
            parts.push(Json::map(vec![
                ("name", Json::text(part)),
                ("file", Json::text(&file.name)),
                ("content", Json::text(content)),
            ]));
        }
    }
    parts
}

/// Every secret that the form holds, with the parts of each that a server may name alone.
pub fn secrets_of(ty: &ConnectionType, inputs: &[FieldInput], record: Option<&Json>) -> Vec<String> {
    let mut found: Vec<String> = record.map(|record| record::record_secrets(ty, record)).unwrap_or_default();
    let mut note = |value: &Value, masked: bool| match value {
        Value::Secret(Secret::Replace(text)) => found.push(text.clone()),
        Value::Text(text) if masked => found.push(text.clone()),
        Value::File(file) => found.push(file.content.clone()),
        _ => {}
    };
    for (field, input) in ty.fields.iter().zip(inputs) {
        let Some(value) = &input.value else { continue };
        note(value, false);
        for row in value.rows() {
            row.cells
                .iter()
                .enumerate()
                .for_each(|(index, cell)| note(cell, field.is_masked_cell(row, index)));
        }
    }
    let mut all = Vec::new();
    for text in found.iter().filter(|text| !text.is_empty()) {
        all.extend(secret_variants(text));
    }
    all
}
