//! The door for a page: JSON in and out.

use wasm_bindgen::prelude::*;

use crate::json::Json;
use crate::parts::{Reason, Unreadable};
use crate::parts_json::{from_parts, to_parts};

/// `{"do":"read","dialect","form"?,"text"}` is answered with `{"parts","form"}`, `{"do":"build","dialect","form"?,"parts"}` with
/// `{"text"}`; both with `{"unreadable":{"at","reason"}}` where they cannot be.
#[wasm_bindgen]
pub fn call(text: &str) -> String {
    let mut out = String::new();
    answered(text).unwrap_or_else(refused).write(&mut out);
    out
}

fn answered(text: &str) -> Result<Json, Unreadable> {
    let bad = Unreadable { at: 0, reason: Reason::BadCall };
    let json = Json::parse(text).ok_or(bad)?;
    let said = |name: &str| json.get(name).and_then(Json::as_str);
    let dialect = said("dialect").ok_or(bad)?;
    match (said("do"), said("text"), json.get("parts")) {
        (Some("read"), Some(text), _) => {
            let form = said("form").or_else(|| crate::detect(dialect, text)).unwrap_or_default();
            let parts = crate::read(dialect, Some(form).filter(|form| !form.is_empty()), text)?;
            Ok(map(vec![("parts", from_parts(&parts)), ("form", Json::Text(form.to_owned()))]))
        }
        (Some("build"), _, Some(parts)) => {
            let parts = to_parts(parts).map_err(|_| bad)?;
            Ok(map(vec![("text", Json::Text(crate::build(dialect, said("form"), &parts)?))]))
        }
        _ => Err(bad),
    }
}

fn refused(found: Unreadable) -> Json {
    let at = Json::Word(found.at.to_string());
    map(vec![("unreadable", map(vec![("at", at), ("reason", Json::Text(found.reason.code().to_owned()))]))])
}

fn map(members: Vec<(&str, Json)>) -> Json {
    Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_answered() {
        for (asked, answer) in [
            (r#"{"do":"read","dialect":"redis","text":"redis://h:1"}"#, r#"{"parts":{"scheme":"redis","hosts":[{"host":"h","port":1}]},"form":"uri"}"#),
            (r#"{"do":"read","dialect":"redis","text":"redis://h:x"}"#, r#"{"unreadable":{"at":10,"reason":"port_number"}}"#),
            (r#"{"do":"build","dialect":"amqp","parts":{"hosts":[{"host":"h"}],"database":"/"}}"#, r#"{"text":"amqp://h/%2F"}"#),
            (r#"{"do":"read","dialect":"none","text":""}"#, r#"{"unreadable":{"at":0,"reason":"unknown_dialect"}}"#),
            (r#"{"do":"dance","dialect":"amqp"}"#, r#"{"unreadable":{"at":0,"reason":"bad_call"}}"#),
            ("", r#"{"unreadable":{"at":0,"reason":"bad_call"}}"#),
        ] {
            assert_eq!(call(asked), answer);
        }
    }
}
