//! What a page has drawn, so that only what changed is drawn again.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

use crate::descriptor::connection_type::ConnectionType;
use crate::fields::evaluate::FieldState;
use crate::fields::field_view::view;
use crate::fields::validate::Fault;
use crate::form::options::FieldInput;
use crate::form::status::Status;
use crate::json::Json;
use crate::request::plan::Plan;

/// What the page does next.
pub struct Step {
    /// The views of the fields that changed.
    pub fields: Vec<Json>,
    /// Where it changed.
    pub status: Option<Json>,
    /// How a test stands, where it changed; null without one.
    pub test: Option<Json>,
    pub send: Option<Plan>,
}

/// The last views and status that a page was given.
#[derive(Default)]
pub struct ViewDiff {
    views: Vec<Json>,
    status: Json,
    test: Json,
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
    /// How a test of it stands, or null.
    pub test: Json,
}

impl ViewDiff {
    /// What is not drawn yet; from here on it is.
    pub fn changes(&mut self, now: &FormSnapshot, send: Option<Plan>) -> Step {
        while self.views.len() < now.inputs.len() {
            self.views.push(Json::Null);
        }
        let mut fields = Vec::new();
        for (place, field) in now.ty.fields.iter().enumerate() {
            let mut mine = Vec::new();
            for fault in &now.faults {
                if fault.field == field.id && now.shows(place, fault) {
                    mine.push(fault.to_json());
                }
            }
            let json = view(field, &now.states[place], mine);
            if json != self.views[place] {
                self.views[place] = json.clone();
                fields.push(json);
            }
        }
        let status = now.status.to_json();
        let changed = status != self.status;
        self.status = status;
        let test = (now.test != self.test).then(|| now.test.clone());
        self.test = now.test.clone();
        Step { fields, status: changed.then(|| self.status.clone()), test, send }
    }
}

impl FormSnapshot<'_> {
    /// A fault shows once its control was left; one in rows once its cell was.
    fn shows(&self, place: usize, fault: &Fault) -> bool {
        let (input, columns) = (&self.inputs[place], &self.ty.fields[place].columns);
        let left = match &fault.cell {
            Some((row, id)) => input
                .visited_cells
                .iter()
                .any(|cell| cell.0 == *row && columns.get(cell.1).map(|column| &column.id) == id.as_ref()),
            None => input.visited || fault.warning && input.touched,
        };
        self.submitted || left || matches!(fault.code, "said" | "unread" | "withheld")
    }
}

impl Step {
    /// As it crosses the seam.
    pub fn to_json(&self) -> Json {
        let mut json = Json::map(vec![("fields", Json::List(self.fields.clone()))]);
        if let Some(status) = &self.status {
            json.put("/status", status.clone());
        }
        if let Some(test) = &self.test {
            json.put("/test", test.clone());
        }
        if let Some(send) = &self.send {
            json.put("/send", send.to_json());
        }
        json
    }
}
