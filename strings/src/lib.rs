//! Connection strings: one text, its parts, and back.

mod parts;
mod cursor;
mod percent;
mod address;
mod grammar;
mod uri;
mod write;
mod postgres;
mod postgres_pairs;
mod mysql;
mod mysql_jdbc;
mod mysql_jdbc_build;
mod mariadb;
mod mysql_go;
mod mongodb;
mod redis;
mod clickhouse;
mod plain;
mod ldap;
mod kafka;
mod sqlserver;
mod oracle;
mod jdbc;
mod json;
mod parts_json;
#[cfg(feature = "wasm")]
mod door;
#[cfg(test)]
mod linear;

pub use json::Json;
pub use parts::{Host, Param, Parts, Reason, Unreadable};
pub use parts_json::{from_parts, to_parts};

/// A dialect: what its strings are called, and how they are read and written.
struct Dialect {
    name: &'static str,
    forms: &'static [&'static str],
    detect: fn(&str) -> &'static str,
    read: fn(&str, &str) -> Result<Parts, Unreadable>,
    build: fn(&str, &Parts) -> Result<String, Unreadable>,
}

const DIALECTS: &[Dialect] = &[
    Dialect { name: "postgres", forms: postgres::FORMS, detect: postgres::detect, read: postgres::read, build: postgres::build },
    Dialect { name: "mysql", forms: mysql::FORMS, detect: mysql::detect, read: mysql::read, build: mysql::build },
    Dialect { name: "mongodb", forms: mongodb::FORMS, detect: mongodb::detect, read: mongodb::read, build: mongodb::build },
    Dialect { name: "redis", forms: redis::FORMS, detect: redis::detect, read: redis::read, build: redis::build },
    Dialect { name: "clickhouse", forms: clickhouse::FORMS, detect: clickhouse::detect, read: clickhouse::read, build: clickhouse::build },
    Dialect { name: "amqp", forms: plain::FORMS, detect: plain::detect, read: plain::read_amqp, build: plain::build_amqp },
    Dialect { name: "kafka", forms: kafka::FORMS, detect: kafka::detect, read: kafka::read, build: kafka::build },
    Dialect { name: "ldap", forms: plain::FORMS, detect: plain::detect, read: ldap::read, build: ldap::build },
    Dialect { name: "ftp", forms: plain::FORMS, detect: plain::detect, read: plain::read_ftp, build: plain::build_ftp },
    Dialect { name: "smtp", forms: plain::FORMS, detect: plain::detect, read: plain::read_smtp, build: plain::build_smtp },
    Dialect { name: "http", forms: plain::FORMS, detect: plain::detect, read: plain::read_http, build: plain::build_http },
    Dialect { name: "sqlserver", forms: sqlserver::FORMS, detect: sqlserver::detect, read: sqlserver::read, build: sqlserver::build },
    Dialect { name: "oracle", forms: oracle::FORMS, detect: oracle::detect, read: oracle::read, build: oracle::build },
    Dialect { name: "jdbc", forms: jdbc::FORMS, detect: jdbc::detect, read: jdbc::read, build: jdbc::build },
];

/// The dialects with their forms.
pub fn dialects() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    DIALECTS.iter().map(|dialect| (dialect.name, dialect.forms))
}

/// The form that a text of a dialect has; `None` where there is no such dialect.
pub fn detect(dialect: &str, text: &str) -> Option<&'static str> {
    let dialect = DIALECTS.iter().find(|known| known.name == dialect)?;
    Some((dialect.detect)(text))
}

/// Reads a connection string. Without a form it is told from the text.
///
/// # Errors
/// Where the text cannot be read, and why.
pub fn read(dialect: &str, form: Option<&str>, text: &str) -> Result<Parts, Unreadable> {
    let (dialect, form) = known(dialect, form, |dialect| (dialect.detect)(text))?;
    (dialect.read)(form, text).map_err(|found| {
        let before = text.get(..found.at).unwrap_or(text);
        Unreadable { at: before.chars().count(), reason: found.reason }
    })
}

/// Writes a connection string. Without a form the scheme tells it, or else it is the dialect's first.
///
/// # Errors
/// What the form cannot say.
pub fn build(dialect: &str, form: Option<&str>, parts: &Parts) -> Result<String, Unreadable> {
    let (dialect, form) = known(dialect, form, |dialect| match &parts.scheme {
        Some(scheme) => (dialect.detect)(&[scheme, "://"].concat()),
        None => dialect.forms[0],
    })?;
    let text = (dialect.build)(form, parts)?;
    let mut back = (dialect.read)(form, &text).map_err(|found| Unreadable { at: 0, reason: found.reason })?;
    if parts.scheme.is_none() {
        back.scheme = None;
    }
    // What does not read back as it was given cannot be said in this form.
    if back == *parts { Ok(text) } else { Err(Unreadable { at: 0, reason: Reason::NotWritable }) }
}

/// A dialect and one of its forms.
fn known(dialect: &str, form: Option<&str>, default: impl Fn(&Dialect) -> &'static str) -> Result<(&'static Dialect, &'static str), Unreadable> {
    let unknown = |reason| Unreadable { at: 0, reason };
    let dialect = DIALECTS.iter().find(|known| known.name == dialect).ok_or(unknown(Reason::UnknownDialect))?;
    let form = match form {
        Some(form) => dialect.forms.iter().find(|known| **known == form).copied().ok_or(unknown(Reason::UnknownForm))?,
        None => default(dialect),
    };
    Ok((dialect, form))
}
