//! What a form knows of the record that it was opened with: what could not be read, what the server held back, and what
//! was wrong already.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::{CollectVec, count_step};
use crate::descriptor::api::{Operation, StoredSecretPolicy};
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind};
use crate::descriptor::fault_code::FaultCode;
use crate::descriptor::value::{Secret, Value};
use crate::fields::evaluate::{FieldState, evaluate};
use crate::fields::fault::{Fault, is_missing_value, retain_faults};
use crate::fields::record::{self, cell_json, cell_value, each_secret_cell, record_json};
use crate::fields::validate::check;
use crate::fields::validate_scalar::normalize;
use crate::form::options::FieldInput;
use crate::json::Json;

/// Takes the masks out of a record, so that none is ever sent: what stands there is a secret that the server did not show.
/// Tells for each field whether there was one.
pub fn unmask(ty: &ConnectionType, record: &mut Json) -> Vec<bool> {
    let mut masked = Vec::new();
    for field in &ty.fields {
        let mut found = false;
        for pointer in field.all_pointers() {
            let Some(json) = record.at_mut(pointer) else { continue };
            if field.is_confidential() && clear_mask(json) {
                found = true;
                record.remove(pointer);
                continue;
            }
            each_secret_cell(field, json, false, &mut |json| {
                clear_mask(json);
            });
        }
        masked.push(found);
    }
    masked
}

/// Whether a text stands for a secret without being one; then it becomes null.
fn clear_mask(json: &mut Json) -> bool {
    let mask = json
        .as_str()
        .is_some_and(|text| !text.is_empty() && text.chars().all(|letter| matches!(letter, '*' | '•' | '●')));
    if mask {
        *json = Json::Null;
    }
    mask
}

/// A record as it was loaded; without one, nothing but how a new form stands.
pub struct Baseline {
    operation: Operation,
    policies: SecretPolicies,
    /// Every field as the record alone would have it.
    pub initial_states: Vec<FieldState>,
    /// What the record alone says of each field.
    values: Vec<Option<Value>>,
    initial_faults: Vec<Fault>,
    stored: Vec<Stored>,
}

/// What an update does with secrets that nobody typed anew.
#[derive(Clone, Copy)]
pub struct SecretPolicies {
    /// For all of them, where the host said so.
    pub host: Option<StoredSecretPolicy>,
    pub api: StoredSecretPolicy,
}

impl SecretPolicies {
    fn of(self, field: &Field) -> StoredSecretPolicy {
        self.host.or(field.keep).unwrap_or(self.api)
    }
}

/// What a record tells of a secret.
#[derive(Clone, Copy, PartialEq)]
enum Stored {
    /// Nothing that counts.
    No,
    Shown,
    /// It is there, and the server did not show it.
    Withheld,
    /// It may be there.
    Unknown,
}

impl Baseline {
    /// Reads a record for an operation; `keep` is what an update does with secrets that nobody typed anew, and `masked`
    /// says where masks stood.
    pub fn new(
        ty: &ConnectionType,
        order: &[usize],
        operation: Operation,
        policies: SecretPolicies,
        record: Option<&Json>,
        masked: &[bool],
    ) -> Baseline {
        let mut values = match record {
            Some(record) => record::field_values(ty, order, record),
            None => ty.fields.iter().map(|_| None).collect_vec(),
        };
        let mut whole = values.clone();
        record::infer(ty, &mut whole);
        let initial_states = evaluate(ty, order, &whole);
        let edits = record.filter(|_| operation == Operation::Update);
        let mut found = Vec::new();
        for (index, field) in ty.fields.iter().enumerate() {
            let told = edits.filter(|_| field.rivals.is_empty() || initial_states[index].shown);
            let stored = told
                .map_or(Stored::No, |record| stored(field, &initial_states[index], record, masked[index]));
            if stored == Stored::Withheld {
                values[index] = Some(Value::Secret(Secret::Keep));
            }
            found.push(stored);
        }
        let initial_faults = if record.is_some() { check(ty, &initial_states) } else { Vec::new() };
        Baseline { operation, policies, initial_states, values, initial_faults, stored: found }
    }

    /// The same for the record as it is saved now.
    pub fn for_record(&self, ty: &ConnectionType, order: &[usize], record: &mut Json) -> Baseline {
        let masked = unmask(ty, record);
        Baseline::new(ty, order, self.operation, self.policies, Some(record), &masked)
    }

    /// The same without a record.
    pub fn without_record(&self, ty: &ConnectionType, order: &[usize]) -> Baseline {
        Baseline::new(ty, order, self.operation, self.policies, None, &[])
    }

    /// What the host wants of secrets that are kept.
    pub fn host(&self) -> Option<StoredSecretPolicy> {
        self.policies.host
    }

    /// Takes over what is known of a stored secret, from the same field under another operation.
    pub fn copy_secret_state(&mut self, index: usize, from: &Baseline, there: usize) {
        self.stored[index] = from.stored[there];
    }

    /// What each field begins with.
    pub fn values(&self) -> Vec<Option<Value>> {
        self.values.clone()
    }

    /// What becomes of a secret that is kept; anything but an update sends what the record shows.
    pub fn secret_policy(&self, field: &Field) -> StoredSecretPolicy {
        if self.operation == Operation::Update { self.policies.of(field) } else { StoredSecretPolicy::Echo }
    }

    /// Adds what is wrong with secrets and with what could not be read. What was loaded and not touched only warns.
    pub fn add_record_faults(
        &self,
        ty: &ConnectionType,
        inputs: &[FieldInput],
        states: &[FieldState],
        record: Option<&Json>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(record) = record else { return };
        let mut next = 0;
        for fault in faults.iter_mut() {
            fault.warning |= self.was_already_wrong(ty, inputs, states, fault, &mut next);
        }
        for (index, field) in ty.fields.iter().enumerate() {
            let (state, input) = (&states[index], &inputs[index]);
            let moved = self.moved(ty, field, states);
            if let Some(fault) = self.secret_fault(field, state, self.stored[index], moved) {
                faults.push(fault);
            }
            let stored =
                !self.initial_states[index].value.is_blank() || self.stored[index] == Stored::Withheld;
            if field.lasting
                && self.operation == Operation::Update
                && input.touched
                && state.shown
                && state.value.is_blank()
                && stored
            {
                faults.push(Fault::new(&field.id, FaultCode::Lasting));
            }
            if !input.touched
                && input.value.is_none()
                && self.reads(index, field)
                && record_json(field, record).is_some()
                && self.stored[index] == Stored::No
            {
                // It is there, so it is not missing.
                retain_faults(faults, &|fault| fault.field != field.id || !is_missing_value(fault.code));
                faults.push(Fault::new(&field.id, FaultCode::Unread).warning(true));
            }
            self.cell_faults(field, state, moved, faults);
        }
    }

    /// Whether the record speaks of a field: of fields of which one is a secret and the other is not, of the one that was shown.
    pub fn reads(&self, index: usize, field: &Field) -> bool {
        field.rivals.is_empty() || self.initial_states[index].shown
    }

    /// Whether a secret would go elsewhere than the stored one did.
    pub fn moved(&self, ty: &ConnectionType, field: &Field, states: &[FieldState]) -> bool {
        let same = |index: usize| {
            let (now, then) = (&states[index], &self.initial_states[index]);
            let text = |state: &FieldState| {
                state.value.as_text().map(|text| normalize(&ty.fields[index], text)).unwrap_or_default()
            };
            let alike = now.value == then.value
                || text(now) == text(then) && now.value.rows().is_empty() && then.value.rows().is_empty();
            now.shown == then.shown && alike && is_true(&now.value) == is_true(&then.value)
        };
        field.sent_to.iter().filter_map(|id| ty.position(id)).any(|index| !same(index))
    }

    /// What is wrong with the cells of loaded rows: what could not be read, and secrets that have to be typed again.
    fn cell_faults(&self, field: &Field, state: &FieldState, moved: bool, faults: &mut Vec<Fault>) {
        for (index, row) in state.value.rows().iter().enumerate() {
            let Some(loaded) = &row.loaded else { continue };
            let strange =
                field.has_keys() && field.value_column().is_none() && !matches!(loaded, Json::Map(_));
            for (column_index, column) in field.columns.iter().enumerate() {
                let cell = row.cell(column_index);
                let lost = strange && column_index == 1
                    || cell_value(column, cell_json(field, column_index, loaded)).is_none();
                let again = (moved || self.secret_policy(field) == StoredSecretPolicy::Reenter)
                    && state.shown
                    && *cell == Value::Secret(Secret::Keep);
                if again {
                    faults.push(reenter_fault(field, moved).at(index, column));
                } else if lost && *cell == Value::Empty {
                    faults.push(Fault::new(&field.id, FaultCode::Unread).at(index, column).warning(true));
                }
            }
        }
    }

    /// A secret that has to be typed again, or that saving may lose.
    fn secret_fault(&self, field: &Field, state: &FieldState, stored: Stored, moved: bool) -> Option<Fault> {
        let kept = state.value == Value::Secret(Secret::Keep);
        match (self.policies.of(field), stored) {
            _ if !state.shown => None,
            _ if kept && moved => Some(reenter_fault(field, true)),
            (StoredSecretPolicy::Echo, Stored::Withheld)
            | (StoredSecretPolicy::Reenter, Stored::Shown | Stored::Withheld)
                if kept =>
            {
                Some(reenter_fault(field, false))
            }
            (StoredSecretPolicy::Echo | StoredSecretPolicy::Reenter, Stored::Unknown)
                if state.value.is_blank() =>
            {
                Some(Fault::new(&field.id, FaultCode::Withheld).warning(true))
            }
            _ => None,
        }
    }

    /// Whether a fault was in the record already, and nobody touched what it is about. Faults come in the order in which they
    /// came then, so `next` is where to look first.
    fn was_already_wrong(
        &self,
        ty: &ConnectionType,
        inputs: &[FieldInput],
        states: &[FieldState],
        fault: &Fault,
        next: &mut usize,
    ) -> bool {
        let Some(index) = ty.position(&fault.field) else { return false };
        if self.is_never_excused(&ty.fields[index], fault) {
            return false;
        }
        let is_touched = inputs[index].touched;
        let rows = states[index].value.rows();
        let initial_rows = self.initial_states[index].value.rows();
        let is_same = |known: &Fault| {
            count_step();
            if known.field != fault.field || known.code != fault.code || known.column != fault.column {
                return false;
            }
            match (known.row, fault.row) {
                // Of edited rows, those count that are as they were, wherever they stand by now.
                (Some(then), Some(now)) if is_touched => {
                    initial_rows.get(then as usize) == rows.get(now as usize)
                }
                (then, now) => !is_touched && then == now,
            }
        };
        let found = (*next..self.initial_faults.len())
            .chain(0..*next)
            .find(|at| self.initial_faults.get(*at).is_some_and(is_same));
        *next = found.map_or(*next, |at| at + 1);
        found.is_some()
    }

    /// Whether a fault is an error though the record had it already: what is missing of a secret or of a new connection,
    /// and a number that was rounded on its way, since it would be saved rounded.
    fn is_never_excused(&self, field: &Field, fault: &Fault) -> bool {
        let column = field.columns.iter().find(|column| fault.column.as_ref() == Some(&column.id));
        if is_missing_value(fault.code) {
            let is_secret = column.is_some_and(|column| column.secret);
            return is_secret || field.is_confidential() || self.operation == Operation::Create;
        }
        fault.code == FaultCode::Unsafe && column.unwrap_or(field).kind != FieldKind::Json
    }
}

/// A secret that has to be typed again: since it would go elsewhere, or since the server did not show it.
fn reenter_fault(field: &Field, moved: bool) -> Fault {
    let fault = Fault::new(&field.id, FaultCode::Reenter);
    if moved { fault.with("how", "moved".to_owned()) } else { fault }
}

/// What a record tells of a field, if that is a secret.
fn stored(field: &Field, state: &FieldState, record: &Json, masked: bool) -> Stored {
    if !field.is_confidential() {
        return Stored::No;
    }
    match record_json(field, record) {
        Some(Json::Text(text)) if !text.is_empty() => Stored::Shown,
        Some(_) => Stored::No,
        None if field.stored.as_ref().and_then(|pointer| record.at(pointer)).is_some_and(is_affirmative) => {
            Stored::Withheld
        }
        None if state.required || masked => Stored::Withheld,
        None if state.shown && field.at.iter().any(|pointer| record.at(pointer).is_some()) => Stored::Unknown,
        None => Stored::No,
    }
}

fn is_true(value: &Value) -> bool {
    *value == Value::Toggle(true)
}

/// Whether a member says that something is there.
fn is_affirmative(json: &Json) -> bool {
    !matches!(json, Json::Null | Json::Bool(false)) && json.as_str() != Some("")
}
