//! The machine: `step(action)` gives what to redraw and what to send. It never calls out.

mod edit;
mod trial;

use std::rc::Rc;

use crate::action::Action;
use crate::api::Operation;
use crate::body::{Sources, body, secrets, too_large};
use crate::catalog::{Entry, SeamError, name_of};
use crate::check::{Fault, check, join};
use crate::descriptor::Type;
use crate::drawing::{Drawing, Standing, Step};
use crate::follow::Follow;
use crate::json::Json;
use crate::loaded::{Loaded, unmask};
use crate::opening::{Opening, Slot, typed};
use crate::record;
use crate::reply::{self, Outcome, Reply};
use crate::request::{About, Plan, Settings, on_fields, plan};
use crate::said;
use crate::sheet::{State, evaluate, order, prefixes, seen};
use crate::status::Status;
use crate::text::{Gather, joined};
use crate::value::Value;
use crate::view::{self, Shows};
use crate::written::Secrets;
use trial::Trial;

/// A form for one connection.
pub struct Form {
    entry: Rc<Entry>,
    kind: Type,
    order: Vec<usize>,
    operation: Operation,
    /// What its body is made like: a create's or an update's.
    basis: Operation,
    settings: Settings,
    record: Option<Json>,
    loaded: Loaded,
    opened: Vec<Slot>,
    slots: Vec<Slot>,
    states: Vec<State>,
    /// Whether all faults show: after the first submit.
    submitted: bool,
    status: Status,
    flight: Option<u32>,
    /// The secrets of the request under way: its answer may repeat them after the form holds others.
    sent: Vec<String>,
    /// What the request under way saves.
    body: Option<Json>,
    follow: Option<Follow>,
    trial: Option<Box<Trial>>,
    last_id: u32,
    drawing: Drawing,
}

impl Form {
    /// Opens a form for a type, with what the host hands in (see [`Opening`]).
    pub fn open(entry: Rc<Entry>, kind: &str, opening: &Json) -> Result<Form, SeamError> {
        let opening = Opening::read(opening, &entry)?;
        let basis = match opening.operation {
            Operation::Test if opening.record.is_some() => Operation::Update,
            Operation::Test => Operation::Create,
            operation => operation,
        };
        Form::with(entry, kind, opening, basis)
    }

    fn with(entry: Rc<Entry>, kind: &str, mut opening: Opening, basis: Operation) -> Result<Form, SeamError> {
        let mut kind = opening.kind(&entry, kind)?;
        // A type that was added has no circle.
        let order = order(&kind).unwrap_or_default();
        let keep = opening.keep.unwrap_or(entry.api.keep);
        let masked = opening.record.as_mut().map(|record| unmask(&kind, record)).unwrap_or_default();
        let told = |id: &str| record::held(&kind.fields[kind.position(id)?], opening.record.as_ref()?)?.scalar();
        let named = prefixes(&kind, &told);
        kind.begin_rows(named);
        let loaded = Loaded::new(&kind, &order, basis, keep, opening.record.as_ref(), &masked);
        let opened = opening.fields(&kind, loaded.values())?;
        let (operation, settings, record) = (opening.operation, opening.settings, opening.record);
        let mut form = Form {
            entry,
            kind,
            order,
            operation,
            basis,
            settings,
            record,
            loaded,
            opened,
            slots: Vec::new(),
            states: Vec::new(),
            submitted: false,
            status: Status::editing(),
            flight: None,
            sent: Vec::new(),
            body: None,
            follow: None,
            trial: None,
            last_id: 0,
            drawing: Drawing::default(),
        };
        form.begin();
        Ok(form)
    }

    /// Takes one action and says what follows from it.
    pub fn step(&mut self, action: &Json) -> Result<Step, SeamError> {
        let action = Action::read(action, &self.kind)?;
        let mut send = None;
        match action {
            Action::Edit(edit) => self.edit(edit)?,
            Action::Settings(json) => {
                self.settings = Settings::read(&json, &self.entry)?;
                self.outdate();
            }
            Action::Test => send = self.test()?,
            Action::Submit => send = self.submit(),
            Action::Settle { id, reply } if self.settle_test(id, &reply) => {}
            Action::Settle { id, reply } => send = self.settle(id, &reply),
            Action::Follow => send = self.ask_for_link(),
            Action::Reset => {
                self.flight = None;
                self.begin();
            }
        }
        self.evaluate();
        self.refresh_status();
        Ok(self.changes(send))
    }

    /// Every field and the status, for a first drawing.
    pub fn view(&mut self) -> Step {
        self.drawing = Drawing::default();
        self.changes(None)
    }

    /// The request as it stands with every secret masked, and what still stops it from being sent.
    pub fn preview(&self) -> (Option<Plan>, Vec<Fault>) {
        let mut faults = self.errors();
        match self.plan(Secrets::Masked) {
            Ok(plan) => (Some(plan), faults),
            Err(more) => {
                join(&mut faults, more);
                (None, faults)
            }
        }
    }

    /// The request as it would be sent, or every error that stops it.
    pub fn request(&self) -> Result<Plan, Vec<Fault>> {
        let mut errors = self.errors();
        match self.plan(Secrets::Sent) {
            Ok(plan) if errors.is_empty() => match self.entry.api.call(self.operation).and_then(|call| too_large(call, &plan, &self.kind, &self.states)) {
                None => Ok(plan),
                Some(fault) => Err(vec![fault]),
            },
            Ok(_) => Err(errors),
            Err(more) => {
                join(&mut errors, more);
                Err(errors)
            }
        }
    }

    /// Everything that is wrong, warnings too.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = check(&self.kind, &self.states);
        self.loaded.judge(&self.kind, &self.slots, &self.states, self.record.as_ref(), &mut faults);
        faults
    }

    /// What the form holds: the fields that are shown or were given, by id. Secrets are only named, unless `reveal`.
    pub fn values(&self, reveal: bool) -> Json {
        let stored = record::secrets_by_field(&self.kind, self.record.as_ref());
        let told = |place: usize| {
            let shows = if reveal { Shows::All(stored[place].as_deref()) } else { Shows::Nothing };
            self.slots[place].value.as_ref().map(|value| view::value(&self.kind.fields[place], value, shows))
        };
        Json::Map((0..self.slots.len()).filter_map(|place| Some((self.kind.fields[place].id.clone(), told(place)?))).gather())
    }

    fn begin(&mut self) {
        self.slots = self.opened.clone();
        self.evaluate();
        // What was sent holds secrets, and a reset leaves none.
        (self.submitted, self.body, self.trial, self.status) = (false, None, None, Status::editing());
    }

    /// Works out what every field shows and holds.
    fn evaluate(&mut self) {
        self.states = evaluate(&self.kind, &self.order, &typed(&self.kind, &self.slots));
        let told = |id: &str| seen(&self.kind, &self.states, id).as_text().map(str::to_owned);
        let named = prefixes(&self.kind, &told);
        self.kind.begin_rows(named);
    }

    fn errors(&self) -> Vec<Fault> {
        let mut faults = self.faults();
        faults.retain(|fault| !fault.warning);
        faults
    }

    fn plan(&self, secrets: Secrets) -> Result<Plan, Vec<Fault>> {
        let sources = Sources { entry: &self.entry, kind: &self.kind, operation: self.basis, record: self.record.as_ref(), loaded: &self.loaded };
        let body = body(&sources, &self.slots, &self.states, secrets);
        let about = About { record: self.record.as_ref(), kind: Some(&self.kind.id) };
        plan(&self.entry, self.operation, &self.settings, about, Some(body)).map_err(|faults| on_fields(&self.entry, &self.kind, self.operation, faults))
    }

    fn submit(&mut self) -> Option<Plan> {
        // The second half of a double click may come after the answer, and the form that is left may be whole by its defaults.
        let as_opened = self.slots.iter().zip(&self.opened).all(|(now, then)| now.value == then.value);
        if self.flight.is_some() || self.status.state == "done" && as_opened && self.operation != Operation::Test {
            return None;
        }
        self.submitted = true;
        self.slots.iter_mut().for_each(|slot| slot.said = None);
        match self.request() {
            Err(faults) => {
                self.status = Status::invalid(faults);
                None
            }
            Ok(mut plan) => {
                plan.id = self.next_id();
                self.flight = Some(plan.id);
                self.sent = secrets(&self.kind, &self.slots, self.record.as_ref());
                self.body = plan.body.clone();
                self.status = Status::new("busy", "busy");
                Some(plan)
            }
        }
    }

    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// A reply to a request that is no longer waited for changes nothing.
    fn settle(&mut self, id: u32, reply: &Reply) -> Option<Plan> {
        if let Some(follow) = self.follow.as_ref().filter(|follow| follow.is(id)) {
            // A new request may be under way by now, and its status matters more.
            if self.status.state == "done" {
                self.status.link(follow.link(&self.entry, reply), self.kind.then.as_deref().unwrap_or_default());
            }
            return None;
        }
        if self.flight != Some(id) {
            return None;
        }
        self.flight = None;
        let secrets = std::mem::take(&mut self.sent);
        let call = self.entry.api.call(self.operation)?;
        match reply::read(&self.entry, self.operation, call, reply, &secrets) {
            Outcome::Done { .. } if self.operation == Operation::Test => {
                self.status = Status::new("done", "tested");
                None
            }
            Outcome::Done { record, partly, .. } => self.saved(record, partly),
            Outcome::Refused { code, status, message, said } => {
                let rest = said::take(&self.kind, &self.states, &mut self.slots, said);
                let mut words = message.unwrap_or_default();
                if let Some(rest) = rest {
                    words = joined(&[words, rest], " ").trim_start().to_owned();
                }
                let code = if code == "refused" && self.operation == Operation::Test { "test_failed" } else { code };
                self.status = Status::refused(code, status, words, said::faults(&self.kind, &self.slots), self.list_tells(code));
                None
            }
            Outcome::Lost { code } => {
                self.status = Status::lost(code, name_of(self.operation), self.list_tells(code));
                None
            }
        }
    }

    /// Whether it may have been carried out, and a list can tell.
    fn list_tells(&self, code: &str) -> bool {
        code.ends_with("_maybe") && self.entry.api.call(Operation::List).is_some()
    }

    /// A form for a new connection goes back to an empty one, so that nothing is created twice and no secret stays.
    /// One that edits a connection goes on with what is saved now. A server that shows nothing saved what it was sent.
    fn saved(&mut self, record: Option<Json>, partly: Option<String>) -> Option<Plan> {
        let sent = self.body.take();
        let id = self.next_id();
        self.follow = record.as_ref().and_then(|record| Follow::new(&self.entry, &self.kind, &self.settings, record, id));
        let mut record = record.or(sent).unwrap_or_default();
        let mut listed = self.entry.listed(&record);
        if self.entry.describe(&listed.kind).is_err() {
            listed.kind = self.kind.id.clone();
        }
        if self.operation == Operation::Update {
            self.loaded = self.loaded.renewed(&self.kind, &self.order, &mut record);
            self.opened = Slot::all(self.loaded.values());
            self.record = Some(record);
        } else {
            self.record = None;
            self.loaded = self.loaded.emptied(&self.kind, &self.order);
            for opened in &mut self.opened {
                let secret = matches!(&opened.value, Some(Value::Secret(_) | Value::Rows(_) | Value::File(_)));
                if secret || !opened.touched {
                    *opened = Slot::default();
                }
            }
        }
        self.begin();
        self.status = Status::saved(listed, partly);
        self.follow.as_ref().map(Follow::plan)
    }

    fn ask_for_link(&mut self) -> Option<Plan> {
        let id = self.next_id();
        self.follow.as_mut().map(|follow| follow.again(id))
    }

    /// Mended faults leave the summary as they are mended.
    fn refresh_status(&mut self) {
        let faults = match self.status.state {
            "invalid" => self.request().err().unwrap_or_default(),
            "refused" if !self.status.faults.is_empty() => said::faults(&self.kind, &self.slots),
            _ => return,
        };
        if faults.is_empty() {
            self.status = Status::editing();
        } else {
            self.status.set_faults(faults);
        }
    }

    fn changes(&mut self, send: Option<Plan>) -> Step {
        let mut faults = self.faults();
        faults.append(&mut said::faults(&self.kind, &self.slots));
        let test = self.trial.as_ref().map(|trial| trial.to_json()).unwrap_or_default();
        let Form { kind, slots, states, submitted, status, drawing, .. } = self;
        drawing.changes(&Standing { kind, slots, states, faults, submitted: *submitted, status, test }, send)
    }
}
