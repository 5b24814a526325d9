//! Reads what an author or a caller wrote, word by word, and notes every mistake with its place.
//!
//! A reader knows which words were asked for, so whatever else stands there is unknown, and the nearest
//! word that was asked for is the one that was meant.

use std::cell::RefCell;

use crate::base::text::{CollectVec, integer_text};
use crate::json::diagnostic::{Diagnostic, Diagnostics, unknown_name};
use crate::json::{Json, escape};

pub const NO_POINTER: &str = "a JSON Pointer begins with “/”";

/// How deep a place may lie: a body is read and written level by level, and the stack has an end.
const DEEPEST: usize = 64;

/// Whether this build proves descriptors. One that does not reads only what was proved before, without a word.
pub const REPORT: bool = cfg!(feature = "prepare");

/// A reader of descriptors.
pub type BundleDecoder<'a> = Decoder<'a, REPORT>;

/// A map being read. Words that nobody asked for are mistakes, noted when it is dropped. One that is not `REPORTS` notes nothing,
/// and costs nothing to word.
pub struct Decoder<'a, const REPORTS: bool = true> {
    json: &'a Json,
    document: &'a str,
    /// Of the map, in the document.
    pointer: String,
    diagnostics: &'a Diagnostics,
    asked: RefCell<Vec<&'a str>>,
}

/// A place below a reader, put into words only where there is something to say.
#[derive(Clone, Copy)]
pub enum Location<'a> {
    /// A word of the map, or a path below it; empty for the map itself.
    Word(&'a str),
    Item(&'static str, usize),
    Member(&'static str, &'a str),
}

impl<'a> From<&'a str> for Location<'a> {
    fn from(word: &'a str) -> Location<'a> {
        Location::Word(word)
    }
}

impl<'a> From<&'a String> for Location<'a> {
    fn from(word: &'a String) -> Location<'a> {
        Location::Word(word)
    }
}

impl<'a> Decoder<'a> {
    /// A reader that notes mistakes in every build.
    pub fn reporting(
        json: &'a Json,
        document: &'a str,
        pointer: &str,
        diagnostics: &'a Diagnostics,
    ) -> Decoder<'a> {
        Decoder::new(json, document, pointer, diagnostics)
    }
}

impl<'a, const REPORTS: bool> Decoder<'a, REPORTS> {
    pub fn new(
        json: &'a Json,
        document: &'a str,
        pointer: &str,
        diagnostics: &'a Diagnostics,
    ) -> Decoder<'a, REPORTS> {
        let pointer = if REPORTS { pointer.to_owned() } else { String::new() };
        let decoder = Decoder { json, document, pointer, diagnostics, asked: RefCell::default() };
        if !matches!(json, Json::Map(_)) {
            decoder.report("", "this must be an object");
        }
        decoder
    }

    /// The value of a word, without judging it.
    pub fn get(&self, word: &'static str) -> Option<&'a Json> {
        self.skip(word);
        self.json.get(word)
    }

    /// Lets a word stand that somebody else reads.
    pub fn skip(&self, word: &'a str) {
        if REPORTS {
            self.asked.borrow_mut().push(word);
        }
    }

    /// A word that holds text; absent is empty.
    pub fn text(&self, word: &'static str) -> String {
        self.optional(word).unwrap_or_default()
    }

    pub fn optional(&self, word: &'static str) -> Option<String> {
        match self.get(word)? {
            Json::Text(text) => Some(text.clone()),
            Json::Null => None,
            _ => self.error(word, "this must be text"),
        }
    }

    /// A word that must be there and hold some text.
    pub fn required(&self, word: &'static str) -> String {
        let text = self.optional(word);
        if REPORTS && text.as_ref().is_none_or(String::is_empty) {
            self.missing(word);
        }
        text.unwrap_or_default()
    }

    pub fn missing(&self, word: &str) {
        if REPORTS {
            self.report("", &["“", word, "” is missing"].concat());
        }
    }

    /// Words that only a page reads: they are judged here and not kept.
    pub fn page_texts(&self, required: &[&'static str], optional: &[&'static str]) {
        if REPORTS {
            required.iter().for_each(|word| drop(self.required(word)));
            optional.iter().for_each(|word| drop(self.optional(word)));
        }
    }

    pub fn flag(&self, word: &'static str) -> bool {
        self.optional_flag(word).unwrap_or(false)
    }

    pub fn optional_flag(&self, word: &'static str) -> Option<bool> {
        match self.get(word)? {
            Json::Bool(value) => Some(*value),
            Json::Null => None,
            _ => self.error(word, "this must be true or false"),
        }
    }

    pub fn number(&self, word: &'static str) -> Option<f64> {
        match self.get(word)? {
            Json::Number(value) => Some(*value),
            Json::Null => None,
            _ => self.error(word, "this must be a number"),
        }
    }

    /// A whole number that is not negative.
    pub fn count(&self, word: &'static str) -> Option<u64> {
        match self.number(word)? {
            value if value >= 0.0 && value.fract() == 0.0 => Some(value as u64),
            _ => self.error(word, "this must be a whole number, 0 or more"),
        }
    }

    /// A word whose value is one of a closed set.
    pub fn choice<T: Copy>(&self, word: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.optional(word)?;
        let found = choices.iter().find(|(name, _)| *name == text);
        found.map(|(_, value)| *value).or_else(|| {
            self.unknown(word, "", &text, &|| choices.iter().map(|(name, _)| *name).collect_vec())
        })
    }

    /// A list of texts; absent is empty.
    pub fn texts(&self, word: &'static str) -> Vec<String> {
        let text = |(location, item): (Location, &Json)| match item {
            Json::Text(text) => Some(text.clone()),
            _ => self.error(location, "this must be text"),
        };
        self.list(word).filter_map(text).collect_vec()
    }

    /// A JSON Pointer that must be there.
    pub fn pointer(&self, word: &'static str) -> String {
        let text = self.required(word);
        if !text.is_empty() {
            self.check_pointer(word, &text);
        }
        text
    }

    /// A JSON Pointer; absent is the whole document.
    pub fn optional_pointer(&self, word: &'static str) -> String {
        if self.get(word).is_none_or(|json| *json == Json::text("")) {
            String::new()
        } else {
            self.pointer(word)
        }
    }

    pub fn pointers(&self, word: &'static str) -> Vec<String> {
        let all = self.texts(word);
        all.iter().for_each(|text| self.check_pointer(word, text));
        all
    }

    /// Notes a text that is no JSON Pointer, or that points too deep.
    pub fn check_pointer(&self, word: &str, text: &str) {
        if REPORTS && !text.starts_with('/') {
            self.report(word, NO_POINTER);
        } else if REPORTS && text.bytes().filter(|byte| *byte == b'/').count() > DEEPEST {
            self.report(word, "this lies too deep: 64 names are the most");
        }
    }

    /// The items of a list, each with its place below this reader.
    pub fn list(&self, word: &'static str) -> impl Iterator<Item = (Location<'static>, &'a Json)> {
        let items = match self.get(word) {
            Some(Json::List(items)) => items.as_slice(),
            Some(_) => self.error(word, "this must be a list").unwrap_or_default(),
            None => &[],
        };
        items.iter().enumerate().map(move |(index, item)| (Location::Item(word, index), item))
    }

    /// Reads each item of a list by a reader of its own.
    pub fn each<T>(&self, word: &'static str, read: &dyn Fn(&Decoder<'a, REPORTS>) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for (location, item) in self.list(word) {
            all.push(read(&self.below(location, item)));
        }
        all
    }

    /// The members of a map, each with its place below this reader.
    pub fn entries(&self, word: &'static str) -> impl Iterator<Item = (Location<'a>, &'a str, &'a Json)> {
        let members = match self.get(word) {
            Some(Json::Map(members)) => members.as_slice(),
            Some(_) => self.error(word, "this must be an object").unwrap_or_default(),
            None => &[],
        };
        members.iter().map(move |(name, value)| (Location::Member(word, name), name.as_str(), value))
    }

    /// Refuses a word that has another name by now.
    pub fn renamed(&self, old: &'static str, new: &str) {
        if REPORTS && self.json.get(old).is_some() {
            self.skip(old);
            self.report(old, &["“", old, "” is unknown; did you mean “", new, "”?"].concat());
        }
    }

    /// A reader of a map below this one.
    pub fn below<'p>(&self, location: impl Into<Location<'p>>, json: &'a Json) -> Decoder<'a, REPORTS> {
        Decoder::new(json, self.document, &self.path(location.into()), self.diagnostics)
    }

    /// Notes a mistake at a place below this reader, and gives nothing.
    pub fn error<'p, T>(&self, location: impl Into<Location<'p>>, text: &str) -> Option<T> {
        self.report(location, text);
        None
    }

    /// Notes a word that nobody knows, with those that are; `what` stands before it.
    pub fn unknown<'p, T>(
        &self,
        location: impl Into<Location<'p>>,
        what: &str,
        word: &str,
        known: &dyn Fn() -> Vec<&'p str>,
    ) -> Option<T> {
        if REPORTS {
            self.report(location, &[what, &unknown_name(word, &known())].concat());
        }
        None
    }

    pub fn report<'p>(&self, location: impl Into<Location<'p>>, text: &str) {
        if !REPORTS {
            return;
        }
        let diagnostic = Diagnostic {
            document: self.document.to_owned(),
            pointer: self.path(location.into()),
            text: text.to_owned(),
        };
        let mut diagnostics = self.diagnostics.borrow_mut();
        // What several types inherit is read for each of them, and is still one mistake.
        if !diagnostics.contains(&diagnostic) {
            diagnostics.push(diagnostic);
        }
    }

    fn path(&self, location: Location) -> String {
        if !REPORTS {
            return String::new();
        }
        match location {
            Location::Word("") => self.pointer.clone(),
            Location::Word(word) => [self.pointer.as_str(), "/", word].concat(),
            Location::Item(word, index) => {
                [self.pointer.as_str(), "/", word, "/", &integer_text(index as i64)].concat()
            }
            Location::Member(word, name) => [self.pointer.as_str(), "/", word, "/", &escape(name)].concat(),
        }
    }
}

impl<const REPORTS: bool> Drop for Decoder<'_, REPORTS> {
    fn drop(&mut self) {
        if !REPORTS {
            return;
        }
        let asked = self.asked.borrow();
        for (word, _) in self.json.members() {
            if !asked.contains(&word.as_str()) {
                self.report(&escape(word), &unknown_name(word, &asked));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, with: impl Fn(&Decoder)) -> Vec<String> {
        let (json, diagnostics) = (Json::parse(text).unwrap(), Diagnostics::default());
        with(&Decoder::reporting(&json, "type", "", &diagnostics));
        diagnostics.into_inner().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_mistake_is_named_with_its_place() {
        let found = read(r#"{"lable":"x","kind":3,"rows":[{"a":1}]}"#, |decoder| {
            decoder.required("label");
            decoder.optional("kind");
            for (location, row) in decoder.list("rows") {
                decoder.below(location, row).flag("b");
            }
        });
        assert_eq!(
            found,
            [
                ": “label” is missing",
                "/kind: this must be text",
                "/rows/0/a: “a” is unknown; did you mean “b”?",
                "/lable: “lable” is unknown; did you mean “label”?"
            ]
        );
    }

    #[test]
    fn a_choice_is_closed() {
        let found = read(r#"{"kind":"txet"}"#, |decoder| {
            decoder.choice("kind", &[("text", 1), ("toggle", 2)]);
        });
        assert_eq!(found, ["/kind: “txet” is unknown; did you mean “text”?"]);
    }
}
