//! The JavaScript boundary in a real browser: every transcript plays across it, and what does not fit is an error that says so.
#![cfg(target_arch = "wasm32")]

mod player;

use std::cell::RefCell;
use std::rc::Rc;

use jackfield::bundle::registry::{prepared, stamp};
use jackfield::js::engine::Engine;
use jackfield::json::Json;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Name and text of every transcript, and every bundle, put together by the build script.
const TRANSCRIPTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/transcripts.rs"));
const BUNDLES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/bundles.rs"));

/// The engine as a page has it: texts go in, objects come out, and on the page's side they are JavaScript's own JSON.
#[derive(Clone)]
struct Page(Rc<RefCell<Engine>>);

/// A form, by its number.
struct OpenForm(Page, Json);

impl Page {
    fn ask(&self, command: &Json) -> Result<Json, Json> {
        self.answer(&reprint(&command.to_text()))
    }

    fn answer(&self, text: &str) -> Result<Json, Json> {
        self.call(text).map(|value| json_of(&value)).map_err(|error| json_of(&error))
    }

    fn call(&self, text: &str) -> Result<JsValue, JsValue> {
        self.0.borrow_mut().call(text)
    }

    /// What is asked for, given as JSON text, or the sentence of the error.
    fn request(&self, command: &str) -> Result<Json, String> {
        self.answer(command).map_err(sentence)
    }
}

impl player::Engine for Page {
    fn open(&self, api: &str, kind: &str, opening: &Json) -> Result<Box<dyn player::Form>, String> {
        let asked = [
            ("do", Json::text("open")),
            ("api", Json::text(api)),
            ("type", Json::text(kind)),
            ("opening", opening.clone()),
        ];
        let form = self.ask(&Json::map(asked.to_vec())).map_err(sentence)?;
        Ok(Box::new(OpenForm(self.clone(), form)))
    }
}

impl player::Form for OpenForm {
    fn view(&mut self) -> Json {
        self.0.ask(&Json::map(vec![("do", Json::text("view")), ("form", self.1.clone())])).unwrap_or_default()
    }

    fn step(&mut self, action: &Json) -> Result<Json, String> {
        let asked =
            Json::map(vec![("do", Json::text("step")), ("form", self.1.clone()), ("action", action.clone())]);
        self.0.ask(&asked).map_err(sentence)
    }
}

/// A text as a page reads and writes it.
fn reprint(text: &str) -> String {
    JSON::stringify(&JSON::parse(text).expect("what crosses is JSON"))
        .expect("what was read can be written")
        .into()
}

fn json_of(value: &JsValue) -> Json {
    let text: String = JSON::stringify(value).expect("what crosses is plain").into();
    Json::parse(&text).expect("what a page writes is JSON")
}

fn sentence(error: Json) -> String {
    error.get("error").and_then(Json::as_str).expect("an error has a sentence").to_owned()
}

fn page() -> Page {
    let page = Page(Rc::new(RefCell::new(Engine::new())));
    for bundle in BUNDLES {
        let added = page.request(&format!(r#"{{"do":"add","bundle":{bundle}}}"#)).unwrap();
        assert!(added.as_str().is_some(), "test it with the feature `prepare`");
    }
    page
}

/// The first shipped API, and one of its types, as `"api":…,"type":…`.
fn known(page: &Page) -> (String, String) {
    let api = page.request(r#"{"do":"apis"}"#).unwrap().at("/0/id").unwrap().to_text();
    let kind =
        page.request(&format!(r#"{{"do":"types","api":{api}}}"#)).unwrap().at("/0/id").unwrap().to_text();
    (api, kind)
}

#[wasm_bindgen_test]
fn every_transcript_plays_across_the_boundary() {
    let page = page();
    assert!(TRANSCRIPTS.len() > 400);
    let wrong: Vec<String> = TRANSCRIPTS
        .iter()
        .flat_map(|(name, text)| {
            player::play(&page, text).into_iter().map(move |line| format!("{name}: {line}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[wasm_bindgen_test]
fn what_a_caller_gets_wrong_is_an_error_that_names_it() {
    let page = page();
    let (api, kind) = known(&page);
    let open = |kind: &str, opening: &str| {
        page.request(&format!(r#"{{"do":"open","api":{api},"type":{kind},"opening":{opening}}}"#))
    };
    for (asked, sentence) in [
        (page.request(r#"{"do":"types","api":"nope"}"#), "the API “nope” is unknown"),
        (open(r#""nope""#, "{}"), "the type “nope” is unknown"),
        (open(&kind, r#"{"operation":"fly"}"#), "“fly” is unknown"),
        (open(&kind, r#"{"values":{"nmae":"x"}}"#), "did you mean “name”?"),
        (open(&kind, r#"{"values":{"name":[]}}"#), "“name” has the wrong shape"),
        (open(&kind, r#"{"settings":{"nope":1}}"#), "the setting “nope” is unknown"),
        (open(&kind, r#"{"secrets":"ehco"}"#), "did you mean “echo”?"),
        (open(&kind, "7"), "this must be an object"),
    ] {
        assert!(asked.clone().is_err_and(|error| error.contains(sentence)), "{sentence}: {asked:?}");
    }
    let form = open(&kind, "{}").unwrap().to_text();
    for (action, sentence) in [
        (r#"{"do":"fly"}"#, "“fly” is unknown"),
        (r#"{"do":"set","field":"nope","value":""}"#, "“nope” is unknown"),
        (r#"{"do":"set","field":"name","value":true}"#, "wrong shape"),
        ("null", "the action"),
    ] {
        let step = page.request(&format!(r#"{{"do":"step","form":{form},"action":{action}}}"#));
        assert!(step.clone().is_err_and(|error| error.contains(sentence)), "{action}: {step:?}");
    }
}

#[wasm_bindgen_test]
fn hostile_texts_are_refused_without_a_trap() {
    let page = page();
    let (api, kind) = known(&page);
    let form = page
        .request(&format!(r#"{{"do":"open","api":{api},"type":{kind},"opening":{{}}}}"#))
        .unwrap()
        .to_text();
    let deep = "[".repeat(5000) + &"]".repeat(5000);
    for text in [
        "",
        "null",
        "7",
        "[]",
        "{",
        "\u{0}",
        &deep,
        r#"{"do":7}"#,
        r#"{"do":"fly"}"#,
        r#"{"do":"step","form":99,"action":{"do":"submit"}}"#,
        r#"{"do":"step","form":1e300,"action":{"do":"submit"}}"#,
        r#"{"do":"step","form":"0","action":{"do":"submit"}}"#,
        r#"{"do":"step","action":{"do":"submit"}}"#,
        &format!(r#"{{"do":"open","api":{api},"type":{kind},"opening":{deep}}}"#),
        &format!(
            r#"{{"do":"open","api":{api},"type":{kind},"opening":{{"values":{{"__proto__":{{"polluted":true}}}}}}}}"#
        ),
        &format!(r#"{{"do":"step","form":{form},"action":{deep}}}"#),
    ] {
        let answer = page.answer(text);
        assert!(answer.is_err_and(|error| !sentence(error).is_empty()), "{text:.80}");
        assert!(
            page.request(&format!(r#"{{"do":"step","form":{form},"action":{{"do":"submit"}}}}"#)).is_ok(),
            "the engine lives on after {text:.80}"
        );
    }
}

#[wasm_bindgen_test]
fn a_form_that_is_freed_is_gone_and_leaves_the_others() {
    let page = page();
    let (api, kind) = known(&page);
    let open = || {
        page.request(&format!(
            r#"{{"do":"open","api":{api},"type":{kind},"opening":{{"values":{{"name":"x"}}}}}}"#
        ))
        .unwrap()
        .to_text()
    };
    let ask = |command: &str, form: &str| page.request(&format!(r#"{{"do":"{command}","form":{form}}}"#));
    let (one, two) = (open(), open());
    assert_ne!(one, two);
    assert_eq!(ask("free", &one), Ok(Json::Null));
    for command in ["view", "preview", "free"] {
        assert_eq!(ask(command, &one), Err("there is no such form".to_owned()), "{command}");
    }
    assert!(ask("view", &two).is_ok());
    let again = open();
    assert!(again != two && ask("view", &again).is_ok());
}

#[wasm_bindgen_test]
fn a_bundle_with_mistakes_is_refused_with_all_of_them() {
    let bundle = r#"{"api":{"id":"x","titel":"X"},"types":[{"id":"a","title":"A","sections":[{"title":"S","fields":[{"id":"f","kind":"txt","label":"F"}]}]}]}"#;
    let error = page().answer(&format!(r#"{{"do":"add","bundle":{bundle}}}"#)).unwrap_err();
    let texts: Vec<&str> = error
        .get("mistakes")
        .unwrap()
        .items()
        .iter()
        .filter_map(|mistake| mistake.get("text")?.as_str())
        .collect();
    assert!(texts.iter().any(|text| text.contains("“titel” is unknown; did you mean “title”?")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("“txt” is unknown; did you mean “text”?")), "{texts:?}");
    assert!(sentence(error.clone()).contains("have"));
}

#[wasm_bindgen_test]
fn a_prepared_bundle_is_taken_until_somebody_edits_it() {
    let page = page();
    let add =
        |bundle: &Json| page.ask(&Json::map(vec![("do", Json::text("add")), ("bundle", bundle.clone())]));
    let mut bundle = prepared(&Json::parse(BUNDLES[0]).unwrap()).ok().unwrap();
    let id = bundle.at("/api/id").cloned().unwrap();
    assert_eq!(add(&bundle), Ok(id.clone()));
    let strange = Json::parse(r#"{"b":0.1,"2":1e21,"1":"\u2028"}"#).unwrap();
    bundle.at_mut("/types/0/sections/0/fields/0").unwrap().set_member("labell", strange);
    let error = add(&bundle).unwrap_err();
    assert_eq!(error.get("mistakes").unwrap().items().len(), 1);
    assert!(error.at("/mistakes/0/text").and_then(Json::as_str).unwrap().contains("did you mean “label”?"));
    // It is not proved again where the digest fits, though a page's JSON orders members and writes numbers in its own way.
    let fitting = Json::Text(stamp(&bundle));
    bundle.set_member("prepared", fitting);
    assert_eq!(add(&bundle), Ok(id));
}

#[wasm_bindgen_test]
fn a_request_without_a_form_is_planned_and_its_reply_read() {
    let page = page();
    let apis = page.request(r#"{"do":"apis"}"#).unwrap();
    for words in apis.items() {
        let api = words.get("id").unwrap().to_text();
        let kind =
            page.request(&format!(r#"{{"do":"types","api":{api}}}"#)).unwrap().at("/0/id").unwrap().to_text();
        let mut settings = Json::map(vec![("base_url", Json::text("https://api.example/v1/"))]);
        for setting in words
            .get("settings")
            .map(Json::items)
            .unwrap_or_default()
            .iter()
            .filter(|setting| setting.get("is").is_none())
        {
            settings
                .put(&["/", setting.get("id").and_then(Json::as_str).unwrap()].concat(), Json::Number(7.0));
        }
        let request = |settings: &str| {
            page.request(&format!(
                r#"{{"do":"request","api":{api},"operation":"list","settings":{settings},"type":{kind}}}"#
            ))
            .unwrap()
        };
        let planned = request(&settings.to_text());
        assert_eq!(planned.at("/plan/method"), Some(&Json::text("GET")), "{api}");
        assert!(
            planned.at("/plan/url").and_then(Json::as_str).unwrap().starts_with("https://api.example/v1/")
        );
        assert_eq!(request("{}").at("/faults/0/field"), Some(&Json::text("base_url")));
        let read = |reply: &str| {
            page.request(&format!(r#"{{"do":"read","api":{api},"operation":"list","reply":{reply}}}"#))
        };
        assert_eq!(
            read(r#"{"status":200,"type":"text/html","text":"<p>"}"#).unwrap().at("/code"),
            Some(&Json::text("unreadable"))
        );
        assert_eq!(
            read(r#"{"status":401,"type":"text/html","text":"<p>"}"#).unwrap().at("/code"),
            Some(&Json::text("unauthorized"))
        );
        assert_eq!(read(r#"{"lost":"timeout"}"#).unwrap().at("/code"), Some(&Json::text("lost_timeout")));
        assert!(read(r#"{"lost":"stolen"}"#).is_err());
    }
}

/// What a draft answers is what was typed, so any JSON can be sent across with it.
#[wasm_bindgen_test]
fn what_comes_out_is_what_json_parse_would_make() {
    let page = page();
    let (api, kind) = known(&page);
    let describe = |text: &str| {
        let bundle = format!(
            r#"{{"api":{{"id":"x","title":"X","operations":{{}}}},"types":[{{"id":"t","title":"T","base":{text},"sections":[]}}]}}"#
        );
        let added = page.request(&format!(r#"{{"do":"add","bundle":{bundle}}}"#));
        assert_eq!(added, Ok(Json::text("x")));
        let described = page.call(r#"{"do":"describe","api":"x","type":"t"}"#).unwrap();
        Reflect::get(&described, &"base".into()).unwrap()
    };
    for text in [
        "{}",
        r#"{"a":null,"b":[true,false,[],{}],"c":"é😀\u0000\"","d":-0.5,"e":1e21,"f":5e-324}"#,
        r#"{"2":1,"1":2,"a":{"b":{"c":1}}}"#,
        // As JavaScript reads them, rounded.
        r#"{"n":9007199254740993,"m":-12345678901234567890}"#,
    ] {
        let wanted: String = JSON::stringify(&JSON::parse(text).unwrap()).unwrap().into();
        let got: String = JSON::stringify(&describe(text)).unwrap().into();
        assert_eq!(got, wanted);
    }
    let guarded = describe(r#"{"__proto__":{"polluted":true},"a":1}"#);
    assert_eq!(Reflect::get(&guarded, &"polluted".into()), Ok(JsValue::UNDEFINED));
    assert_eq!(Object::keys(guarded.unchecked_ref::<Object>()).length(), 1);
    let form = page.request(&format!(r#"{{"do":"open","api":{api},"type":{kind},"opening":{{}}}}"#)).unwrap();
    let freed = page.call(&format!(r#"{{"do":"free","form":{}}}"#, form.to_text()));
    assert_eq!(freed, Ok(JsValue::NULL));
}
