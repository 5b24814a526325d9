//! Pieces of the text that know where they stand in it, and a cursor that goes over one.

use crate::parts::{Reason, Unreadable};

/// A piece of the text.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// Where it begins in the whole text, in bytes.
    pub at: usize,
}

impl<'a> Piece<'a> {
    pub fn new(text: &'a str) -> Piece<'a> {
        Piece { text, at: 0 }
    }

    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// What stands before and after a place in it.
    pub fn cut(self, place: usize) -> (Piece<'a>, Piece<'a>) {
        let (before, after) = self.text.split_at(place);
        (Piece { text: before, at: self.at }, Piece { text: after, at: self.at + place })
    }

    pub fn skip(self, bytes: usize) -> Piece<'a> {
        self.cut(bytes).1
    }

    /// The place of the first of `marks` in it.
    pub fn find(self, marks: &str) -> Option<usize> {
        let found = self.text.char_indices().find(|(_, letter)| marks.contains(*letter)).map(|(place, _)| place);
        step(found.unwrap_or(self.text.len()));
        found
    }

    /// The place of the last of `marks` in it.
    pub fn find_last(self, marks: &str) -> Option<usize> {
        let found = self.text.char_indices().rev().find(|(_, letter)| marks.contains(*letter)).map(|(place, _)| place);
        step(self.text.len() - found.unwrap_or(0));
        found
    }

    /// What stands before and after the first `mark`, which is one ASCII character.
    pub fn split(self, mark: &str) -> Option<(Piece<'a>, Piece<'a>)> {
        let place = self.find(mark)?;
        Some((self.cut(place).0, self.skip(place + 1)))
    }

    /// What stands before and after the last `mark`, which is one ASCII character.
    pub fn split_last(self, mark: &str) -> Option<(Piece<'a>, Piece<'a>)> {
        let place = self.find_last(mark)?;
        Some((self.cut(place).0, self.skip(place + 1)))
    }

    /// What stands between the marks, each of which is an ASCII character: at least one piece.
    pub fn pieces(self, marks: &str) -> Vec<Piece<'a>> {
        let mut all = Vec::new();
        let mut rest = self;
        while let Some((piece, after)) = rest.split(marks) {
            all.push(piece);
            rest = after;
        }
        all.push(rest);
        all
    }

    pub fn strip(self, prefix: &str) -> Option<Piece<'a>> {
        step(prefix.len());
        self.text.starts_with(prefix).then(|| self.skip(prefix.len()))
    }

    /// The same in any case of ASCII letters.
    pub fn strip_any_case(self, prefix: &str) -> Option<Piece<'a>> {
        step(prefix.len());
        let found = self.text.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix));
        found.then(|| self.skip(prefix.len()))
    }

    /// Without the blanks (ASCII white space) at both ends.
    pub fn trim(self) -> Piece<'a> {
        step(self.text.len());
        let begin = self.text.len() - self.text.trim_ascii_start().len();
        Piece { text: self.text.trim_ascii(), at: self.at + begin }
    }

    /// A mistake at its beginning.
    pub fn bad(self, reason: Reason) -> Unreadable {
        self.bad_at(0, reason)
    }

    /// A mistake at a place in it.
    pub fn bad_at(self, place: usize, reason: Reason) -> Unreadable {
        Unreadable { at: self.at + place, reason }
    }
}

/// Goes over a piece, one character after the other.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    rest: Piece<'a>,
}

impl<'a> Cursor<'a> {
    pub fn new(piece: Piece<'a>) -> Cursor<'a> {
        Cursor { rest: piece }
    }

    /// What has not been read yet.
    pub fn rest(&self) -> Piece<'a> {
        self.rest
    }

    pub fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn peek(&self) -> Option<char> {
        step(1);
        self.rest.text.chars().next()
    }

    /// The next character, which is read with this.
    pub fn bump(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.rest = self.rest.skip(letter.len_utf8());
        Some(letter)
    }

    /// Reads the next character if it is this one.
    pub fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.rest = self.rest.skip(wanted.len_utf8());
        }
        found
    }

    /// Reads up to one of `marks`, which stays unread, or to the end.
    pub fn take_until(&mut self, marks: &str) -> Piece<'a> {
        let (taken, rest) = self.rest.cut(self.rest.find(marks).unwrap_or(self.rest.text.len()));
        self.rest = rest;
        taken
    }

    /// Reads ASCII white space.
    pub fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|letter| letter.is_ascii_whitespace()) {
            self.bump();
        }
    }

    /// A mistake here.
    pub fn bad(&self, reason: Reason) -> Unreadable {
        self.rest.bad(reason)
    }
}

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts characters looked at, so that a test can show that reading is linear.
#[cfg(test)]
pub fn step(count: usize) {
    STEPS.with(|steps| steps.set(steps.get() + count));
}

/// The characters looked at since the last call.
#[cfg(test)]
pub fn steps() -> usize {
    STEPS.with(|steps| steps.replace(0))
}

#[cfg(not(test))]
#[inline(always)]
pub fn step(_: usize) {}
