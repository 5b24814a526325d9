//! The body of a request: a base, the fields that were touched, and what follows from them.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

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
use crate::form::body_secrets::{mask_by_name, mask_field};
use crate::form::body_source::{Facts, Source, source};
use crate::form::options::FieldInput;
use crate::json::{Json, member_lookup};
use crate::request::plan::Plan;
use crate::request::write_field::{MASK, Secrets, write_field};

/// What a body is made from.
pub struct BodyContext<'a> {
    pub entry: &'a RegistryEntry,
    pub ty: &'a ConnectionType,
    pub operation: Operation,
    pub record: Option<&'a Json>,
    pub baseline: &'a Baseline,
    pub inputs: &'a [FieldInput],
    pub states: &'a [FieldState],
    /// Whether only what differs from the record is sent.
    pub changes: bool,
}

/// The body of a request.
///
/// Without a record every field is written over the type's constants. A new connection made from a record is made the same
/// way, of what its fields hold; where a record is spelled as a request is, they hold what stands there. Otherwise the
/// record stays as it is but for the fields that were touched and those that changed because of them.
pub fn body(context: &BodyContext, secrets: Secrets) -> Json {
    let whole = context.assemble(secrets);
    let Some(record) = context.record.filter(|_| context.changes) else { return whole };
    // What is shown of a secret is no change of it.
    let sent = if secrets == Secrets::Sent { None } else { Some(context.assemble(Secrets::Sent)) };
    let (now, before) = (member_lookup(sent.as_ref().unwrap_or(&whole)), member_lookup(record));
    let mut changes = Vec::new();
    for (name, value) in whole.members() {
        if now(name) != before(name) {
            changes.push((name.clone(), value.clone()));
        }
    }
    Json::Map(changes)
}

impl BodyContext<'_> {
    /// The record of the connection that is edited.
    fn edited(&self) -> Option<&Json> {
        self.record.filter(|_| self.operation != Operation::Create)
    }

    fn assemble(&self, secrets: Secrets) -> Json {
        let mut body = self.base();
        for (index, field) in self.ty.fields.iter().enumerate() {
            let facts = self.facts(index, field, secrets, &body);
            self.write(index, field, &facts, secrets, &mut body);
        }
        if let Some(record) = self.edited() {
            // What an edit left empty is the constant again.
            fill(&mut body, &self.ty.base, &|name| record.get(name).is_some());
        }
        if secrets == Secrets::Masked {
            mask_by_name(&mut body);
        }
        body
    }

    /// What the fields are written over.
    fn base(&self) -> Json {
        if let Some(record) = self.edited() {
            return edited_base(self, record);
        }
        let mut body = self.ty.base.clone();
        if let Some(record) = self.record {
            self.entry.api.keeps.iter().for_each(|pointer| copy(record, pointer, &mut body));
        }
        body
    }

    fn facts(&self, index: usize, field: &Field, secrets: Secrets, body: &Json) -> Facts {
        let state = &self.states[index];
        let pointers = field.write_pointers(self.record);
        let is_in_record = self.record.is_some_and(|record| record::record_json(field, record).is_some());
        // Nobody is asked for what is not shown, and it is not for another server.
        let is_gone =
            !state.shown && self.record.is_some() && self.baseline.moved(self.ty, field, self.states);
        let policy = if is_gone { StoredSecretPolicy::Omit } else { self.baseline.secret_policy(field) };
        Facts {
            is_edit: self.edited().is_some(),
            has_record: self.record.is_some(),
            is_record_as_sent: self.entry.api.as_sent,
            is_shown: state.shown,
            is_touched: self.inputs[index].touched,
            is_derived: is_derived(field, state, &self.baseline.initial_states[index]),
            has_rivals: !field.rivals.is_empty(),
            is_rival_shown: field.rivals.iter().any(|rival| self.states[*rival].shown),
            is_read: self.baseline.reads(index, field),
            is_confidential: field.is_confidential(),
            is_stored_secret: state.value == Value::Secret(Secret::Keep),
            has_stored_cells: has_stored_cells(&state.value),
            has_masked_cells: is_in_record
                && secrets == Secrets::Masked
                && field.has_masked_cell(&state.value),
            policy: Some(policy),
            is_in_record: field.writes != Encoding::Others
                && self.record.is_some_and(|record| stands(record, pointers)),
            is_read_elsewhere: is_in_record && !stands(body, pointers),
            fills_gaps: field.fill,
        }
    }

    fn write(&self, index: usize, field: &Field, facts: &Facts, secrets: Secrets, body: &mut Json) {
        let pointers = field.write_pointers(self.record);
        let policy = facts.policy.unwrap_or(StoredSecretPolicy::Echo);
        match source(facts) {
            Source::Unchanged => {}
            Source::Unread => {
                if let Some(record) = self.record.filter(|_| !facts.is_edit) {
                    copy_missing(record, pointers, body);
                }
                if secrets == Secrets::Masked {
                    mask_field(field, pointers, body);
                }
            }
            Source::StoredSecret => {
                let stored = self.record.and_then(|record| record::record_json(field, record));
                write_stored_secret(policy, facts.is_shown, pointers, stored, secrets, body);
            }
            Source::LeftOut => pointers.iter().for_each(|pointer| body.remove(pointer)),
            Source::RowsWithoutSecrets => {
                let states = self.states_without_secrets(index, policy);
                write_field(self.ty, &states, index, secrets, pointers, body);
            }
            Source::Form => write_field(self.ty, self.states, index, secrets, pointers, body),
            Source::Record => {
                if let Some(record) = self.record {
                    pointers.iter().for_each(|pointer| copy(record, pointer, body));
                }
            }
            Source::FillGaps => {
                let mut values = Json::Map(Vec::new());
                write_field(self.ty, self.states, index, secrets, pointers, &mut values);
                copy_missing(&values, pointers, body);
            }
        }
    }

    /// The states with rows whose stored secrets are not to be sent back.
    fn states_without_secrets(&self, index: usize, policy: StoredSecretPolicy) -> Vec<FieldState> {
        let mut states = self.states.to_vec();
        let Value::Rows(rows) = &mut states[index].value else { return states };
        for row in rows {
            let cells = row.cells.iter_mut().zip(&self.ty.fields[index].columns);
            for (cell, column) in cells.filter(|(cell, _)| **cell == Value::Secret(Secret::Keep)) {
                *cell = Value::Empty;
                match (&mut row.loaded, column.at.first()) {
                    (Some(loaded), Some(at)) if policy == StoredSecretPolicy::Null => {
                        loaded.put(at, Json::Null)
                    }
                    (Some(loaded), Some(at)) => loaded.remove(at),
                    _ => {}
                }
            }
        }
        states
    }
}

/// The record without what no body may hold, with the type's constants where it lacks them and its name where another stands.
fn edited_base(from: &BodyContext, record: &Json) -> Json {
    let mut body = record::body_base(&from.entry.api, record);
    fill(&mut body, &from.ty.base, &|name| from.ty.base.get(name) != Some(&Json::Null));
    for pointer in &from.entry.api.identify {
        let other = body
            .at(pointer)
            .and_then(Json::as_str)
            .is_some_and(|word| from.ty.named.iter().any(|named| named == word));
        if let Some(word) = from.ty.base.at(pointer).filter(|_| other) {
            body.put(pointer, word.clone());
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
fn is_derived(field: &Field, now: &FieldState, before: &FieldState) -> bool {
    now.shown != before.shown && (now.shown || field.hidden != EmptyPolicy::Keep)
        || now.shown && now.value != before.value
}

/// What a kept secret or file becomes, as the API wants it or the host.
fn write_stored_secret(
    policy: StoredSecretPolicy,
    shown: bool,
    pointers: &[String],
    told: Option<&Json>,
    secrets: Secrets,
    body: &mut Json,
) {
    for pointer in pointers {
        match (policy, told) {
            (StoredSecretPolicy::Omit, _) => body.remove(pointer),
            // Nobody can be asked for what is not shown.
            (StoredSecretPolicy::Reenter, _) if !shown => body.remove(pointer),
            (StoredSecretPolicy::Null, _) => body.put(pointer, Json::Null),
            (_, Some(_)) if secrets == Secrets::Masked => body.put(pointer, Json::text(MASK)),
            (_, Some(told)) => body.put(pointer, told.clone()),
            (_, None) => {}
        }
    }
}

/// Whether rows hold a secret that is kept.
fn has_stored_cells(value: &Value) -> bool {
    value.rows().iter().any(|row| row.cells.contains(&Value::Secret(Secret::Keep)))
}

/// Whether something stands at one of the places.
fn stands(json: &Json, pointers: &[String]) -> bool {
    pointers.iter().any(|pointer| json.at(pointer).is_some())
}

/// Copies what the body does not hold yet.
fn copy_missing(from: &Json, pointers: &[String], body: &mut Json) {
    for pointer in pointers {
        if body.at(pointer).is_none() {
            copy(from, pointer, body);
        }
    }
}

fn copy(record: &Json, pointer: &str, body: &mut Json) {
    if let Some(value) = record.at(pointer) {
        body.put(pointer, value.clone());
    }
}

/// A server may not even answer a body over its limit, so it is not sent; the shown field with the longest content is to blame.
pub fn too_large(call: &Call, plan: &Plan, ty: &ConnectionType, states: &[FieldState]) -> Option<Fault> {
    let most = call.max_bytes?;
    let got = plan.body.as_ref().map_or(0, |body| body.to_text().len()) as u64;
    let longest =
        index_of_longest(states.len(), &|index| states[index].shown.then(|| size(&states[index].value)))?;
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
