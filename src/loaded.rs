//! What a form knows of the record that it was opened with: what could not be read, what the server held back, and what
//! was wrong already.

use crate::check::{Fault, check, is_lack};
use crate::descriptor::{Field, Keep, Operation, Type};
use crate::json::Json;
use crate::opening::Slot;
use crate::record::{self, held, loaded_cell, told_cell};
use crate::sheet::{State, evaluate};
use crate::value::{Secret, Value};

/// A record as it was loaded; without one, nothing but how a new form stands.
pub struct Loaded {
    operation: Operation,
    keep: Keep,
    /// Every field as the record alone would have it.
    pub before: Vec<State>,
    /// What the record alone says of each field.
    values: Vec<Option<Value>>,
    wrong: Vec<Fault>,
    stored: Vec<Stored>,
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
    Perhaps,
}

impl Loaded {
    /// Reads a record for an operation; `keep` is what an update does with secrets that nobody typed anew.
    pub fn new(kind: &Type, order: &[usize], operation: Operation, keep: Keep, record: Option<&Json>) -> Loaded {
        let mut values = match record {
            Some(record) => record::values(kind, record),
            None => vec![None; kind.fields.len()],
        };
        let mut whole = values.clone();
        record::infer(kind, &mut whole);
        let before = evaluate(kind, order, &whole);
        let edits = record.filter(|_| operation == Operation::Update);
        let mut found = Vec::new();
        for (index, field) in kind.fields.iter().enumerate() {
            let stored = edits.map_or(Stored::No, |record| stored(field, &before[index], record));
            if stored == Stored::Withheld {
                values[index] = Some(Value::Secret(Secret::Keep));
            }
            found.push(stored);
        }
        let wrong = if record.is_some() { check(kind, &before) } else { Vec::new() };
        Loaded { operation, keep, before, values, wrong, stored: found }
    }

    /// The same for the record as it is saved now.
    pub fn renewed(&self, kind: &Type, order: &[usize], record: &Json) -> Loaded {
        Loaded::new(kind, order, self.operation, self.keep, Some(record))
    }

    /// The same without a record.
    pub fn emptied(&self, kind: &Type, order: &[usize]) -> Loaded {
        Loaded::new(kind, order, self.operation, self.keep, None)
    }

    /// What each field begins with.
    pub fn values(&self) -> Vec<Option<Value>> {
        self.values.clone()
    }

    /// What an update does with secrets that are kept; anything else sends what the record shows.
    pub fn keep(&self) -> Keep {
        if self.operation == Operation::Update { self.keep } else { Keep::Echo }
    }

    /// Adds what is wrong with secrets and with what could not be read. What was loaded and not touched only warns.
    pub fn judge(&self, kind: &Type, slots: &[Slot], states: &[State], record: Option<&Json>, faults: &mut Vec<Fault>) {
        let Some(record) = record else { return };
        for fault in faults.iter_mut() {
            fault.warning |= self.was_there(kind, slots, states, fault);
        }
        for (index, field) in kind.fields.iter().enumerate() {
            let (state, slot) = (&states[index], &slots[index]);
            if let Some(fault) = self.secret_fault(field, state, self.stored[index]) {
                faults.push(fault);
            }
            if !slot.touched && slot.value.is_none() && held(field, record).is_some() && self.stored[index] == Stored::No {
                // It is there, so it is not missing.
                faults.retain(|fault| fault.field != field.id || !is_lack(fault.code));
                faults.push(Fault { warning: true, ..Fault::new(&field.id, "unread") });
            }
            unread_cells(field, &state.value, faults);
        }
    }

    /// A secret that has to be typed again, or that saving may lose.
    fn secret_fault(&self, field: &Field, state: &State, stored: Stored) -> Option<Fault> {
        let kept = state.value == Value::Secret(Secret::Keep);
        match (self.keep, stored) {
            _ if !state.shown => None,
            (Keep::Echo, Stored::Withheld) | (Keep::Reenter, Stored::Shown | Stored::Withheld) if kept => Some(Fault::new(&field.id, "reenter")),
            (Keep::Echo | Keep::Reenter, Stored::Perhaps) if state.value.is_blank() => Some(Fault { warning: true, ..Fault::new(&field.id, "withheld") }),
            _ => None,
        }
    }

    /// Whether a fault was in the record already, and nobody touched what it is about.
    fn was_there(&self, kind: &Type, slots: &[Slot], states: &[State], fault: &Fault) -> bool {
        let Some(place) = kind.position(&fault.field) else { return false };
        let lack = is_lack(fault.code) && (kind.fields[place].is_covered() || self.operation == Operation::Create);
        // A number that was rounded on its way would be saved rounded.
        if lack || fault.code == "unsafe" {
            return false;
        }
        match &fault.cell {
            Some((row, column)) if slots[place].touched => {
                let here = states[place].value.rows().get(*row);
                let old = self.before[place].value.rows();
                let same = |known: &&Fault| known.field == fault.field && known.code == fault.code;
                let cells = self.wrong.iter().filter(same).filter_map(|known| known.cell.as_ref());
                cells.filter(|(_, known)| known == column).any(|(row, _)| old.get(*row) == here)
            }
            _ => !slots[place].touched && self.wrong.iter().any(|known| (&known.field, &known.cell, known.code) == (&fault.field, &fault.cell, fault.code)),
        }
    }
}

/// What a record tells of a field, if that is a secret.
fn stored(field: &Field, state: &State, record: &Json) -> Stored {
    if !field.is_covered() {
        return Stored::No;
    }
    match held(field, record).map(|json| json.as_str().unwrap_or("?")) {
        Some("") => Stored::No,
        Some(text) if text.chars().all(|letter| matches!(letter, '*' | '•' | '●')) => Stored::Withheld,
        Some(_) => Stored::Shown,
        None if state.required => Stored::Withheld,
        None if state.shown && field.at.iter().any(|place| record.at(place).is_some()) => Stored::Perhaps,
        None => Stored::No,
    }
}

/// Names the cells of loaded rows that could not be read.
fn unread_cells(field: &Field, value: &Value, faults: &mut Vec<Fault>) {
    for (index, row) in value.rows().iter().enumerate() {
        let Some(loaded) = &row.loaded else { continue };
        for (place, column) in field.columns.iter().enumerate() {
            if row.cells[place] == Value::Empty && told_cell(column, loaded_cell(field, place, loaded)).is_none() {
                faults.push(Fault { warning: true, cell: Some((index, Some(column.id.clone()))), ..Fault::new(&field.id, "unread") });
            }
        }
    }
}
