//! What follows a save: the files of the connection, which go in a request of their own, and then a step such as a sign-in
//! at a third party, whose request answers a link.

use crate::bundle::registry::Entry;
use crate::descriptor::api::Operation;
use crate::descriptor::connection_type::Type;
use crate::json::Json;
use crate::request::plan::{Plan, Settings, plan_about};
use crate::request::reply::{self, Outcome, Reply};

/// A request about a connection that was just saved.
pub struct Follow {
    plan: Plan,
    /// What was saved, as far as the server told.
    record: Json,
}

/// What came of it.
pub enum Followed {
    /// The server took the files; it may show the connection again.
    Files(Option<Json>),
    /// It did not, with its words.
    NoFiles(String),
    /// The address to open, if there is one.
    Link(Option<String>),
}

impl Follow {
    /// The files if there are any, else the link; `None` where the type has no such step.
    pub fn new(
        entry: &Entry,
        kind: &Type,
        settings: &Settings,
        record: &Json,
        files: Vec<Json>,
        id: u32,
    ) -> Option<Follow> {
        if files.is_empty() {
            kind.then.as_ref()?;
            let plan = plan_about(entry, Operation::Authorize, settings, record)?;
            return Some(Follow { plan: Plan { id, ..plan }, record: record.clone() });
        }
        let plan = plan_about(entry, Operation::Upload, settings, record)?;
        Some(Follow { plan: Plan { id, ..plan }.of_parts(files), record: record.clone() })
    }

    /// What is left after the files.
    pub fn link(self, entry: &Entry, kind: &Type, settings: &Settings, id: u32) -> Option<Follow> {
        Follow::new(entry, kind, settings, &self.record, Vec::new(), id)
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
    pub fn read(&self, entry: &Entry, reply: &Reply) -> Followed {
        let operation = self.plan.operation;
        let outcome = entry.api.call(operation).map(|call| reply::read(entry, operation, call, reply, &[]));
        match (outcome, self.is_files()) {
            (Some(Outcome::Done { record, .. }), true) => Followed::Files(record),
            (Some(Outcome::Refused { message, .. }), true) => Followed::NoFiles(message.unwrap_or_default()),
            (_, true) => Followed::NoFiles(String::new()),
            (Some(Outcome::Done { link, .. }), false) => Followed::Link(link),
            (_, false) => Followed::Link(None),
        }
    }
}
