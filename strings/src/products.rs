//! The products whose `jdbc:` addresses a dialect reads.

/// Dialects with the products whose addresses they read.
pub const PRODUCTS: &[(&str, &str)] =
    &[("sqlserver", "sqlserver"), ("oracle", "oracle"), ("mysql", "mysql mysql+srv mariadb"), ("postgres", "postgresql"), ("clickhouse", "clickhouse ch")];
