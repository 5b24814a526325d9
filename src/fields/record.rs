//! A saved connection in, values out.

use crate::base::text::{CollectVec, parse_index};
use crate::descriptor::api::Api;
use crate::descriptor::condition::choose;
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind};
use crate::descriptor::encoding::Encoding;
use crate::descriptor::value::{EMPTY, Row, Secret, Value};
use crate::fields::evaluate::{self, default_value};
use crate::fields::validate_scalar::parse_number;
use crate::json::{Json, names};

/// What a record says of each field, in the order of the type; nothing where it is silent or cannot be read.
/// A secret that it shows is kept: its text stays in the record.
/// Of fields of which one is a secret and the other is not, only the one reads that is shown by what others hold.
pub fn field_values(ty: &ConnectionType, order: &[usize], record: &Json) -> Vec<Option<Value>> {
    let mut values = ty
        .fields
        .iter()
        .map(|field| if field.rivals.is_empty() { stored_value(field, record) } else { None })
        .collect_vec();
    for index in order {
        let Some(field) = ty.fields.get(*index).filter(|field| !field.rivals.is_empty()) else { continue };
        let mut whole = values.clone();
        infer(ty, &mut whole);
        let shown = evaluate::evaluate(ty, order, &whole).get(*index).is_some_and(|state| state.shown);
        if let (Some(value), true) = (values.get_mut(*index), shown) {
            *value = stored_value(field, record);
        }
    }
    values
}

fn stored_value(field: &Field, record: &Json) -> Option<Value> {
    Some(match record_value(field, record)? {
        Value::Secret(Secret::Replace(text)) if !text.is_empty() => Value::Secret(Secret::Keep),
        value => value,
    })
}

/// Decides the form-only fields that nobody gave, by what the others hold.
pub fn infer(ty: &ConnectionType, values: &mut [Option<Value>]) {
    for (index, field) in ty.fields.iter().enumerate().filter(|(_, field)| !field.infer.is_empty()) {
        let look = |id: &str| ty.position(id).and_then(|other| values.get(other)?.as_ref()).unwrap_or(&EMPTY);
        let inferred = choose(&field.infer, &look).map(|json| default_value(field, json));
        if let Some(value @ None) = values.get_mut(index) {
            *value = inferred;
        }
    }
}

/// The secrets that a record shows, wherever a field of the type reads one.
pub fn record_secrets(ty: &ConnectionType, record: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |text: Option<String>| {
        if let Some(text) = text {
            found.push(text);
        }
    };
    for field in &ty.fields {
        let told = record_value(field, record).unwrap_or_default();
        match &told {
            Value::Secret(Secret::Replace(text)) => note(Some(text.clone())),
            Value::Secret(_) => note(record_json(field, record).and_then(Json::scalar)),
            _ => {}
        }
        for row in told.rows() {
            for (index, _) in field
                .columns
                .iter()
                .enumerate()
                .filter(|(index, column)| column.secret || field.is_masked_cell(row, *index))
            {
                note(row.loaded.as_ref().and_then(|loaded| cell_json(field, index, loaded)?.scalar()));
            }
        }
    }
    found
}

/// The secret that a record shows for each field, in the order of the type.
pub fn secrets_by_field(ty: &ConnectionType, record: Option<&Json>) -> Vec<Option<String>> {
    let shown = |field: &Field| match record_value(field, record?) {
        Some(Value::Secret(Secret::Replace(text))) => Some(text),
        _ => None,
    };
    ty.fields.iter().map(shown).collect_vec()
}

/// The record as the base of a new body: without what no body may hold.
pub fn body_base(api: &Api, record: &Json) -> Json {
    let mut base = record.clone();
    api.never_sent.iter().for_each(|pointer| base.remove(pointer));
    base
}

/// What stands in a record for a field, if that is not null: at the first of its places that is there, else at an alias,
/// else at a place that is only read and holds one of its options.
pub fn record_json<'r>(field: &Field, record: &'r Json) -> Option<&'r Json> {
    let first = |pointers: &[String]| pointers.iter().find_map(|pointer| record.at(pointer));
    let option = |json: &&Json| {
        field.options.is_empty() || json.scalar().is_some_and(|text| field.options.contains(&text))
    };
    let found =
        first(&field.at).or_else(|| first(&field.alias)).or_else(|| first(&field.read).filter(option));
    found.filter(|json| **json != Json::Null)
}

/// What a record says of a field; nothing where it is silent or has another shape.
pub fn record_value(field: &Field, record: &Json) -> Option<Value> {
    let json = record_json(field, record)?;
    match field.kind {
        FieldKind::Rows => rows(field, json, record),
        // Its content stays in the record, as a secret's text does.
        FieldKind::File => json.as_str().filter(|text| !text.is_empty()).map(|_| Value::Secret(Secret::Keep)),
        FieldKind::Json | FieldKind::Choices => evaluate::read_value(field, json),
        // Some APIs write a switch as text.
        FieldKind::Toggle => match json.scalar()?.as_str() {
            "true" => Some(Value::Toggle(true)),
            "false" => Some(Value::Toggle(false)),
            _ => None,
        },
        _ => text_value(field, json),
    }
}

/// A number may be written as text, and some APIs write a text as a number.
fn text_value(field: &Field, json: &Json) -> Option<Value> {
    let text = json.scalar()?;
    let number = matches!(field.kind, FieldKind::Integer | FieldKind::Number);
    if number && !text.is_empty() && parse_number(field, &text).is_none() {
        return None;
    }
    evaluate::read_value(field, &Json::Text(text))
}

/// A row as a record has it, with the name of its member where it has one.
fn row(field: &Field, key: Option<&str>, item: &Json) -> Row {
    let mut row = Row { loaded: Some(item.clone()), ..Row::default() };
    let key = if field.writes == Encoding::Pairs {
        item.members().first().map(|(key, _)| key.as_str())
    } else {
        key
    };
    for (index, column) in field.columns.iter().enumerate() {
        row.cells.push(match key {
            Some(key) if index == 0 => Value::Text(key.to_owned()),
            _ if Some(index) == field.switch => Value::Toggle(true),
            _ => cell_value(column, cell_json(field, index, item)).unwrap_or_default(),
        });
    }
    row
}

fn rows(field: &Field, json: &Json, record: &Json) -> Option<Value> {
    let row = |key: Option<&str>, item: &Json| row(field, key, item);
    let rows = match (field.writes, json) {
        (Encoding::Map | Encoding::Others, Json::Map(members)) => {
            let mut rows = Vec::new();
            for (name, item) in ordered(field, members, record) {
                if let Some(name) = field.row_name(name) {
                    rows.push(row(Some(name), item));
                }
            }
            add_switched_off(field, &mut rows);
            rows
        }
        (Encoding::Map | Encoding::Others, _) => return None,
        (writes, Json::List(items))
            if writes == Encoding::Pairs || items.iter().all(|item| matches!(item, Json::Map(_))) =>
        {
            items.iter().map(|item| row(None, item)).collect_vec()
        }
        _ => return None,
    };
    Some(Value::Rows(rows))
}

/// The members of a map in the order that the record holds for them, and then what it does not name.
pub fn ordered<'r>(field: &Field, members: &'r [(String, Json)], record: &Json) -> Vec<&'r (String, Json)> {
    let order =
        field.order.as_ref().and_then(|pointer| record.at(pointer)).map(Json::members).unwrap_or_default();
    let mut numbered: Vec<Vec<&str>> = Vec::new();
    for (number, name) in order {
        if let (Some(number), Some(name)) = (parse_index(number, 9999.0), name.as_str()) {
            while numbered.len() <= number {
                numbered.push(Vec::new());
            }
            numbered.iter_mut().skip(number).take(1).for_each(|named| named.push(name));
        }
    }
    let known = names(members);
    let mut rest: Vec<Option<&(String, Json)>> = members.iter().map(Some).collect_vec();
    let mut all = Vec::new();
    for name in numbered.into_iter().flatten() {
        if let Some(member) = known.position(name).and_then(|index| rest.get_mut(index)?.take()) {
            all.push(member);
        }
    }
    all.extend(rest.into_iter().flatten());
    all
}

/// Rows that could be sent and are not: the preset ones that the record lacks.
fn add_switched_off(field: &Field, rows: &mut Vec<Row>) {
    if field.switch.is_none() {
        return;
    }
    for row in default_value(field, &field.preset).rows() {
        if !rows.iter().any(|known| known.cell(0) == row.cell(0)) {
            rows.push(row.clone());
        }
    }
}

/// What a loaded row holds for a column; the column of names has nothing of its own, nor has the switch.
pub fn cell_json<'r>(field: &Field, column: usize, loaded: &'r Json) -> Option<&'r Json> {
    match field.writes {
        _ if Some(column) == field.switch => None,
        Encoding::Pairs | Encoding::Map | Encoding::Others if column == 0 => None,
        Encoding::Pairs => loaded.members().first().map(|(_, value)| value),
        Encoding::Map | Encoding::Others if field.value_column().is_some() => Some(loaded),
        _ => loaded.at(field.columns.get(column)?.at.first()?),
    }
}

/// What a cell shows of what was loaded; `None` where that has another shape.
pub fn cell_value(column: &Field, loaded: Option<&Json>) -> Option<Value> {
    let json = match (loaded, column.kind) {
        (None | Some(Json::Null), kind) if kind != FieldKind::Json => return Some(Value::Empty),
        (json, _) => json?,
    };
    match column.kind {
        FieldKind::Toggle => evaluate::read_value(column, json),
        FieldKind::Json => Some(Value::Text(json.to_text())),
        // Its text stays in the loaded row.
        _ if column.secret => {
            json.scalar().map(|text| if text.is_empty() { Value::Empty } else { Value::Secret(Secret::Keep) })
        }
        _ => text_value(column, json),
    }
}

/// Calls `change` with what each loaded row of a field holds for its secret columns; `named`: and for values with the name of a secret.
pub fn each_secret_cell(field: &Field, rows: &mut Json, named: bool, change: &mut dyn FnMut(&mut Json)) {
    for (index, column) in field.columns.iter().enumerate() {
        let mut cell = |name: Option<&str>, item: &mut Json| {
            if !(column.secret || named && field.is_masked_cell(&row(field, name, item), index)) {
                return;
            }
            let json = match (field.writes, item) {
                (Encoding::Pairs, Json::Map(members)) => members.first_mut().map(|(_, value)| value),
                (Encoding::Map | Encoding::Others, item) if field.value_column().is_some() => Some(item),
                (_, item) => column.at.first().and_then(|at| item.at_mut(at)),
            };
            json.map(&mut *change);
        };
        match rows {
            Json::List(items) => items.iter_mut().for_each(|item| cell(None, item)),
            Json::Map(members) => {
                members.iter_mut().for_each(|(name, item)| cell(field.row_name(name), item))
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::validate;
    use crate::json::diagnostic::Diagnostics;

    #[test]
    fn a_file_of_a_record_is_kept_and_is_not_missing() {
        let kind = r#"{"id":"t","title":"T","sections":[{"title":"S","fields":[{"id":"ca","kind":"file","label":"CA","required":true}]}]}"#;
        let ty = ConnectionType::read(&Json::parse(kind).unwrap(), &Diagnostics::default());
        let loaded = |record: &str| field_values(&ty, &[0], &Json::parse(record).unwrap()).remove(0);
        assert_eq!(loaded(r#"{"ca":"QUJD"}"#), Some(Value::Secret(Secret::Keep)));
        for record in [r#"{"ca":""}"#, r#"{"ca":null}"#, "{}"] {
            assert_eq!(loaded(record), None, "{record}");
        }
        let mut faults = Vec::new();
        validate::validate_field(
            &ty.fields[0],
            &Value::Secret(Secret::Keep),
            true,
            &|_| &Value::Empty,
            &mut faults,
        );
        assert_eq!(faults, []);
    }
}
