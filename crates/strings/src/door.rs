//! The door for a page: JSON in and out.

use wasm_bindgen::prelude::*;

use crate::Reading;
use crate::json::{Json, Kind};
use crate::known::each_known;
use crate::parts::Parts;
use crate::parts_json::{Walk, put_parts};
use crate::refused::Refused;
use crate::text::{given, shown};

// The usual allocator would be an eighth of the module.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// `{"do":"read","dialect","form"?,"text"}` is answered with `{"parts","form"}`; with `"lenient":true` an unknown parameter stays, `"usual"`
/// is the scheme that the dialect writes, and `"known"` are the parameters that it knows, which
/// `{"do":"known","dialect","parts"}` tells as well. `{"do":"build","dialect","form"?,"parts"}` is answered with `{"text"}`. What pasting asks for is in
/// `paste/door.rs`. All are answered with `{"unreadable":{"at","reason"}}` where they cannot be.
#[wasm_bindgen]
pub fn call(text: &str) -> String {
    let mut answer = Json::default();
    answer.open();
    if let Err(found) = answered(text, &mut answer) {
        answer.member("unreadable", Kind::Map, "");
        answer.member("at", Kind::Word, &shown(found.at as u64));
        answer.member("reason", Kind::Text, &found.code);
        answer.close();
    }
    answer.close();
    let mut out = String::new();
    answer.write(&mut out);
    out
}

/// What a page says.
#[derive(Default)]
struct Call<'a> {
    what: Option<String>,
    dialect: Option<String>,
    form: Option<String>,
    lenient: Option<String>,
    text: Option<String>,
    parts: Parts,
    #[cfg(feature = "paste")]
    pasting: crate::paste::door::Call<'a>,
    #[cfg(not(feature = "paste"))]
    pasting: std::marker::PhantomData<&'a ()>,
}

fn bad_call() -> Refused {
    Refused::new(0, "bad_call")
}

fn answered(text: &str, answer: &mut Json) -> Result<(), Refused> {
    let json = Json::parse(text).ok_or_else(bad_call)?;
    let mut call = Call::default();
    heard(&json, &mut call).ok_or_else(bad_call)?;
    match (given(&call.what), &call.text) {
        #[cfg(feature = "dialects")]
        ("read", Some(text)) => read(&call, text, answer)?,
        #[cfg(feature = "dialects")]
        ("known", None) => put_known(given(&call.dialect), &call.parts, answer),
        #[cfg(feature = "dialects")]
        ("build", None) => answer.member(
            "text",
            Kind::Text,
            &crate::build(given(&call.dialect), call.form.as_deref(), &call.parts)?,
        ),
        #[cfg(feature = "paste")]
        (what, text) => call.pasting.answer(what, text.as_deref(), &call.parts, answer)?,
        #[cfg(not(feature = "paste"))]
        _ => return Err(bad_call()),
    }
    Ok(())
}

#[cfg(feature = "dialects")]
fn read(call: &Call, text: &str, answer: &mut Json) -> Result<(), Refused> {
    let dialect = given(&call.dialect);
    let reading = Reading { form: call.form.as_deref(), lenient: call.lenient.is_some() };
    let mut parts = Parts::default();
    let form = crate::read_into(dialect, &reading, text, &mut parts)?;
    answer.put(Kind::Name, "parts");
    put_parts(&parts, answer);
    answer.member("form", Kind::Text, form);
    if call.lenient.is_some() {
        if let Some(scheme) = crate::usual_scheme(dialect) {
            answer.member("usual", Kind::Text, &scheme);
        }
        put_known(dialect, &parts, answer);
    }
    Ok(())
}

#[cfg(feature = "dialects")]
fn put_known(dialect: &str, parts: &Parts, answer: &mut Json) {
    answer.member("known", Kind::List, "");
    each_known(dialect, &parts.params, &mut |name| answer.put(Kind::Text, name));
    answer.mark(Kind::ListEnd);
}

fn heard<'a>(json: &'a Json, call: &mut Call<'a>) -> Option<()> {
    let mut walk = Walk { rest: &json.tokens, name: "" };
    walk.enter(Kind::Map)?;
    while walk.member() {
        match walk.name {
            "parts" => walk.parts(&mut call.parts)?,
            #[cfg(feature = "paste")]
            "type" | "strings" | "values" | "known" | "readings" => call.pasting.member(&mut walk)?,
            _ => walk.one_of(&mut [
                ("do", &mut call.what),
                ("dialect", &mut call.dialect),
                ("form", &mut call.form),
                ("lenient", &mut call.lenient),
                ("text", &mut call.text),
            ])?,
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
            (
                r#"{"do":"read","dialect":"redis","text":"redis://h:1"}"#,
                r#"{"parts":{"scheme":"redis","hosts":[{"host":"h","port":1}]},"form":"uri"}"#,
            ),
            (
                r#"{"do":"read","dialect":"redis","lenient":true,"text":"rediss://h"}"#,
                r#"{"parts":{"scheme":"rediss","hosts":[{"host":"h"}]},"form":"uri","usual":"redis","known":[]}"#,
            ),
            (
                r#"{"do":"read","dialect":"redis","text":"redis://h:x"}"#,
                r#"{"unreadable":{"at":10,"reason":"port_number"}}"#,
            ),
            (
                r#"{"do":"build","dialect":"amqp","parts":{"hosts":[{"host":"h"}],"database":"/"}}"#,
                r#"{"text":"amqp://h/%2F"}"#,
            ),
            (
                r#"{"do":"read","dialect":"none","text":""}"#,
                r#"{"unreadable":{"at":0,"reason":"unknown_dialect"}}"#,
            ),
            (r#"{"do":"dance","dialect":"amqp"}"#, r#"{"unreadable":{"at":0,"reason":"bad_call"}}"#),
            ("", r#"{"unreadable":{"at":0,"reason":"bad_call"}}"#),
        ] {
            assert_eq!(call(asked), answer);
        }
    }
}
