//! A form on a bench: whatever a user, a host or a server does to it, and what each step promises.

mod moves;

pub use moves::{Move, moves};

use std::collections::HashMap;
use std::rc::Rc;

use jackfield::bundle::registry::RegistryEntry;
use jackfield::descriptor::api::Operation;
use jackfield::descriptor::connection_type::{ConnectionType, Field, FieldKind};
use jackfield::form::Form;
use jackfield::request::write_field::MASK;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::common::{every_type, from_engine, open, to_engine};

/// What is typed into secrets, so that a leak can be found.
const CANARY: &str = "c4n4ry";

/// A form with everything that the promises are about.
pub struct Bench {
    pub form: Form,
    entry: Rc<RegistryEntry>,
    kind: ConnectionType,
    pub drawn: HashMap<String, Value>,
    /// The last request that was sent.
    id: u64,
    /// What was typed into secrets and files, as a body holds it, and those that were sent last.
    typed: Vec<String>,
    sent: Vec<String>,
    /// What no request may hold: masks, and stored secrets that the host does not want sent.
    pub barred: Vec<String>,
    /// Whether a secret is one of those once it is saved.
    pub bars_saved: bool,
    /// Stored secrets, with the fields that say where each is sent, and how those were drawn when it was stored.
    pub guarded: Vec<(String, Vec<String>)>,
    opened: HashMap<String, Value>,
}

impl Bench {
    pub fn new(pick: Index) -> Bench {
        let types = every_type();
        let (entry, id) = &types[pick.index(types.len())];
        Bench::open(entry, id, Operation::Create, json!({ "settings": settings(entry, true) }))
    }

    pub fn open(entry: &Rc<RegistryEntry>, id: &str, operation: Operation, opening: Value) -> Bench {
        let form = open(entry, id, &opening).ok().unwrap();
        let (entry, kind) = (Rc::clone(entry), entry.connection_type(id, operation).unwrap());
        let (drawn, typed, sent, barred) = (HashMap::new(), Vec::new(), Vec::new(), vec![MASK.to_owned()]);
        let (guarded, opened) = (Vec::new(), HashMap::new());
        let mut bench = Bench {
            form,
            entry,
            kind,
            drawn,
            id: 0,
            typed,
            sent,
            barred,
            bars_saved: false,
            guarded,
            opened,
        };
        for view in bench.form.view().fields {
            bench.draw(&from_engine(&view));
        }
        bench.opened.clone_from(&bench.drawn);
        bench
    }

    fn draw(&mut self, view: &Value) {
        self.drawn.insert(view["field"].as_str().unwrap().to_owned(), view.clone());
    }

    /// A secret is long and not repeated, so that it is not found by accident.
    fn secret(&mut self, text: &str) -> String {
        let secret = format!("{CANARY}{}{text}", self.typed.len());
        self.typed.push(secret.clone());
        secret
    }

    /// A value of the right shape for a field, made of a text.
    fn value(&mut self, place: usize, column: Option<usize>, text: &str) -> Value {
        let field = &self.kind.fields[place];
        let field: &Field = column.map_or(field, |column| &field.columns[column]);
        let (secret, kind, options, accept) = (
            field.secret,
            field.kind,
            field.options.clone(),
            field.accept.first().cloned().unwrap_or_default(),
        );
        let plain = text.to_owned();
        match kind {
            _ if secret && !text.is_empty() => json!(self.secret(text)),
            FieldKind::Toggle => json!(text.len().is_multiple_of(2)),
            FieldKind::Choice => {
                json!(options.get(text.len() % (options.len() + 1)).cloned().unwrap_or(plain))
            }
            FieldKind::Choices => json!(
                options.iter().chain([&plain]).take(text.len() % (options.len() + 2)).collect::<Vec<_>>()
            ),
            FieldKind::File if text.is_empty() => Value::Null,
            FieldKind::File => {
                let content = encoded(&self.secret(text));
                self.typed.push(content.clone());
                json!({ "name": plain + &accept, "size": content.len() / 4 * 3, "content": content })
            }
            _ => json!(plain),
        }
    }

    /// A row whose value is masked, where the field has such rows.
    fn masked_rows(&mut self, place: usize, text: &str) -> Value {
        let field = &self.kind.fields[place];
        let Some(column) = (0..field.columns.len()).find(|column| field.is_value_column(*column)) else {
            return json!([]);
        };
        let (name, value) = (field.columns[0].id.clone(), field.columns[column].id.clone());
        json!([{ name: text, value: { "masked": self.secret(text) } }])
    }

    fn rows(&self, place: usize) -> usize {
        self.drawn[&self.kind.fields[place].id]["value"].as_array().map_or(0, Vec::len)
    }

    /// The action of a move, if it can be made now.
    fn action(&mut self, made: &Move) -> Option<Value> {
        let count = self.kind.fields.len();
        let id = |bench: &Bench, place: usize| bench.kind.fields[place].id.clone();
        let listed: Vec<usize> =
            (0..count).filter(|place| self.kind.fields[*place].kind == FieldKind::Rows).collect();
        let rows_of = |pick: &Index| (!listed.is_empty()).then(|| listed[pick.index(listed.len())]);
        Some(match made {
            Move::Type(pick, column, text) => {
                let place = pick.index(count);
                if self.kind.fields[place].kind != FieldKind::Rows {
                    return Some(
                        json!({ "do": "set", "field": id(self, place), "value": self.value(place, None, text) }),
                    );
                }
                let column = column.index(self.kind.fields[place].columns.len());
                let row = self.rows(place).checked_sub(1)?;
                let name = self.kind.fields[place].columns[column].id.clone();
                // What is typed into a masked cell is a secret.
                let masked = self.drawn[&id(self, place)]["value"][row][&name]["masked"].is_string();
                let value =
                    if masked { json!(self.secret(text)) } else { self.value(place, Some(column), text) };
                json!({ "do": "set", "field": id(self, place), "row": row, "column": name, "value": value })
            }
            Move::Mask(pick, text) => {
                let place = rows_of(pick)?;
                let field = &self.kind.fields[place];
                let column = (0..field.columns.len()).find(|column| field.is_value_column(*column))?;
                let (name, row) = (field.columns[column].id.clone(), self.rows(place).checked_sub(1)?);
                json!({ "do": "set", "field": id(self, place), "row": row, "column": name, "value": { "masked": self.secret(text) } })
            }
            Move::Fill(all) => {
                let mut values = json!({});
                for (pick, text) in all {
                    let place = pick.index(count);
                    values[id(self, place)] = match text {
                        None => Value::Null,
                        Some(text) if self.kind.fields[place].kind == FieldKind::Rows => {
                            self.masked_rows(place, text)
                        }
                        Some(text) => self.value(place, None, text),
                    };
                }
                json!({ "do": "fill", "values": values })
            }
            Move::Undo => json!({ "do": "undo" }),
            Move::Turn(pick, on) => {
                let toggles: Vec<usize> =
                    (0..count).filter(|place| self.kind.fields[*place].kind == FieldKind::Toggle).collect();
                let place = *toggles.get(pick.index(toggles.len().max(1)))?;
                json!({ "do": "set", "field": id(self, place), "value": on })
            }
            Move::Leave(pick, column) => {
                let place = pick.index(count);
                match (self.kind.fields[place].columns.len(), self.rows(place)) {
                    (0, _) | (_, 0) => json!({ "do": "leave", "field": id(self, place) }),
                    (columns, rows) => {
                        let name = self.kind.fields[place].columns[column.index(columns)].id.clone();
                        json!({ "do": "leave", "field": id(self, place), "row": rows - 1, "column": name })
                    }
                }
            }
            Move::Add(pick) => json!({ "do": "add", "field": id(self, rows_of(pick)?) }),
            Move::Remove(pick, row) => {
                json!({ "do": "remove", "field": id(self, rows_of(pick)?), "row": row })
            }
            Move::Shift(pick, row, to) => {
                json!({ "do": "move", "field": id(self, rows_of(pick)?), "row": row, "to": to })
            }
            Move::Submit => json!({ "do": "submit" }),
            Move::Test => {
                self.entry.api.call(Operation::Test)?;
                json!({ "do": "test" })
            }
            Move::Answer(status, text) => {
                json!({ "do": "settle", "id": self.id, "reply": { "status": status, "type": "text/plain", "text": self.echo(text) } })
            }
            Move::Lose(why) => {
                json!({ "do": "settle", "id": self.id, "reply": { "lost": (["network", "timeout", "cancelled"][*why]) } })
            }
            Move::Follow => json!({ "do": "follow" }),
            Move::Reset => json!({ "do": "reset" }),
            Move::Settings(good) => json!({ "do": "settings", "settings": settings(&self.entry, *good) }),
        })
    }

    /// An answer of a server that repeats every secret that it was sent, in each place that a message may have.
    fn echo(&self, text: &str) -> String {
        let told = format!("{text} {}", self.sent.join(" and "));
        let (here, parts) = (self.kind.fields[0].id.as_str(), json!({ "success": false, "message": told }));
        let each = json!([{ "message": told, "path": here, "field": here }, { "message": told, "path": "elsewhere", "field": "elsewhere" }]);
        let mut body = json!({ "id": 1, "name": "saved", "deploymentResult": parts });
        for (name, value) in [
            ("message", json!(told)),
            ("error", json!(told)),
            ("error_description", json!(told)),
            ("errors", each.clone()),
            ("validation_errors", each),
        ] {
            body[name] = value;
        }
        body.to_string()
    }

    /// Makes a move and holds what a step promises.
    pub fn make(&mut self, made: &Move) -> Result<(), TestCaseError> {
        let Some(action) = self.action(made) else { return Ok(()) };
        // A row that is not there is refused by name, and changes nothing.
        let Ok(step) = self.form.step(&to_engine(&action)) else {
            prop_assert!(matches!(made, Move::Remove(..) | Move::Shift(..)), "refused: {action}");
            return Ok(());
        };
        for view in step.fields.iter().map(from_engine) {
            let before = self.drawn.get(view["field"].as_str().unwrap());
            prop_assert!(
                before.is_some_and(|before| *before != view),
                "drawn without a change: {view} after {action}"
            );
            self.draw(&view);
        }
        if let Some(test) = &step.test {
            self.holds_no_secret("a test", &serde_json::to_string(test).unwrap())?;
        }
        let saved = step.status.as_ref().map(from_engine);
        if let Some(status) = &saved {
            self.holds_no_secret("the status", &status.to_string())?;
            if self.bars_saved && status["state"] == "done" {
                self.barred.append(&mut self.sent);
            }
            if status["state"] == "done" {
                self.opened.clone_from(&self.drawn);
            }
        }
        for view in self.drawn.values() {
            self.holds_no_secret("a fault", &view["faults"].to_string())?;
        }
        if let Some(plan) = step.send {
            let sent = from_engine(&plan);
            self.id = sent["id"].as_u64().unwrap();
            let barred = self.barred.iter().find(|text| sent.to_string().contains(text.as_str()));
            prop_assert!(barred.is_none(), "{barred:?} is sent: {sent}");
            let led_away = self.guarded.iter().find(|(secret, to)| {
                sent.to_string().contains(secret.as_str()) && to.iter().any(|id| self.is_changed(id))
            });
            prop_assert!(led_away.is_none(), "{led_away:?} is sent elsewhere: {sent}");
            let text = sent["body"].to_string();
            self.sent = self.typed.iter().filter(|secret| text.contains(&quoted(secret))).cloned().collect();
        }
        Ok(())
    }

    /// Whether a field holds something else than when the secrets were stored; blanks at its ends are not sent.
    fn is_changed(&self, id: &str) -> bool {
        let told = |views: &HashMap<String, Value>| {
            let view = views.get(id)?;
            let value = match &view["value"] {
                Value::Null => json!(""),
                Value::String(text) => json!(text.trim().trim_end_matches('/')),
                other => other.clone(),
            };
            Some((view["shown"].clone(), value))
        };
        told(&self.opened) != told(&self.drawn)
    }

    pub fn holds_no_secret(&self, what: &str, text: &str) -> Result<(), TestCaseError> {
        let found = self.typed.iter().find(|secret| text.contains(&quoted(secret)));
        prop_assert!(!text.contains(CANARY) && found.is_none(), "{what} shows a secret: {text}");
        Ok(())
    }

    /// Whatever shows the form as a whole without being asked to reveal.
    pub fn shown(&self) -> String {
        let (plan, faults) = self.form.preview();
        let plan = plan.map(|plan| serde_json::to_string(&plan).unwrap() + &plan.curl()).unwrap_or_default();
        let faults: String = faults
            .iter()
            .map(|fault| format!("{fault:?} {}", serde_json::to_string(fault).unwrap()))
            .collect();
        plan + &faults + &self.form.values(false).to_text() + &self.form.draft().to_text()
    }
}

/// A text as it stands within JSON.
fn quoted(text: &str) -> String {
    let json = json!(text).to_string();
    json[1..json.len() - 1].to_owned()
}

/// A text in base64.
fn encoded(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..4)
            .map(|place| {
                if place <= chunk.len() {
                    LETTERS[(bits >> (18 - 6 * place)) as usize & 63] as char
                } else {
                    '='
                }
            })
            .collect::<String>()
    };
    text.as_bytes().chunks(3).map(letters).collect()
}

/// What an API asks of its host, as its own data says it; or settings that lead nowhere.
pub fn settings(entry: &RegistryEntry, good: bool) -> Value {
    if !good {
        return json!({ "base_url": "nowhere" });
    }
    let mut settings = json!({ "base_url": "https://api.example.com" });
    for setting in entry.api.settings.iter().filter(|setting| setting.required && setting.is.is_none()) {
        settings[&setting.name] = if setting.integer { json!(1) } else { json!("a") };
    }
    settings
}
