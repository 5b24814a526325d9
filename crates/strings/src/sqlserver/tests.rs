//! Reading is linear, breaks on nothing, and what was read can be written and read again.

use super::DIALECT;
use crate::cursor::steps;
use crate::{build, read};
use proptest::prelude::*;

/// Pieces of the language, and what disturbs it.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "Server", "server", "Data Source", "UID", "Password", "pwd", "Database", "databaseName", "port", "instanceName", "serverName=", "Server=", "Driver", "App", "app", "=", "==", ";", ";;",
    " ", "\t", "\n", "\"", "\"\"", "'", "''", "{", "}", "}}", "tcp:", "np:", "\\", "\\\\", ",", ",1433", ":1433", ":", "(local)", ".", "host", "h2", "[::1]", "[",
    "]", "jdbc:sqlserver://", "sqlserver://", "mssql://", "mssql://h/i", "/d", "sqlserver://h;a=", ":1;", "x://", "odbc:", "//", "/", "@", "?", "&", "%41", "%", "%ff", "+", "é", "🔑", "\0", "65536", "0", "A", "b",
];

/// One text of every form that begins as it should, and one that begins anyhow.
fn texts() -> impl Strategy<Value = (usize, String)> {
    let beginnings = ["", "jdbc:sqlserver://", "sqlserver://", "odbc:"];
    let tail = prop::collection::vec(prop::sample::select(TOKENS), 0..14);
    (0..DIALECT.forms.len(), any::<bool>(), tail).prop_map(move |(form, begins, tail)| {
        let beginning = if begins { beginnings[form] } else { "" };
        (form, [beginning, &tail.concat()].concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_read_can_be_written_and_read_again((form, text) in texts()) {
        if let Ok(parts) = read("sqlserver", Some(DIALECT.forms[form]), &text) {
            let written = build("sqlserver", Some(DIALECT.forms[form]), &parts);
            prop_assert!(written.is_ok(), "{parts:?}");
            let again = read("sqlserver", Some(DIALECT.forms[form]), &written.unwrap_or_default());
            prop_assert_eq!(again, Ok(parts));
        }
    }

    #[test]
    fn a_mistake_has_a_place_in_the_text((form, text) in texts()) {
        if let Err(found) = read("sqlserver", Some(DIALECT.forms[form]), &text) {
            prop_assert!(found.at <= text.chars().count(), "{:?}", found);
        }
    }
}

/// Shapes that a careless reader goes over again and again.
const SHAPES: &[(&str, &str, &str)] = &[
    ("ado", "a=", "\"\""),
    ("ado", "", ";"),
    ("ado", "", "=="),
    ("ado", "", "a=b;"),
    ("ado", "Server=", ","),
    ("ado", "", "Server=h;"),
    ("ado", "a='", "x"),
    ("odbc", "", "{"),
    ("odbc", "a={", "}}"),
    ("odbc", "", " ;"),
    ("jdbc", "jdbc:sqlserver://", "\\"),
    ("jdbc", "jdbc:sqlserver://h;", "a={};"),
    ("jdbc", "jdbc:sqlserver://", "["),
    ("uri", "sqlserver://", "@"),
    ("uri", "sqlserver://h?", "a&"),
    ("uri", "sqlserver://h;", "a=b;"),
    ("uri", "sqlserver://", ";"),
    ("uri", "mssql://h/i/", "%41"),
    ("ado", "", "x://"),
    ("uri", "sqlserver://h/", "%41"),
];

#[test]
fn reading_is_linear() {
    for (form, begin, again) in SHAPES {
        let count = |length: usize| {
            steps();
            let _ =
                read("sqlserver", Some(form), &[begin, again.repeat(length / again.len()).as_str()].concat());
            steps()
        };
        let (short, long) = (count(5_000), count(10_000));
        assert!(long * 10 <= short.max(100) * 22, "{form} {begin}{again}…: {short} steps, then {long}");
    }
}

#[test]
fn keys_are_found_among_many() {
    let pairs: Vec<String> =
        (0..2_000).map(|number| format!("key{number}={number};KEY{number}=last")).collect();
    let text = pairs.join(";");
    steps();
    let params = read("sqlserver", Some("ado"), &text).map(|parts| parts.params).unwrap_or_default();
    assert!(steps() < 20 * text.len());
    assert_eq!(params.len(), 2_000);
    assert!(params.iter().all(|param| param.value.as_deref() == Some("last")));
}
