//! What holds for any text: nothing breaks, a mistake stands within the text, and what was read can be written and reads back equal.

use jackfield_strings::{Reading, build, detect, dialects, read, read_as};
use proptest::prelude::*;

/// Pieces that connection strings are made of, so that random texts are often readable.
const PIECES: &[&str] = &[
    "postgresql://",
    "jdbc:postgresql://",
    "mysql://",
    "mysqlx://",
    "jdbc:mysql://",
    "jdbc:mariadb://",
    "mongodb://",
    "mongodb+srv://",
    "redis://",
    "unix://",
    "redis-sentinel://",
    "clickhouse:",
    "jdbc:ch://",
    "amqp://",
    "SASL_SSL://",
    "ldap://",
    "ftp://",
    "smtps://",
    "http://",
    "sqlserver://",
    "jdbc:sqlserver://",
    "odbc:",
    "Server=",
    "tcps://",
    "Host=h;User ID=u;",
    "jdbc:aws-wrapper:mysql://",
    "u@tcp(h)/d?",
    "jdbc:oracle:thin:@",
    "oracle://",
    "mssql://",
    "https://",
    "redis-socket:",
    "NAME = (DESCRIPTION=",
    "sqlserver://h:1;",
    "(DESCRIPTION=",
    "(ADDRESS=",
    "(HOST=h)",
    "(PORT=1)",
    "host=",
    "port=",
    "user",
    "password",
    "dbname=",
    "pa55",
    "h",
    "a.b",
    "127.0.0.1",
    "[::1]",
    "[fe80::1%25x]",
    "db",
    "key=value",
    "user=u",
    "PassWord=p",
    "database=2",
    "service_name=s",
    "%31",
    "; ",
    "/1/",
    "flag",
    "x=1",
    "db=2",
    "scope",
    "sub",
    "(a=b)",
    "dc=x,dc=y",
    "address=",
    "(host=h,port=1)",
    "\\\\.\\p",
    "%2Fs.sock",
    "/s",
    "%41",
    "%",
    "%00",
    "%C3%A9",
    "é",
    "é\u{301}",
    "😀",
    "1",
    "5432",
    "65536",
    ":",
    "/",
    "//",
    "?",
    "&",
    "=",
    "@",
    ",",
    ";",
    "#",
    "+",
    " ",
    "\t",
    "\n",
    "\0",
    "'",
    "\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "!",
    "$",
    "-",
    "_",
    "~",
    "*",
];

fn texts() -> impl Strategy<Value = String> {
    let assembled =
        prop::collection::vec(prop::sample::select(PIECES), 0..14).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => assembled, 1 => "\\PC{0,60}", 1 => any::<String>()]
}

/// How many of the pieces begin a text.
fn begins() -> usize {
    PIECES.iter().position(|piece| *piece == "(DESCRIPTION=").unwrap()
}

/// A text that begins as the strings of a dialect do.
fn begun() -> impl Strategy<Value = String> {
    let tail = prop::collection::vec(prop::sample::select(&PIECES[begins()..]), 0..14)
        .prop_map(|pieces| pieces.concat());
    (prop::sample::select(&PIECES[..begins()]), tail).prop_map(|(begin, tail)| [begin, &tail].concat())
}

fn check(dialect: &str, text: &str) -> Result<(), TestCaseError> {
    let (_, forms) = dialects().find(|(name, _)| *name == dialect).unwrap();
    prop_assert!(detect(dialect, text).is_some_and(|form| forms.contains(&form)));
    for form in forms {
        let leniently =
            read_as(dialect, &Reading { form: Some(form), lenient: true }, text).map(|(parts, _)| parts);
        match read(dialect, Some(form), text) {
            Err(found) => prop_assert!(found.at <= text.chars().count(), "{form}: {found:?}"),
            // `build` itself reads back what it wrote.
            Ok(parts) => {
                prop_assert!(
                    build(dialect, Some(form), &parts).is_ok(),
                    "{form}: {text:?} as {parts:?} cannot be written"
                );
                prop_assert_eq!(leniently, Ok(parts), "{}: {:?} leniently", form, text);
                continue;
            }
        }
        match leniently {
            Err(found) => prop_assert!(found.at <= text.chars().count(), "{form}, leniently: {found:?}"),
            // Some of it may not be writable, but that does no harm either.
            Ok(parts) => drop(build(dialect, Some(form), &parts)),
        }
    }
    told(dialect, text)
}

/// Where the form is told from a text that begins with a scheme, neither a host nor the name of a parameter does so.
fn told(dialect: &str, text: &str) -> Result<(), TestCaseError> {
    let Ok((parts, form)) = read_as(dialect, &Reading { form: None, lenient: true }, text) else {
        return Ok(());
    };
    prop_assert!(Some(form) == detect(dialect, text), "{form}");
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    if scheme.is_empty()
        || scheme.contains(|letter: char| !letter.is_ascii_alphanumeric() && !"+-.".contains(letter))
    {
        return Ok(());
    }
    // Further on it may be a parameter's name.
    if text.matches(&[scheme, "://"].concat()).count() > 1 {
        return Ok(());
    }
    let hosts = parts.hosts.iter().filter_map(|host| host.host.as_deref());
    for name in hosts.chain(parts.params.iter().map(|param| param.name.as_str())) {
        prop_assert!(!name.starts_with(&[scheme, "://"].concat()), "{name:?} of {text:?}");
    }
    Ok(())
}

/// One test for each dialect, named like it.
macro_rules! each_dialect {
    ($($dialect:ident)*) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 6_000, failure_persistence: None, ..ProptestConfig::default() })]
            $(
                #[test]
                fn $dialect(any in texts(), begun in begun()) {
                    check(stringify!($dialect), &any)?;
                    check(stringify!($dialect), &begun)?;
                }
            )*
        }

        #[test]
        fn all_dialects_are_here() {
            let named = [$(stringify!($dialect)),*];
            assert!(dialects().all(|(dialect, _)| named.contains(&dialect)));
        }
    };
}

each_dialect! { postgres mysql mongodb redis clickhouse amqp kafka ldap ftp smtp http sqlserver oracle jdbc }

#[test]
fn long_texts_do_no_harm() {
    for piece in PIECES {
        let text = piece.repeat(10_000 / piece.len());
        for (dialect, forms) in dialects() {
            for form in forms {
                let _ = read(dialect, Some(form), &text);
            }
        }
    }
}
