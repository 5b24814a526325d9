//! Reading is linear, breaks on nothing, and what was read can be written and read again.

use super::DIALECT;
use crate::cursor::steps;
use crate::{build, read};
use proptest::prelude::*;

/// Pieces of the language, and what disturbs it.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "host", "db-1", "[::1]", "[", "]", ":", ":1521", ":99999", ",", ";", "/", "/svc", ":pooled", ":odd", "/inst", "?", "&", "sid", "ssl_server_dn_match", "wallet_location",
    "pyo.edition", "sdu", "=", " = ", "on", "OFF", "500 ms", "2.50", "\"", "\"a&b\"", "tcps://", "//", "my-proto://", "@", "user/pw", " AS SYSDBA", "(", ")", "))", " ", "\n",
    "é", "🔑", "\0", "jdbc:oracle:thin:", "(HOST=h)", "(PORT=1)", "(A=(B=1)(C=\"x y\"))", "(RETRY_COUNT=3)", "(EDITION=e)", "(SID=s)", "(SERVICE_NAME=s)",
    "oracle://", "u:p@", "service_name=", "sid=", "user=", "password=", "%41", "%", "%2F", "+", "NAME = (DESCRIPTION=(ADDRESS=(HOST=h)))",
];

/// Descriptors that are whole, of nodes in any order.
fn descriptors() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(
        &[
            "(HOST=h)",
            "(PORT=1)",
            "(PROTOCOL=TCP)",
            "(RETRY_COUNT=3)",
            "(LOAD_BALANCE = yes)",
            "(SID=s)",
            "(SERVICE_NAME=one)",
            "(SERVER=pooled)",
            "(SERVER_TYPE=x)",
            "(INSTANCE_NAME=i)",
            "(SECURITY=(SSL_VERSION=t)(X.y=\"a(b\"))",
            "(A=(B=1)(B=2))",
            "(A=(C=(D=)))",
            "(HTTPS_PROXY=p)",
            "(TRANSPORT_CONNECT_TIMEOUT=2 min)",
            "(MY_WALLET_DIRECTORY=\" /w\")",
            "(ADDRESS=(HOST=a))",
            "(ADDRESS=(PORT=2)(Q=1))",
            "(ADDRESS_LIST=(FAILOVER=on)(ADDRESS=(HOST=b)(PORT=3)))",
            "(CONNECT_DATA=(SERVICE_NAME=svc)(SID=x))",
        ][..],
    );
    let container = prop::sample::select(
        &["DESCRIPTION", "ADDRESS", "ADDRESS_LIST", "CONNECT_DATA", "SECURITY", "DESCRIPTION_LIST", "OTHER"]
            [..],
    );
    let node = leaf.prop_map(str::to_owned).prop_recursive(4, 24, 5, move |inner| {
        (container.clone(), prop::collection::vec(inner, 1..5))
            .prop_map(|(key, nodes)| ["(", key, "=", &nodes.concat(), ")"].concat())
    });
    let nodes = prop::collection::vec(node, 0..4);
    let description =
        nodes.prop_map(|nodes| ["(DESCRIPTION=(ADDRESS=(HOST=first))", &nodes.concat(), ")"].concat());
    prop::collection::vec(description, 1..3).prop_map(|all| {
        if all.len() > 1 {
            ["(DESCRIPTION_LIST=(FAILOVER=on)", &all.concat(), ")"].concat()
        } else {
            all.concat()
        }
    })
}

fn texts() -> impl Strategy<Value = (usize, String)> {
    let beginnings =
        ["host/svc", "(DESCRIPTION=(ADDRESS=(HOST=h))", "user/pw@", "jdbc:oracle:thin:", "oracle://"];
    let tail = prop::collection::vec(prop::sample::select(TOKENS), 0..12);
    (0..DIALECT.forms.len(), any::<bool>(), tail).prop_map(move |(form, begins, tail)| {
        let beginning = if begins { beginnings[form] } else { "" };
        (form, [beginning, &tail.concat()].concat())
    })
}

/// Reads, writes and reads again.
fn again(form: &str, text: &str) -> Result<(), TestCaseError> {
    if let Ok(parts) = read("oracle", Some(form), text) {
        let written = build("oracle", Some(form), &parts);
        prop_assert!(written.is_ok(), "{} as {:?}", text, parts);
        let written = written.unwrap_or_default();
        let mut back = read("oracle", Some(form), &written);
        if let (Ok(back), None) = (&mut back, &parts.scheme) {
            // A text may do without what is always written.
            back.scheme = None;
        }
        prop_assert_eq!(back, Ok(parts), "{} as {}", text, written);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_read_can_be_written_and_read_again((form, text) in texts()) {
        again(DIALECT.forms[form], &text)?;
    }

    #[test]
    fn descriptors_can_be_written_and_read_again(text in descriptors()) {
        again("descriptor", &text)?;
    }

    #[test]
    fn a_mistake_has_a_place_in_the_text((form, text) in texts()) {
        if let Err(found) = read("oracle", Some(DIALECT.forms[form]), &text) {
            prop_assert!(found.at <= text.chars().count(), "{:?}", found);
        }
    }
}

/// Shapes that a careless reader goes over again and again.
const SHAPES: &[(&str, &str, &str)] = &[
    ("ezconnect", "", "h,"),
    ("ezconnect", "", "h:1,"),
    ("ezconnect", "", "h;"),
    ("ezconnect", "", "["),
    ("ezconnect", "h/s?", "a=b&"),
    ("ezconnect", "h/s?", "a=\"b\"&"),
    ("ezconnect", "h/s?a=", "\""),
    ("ezconnect", "", " "),
    ("descriptor", "", "("),
    ("descriptor", "(DESCRIPTION=", "(ADDRESS=(HOST=h))"),
    ("descriptor", "", "(A="),
    ("descriptor", "(A=", "(B=1)"),
    ("descriptor", "(ADDRESS=(HOST=h)(X=(Y=", "(B=1)"),
    ("descriptor", "(A=\"", "x"),
    ("descriptor", "(", "A"),
    ("user/password@dsn", "", "@"),
    ("user/password@dsn", "", "/"),
    ("user/password@dsn", "a@b", " as"),
    ("jdbc", "jdbc:oracle:thin:@", ":"),
    ("jdbc", "jdbc:oracle:thin:", "@"),
    ("descriptor", "", "a,"),
    ("descriptor", "NAME = ", "("),
    ("uri", "oracle://", "@"),
    ("uri", "oracle://", "h:1,"),
    ("uri", "oracle://u:", "%41"),
    ("uri", "oracle://h/s?", "a=b&"),
    ("uri", "oracle://h/s?", "user=u&"),
];

#[test]
fn reading_is_linear() {
    for (form, begin, again) in SHAPES {
        let count = |length: usize| {
            steps();
            let _ =
                read("oracle", Some(form), &[begin, again.repeat(length / again.len()).as_str()].concat());
            steps()
        };
        let (short, long) = (count(5_000), count(10_000));
        assert!(long * 10 <= short.max(100) * 22, "{form} {begin}{again}…: {short} steps, then {long}");
    }
}
