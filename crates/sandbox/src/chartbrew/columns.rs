//! The one table behind all of Chartbrew's connections: what each column makes of what is sent.
//!
//! This is how version 5.3.0 with PostgreSQL behaves, found by watching it.

use serde_json::{Map, Value, json};

use crate::store::{Kept, Record};

/// How a column takes a value.
enum Column {
    /// `varchar(255)`: numbers become text, objects are refused.
    Text(Option<&'static str>),
    /// Such a text that is never null: a new row without one gets this.
    Kind(&'static str),
    Flag(Option<bool>),
    Integer,
    /// Encrypted text. Whatever JavaScript calls false is passed over.
    Cipher,
    /// Encrypted text that an empty text clears.
    ClearableCipher,
    /// Any JSON, given back as it came.
    Json,
    /// A UUID of a row that the sandbox never has.
    Account,
    /// Never written by a body.
    ReadOnly,
}

/// Why a body is not stored.
#[derive(Debug, PartialEq)]
pub enum Refusal {
    /// The cipher got something that is no text.
    NotText,
    /// The model wants text and got an object or a list.
    Violation(&'static str),
    /// The model wants a value and got null.
    Missing(&'static str),
    /// PostgreSQL's own complaint: its code and the function that raised it.
    Database { code: &'static str, routine: &'static str },
    /// The id is another connection's.
    Taken(i64),
}

/// In the order in which an answer shows them.
const COLUMNS: &[(&str, Column)] = &[
    ("project_ids", Column::Json),
    ("host", Column::Cipher),
    ("dbName", Column::Cipher),
    ("port", Column::Cipher),
    ("username", Column::Cipher),
    ("password", Column::Cipher),
    ("options", Column::Json),
    ("connectionString", Column::ClearableCipher),
    ("authentication", Column::Json),
    ("firebaseServiceAccount", Column::Json),
    ("schema", Column::Json),
    ("sshHost", Column::Cipher),
    ("sshUsername", Column::Cipher),
    ("sshJumpHost", Column::Cipher),
    ("oauth_id", Column::Account),
    ("name", Column::Text(None)),
    ("type", Column::Kind("mongodb")),
    ("subType", Column::Text(None)),
    ("active", Column::Flag(Some(true))),
    ("allowPrivateHost", Column::ReadOnly),
    ("srv", Column::Flag(Some(false))),
    ("ssl", Column::Flag(Some(false))),
    ("sslMode", Column::Text(Some("require"))),
    ("sslCa", Column::ReadOnly),
    ("sslCert", Column::ReadOnly),
    ("sslKey", Column::ReadOnly),
    ("useSsh", Column::Flag(Some(false))),
    ("sshPort", Column::Integer),
    ("sshJumpPort", Column::Integer),
    ("sshPassword", Column::Cipher),
    ("sshPrivateKey", Column::ReadOnly),
    ("sshPassphrase", Column::Cipher),
];

/// These never leave the server; an answer only tells that they are there.
const SECRETS: [(&str, &str); 3] = [
    ("sshPassword", "hasSshPassword"),
    ("sshPrivateKey", "hasSshPrivateKey"),
    ("sshPassphrase", "hasSshPassphrase"),
];

/// What a new row holds: every column, unset ones as null, unknown members left out.
pub fn new_record(body: &Map<String, Value>) -> Result<Record, Refusal> {
    COLUMNS
        .iter()
        .map(|(name, column)| Ok(((*name).to_owned(), column.take(name, body.get(*name))?)))
        .collect()
}

/// What an update makes of a row: members that are absent stay as they are.
pub fn changed_record(kept: &Record, body: &Map<String, Value>) -> Result<Record, Refusal> {
    let mut record = kept.clone();
    for (name, column) in COLUMNS {
        if let Some(given) = body.get(*name)
            && column.changes_for(given)
        {
            record.insert((*name).to_owned(), column.keep(name, given)?);
        }
    }
    Ok(record)
}

/// The id that a body chooses, which the server accepts.
pub fn chosen_id(body: &Map<String, Value>) -> Result<Option<i64>, Refusal> {
    Ok(Column::Integer.take("id", body.get("id"))?.as_i64())
}

/// A row as `GET` shows it, without the linked account.
pub fn shown(kept: Kept) -> Record {
    let mut record = kept.record;
    let flags = SECRETS.map(|(secret, flag)| {
        let is_set = record.shift_remove(secret).is_some_and(|value| !value.is_null());
        (flag.to_owned(), Value::Bool(is_set))
    });
    record.insert("id".to_owned(), json!(kept.id));
    record.insert("team_id".to_owned(), json!(kept.team_id));
    record.insert("createdAt".to_owned(), Value::String(kept.created_at));
    record.insert("updatedAt".to_owned(), Value::String(kept.updated_at));
    record.extend(flags);
    record
}

impl Column {
    /// For a new row.
    fn take(&self, name: &'static str, given: Option<&Value>) -> Result<Value, Refusal> {
        match (self, given) {
            // The server fills in the type before it looks at the columns.
            (Column::Kind(_), Some(given)) if is_falsy(given) => Ok(self.default()),
            (Column::Cipher, Some(given)) if is_falsy(given) => Ok(Value::Null),
            (_, Some(given)) => self.keep(name, given),
            (_, None) => Ok(self.default()),
        }
    }

    /// Whether an update with this value changes anything.
    fn changes_for(&self, given: &Value) -> bool {
        match self {
            Column::ReadOnly => false,
            Column::Cipher => !is_falsy(given),
            _ => true,
        }
    }

    fn keep(&self, name: &'static str, given: &Value) -> Result<Value, Refusal> {
        match self {
            Column::Kind(_) if given.is_null() => Err(Refusal::Missing(name)),
            Column::Text(_) | Column::Kind(_) => text(name, given),
            Column::Flag(_) => flag(given),
            Column::Integer => integer(given),
            Column::Cipher | Column::ClearableCipher => cipher(given),
            Column::Json => Ok(given.clone()),
            Column::Account if given.is_null() => Ok(Value::Null),
            Column::Account => Err(Refusal::Database { code: "22P02", routine: "string_to_uuid" }),
            Column::ReadOnly => Ok(Value::Null),
        }
    }

    fn default(&self) -> Value {
        match self {
            Column::Text(default) => json!(default),
            Column::Kind(default) => json!(default),
            Column::Flag(default) => json!(default),
            _ => Value::Null,
        }
    }
}

fn text(name: &'static str, given: &Value) -> Result<Value, Refusal> {
    match given {
        Value::Null => Ok(Value::Null),
        Value::String(text) if text.chars().count() > 255 => {
            Err(Refusal::Database { code: "22001", routine: "varchar" })
        }
        Value::String(text) => Ok(json!(text)),
        Value::Number(_) | Value::Bool(_) => Ok(Value::String(given.to_string())),
        Value::Array(_) | Value::Object(_) => Err(Refusal::Violation(name)),
    }
}

fn flag(given: &Value) -> Result<Value, Refusal> {
    let refused = Err(Refusal::Database { code: "22P02", routine: "boolin" });
    match given {
        Value::Null | Value::Bool(_) => Ok(given.clone()),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Ok(json!(false)),
            Some(1) => Ok(json!(true)),
            _ => refused,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(json!(true)),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(json!(false)),
            _ => refused,
        },
        Value::Array(_) | Value::Object(_) => refused,
    }
}

fn integer(given: &Value) -> Result<Value, Refusal> {
    let number = match given {
        Value::Null => return Ok(Value::Null),
        Value::Number(number) => number.to_string().parse::<i32>(),
        Value::String(text) => text.trim().parse::<i32>(),
        _ => "".parse::<i32>(),
    };
    number
        .map(|number| json!(number))
        .map_err(|_| Refusal::Database { code: "22P02", routine: "pg_strtoint32" })
}

fn cipher(given: &Value) -> Result<Value, Refusal> {
    match given {
        Value::Null | Value::String(_) => Ok(given.clone()),
        _ => Err(Refusal::NotText),
    }
}

fn is_falsy(given: &Value) -> bool {
    match given {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(body: Value, column: &str) -> Result<Value, Refusal> {
        let body = body.as_object().expect("an object");
        new_record(body).map(|record| record[column].clone())
    }

    #[test]
    fn coerces_as_the_real_table_does() {
        let broken = |code, routine| Err(Refusal::Database { code, routine });
        for (given, column, want) in [
            (json!({}), "type", Ok(json!("mongodb"))),
            (json!({ "type": "" }), "type", Ok(json!("mongodb"))),
            (json!({}), "sslMode", Ok(json!("require"))),
            (json!({ "sslMode": null }), "sslMode", Ok(json!(null))),
            (json!({ "ssl": null }), "ssl", Ok(json!(null))),
            (json!({ "ssl": "true" }), "ssl", Ok(json!(true))),
            (json!({ "ssl": "abc" }), "ssl", broken("22P02", "boolin")),
            (json!({ "name": 5 }), "name", Ok(json!("5"))),
            (json!({ "name": "ü".repeat(255) }), "name", Ok(json!("ü".repeat(255)))),
            (json!({ "name": "ü".repeat(256) }), "name", broken("22001", "varchar")),
            (json!({ "name": {} }), "name", Err(Refusal::Violation("name"))),
            (json!({ "host": "", "port": 0 }), "host", Ok(json!(null))),
            (json!({ "port": 0 }), "port", Ok(json!(null))),
            (json!({ "port": 1 }), "port", Err(Refusal::NotText)),
            (json!({ "connectionString": "" }), "connectionString", Ok(json!(""))),
            (json!({ "connectionString": 5 }), "connectionString", Err(Refusal::NotText)),
            (json!({ "sshPort": "22" }), "sshPort", Ok(json!(22))),
            (json!({ "sshPort": -1 }), "sshPort", Ok(json!(-1))),
            (json!({ "sshPort": "" }), "sshPort", broken("22P02", "pg_strtoint32")),
            (json!({ "sshPort": 22.5 }), "sshPort", broken("22P02", "pg_strtoint32")),
            (json!({ "sshPort": 3_000_000_000_u32 }), "sshPort", broken("22P02", "pg_strtoint32")),
            (json!({ "sslCa": "/etc/passwd" }), "sslCa", Ok(json!(null))),
            (json!({ "oauth_id": "nope" }), "name", broken("22P02", "string_to_uuid")),
        ] {
            assert_eq!(stored(given.clone(), column), want, "{given}");
        }
    }
    #[test]
    fn an_update_leaves_clears_or_sets() {
        let kept = json!({
            "host": "h", "dbName": "d", "port": "1", "username": "u", "password": "p", "sshPassword": "s", "sshPassphrase": "s", "sshHost": "s",
            "sshUsername": "s", "sshJumpHost": "s", "connectionString": "c", "options": [1], "authentication": { "type": "t", "pass": "p" },
            "firebaseServiceAccount": "{}", "schema": {}, "name": "n", "type": "postgres", "subType": "postgres", "sshPort": 22, "sshJumpPort": 22,
            "ssl": true, "srv": true, "useSsh": true, "active": true, "sslCa": ".connectionFiles/a", "sshPrivateKey": ".connectionFiles/b",
        });
        let kept = kept.as_object().expect("an object");
        let (stays, empty, null) = (|name: &str| Ok(kept[name].clone()), Ok(json!("")), Ok(Value::Null));
        let broken = |routine| Err(Refusal::Database { code: "22P02", routine });
        for (names, for_empty, for_null) in [
            ("host dbName port username password", None, None),
            ("sshPassword sshPassphrase sshHost sshUsername sshJumpHost", None, None),
            ("sslCa sshPrivateKey", None, None),
            (
                "connectionString options authentication firebaseServiceAccount schema name subType",
                Some(&empty),
                Some(&null),
            ),
            ("type", Some(&empty), Some(&Err(Refusal::Missing("type")))),
            ("sshPort sshJumpPort", Some(&broken("pg_strtoint32")), Some(&null)),
            ("ssl srv useSsh active", Some(&broken("boolin")), Some(&null)),
        ] {
            for name in names.split(' ') {
                for (given, want) in [(json!(""), for_empty), (Value::Null, for_null)] {
                    let body = Map::from_iter([(name.to_owned(), given)]);
                    let changed = changed_record(kept, &body).map(|record| record[name].clone());
                    assert_eq!(&changed, want.unwrap_or(&stays(name)), "{body:?}");
                }
            }
        }
        let body = json!({ "authentication": { "type": "u" }, "password": "new", "sslCa": "/etc/passwd", "unknown": 1 });
        let mut want = kept.clone();
        want.extend([
            ("authentication".to_owned(), json!({ "type": "u" })),
            ("password".to_owned(), json!("new")),
        ]);
        assert_eq!(changed_record(kept, body.as_object().expect("an object")), Ok(want));
    }
}
