//! What a page has drawn, so that only what changed is drawn again.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use serde::Serialize;

use crate::descriptor::connection_type::ConnectionType;
use crate::descriptor::fault_code::FaultCode;
use crate::fields::evaluate::FieldState;
use crate::fields::fault::Fault;
use crate::fields::field_view::FieldView;
use crate::form::options::FieldInput;
use crate::form::status::Status;
use crate::request::plan::Plan;

/// What the page does next.
#[derive(Serialize)]
pub struct Step {
    /// The views of the fields that changed.
    pub fields: Vec<FieldView>,
    /// The form's status, where it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The status of a test, where it changed; null without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<Option<Status>>,
    /// A request to be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send: Option<Plan>,
}

/// The last views and status that a page was given.
#[derive(Default)]
pub struct ViewDiff {
    views: Vec<Option<FieldView>>,
    status: Option<Status>,
    test: Option<Status>,
}

/// How a form stands, as far as a page shows it.
pub struct FormSnapshot<'a> {
    pub ty: &'a ConnectionType,
    pub inputs: &'a [FieldInput],
    pub states: &'a [FieldState],
    /// All that is wrong, whether it shows yet or not.
    pub faults: Vec<Fault>,
    /// Whether all faults show.
    pub submitted: bool,
    pub status: &'a Status,
    /// The status of a test, if there is one.
    pub test: Option<Status>,
}

impl ViewDiff {
    /// What is not drawn yet; from here on it is.
    pub fn changes(&mut self, now: FormSnapshot, send: Option<Plan>) -> Step {
        while self.views.len() < now.inputs.len() {
            self.views.push(None);
        }
        let mut fields = Vec::new();
        for (index, field) in now.ty.fields.iter().enumerate() {
            let mut faults = Vec::new();
            for fault in &now.faults {
                if fault.field == field.id && now.shows(index, fault) {
                    faults.push(fault.clone());
                }
            }
            let view = Some(FieldView::new(field, &now.states[index], faults));
            if view != self.views[index] {
                fields.extend(view.clone());
                self.views[index] = view;
            }
        }
        let mut status = None;
        if self.status.as_ref() != Some(now.status) {
            status = Some(now.status.clone());
            self.status.clone_from(&status);
        }
        let mut test = None;
        if self.test != now.test {
            self.test.clone_from(&now.test);
            test = Some(now.test);
        }
        Step { fields, status, test, send }
    }
}

impl FormSnapshot<'_> {
    /// A fault shows once its control was left; one in rows once its cell was.
    fn shows(&self, index: usize, fault: &Fault) -> bool {
        let (input, columns) = (&self.inputs[index], &self.ty.fields[index].columns);
        let was_left = match fault.row {
            Some(row) => input.visited_cells.iter().any(|cell| {
                cell.0 == row as usize
                    && columns.get(cell.1).map(|column| &column.id) == fault.column.as_ref()
            }),
            None => input.visited || fault.warning && input.touched,
        };
        self.submitted
            || was_left
            || matches!(fault.code, FaultCode::Said | FaultCode::Unread | FaultCode::Withheld)
    }
}
