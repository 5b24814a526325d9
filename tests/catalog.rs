//! The shipped descriptors, as every descriptor, are proved consistent before use.
use jackfield::catalog::{Catalog, SHIPPED};
use jackfield::json::Json;
use jackfield::prove::mistakes;

#[test]
fn the_shipped_catalogues_have_no_mistake() {
    for text in SHIPPED {
        let found = mistakes(&Json::parse(text).unwrap());
        assert!(found.is_empty(), "{}", found.iter().map(|mistake| format!("{} {mistake}\n", mistake.document)).collect::<String>());
    }
    assert!(!Catalog::shipped().unwrap().entries().is_empty());
}
