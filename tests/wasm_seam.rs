//! The seam in a real browser: every transcript plays through it, and what does not fit is an `Error`.
#![cfg(target_arch = "wasm32")]

mod player;

use jackfield::json::Json;
use jackfield::wasm::{Engine, Form};
use js_sys::{Array, Error, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Name and text of every transcript, and every bundle, put together by the build script.
const TRANSCRIPTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/transcripts.rs"));
const BUNDLES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/bundles.rs"));

struct Seam(Engine);

struct Door(Form);

impl player::Engine for Seam {
    fn open(&self, api: &str, kind: &str, opening: &Json) -> Result<Box<dyn player::Form>, String> {
        self.0.open(api, kind, js(opening)).map(|form| Box::new(Door(form)) as Box<dyn player::Form>).map_err(message)
    }
}

impl player::Form for Door {
    fn view(&mut self) -> Json {
        json(&self.0.view())
    }

    fn step(&mut self, action: &Json) -> Result<Json, String> {
        self.0.step(js(action)).map(|step| json(&step)).map_err(message)
    }
}

fn js(json: &Json) -> JsValue {
    JSON::parse(&json.to_text()).unwrap()
}

fn json(value: &JsValue) -> Json {
    Json::parse(&String::from(JSON::stringify(value).unwrap())).unwrap()
}

fn message(error: JsValue) -> String {
    error.dyn_into::<Error>().expect("what is thrown is an Error").message().into()
}

fn seam() -> Seam {
    let mut engine = Engine::new().unwrap();
    for bundle in BUNDLES {
        engine.add(JSON::parse(bundle).unwrap()).unwrap();
    }
    Seam(engine)
}

fn shipped(engine: &Engine) -> String {
    json(&engine.apis()).at("/0/id").and_then(Json::as_str).unwrap().to_owned()
}

#[wasm_bindgen_test]
fn every_transcript_plays_through_the_seam() {
    let seam = seam();
    assert!(TRANSCRIPTS.len() > 100);
    let wrong: Vec<String> =
        TRANSCRIPTS.iter().flat_map(|(name, text)| player::play(&seam, text).into_iter().map(move |line| format!("{name}: {line}"))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[wasm_bindgen_test]
fn what_a_caller_gets_wrong_is_an_error_that_names_it() {
    let seam = seam();
    let api = shipped(&seam.0);
    let open = |kind: &str, opening: &str| seam.0.open(&api, kind, JSON::parse(opening).unwrap()).map(|_| ()).map_err(message);
    let kind = json(&seam.0.types(&api).unwrap()).at("/0/id").and_then(Json::as_str).unwrap().to_owned();
    assert!(seam.0.types("nope").map_err(message).unwrap_err().contains("the API “nope” is unknown"));
    assert!(open("nope", "{}").unwrap_err().contains("the type “nope” is unknown"));
    assert!(open(&kind, r#"{"operation":"fly"}"#).unwrap_err().contains("“fly” is unknown"));
    assert!(open(&kind, r#"{"values":{"nmae":"x"}}"#).unwrap_err().contains("did you mean “name”?"));
    assert!(open(&kind, r#"{"values":{"name":[]}}"#).unwrap_err().contains("“name” has the wrong shape"));
    assert!(open(&kind, r#"{"settings":{"nope":1}}"#).unwrap_err().contains("the setting “nope” is unknown"));
    assert!(open(&kind, "7").unwrap_err().contains("this must be an object"));
    let mut form = seam.0.open(&api, &kind, Object::new().into()).unwrap_or_else(|error| panic!("{}", message(error)));
    let mut step = |action: &str| form.step(JSON::parse(action).unwrap()).map(|_| ()).map_err(message);
    assert!(step(r#"{"do":"fly"}"#).unwrap_err().contains("“fly” is unknown"));
    assert!(step(r#"{"do":"set","field":"nope","value":""}"#).unwrap_err().contains("“nope” is unknown"));
    assert!(step(r#"{"do":"set","field":"name","value":true}"#).unwrap_err().contains("wrong shape"));
    assert!(step("null").unwrap_err().contains("the action"));
}

#[wasm_bindgen_test]
fn hostile_arguments_are_refused_without_a_trap() {
    let seam = seam();
    let api = shipped(&seam.0);
    let kind = json(&seam.0.types(&api).unwrap()).at("/0/id").and_then(Json::as_str).unwrap().to_owned();
    let circle = Object::new();
    Reflect::set(&circle, &"circle".into(), &circle).unwrap();
    let thrower = js_sys::Function::new_no_args("return { get do() { throw 1 } }").call0(&JsValue::NULL).unwrap();
    let deep = JSON::parse(&("[".repeat(5000) + &"]".repeat(5000))).unwrap();
    for value in [
        circle.into(),
        thrower,
        deep,
        JsValue::from(js_sys::BigInt::from(1)),
        JsValue::symbol(None),
        js_sys::Function::new_no_args("").into(),
        JsValue::from(f64::NAN),
        Array::new().into(),
    ] {
        assert!(!message(seam.0.open(&api, &kind, value.clone()).map(|_| ()).unwrap_err()).is_empty());
        let mut form = seam.0.open(&api, &kind, JsValue::UNDEFINED.clone()).or_else(|_| seam.0.open(&api, &kind, Object::new().into())).ok().unwrap();
        assert!(!message(form.step(value).unwrap_err()).is_empty());
        assert!(form.step(js(&Json::parse(r#"{"do":"submit"}"#).unwrap())).is_ok(), "the engine lives on");
    }
    let polluted = JSON::parse(r#"{"values":{"__proto__":{"polluted":true}}}"#).unwrap();
    assert!(seam.0.open(&api, &kind, polluted).is_err());
    assert!(Reflect::get(&Object::new(), &"polluted".into()).unwrap().is_undefined());
}

#[wasm_bindgen_test]
fn a_bundle_with_mistakes_is_refused_with_all_of_them() {
    let mut engine = Engine::new().unwrap();
    let bundle = r#"{"api":{"id":"x","titel":"X"},"types":[{"id":"a","title":"A","sections":[{"title":"S","fields":[{"id":"f","kind":"txt","label":"F"}]}]}]}"#;
    let error = engine.add(JSON::parse(bundle).unwrap()).unwrap_err();
    let mistakes = json(&Reflect::get(&error, &"mistakes".into()).unwrap());
    let texts: Vec<&str> = mistakes.items().iter().filter_map(|mistake| mistake.get("text")?.as_str()).collect();
    assert!(texts.iter().any(|text| text.contains("“titel” is unknown; did you mean “title”?")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("“txt” is unknown; did you mean “text”?")), "{texts:?}");
    assert!(message(error).contains("have"));
}

#[wasm_bindgen_test]
fn a_request_without_a_form_is_planned_and_its_reply_read() {
    let seam = seam();
    let api = shipped(&seam.0);
    let words = json(&seam.0.apis());
    let mut settings = Json::map(vec![("base_url", Json::text("https://api.example/v1/"))]);
    for setting in words.at("/0/settings").unwrap().items() {
        settings.put(&["/", setting.get("id").and_then(Json::as_str).unwrap()].concat(), Json::Number(7.0));
    }
    let planned = json(&seam.0.request(&api, "list", js(&settings), JsValue::UNDEFINED).unwrap());
    assert_eq!(planned.at("/plan/method"), Some(&Json::text("GET")));
    assert!(planned.at("/plan/url").and_then(Json::as_str).unwrap().starts_with("https://api.example/v1/"));
    let faults = json(&seam.0.request(&api, "list", Object::new().into(), JsValue::UNDEFINED).unwrap());
    assert_eq!(faults.at("/faults/0/field"), Some(&Json::text("base_url")));
    let read = |reply: &str| json(&seam.0.read(&api, "list", JSON::parse(reply).unwrap()).unwrap());
    assert_eq!(read(r#"{"status":200,"type":"application/json","text":"[{\"id\":1,\"name\":\"A\"}]"}"#).at("/items/0/name"), Some(&Json::text("A")));
    assert_eq!(read(r#"{"status":200,"type":"text/html","text":"<p>"}"#).at("/code"), Some(&Json::text("unreadable")));
    assert_eq!(read(r#"{"lost":"timeout"}"#).at("/code"), Some(&Json::text("lost_timeout")));
    assert!(seam.0.read(&api, "list", JSON::parse(r#"{"lost":"stolen"}"#).unwrap()).is_err());
}
