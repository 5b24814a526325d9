//! Fills in what a type inherits: `like` another type, `use` of a shared section, patches over fields.
//!
//! It works on the JSON, so that a page, the command line and the engine all see one filled-in descriptor.
//! The origin of every inherited part is kept, so that a mistake is reported where it was written.

use crate::bundle::per_operation::id_of;
use crate::json::decoder::Decoder;
use crate::json::diagnostic::{Diagnostics, unknown_name};
use crate::json::{Json, escape};

/// How many types one may inherit from, one after the other.
const LONGEST: usize = 100;

/// A type with everything inherited filled in.
#[derive(Clone, Default)]
pub struct Resolved {
    pub json: Json,
    /// Where a place of `json` was written: its prefix, the document and the place there. Later ones count first.
    origins: Vec<(String, String, String)>,
}

/// A bundle that lays its API and types over those of another, which stands in its `over`, as one that stands alone.
/// A type of the same id is the other's with the words and patches of its own.
pub fn overlaid(bundle: &Json) -> Json {
    let Some(under @ Json::Map(_)) = bundle.get("over") else { return bundle.clone() };
    let mut api = under.get("api").cloned().unwrap_or_default();
    write_field(&mut api, bundle.get("api").unwrap_or(&Json::Null));
    let mut types = under.get("types").map(Json::items).unwrap_or_default().to_vec();
    for own in bundle.get("types").map(Json::items).unwrap_or_default() {
        let mut own = own.clone();
        let known = types.iter().any(|known| id_of(known) == id_of(&own));
        if known && own.get("like").is_none() {
            own.put("/like", Json::text(id_of(&own)));
        }
        types.push(own);
    }
    Json::map(vec![("api", api), ("types", Json::List(types))])
}

/// Lays the words of a patch over those of a field, section or API; what differs by operation is laid over word by word too.
fn write_field(json: &mut Json, patch: &Json) {
    for (word, value) in patch.members() {
        match json.get_mut(word).filter(|_| word == "per") {
            Some(per) => value.members().iter().for_each(|(name, value)| match (per.get_mut(name), value) {
                (Some(known @ Json::Map(_)), Json::Map(_)) => write_field(known, value),
                _ => per.set_member(name, value.clone()),
            }),
            None => json.set_member(word, value.clone()),
        }
    }
}

/// Resolves the type with that index; `None`, with the mistakes noted, where a parent is missing or goes in a circle.
pub fn resolve(
    types: &[Json],
    index: usize,
    shared: &Json,
    trail: &mut Vec<usize>,
    diagnostics: &Diagnostics,
) -> Option<Resolved> {
    let own = types.get(index)?;
    let id = id_of(own);
    let decoder = Decoder::reporting(own, id, "", diagnostics);
    // Only the words of inheritance are judged here; the rest is when the type is read.
    own.members().iter().for_each(|(name, _)| decoder.skip(name));
    let mut found = match decoder.optional("like") {
        None => Resolved::default(),
        Some(parent) => {
            let Some(parent_index) = types.iter().position(|json| id_of(json) == parent) else {
                let ids: Vec<&str> = types.iter().map(id_of).collect();
                return decoder.error("like", &unknown_name(&parent, &ids));
            };
            if trail.contains(&parent_index) {
                return decoder.error("like", "this goes in a circle");
            }
            // Each is read within the one before, and the stack has an end.
            if trail.len() >= LONGEST {
                return decoder.error("like", "this goes through too many types");
            }
            trail.push(parent_index);
            resolve(types, parent_index, shared, trail, diagnostics)?
        }
    };
    let mut known = true;
    for (word, value) in own.members() {
        match word.as_str() {
            "like" | "fields" | "$schema" => {}
            "base" => found.merge_base(value),
            "sections" => known = found.take_sections(&decoder, id, value, shared),
            _ => found.set(word, value.clone(), id),
        }
    }
    // What refers to the fields of a missing section would only repeat that it is missing.
    if !known {
        return None;
    }
    for (pointer, field, patch) in decoder.entries("fields") {
        let written = ["fields/", &escape(field)].concat();
        if !found.patch(field, patch, id, &written) {
            let ids = found.field_ids();
            decoder.unknown::<()>(pointer, "", field, &|| ids.iter().map(String::as_str).collect());
        }
    }
    Some(found)
}

impl Resolved {
    /// Where a place of the resolved type was written.
    pub fn origin(&self, document: &str, pointer: &str) -> (String, String) {
        let under = |prefix: &str| {
            pointer.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let hit = self.origins.iter().rev().find_map(|(prefix, document, origin)| {
            Some((document.clone(), [origin.as_str(), under(prefix)?].concat()))
        });
        hit.unwrap_or_else(|| (document.to_owned(), pointer.to_owned()))
    }

    fn set(&mut self, word: &str, value: Json, id: &str) {
        let pointer = ["/", &escape(word)].concat();
        self.json.set_member(word, value);
        self.note(pointer.clone(), id, pointer);
    }

    fn note(&mut self, prefix: String, document: &str, pointer: String) {
        self.origins.push((prefix, document.to_owned(), pointer));
    }

    fn merge_base(&mut self, over: &Json) {
        let mut base = self.json.get("base").cloned().unwrap_or(Json::Map(Vec::new()));
        base.merge(over);
        self.json.put("/base", base);
    }

    /// Fills in the shared sections that are used; false, with the mistakes noted, where one is missing.
    fn take_sections(&mut self, decoder: &Decoder, id: &str, sections: &Json, shared: &Json) -> bool {
        self.set("sections", sections.clone(), id);
        let mut known = true;
        let Json::List(items) = sections else { return known };
        for (index, section) in items.iter().enumerate() {
            let Some(name) = section.get("use").and_then(Json::as_str) else { continue };
            let pointer = ["sections/", &index.to_string()].concat();
            let Some(found) = shared.get(name) else {
                let names: Vec<&str> = shared.members().iter().map(|(name, _)| name.as_str()).collect();
                decoder.report(&[&pointer, "/use"].concat(), &unknown_name(name, &names));
                known = false;
                continue;
            };
            let mut filled = found.clone();
            write_field(&mut filled, section);
            filled.remove("/use");
            if let Json::Map(members) = &mut self.json {
                for (_, all) in members.iter_mut().filter(|(word, _)| word == "sections") {
                    if let Json::List(all) = all {
                        all.iter_mut().skip(index).take(1).for_each(|section| *section = filled.clone());
                    }
                }
            }
            let pointer = ["/", &pointer].concat();
            self.note(pointer.clone(), "api", ["/sections/", &escape(name)].concat());
            for (word, _) in section.members() {
                let pointer = [&pointer, "/", &escape(word)].concat();
                self.note(pointer.clone(), id, pointer);
            }
        }
        known
    }

    /// Lays a patch over a field, or takes the field out; false where there is no such field.
    fn patch(&mut self, id: &str, patch: &Json, document: &str, written: &str) -> bool {
        let mut sections = self.json.get("sections").map(Json::items).unwrap_or_default().to_vec();
        for (s, section) in sections.iter_mut().enumerate() {
            let mut fields = section.get("fields").map(Json::items).unwrap_or_default().to_vec();
            let Some(f) = fields.iter().position(|field| id_of(field) == id) else { continue };
            let list = ["/sections/", &s.to_string(), "/fields"].concat();
            let pointer = |index: usize| [list.as_str(), "/", &index.to_string()].concat();
            if *patch == Json::Null {
                // Those behind it move up, and take their origins along.
                let moved: Vec<_> = (f..fields.len() - 1)
                    .map(|to| (pointer(to), self.origin(document, &pointer(to + 1))))
                    .collect();
                moved.into_iter().for_each(|(to, (document, origin))| self.note(to, &document, origin));
                fields.remove(f);
            } else {
                fields.iter_mut().skip(f).take(1).for_each(|field| write_field(field, patch));
                for (word, _) in patch.members() {
                    let word = escape(word);
                    self.note(
                        [&pointer(f), "/", &word].concat(),
                        document,
                        ["/", written, "/", &word].concat(),
                    );
                }
            }
            section.put("/fields", Json::List(fields));
            self.json.put("/sections", Json::List(sections));
            return true;
        }
        false
    }

    fn field_ids(&self) -> Vec<String> {
        let sections = self.json.get("sections").map(Json::items).unwrap_or_default();
        sections
            .iter()
            .flat_map(|section| section.get("fields").map(Json::items).unwrap_or_default())
            .map(|field| id_of(field).to_owned())
            .collect()
    }
}
