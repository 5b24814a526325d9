//! Bundles that were proved before: taken as they are while nobody changed them, and proved again once somebody did.

use jackfield::bundle::registry::{Registry, VERSION, prepared, stamp};
use jackfield::json::Json;
use serde_json::{Map, Value, json};

use crate::common::{from_engine, prepared_bundles, to_engine};

/// The first of them with its first types only, prepared anew.
fn small() -> Value {
    let mut bundle = prepared_bundles()[0].clone();
    bundle["types"].as_array_mut().unwrap().truncate(2);
    bundle["prepared"] = json!(stamp(&to_engine(&bundle)));
    bundle
}

/// The mistakes that adding a bundle finds, as sentences.
fn diagnostics(bundle: &Value) -> Vec<String> {
    match Registry::default().add(&to_engine(bundle)) {
        Ok(_) => Vec::new(),
        Err(error) => {
            error.diagnostics.iter().map(|mistake| format!("{} {mistake}", mistake.document)).collect()
        }
    }
}

/// Whether a bundle is taken without being proved.
fn is_taken(bundle: &Value) -> bool {
    bundle["prepared"] == stamp(&to_engine(bundle))
}

/// With the members of every object the other way round.
fn reversed(json: &Value) -> Value {
    match json {
        Value::Array(items) => items.iter().map(reversed).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().rev().map(|(name, value)| (name.clone(), reversed(value))).collect())
        }
        other => other.clone(),
    }
}

/// A field of the first type.
fn field(bundle: &mut Value) -> &mut Map<String, Value> {
    bundle.pointer_mut("/types/0/sections/0/fields/0").and_then(Value::as_object_mut).unwrap()
}

#[test]
fn an_untouched_bundle_is_taken_however_it_is_written() {
    for bundle in prepared_bundles() {
        let id = bundle["api"]["id"].as_str().unwrap();
        assert!(bundle["prepared"].as_str().unwrap().starts_with(&format!("{VERSION} ")));
        let text = bundle.to_string();
        for again in [
            text.clone(),
            format!("{bundle:#}"),
            format!("\n\t{} ", text.replace("\":", "\"\r\n:")),
            reversed(bundle).to_string(),
        ] {
            let read = Json::parse(&again).unwrap();
            assert!(bundle["prepared"] == stamp(&read), "{id}");
            assert_eq!(Registry::default().add(&read).ok().as_deref(), Some(id));
        }
    }
}

/// What a proof would find shows that there was none: the digest guards against accidents, and whoever writes it takes the proof upon himself.
#[test]
fn a_bundle_that_fits_its_digest_is_not_proved() {
    let mut bundle = small();
    field(&mut bundle).insert("labell".to_owned(), json!("x"));
    assert_eq!(diagnostics(&bundle).len(), 1);
    bundle["prepared"] = json!(stamp(&to_engine(&bundle)));
    assert_eq!(diagnostics(&bundle), [""; 0]);
}

#[test]
fn an_edited_bundle_is_proved_again() {
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut bundle = small();
        edit(&mut bundle);
        assert!(!is_taken(&bundle));
        diagnostics(&bundle)
    };
    let set = |name: &'static str, value: Value| {
        edited(&move |bundle| drop(field(bundle).insert(name.to_owned(), value.clone())))
    };
    // One label changed: nothing is wrong with another text, and much with a number.
    assert_eq!(set("label", json!("Another label")), [""; 0]);
    assert!(set("label", json!(7))[0].contains("/sections/0/fields/0/label: "));
    assert!(edited(&|bundle| drop(field(bundle).remove("label")))[0].contains("label"));
    // One member added, in a field, in the bundle and in the API.
    assert!(
        set("labell", json!("x"))[0]
            .ends_with("/sections/0/fields/0/labell: “labell” is unknown; did you mean “label”?")
    );
    assert!(edited(&|bundle| bundle["typos"] = json!([]))[0].contains("“typos” is unknown"));
    assert!(edited(&|bundle| bundle["api"]["titel"] = json!("x"))[0].contains("“titel” is unknown"));
    // The order of a list counts.
    assert_eq!(edited(&|bundle| bundle["types"].as_array_mut().unwrap().reverse()), [""; 0]);
    // One type twice, and a kind that there is none of.
    assert!(
        edited(&|bundle| bundle["types"][1] = bundle["types"][0].clone())[0]
            .contains("two types have this id")
    );
    assert!(set("kind", json!("txt"))[0].contains("did you mean “text”?"));
}

#[test]
fn what_is_no_stamp_of_this_version_is_none() {
    let bundle = small();
    let right = bundle["prepared"].as_str().unwrap();
    let digest = right.split(' ').nth(1).unwrap();
    assert_eq!(digest.len(), 16);
    for wrong in [
        // As bundles were marked before they had a digest.
        json!(VERSION),
        json!(format!("0.0.1 {digest}")),
        json!(digest),
        json!(format!("{VERSION} {}", digest.replace(char::is_numeric, "f"))),
        json!(format!("{right} ")),
        json!(true),
        json!([right]),
        Value::Null,
    ] {
        let mut bundle = bundle.clone();
        bundle["prepared"] = wrong.clone();
        assert_eq!(diagnostics(&bundle), [""; 0], "{wrong}");
        field(&mut bundle).insert("labell".to_owned(), json!("x"));
        assert_eq!(diagnostics(&bundle).len(), 1, "{wrong}");
    }
}

#[test]
fn each_value_counts() {
    let bundle = small();
    let mut places = Vec::new();
    crate::hostile::places(&bundle, "", &mut places);
    // The whole and the stamp itself do not.
    for place in places.iter().skip(1).step_by(3).filter(|place| *place != "/prepared") {
        let mut changed = bundle.clone();
        let value = changed.pointer_mut(place).unwrap();
        *value = if *value == json!(0) { json!(1) } else { json!(0) };
        assert!(!is_taken(&changed), "{place}");
    }
}

#[test]
fn what_was_proved_can_be_proved_again() {
    for bundle in prepared_bundles() {
        let again = prepared(&to_engine(bundle)).unwrap_or_else(|error| panic!("{error}"));
        assert!(from_engine(&again) == *bundle, "{}", bundle["api"]["id"]);
    }
}

/// The crate's own catalogues are taken without being proved; this is what a proof makes of them.
#[test]
fn the_shipped_catalogues_are_as_a_proof_leaves_them() {
    let shipped = Registry::shipped().unwrap();
    let bundles = prepared_bundles();
    assert_eq!(shipped.entries().len(), bundles.len());
    for (entry, bundle) in shipped.entries().iter().zip(bundles) {
        assert!(from_engine(&entry.json) == bundle["api"]);
        assert!(Json::List(entry.types().to_vec()) == to_engine(&bundle["types"]));
    }
}
