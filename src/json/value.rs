//! JSON as the engine holds it: members keep their order, and a pointer reaches into it.

use std::fmt;

use crate::base::names::NameIndex;
use crate::base::text::{CollectVec, count_step};
use crate::json::number_text;

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

    /// Whether a number in it would be rounded by a JSON reader.
    pub fn has_unsafe_integer(&self) -> bool {
        matches!(self, Json::Exact(_))
            || self.items().iter().any(Json::has_unsafe_integer)
            || self.members().iter().any(|(_, value)| value.has_unsafe_integer())
    }

    /// Sets the member of that name, whatever letters are in it.
    pub fn set_member(&mut self, name: &str, value: Json) {
        if let Some(member) = self.member(name) {
            *member = value;
        }
    }

    /// Lays `over` on it, member by member; everything but maps is replaced whole.
    pub fn merge(&mut self, over: &Json) {
        let (Json::Map(mine), Json::Map(members)) = (&mut *self, over) else {
            *self = over.clone();
            return;
        };
        let known = names(mine);
        let indices: Vec<Option<usize>> = members.iter().map(|(name, _)| known.position(name)).collect_vec();
        for (member, index) in members.iter().zip(indices) {
            match index.and_then(|index| mine.get_mut(index)) {
                Some((_, value)) => value.merge(&member.1),
                None => mine.push(member.clone()),
            }
        }
    }

    /// The member of that name, made where it is missing; what is no map gives way to one.
    pub(super) fn member(&mut self, name: &str) -> Option<&mut Json> {
        if !matches!(self, Json::Map(_)) {
            *self = Json::Map(Vec::new());
        }
        let missing = self.get(name).is_none();
        if let (Json::Map(members), true) = (&mut *self, missing) {
            members.push((name.to_owned(), Json::Null));
        }
        self.get_mut(name)
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
    for (before, index) in names(&members).duplicates().into_iter().rev() {
        let last = members.get_mut(index).map(|(_, value)| std::mem::take(value)).unwrap_or_default();
        if let (Some((_, value)), Some(kept)) = (members.get_mut(before), kept.get_mut(index)) {
            (*value, *kept) = (last, false);
        }
    }
    let mut kept = kept.into_iter();
    members.retain(|_| kept.next() == Some(true));
    members
}

#[cfg(test)]
mod tests {
    use super::*;

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
