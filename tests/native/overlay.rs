//! A bundle laid over an API that was added before: what a host's own server does differently.

use crate::common::{blocks, from_engine, open, shipped, to_engine};
use jackfield::bundle::registry::Registry;
use serde_json::{Value, json};

const UNDER: &str = "datafor";

/// The example of the descriptor guide.
fn example() -> Value {
    let all = blocks("catalog/README.md", "json")
        .into_iter()
        .filter_map(|block| serde_json::from_str::<Value>(&block).ok());
    all.into_iter()
        .find(|json| json.get("over").is_some())
        .expect("the guide shows a bundle laid over another")
}

fn added(bundle: &Value) -> Result<Registry, Vec<String>> {
    let mut catalog = Registry::shipped().unwrap();
    let added = catalog.add(&to_engine(bundle));
    added.map_err(|error| {
        error
            .diagnostics
            .iter()
            .map(|mistake| format!("{} {}", mistake.document, mistake))
            .collect::<Vec<_>>()
    })?;
    Ok(catalog)
}

#[test]
fn the_example_of_the_guide_changes_a_type_and_adds_one() {
    let catalog = added(&example()).unwrap();
    let (before, after) = (shipped(UNDER), catalog.entry(UNDER).unwrap());
    assert_eq!(after.types().len(), before.types().len() + 1);
    for json in before.types().iter().map(from_engine).filter(|json| json["id"] != "CLICKHOUSE") {
        assert_eq!(from_engine(after.describe(json["id"].as_str().unwrap()).unwrap()), json);
    }
    let values = json!({ "name": "n", "hostname": "h", "databaseName": "d", "username": "u", "databaseType.defaultDatabasePort": "8123" });
    let body = |kind: &str| {
        let opening = json!({ "operation": "create", "values": values, "settings": { "base_url": "http://127.0.0.1:1" } });
        let form = open(&after, kind, &opening).unwrap();
        from_engine(&form.request().unwrap_or_else(|faults| panic!("{faults:?}")).body.unwrap())
    };
    let changed = body("CLICKHOUSE");
    assert_eq!((&changed["driverId"], &changed["databasePort"]), (&json!("clickhouse-2"), &json!("8123")));
    assert_eq!(changed["databaseType"]["shortName"], "CLICKHOUSE");
    let new = body("PGBOUNCER");
    assert_eq!(
        (&new["databasePort"], &new["databaseType"]["shortName"]),
        (&json!("6432"), &json!("POSTGRESQL"))
    );
}

#[test]
fn words_of_the_api_are_replaced_and_what_is_laid_over_can_be_laid_over_again() {
    let mut catalog = added(&example()).unwrap();
    let second = json!({
        "over": UNDER, "api": { "title": "Our server" },
        "types": [{ "id": "CLICKHOUSE", "title": "Our ClickHouse", "fields": { "hostname": { "default": "db.example.com" }, "driverId": { "shown": { "filled": "name" } } } }]
    });
    catalog.add(&to_engine(&second)).unwrap_or_else(|error| panic!("{:?}", error.diagnostics));
    let entry = catalog.entry(UNDER).unwrap();
    assert_eq!(from_engine(&entry.json)["title"], "Our server");
    let kind = from_engine(entry.describe("CLICKHOUSE").unwrap());
    assert_eq!(kind["title"], "Our ClickHouse");
    let field = |id: &str| {
        let sections = kind["sections"].as_array().unwrap().iter();
        sections
            .flat_map(|section| section["fields"].as_array().unwrap())
            .find(|field| field["id"] == id)
            .unwrap()
            .clone()
    };
    assert_eq!(
        (&field("hostname")["default"], &field("databasePort")["default"]),
        (&json!("db.example.com"), &json!(8123))
    );
    // A condition that a patch names replaces the one that was there.
    assert_eq!(field("driverId")["shown"], json!({ "filled": "name" }));
}

#[test]
fn a_mistake_is_named_where_it_was_written() {
    for (bundle, mistake) in [
        (json!({ "over": "datafour", "types": [] }), "bundle /over: this API is not there: add it first"),
        (
            json!({ "over": UNDER, "types": [{ "id": "CLICKHOUSE", "fields": { "hostnam": {} } }] }),
            "CLICKHOUSE /fields/hostnam: “hostnam” is unknown; did you mean “hostname”?",
        ),
        (
            json!({ "over": UNDER, "types": [{ "id": "NEW", "title": "New", "like": "CLICKHAUS" }] }),
            "NEW /like: “CLICKHAUS” is unknown; did you mean “CLICKHOUSE”?",
        ),
        (
            json!({ "over": UNDER, "types": [{ "id": "TIDB" }, { "id": "TIDB" }] }),
            "TIDB /id: two types have this id",
        ),
    ] {
        let found = added(&bundle).err().unwrap_or_default();
        assert!(found.iter().any(|text| text == mistake), "{found:?}");
    }
}
