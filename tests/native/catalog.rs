//! The shipped descriptors, as every descriptor, are proved consistent before use.
use jackfield::bundle::prepare::diagnostics;
use jackfield::bundle::registry::{Registry, SHIPPED};
use jackfield::json::Json;

#[test]
fn the_shipped_catalogues_have_no_mistake() {
    for text in SHIPPED {
        let found = diagnostics(&Json::parse(text).unwrap());
        assert!(
            found.is_empty(),
            "{}",
            found.iter().map(|mistake| format!("{} {mistake}\n", mistake.document)).collect::<String>()
        );
    }
    assert!(!Registry::shipped().unwrap().entries().is_empty());
}

/// What a string says of TLS is not left to the user to say once more.
#[test]
fn a_string_sets_the_tls_fields_of_its_type() {
    let catalog = Registry::shipped().unwrap();
    let mut types = 0;
    for kind in catalog.entries().iter().flat_map(|entry| entry.types()) {
        let strings = kind.get("strings").map(Json::items).unwrap_or_default();
        let fields: Vec<&Json> = kind
            .get("sections")
            .map(Json::items)
            .unwrap_or_default()
            .iter()
            .flat_map(|section| section.get("fields").map(Json::items).unwrap_or_default())
            .collect();
        let id = |json: &Json| json.get("id").and_then(Json::as_str).unwrap_or_default().to_owned();
        let switch = fields.iter().find(|field| {
            field.get("kind") == Some(&Json::text("toggle"))
                && field.get("label").and_then(Json::as_str).is_some_and(|label| label.contains("TLS"))
        });
        let (Some(switch), [_, ..]) = (switch, strings) else { continue };
        let sets = strings
            .iter()
            .flat_map(|one| one.get("sets").map(Json::members).unwrap_or_default())
            .flat_map(|(_, values)| values.members());
        let set: Vec<&Json> = sets.filter_map(|(_, fields)| fields.get(&id(switch))).collect();
        assert!(
            set.contains(&&Json::Bool(true)) && set.contains(&&Json::Bool(false)),
            "{} does not set {}",
            id(kind),
            id(switch)
        );
        types += 1;
    }
    assert!(types >= 10, "only {types} types");
}
