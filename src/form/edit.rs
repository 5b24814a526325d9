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
                self.filled.clear();
                for (field, value) in values {
                    self.filled.push((field, self.entries[field].clone()));
                    let empty = value == Value::Empty;
                    self.set(field, value);
                    if empty {
                        self.entries[field] = self.opened[field].clone();
                    }
                }
            }
            Edit::Undo => {
                while let Some((field, slot)) = self.filled.pop() {
                    self.entries[field] = slot;
                    self.outdate();
                }
            }
            Edit::Leave { field, cell: None } => self.entries[field].left = true,
            Edit::Leave { field, cell: Some(cell) } => self.entries[field].left_cells.push(cell),
            Edit::Add { field } => {
                let row = new_row(&self.ty.fields[field]);
                self.with_rows(field, |rows| rows.push(row));
            }
            Edit::Remove { field, row } => {
                self.known_row(field, row)?;
                self.with_rows(field, |rows| drop(rows.remove(row)));
                let mut left = Vec::new();
                for (at, column) in &self.entries[field].left_cells {
                    if *at != row {
                        left.push((at - usize::from(*at > row), *column));
                    }
                }
                self.entries[field].left_cells = left;
            }
            Edit::Move { field, row, to } => {
                self.known_row(field, row)?;
                self.known_row(field, to)?;
                self.with_rows(field, |rows| {
                    let moved = rows.remove(row);
                    rows.insert(to, moved);
                });
                self.entries[field].left_cells.clear();
            }
        }
        Ok(())
    }

    fn set(&mut self, field: usize, value: Value) {
        let opened = self.opened[field].value.as_ref();
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
        let slot = &mut self.entries[field];
        (slot.value, slot.touched, slot.said) = (Some(value), true, None);
        self.outdate();
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
