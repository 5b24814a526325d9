//! What a form sends, and what becomes of it when the answer is here.

use super::Form;
use crate::base::text::join;
use crate::bundle::registry::operation_name;
use crate::descriptor::api::Operation;
use crate::descriptor::value::Value;
use crate::fields::record::infer;
use crate::form::body_secrets::{files, secrets_of};
use crate::form::follow_up::{FollowUp, FollowUpResult};
use crate::form::options::FieldInput;
use crate::form::server_messages;
use crate::form::status::{State, Status};
use crate::json::Json;
use crate::request::plan::Plan;
use crate::request::reply::{self, Outcome, Reply};
use crate::request::status_code::StatusCode;
use crate::request::write_field::Secrets;

impl Form {
    pub(super) fn submit(&mut self) -> Option<Plan> {
        // The second half of a double click may come after the answer, and the form that is left may be whole by its defaults.
        let as_opened =
            self.inputs.iter().zip(&self.initial_inputs).all(|(now, then)| now.value == then.value);
        if self.pending_request.is_some()
            || self.status.state == State::Done && as_opened && self.operation != Operation::Test
        {
            return None;
        }
        self.submitted = true;
        self.inputs.iter_mut().for_each(|input| input.server_message = None);
        match self.request() {
            Err(faults) => {
                self.status = Status::invalid(faults);
                None
            }
            Ok(mut plan) => {
                plan.id = self.next_id();
                self.pending_request = Some(plan.id);
                self.pending_secrets = secrets_of(&self.ty, &self.inputs, self.record.as_ref());
                self.pending_body = plan.body.clone();
                self.status = Status::new(State::Busy, StatusCode::Busy);
                Some(plan)
            }
        }
    }

    /// A reply to a request that is no longer waited for changes nothing.
    pub(super) fn settle(&mut self, id: u32, reply: &Reply) -> Option<Plan> {
        if self.follow_up.as_ref().is_some_and(|follow| follow.is(id)) {
            return self.followed(reply);
        }
        if self.pending_request != Some(id) {
            return None;
        }
        self.pending_request = None;
        let secrets = std::mem::take(&mut self.pending_secrets);
        let call = self.entry.api.call(self.operation)?;
        match reply::read(&self.entry, self.operation, call, reply, &secrets) {
            Outcome::Done { .. } if self.operation == Operation::Test => {
                self.status = Status::new(State::Done, StatusCode::Tested);
                None
            }
            Outcome::Done { record, partial_failure, .. } => self.saved(record, partial_failure),
            Outcome::Refused { code, status, message, said } => {
                let rest = server_messages::take(&self.ty, &self.states, &mut self.inputs, said);
                let mut words = message.unwrap_or_default();
                if let Some(rest) = rest {
                    words = join(&[words, rest], " ").trim_start().to_owned();
                }
                let code = if code == StatusCode::Refused && self.operation == Operation::Test {
                    StatusCode::TestFailed
                } else {
                    code
                };
                self.status = Status::refused(
                    code,
                    status,
                    words,
                    server_messages::faults(&self.ty, &self.inputs),
                    self.list_tells(code),
                );
                None
            }
            Outcome::Lost { code } => {
                self.status = Status::lost(code, operation_name(self.operation), self.list_tells(code));
                None
            }
        }
    }

    /// Sends the files or asks for the link of what was saved once more.
    pub(super) fn follow_again(&mut self) -> Option<Plan> {
        let id = self.next_id();
        let follow = self.follow_up.as_mut()?;
        if self.status.state == State::Done {
            self.status.follow(follow.is_files());
        }
        Some(follow.again(id))
    }

    /// Whether it may have been carried out, and a list can tell.
    fn list_tells(&self, code: StatusCode) -> bool {
        code.is_uncertain() && self.entry.api.call(Operation::List).is_some()
    }

    /// A form for a new connection goes back to an empty one, so that nothing is created twice and no secret stays.
    /// One that edits a connection goes on with what is saved now. A server that shows nothing saved what it was sent.
    fn saved(&mut self, record: Option<Json>, partial_failure: Option<String>) -> Option<Plan> {
        let files = files(&self.ty, &self.states, Secrets::Sent);
        let mut record = record.unwrap_or_else(|| self.as_sent());
        let mut listed = self.entry.listed(&record);
        if self.entry.describe(&listed.kind).is_err() {
            listed.kind = self.ty.id.clone();
        }
        let (id, any) = (self.next_id(), !files.is_empty());
        // The step after a create is none after an update.
        let follows = any || self.operation == Operation::Create;
        self.follow_up =
            FollowUp::new(&self.entry, &self.ty, &self.settings, &record, files, id).filter(|_| follows);
        if self.operation == Operation::Update {
            self.baseline = self.baseline.for_record(&self.ty, &self.order, &mut record);
            self.initial_inputs = FieldInput::all(self.reloaded());
            self.record = Some(record);
        } else {
            self.record = None;
            self.baseline = self.baseline.without_record(&self.ty, &self.order);
            for opened in &mut self.initial_inputs {
                let secret =
                    matches!(&opened.value, Some(Value::Secret(_) | Value::Rows(_) | Value::File(_)));
                if secret || !opened.touched {
                    *opened = FieldInput::default();
                }
            }
        }
        self.begin();
        self.status = Status::saved(listed, partial_failure);
        match &self.follow_up {
            Some(follow) => self.status.follow(follow.is_files()),
            None if any => self.status.files_failed(String::new(), false),
            None => {}
        }
        self.follow_up.as_ref().map(FollowUp::plan)
    }

    /// What a server that shows nothing holds now: what it was sent, over what it held where only changes were sent.
    fn as_sent(&mut self) -> Json {
        let sent = self.pending_body.take().unwrap_or_default();
        let changes = self.entry.api.call(self.operation).is_some_and(|call| call.changes);
        let Some(mut record) = self.record.clone().filter(|_| changes) else { return sent };
        for (name, value) in sent.members() {
            record.set_member(name, value.clone());
        }
        record
    }

    /// What came of the request that followed a save. A new request may be under way by now, and its status matters more.
    fn followed(&mut self, reply: &Reply) -> Option<Plan> {
        let told = self.follow_up.as_ref()?.read(&self.entry, reply);
        let done = self.status.state == State::Done;
        match told {
            FollowUpResult::Link(link) if done => {
                self.status.link(link, self.ty.then.as_deref().unwrap_or_default())
            }
            FollowUpResult::NoFiles(message) if done => self.status.files_failed(message, true),
            FollowUpResult::Files(record) => {
                if let Some(record) = record {
                    self.renew(record);
                }
                let id = self.next_id();
                let follow = self.follow_up.take().filter(|_| self.operation == Operation::Create);
                self.follow_up =
                    follow.and_then(|follow| follow.link(&self.entry, &self.ty, &self.settings, id));
                if done {
                    self.status.follow(false);
                }
                return self.follow_up.as_ref().map(FollowUp::plan);
            }
            FollowUpResult::Link(_) | FollowUpResult::NoFiles(_) => {}
        }
        None
    }

    /// What each field holds of the record as it is saved now.
    fn reloaded(&self) -> Vec<Option<Value>> {
        let mut values = self.baseline.values();
        infer(&self.ty, &mut values);
        // A row that was masked is so when it comes back under its name.
        for (value, input) in values.iter_mut().zip(&self.inputs) {
            if let (Some(Value::Rows(rows)), Some(before)) = (value, &input.value) {
                rows.iter_mut().for_each(|row| {
                    row.masked =
                        before.rows().iter().any(|old| old.masked && old.cells.first() == row.cells.first())
                });
            }
        }
        values
    }

    /// An edited connection is another by now; what was not edited since follows it.
    fn renew(&mut self, mut record: Json) {
        if self.operation != Operation::Update {
            return;
        }
        self.baseline = self.baseline.for_record(&self.ty, &self.order, &mut record);
        self.undo_inputs.clear();
        let values = self.reloaded();
        for ((input, opened), value) in self.inputs.iter_mut().zip(&mut self.initial_inputs).zip(values) {
            if input.value == opened.value {
                input.value.clone_from(&value);
            }
            opened.value = value;
        }
        self.record = Some(record);
    }
}
