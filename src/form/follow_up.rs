//! What follows a save: the files of the connection, which go in a request of their own, and then a step such as a sign-in
//! at a third party, whose request answers a link.

use crate::bundle::registry::RegistryEntry;
use crate::descriptor::api::Operation;
use crate::descriptor::connection_type::ConnectionType;
use crate::json::Json;
use crate::request::plan::{Plan, plan_for_record};
use crate::request::reply::{self, Outcome, Reply};
use crate::request::settings::Settings;

/// A request about a connection that was just saved.
pub struct FollowUp {
    plan: Plan,
    /// What was saved, as far as the server told.
    record: Json,
}

/// What came of it.
pub enum FollowUpResult {
    /// The server took the files; it may show the connection again.
    Files(Option<Json>),
    /// It did not, with its words.
    NoFiles(String),
    /// The address to open, if there is one.
    Link(Option<String>),
}

impl FollowUp {
    /// The files if there are any, else the link; `None` where the type has no such step.
    pub fn new(
        entry: &RegistryEntry,
        ty: &ConnectionType,
        settings: &Settings,
        record: &Json,
        files: Vec<Json>,
        id: u32,
    ) -> Option<FollowUp> {
        if files.is_empty() {
            ty.then.as_ref()?;
            let plan = plan_for_record(entry, Operation::Authorize, settings, record)?;
            return Some(FollowUp { plan: Plan { id, ..plan }, record: record.clone() });
        }
        let plan = plan_for_record(entry, Operation::Upload, settings, record)?;
        Some(FollowUp { plan: Plan { id, ..plan }.with_parts(files), record: record.clone() })
    }

    /// What is left after the files.
    pub fn link(
        self,
        entry: &RegistryEntry,
        ty: &ConnectionType,
        settings: &Settings,
        id: u32,
    ) -> Option<FollowUp> {
        FollowUp::new(entry, ty, settings, &self.record, Vec::new(), id)
    }

    pub fn is(&self, id: u32) -> bool {
        self.plan.id == id
    }

    pub fn is_files(&self) -> bool {
        self.plan.operation == Operation::Upload
    }

    pub fn plan(&self) -> Plan {
        self.plan.clone()
    }

    /// The same request once more, under a new id.
    pub fn again(&mut self, id: u32) -> Plan {
        self.plan.id = id;
        self.plan()
    }

    /// What a reply to it means.
    pub fn read(&self, entry: &RegistryEntry, reply: &Reply) -> FollowUpResult {
        let operation = self.plan.operation;
        let outcome = entry.api.call(operation).map(|call| reply::read(entry, operation, call, reply, &[]));
        match (outcome, self.is_files()) {
            (Some(Outcome::Done { record, .. }), true) => FollowUpResult::Files(record),
            (Some(Outcome::Refused { message, .. }), true) => {
                FollowUpResult::NoFiles(message.unwrap_or_default())
            }
            (_, true) => FollowUpResult::NoFiles(String::new()),
            (Some(Outcome::Done { link, .. }), false) => FollowUpResult::Link(link),
            (_, false) => FollowUpResult::Link(None),
        }
    }
}
