//! The door for a page that pastes.

use super::compose;
use super::connection_type::{ConnectionType, StringKind};
use super::json::{Secrets, put_filled, put_unwrapped};
use super::values::{SECRET, Values};
use super::{ParsedText, Refusal, Refused, fill, paste};
use crate::json::{Json, Kind};
use crate::parts::Parts;
use crate::parts_json::{Walk, put_parts};
use crate::text::{given, number, shown};

/// What a page says of pasting.
#[derive(Default)]
pub struct Call<'a> {
    ty: ConnectionType<'a>,
    strings: StringKind<'a>,
    values: Values<'a>,
    /// The parameters that the dialect knows.
    known: Vec<String>,
    /// What the dialects made of the texts that were asked for, in this order.
    readings: Vec<Result<ParsedText, Refused>>,
}

impl<'a> Call<'a> {
    /// Reads a member of the call; `None` where it is none of these, or has another shape.
    pub fn member(&mut self, walk: &mut Walk<'a>) -> Option<()> {
        match walk.name {
            "type" => walk.connection_type(&mut self.ty),
            "strings" => walk.string_kind(&mut self.strings),
            "values" => walk.values(&mut self.values),
            "known" => walk.names(&mut self.known),
            "readings" => walk.each(&mut |walk| {
                self.readings.push(walk.reading()?);
                Some(())
            }),
            _ => None,
        }
    }

    /// `{"do":"paste","type","values","text","readings"}` is answered with `{"values","filled","left","warnings","unwrapped","kind","dialect",
    /// "form","scheme"?}`, or with `{"read":{"dialect","text"}}`: that text has to be read, leniently, and what was answered goes to the end of
    /// `readings`. `{"do":"fill","type","strings","parts","known"}` is answered with `{"values","filled","left","warnings"}`, and
    /// `{"do":"parts","type","strings","values"}` with `{"parts","secret","place"}`: what stands for each secret, and whether they name a place.
    pub fn answer(
        &mut self,
        what: &str,
        text: Option<&str>,
        parts: &Parts,
        answer: &mut Json,
    ) -> Result<(), Refused> {
        match (what, text) {
            ("paste", Some(text)) => self.paste(text, answer)?,
            ("fill", None) => {
                put_filled(&fill::fill(&self.ty, &self.strings, parts, &self.known), Secrets::Marked, answer)
            }
            ("parts", None) => {
                let parts = compose::parts_of(&self.ty, &self.strings, &self.values);
                answer.put(Kind::Name, "parts");
                put_parts(&parts, answer);
                answer.member("secret", Kind::Text, SECRET);
                answer.member(
                    "place",
                    Kind::Word,
                    if compose::is_somewhere(&parts) { "true" } else { "false" },
                );
            }
            _ => return Err(Refused::new(0, "bad_call")),
        }
        Ok(())
    }

    fn paste(&mut self, text: &str, answer: &mut Json) -> Result<(), Refused> {
        // The last is taken first.
        self.readings.reverse();
        match paste(&self.ty, &self.values, text, &mut |_, _| self.readings.pop()) {
            Ok(pasted) => {
                put_filled(&pasted.filled, Secrets::Marked, answer);
                put_unwrapped(&pasted, answer);
                answer.member("kind", Kind::Word, &shown(pasted.kind as u64));
                answer.member("dialect", Kind::Text, &pasted.dialect);
                answer.member("form", Kind::Text, &pasted.form);
                // What begins with a scheme of its own is not like what the fields make.
                if let Some(scheme) = pasted.scheme.as_ref().filter(|_| !pasted.special_scheme) {
                    answer.member("scheme", Kind::Text, scheme);
                }
            }
            Err(Refusal::Unread { dialect, text }) => {
                answer.member("read", Kind::Map, "");
                answer.member("dialect", Kind::Text, &dialect);
                answer.member("text", Kind::Text, &text);
                answer.close();
            }
            Err(Refusal::Unreadable(found)) => return Err(found),
        }
        Ok(())
    }
}

impl<'a> Walk<'a> {
    /// What a dialect answered: `{"parts","form","usual"?,"known"}` or `{"unreadable":{"at","reason"}}`.
    fn reading(&mut self) -> Option<Result<ParsedText, Refused>> {
        let mut parts = Parts::default();
        let (mut form, mut usual_scheme) = (None, None);
        let (mut at, mut reason) = (None, None);
        let mut known = Vec::new();
        let mut texts =
            [("form", &mut form), ("usual", &mut usual_scheme), ("at", &mut at), ("reason", &mut reason)];
        self.each_member(&mut |walk, name| match name {
            "parts" => walk.parts(&mut parts),
            "known" => walk.names(&mut known),
            "unreadable" => walk.each_member(&mut |walk, _| walk.one_of(&mut texts)),
            _ => walk.one_of(&mut texts),
        })?;
        let Some(code) = reason else {
            return Some(Ok(ParsedText { parts, form: form?, usual_scheme, known }));
        };
        let at = number(given(&at), 1 << 30)? as usize;
        Some(Err(Refused { at, code }))
    }

    fn names(&mut self, names: &mut Vec<String>) -> Option<()> {
        self.each(&mut |walk| {
            names.push(walk.token()?.text.clone());
            Some(())
        })
    }
}
