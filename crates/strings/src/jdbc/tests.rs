//! What was read can be written and read again.

use crate::{build, read};
use proptest::prelude::*;

/// Pieces of the language, and what disturbs it.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "jdbc:", "other:", "h2:", "db2:", "x:", "sqlserver:", "oracle:thin:", "file:", "C:", "//", "/", "host", "[::1]", "[", "]", ":1", ":", ",", ";", "?", "&", "=", "user=",
    "password=", "k", "k=v", "@", "%41", "é", " ", "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_read_can_be_written_and_read_again(
        product in prop::sample::select(&["", "jdbc:other:", "jdbc:other://host", "jdbc:h2:mem:", "jdbc:db2://host:1/db:", "jdbc:derby://"][..]),
        tail in prop::collection::vec(prop::sample::select(TOKENS), 0..12),
    ) {
        let text = [product, &tail.concat()].concat();
        match read("jdbc", None, &text) {
            Ok(parts) => {
                let written = build("jdbc", None, &parts);
                prop_assert!(written.is_ok(), "{parts:?}");
                prop_assert_eq!(read("jdbc", None, &written.unwrap_or_default()), Ok(parts));
            }
            Err(found) => prop_assert!(found.at <= text.chars().count(), "{:?}", found),
        }
    }
}
