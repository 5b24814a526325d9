//! A saved connection in, values out.

use crate::condition::choose;
use crate::descriptor::{Api, As, Field, Kind, Type};
use crate::json::Json;
use crate::sheet::{self, default_value};
use crate::value::{Secret, Value};

/// What a record says of each field, in the order of the type; nothing where it is silent or cannot be read.
/// A secret that it shows is kept: its text stays in the record.
pub fn values(kind: &Type, record: &Json) -> Vec<Option<Value>> {
    kind.fields
        .iter()
        .map(|field| {
            let value = told(field, record)?;
            Some(match value {
                Value::Secret(Secret::Replace(text)) if !text.is_empty() => Value::Secret(Secret::Keep),
                value => value,
            })
        })
        .collect()
}

/// Decides the form-only fields that nobody gave, by what the others hold.
pub fn infer(kind: &Type, values: &mut [Option<Value>]) {
    for index in 0..kind.fields.len() {
        let field = &kind.fields[index];
        if values[index].is_some() || field.infer.is_empty() {
            continue;
        }
        static NOTHING: Value = Value::Empty;
        let look = |id: &str| kind.position(id).and_then(|place| values[place].as_ref()).unwrap_or(&NOTHING);
        values[index] = choose(&field.infer, &look).map(|json| default_value(field, json));
    }
}

/// The secrets that a record shows, wherever a field of the type reads one.
pub fn secrets(kind: &Type, record: &Json) -> Vec<String> {
    secrets_by_field(kind, Some(record)).into_iter().flatten().collect()
}

/// The secret that a record shows for each field, in the order of the type.
pub fn secrets_by_field(kind: &Type, record: Option<&Json>) -> Vec<Option<String>> {
    let shown = |field: &Field| match told(field, record?) {
        Some(Value::Secret(Secret::Replace(text))) => Some(text),
        _ => None,
    };
    kind.fields.iter().map(shown).collect()
}

/// The record as the base of a new body: without what no body may hold.
pub fn base(api: &Api, record: &Json) -> Json {
    let mut base = record.clone();
    api.never_sent.iter().for_each(|place| base.remove(place));
    base
}

/// What a record holds for a field: the first of its places that is there.
pub fn told(field: &Field, record: &Json) -> Option<Value> {
    let json = field.at.iter().find_map(|place| record.at(place)).filter(|json| **json != Json::Null)?;
    match field.kind {
        Kind::Rows => rows(field, json),
        // Some APIs write a switch or a number as text, and some a text as a number.
        Kind::Toggle => match json.scalar()?.as_str() {
            "true" => Some(Value::Toggle(true)),
            "false" => Some(Value::Toggle(false)),
            _ => None,
        },
        // Its content stays in the record, as a secret's text does.
        Kind::File => json.as_str().filter(|text| !text.is_empty()).map(|_| Value::Secret(Secret::Keep)),
        Kind::Json => sheet::read(field, json),
        _ => sheet::read(field, &Json::Text(json.scalar()?)),
    }
}

fn rows(field: &Field, json: &Json) -> Option<Value> {
    let Json::List(items) = json else { return None };
    let cell = |column: &Field, json: Option<&Json>| json.and_then(|json| told_cell(column, json)).unwrap_or_default();
    let row = |item: &Json| match (field.writes, item.members()) {
        (As::Pairs, [(key, value), ..]) => vec![Value::Text(key.clone()), cell(&field.columns[1], Some(value))],
        _ => field.columns.iter().map(|column| cell(column, item.at(&column.at[0]))).collect(),
    };
    Some(Value::Rows(items.iter().map(row).collect()))
}

fn told_cell(column: &Field, json: &Json) -> Option<Value> {
    match column.kind {
        Kind::Toggle => sheet::read(column, json),
        _ => sheet::read(column, &Json::Text(json.scalar()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Mistakes;

    #[test]
    fn a_file_of_a_record_is_kept_and_is_not_missing() {
        let kind = r#"{"id":"t","title":"T","sections":[{"title":"S","fields":[{"id":"ca","kind":"file","label":"CA","required":true}]}]}"#;
        let kind = Type::read(&Json::parse(kind).unwrap(), &Mistakes::default());
        let loaded = |record: &str| values(&kind, &Json::parse(record).unwrap()).remove(0);
        assert_eq!(loaded(r#"{"ca":"QUJD"}"#), Some(Value::Secret(Secret::Keep)));
        for record in [r#"{"ca":""}"#, r#"{"ca":null}"#, "{}"] {
            assert_eq!(loaded(record), None, "{record}");
        }
        let mut faults = Vec::new();
        crate::check::check_field(&kind.fields[0], &Value::Secret(Secret::Keep), true, &mut faults);
        assert_eq!(faults, []);
    }
}
