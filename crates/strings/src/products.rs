//! The products whose `jdbc:` addresses a dialect reads.

use crate::cursor::Piece;
use crate::text::listed;

/// Dialects with the products whose addresses they read.
pub const PRODUCTS: &[(&str, &str)] = &[
    ("sqlserver", "sqlserver"),
    ("oracle", "oracle"),
    ("mysql", "mysql mysql+srv mariadb aws-wrapper:mysql aws-wrapper:mariadb"),
    ("postgres", "postgresql aws-wrapper:postgresql"),
    ("clickhouse", "clickhouse ch"),
];

/// The dialect that knows the product of an address.
pub fn dialect_of(text: Piece) -> Option<&'static str> {
    let rest = text.strip_any_case("jdbc:")?;
    let (product, after) = rest.halves(":");
    // By way of another driver.
    let wrapped = rest.cut(product.text.len() + after.map_or(0, |after| 1 + after.place(":"))).0;
    for (name, products) in PRODUCTS {
        if listed(products, product.text).is_some() || listed(products, wrapped.text).is_some() {
            return Some(name);
        }
    }
    None
}
