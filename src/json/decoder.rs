//! Reads what an author or a caller wrote, word by word, and notes every mistake with its place.
//!
//! A reader knows which words were asked for, so whatever else stands there is unknown, and the nearest
//! word that was asked for is the one that was meant.

use std::cell::RefCell;

use thiserror::Error;

use crate::base::text::{Gather, joined};
use crate::json::{Json, escape};

/// One mistake in a descriptor or in an argument.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{place}: {text}")]
pub struct Mistake {
    /// The document that it is in: `api`, or the id of a type.
    pub document: String,
    /// JSON Pointer into the document; empty for the whole.
    pub place: String,
    /// What is wrong and what to write instead, in a sentence.
    pub text: String,
}

pub const NO_POINTER: &str = "a JSON Pointer begins with “/”";

/// How deep a place may lie: a body is read and written level by level, and the stack has an end.
const DEEPEST: usize = 64;

/// Where the mistakes of a document go.
pub type Mistakes = RefCell<Vec<Mistake>>;

/// Whether this build proves descriptors. One that does not reads only what was proved before, without a word.
pub const PROVES: bool = cfg!(feature = "prove");

/// A reader of descriptors.
pub type Words<'a> = Reader<'a, PROVES>;

/// A map being read. Words that nobody asked for are mistakes, noted when it is dropped. One that is not `LOUD` notes nothing,
/// and costs nothing to word.
pub struct Reader<'a, const LOUD: bool = true> {
    json: &'a Json,
    document: &'a str,
    place: String,
    mistakes: &'a Mistakes,
    asked: RefCell<Vec<&'a str>>,
}

/// A place below a reader, put into words only where there is something to say.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// A word of the map, or a path below it; empty for the map itself.
    Word(&'a str),
    Item(&'static str, usize),
    Member(&'static str, &'a str),
}

impl<'a> From<&'a str> for Place<'a> {
    fn from(word: &'a str) -> Place<'a> {
        Place::Word(word)
    }
}

impl<'a> From<&'a String> for Place<'a> {
    fn from(word: &'a String) -> Place<'a> {
        Place::Word(word)
    }
}

impl<'a> Reader<'a> {
    /// A reader that notes mistakes in every build.
    pub fn loud(json: &'a Json, document: &'a str, place: &str, mistakes: &'a Mistakes) -> Reader<'a> {
        Reader::new(json, document, place, mistakes)
    }
}

impl<'a, const LOUD: bool> Reader<'a, LOUD> {
    pub fn new(json: &'a Json, document: &'a str, place: &str, mistakes: &'a Mistakes) -> Reader<'a, LOUD> {
        let place = if LOUD { place.to_owned() } else { String::new() };
        let reader = Reader { json, document, place, mistakes, asked: RefCell::default() };
        if !matches!(json, Json::Map(_)) {
            reader.mistake("", "this must be an object");
        }
        reader
    }

    /// The value of a word, without judging it.
    pub fn word(&self, word: &'static str) -> Option<&'a Json> {
        self.allow(word);
        self.json.get(word)
    }

    /// Lets a word stand that somebody else reads.
    pub fn allow(&self, word: &'a str) {
        if LOUD {
            self.asked.borrow_mut().push(word);
        }
    }

    /// A word that holds text; absent is empty.
    pub fn text(&self, word: &'static str) -> String {
        self.optional(word).unwrap_or_default()
    }

    pub fn optional(&self, word: &'static str) -> Option<String> {
        match self.word(word)? {
            Json::Text(text) => Some(text.clone()),
            Json::Null => None,
            _ => self.wrong(word, "this must be text"),
        }
    }

    /// A word that must be there and hold some text.
    pub fn required(&self, word: &'static str) -> String {
        let text = self.optional(word);
        if LOUD && text.as_ref().is_none_or(String::is_empty) {
            self.missing(word);
        }
        text.unwrap_or_default()
    }

    pub fn missing(&self, word: &str) {
        if LOUD {
            self.mistake("", &["“", word, "” is missing"].concat());
        }
    }

    /// Words that only a page reads: they are judged here and not kept.
    pub fn shown(&self, required: &[&'static str], optional: &[&'static str]) {
        if LOUD {
            required.iter().for_each(|word| drop(self.required(word)));
            optional.iter().for_each(|word| drop(self.optional(word)));
        }
    }

    pub fn flag(&self, word: &'static str) -> bool {
        self.optional_flag(word).unwrap_or(false)
    }

    pub fn optional_flag(&self, word: &'static str) -> Option<bool> {
        match self.word(word)? {
            Json::Bool(value) => Some(*value),
            Json::Null => None,
            _ => self.wrong(word, "this must be true or false"),
        }
    }

    pub fn number(&self, word: &'static str) -> Option<f64> {
        match self.word(word)? {
            Json::Number(value) => Some(*value),
            Json::Null => None,
            _ => self.wrong(word, "this must be a number"),
        }
    }

    /// A whole number that is not negative.
    pub fn count(&self, word: &'static str) -> Option<u64> {
        match self.number(word)? {
            value if value >= 0.0 && value.fract() == 0.0 => Some(value as u64),
            _ => self.wrong(word, "this must be a whole number, 0 or more"),
        }
    }

    /// A word whose value is one of a closed set.
    pub fn choice<T: Copy>(&self, word: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.optional(word)?;
        let found = choices.iter().find(|(name, _)| *name == text);
        found
            .map(|(_, value)| *value)
            .or_else(|| self.strange(word, "", &text, &|| choices.iter().map(|(name, _)| *name).gather()))
    }

    /// A list of texts; absent is empty.
    pub fn texts(&self, word: &'static str) -> Vec<String> {
        let text = |(place, item): (Place, &Json)| match item {
            Json::Text(text) => Some(text.clone()),
            _ => self.wrong(place, "this must be text"),
        };
        self.list(word).filter_map(text).gather()
    }

    /// A JSON Pointer that must be there.
    pub fn pointer(&self, word: &'static str) -> String {
        let text = self.required(word);
        if !text.is_empty() {
            self.judge_pointer(word, &text);
        }
        text
    }

    /// A JSON Pointer; absent is the whole document.
    pub fn optional_pointer(&self, word: &'static str) -> String {
        if self.word(word).is_none_or(|json| *json == Json::text("")) {
            String::new()
        } else {
            self.pointer(word)
        }
    }

    pub fn pointers(&self, word: &'static str) -> Vec<String> {
        let all = self.texts(word);
        all.iter().for_each(|text| self.judge_pointer(word, text));
        all
    }

    /// Notes a text that is no JSON Pointer, or that points too deep.
    pub fn judge_pointer(&self, word: &str, text: &str) {
        if LOUD && !text.starts_with('/') {
            self.mistake(word, NO_POINTER);
        } else if LOUD && text.bytes().filter(|byte| *byte == b'/').count() > DEEPEST {
            self.mistake(word, "this lies too deep: 64 names are the most");
        }
    }

    /// The items of a list, each with its place below this reader.
    pub fn list(&self, word: &'static str) -> impl Iterator<Item = (Place<'static>, &'a Json)> {
        let items = match self.word(word) {
            Some(Json::List(items)) => items.as_slice(),
            Some(_) => self.wrong(word, "this must be a list").unwrap_or_default(),
            None => &[],
        };
        items.iter().enumerate().map(move |(index, item)| (Place::Item(word, index), item))
    }

    /// Reads each item of a list by a reader of its own.
    pub fn each<T>(&self, word: &'static str, read: &dyn Fn(&Reader<'a, LOUD>) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for (place, item) in self.list(word) {
            all.push(read(&self.below(place, item)));
        }
        all
    }

    /// The members of a map, each with its place below this reader.
    pub fn entries(&self, word: &'static str) -> impl Iterator<Item = (Place<'a>, &'a str, &'a Json)> {
        let members = match self.word(word) {
            Some(Json::Map(members)) => members.as_slice(),
            Some(_) => self.wrong(word, "this must be an object").unwrap_or_default(),
            None => &[],
        };
        members.iter().map(move |(name, value)| (Place::Member(word, name), name.as_str(), value))
    }

    /// Refuses a word that has another name by now.
    pub fn renamed(&self, old: &'static str, new: &str) {
        if LOUD && self.json.get(old).is_some() {
            self.allow(old);
            self.mistake(old, &["“", old, "” is unknown; did you mean “", new, "”?"].concat());
        }
    }

    /// A reader of a map below this one.
    pub fn below<'p>(&self, place: impl Into<Place<'p>>, json: &'a Json) -> Reader<'a, LOUD> {
        Reader::new(json, self.document, &self.path(place.into()), self.mistakes)
    }

    /// Notes a mistake at a place below this reader, and gives nothing.
    pub fn wrong<'p, T>(&self, place: impl Into<Place<'p>>, text: &str) -> Option<T> {
        self.mistake(place, text);
        None
    }

    /// Notes a word that nobody knows, with those that are; `what` stands before it.
    pub fn strange<'p, T>(
        &self,
        place: impl Into<Place<'p>>,
        what: &str,
        word: &str,
        known: &dyn Fn() -> Vec<&'p str>,
    ) -> Option<T> {
        if LOUD {
            self.mistake(place, &[what, &unknown(word, &known())].concat());
        }
        None
    }

    pub fn mistake<'p>(&self, place: impl Into<Place<'p>>, text: &str) {
        if !LOUD {
            return;
        }
        let mistake = Mistake {
            document: self.document.to_owned(),
            place: self.path(place.into()),
            text: text.to_owned(),
        };
        let mut mistakes = self.mistakes.borrow_mut();
        // What several types inherit is read for each of them, and is still one mistake.
        if !mistakes.contains(&mistake) {
            mistakes.push(mistake);
        }
    }

    fn path(&self, place: Place) -> String {
        if !LOUD {
            return String::new();
        }
        match place {
            Place::Word("") => self.place.clone(),
            Place::Word(word) => [self.place.as_str(), "/", word].concat(),
            Place::Item(word, index) => [self.place.as_str(), "/", word, "/", &index.to_string()].concat(),
            Place::Member(word, name) => [self.place.as_str(), "/", word, "/", &escape(name)].concat(),
        }
    }
}

impl<const LOUD: bool> Drop for Reader<'_, LOUD> {
    fn drop(&mut self) {
        if !LOUD {
            return;
        }
        let asked = self.asked.borrow();
        for (word, _) in self.json.members() {
            if !asked.contains(&word.as_str()) {
                self.mistake(&escape(word), &unknown(word, &asked));
            }
        }
    }
}

/// Mistakes as they cross the seam, with the sentence for them all.
pub fn refused(error: &str, mistakes: &[Mistake]) -> Json {
    let one = |mistake: &Mistake| {
        Json::map(vec![
            ("document", Json::text(&mistake.document)),
            ("place", Json::text(&mistake.place)),
            ("text", Json::text(&mistake.text)),
        ])
    };
    Json::map(vec![("error", Json::text(error)), ("mistakes", Json::List(mistakes.iter().map(one).gather()))])
}

/// The words of a closed set.
pub fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).gather()
}

/// The sentence about a word that nobody knows, with the nearest that is known.
pub fn unknown(word: &str, known: &[&str]) -> String {
    let near = known.iter().map(|name| (distance(word, name), *name)).min();
    match near {
        Some((far, name)) if far <= 1 + word.len() / 4 => {
            ["“", word, "” is unknown; did you mean “", name, "”?"].concat()
        }
        _ => ["“", word, "” is unknown; known are ", &joined(known, ", ")].concat(),
    }
}

/// How many letters must change, appear or go to make one word of the other; upper and lower case are the same.
fn distance(one: &str, two: &str) -> usize {
    // For each letter of the other, how far the beginnings up to it are apart.
    let mut row: Vec<(char, usize)> = two.chars().zip(1..).gather();
    let mut all = 0;
    for (place, a) in one.chars().enumerate() {
        let mut corner = place;
        let mut left = place + 1;
        for (b, far) in &mut row {
            let change = corner + usize::from(!a.eq_ignore_ascii_case(b));
            corner = *far;
            *far = change.min(left + 1).min(corner + 1);
            left = *far;
        }
        all = place + 1;
    }
    row.last().map_or(all, |(_, far)| *far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, with: impl Fn(&Reader)) -> Vec<String> {
        let (json, mistakes) = (Json::parse(text).unwrap(), Mistakes::default());
        with(&Reader::loud(&json, "type", "", &mistakes));
        mistakes.into_inner().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_mistake_is_named_with_its_place() {
        let found = read(r#"{"lable":"x","kind":3,"rows":[{"a":1}]}"#, |reader| {
            reader.required("label");
            reader.optional("kind");
            for (place, row) in reader.list("rows") {
                reader.below(place, row).flag("b");
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
        let found = read(r#"{"kind":"txet"}"#, |reader| {
            reader.choice("kind", &[("text", 1), ("toggle", 2)]);
        });
        assert_eq!(found, ["/kind: “txet” is unknown; did you mean “text”?"]);
    }

    #[test]
    fn distance_counts_letters() {
        for (one, two, far) in
            [("", "abc", 3), ("title", "tittle", 1), ("Kind", "kind", 0), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(one, two), far);
        }
    }
}
