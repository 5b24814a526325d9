//! Nothing that a descriptor, a record or an answer says ends the engine: shipped types with words dropped, replaced and renamed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::common::{self, open};
use jackfield::bundle::prepare::prepare;
use jackfield::bundle::registry::{Registry, RegistryEntry, SHIPPED, stamp};
use jackfield::descriptor::api::OPERATIONS;
use jackfield::form::Form;
use jackfield::json::Json;
use serde_json::{Map, Value, json};

/// More of them are worth an hour when the engine has changed much: `JACKFIELD_CASES=100000 cargo test --release --test native hostile`.
const CASES: u64 = 100;

/// Numbers that look like chance and come again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())].clone()
    }
}

/// Words with values that are seldom seen together.
fn words() -> Vec<(&'static str, Value)> {
    let columns = json!([{ "id": "key", "kind": "text", "label": "K" }, { "id": "value", "kind": "text", "label": "V" }]);
    vec![
        ("at", Value::Null),
        ("at", json!([])),
        ("at", json!("")),
        ("at", json!("/a~1b/~0/")),
        ("at", json!(["/x", "/y"])),
        ("alias", json!(["/x"])),
        ("also", json!(["/a/b"])),
        ("as", json!("others")),
        ("as", json!("map")),
        ("as", json!("pairs")),
        ("as", json!("json")),
        ("kind", json!("rows")),
        ("kind", json!("text")),
        ("kind", json!("file")),
        ("columns", columns),
        ("columns", json!([])),
        ("switch", json!("value")),
        ("order", json!("/order")),
        ("prefix", json!("{host}.")),
        ("part", json!("p")),
        ("preset", json!([{}])),
        ("default", Value::Null),
        ("min_rows", json!(9)),
        ("required_keys", json!(["key"])),
        ("follows", json!("name")),
        ("infer", json!([{ "value": "x" }])),
        (
            "per",
            json!({ "test": { "columns": [{ "id": "key", "kind": "text", "label": "K" }] }, "update": null }),
        ),
        ("rules", json!([{ "exactly_one": ["a", "b"], "say": "x" }])),
        ("base", json!({ "a": { "b": 1 }, "": { "~": null } })),
        ("sent_to", json!(["host"])),
        ("stored", json!("/x")),
    ]
}

/// One type with those that it inherits from, as its file has it.
fn bundle(dice: &mut Dice) -> Value {
    let all: Value = serde_json::from_str(dice.pick(SHIPPED)).unwrap();
    let types = all["types"].as_array().unwrap();
    let mut taken = vec![dice.pick(types)];
    while let Some(parent) =
        taken.last().and_then(|last| types.iter().find(|one| Some(&one["id"]) == last.get("like")))
    {
        taken.push(parent.clone());
    }
    json!({ "api": all["api"], "types": taken })
}

/// Every place in a document, as a JSON Pointer.
pub fn places(json: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match json {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            places(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found)
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), found))
        }
        _ => {}
    }
}

fn mutate(json: &mut Value, dice: &mut Dice) {
    let mut all = Vec::new();
    places(json, "", &mut all);
    let (place, other) = (dice.pick(&all), dice.pick(&all));
    let other = json.pointer(&other).cloned().unwrap();
    let mut fields = all.clone();
    fields.retain(|place| json.pointer(place).is_some_and(|one| one.get("kind").is_some()));
    let field = if fields.is_empty() { place.clone() } else { dice.pick(&fields) };
    let (word, value) = dice.pick(&words());
    match dice.roll(8) {
        0..4 => drop(
            json.pointer_mut(&field)
                .and_then(Value::as_object_mut)
                .map(|field| field.insert(word.to_owned(), value)),
        ),
        4 => *json.pointer_mut(&place).unwrap() = other,
        5 => {
            *json.pointer_mut(&place).unwrap() =
                dice.pick(&[Value::Null, json!(true), json!(-1), json!(""), json!("/"), json!([]), json!({})])
        }
        6 => match json.pointer_mut(&place).unwrap() {
            Value::Object(members) => members.retain(|_, _| dice.roll(3) > 0),
            Value::Array(items) => items.retain(|_| dice.roll(3) > 0),
            _ => {}
        },
        _ => {
            if let Value::Object(members) = json.pointer_mut(&place).unwrap() {
                *members = std::mem::take(members)
                    .into_iter()
                    .map(
                        |(name, value)| {
                            if dice.roll(4) == 0 { (word.to_owned(), value) } else { (name, value) }
                        },
                    )
                    .collect();
            }
        }
    }
}

/// Values of every shape, whether the field takes them or not.
fn values() -> Vec<Value> {
    vec![
        json!("x"),
        json!(""),
        json!("~1/"),
        json!(5),
        json!(true),
        Value::Null,
        json!(["x"]),
        json!([{}]),
        json!([{ "key": "a", "value": "b" }, { "key": "", "value": "" }]),
        json!([{ "name": "a/b~c", "value": "b" }]),
        json!({ "keep": true }),
        json!({ "clear": true }),
        json!({ "name": "f.pem", "size": 3, "content": "QUJD" }),
    ]
}

fn step(form: &mut Form, action: Value) -> Option<Value> {
    let step = form.step(&common::to_engine(&action)).ok()?;
    Some(common::from_engine(&step))
}

/// Does everything that a page can do.
fn use_form(form: &mut Form, view: &Value, record: &Value, dice: &mut Dice) {
    let ids: Vec<Value> =
        view["fields"].as_array().unwrap().iter().map(|field| field["field"].clone()).collect();
    for _ in 0..ids.len().min(6) {
        let id = dice.pick(&ids);
        step(form, json!({ "do": "set", "field": id, "value": dice.pick(&values()) }));
        step(form, json!({ "do": "add", "field": id }));
        for column in ["key", "name", "value"] {
            step(
                form,
                json!({ "do": "set", "field": id, "row": dice.roll(2), "column": column, "value": dice.pick(&values()) }),
            );
            step(form, json!({ "do": "leave", "field": id, "row": dice.roll(2), "column": column }));
        }
        step(form, json!({ "do": "move", "field": id, "row": 0, "to": 1 }));
        step(form, json!({ "do": "remove", "field": id, "row": 0 }));
        step(form, json!({ "do": "leave", "field": id }));
    }
    form.preview().0.inspect(|plan| drop(plan.curl()));
    drop((form.request().map(|plan| plan.curl()), form.values(true), form.values(false), form.draft()));
    for act in ["test", "submit"] {
        let sent = step(form, json!({ "do": act })).unwrap_or_default();
        let answer = json!([record, { "success": true, "status": "SUCCESS", "result": record }, { "message": "x", "errors": [{ "path": "host", "message": "no" }] }, []]);
        let text = dice.pick(answer.as_array().unwrap()).to_string();
        let status = dice.pick(&[200, 201, 400]);
        step(
            form,
            json!({ "do": "settle", "id": sent["send"]["id"], "reply": { "status": status, "type": "application/json", "text": text } }),
        );
    }
    form.view();
    step(form, json!({ "do": "reset" }));
}

/// Opens one of the types of a bundle, for a new connection and for some other operation.
fn play(entry: &Rc<RegistryEntry>, dice: &mut Dice) {
    let mut settings = Map::from_iter([("base_url".to_owned(), json!("https://api.example.com"))]);
    entry.api.settings.iter().for_each(|setting| drop(settings.insert(setting.name.clone(), json!("1"))));
    let ids: Vec<String> =
        entry.types().iter().filter_map(|kind| Some(kind.get("id")?.as_str()?.to_owned())).collect();
    if ids.is_empty() {
        return;
    }
    let id = &dice.pick(&ids);
    for word in ["create", "update", dice.pick(OPERATIONS).0] {
        let fresh = json!({ "operation": word, "settings": settings });
        let Ok(mut form) = open(entry, id, &fresh) else { continue };
        let view = common::from_engine(&form.view());
        use_form(&mut form, &view, &json!({ "id": 1 }), dice);
        // What the form would send, a little changed, is a record too.
        let mut record =
            form.preview().0.and_then(|plan| plan.body).map_or(json!({}), |body| common::from_engine(&body));
        for _ in 0..dice.roll(3) {
            let mut all = Vec::new();
            places(&record, "", &mut all);
            *record.pointer_mut(&dice.pick(&all)).unwrap() = dice.pick(&values());
        }
        let mut opening = fresh.clone();
        opening["record"] = record.clone();
        if let Ok(mut form) = open(entry, id, &opening) {
            use_form(&mut form, &view, &record, dice);
        }
    }
}

#[test]
fn no_descriptor_ends_the_engine() {
    let mut accepted = 0;
    let cases = std::env::var("JACKFIELD_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(CASES);
    for case in 1..=cases {
        let mut dice = Dice(case.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut bundle = bundle(&mut dice);
        let done = catch_unwind(AssertUnwindSafe(|| {
            for _ in 0..=dice.roll(3) {
                mutate(&mut bundle["types"], &mut dice);
            }
            let (mut prepared, mistakes) = prepare(&common::to_engine(&bundle));
            // One that says of itself that it was proved is taken as it is.
            let stamp = stamp(&prepared);
            prepared.set_member("prepared", Json::text(stamp));
            let mut catalog = Registry::default();
            let id = catalog.add(&prepared).unwrap();
            play(&catalog.entry(&id).unwrap(), &mut dice);
            mistakes.is_empty()
        }));
        match done {
            Ok(whole) => accepted += u64::from(whole),
            Err(_) => panic!("case {case}: {bundle:#}"),
        }
    }
    assert!(accepted > cases / 10, "only {accepted} of {cases} were accepted");
}
