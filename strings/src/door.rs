//! The door for a page: JSON in and out.

use wasm_bindgen::prelude::*;

use crate::Reading;
use crate::json::{Json, Kind};
use crate::parts::Parts;
use crate::parts::{Reason, Unreadable};
use crate::parts_json::{Walk, put_parts};
use crate::text::{given, shown};

// The usual allocator would be an eighth of the module.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// `{"do":"read","dialect","form"?,"text"}` is answered with `{"parts","form"}`, `{"do":"build","dialect","form"?,"parts"}` with
/// `{"text"}`; both with `{"unreadable":{"at","reason"}}` where they cannot be.
#[wasm_bindgen]
pub fn call(text: &str) -> String {
    let mut answer = Json::default();
    answer.put(Kind::Map, "");
    if let Err(found) = answered(text, &mut answer) {
        answer.member("unreadable", Kind::Map, "");
        answer.member("at", Kind::Word, &shown(found.at as u64));
        answer.member("reason", Kind::Text, found.reason.code());
        answer.put(Kind::MapEnd, "");
    }
    answer.put(Kind::MapEnd, "");
    let mut out = String::new();
    answer.write(&mut out);
    out
}

/// What a page may say.
#[derive(Default)]
struct Call {
    what: Option<String>,
    dialect: Option<String>,
    form: Option<String>,
    text: Option<String>,
    parts: Parts,
}

fn answered(text: &str, answer: &mut Json) -> Result<(), Unreadable> {
    let bad = Unreadable { at: 0, reason: Reason::BadCall };
    let mut call = Call::default();
    heard(text, &mut call).ok_or(bad)?;
    let (dialect, form) = (given(&call.dialect), call.form.as_deref());
    match (given(&call.what), &call.text) {
        ("read", Some(text)) => {
            let mut parts = Parts::default();
            let form = crate::read_into(dialect, &Reading { form, lenient: false }, text, &mut parts)?;
            answer.put(Kind::Name, "parts");
            put_parts(&parts, answer);
            answer.member("form", Kind::Text, form);
        }
        ("build", None) => answer.member("text", Kind::Text, &crate::build(dialect, form, &call.parts)?),
        _ => return Err(bad),
    }
    Ok(())
}

fn heard(text: &str, call: &mut Call) -> Option<()> {
    let json = Json::parse(text)?;
    let mut walk = Walk { rest: &json.tokens, name: "" };
    walk.enter(Kind::Map)?;
    while walk.member() {
        match walk.name {
            "parts" => walk.parts(&mut call.parts)?,
            _ => walk.one_of(&mut [("do", &mut call.what), ("dialect", &mut call.dialect), ("form", &mut call.form), ("text", &mut call.text)])?,
        }
    }
    Some(())
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
