//! JSON as the engine holds it: members keep their order, and a pointer reaches into it.

use std::fmt;

use crate::base::names::NameIndex;
use crate::base::text::{CollectVec, count_step, integer_text, parse_index, push_hex, replace_all, split};

/// Up to here every integer has a number of its own.
pub const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

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
        Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect_vec())
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
        self.members().iter().find(|(key, _)| is(key, name)).map(|(_, value)| value)
    }

    /// The same as `get`, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        let Json::Map(members) = self else { return None };
        members.iter_mut().find(|(key, _)| is(key, name)).map(|(_, value)| value)
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
            Json::List(items) => items.get(parse_index(&key, MAX_SAFE_INTEGER)?),
            _ => None,
        })
    }

    /// Whether a number in it would be rounded by a JSON reader.
    pub fn has_unsafe_integer(&self) -> bool {
        matches!(self, Json::Exact(_))
            || self.items().iter().any(Json::has_unsafe_integer)
            || self.members().iter().any(|(_, value)| value.has_unsafe_integer())
    }

    /// The same as `at`, to be changed.
    pub fn at_mut(&mut self, pointer: &str) -> Option<&mut Json> {
        let mut here = self;
        for key in segments(pointer) {
            here = match here {
                Json::Map(_) => here.get_mut(&key)?,
                Json::List(items) => items.get_mut(parse_index(&key, MAX_SAFE_INTEGER)?)?,
                _ => return None,
            };
        }
        Some(here)
    }

    /// Sets the member of that name, whatever letters are in it.
    pub fn set_member(&mut self, name: &str, value: Json) {
        if let Some(member) = self.member(name) {
            *member = value;
        }
    }

    /// Sets what stands at a JSON Pointer; maps are made on the way, and what is no map gives way.
    pub fn put(&mut self, pointer: &str, value: Json) {
        let mut here = self;
        for key in segments(pointer) {
            match here.member(&key) {
                Some(member) => here = member,
                None => return,
            }
        }
        *here = value;
    }

    /// Takes out what stands at a JSON Pointer, and the maps that this leaves empty.
    pub fn remove(&mut self, pointer: &str) {
        let keys: Vec<String> = segments(pointer).collect_vec();
        remove(self, &keys);
    }

    /// Lays `over` on it, member by member; everything but maps is replaced whole.
    pub fn merge(&mut self, over: &Json) {
        let (Json::Map(mine), Json::Map(members)) = (&mut *self, over) else {
            *self = over.clone();
            return;
        };
        let known = names(mine);
        let places: Vec<Option<usize>> = members.iter().map(|(name, _)| known.position(name)).collect_vec();
        for (member, place) in members.iter().zip(places) {
            match place.and_then(|place| mine.get_mut(place)) {
                Some((_, value)) => value.merge(&member.1),
                None => mine.push(member.clone()),
            }
        }
    }

    /// The member of that name, made where it is missing; what is no map gives way to one.
    fn member(&mut self, name: &str) -> Option<&mut Json> {
        if !matches!(self, Json::Map(_)) {
            *self = Json::Map(Vec::new());
        }
        let missing = self.get(name).is_none();
        if let (Json::Map(members), true) = (&mut *self, missing) {
            members.push((name.to_owned(), Json::Null));
        }
        self.get_mut(name)
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

fn is(key: &str, name: &str) -> bool {
    count_step();
    key == name
}

/// The names of members, to be found among many.
pub fn names(members: &[(String, Json)]) -> NameIndex<'_> {
    NameIndex::new(members.iter().map(|(name, _)| name.as_str()).collect_vec())
}

/// Finds members of one object, many times.
pub fn member_lookup<'j>(json: &'j Json) -> impl Fn(&str) -> Option<&'j Json> {
    let (members, names) = (json.members(), names(json.members()));
    move |name| members.get(names.position(name)?).map(|(_, value)| value)
}

/// Members without those whose name comes again: the last value counts, at the first place, as in every JSON reader.
pub fn without_duplicates(mut members: Vec<(String, Json)>) -> Vec<(String, Json)> {
    let mut kept = vec![true; members.len()];
    // From the last on, so that its value goes all the way to the first.
    for (before, place) in names(&members).duplicates().into_iter().rev() {
        let last = members.get_mut(place).map(|(_, value)| std::mem::take(value)).unwrap_or_default();
        if let (Some((_, value)), Some(kept)) = (members.get_mut(before), kept.get_mut(place)) {
            (*value, *kept) = (last, false);
        }
    }
    let mut kept = kept.into_iter();
    members.retain(|_| kept.next() == Some(true));
    members
}

/// A number as JSON writes it: whole ones without a point.
pub fn number_text(number: f64) -> String {
    if number.abs() <= MAX_SAFE_INTEGER && number == (number as i64) as f64 {
        integer_text(number as i64)
    } else {
        fraction_text(number)
    }
}

/// The keys of a JSON Pointer, unescaped.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> {
    split(pointer, b'/').skip(1).map(|key| replace_all(&replace_all(key, "~1", "/"), "~0", "~"))
}

/// A key as a JSON Pointer writes it.
pub fn escape(key: &str) -> String {
    replace_all(&replace_all(key, "~", "~0"), "/", "~1")
}

/// Whether something was taken out.
fn remove(here: &mut Json, keys: &[String]) -> bool {
    let (Json::Map(members), Some((key, rest))) = (here, keys.split_first()) else { return false };
    let Some((place, (_, value))) = members.iter_mut().enumerate().find(|(_, (name, _))| name == key) else {
        return false;
    };
    let last = rest.is_empty();
    let removed = last || remove(value, rest);
    // A map that was empty before is a constant of its own, and stays.
    if last || removed && value.members().is_empty() {
        members.remove(place);
    }
    removed
}

fn write_text(text: &str, out: &mut String) {
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
                push_hex(letter as u8, b'a', out);
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
    use wasm_bindgen::JsValue;
    // What `String(number)` gives, which never throws.
    (JsValue::from_f64(number) + JsValue::from_str("")).as_string().unwrap_or_default()
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
        for text in
            [r#"{"a":"\"\\\n\u0001é•","b":[1,-2.5,null,false],"c":{}}"#, "[]", "9007199254740991", "\"\""]
        {
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
