//! What is done to connections with a number once they are there: changes, and files that belong to them.

use rusqlite::params;
use serde_json::Value;

use super::{NOW, Record, Replaced, Store, text};

/// A file that is replaced stays, as it does on the real server's disk; what belongs to a connection goes with it.
pub const TABLE: &str = "
    CREATE TABLE connection_file (
        path TEXT PRIMARY KEY,
        connection INTEGER NOT NULL,
        content BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER connection_files_go AFTER DELETE ON connection BEGIN
        DELETE FROM connection_file WHERE connection = OLD.seq;
    END;";

/// Under a name that nobody guesses.
const ADD_FILE: &str = "
    INSERT INTO connection_file (path, connection, content)
    SELECT '.connectionFiles/' || lower(hex(randomblob(16))), seq, ? FROM connection WHERE id = ? RETURNING path";

impl Store {
    /// All of it, and its number, which may be a new one.
    pub fn replace_connection(&self, id: i64, new_id: i64, record: &Record) -> rusqlite::Result<Replaced> {
        let database = self.database();
        let sql =
            format!("UPDATE OR IGNORE connection SET id = ?, record = ?, updated_at = {NOW} WHERE id = ?");
        if database.execute(&sql, params![new_id, text(record), id])? > 0 {
            return Ok(Replaced::Done);
        }
        let is_there: bool =
            database
                .query_row("SELECT EXISTS (SELECT 1 FROM connection WHERE id = ?)", [id], |row| row.get(0))?;
        Ok(if is_there { Replaced::Taken } else { Replaced::Missing })
    }

    /// Keeps the files and writes into each one's member of the record where it lies.
    pub fn add_files(&self, id: i64, record: &mut Record, files: &[(&str, &[u8])]) -> rusqlite::Result<()> {
        let mut database = self.database();
        let change = database.transaction()?;
        for (member, content) in files {
            let path: String = change.query_row(ADD_FILE, params![content, id], |row| row.get("path"))?;
            record.insert((*member).to_owned(), Value::String(path));
        }
        change.execute(
            &format!("UPDATE connection SET record = ?, updated_at = {NOW} WHERE id = ?"),
            params![text(record), id],
        )?;
        change.commit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stay_with_their_connection_and_go_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a store");
        let [one, other] = [7, 8].map(|id| {
            store.add_connection(Some(id), 1, &Record::new()).expect("an insert").expect("a row").id
        });
        let mut record = Record::new();
        store.add_files(one, &mut record, &[("key", b"first"), ("ca", b"")]).expect("two files");
        store.add_files(one, &mut record, &[("key", b"second")]).expect("a file");
        store.add_files(other, &mut Record::new(), &[("key", b"other")]).expect("a file");
        assert!(matches!(store.replace_connection(one, other, &record), Ok(Replaced::Taken)));
        assert!(matches!(store.replace_connection(one, 9, &record), Ok(Replaced::Done)));
        assert!(matches!(store.replace_connection(one, 10, &record), Ok(Replaced::Missing)));
        let content = |record: &Record, member: &str| -> Vec<u8> {
            let path = record[member].as_str().expect("a path");
            store
                .database()
                .query_row("SELECT content FROM connection_file WHERE path = ?", [path], |row| row.get(0))
                .expect("a file")
        };
        let kept = store.connection(1, 9).expect("a row").expect("a connection").record;
        assert_eq!((content(&kept, "key"), content(&kept, "ca")), (b"second".to_vec(), Vec::new()));
        let count = || -> i64 {
            store
                .database()
                .query_row("SELECT count(*) FROM connection_file", [], |row| row.get(0))
                .expect("a number")
        };
        assert_eq!(count(), 4, "what was replaced stays");
        assert!(store.remove_connection(1, 9).expect("a delete"));
        assert_eq!(count(), 1);
    }
}
