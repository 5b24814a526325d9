//! Where connections are kept: one SQLite file, so that they survive a restart.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection as Database, OptionalExtension, Row, params};
use serde_json::{Map, Value};

mod identified;
mod numbered;
mod projects;

pub use projects::Replaced;

const FILE: &str = "sandbox.sqlite";
const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const TABLES: &str = "
    CREATE TABLE connection (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id INTEGER NOT NULL UNIQUE,
        team_id INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE link (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE counter (last INTEGER NOT NULL) STRICT;
    INSERT INTO counter VALUES (0);";

/// What made each version of the file out of the one before.
const STEPS: [(i64, &str); 4] =
    [(1, TABLES), (2, projects::TABLE), (3, identified::TABLE), (VERSION, numbered::TABLE)];
const VERSION: i64 = 4;

pub struct Store {
    database: Mutex<Database>,
}

pub type Record = Map<String, Value>;

/// A Chartbrew connection as it is kept.
pub struct Kept {
    pub id: i64,
    pub team_id: i64,
    pub created_at: String,
    pub updated_at: String,
    pub record: Record,
}

impl Store {
    pub fn open(folder: &Path) -> io::Result<Store> {
        fs::create_dir_all(folder)?;
        let file = folder.join(FILE);
        let open = || {
            let mut database = Database::open(&file)?;
            let change = database.transaction()?;
            let version: i64 = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            for (number, step) in STEPS.iter().filter(|(number, _)| version < *number) {
                change.execute_batch(step)?;
                change.pragma_update(None, "user_version", number)?;
            }
            change.commit()?;
            Ok((database, version))
        };
        let (database, version) = open()
            .map_err(|error: rusqlite::Error| io::Error::other(format!("{}: {error}", file.display())))?;
        if version > VERSION {
            return Err(io::Error::other(format!("{} was made by a newer sandbox", file.display())));
        }
        keep_private(&file)?;
        Ok(Store { database: Mutex::new(database) })
    }

    /// A token that nobody guesses; SQLite seeds its generator from the system's.
    pub fn random_token(&self) -> rusqlite::Result<String> {
        self.database().query_row("SELECT lower(hex(randomblob(24)))", [], |row| row.get(0))
    }

    /// `None` when the id is taken. Ids that the sender chose do not move the counter.
    pub fn add_connection(
        &self,
        id: Option<i64>,
        team_id: i64,
        record: &Record,
    ) -> rusqlite::Result<Option<Kept>> {
        let mut database = self.database();
        let change = database.transaction()?;
        let id = match id {
            Some(id) => id,
            None => {
                let free = change.query_row(
                    "WITH RECURSIVE free(id) AS (
                        SELECT last + 1 FROM counter UNION ALL SELECT id + 1 FROM free WHERE id IN (SELECT id FROM connection)
                     ) SELECT max(id) FROM free",
                    [],
                    |row| row.get(0),
                )?;
                change.execute("UPDATE counter SET last = ?", [free])?;
                free
            }
        };
        let taken: bool =
            change
                .query_row("SELECT EXISTS (SELECT 1 FROM connection WHERE id = ?)", [id], |row| row.get(0))?;
        if taken {
            return Ok(None);
        }
        change.execute(
            &format!("INSERT INTO connection (id, team_id, created_at, updated_at, record) VALUES (?, ?, {NOW}, {NOW}, ?)"),
            params![id, team_id, text(record)],
        )?;
        let kept = change.query_row("SELECT * FROM connection WHERE id = ?", [id], kept)?;
        change.commit()?;
        Ok(Some(kept))
    }

    /// Newest first.
    pub fn connections(&self, team_id: i64) -> rusqlite::Result<Vec<Kept>> {
        let database = self.database();
        let mut rows = database.prepare("SELECT * FROM connection WHERE team_id = ? ORDER BY seq DESC")?;
        rows.query_map([team_id], kept)?.collect()
    }

    pub fn connection(&self, team_id: i64, id: i64) -> rusqlite::Result<Option<Kept>> {
        self.database()
            .query_row("SELECT * FROM connection WHERE team_id = ? AND id = ?", [team_id, id], kept)
            .optional()
    }

    /// Whether there was one.
    pub fn remove_connection(&self, team_id: i64, id: i64) -> rusqlite::Result<bool> {
        Ok(self.database().execute("DELETE FROM connection WHERE team_id = ? AND id = ?", [team_id, id])? > 0)
    }

    /// `false` when the name is taken.
    pub fn add_link(&self, name: &str, record: &Record) -> rusqlite::Result<bool> {
        let added = self.database().execute(
            "INSERT OR IGNORE INTO link (name, record) VALUES (?, ?)",
            params![name, text(record)],
        )?;
        Ok(added > 0)
    }

    /// Oldest first.
    pub fn links(&self) -> rusqlite::Result<Vec<Record>> {
        let database = self.database();
        let mut rows = database.prepare("SELECT record FROM link ORDER BY seq")?;
        rows.query_map([], |row| record(row, "record"))?.collect()
    }

    pub fn link(&self, name: &str) -> rusqlite::Result<Option<Record>> {
        self.database()
            .query_row("SELECT record FROM link WHERE name = ?", [name], |row| record(row, "record"))
            .optional()
    }

    /// Whether there was one.
    pub fn remove_link(&self, name: &str) -> rusqlite::Result<bool> {
        Ok(self.database().execute("DELETE FROM link WHERE name = ?", [name])? > 0)
    }

    /// Every change is one statement or one transaction, so a lock left by a panic guards nothing broken.
    fn database(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn kept(row: &Row) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: row.get("id")?,
        team_id: row.get("team_id")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        record: record(row, "record")?,
    })
}

fn record(row: &Row, column: &str) -> rusqlite::Result<Record> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

fn text(record: &Record) -> String {
    serde_json::Value::from(record.clone()).to_string()
}

/// What is tried here may be somebody's real password.
#[cfg(unix)]
fn keep_private(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn keep_private(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_up_past_those_that_were_chosen() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a store");
        let add = |id| store.add_connection(id, 1, &Record::new()).expect("an insert").map(|kept| kept.id);
        assert_eq!(
            [add(None), add(Some(3)), add(None), add(None), add(Some(3)), add(Some(900)), add(None)],
            [Some(1), Some(3), Some(2), Some(4), None, Some(900), Some(5)]
        );
        assert!(store.remove_connection(1, 5).expect("a delete"));
        assert!(!store.remove_connection(1, 5).expect("a delete"));
        assert_eq!(add(None), Some(6), "an id is not given twice");
        let listed: Vec<_> = store.connections(1).expect("a list").into_iter().map(|kept| kept.id).collect();
        assert_eq!(listed, [6, 900, 4, 2, 3, 1]);
    }

    #[test]
    fn an_older_file_grows_and_keeps_what_it_has() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = Database::open(folder.path().join(FILE)).expect("a file");
        old.execute_batch(&format!(
            "{TABLES} PRAGMA user_version = 1; INSERT INTO link (name, record) VALUES ('a', '{{}}');"
        ))
        .expect("version 1");
        drop(old);
        for _ in 0..2 {
            let store = Store::open(folder.path()).expect("a store");
            assert_eq!(store.links().expect("links").len(), 1);
            assert!(store.in_project("p").expect("connections").is_empty());
            assert!(store.identified().expect("connections").is_empty());
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(Store::open(folder.path()).expect("a store"));
        Database::open(folder.path().join(FILE))
            .and_then(|file| file.pragma_update(None, "user_version", 9))
            .expect("a mark");
        let error = Store::open(folder.path()).err().expect("a refusal");
        assert!(error.to_string().ends_with("was made by a newer sandbox"), "{error}");
    }
}
