//! The body of a request: a base, the fields that were touched, and what follows from them.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use jackfield_redact::is_secret_name;

use crate::base::text::index_of_longest;
use crate::bundle::registry::RegistryEntry;
use crate::descriptor::api::{Call, Operation, StoredSecretPolicy};
use crate::descriptor::connection_type::{ConnectionType, Field};
use crate::descriptor::encoding::{EmptyPolicy, Encoding};
use crate::descriptor::fault_code::FaultCode;
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate::FieldState;
use crate::fields::fault::Fault;
use crate::fields::record;
use crate::form::baseline::Baseline;
use crate::form::options::FieldInput;
use crate::json::{Json, member_lookup};
use crate::request::plan::Plan;
use crate::request::secrets::secret_variants;
use crate::request::write_field::{MASK, Secrets, write_field};

/// What a body starts from.
pub struct Sources<'a> {
    pub entry: &'a RegistryEntry,
    pub ty: &'a ConnectionType,
    pub operation: Operation,
    pub record: Option<&'a Json>,
    pub baseline: &'a Baseline,
    /// Whether only what differs from the record is sent.
    pub changes: bool,
}

/// Without a record every field is laid over the type's constants. A new connection made from a record is made the same
/// way, of what its fields hold; where a record is spelled as a request is, they hold what stands there. Otherwise the
/// record stays as it is but for the fields that were touched and those that changed because of them.
pub fn body(from: &Sources, inputs: &[FieldInput], states: &[FieldState], secrets: Secrets) -> Json {
    let whole = whole(from, inputs, states, secrets);
    let Some(record) = from.record.filter(|_| from.changes) else { return whole };
    // What is shown of a secret is no change of it.
    let sent =
        if secrets == Secrets::Sent { None } else { Some(self::whole(from, inputs, states, Secrets::Sent)) };
    let mut changes = Vec::new();
    let (now, before) = (member_lookup(sent.as_ref().unwrap_or(&whole)), member_lookup(record));
    for (name, value) in whole.members() {
        if now(name) != before(name) {
            changes.push((name.clone(), value.clone()));
        }
    }
    Json::Map(changes)
}

fn whole(from: &Sources, inputs: &[FieldInput], states: &[FieldState], secrets: Secrets) -> Json {
    let edited = from.record.filter(|_| from.operation != Operation::Create);
    let mut body = match edited {
        Some(record) => edited_base(from, record),
        None => from.ty.base.clone(),
    };
    if let (Some(record), None) = (from.record, edited) {
        from.entry.api.keeps.iter().for_each(|place| copy(record, place, &mut body));
    }
    for (index, field) in from.ty.fields.iter().enumerate() {
        let places = field.write_pointers(from.record);
        if !states[index].shown && !field.rivals.is_empty() {
            // What stands there is another field's, or nobody's who can be asked.
            if field.rivals.iter().any(|rival| states[*rival].shown) {
                continue;
            }
            let unread = from.record.filter(|_| !from.baseline.reads(index, field));
            if let Some(record) = unread.filter(|_| edited.is_some() || from.entry.api.as_sent) {
                for place in places {
                    if edited.is_none() && body.at(place).is_none() {
                        copy(record, place, &mut body);
                    }
                }
                if secrets == Secrets::Masked {
                    cover(field, places, &mut body);
                }
                continue;
            }
        }
        let told = from.record.and_then(|record| record::record_json(field, record));
        let follows = follows(field, &states[index], &from.baseline.initial_states[index]);
        let has_secret_cells =
            told.is_some() && secrets == Secrets::Masked && field.has_masked_cell(&states[index].value);
        // Nobody is asked for what is not shown, and it is not for another server.
        let gone =
            !states[index].shown && from.record.is_some() && from.baseline.moved(from.ty, field, states);
        let policy = if gone { StoredSecretPolicy::Omit } else { from.baseline.secret_policy(field) };
        // What a kept secret or file holds is nowhere but in the record.
        if states[index].value == Value::Secret(Secret::Keep) && (states[index].shown || !follows) {
            keep(policy, states[index].shown, places, told, secrets, &mut body);
        } else if edited.is_some()
            && policy == StoredSecretPolicy::Omit
            && field.is_confidential()
            && !inputs[index].touched
        {
            places.iter().for_each(|place| body.remove(place));
        } else if policy != StoredSecretPolicy::Echo && holds_kept(&states[index].value) {
            write_without_secrets(from.ty, states, index, policy, secrets, places, &mut body);
        } else if inputs[index].touched || follows || has_secret_cells {
            write_field(from.ty, states, index, secrets, places, &mut body);
        } else if edited.is_none() {
            let there = from.record.filter(|record| {
                from.entry.api.as_sent && places.iter().any(|place| record.at(place).is_some())
            });
            match there.filter(|_| field.writes != Encoding::Others) {
                Some(record) => places.iter().for_each(|place| copy(record, place, &mut body)),
                None => write_field(from.ty, states, index, secrets, places, &mut body),
            }
        } else if told.is_some() && places.iter().all(|place| body.at(place).is_none()) {
            // It was read where it is not written.
            write_field(from.ty, states, index, secrets, places, &mut body);
        } else if field.fill {
            let mut filled = Json::Map(Vec::new());
            write_field(from.ty, states, index, secrets, places, &mut filled);
            for place in places {
                if body.at(place).is_none() {
                    copy(&filled, place, &mut body);
                }
            }
        }
    }
    if edited.is_some() {
        // What an edit left empty is the constant again.
        fill(&mut body, &from.ty.base, &|name| edited.is_some_and(|record| record.get(name).is_some()));
    }
    if secrets == Secrets::Masked {
        mask(&mut body);
    }
    body
}

/// The record without what no body may hold, with the type's constants where it lacks them and its name where another stands.
fn edited_base(from: &Sources, record: &Json) -> Json {
    let mut body = record::body_base(&from.entry.api, record);
    fill(&mut body, &from.ty.base, &|name| from.ty.base.get(name) != Some(&Json::Null));
    for place in &from.entry.api.identify {
        let other = body
            .at(place)
            .and_then(Json::as_str)
            .is_some_and(|word| from.ty.named.iter().any(|named| named == word));
        if let Some(word) = from.ty.base.at(place).filter(|_| other) {
            body.put(place, word.clone());
        }
    }
    body
}

/// Puts in the members of `base` that are missing, of those that `wanted` names.
fn fill(body: &mut Json, base: &Json, wanted: &dyn Fn(&str) -> bool) {
    for (name, value) in base.members() {
        if body.get(name).is_none() && wanted(name) {
            body.set_member(name, value.clone());
        }
    }
}

/// Whether a field changed because others did. One that stays when it is hidden does not change by being hidden.
fn follows(field: &Field, now: &FieldState, before: &FieldState) -> bool {
    now.shown != before.shown && (now.shown || field.hidden != EmptyPolicy::Keep)
        || now.shown && now.value != before.value
}

/// What a kept secret or file becomes, as the API wants it or the host.
fn keep(
    policy: StoredSecretPolicy,
    shown: bool,
    places: &[String],
    told: Option<&Json>,
    secrets: Secrets,
    body: &mut Json,
) {
    for place in places {
        match (policy, told) {
            (StoredSecretPolicy::Omit, _) => body.remove(place),
            // Nobody can be asked for what is not shown.
            (StoredSecretPolicy::Reenter, _) if !shown => body.remove(place),
            (StoredSecretPolicy::Null, _) => body.put(place, Json::Null),
            (_, Some(_)) if secrets == Secrets::Masked => body.put(place, Json::text(MASK)),
            (_, Some(told)) => body.put(place, told.clone()),
            (_, None) => {}
        }
    }
}

/// Whether rows hold a secret that is kept.
fn holds_kept(value: &Value) -> bool {
    value.rows().iter().any(|row| row.cells.contains(&Value::Secret(Secret::Keep)))
}

/// Lays rows whose kept secrets are not to be sent back.
fn write_without_secrets(
    ty: &ConnectionType,
    states: &[FieldState],
    index: usize,
    policy: StoredSecretPolicy,
    secrets: Secrets,
    places: &[String],
    body: &mut Json,
) {
    let mut states = states.to_vec();
    if let Value::Rows(rows) = &mut states[index].value {
        for row in rows {
            for (cell, column) in row
                .cells
                .iter_mut()
                .zip(&ty.fields[index].columns)
                .filter(|(cell, _)| **cell == Value::Secret(Secret::Keep))
            {
                *cell = Value::Empty;
                if let (Some(loaded), Some(at)) = (&mut row.loaded, column.at.first()) {
                    if policy == StoredSecretPolicy::Null {
                        loaded.put(at, Json::Null)
                    } else {
                        loaded.remove(at)
                    }
                }
            }
        }
    }
    write_field(ty, &states, index, secrets, places, body);
}

/// Masks what may be a secret of a field, as the record has it.
fn cover(field: &Field, places: &[String], body: &mut Json) {
    for place in places {
        match body.at_mut(place) {
            Some(Json::Null) | None => {}
            Some(json) if field.is_confidential() => *json = Json::text(MASK),
            Some(json) => record::each_secret_cell(field, json, true, &mut |cell| *cell = Json::text(MASK)),
        }
    }
}

fn copy(record: &Json, place: &str, body: &mut Json) {
    if let Some(value) = record.at(place) {
        body.put(place, value.clone());
    }
}

/// Masks members of a record that no field knows but whose names say that they are secrets, and values beside such a name.
fn mask(body: &mut Json) {
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
                    value => mask(value),
                }
            }
        }
        Json::List(items) => items.iter_mut().for_each(mask),
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
pub fn secrets(ty: &ConnectionType, inputs: &[FieldInput], record: Option<&Json>) -> Vec<String> {
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
                .for_each(|(place, cell)| note(cell, field.is_masked_cell(row, place)));
        }
    }
    let mut all = Vec::new();
    for text in found.iter().filter(|text| !text.is_empty()) {
        all.extend(secret_variants(text));
    }
    all
}

/// A server may not even answer a body over its limit, so it is not sent; the shown field with the longest content is to blame.
pub fn too_large(call: &Call, plan: &Plan, ty: &ConnectionType, states: &[FieldState]) -> Option<Fault> {
    let most = call.max_bytes?;
    let got = plan.body.as_ref().map_or(0, |body| body.to_text().len()) as u64;
    let longest =
        index_of_longest(states.len(), &|place| states[place].shown.then(|| size(&states[place].value)))?;
    (got > most).then(|| {
        Fault::new(&ty.fields[longest].id, FaultCode::BodySize)
            .with("max", most as f64)
            .with("got", got as f64)
    })
}

fn size(value: &Value) -> usize {
    match value {
        Value::File(file) => file.content.len(),
        Value::Rows(rows) => rows.iter().flat_map(|row| &row.cells).map(size).sum(),
        value => value.as_text().map_or(0, str::len),
    }
}
