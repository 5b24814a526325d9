//! What is in a string and stands in no field: named by the form's own words, or counted. Never a value, nor a name that nobody knows.

use super::fill::Filling;
use crate::cursor::Piece;
use crate::text::{joined, same, strip};

/// Something that no field takes: what it is called, and how many there are. Never a value, nor a name that nobody knows.
#[derive(Debug, PartialEq)]
pub enum Left<'a> {
    /// The label of a field that cannot hold it.
    Label(&'a str),
    /// The code of a word, such as `database`, and how many there are.
    Word(&'static str, usize),
}

/// What a string can say once. The word for each is the end of its pointer.
const PARTS: &str = "/scheme /hosts/0/host /hosts/0/port /hosts/0/socket /hosts/0/hostaddr /hosts/0/instance /hosts/0/protocol \
/hosts/0/user /hosts/0/password /user /password /database";

impl<'a> Filling<'a, '_> {
    /// Says what is in the string and stands in no field.
    pub(super) fn leave(&self, taken: &[&str], left: &mut Vec<Left<'a>>) {
        let takes = |pointer: &str| taken.iter().any(|known| same(known, pointer));
        let mut leave = |pointer: &str, word: &'static str, count: usize| {
            let sets = self.kind.part_values(pointer).and_then(|part| part.values.first()?.1.last());
            let field =
                self.kind.filled(pointer).or(sets.map(|(field, _)| *field)).and_then(|id| self.ty.field(id));
            let one = match field {
                Some(field) if !field.label.is_empty() => Left::Label(field.label),
                _ => Left::Word(word, count),
            };
            // Two parameters may belong to one field.
            if count > 0 && !left.contains(&one) {
                left.push(one);
            }
        };
        let mut rest = Some(Piece::new(PARTS));
        while let Some(pointers) = rest {
            let (pointer, after) = pointers.halves(" ");
            rest = after;
            let word = pointer.split_last("/").map_or("", |(_, word)| word.text);
            let pointer = pointer.text;
            let means = match pointer {
                "/scheme" => self.special_scheme || self.kind.part_values(pointer).is_some(),
                // A host as a whole stands in its field.
                _ if strip(pointer, "/hosts").is_some() && takes("/hosts") => false,
                _ => true,
            };
            let Some(text) = self.text(pointer) else { continue };
            let usual = word == "protocol" && same(&text, "tcp");
            // An empty part says nothing.
            if means && !usual && !text.is_empty() && !takes(pointer) {
                leave(pointer, word, 1);
            }
        }
        if let Some((host, others)) = self.parts.hosts.split_first().filter(|_| !takes("/hosts")) {
            leave("", "options", host.params.len());
            leave("", "hosts", others.len());
        }
        leave("", "databases", self.parts.later_databases.len());
        let mut options = 0;
        for param in &self.parts.params {
            let pointer = joined(&["/params/", &param.name]);
            let own = self.kind.filled(&pointer).is_some() || self.kind.part_values(&pointer).is_some();
            if takes(&pointer) || takes("/params") && !self.has_field(param) {
                continue;
            }
            if own { leave(&pointer, "options", 1) } else { options += 1 }
        }
        leave("", "options", options);
    }
}
