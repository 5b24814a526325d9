//! The step after a create, such as a sign-in at a third party: a request whose answer is a link.

use crate::api::Operation;
use crate::catalog::Entry;
use crate::descriptor::Type;
use crate::json::Json;
use crate::reply::{self, Outcome, Reply};
use crate::request::{Plan, Settings, plan_about};

/// The request for the link of a connection that was just saved.
pub struct Follow(Plan);

impl Follow {
    /// `None` where the type has no such step.
    pub fn new(entry: &Entry, kind: &Type, settings: &Settings, record: &Json, id: u32) -> Option<Follow> {
        kind.then.as_ref()?;
        let plan = plan_about(entry, Operation::Authorize, settings, record)?;
        Some(Follow(Plan { id, ..plan }))
    }

    pub fn is(&self, id: u32) -> bool {
        self.0.id == id
    }

    pub fn plan(&self) -> Plan {
        self.0.clone()
    }

    /// The same request once more, under a new id.
    pub fn again(&mut self, id: u32) -> Plan {
        self.0.id = id;
        self.plan()
    }

    /// The address that a reply holds.
    pub fn link(&self, entry: &Entry, reply: &Reply) -> Option<String> {
        let call = entry.api.call(Operation::Authorize)?;
        match reply::read(entry, Operation::Authorize, call, reply, &[]) {
            Outcome::Done { link, .. } => link,
            _ => None,
        }
    }
}
