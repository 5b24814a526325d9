//! Connections that have a name in a project, whatever the case of it, and no number.

use rusqlite::{OptionalExtension, params};

use super::{Record, Store, record, text};

pub const TABLE: &str = "
    CREATE TABLE project_connection (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        project TEXT NOT NULL,
        key TEXT NOT NULL,
        record TEXT NOT NULL,
        UNIQUE (project, key)
    ) STRICT;";

pub enum Replaced {
    Done,
    Missing,
    Taken,
}

impl Store {
    /// `false` when the name is taken.
    pub fn add_named(&self, project: &str, name: &str, record: &Record) -> rusqlite::Result<bool> {
        let sql = "INSERT OR IGNORE INTO project_connection (project, key, record) VALUES (?, ?, ?)";
        Ok(self.database().execute(sql, params![project, key(name), text(record)])? > 0)
    }

    /// Oldest first.
    pub fn in_project(&self, project: &str) -> rusqlite::Result<Vec<Record>> {
        let database = self.database();
        let mut rows =
            database.prepare("SELECT record FROM project_connection WHERE project = ? ORDER BY seq")?;
        rows.query_map([project], |row| record(row, "record"))?.collect()
    }

    pub fn named(&self, project: &str, name: &str) -> rusqlite::Result<Option<Record>> {
        let sql = "SELECT record FROM project_connection WHERE project = ? AND key = ?";
        self.database().query_row(sql, [project, &key(name)], |row| record(row, "record")).optional()
    }

    /// All of it, under its new name.
    pub fn replace_named(
        &self,
        project: &str,
        old: &str,
        name: &str,
        record: &Record,
    ) -> rusqlite::Result<Replaced> {
        let sql = "UPDATE OR IGNORE project_connection SET key = ?, record = ? WHERE project = ? AND key = ?";
        if self.database().execute(sql, params![key(name), text(record), project, key(old)])? > 0 {
            return Ok(Replaced::Done);
        }
        Ok(if self.named(project, old)?.is_some() { Replaced::Taken } else { Replaced::Missing })
    }

    /// What it was, if there was one.
    pub fn remove_named(&self, project: &str, name: &str) -> rusqlite::Result<Option<Record>> {
        let sql = "DELETE FROM project_connection WHERE project = ? AND key = ? RETURNING record";
        self.database().query_row(sql, [project, &key(name)], |row| record(row, "record")).optional()
    }
}

fn key(name: &str) -> String {
    name.to_lowercase()
}
