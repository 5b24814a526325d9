//! What the user does to one field, row or cell.

use super::Form;
use crate::bundle::registry::UsageError;
use crate::descriptor::connection_type::Field;
use crate::descriptor::value::{Row, Secret, Value};
use crate::fields::evaluate::new_row;
use crate::form::action::Edit;
use crate::form::options::{kept, values_by_id};

impl Form {
    /// Does it to the slots; a row that is not there is the page's mistake.
    pub(super) fn edit(&mut self, edit: Edit) -> Result<(), UsageError> {
        match edit {
            Edit::Set { field, cell: None, value, .. } => self.set(field, value),
            Edit::Set { field, cell: Some((row, column)), value, masked } => {
                self.known_row(field, row)?;
                let known = &self.ty.fields[field];
                let hidden = masked
                    || self.states[field].value.rows().get(row).is_some_and(|row| is_hidden(known, row));
                self.with_rows(field, |rows| {
                    rows[row].cells[column] = value;
                    rows[row].masked |= hidden;
                });
            }
            Edit::Fill(values) => {
                let values = values_by_id(&self.ty, &values)?;
                self.undo_inputs.clear();
                for (field, value) in values {
                    self.undo_inputs.push((field, self.inputs[field].clone()));
                    let empty = value == Value::Empty;
                    self.set(field, value);
                    if empty {
                        self.inputs[field] = self.initial_inputs[field].clone();
                    }
                }
            }
            Edit::Undo => {
                while let Some((field, input)) = self.undo_inputs.pop() {
                    self.inputs[field] = input;
                    self.mark_test_stale();
                }
            }
            Edit::Leave { field, cell: None } => self.inputs[field].visited = true,
            Edit::Leave { field, cell: Some(cell) } => self.inputs[field].visited_cells.push(cell),
            Edit::Add { field } => {
                let row = new_row(&self.ty.fields[field]);
                self.with_rows(field, |rows| rows.push(row));
            }
            Edit::Remove { field, row } => {
                self.known_row(field, row)?;
                self.with_rows(field, |rows| drop(rows.remove(row)));
                let mut left = Vec::new();
                for (at, column) in &self.inputs[field].visited_cells {
                    if *at != row {
                        left.push((at - usize::from(*at > row), *column));
                    }
                }
                self.inputs[field].visited_cells = left;
            }
            Edit::Move { field, row, to } => {
                self.known_row(field, row)?;
                self.known_row(field, to)?;
                self.with_rows(field, |rows| {
                    let moved = rows.remove(row);
                    rows.insert(to, moved);
                });
                self.inputs[field].visited_cells.clear();
            }
        }
        Ok(())
    }

    fn set(&mut self, field: usize, value: Value) {
        let opened = self.initial_inputs[field].value.as_ref();
        let value = match value {
            // What was typed over a stored secret and erased again leaves it; to remove it is said in so many words.
            Value::Secret(Secret::Replace(text))
                if text.is_empty() && opened == Some(&Value::Secret(Secret::Keep)) =>
            {
                Value::Secret(Secret::Keep)
            }
            rows @ Value::Rows(_) => kept(rows, opened),
            value => value,
        };
        self.put(field, value);
    }

    fn put(&mut self, field: usize, value: Value) {
        let input = &mut self.inputs[field];
        (input.value, input.touched, input.server_message) = (Some(value), true, None);
        self.mark_test_stale();
    }

    fn known_row(&self, field: usize, row: usize) -> Result<(), UsageError> {
        let count = self.states[field].value.rows().len();
        if row < count { Ok(()) } else { Err(UsageError("the action: there is no such row".to_owned())) }
    }

    fn with_rows(&mut self, field: usize, change: impl FnOnce(&mut Vec<Row>)) {
        let mut rows = self.states[field].value.rows().to_vec();
        change(&mut rows);
        self.put(field, Value::Rows(rows));
    }
}

/// Whether some value in a row is masked. It stays so under another name.
fn is_hidden(field: &Field, row: &Row) -> bool {
    row.cells.iter().enumerate().any(|(column, cell)| !cell.is_blank() && field.is_masked_cell(row, column))
}
