//! What the user does to one field, row or cell.

use super::Form;
use crate::action::Edit;
use crate::catalog::SeamError;
use crate::sheet::new_row;
use crate::value::{Row, Secret, Value};

impl Form {
    /// Does it to the slots; a row that is not there is the page's mistake.
    pub(super) fn edit(&mut self, edit: Edit) -> Result<(), SeamError> {
        match edit {
            Edit::Set { field, cell, value } => self.set(field, cell, value)?,
            Edit::Leave { field, cell: None } => self.slots[field].left = true,
            Edit::Leave { field, cell: Some(cell) } => self.slots[field].left_cells.push(cell),
            Edit::Add { field } => {
                let row = new_row(&self.kind.fields[field]);
                self.with_rows(field, |rows| rows.push(row));
            }
            Edit::Remove { field, row } => {
                self.known_row(field, row)?;
                self.with_rows(field, |rows| drop(rows.remove(row)));
                self.slots[field].left_cells.retain(|cell| cell.0 != row);
                self.slots[field].left_cells.iter_mut().filter(|cell| cell.0 > row).for_each(|cell| cell.0 -= 1);
            }
            Edit::Move { field, row, to } => {
                self.known_row(field, row)?;
                self.known_row(field, to)?;
                self.with_rows(field, |rows| {
                    let moved = rows.remove(row);
                    rows.insert(to, moved);
                });
                self.slots[field].left_cells.clear();
            }
        }
        Ok(())
    }

    fn set(&mut self, field: usize, cell: Option<(usize, usize)>, value: Value) -> Result<(), SeamError> {
        // What was typed over a stored secret and erased again leaves it; to remove it is said in so many words.
        let erased = matches!(&value, Value::Secret(Secret::Replace(text)) if text.is_empty());
        let stored = self.opened[field].value == Some(Value::Secret(Secret::Keep));
        match cell {
            None if erased && stored => self.slots[field].value = Some(Value::Secret(Secret::Keep)),
            None => self.slots[field].value = Some(value),
            Some((row, column)) => {
                self.known_row(field, row)?;
                self.with_rows(field, |rows| {
                    if let Some(cell) = rows.get_mut(row).and_then(|row| row.cells.get_mut(column)) {
                        *cell = value;
                    }
                });
            }
        }
        self.slots[field].touched = true;
        self.slots[field].said = None;
        self.outdate();
        Ok(())
    }

    fn known_row(&self, field: usize, row: usize) -> Result<(), SeamError> {
        let count = self.states[field].value.rows().len();
        if row < count { Ok(()) } else { Err(SeamError("the action: there is no such row".to_owned())) }
    }

    fn with_rows(&mut self, field: usize, change: impl FnOnce(&mut Vec<Row>)) {
        let mut rows = self.states[field].value.rows().to_vec();
        change(&mut rows);
        let slot = &mut self.slots[field];
        (slot.value, slot.touched, slot.said) = (Some(Value::Rows(rows)), true, None);
        self.outdate();
    }
}
