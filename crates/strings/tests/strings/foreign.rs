//! A text with a scheme that a dialect does not know is refused there, whatever its forms would make of it.

use jackfield_strings::{Reading, Reason, dialects, read_as};

const TAILS: &[&str] = &[
    "u:pa55@h/?a=b",
    "u:pa55@h:1/d",
    "h;user=u;password=pa55",
    "u:pa55@(h)/d",
    "h,password=pa55",
    "/d?password=pa55",
    "",
];

#[test]
fn a_foreign_scheme_is_refused_where_the_text_begins() {
    for (dialect, _) in dialects().filter(|(dialect, _)| *dialect != "kafka") {
        for scheme in ["x", "X", "nats", "x+y", "x-y.z2", "my_x", "x:y"] {
            for (tail, lenient) in TAILS.iter().flat_map(|tail| [(tail, false), (tail, true)]) {
                let text = [scheme, "://", tail].concat();
                let found = read_as(dialect, &Reading { form: None, lenient }, &text)
                    .map(|(parts, form)| (parts.hosts.len(), form));
                let found = found.map_err(|found| (found.at, found.reason));
                assert_eq!(found, Err((0, Reason::UnknownScheme)), "{dialect} {text}");
            }
        }
    }
}

#[test]
fn a_form_that_is_named_judges_by_itself() {
    for (dialect, form, text) in [
        ("sqlserver", "odbc", "Server=h;Database=x://y"),
        ("kafka", "endpoint", "X://h:1"),
        ("mysql", "go-dsn", "u://p@tcp(h)/d"),
    ] {
        assert!(read_as(dialect, &Reading { form: Some(form), lenient: false }, text).is_ok(), "{text}");
    }
}

#[test]
fn what_may_begin_with_any_scheme_is_read() {
    for (dialect, text, form) in [
        ("kafka", "PLAINTEXT://h:9092", "hostlist"),
        ("kafka", "x://a:1,Y_Z://b:2", "hostlist"),
        ("mysql", "u://p@tcp(h)/d", "go-dsn"),
        ("oracle", "u/pa55@tcp://h:1/s", "user/password@dsn"),
        ("oracle", "TCPS://h:1/s", "ezconnect"),
        ("sqlserver", "MSSQL://u:p@h", "uri"),
        ("sqlserver", "Server=h;Application Name=x://y", "ado"),
        ("redis", "Valkey://h", "uri"),
        ("clickhouse", "jdbc:ch:https://h", "jdbc"),
    ] {
        let found = read_as(dialect, &Reading::default(), text).map(|(_, form)| form);
        assert_eq!(found, Ok(form), "{dialect} {text}");
    }
}
