//! Where a connection leads, read as version 5.3.0 reads it.

use serde_json::Value;

use super::trial::Source;
use crate::probe::Target;
use crate::store::Record;

/// Or the message that says why there is no such place. It never quotes a connection string, which holds a password.
pub fn of(source: Source, record: &Record) -> Result<Target, String> {
    let is_mongo = source == Source::Mongo;
    let address = if source == Source::ClickHouse { String::new() } else { text(record, "connectionString") };
    let place = match address.as_str() {
        "" => place(&text(record, "host"), &text(record, "port"), usual_port(source, record))
            .ok_or("Port should be >= 0 and < 65536."),
        address => in_string(address, usual_port(source, record)).ok_or(if is_mongo {
            "Unable to parse the connection string"
        } else {
            "Invalid URL"
        }),
    }?;
    let by_service =
        if address.is_empty() { super::is_on(record, "srv") } else { address.starts_with("mongodb+srv:") };
    match is_mongo && by_service {
        // The sandbox asks no name server for services, as if there were none.
        true => Err(format!("querySrv ENOTFOUND _mongodb._tcp.{}", place.host)),
        false => Ok(place),
    }
}

pub fn of_tunnel(record: &Record) -> Result<Target, String> {
    place(&text(record, "sshHost"), &text(record, "sshPort"), 22)
        .ok_or_else(|| "Port should be >= 0 and < 65536.".to_owned())
}

fn usual_port(source: Source, record: &Record) -> u16 {
    match source {
        Source::MySql => 3306,
        Source::Mongo => 27017,
        Source::ClickHouse if super::is_on(record, "ssl") => 8443,
        Source::ClickHouse => 8123,
        _ => 5432,
    }
}

/// The user ends at the first colon and the password at the last `@`; without both there is no place.
fn in_string(address: &str, usual_port: u16) -> Option<Target> {
    let (_, rest) = address.split_once("//")?;
    let (_, rest) = rest.split_once(':')?;
    let (_, rest) = rest.rsplit_once('@')?;
    // Of several servers, the first is tried.
    let server = rest.split(['/', '?', ',']).next()?;
    let (host, port) = match server.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => server.split_at(server.find(':').unwrap_or(server.len())),
    };
    if host.is_empty() {
        return None;
    }
    place(host, port.strip_prefix(':').unwrap_or(port), usual_port)
}

fn place(host: &str, port: &str, usual_port: u16) -> Option<Target> {
    let host = if host.is_empty() { "localhost" } else { host };
    let port = if port.is_empty() { usual_port } else { port.parse().ok()? };
    Some(Target { host: host.to_owned(), port })
}

/// An unsaved connection may hold a number where the table has text.
fn text(record: &Record, name: &str) -> String {
    match record.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn shown(source: Source, record: &Value) -> String {
        match of(source, record.as_object().expect("an object")) {
            Ok(place) => place.to_string(),
            Err(why) => why,
        }
    }

    #[test]
    fn fields_and_their_usual_values() {
        for (source, record, want) in [
            (Source::Postgres, json!({}), "localhost:5432"),
            (Source::MySql, json!({ "host": "db", "port": "" }), "db:3306"),
            (Source::Mongo, json!({ "host": "db", "port": null }), "db:27017"),
            (Source::Mongo, json!({ "host": "db", "srv": true }), "querySrv ENOTFOUND _mongodb._tcp.db"),
            (Source::ClickHouse, json!({ "host": "db", "ssl": true, "connectionString": "x" }), "db:8443"),
            (Source::ClickHouse, json!({ "host": "db" }), "db:8123"),
            (Source::Postgres, json!({ "host": "::1", "port": 1 }), "[::1]:1"),
            (Source::Postgres, json!({ "port": "70000" }), "Port should be >= 0 and < 65536."),
        ] {
            assert_eq!(shown(source, &record), want, "{record}");
        }
        let tunnel =
            |record: Value| of_tunnel(record.as_object().expect("an object")).map(|place| place.to_string());
        assert_eq!(tunnel(json!({ "sshHost": "ssh" })), Ok("ssh:22".to_owned()));
        assert_eq!(tunnel(json!({ "sshHost": "ssh", "sshPort": "1" })), Ok("ssh:1".to_owned()));
    }

    #[test]
    fn connection_strings_as_the_server_cuts_them() {
        for (source, address, want) in [
            (Source::Postgres, "postgres://u:p@db:1/shop?sslmode=require", "db:1"),
            (Source::Postgres, "postgresql://u:p@ss:w/rd#1@db/shop", "db:5432"),
            (Source::Postgres, "postgres://u:p@[::1]:1/shop", "[::1]:1"),
            (Source::Postgres, "postgres://u:p@[::1]", "[::1]:5432"),
            (Source::MySql, "mysql://u:@db", "db:3306"),
            (Source::Mongo, "mongodb://u:p@one:1,two:2/shop", "one:1"),
            (Source::Mongo, "mongodb+srv://u:p@cluster/shop", "querySrv ENOTFOUND _mongodb._tcp.cluster"),
            (Source::Mongo, "mongodb://db/shop", "Unable to parse the connection string"),
            (Source::Postgres, "postgres://127.0.0.1:55432/shop", "Invalid URL"),
            (Source::Postgres, "postgres://u:p@/shop", "Invalid URL"),
            (Source::Postgres, "postgres://u:p@db:x/shop", "Invalid URL"),
            (Source::Postgres, "x", "Invalid URL"),
        ] {
            assert_eq!(
                shown(source, &json!({ "connectionString": address, "host": "other" })),
                want,
                "{address}"
            );
        }
    }
}
