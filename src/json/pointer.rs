//! JSON Pointers (RFC 6901): what stands at one, and how it is changed.

use crate::base::text::{CollectVec, parse_index, replace_all, split};
use crate::json::{Json, MAX_SAFE_INTEGER};

impl Json {
    /// What stands at a JSON Pointer (RFC 6901).
    pub fn at(&self, pointer: &str) -> Option<&Json> {
        segments(pointer).try_fold(self, |here, key| match here {
            Json::Map(_) => here.get(&key),
            Json::List(items) => items.get(parse_index(&key, MAX_SAFE_INTEGER)?),
            _ => None,
        })
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
    let Some((index, (_, value))) = members.iter_mut().enumerate().find(|(_, (name, _))| name == key) else {
        return false;
    };
    let last = rest.is_empty();
    let removed = last || remove(value, rest);
    // A map that was empty before is a constant of its own, and stays.
    if last || removed && value.members().is_empty() {
        members.remove(index);
    }
    removed
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
}
