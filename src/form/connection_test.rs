//! A test of the connection as it stands, beside the form's own request: the form stays open for editing meanwhile.

use std::rc::Rc;

use super::Form;
use crate::bundle::registry::UsageError;
use crate::descriptor::api::Operation;
use crate::form::options::FormOptions;
use crate::form::status::Status;
use crate::request::plan::Plan;
use crate::request::reply::Reply;

/// A form of its own that holds what the other held when the user asked.
pub struct ConnectionTest {
    form: Form,
    /// Whether something was edited since.
    stale: bool,
}

impl ConnectionTest {
    /// Its status as the page shows it.
    pub fn status(&self) -> Status {
        let mut status = self.form.status.clone();
        status.stale = self.stale && self.form.pending_request.is_none();
        status
    }
}

impl Form {
    /// Begins a test; nothing while one is under way. What stops it shows in the form too.
    pub(super) fn test(&mut self) -> Result<Option<Plan>, UsageError> {
        if self.connection_test.as_ref().is_some_and(|trial| trial.form.pending_request.is_some()) {
            return Ok(None);
        }
        let mut form = self.again(Operation::Test)?;
        let plan = form.submit();
        self.submitted |= plan.is_none();
        self.connection_test = Some(Box::new(ConnectionTest { form, stale: false }));
        Ok(plan)
    }

    /// Takes the reply to a test; false where none is waited for under this id.
    pub(super) fn settle_test(&mut self, id: u32, reply: &Reply) -> bool {
        match &mut self.connection_test {
            Some(trial) if trial.form.pending_request == Some(id) => {
                trial.form.settle(id, reply);
                true
            }
            _ => false,
        }
    }

    /// What was tested is no longer what the form holds.
    pub(super) fn mark_test_stale(&mut self) {
        if let Some(trial) = &mut self.connection_test {
            trial.stale = true;
        }
    }

    /// A form for another operation that holds what this one does.
    fn again(&mut self, operation: Operation) -> Result<Form, UsageError> {
        let opening = FormOptions::again(
            &self.entry,
            operation,
            &self.settings,
            self.record.as_ref(),
            self.baseline.host(),
        )?;
        let mut form = Form::with(Rc::clone(&self.entry), &self.ty.id, opening, self.body_operation)?;
        for index in 0..form.inputs.len() {
            if let Some(mine) = self.ty.position(&form.ty.fields[index].id) {
                form.inputs[index] = self.inputs[mine].clone();
                form.baseline.copy_secret_state(index, &self.baseline, mine);
            }
        }
        form.evaluate();
        // Two requests that are under way at once have two ids.
        self.last_id += 2;
        form.last_id = self.last_id - 1;
        Ok(form)
    }
}
