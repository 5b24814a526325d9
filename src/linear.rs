//! A record of many members takes no more than its share of the work: names that are looked at are counted, at two lengths.

use crate::catalog::Catalog;
use crate::form::Form;
use crate::json::Json;
use crate::text::steps;

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
    let all: Vec<String> = (0..count).map(|number| format!("\"m{:06}\":\"v{number}\"", number * 7919 % count)).collect();
    all.join(",")
}

/// What a record holds besides, by its number of members.
fn records(count: usize) -> Vec<(&'static str, String)> {
    let many = members(count);
    let order: Vec<String> = (0..count.min(9_000)).map(|number| format!("\"{number}\":\"m{number:06}\"")).collect();
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
    steps();
    let mut catalog = Catalog::default();
    catalog.add(&Json::parse(BUNDLE).unwrap()).unwrap();
    let opening = format!(r#"{{"operation":"update","settings":{{"base_url":"https://x.example.com"}},"record":{{"name":"n",{record}}}}}"#);
    let mut form = Form::open(catalog.entry("widgets").unwrap(), "t", &Json::parse(&opening).unwrap()).unwrap();
    let mut step = |action: &str| form.step(&Json::parse(action).unwrap()).unwrap().to_json();
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
    let mut reply = Json::parse(&format!(r#"{{"do":"settle","id":{id},"reply":{{"status":200}}}}"#)).unwrap();
    reply.put("/reply/text", Json::text(format!("{{\"name\":\"m\",{record}}}")));
    assert_eq!(step(&reply.to_text()).at("/status/code"), Some(&Json::text("saved")));
    drop((form.preview(), form.draft(), form.values(true)));
    steps()
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
        steps();
        twice.merge(&json);
        assert_eq!(twice, json);
        steps()
    };
    assert!(merged(2_000) < merged(1_000) * 5 / 2);
}
