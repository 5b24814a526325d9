//! What a server said about single fields, put where the user sees it.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::base::text::{index_of_longest, join, replace_all};
use crate::descriptor::connection_type::{ConnectionType, Field};
use crate::descriptor::fault_code::FaultCode;
use crate::fields::evaluate::FieldState;
use crate::fields::fault::Fault;
use crate::form::options::FieldInput;
use crate::request::reply::FieldMessage;

/// Puts what the server said on the fields that it is about; what belongs to none is given back.
pub fn take(
    ty: &ConnectionType,
    states: &[FieldState],
    inputs: &mut [FieldInput],
    messages: Vec<FieldMessage>,
) -> Option<String> {
    let mut rest = Vec::new();
    for FieldMessage { pointer, text } in messages {
        match field_at(ty, states, &pointer) {
            Some(field) => inputs[field].server_message = Some(text),
            None => rest.push(text),
        }
    }
    (!rest.is_empty()).then(|| join(&rest, " "))
}

/// What the server said, as faults in the order of the type.
pub fn faults(ty: &ConnectionType, inputs: &[FieldInput]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, input) in ty.fields.iter().zip(inputs) {
        if let Some(said) = &input.server_message {
            faults.push(Fault::new(&field.id, FaultCode::Said).with("say", said.clone()));
        }
    }
    faults
}

/// The field that is written at a place of the body, or above it; a shown one before a hidden one.
fn field_at(ty: &ConnectionType, states: &[FieldState], path: &str) -> Option<usize> {
    let keys = || replace_all(&replace_all(&replace_all(path, "]", ""), "[", "/"), ".", "/");
    let pointer = if path.starts_with('/') { path.to_owned() } else { ["/", &keys()].concat() };
    // What has a place of its own is not of the table of all others.
    let under = |at: &String| {
        pointer == *at
            || !at.is_empty() && pointer.strip_prefix(at.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    let fits = |field: &Field| field.at.iter().any(under) || field.alias.iter().any(under);
    index_of_longest(states.len(), &|index| fits(&ty.fields[index]).then(|| usize::from(states[index].shown)))
}
