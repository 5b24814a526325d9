//! Connections that have a name, which can change, and an id, which cannot; both are text.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use super::{Record, Replaced, Store, record, text};

pub const TABLE: &str = "
    CREATE TABLE identified_connection (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        record TEXT NOT NULL
    ) STRICT;";

/// A random UUID.
const ID: &str =
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
                  || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

impl Store {
    /// `false` when the name is taken.
    pub fn add_identified(&self, name: &str, record: &Record) -> rusqlite::Result<bool> {
        let sql =
            format!("INSERT OR IGNORE INTO identified_connection (id, name, record) VALUES ({ID}, ?, ?)");
        Ok(self.database().execute(&sql, params![name, text(record)])? > 0)
    }

    /// Oldest first, each with its id.
    pub fn identified(&self) -> rusqlite::Result<Vec<Record>> {
        let database = self.database();
        let mut rows = database.prepare("SELECT id, record FROM identified_connection ORDER BY seq")?;
        rows.query_map([], with_id)?.collect()
    }

    pub fn identified_by_name(&self, name: &str) -> rusqlite::Result<Option<Record>> {
        self.database()
            .query_row("SELECT id, record FROM identified_connection WHERE name = ?", [name], with_id)
            .optional()
    }

    pub fn identified_by_id(&self, id: &str) -> rusqlite::Result<Option<Record>> {
        self.database()
            .query_row("SELECT id, record FROM identified_connection WHERE id = ?", [id], with_id)
            .optional()
    }

    /// All of it, and its name with it.
    pub fn replace_identified(&self, id: &str, name: &str, record: &Record) -> rusqlite::Result<Replaced> {
        let sql = "UPDATE OR IGNORE identified_connection SET name = ?, record = ? WHERE id = ?";
        if self.database().execute(sql, params![name, text(record), id])? > 0 {
            return Ok(Replaced::Done);
        }
        Ok(if self.identified_by_id(id)?.is_some() { Replaced::Taken } else { Replaced::Missing })
    }

    /// Whether there was one.
    pub fn remove_identified(&self, name: &str) -> rusqlite::Result<bool> {
        Ok(self.database().execute("DELETE FROM identified_connection WHERE name = ?", [name])? > 0)
    }
}

fn with_id(row: &Row) -> rusqlite::Result<Record> {
    let mut record = record(row, "record")?;
    record.insert("id".to_owned(), Value::String(row.get("id")?));
    Ok(record)
}
