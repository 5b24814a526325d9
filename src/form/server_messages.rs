//! What a server said about single fields, put where the user sees it.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::{joined, longest, replaced};
use crate::descriptor::connection_type::{Field, Type};
use crate::fields::evaluate::State;
use crate::fields::validate::Fault;
use crate::form::options::Slot;
use crate::request::reply::Said;

/// Puts what the server said on the fields that it is about; what belongs to none is given back.
pub fn take(kind: &Type, states: &[State], slots: &mut [Slot], said: Vec<Said>) -> Option<String> {
    let mut rest = Vec::new();
    for Said { place, text } in said {
        match field_at(kind, states, &place) {
            Some(field) => slots[field].said = Some(text),
            None => rest.push(text),
        }
    }
    (!rest.is_empty()).then(|| joined(&rest, " "))
}

/// What the server said, as faults in the order of the type.
pub fn faults(kind: &Type, slots: &[Slot]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, slot) in kind.fields.iter().zip(slots) {
        if let Some(said) = &slot.said {
            faults.push(Fault::new(&field.id, "said").with("say", said.clone()));
        }
    }
    faults
}

/// The field that is written at a place of the body, or above it; a shown one before a hidden one.
fn field_at(kind: &Type, states: &[State], place: &str) -> Option<usize> {
    let path = || replaced(&replaced(&replaced(place, "]", ""), "[", "/"), ".", "/");
    let pointer = if place.starts_with('/') { place.to_owned() } else { ["/", &path()].concat() };
    // What has a place of its own is not of the table of all others.
    let under = |at: &String| {
        pointer == *at
            || !at.is_empty() && pointer.strip_prefix(at.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    let fits = |field: &Field| field.at.iter().any(under) || field.alias.iter().any(under);
    longest(states.len(), &|place| fits(&kind.fields[place]).then(|| usize::from(states[place].shown)))
}
