//! The machine: `step(action)` gives what to redraw and what to send. It never calls out.

#![allow(
    clippy::indexing_slicing,
    reason = "fields, slots and states stand side by side: one of each for every field"
)]

pub mod options;
pub mod baseline;
pub mod action;
pub mod body_source;
pub mod body_secrets;
pub mod body;
pub mod follow_up;
pub mod status;
pub mod server_messages;
pub mod view_diff;
mod edit;
mod submit;
mod connection_test;

use std::rc::Rc;

use crate::base::text::CollectVec;
use crate::bundle::registry::{RegistryEntry, UsageError};
use crate::descriptor::api::Operation;
use crate::descriptor::connection_type::ConnectionType;
use crate::fields::evaluate::{FieldState, evaluate, order, row_prefixes, visible_value};
use crate::fields::fault::{Fault, merge_faults, retain_faults};
use crate::fields::field_view::{self, SecretVisibility};
use crate::fields::record;
use crate::fields::validate::check;
use crate::form::action::Action;
use crate::form::baseline::{Baseline, SecretPolicies, unmask};
use crate::form::body::{BodyContext, body, too_large};
use crate::form::body_secrets::files;
use crate::form::follow_up::FollowUp;
use crate::form::options::{FieldInput, FormOptions, draft, forget_secrets, typed};
use crate::form::status::{State, Status};
use crate::form::view_diff::{FormSnapshot, Step, ViewDiff};
use crate::json::Json;
use crate::request::plan::{Plan, blame_fields, plan};
use crate::request::settings::{RequestContext, Settings};
use crate::request::write_field::Secrets;
use connection_test::ConnectionTest;

/// A form for one connection.
pub struct Form {
    entry: Rc<RegistryEntry>,
    ty: ConnectionType,
    order: Vec<usize>,
    operation: Operation,
    /// What its body is made like: a create's or an update's.
    body_operation: Operation,
    settings: Settings,
    record: Option<Json>,
    /// Whether it is only looked at.
    read_only: bool,
    baseline: Baseline,
    initial_inputs: Vec<FieldInput>,
    inputs: Vec<FieldInput>,
    /// What the fields of the last fill were before it, while that can be undone.
    undo_inputs: Vec<(usize, FieldInput)>,
    states: Vec<FieldState>,
    /// Whether all faults show: after the first submit.
    submitted: bool,
    status: Status,
    pending_request: Option<u32>,
    /// The secrets of the request under way: its answer may repeat them after the form holds others.
    pending_secrets: Vec<String>,
    /// What the request under way saves.
    pending_body: Option<Json>,
    follow_up: Option<FollowUp>,
    connection_test: Option<Box<ConnectionTest>>,
    last_id: u32,
    view_diff: ViewDiff,
}

impl Form {
    /// Opens a form for a type, with what the host hands in (see [`FormOptions`]).
    pub fn open(entry: Rc<RegistryEntry>, id: &str, opening: &Json) -> Result<Form, UsageError> {
        let opening = FormOptions::read(opening, &entry)?;
        let body_operation = match opening.operation {
            Operation::Test if opening.record.is_some() => Operation::Update,
            Operation::Test => Operation::Create,
            operation => operation,
        };
        Form::with(entry, id, opening, body_operation)
    }

    fn with(
        entry: Rc<RegistryEntry>,
        id: &str,
        mut opening: FormOptions,
        body_operation: Operation,
    ) -> Result<Form, UsageError> {
        let mut ty = opening.connection_type(&entry, id)?;
        // A type that was added has no circle.
        let order = order(&ty).unwrap_or_default();
        let keep = SecretPolicies { host: opening.keep, api: entry.api.keep };
        if let (Some(record), true) = (&mut opening.record, opening.without_secrets) {
            forget_secrets(&ty, record);
        }
        let masked = opening.record.as_mut().map(|record| unmask(&ty, record)).unwrap_or_default();
        let told = |id: &str| record::record_json(ty.field(id)?, opening.record.as_ref()?)?.scalar();
        let named = row_prefixes(&ty, &told);
        ty.set_row_prefixes(named);
        let baseline = Baseline::new(&ty, &order, body_operation, keep, opening.record.as_ref(), &masked);
        let initial_inputs = opening.fields(&ty, baseline.values())?;
        let (operation, settings, record, read_only) =
            (opening.operation, opening.settings, opening.record, opening.read_only);
        let mut form = Form {
            entry,
            ty,
            order,
            operation,
            body_operation,
            settings,
            record,
            read_only,
            baseline,
            initial_inputs,
            inputs: Vec::new(),
            undo_inputs: Vec::new(),
            states: Vec::new(),
            submitted: false,
            status: Status::editing(),
            pending_request: None,
            pending_secrets: Vec::new(),
            pending_body: None,
            follow_up: None,
            connection_test: None,
            last_id: 0,
            view_diff: ViewDiff::default(),
        };
        form.begin();
        Ok(form)
    }

    /// Takes one action and says what follows from it.
    pub fn step(&mut self, action: &Json) -> Result<Step, UsageError> {
        let action = Action::read(action, &self.ty)?;
        let mut send = None;
        match action {
            Action::Edit(_) | Action::Submit if self.read_only => {
                return Err(UsageError("the form is only to be read".to_owned()));
            }
            Action::Edit(edit) => self.edit(edit)?,
            Action::Settings(json) => {
                self.settings = Settings::read(&json, &self.entry)?;
                self.mark_test_stale();
            }
            Action::Test => send = self.test()?,
            Action::Submit => send = self.submit(),
            Action::Settle { id, reply } if self.settle_test(id, &reply) => {}
            Action::Settle { id, reply } => send = self.settle(id, &reply),
            Action::FollowUp => send = self.follow_again(),
            Action::Reset => {
                self.pending_request = None;
                self.begin();
            }
        }
        self.evaluate();
        self.refresh_status();
        Ok(self.changes(send))
    }

    /// Every field and the status, for a first drawing.
    pub fn view(&mut self) -> Step {
        self.view_diff = ViewDiff::default();
        self.changes(None)
    }

    /// The request as it stands with every secret masked, and what still stops it from being sent.
    pub fn preview(&self) -> (Option<Plan>, Vec<Fault>) {
        let mut faults = self.errors();
        match self.plan(Secrets::Masked) {
            Ok(plan) => (Some(plan), faults),
            Err(more) => {
                merge_faults(&mut faults, more);
                (None, faults)
            }
        }
    }

    /// The request as it would be sent, or every error that stops it.
    pub fn request(&self) -> Result<Plan, Vec<Fault>> {
        let mut errors = self.errors();
        match self.plan(Secrets::Sent) {
            Ok(plan) if errors.is_empty() => match self
                .entry
                .api
                .call(self.operation)
                .and_then(|call| too_large(call, &plan, &self.ty, &self.states))
            {
                None => Ok(plan),
                Some(fault) => Err(vec![fault]),
            },
            Ok(_) => Err(errors),
            Err(more) => {
                merge_faults(&mut errors, more);
                Err(errors)
            }
        }
    }

    /// Everything that is wrong, warnings too.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = check(&self.ty, &self.states);
        self.baseline.add_record_faults(
            &self.ty,
            &self.inputs,
            &self.states,
            self.record.as_ref(),
            &mut faults,
        );
        faults
    }

    /// What the form holds: the fields that are shown or were given, by id. Secrets are only named, unless `reveal`.
    pub fn values(&self, reveal: bool) -> Json {
        let stored = record::secrets_by_field(&self.ty, self.record.as_ref());
        let told = |index: usize| {
            let shows = if reveal {
                SecretVisibility::All(stored[index].as_deref())
            } else {
                SecretVisibility::Nothing
            };
            self.inputs[index]
                .value
                .as_ref()
                .map(|value| field_view::value(&self.ty.fields[index], value, shows))
        };
        Json::Map(
            (0..self.inputs.len())
                .filter_map(|index| Some((self.ty.fields[index].id.clone(), told(index)?)))
                .collect_vec(),
        )
    }

    /// What was typed or given, to open such a form with later: no secret and no file is in it.
    pub fn draft(&self) -> Json {
        draft(&self.entry, &self.ty, &self.inputs)
    }

    fn begin(&mut self) {
        self.inputs = self.initial_inputs.clone();
        self.undo_inputs.clear();
        self.evaluate();
        // What was sent holds secrets, and a reset leaves none.
        (self.submitted, self.pending_body, self.connection_test, self.status) =
            (false, None, None, Status::editing());
    }

    /// Works out what every field shows and holds.
    fn evaluate(&mut self) {
        self.states = evaluate(&self.ty, &self.order, &typed(&self.ty, &self.inputs));
        let told = |id: &str| visible_value(&self.ty, &self.states, id).as_text().map(str::to_owned);
        let named = row_prefixes(&self.ty, &told);
        self.ty.set_row_prefixes(named);
        if self.read_only {
            self.states.iter_mut().for_each(|state| (state.enabled, state.required) = (false, false));
        }
    }

    fn errors(&self) -> Vec<Fault> {
        let mut faults = self.faults();
        retain_faults(&mut faults, &|fault| !fault.warning);
        faults
    }

    fn plan(&self, secrets: Secrets) -> Result<Plan, Vec<Fault>> {
        let call = self.entry.api.call(self.operation);
        let context = BodyContext {
            entry: &self.entry,
            ty: &self.ty,
            operation: self.body_operation,
            record: self.record.as_ref(),
            baseline: &self.baseline,
            inputs: &self.inputs,
            states: &self.states,
            changes: call.is_some_and(|call| call.changes),
        };
        let mut body = body(&context, secrets);
        call.iter().flat_map(|call| &call.without).for_each(|pointer| body.remove(pointer));
        let mut parts = files(&self.ty, &self.states, secrets);
        let part = call.and_then(|call| call.files.as_ref()).filter(|_| !parts.is_empty());
        let about =
            RequestContext { record: self.record.as_ref(), kind: Some(&self.ty.id), files: part.is_some() };
        let made = plan(&self.entry, self.operation, &self.settings, about, Some(body));
        let mut plan = made.map_err(|faults| blame_fields(&self.entry, &self.ty, self.operation, faults))?;
        if let (Some((_, part)), Some(body)) = (part, &plan.body) {
            parts
                .insert(0, Json::map(vec![("name", Json::text(part)), ("text", Json::text(body.to_text()))]));
            plan = plan.with_parts(parts);
        }
        Ok(plan)
    }

    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// Mended faults leave the summary as they are mended.
    fn refresh_status(&mut self) {
        let faults = match self.status.state {
            State::Invalid => self.request().err().unwrap_or_default(),
            State::Refused if !self.status.faults.is_empty() => {
                server_messages::faults(&self.ty, &self.inputs)
            }
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
        faults.append(&mut server_messages::faults(&self.ty, &self.inputs));
        let test = self.connection_test.as_ref().map(|test| test.status());
        let Form { ty, inputs, states, submitted, status, view_diff, .. } = self;
        view_diff
            .changes(FormSnapshot { ty, inputs, states, faults, submitted: *submitted, status, test }, send)
    }
}

/// A record of many members takes no more than its share of the work: names that are looked at are counted, at two lengths.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::take_steps;
    use crate::bundle::registry::Registry;

    const BUNDLE: &str = r#"{
        "api": {
            "id": "widgets", "title": "Widgets",
            "operations": { "create": { "method": "POST", "path": "/w" }, "update": { "method": "PUT", "path": "/w", "sends": "changes", "gives": "record" } }
        },
        "types": [{ "id": "t", "title": "T", "sections": [{ "title": "S", "fields": [
            { "id": "name", "kind": "text", "label": "Name" },
            { "id": "map", "kind": "rows", "as": "map", "label": "Map", "order": "/order", "columns": [
                { "id": "key", "kind": "text", "label": "K" }, { "id": "value", "kind": "text", "label": "V", "max_length": 2 }
            ] },
            { "id": "list", "kind": "rows", "label": "List", "columns": [{ "id": "key", "kind": "text", "label": "K", "max_length": 2 }] }
        ] }] }]
    }"#;

    /// Members in no order of their names.
    fn members(count: usize) -> String {
        let all: Vec<String> =
            (0..count).map(|number| format!("\"m{:06}\":\"v{number}\"", number * 7919 % count)).collect();
        all.join(",")
    }

    /// What a record holds besides, by its number of members.
    fn records(count: usize) -> Vec<(&'static str, String)> {
        let many = members(count);
        let order: Vec<String> =
            (0..count.min(9_000)).map(|number| format!("\"{number}\":\"m{number:06}\"")).collect();
        let list: Vec<String> = (0..count).map(|number| format!("{{\"key\":\"long{number}\"}}")).collect();
        vec![
            ("many members", many.clone()),
            ("one member of many", format!("\"x\":{{{many}}}")),
            ("a map", format!("\"map\":{{{many}}}")),
            ("a map in an order", format!("\"map\":{{{many}}},\"order\":{{{}}}", order.join(","))),
            ("a list", format!("\"list\":[{}]", list.join(","))),
            ("members of one name", format!("\"x\":{{{}}}", vec!["\"a\":1"; count].join(","))),
        ]
    }

    /// Opens a record, edits it, saves it, and takes the answer.
    fn work(record: &str) -> usize {
        take_steps();
        let mut registry = Registry::default();
        registry.add(&Json::parse(BUNDLE).unwrap()).unwrap();
        let opening = format!(
            r#"{{"operation":"update","settings":{{"base_url":"https://x.example.com"}},"record":{{"name":"n",{record}}}}}"#
        );
        let mut form =
            Form::open(registry.entry("widgets").unwrap(), "t", &Json::parse(&opening).unwrap()).unwrap();
        let mut step =
            |action: &str| Json::from_serialize(&form.step(&Json::parse(action).unwrap()).unwrap()).unwrap();
        for action in [
            r#"{"do":"set","field":"name","value":"m"}"#,
            r#"{"do":"add","field":"map"}"#,
            r#"{"do":"add","field":"list"}"#,
            r#"{"do":"set","field":"list","row":0,"column":"key","value":"x"}"#,
        ] {
            step(action);
        }
        let sent = step(r#"{"do":"submit"}"#);
        let id = sent.at("/send/id").and_then(Json::scalar).unwrap();
        let mut reply =
            Json::parse(&format!(r#"{{"do":"settle","id":{id},"reply":{{"status":200}}}}"#)).unwrap();
        reply.put("/reply/text", Json::text(format!("{{\"name\":\"m\",{record}}}")));
        assert_eq!(step(&reply.to_text()).at("/status/code"), Some(&Json::text("saved")));
        drop((form.preview(), form.draft(), form.values(true)));
        take_steps()
    }

    #[test]
    fn twice_the_members_are_twice_the_work() {
        const COUNT: usize = 1_000;
        for ((what, few), (_, many)) in records(COUNT).into_iter().zip(records(2 * COUNT)) {
            let (one, two) = (work(&few), work(&many));
            assert!(two < one * 5 / 2, "{what}: {one} names, and {two} for twice the members");
            assert!(one < COUNT * 1_500, "{what}: {one} names");
        }
    }

    #[test]
    fn a_document_is_laid_over_another_in_proportion() {
        let merged = |count: usize| {
            let json = Json::parse(&format!("{{{}}}", members(count))).unwrap();
            let mut twice = json.clone();
            take_steps();
            twice.merge(&json);
            assert_eq!(twice, json);
            take_steps()
        };
        assert!(merged(2_000) < merged(1_000) * 5 / 2);
    }
}
