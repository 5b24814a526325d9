//! What holds for every sequence of actions on every shipped type.

mod common;

use std::collections::HashMap;
use std::process::Command;

use common::{every_type, from_engine, open, to_engine};
use jackfield::descriptor::{Field, Kind, Operation, Type};
use jackfield::form::Form;
use jackfield::json::Json;
use jackfield::written::MASK;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use serde_json::{Value, json};

/// What is typed into secrets, so that a leak can be found.
const CANARY: &str = "c4n4ry";

fn config() -> Config {
    Config { cases: 256, failure_persistence: None, rng_algorithm: RngAlgorithm::ChaCha, rng_seed: RngSeed::Fixed(7), ..Config::default() }
}

/// Something that a user, a host or a server does; places are chosen once the form is known.
#[derive(Clone, Debug)]
enum Move {
    Type(Index, Index, String),
    Turn(Index, bool),
    Leave(Index, Index),
    Add(Index),
    Remove(Index, usize),
    Shift(Index, usize, usize),
    Submit,
    Answer(u16, String),
    Lose(usize),
    Follow,
    Reset,
    Settings(bool),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let place = any::<Index>;
    let text = prop_oneof![
        4 => "[ -~]{0,12}",
        2 => any::<String>(),
        2 => "[0-9]{1,6}",
        1 => Just("postgres://u:p@host/db".to_owned()),
        1 => Just("https://example.com".to_owned()),
        1 => Just("{\"a\":1}".to_owned()),
    ];
    let one = prop_oneof![
        12 => (place(), place(), text.clone()).prop_map(|(field, column, text)| Move::Type(field, column, text)),
        4 => (place(), any::<bool>()).prop_map(|(field, on)| Move::Turn(field, on)),
        3 => (place(), place()).prop_map(|(field, column)| Move::Leave(field, column)),
        3 => place().prop_map(Move::Add),
        1 => (place(), 0..3usize).prop_map(|(field, row)| Move::Remove(field, row)),
        1 => (place(), 0..3usize, 0..3usize).prop_map(|(field, row, to)| Move::Shift(field, row, to)),
        3 => Just(Move::Submit),
        2 => (100..600u16, text).prop_map(|(status, text)| Move::Answer(status, text)),
        1 => (0..3usize).prop_map(Move::Lose),
        1 => Just(Move::Follow),
        1 => Just(Move::Reset),
        1 => any::<bool>().prop_map(Move::Settings),
    ];
    proptest::collection::vec(one, 0..24)
}

/// A form with everything that the promises are about.
struct Bench {
    form: Form,
    kind: Type,
    drawn: HashMap<String, Value>,
    /// The last request that was sent.
    id: u64,
    /// How many secrets were typed, and those that were sent last.
    typed: usize,
    sent: Vec<String>,
}

impl Bench {
    fn new(pick: Index) -> Bench {
        let types = every_type();
        let (entry, id) = &types[pick.index(types.len())];
        let opening = json!({ "settings": settings(true) });
        let form = open(entry, id, &opening).ok().unwrap();
        let mut bench = Bench { form, kind: entry.kind(id, Operation::Create).unwrap(), drawn: HashMap::new(), id: 0, typed: 0, sent: Vec::new() };
        for view in bench.form.view().fields {
            bench.draw(&from_engine(&view));
        }
        bench
    }

    fn draw(&mut self, view: &Value) {
        self.drawn.insert(view["field"].as_str().unwrap().to_owned(), view.clone());
    }

    /// A secret is long and not repeated, so that it is not found by accident.
    fn secret(&mut self, text: &str) -> String {
        self.typed += 1;
        format!("{CANARY}{}{text}", self.typed)
    }

    /// A value of the right shape for a field, made of a text.
    fn value(&mut self, place: usize, column: Option<usize>, text: &str) -> Value {
        let field = &self.kind.fields[place];
        let field: &Field = column.map_or(field, |column| &field.columns[column]);
        let (secret, kind, options) = (field.secret, field.kind, field.options.clone());
        let plain = text.to_owned();
        match kind {
            _ if secret && !text.is_empty() => json!(self.secret(text)),
            Kind::Toggle => json!(text.len().is_multiple_of(2)),
            Kind::Choice => json!(options.get(text.len() % (options.len() + 1)).cloned().unwrap_or(plain)),
            Kind::File => json!({ "name": plain, "size": plain.len(), "content": "" }),
            _ => json!(plain),
        }
    }

    fn rows(&self, place: usize) -> usize {
        self.drawn[&self.kind.fields[place].id]["value"].as_array().map_or(0, Vec::len)
    }

    /// The action of a move, if it can be made now.
    fn action(&mut self, made: &Move) -> Option<Value> {
        let count = self.kind.fields.len();
        let id = |bench: &Bench, place: usize| bench.kind.fields[place].id.clone();
        let listed: Vec<usize> = (0..count).filter(|place| self.kind.fields[*place].kind == Kind::Rows).collect();
        let rows_of = |pick: &Index| (!listed.is_empty()).then(|| listed[pick.index(listed.len())]);
        Some(match made {
            Move::Type(pick, column, text) => {
                let place = pick.index(count);
                if self.kind.fields[place].kind != Kind::Rows {
                    return Some(json!({ "do": "set", "field": id(self, place), "value": self.value(place, None, text) }));
                }
                let column = column.index(self.kind.fields[place].columns.len());
                let row = self.rows(place).checked_sub(1)?;
                let name = self.kind.fields[place].columns[column].id.clone();
                json!({ "do": "set", "field": id(self, place), "row": row, "column": name, "value": self.value(place, Some(column), text) })
            }
            Move::Turn(pick, on) => {
                let toggles: Vec<usize> = (0..count).filter(|place| self.kind.fields[*place].kind == Kind::Toggle).collect();
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
            Move::Remove(pick, row) => json!({ "do": "remove", "field": id(self, rows_of(pick)?), "row": row }),
            Move::Shift(pick, row, to) => json!({ "do": "move", "field": id(self, rows_of(pick)?), "row": row, "to": to }),
            Move::Submit => json!({ "do": "submit" }),
            Move::Answer(status, text) => {
                json!({ "do": "settle", "id": self.id, "reply": { "status": status, "type": "text/plain", "text": self.echo(text) } })
            }
            Move::Lose(why) => json!({ "do": "settle", "id": self.id, "reply": { "lost": (["network", "timeout", "cancelled"][*why]) } }),
            Move::Follow => json!({ "do": "follow" }),
            Move::Reset => json!({ "do": "reset" }),
            Move::Settings(good) => json!({ "do": "settings", "settings": settings(*good) }),
        })
    }

    /// An answer of a server that repeats every secret that it was sent, in each place that a message may have.
    fn echo(&self, text: &str) -> String {
        let told = format!("{text} {}", self.sent.join(" and "));
        let each = json!([{ "message": told, "path": self.kind.fields[0].id }, { "message": told, "path": "elsewhere" }]);
        json!({ "message": told, "error": told, "errors": each, "id": 1, "name": "saved" }).to_string()
    }

    /// Makes a move and holds what a step promises.
    fn make(&mut self, made: &Move) -> Result<(), TestCaseError> {
        let Some(action) = self.action(made) else { return Ok(()) };
        // A row that is not there is refused by name, and changes nothing.
        let Ok(step) = self.form.step(&to_engine(&action)) else {
            prop_assert!(matches!(made, Move::Remove(..) | Move::Shift(..)), "refused: {action}");
            return Ok(());
        };
        for view in step.fields.iter().map(from_engine) {
            let before = self.drawn.get(view["field"].as_str().unwrap());
            prop_assert!(before.is_some_and(|before| *before != view), "drawn without a change: {view} after {action}");
            self.draw(&view);
        }
        let saved = step.status.as_ref().map(from_engine);
        if let Some(status) = &saved {
            self.holds_no_secret("the status", &status.to_string())?;
        }
        for view in self.drawn.values() {
            self.holds_no_secret("a fault", &view["faults"].to_string())?;
        }
        if let Some(plan) = step.send {
            let sent = from_engine(&plan.to_json());
            self.id = sent["id"].as_u64().unwrap();
            prop_assert!(!sent.to_string().contains(MASK), "a mask is sent: {sent}");
            self.sent.clear();
            secrets_in(&sent["body"], &mut self.sent);
        }
        Ok(())
    }

    fn holds_no_secret(&self, what: &str, text: &str) -> Result<(), TestCaseError> {
        prop_assert!(!text.contains(CANARY), "{what} shows a secret: {text}");
        Ok(())
    }

    /// Whatever shows the form as a whole without being asked to reveal.
    fn shown(&self) -> String {
        let (plan, faults) = self.form.preview();
        let plan = plan.map(|plan| plan.to_json().to_text() + &plan.curl()).unwrap_or_default();
        let faults: String = faults.iter().map(|fault| format!("{fault:?} {}", fault.to_json().to_text())).collect();
        plan + &faults + &self.form.values(false).to_text()
    }
}

/// The texts of a body that hold a secret.
fn secrets_in(json: &Value, found: &mut Vec<String>) {
    match json {
        Value::String(text) if text.contains(CANARY) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| secrets_in(item, found)),
        Value::Object(members) => members.values().for_each(|value| secrets_in(value, found)),
        _ => {}
    }
}

fn settings(good: bool) -> Value {
    if good { json!({ "base_url": "https://api.example.com", "team_id": 1 }) } else { json!({ "base_url": "nowhere" }) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_sequence_of_actions_breaks_a_promise(pick in any::<Index>(), made in moves()) {
        let mut bench = Bench::new(pick);
        for one in &made {
            bench.make(one)?;
            bench.holds_no_secret("what is shown", &bench.shown())?;
        }
        // All that was drawn step by step is what a fresh drawing shows.
        let fresh: HashMap<String, Value> =
            bench.form.view().fields.iter().map(from_engine).map(|view| (view["field"].as_str().unwrap().to_owned(), view)).collect();
        prop_assert_eq!(fresh, bench.drawn);
    }

    #[test]
    fn a_reset_form_is_as_it_was_opened(pick in any::<Index>(), made in moves()) {
        let mut bench = Bench::new(pick);
        let opened = from_engine(&bench.form.values(true));
        let drawn = bench.drawn.clone();
        // A saved form is another one: it forgets its secrets.
        for one in made.iter().filter(|one| !matches!(one, Move::Answer(..) | Move::Settings(_))) {
            bench.make(one)?;
        }
        bench.make(&Move::Reset)?;
        prop_assert_eq!(from_engine(&bench.form.values(true)), opened);
        prop_assert_eq!(bench.drawn, drawn);
    }

    #[test]
    fn json_is_written_as_it_was_read(text in any::<String>(), number in any::<i32>(), real in -1e9..1e9f64) {
        let value = json!({ text.clone(): [text, number, real, null, true, { "deep": [] }] });
        prop_assert_eq!(from_engine(&to_engine(&value)), value);
    }

    #[test]
    fn text_that_is_no_json_does_not_end_the_parser(text in any::<String>(), cut in any::<Index>()) {
        prop_assert_eq!(Json::parse(&text).is_some(), serde_json::from_str::<Value>(&text).is_ok());
        let whole = json!({ "a": [text, 1.5e3, { "b": null }] }).to_string();
        let end = (0..=cut.index(whole.len())).rev().find(|end| whole.is_char_boundary(*end)).unwrap_or(0);
        prop_assert!(Json::parse(&whole[..end]).is_none());
    }
}

/// What a shell would give to cURL: each argument as a line of JSON, by a function of that name.
fn arguments(command: &str) -> Vec<String> {
    let script = format!("curl() {{ for word in \"$@\"; do printf '%s\\0' \"$word\"; done; }}\n{command}\n");
    let out = Command::new("sh").arg("-c").arg(script).env("TOKEN", "t0ken").output().unwrap();
    assert!(out.status.success() && out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

/// The arguments of the cURL command of a request whose password is this text, and the body that is sent.
fn curl_with(password: &str) -> (Vec<String>, Value) {
    let types = every_type();
    let (entry, kind) = types.iter().find(|(entry, kind)| entry.kind(kind, Operation::Create).unwrap().position("password").is_some()).unwrap();
    let values = json!({ "name": "Shop", "host": "h", "username": "u", "password": password, "dbName": "d", "mode": "form" });
    let known = entry.kind(kind, Operation::Create).unwrap();
    let values: Value =
        values.as_object().unwrap().iter().filter(|(id, _)| known.position(id).is_some()).map(|(id, value)| (id.clone(), value.clone())).collect();
    let form = open(entry, kind, &json!({ "settings": settings(true), "values": values })).ok().unwrap();
    let plan = form.request().ok().unwrap();
    (arguments(&plan.curl()), from_engine(&plan.body.unwrap()))
}

fn check_curl(password: &str) {
    let (words, body) = curl_with(password);
    let data = words.iter().position(|word| word == "--data-raw").unwrap();
    assert_eq!(serde_json::from_str::<Value>(&words[data + 1]).unwrap(), body);
    assert_eq!(body["password"], password);
    assert!(words.contains(&"authorization: Bearer t0ken".to_owned()));
    assert_eq!(words.len(), data + 2);
}

proptest! {
    // Each case starts a shell.
    #![proptest_config(Config { cases: 64, ..config() })]

    #[test]
    fn a_shell_gives_curl_the_very_body(password in "[ -~\n\té]{1,24}") {
        check_curl(&password);
    }
}

#[test]
fn a_shell_changes_nothing_in_a_password_made_to_be_changed() {
    for password in [
        "'",
        "''\"\"",
        "$HOME",
        "$(id)",
        "`id`",
        "\\",
        "\\'",
        "a\nb",
        "a\\\nb",
        "!!",
        "%s\\n",
        "'; exit 1; '",
        "*",
        "~",
        "#",
        "é•",
        "\"$TOKEN\"",
        "-d @/etc/passwd",
    ] {
        check_curl(password);
    }
}
