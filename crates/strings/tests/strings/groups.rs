//! `groups.json` says which dialects a page loads together: it names each dialect once, and the products that `jdbc` hands on.

use std::collections::BTreeSet;

use jackfield_strings::{PRODUCTS, detect, dialects, read};
use serde_json::Value;

fn groups() -> Value {
    serde_json::from_str(include_str!("../../groups.json")).unwrap()
}

/// The lists of a map, as pairs of a name and a member.
fn pairs(map: &Value) -> Vec<(String, String)> {
    let lists = map.as_object().unwrap().iter();
    lists
        .flat_map(|(name, list)| {
            list.as_array().unwrap().iter().map(move |one| (name.clone(), one.as_str().unwrap().to_owned()))
        })
        .collect()
}

#[test]
fn every_dialect_is_in_one_group() {
    let named: Vec<String> = pairs(&groups()["groups"]).into_iter().map(|(_, dialect)| dialect).collect();
    assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len());
    assert_eq!(
        named.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        dialects().map(|(name, _)| name).collect()
    );
}

#[test]
fn what_jdbc_hands_on_is_read_alike() {
    for (dialect, product) in pairs(&groups()["products"]) {
        let begin = if product == "oracle" { "thin:@//host:1/name" } else { "//host:1/name" };
        let text = format!("jdbc:{product}:{begin}");
        assert_eq!(detect(&dialect, &text), Some("jdbc"), "{text}");
        let own = read(&dialect, None, &text);
        assert_eq!(
            own.map_err(|found| found.reason.code()),
            read("jdbc", None, &text).map_err(|found| found.reason.code()),
            "{text}"
        );
    }
}

#[test]
fn every_product_is_told() {
    let known = PRODUCTS.iter().flat_map(|(dialect, products)| {
        products.split(' ').map(|product| ((*dialect).to_owned(), product.to_owned()))
    });
    assert_eq!(known.collect::<BTreeSet<_>>(), pairs(&groups()["products"]).into_iter().collect());
}
