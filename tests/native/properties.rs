//! What holds for every sequence of actions on every shipped type.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use crate::bench::{Bench, Move, moves, settings};
use crate::common::{every_type, files, from_engine, json, open, to_engine};
use jackfield::bundle::registry::RegistryEntry;
use jackfield::descriptor::api::{Operation, STORED_SECRET_POLICIES, StoredSecretPolicy};
use jackfield::json::Json;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use serde_json::{Value, json};

fn config() -> Config {
    Config {
        cases: 256,
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(7),
        ..Config::default()
    }
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

thread_local! {
    /// Read once for all cases.
    static RECORDS: Vec<(Rc<RegistryEntry>, String, Value)> = records();
}

/// The documented bodies of every API that has updates, with the id of the type that each is of.
fn records() -> Vec<(Rc<RegistryEntry>, String, Value)> {
    let mut found: Vec<(Rc<RegistryEntry>, String, Value)> = Vec::new();
    for (entry, _) in every_type() {
        let known = found.iter().any(|(other, ..)| other.api.id == entry.api.id);
        if known || entry.api.call(Operation::Update).is_none() {
            continue;
        }
        let folder = format!("tests/data/{}", entry.api.id);
        let bodies = format!("{folder}/bodies");
        // Recorded answers name their type; documented bodies stand beside it.
        let recorded = !Path::new(&bodies).is_dir();
        for path in files(&if recorded { format!("{folder}/records") } else { bodies }, ".json") {
            let told = json(&path);
            let named = if recorded { entry.identify(&to_engine(&told)).ok() } else { told["type"].as_str() };
            // An answer without a type is no connection.
            let Some(kind) = named.map(str::to_owned) else { continue };
            let body = if recorded { told } else { told["body"].clone() };
            found.push((Rc::clone(&entry), kind, body));
        }
    }
    found
}

/// What an answer may show of a stored secret, made of a number; masks are noted.
fn disguised(number: u8, place: usize, secrets: &mut Vec<String>, masks: &mut Vec<String>) -> Value {
    match number % 5 {
        0 => Value::Null,
        1 => {
            masks.push("********".to_owned());
            json!("********")
        }
        2 => {
            masks.push("••••••".to_owned());
            json!("••••••")
        }
        _ => {
            secrets.push(format!("st0red{place}"));
            json!(format!("st0red{place}"))
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_stored_secret_goes_only_where_the_host_wants_it(pick in any::<Index>(), policy in any::<Index>(), numbers in any::<[u8; 8]>(), made in moves()) {
        let (entry, id, mut record) = RECORDS.with(|records| records[pick.index(records.len())].clone());
        let (word, keep) = STORED_SECRET_POLICIES[policy.index(STORED_SECRET_POLICIES.len())];
        let (mut secrets, mut masks) = (Vec::new(), Vec::new());
        let kind = entry.connection_type(&id, Operation::Update).unwrap();
        let mut next = 0;
        let mut guarded = Vec::new();
        for field in kind.fields.iter().filter(|field| field.is_confidential() || field.columns.iter().any(|column| column.secret)) {
            // A file of a request of its own is in no record.
            let Some(place) = field.write_pointers(Some(&to_engine(&record))).first().cloned() else { continue };
            match record.pointer_mut(&place) {
                Some(Value::Array(rows)) => {
                    for row in rows {
                        for column in field.columns.iter().filter(|column| column.secret) {
                            row[&column.id] = disguised(numbers[next % 8], next, &mut secrets, &mut masks);
                            guarded.push((format!("st0red{next}"), field.sent_to.clone()));
                            next += 1;
                        }
                    }
                }
                Some(held) => {
                    *held = disguised(numbers[next % 8], next, &mut secrets, &mut masks);
                    guarded.push((format!("st0red{next}"), field.sent_to.clone()));
                    next += 1;
                }
                None => {}
            }
        }
        let opening = json!({ "operation": "update", "settings": settings(&entry, true), "secrets": word, "record": record });
        let mut bench = Bench::open(&entry, &id, Operation::Update, opening);
        bench.barred.extend(masks);
        bench.guarded = guarded;
        if keep != StoredSecretPolicy::Echo {
            bench.barred.extend(secrets.clone());
        }
        bench.bars_saved = keep != StoredSecretPolicy::Echo;
        for one in made.iter().chain([&Move::Settings(true), &Move::Submit]) {
            bench.make(one)?;
            let shown = bench.shown() + &format!("{:?}", bench.drawn);
            prop_assert!(secrets.iter().all(|secret| !shown.contains(secret.as_str())), "a stored secret is shown: {shown}");
        }
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
    let values = json!({ "name": "Shop", "host": "h", "username": "u", "password": password, "dbName": "d", "mode": "form", "auth": true });
    let request = |(entry, kind): &(Rc<RegistryEntry>, String)| {
        let known = entry.connection_type(kind, Operation::Create).unwrap();
        let mine = values.as_object().unwrap().iter().filter(|(id, _)| known.position(id).is_some());
        let values: Value = mine.map(|(id, value)| (id.clone(), value.clone())).collect();
        let plan = open(entry, kind, &json!({ "settings": settings(entry, true), "values": values }))
            .ok()?
            .request()
            .ok()?;
        let body = from_engine(plan.body.as_ref()?);
        (body["password"] == password).then(|| (arguments(&plan.curl()), body))
    };
    every_type().iter().find_map(request).unwrap()
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
