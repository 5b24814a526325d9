//! What is wrong with what was filled in, as data. The sentences are in the word table.

use crate::base::names::NameIndex;
use crate::base::text::CollectVec;
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind, Rule, RuleKind};
use crate::descriptor::fault_code::FaultCode;
use crate::descriptor::value::{EMPTY, Row, Secret, Value};
use crate::fields::evaluate::{
    FieldState, is_blank_row, is_required, row_named, split_reference, visible_value,
};
use crate::fields::fault::{Fault, is_missing_value};
use crate::fields::validate_scalar::{normalize, validate_file, validate_text};
use crate::json::parse::number_of;

/// Everything that is wrong with the shown fields, in their order, and then the broken rules.
pub fn check(ty: &ConnectionType, states: &[FieldState]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let look = |id: &str| visible_value(ty, states, id);
    for (field, state) in ty.fields.iter().zip(states) {
        if state.shown && state.enabled {
            let mut found = Vec::new();
            validate_field(field, &state.value, state.required, &look, &mut found);
            let excused = field.excused.holds(&look);
            found
                .iter_mut()
                .filter(|fault| is_missing_value(fault.code))
                .for_each(|fault| fault.warning |= excused);
            faults.extend(found);
        }
    }
    for rule in ty.rules.iter().filter(|rule| rule.when.holds(&look)) {
        if let Some(index) = violating_field(rule, &look) {
            let fault = rule_fault(ty, states, rule.field.as_deref().unwrap_or(index))
                .with("say", rule.say.clone())
                .warning(rule.warning);
            // Advice about a value that is wrong anyway only distracts.
            if !rule.warning || !faults.iter().any(|known| known.is_beside(&fault) && !known.warning) {
                faults.push(fault);
            }
        }
    }
    faults
}

/// The fault of a rule, on a field or on the value of a map's row; on the map where it has no such row.
fn rule_fault(ty: &ConnectionType, states: &[FieldState], id: &str) -> Fault {
    let (id, row) = split_reference(id);
    let fault = Fault::new(id, FaultCode::Rule);
    let Some(((field, state), name)) =
        ty.fields.iter().zip(states).find(|(field, _)| field.id == id).zip(row)
    else {
        return fault;
    };
    match row_named(field, &state.value, name)
        .zip(field.value_column().and_then(|column| field.columns.get(column)))
    {
        Some((row, column)) => fault.at(row, column),
        None => fault,
    }
}

/// The field that breaks a rule whose condition holds.
fn violating_field<'r, 'v>(rule: &'r Rule, look: &dyn Fn(&str) -> &'v Value) -> Option<&'r str> {
    let blank = |id: &&String| look(id).is_blank();
    let filled = rule.of.iter().filter(|id| !blank(id)).count();
    let number = |id: Option<&String>| number_of(look(id?).as_text()?.trim());
    let first = rule.of.first().map_or("", String::as_str);
    match rule.kind {
        RuleKind::Never => Some(first),
        RuleKind::ExactlyOne => (filled != 1).then_some(first),
        RuleKind::AtLeastOne => (filled == 0).then_some(first),
        RuleKind::Together if filled == 0 => None,
        RuleKind::Together => rule.of.iter().find(blank).map(String::as_str),
        RuleKind::NotAbove => {
            let above =
                number(rule.of.first()).zip(number(rule.of.get(1))).is_some_and(|(low, high)| low > high);
            rule.of.get(1).filter(|_| above).map(String::as_str)
        }
    }
}

/// What is wrong with a value of a field; `look` gives the values that its conditions ask for.
pub fn validate_field<'v>(
    field: &Field,
    value: &Value,
    required: bool,
    look: &dyn Fn(&str) -> &'v Value,
    faults: &mut Vec<Fault>,
) {
    if field.kind == FieldKind::Rows {
        return validate_rows(field, value.rows(), required, faults);
    }
    if let Value::Many(words) = value {
        let strange = words.iter().any(|word| !field.options.contains(word));
        if strange {
            faults.push(Fault::new(&field.id, FaultCode::Choice).warning(field.warning));
        }
    }
    let fault = |code| Fault::new(&field.id, code);
    let found = match value {
        Value::Secret(Secret::Keep) => None,
        value if value.is_blank() => required.then(|| fault(FaultCode::Required)),
        Value::File(file) => validate_file(field, file, look),
        value => value.as_text().and_then(|text| match normalize(field, text) {
            // Blanks alone are nothing.
            text if text.is_empty() => required.then(|| fault(FaultCode::Required)),
            text => validate_text(field, &text, look),
        }),
    };
    if let Some(mut found) = found {
        found.warning |= field.warning && found.code != FaultCode::Required;
        faults.push(found);
    }
}

/// A row with nothing in it is left out of the request, so nothing in it can be missing.
fn validate_rows(field: &Field, rows: &[Row], required: bool, faults: &mut Vec<Fault>) {
    let keys = NameIndex::new(
        rows.iter().map(|row| if is_blank_row(field, row) { "" } else { row.key() }).collect_vec(),
    );
    let mut filled = 0;
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !is_blank_row(field, row)) {
        filled += 1;
        let look = |id: &str| {
            field.columns.iter().position(|column| column.id == id).map_or(&EMPTY, |column| row.cell(column))
        };
        for (column, value) in field.columns.iter().zip(&row.cells) {
            let mut found = Vec::new();
            validate_field(column, value, is_required(column), &look, &mut found);
            for mut fault in found {
                fault.field = field.id.clone();
                faults.push(fault.at(index, column));
            }
        }
        let key = row.key();
        if let Some(column) = field.columns.first().filter(|_| field.has_keys() && !key.is_empty()) {
            let claimed = field.row_name(&[&field.prefix, key].concat()).is_none();
            if claimed || keys.position(key) != Some(index) {
                faults.push(
                    Fault::new(&field.id, if claimed { FaultCode::Claimed } else { FaultCode::Duplicate })
                        .at(index, column),
                );
            }
        }
    }
    for key in field.required_keys.iter().filter(|key| keys.position(key).is_none()) {
        faults.push(Fault::new(&field.id, FaultCode::MissingKey).with("key", key.clone()));
    }
    let least = if filled == 0 && !field.required_keys.is_empty() {
        0
    } else {
        field.min_rows.max(u64::from(required))
    };
    if filled < least {
        let code = if filled == 0 && required { FaultCode::Required } else { FaultCode::MinRows };
        let empty = rows.iter().position(|row| is_blank_row(field, row));
        faults.push(match empty.zip(field.columns.iter().find(|column| is_required(column))) {
            // Where a row waits to be filled in, the fault is in it.
            Some((row, column)) => Fault::new(&field.id, FaultCode::Required).at(row, column),
            None => Fault::new(&field.id, code).with("min", least as f64),
        });
    }
    if let Some(most) = field.max_rows.filter(|most| filled > *most) {
        faults.push(Fault::new(&field.id, FaultCode::MaxRows).with("max", most as f64));
    }
}
