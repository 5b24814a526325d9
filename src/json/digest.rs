//! A number by which a document is known again: FNV-1a (64 bit), against accidents and not against anyone who wants another
//! document to have it.
//!
//! White space does not change it, nor does the order of members, which a page's own JSON does not always keep.

use crate::json::Json;

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The digest of a value. Its work grows with the length of its text.
pub fn digest(json: &Json) -> u64 {
    match json {
        Json::Null => hash(START, b"0"),
        Json::Bool(value) => hash(START, if *value { b"t" } else { b"f" }),
        // Zero has two spellings, and JSON's writers know one.
        Json::Number(number) => hash(hash(START, b"#"), &(number + 0.0).to_bits().to_le_bytes()),
        Json::Exact(digits) => hash(hash(START, b"#"), digits.as_bytes()),
        Json::Text(text) => hash(hash(START, b"\""), text.as_bytes()),
        Json::List(items) => {
            items.iter().fold(hash(START, b"["), |so_far, item| hash(so_far, &digest(item).to_le_bytes()))
        }
        Json::Map(members) => hash(hash(START, b"{"), &digest_members(members, None).to_le_bytes()),
    }
}

/// The digest of members, but for one that is left out, whatever their order: a sum.
pub fn digest_members(members: &[(String, Json)], except: Option<&str>) -> u64 {
    let mut sum = 0u64;
    for (name, value) in members {
        if Some(name.as_str()) != except {
            sum = sum.wrapping_add(hash(digest(value), name.as_bytes()));
        }
    }
    sum
}

#[inline(never)]
fn hash(so_far: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(so_far, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> u64 {
        digest(&Json::parse(text).unwrap())
    }

    #[test]
    fn what_json_readers_may_change_changes_nothing() {
        for (one, other) in [
            (r#"{"a":1,"b":[true,null]}"#, " { \"b\" : [ true ,\n null ] , \"a\" : 1 } "),
            (r#"{"x":1,"2":2,"1":{}}"#, r#"{"1":{},"2":2,"x":1}"#),
            ("[1,-0,100]", "[1.0,0,1e2]"),
            (r#""\u0041\/\u00e9""#, "\"A/é\""),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        ] {
            assert_eq!(of(one), of(other), "{one}");
        }
    }

    #[test]
    fn whatever_else_differs_has_another_digest() {
        let mut known = Vec::new();
        for text in [
            "null",
            "0",
            "1",
            "false",
            "true",
            "\"\"",
            "\"0\"",
            "\"null\"",
            "\"a\"",
            "\"b\"",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "[0]",
            "[0,0]",
            "[0,1]",
            "[1,0]",
            r#"["01"]"#,
            r#"["0","1"]"#,
            r#"["","01"]"#,
            r#"{"":""}"#,
            r#"{"a":null}"#,
            r#"{"a":"b"}"#,
            r#"{"b":"a"}"#,
            r#"{"a":"b","c":"d"}"#,
            r#"{"a":"d","c":"b"}"#,
            r#"{"a":{"c":"d"},"b":{}}"#,
            r#"{"a":{},"b":{"c":"d"}}"#,
            r#"{"a":{"b":{}},"c":"d"}"#,
            "9007199254740993",
            "9007199254740992",
        ] {
            known.push((of(text), text));
        }
        known.sort_unstable();
        for pair in known.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{} and {}", pair[0].1, pair[1].1);
        }
    }

    #[test]
    fn one_member_can_be_left_out() {
        let json = Json::parse(r#"{"a":1,"b":2}"#).unwrap();
        assert_eq!(
            digest_members(json.members(), Some("b")),
            digest_members(Json::parse(r#"{"a":1}"#).unwrap().members(), None)
        );
        // The value of FNV-1a that its authors give for “a”.
        assert_eq!(hash(START, b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
