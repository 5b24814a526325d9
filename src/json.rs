//! JSON as the engine holds it: members keep their order, and a pointer reaches into it.

use std::fmt;

use crate::text::{Gather, count, replaced};

/// Up to here every integer has a number of its own.
pub const SAFE: f64 = 9_007_199_254_740_991.0;

/// A JSON value.
#[derive(Clone, Default, PartialEq)]
pub enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    /// A whole number that a JSON reader would round, as it was written.
    Exact(String),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// Writes it as JSON text without white space.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    pub fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    /// A map of the given members, in their order.
    pub fn map(members: Vec<(&str, Json)>) -> Json {
        Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).gather())
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; nothing for anything else.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// The members of a map; nothing for anything else.
    pub fn members(&self) -> &[(String, Json)] {
        match self {
            Json::Map(members) => members,
            _ => &[],
        }
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A scalar as text: what a text control shows. `None` for null, lists and maps.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text.clone()),
            Json::Number(number) => Some(number_text(*number)),
            Json::Exact(digits) => Some(digits.clone()),
            Json::Bool(value) => Some(if *value { "true" } else { "false" }.to_owned()),
            _ => None,
        }
    }

    /// What stands at a JSON Pointer (RFC 6901).
    pub fn at(&self, pointer: &str) -> Option<&Json> {
        segments(pointer).try_fold(self, |here, key| match here {
            Json::Map(_) => here.get(&key),
            Json::List(items) => items.get(count(&key, SAFE)?),
            _ => None,
        })
    }

    /// Whether a number in it would be rounded by a JSON reader.
    pub fn has_exact(&self) -> bool {
        matches!(self, Json::Exact(_)) || self.items().iter().any(Json::has_exact) || self.members().iter().any(|(_, value)| value.has_exact())
    }

    /// The same as `at`, to be changed.
    pub fn at_mut(&mut self, pointer: &str) -> Option<&mut Json> {
        let mut here = self;
        for key in segments(pointer) {
            here = match here {
                Json::Map(members) => members.iter_mut().find(|(name, _)| *name == key).map(|(_, value)| value)?,
                Json::List(items) => items.get_mut(count(&key, SAFE)?)?,
                _ => return None,
            };
        }
        Some(here)
    }

    /// Sets what stands at a JSON Pointer; maps are made on the way, and what is no map gives way.
    pub fn put(&mut self, pointer: &str, value: Json) {
        let mut here = self;
        for key in segments(pointer) {
            here = here.member(key);
        }
        *here = value;
    }

    /// Takes out what stands at a JSON Pointer, and the maps that this leaves empty.
    pub fn remove(&mut self, pointer: &str) {
        let keys: Vec<String> = segments(pointer).gather();
        remove(self, &keys);
    }

    /// Lays `over` on it, member by member; everything but maps is replaced whole.
    pub fn merge(&mut self, over: &Json) {
        match over {
            Json::Map(members) if matches!(self, Json::Map(_)) => {
                for (name, value) in members {
                    self.member(name.clone()).merge(value);
                }
            }
            _ => *self = over.clone(),
        }
    }

    /// The member of that name, made where it is missing.
    fn member(&mut self, name: String) -> &mut Json {
        if !matches!(self, Json::Map(_)) {
            *self = Json::Map(Vec::new());
        }
        match self {
            Json::Map(members) => {
                let place = members.iter().position(|(key, _)| *key == name).unwrap_or_else(|| {
                    members.push((name, Json::Null));
                    members.len() - 1
                });
                &mut members[place].1
            }
            other => other,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(true) => out.push_str("true"),
            Json::Bool(false) => out.push_str("false"),
            Json::Number(number) => out.push_str(&number_text(*number)),
            Json::Exact(digits) => out.push_str(digits),
            Json::Text(text) => write_text(text, out),
            Json::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Map(members) => {
                out.push('{');
                for (place, (name, value)) in members.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Its shape only: a document may hold secrets, and `Debug` ends in logs.
impl fmt::Debug for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Json::Null => "null",
            Json::Bool(_) => "bool",
            Json::Number(_) | Json::Exact(_) => "number",
            Json::Text(_) => "text",
            Json::List(_) => "list",
            Json::Map(_) => "map",
        })
    }
}

/// A number as JSON writes it: whole ones without a point.
pub fn number_text(number: f64) -> String {
    if number.abs() <= SAFE && number == (number as i64) as f64 { (number as i64).to_string() } else { fraction_text(number) }
}

/// The keys of a JSON Pointer, unescaped.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|key| replaced(&replaced(key, "~1", "/"), "~0", "~"))
}

/// A key as a JSON Pointer writes it.
pub fn escape(key: &str) -> String {
    replaced(&replaced(key, "~", "~0"), "/", "~1")
}

/// Whether something was taken out.
fn remove(here: &mut Json, keys: &[String]) -> bool {
    let (Json::Map(members), Some(key)) = (here, keys.first()) else { return false };
    let Some(place) = members.iter().position(|(name, _)| name == key) else { return false };
    let last = keys.len() == 1;
    let removed = last || remove(&mut members[place].1, &keys[1..]);
    // A map that was empty before is a constant of its own, and stays.
    if last || removed && members[place].1.members().is_empty() {
        members.remove(place);
    }
    removed
}

fn write_text(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                out.push(HEX[letter as usize >> 4] as char);
                out.push(HEX[letter as usize & 15] as char);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

/// Decimal fractions are borrowed: from the standard library natively, from the browser in the page, where it has them already.
#[cfg(not(target_arch = "wasm32"))]
fn fraction_text(number: f64) -> String {
    number.to_string()
}

#[cfg(target_arch = "wasm32")]
fn fraction_text(number: f64) -> String {
    js_sys::JSON::stringify(&number.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_reach_and_make_places() {
        let mut body = Json::parse(r#"{"a":{"b":[1,{"c/d":true}]}}"#).unwrap();
        assert_eq!(body.at("/a/b/1/c~1d"), Some(&Json::Bool(true)));
        assert_eq!(body.at("/a/x"), None);
        body.put("/options/jira/siteUrl", Json::text("x"));
        body.put("/a/b", Json::Null);
        assert_eq!(body.to_text(), r#"{"a":{"b":null},"options":{"jira":{"siteUrl":"x"}}}"#);
        body.remove("/options/jira/siteUrl");
        let mut constant = Json::parse(r#"{"options":{}}"#).unwrap();
        constant.remove("/options/x");
        assert_eq!(constant.to_text(), r#"{"options":{}}"#);
        assert_eq!(body.to_text(), r#"{"a":{"b":null}}"#);
    }

    #[test]
    fn text_is_written_as_it_was_read() {
        for text in [r#"{"a":"\"\\\n\u0001é•","b":[1,-2.5,null,false],"c":{}}"#, "[]", "9007199254740991", "\"\""] {
            assert_eq!(Json::parse(text).unwrap().to_text(), text);
        }
    }

    #[test]
    fn merging_goes_member_by_member() {
        let mut base = Json::parse(r#"{"type":"a","deep":{"x":1,"y":[1]}}"#).unwrap();
        base.merge(&Json::parse(r#"{"deep":{"y":[],"z":null}}"#).unwrap());
        assert_eq!(base.to_text(), r#"{"type":"a","deep":{"x":1,"y":[],"z":null}}"#);
    }

    #[test]
    fn debug_shows_no_content() {
        assert_eq!(format!("{:?}", Json::text("s3cret")), "text");
    }
}
