//! The body of a request: a base, the fields that were touched, and what follows from them.

use crate::catalog::Entry;
use crate::check::Fault;
use crate::descriptor::{Call, Operation, Type, looks_secret};
use crate::json::Json;
use crate::opening::Slot;
use crate::record;
use crate::reply::parts;
use crate::request::{MASK, Plan, Secrets, lay};
use crate::sheet::State;
use crate::value::{Secret, Value};

/// What a body starts from.
pub struct Sources<'a> {
    pub entry: &'a Entry,
    pub kind: &'a Type,
    pub operation: Operation,
    pub record: Option<&'a Json>,
    /// Every field as the record alone would have it.
    pub before: &'a [State],
}

/// Without a record every field is laid over the type's constants. A new connection made from a record is made the same
/// way, of what its fields hold: an answer has members that no request documents. Otherwise the record stays as it is
/// but for the fields that were touched and those that changed because of them.
pub fn body(from: &Sources, slots: &[Slot], states: &[State], secrets: Secrets) -> Json {
    let mut body = from.kind.base.clone();
    let base = from.record.filter(|_| from.operation != Operation::Create);
    if let Some(record) = base {
        body.merge(&record::base(&from.entry.api, record));
    }
    for (index, field) in from.kind.fields.iter().enumerate() {
        let (now, before) = (&states[index], &from.before[index]);
        // What a kept secret or file holds is nowhere but in the record.
        let kept = now.value == Value::Secret(Secret::Keep);
        let told = from.record.and_then(|record| field.at.iter().find_map(|place| record.at(place).filter(|told| **told != Json::Null)));
        let follows = now.shown != before.shown || now.shown && now.value != before.value;
        let has_secret_cells = field.columns.iter().any(|column| column.secret) && secrets == Secrets::Masked;
        if let Some(told) = told.filter(|_| kept && now.shown) {
            for place in &field.at {
                body.put(place, if field.secret && secrets == Secrets::Masked { Json::text(MASK) } else { told.clone() });
            }
        } else if base.is_none() || has_secret_cells || slots[index].touched || follows {
            lay(from.kind, states, index, secrets, &mut body);
        }
    }
    if secrets == Secrets::Masked {
        mask(&mut body);
    }
    body
}

/// Masks members of a record that no field knows but whose names say that they are secrets.
fn mask(body: &mut Json) {
    match body {
        Json::Map(members) => {
            for (name, value) in members {
                match value {
                    Json::Text(text) if looks_secret(name) && !text.is_empty() => *text = MASK.to_owned(),
                    value => mask(value),
                }
            }
        }
        Json::List(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

/// Every secret that the form holds, with the parts of each that a server may name alone.
pub fn secrets(kind: &Type, slots: &[Slot], record: Option<&Json>) -> Vec<String> {
    let mut found: Vec<String> = record.map(|record| record::secrets(kind, record)).unwrap_or_default();
    for value in slots.iter().filter_map(|slot| slot.value.as_ref()) {
        let cells = value.rows().iter().flatten();
        for value in cells.chain([value]) {
            if let Value::Secret(Secret::Replace(text)) = value {
                found.push(text.clone());
            }
        }
    }
    found.iter().filter(|text| !text.is_empty()).flat_map(|text| parts(text)).collect()
}

/// A server may not even answer a body over its limit, so it is not sent; the shown field with the longest content is to blame.
pub fn too_large(call: &Call, plan: &Plan, kind: &Type, states: &[State]) -> Option<Fault> {
    let most = call.max_bytes?;
    let got = plan.body.as_ref().map_or(0, |body| body.to_text().len()) as u64;
    let longest = (0..states.len()).filter(|index| states[*index].shown).max_by_key(|index| size(&states[*index].value))?;
    (got > most).then(|| Fault::new(&kind.fields[longest].id, "body_size").with("max", most as f64).with("got", got as f64))
}

fn size(value: &Value) -> usize {
    match value {
        Value::File(file) => file.content.len(),
        Value::Rows(rows) => rows.iter().flatten().map(size).sum(),
        value => value.as_text().map_or(0, str::len),
    }
}
