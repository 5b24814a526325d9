//! What every field of a type shows and holds, worked out from what was typed.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::{CollectVec, replace_all, split_once};
use crate::descriptor::condition::{Condition, choose};
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind, placeholders};
use crate::descriptor::value::{EMPTY, Row, Secret, Shape, Value};
use crate::json::Json;
use crate::json::decoder::REPORT;

/// A field as it stands.
#[derive(Clone, PartialEq)]
pub struct FieldState {
    pub shown: bool,
    pub enabled: bool,
    pub required: bool,
    /// What was typed or loaded, else the default.
    pub value: Value,
    pub placeholder: Option<String>,
}

/// The fields in an order in which each comes after those that it depends on.
/// An error names the fields of a circle.
pub fn order(ty: &ConnectionType) -> Result<Vec<usize>, Vec<String>> {
    let mut order = Vec::new();
    let mut done = vec![false; ty.fields.len()];
    while order.len() < done.len() {
        let before = order.len();
        for (index, field) in ty.fields.iter().enumerate() {
            let waits =
                dependencies(field).iter().any(|id| ty.position(id).is_some_and(|other| !done[other]));
            if !done[index] && !waits {
                order.push(index);
                done[index] = true;
            }
        }
        if order.len() == before {
            let mut circle = Vec::new();
            // Only who proves a type asks for them.
            for (field, _) in ty.fields.iter().zip(&done).filter(|(_, done)| REPORT && !**done) {
                circle.push(field.id.clone());
            }
            return Err(circle);
        }
    }
    Ok(order)
}

/// The fields that decide whether this one is shown and what it holds.
fn dependencies(field: &Field) -> Vec<String> {
    let mut ids = Vec::new();
    let mut note = |id: &str| ids.push(split_reference(id).0.to_owned());
    field.shown.fields(&mut note);
    field.default.iter().for_each(|case| case.when.fields(&mut note));
    field.follows.iter().for_each(|id| note(id));
    if field.preset != Json::Null {
        field.excused.fields(&mut note);
    }
    ids
}

/// Works every field out, in the order of the type. `typed` holds nothing for a field that was never touched or loaded.
pub fn evaluate(ty: &ConnectionType, order: &[usize], typed: &[Option<Value>]) -> Vec<FieldState> {
    let blank =
        FieldState { shown: false, enabled: true, required: false, value: Value::Empty, placeholder: None };
    let mut states = vec![blank; ty.fields.len()];
    for &index in order {
        let field = &ty.fields[index];
        let look = |id: &str| visible_value(ty, &states, id);
        let shown = field.shown.holds(&look);
        let value = typed[index].clone().unwrap_or_else(|| initial_value(field, &look));
        states[index].shown = shown;
        states[index].value = value;
    }
    for (index, field) in ty.fields.iter().enumerate() {
        let look = |id: &str| visible_value(ty, &states, id);
        let holds = |condition: &Condition| condition.holds(&look);
        let (enabled, required) = (holds(&field.enabled), states[index].shown && holds(&field.required));
        let placeholder = choose(&field.placeholder, &look).and_then(Json::scalar);
        let state = &mut states[index];
        (state.enabled, state.required, state.placeholder) = (enabled, required, placeholder);
    }
    states
}

/// What a field holds that nobody filled in.
fn initial_value<'a>(field: &Field, look: &dyn Fn(&str) -> &'a Value) -> Value {
    let followed = field.follows.as_ref().and_then(|id| match look(id) {
        Value::File(file) => Some(file.name.clone()),
        value => value.as_text().map(str::to_owned),
    });
    match followed {
        Some(text) => Value::Text(text),
        // Rows that need not be there are not begun.
        None if field.preset != Json::Null && field.excused.holds(look) => Value::Empty,
        None => default_value(field, choose(&field.default, look).unwrap_or(&field.preset)),
    }
}

/// A field's id, and the name of a row of it where `field/row` was written.
pub fn split_reference(id: &str) -> (&str, Option<&str>) {
    split_once(id, b'/').map_or((id, None), |(id, row)| (id, Some(row)))
}

/// What a condition sees of a field, or of a row of a map: nothing of one that is not shown, or is not sent.
pub fn visible_value<'a>(ty: &ConnectionType, states: &'a [FieldState], id: &str) -> &'a Value {
    let (id, row) = split_reference(id);
    let Some(index) = ty.position(id).filter(|index| states[*index].shown) else { return &EMPTY };
    let (field, value) = (&ty.fields[index], &states[index].value);
    match row {
        None => value,
        Some(name) => row_named(field, value, name)
            .zip(field.value_column())
            .map_or(&EMPTY, |(row, column)| value.rows().get(row).map_or(&EMPTY, |row| row.cell(column))),
    }
}

/// What the names of a map's rows begin with, for each map whose prefix names fields; `told` says what those hold.
pub fn row_prefixes(ty: &ConnectionType, told: &dyn Fn(&str) -> Option<String>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, field) in ty.fields.iter().enumerate() {
        let Some(template) = &field.template else { continue };
        let mut prefix = template.clone();
        placeholders(template, &mut |id| {
            prefix = replace_all(&prefix, &["{", id, "}"].concat(), &told(id).unwrap_or_default())
        });
        found.push((index, prefix));
    }
    found
}

/// The row of a map with that name, of those that are sent.
pub fn row_named(field: &Field, value: &Value, name: &str) -> Option<usize> {
    let named = |row: &Row| row.key() == name && !is_blank_row(field, row);
    value.rows().iter().position(named)
}

/// A descriptor's default as a value.
pub fn default_value(field: &Field, json: &Json) -> Value {
    read_value(field, json).unwrap_or_default()
}

/// Reads a value for a field from JSON; `None` where it has the wrong shape.
/// Rows are objects by column id; a column that is left out has its default.
pub fn read_value(field: &Field, json: &Json) -> Option<Value> {
    if field.kind != FieldKind::Rows {
        return Value::read(json, shape(field));
    }
    if *json == Json::Null {
        return Some(Value::Empty);
    }
    let Json::List(items) = json else { return None };
    let mut rows = Vec::new();
    for item in items {
        rows.push(read_row(field, item)?);
    }
    Some(Value::Rows(rows))
}

fn read_row(field: &Field, row: &Json) -> Option<Row> {
    let known = |name: &str| field.columns.iter().any(|column| column.id == name);
    let Json::Map(members) = row else { return None };
    if !members.iter().all(|(name, _)| known(name)) {
        return None;
    }
    let mut found = Row::default();
    for (index, column) in field.columns.iter().enumerate() {
        let (cell, masked) = match row.get(&column.id) {
            None => (new_cell(column), false),
            Some(json) => read_cell(field, index, json)?,
        };
        found.cells.push(cell);
        found.masked |= masked;
    }
    Some(found)
}

/// Reads a value for a cell, and whether it is masked from now on: `{"masked": …}`, or `{"keep": true}` for what the record holds there.
pub fn read_cell(field: &Field, column: usize, json: &Json) -> Option<(Value, bool)> {
    let masked = field.is_value_column(column);
    match json {
        Json::Map(members) if masked && members.len() == 1 => match (members[0].0.as_str(), &members[0].1) {
            ("masked", Json::Text(text)) => return Some((Value::Text(text.clone()), true)),
            ("keep", Json::Bool(true)) => return Some((Value::Secret(Secret::Keep), true)),
            _ => {}
        },
        _ => {}
    }
    Value::read(json, shape(&field.columns[column])).map(|value| (value, false))
}

/// The shape in which a field's value crosses the seam.
fn shape(field: &Field) -> Shape {
    match field.kind {
        FieldKind::File => Shape::File,
        FieldKind::Json if field.secret => Shape::SecretJson,
        _ if field.secret => Shape::Secret,
        FieldKind::Integer | FieldKind::Number | FieldKind::Choice => Shape::Number,
        FieldKind::Toggle => Shape::Toggle,
        FieldKind::Json => Shape::Json,
        FieldKind::Choices => Shape::Many,
        _ => Shape::Text,
    }
}

/// A row with nothing in it but the defaults of its columns.
pub fn new_row(field: &Field) -> Row {
    Row { cells: field.columns.iter().map(new_cell).collect_vec(), ..Row::default() }
}

/// Whether nothing was filled in: a switch alone does not make a row, and defaults do only where nothing required is missing.
/// Where rows have a switch of their own, it alone decides. A loaded row is never blank, for it may hold members that no column shows.
pub fn is_blank_row(field: &Field, row: &Row) -> bool {
    let empty = |cell: &Value| matches!(cell, Value::Toggle(_)) || cell.is_blank();
    let lacks = field.columns.iter().zip(&row.cells).any(|(column, cell)| is_required(column) && empty(cell));
    let fresh = |(column, cell): (&Field, &Value)| empty(cell) || lacks && *cell == new_cell(column);
    if let Some(switch) = field.switch {
        return *row.cell(switch) != Value::Toggle(true);
    }
    row.loaded.is_none() && field.columns.iter().zip(&row.cells).all(fresh)
}

/// Whether each row must hold something in this column.
pub fn is_required(column: &Field) -> bool {
    matches!(column.required, Condition::Always(true))
}

fn new_cell(column: &Field) -> Value {
    choose(&column.default, &|_| &EMPTY).map_or(Value::Empty, |json| default_value(column, json))
}
