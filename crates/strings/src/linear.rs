//! Reading takes no more than linear time: characters looked at are counted, at two lengths.

use crate::cursor::steps;
use crate::{dialects, read};

/// Shapes that invite a reader to look at the same text again and again: a beginning, what repeats, an end.
const SHAPES: &[(&str, &str, &str)] = &[
    ("", "a", ""),
    ("", "@", ""),
    ("", ":", ""),
    ("", "(", ""),
    ("", "()", ""),
    ("", "[", ""),
    ("", "{", ""),
    ("", "%", ""),
    ("", "'", ""),
    ("", "\\", ""),
    ("", ",", ""),
    ("", "=", ""),
    ("", " ", ""),
    ("", "a=b;", ""),
    ("", "a=b ", ""),
    ("", "a,", ""),
    ("", "(a=", ""),
    ("", "h:1,", "h:1"),
    ("S://", "a@", "h"),
    ("S://", "h,", "h"),
    ("S://", "h:1,", "h:1"),
    ("S://", "[::1],", "h"),
    ("S://u:p@h/", "/", ""),
    ("S://u:p@h/", "%41", ""),
    ("S://h/d?", "a=b&", ""),
    ("S://h/d?", "&", ""),
    ("S://h/d?", "a=(", ""),
    ("S://h/d?a=[", "b,", "c]"),
    ("S://h/", "a=b,", "c=d"),
    ("S://h/???", "(&", ""),
    ("S://h/???", "(&(a=b)", ""),
    ("S://", "(a=b),", "h"),
    ("S://address=", "(a=b)", ""),
    ("S://address=", "(a=b) ", ""),
    ("S://", "((", "))"),
    ("S://h", ";a=b", ""),
    ("S://h/d;", "a=b;", ""),
    ("S://u:p", "@h", "/d"),
    ("Host=", "h:1,", ";Port=2"),
    ("Server=h;", "User ID=u;", ""),
    ("host=h", "; a b=c", ""),
    ("u@tcp(h)/d?a=", "b/", ""),
    ("u@tcp(h)/d?", "a/b?", ""),
    ("u@tcp(", ")/", "d"),
    ("S://h;a=", "}}", ""),
    ("S://h:1;", "a=b;", ""),
    ("S://h/", "a/", ""),
    ("S://h:", "%31", ""),
    ("S://h?", "user=u&", "password=p"),
    ("S://h;a={", "}}", "}"),
    ("(DESCRIPTION=", "(ADDRESS=(HOST=h))", ")"),
    ("(DESCRIPTION=", "(A=", ")"),
];

const SCHEMES: &[&str] = &[
    "postgresql",
    "jdbc:postgresql",
    "mysql",
    "jdbc:mysql",
    "jdbc:mariadb",
    "mongodb",
    "mongodb+srv",
    "redis",
    "unix",
    "clickhouse",
    "jdbc:ch",
    "amqp",
    "ldap",
    "ftp",
    "smtp",
    "http",
    "sqlserver",
    "mssql",
    "jdbc:sqlserver",
    "oracle",
    "redis-socket",
    "https",
    "tcps",
    "jdbc:oracle:thin:@",
    "jdbc:x",
    "jdbc:aws-wrapper:mysql",
];

#[test]
fn reading_is_linear() {
    for (dialect, forms) in dialects() {
        for form in forms {
            for (begin, repeated, end) in SHAPES {
                for scheme in if begin.starts_with('S') { SCHEMES } else { &["x"] } {
                    let begin = begin.replacen('S', scheme, usize::from(begin.starts_with("S://")));
                    let count = |length: usize| {
                        let text = [&begin, &repeated.repeat(length / repeated.len()), *end].concat();
                        steps();
                        let _ = read(dialect, Some(form), &text);
                        steps()
                    };
                    let (short, long) = (count(5_000), count(10_000));
                    assert!(
                        long * 10 <= short * 22 + 1_000,
                        "{} {form} {begin}{repeated}…{end}: {short} steps, then {long}",
                        dialect
                    );
                }
            }
        }
    }
}
