//! Pieces of the text, and a cursor that goes over one.

use crate::parts::{Bad, Done, Reason};

/// A piece of the text. Where it lies in memory tells its place in the whole, so nothing is carried along.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    pub fn new(text: &'a str) -> Piece<'a> {
        Piece { text }
    }

    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// What stands before and after a place in it.
    #[inline(never)]
    pub fn cut(self, place: usize) -> (Piece<'a>, Piece<'a>) {
        let (before, after) = self.text.split_at(place);
        (Piece { text: before }, Piece { text: after })
    }

    pub fn skip(self, bytes: usize) -> Piece<'a> {
        self.cut(bytes).1
    }

    /// The place of the first of `marks` in it, or its end. Here and below marks are ASCII characters.
    #[inline(never)]
    pub fn place(self, marks: &str) -> usize {
        let mut place = 0;
        for byte in self.text.bytes() {
            if is_mark(byte, marks) {
                break;
            }
            place += 1;
        }
        step(place);
        place
    }

    /// How many of its first bytes fit.
    #[inline(never)]
    pub fn fitting(self, fits: fn(u8) -> bool) -> usize {
        let mut place = 0;
        for byte in self.text.bytes() {
            if !fits(byte) {
                break;
            }
            place += 1;
        }
        step(place);
        place
    }

    /// The place of the first of `marks` in it.
    pub fn find(self, marks: &str) -> Option<usize> {
        let place = self.place(marks);
        if place < self.text.len() { Some(place) } else { None }
    }

    /// The place of the first character that is no ASCII letter, no digit and none of `others`.
    #[inline(never)]
    pub fn find_other(self, others: &str) -> Option<usize> {
        step(self.text.len());
        self.text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !is_mark(byte, others))
    }

    /// What stands before the first of `marks`, and what begins with it.
    pub fn until(self, marks: &str) -> (Piece<'a>, Piece<'a>) {
        self.cut(self.place(marks))
    }

    /// What stands before the first `mark`, and what behind it, if it is there.
    #[inline(never)]
    pub fn halves(self, mark: &str) -> (Piece<'a>, Option<Piece<'a>>) {
        let (before, after) = self.until(mark);
        (before, if after.is_empty() { None } else { Some(after.skip(1)) })
    }

    /// What stands before and after the first `mark`.
    pub fn split(self, mark: &str) -> Option<(Piece<'a>, Piece<'a>)> {
        let (before, after) = self.halves(mark);
        Some((before, after?))
    }

    /// What stands before the parameters of a `jdbc:` address, and what begins with their mark. A semicolon is one only where an `=`
    /// follows, for elsewhere it can belong to a name.
    #[inline(never)]
    pub fn until_params(self) -> (Piece<'a>, Piece<'a>) {
        let (_, after) = self.until("?;");
        self.until(if after.begins(";") && after.until("?=").1.begins("=") { "?;" } else { "?" })
    }

    /// What stands between two parameters that begin so, and the parameters.
    pub fn params(self) -> (&'static str, Piece<'a>) {
        (if self.begins(";") { ";" } else { "&" }, self.skip(usize::from(!self.is_empty())))
    }

    /// What stands before the first `://`.
    pub fn before_slashes(self) -> Option<Piece<'a>> {
        let mut rest = self;
        while let Some((_, after)) = rest.split(":") {
            if after.begins("//") {
                return Some(self.cut(self.text.len() - after.text.len() - 1).0);
            }
            rest = after;
        }
        None
    }

    /// What stands before and after the last `mark`.
    #[inline(never)]
    pub fn split_last(self, mark: &str) -> Option<(Piece<'a>, Piece<'a>)> {
        let place = self.text.bytes().rposition(|byte| is_mark(byte, mark));
        step(self.text.len() - place.unwrap_or(0));
        Some((self.cut(place?).0, self.skip(place? + 1)))
    }

    /// What stands between the marks: at least one piece.
    #[inline(never)]
    pub fn pieces(self, marks: &str) -> Vec<Piece<'a>> {
        let mut all = Vec::new();
        let mut rest = Some(self);
        while let Some(text) = rest {
            let (piece, after) = text.halves(marks);
            all.push(piece);
            rest = after;
        }
        all
    }

    #[inline(never)]
    pub fn strip(self, prefix: &str) -> Option<Piece<'a>> {
        step(prefix.len());
        if self.text.as_bytes().starts_with(prefix.as_bytes()) { Some(self.skip(prefix.len())) } else { None }
    }

    /// The same in any case of ASCII letters.
    #[inline(never)]
    pub fn strip_any_case(self, prefix: &str) -> Option<Piece<'a>> {
        let begin = self.text.get(..prefix.len())?;
        if crate::text::same(begin, prefix) { Some(self.skip(prefix.len())) } else { None }
    }

    pub fn begins(self, prefix: &str) -> bool {
        self.strip(prefix).is_some()
    }

    /// Without a mark at its end.
    pub fn strip_end(self, mark: u8) -> Option<Piece<'a>> {
        if self.text.as_bytes().last() == Some(&mark) { Some(self.cut(self.text.len() - 1).0) } else { None }
    }

    /// What stands between two marks at its ends.
    pub fn within(self, begin: &str, end: u8) -> Option<Piece<'a>> {
        self.strip(begin)?.strip_end(end)
    }

    /// Without the blanks (ASCII white space) at both ends.
    #[inline(never)]
    pub fn trim(self) -> Piece<'a> {
        step(self.text.len());
        Piece { text: self.text.trim_ascii() }
    }

    /// A mistake where one of `marks` stands in it.
    #[inline(never)]
    pub fn refuse(self, marks: &str, reason: Reason) -> Done {
        match self.find(marks) {
            Some(place) => Err(self.bad_at(place, reason)),
            None => Ok(()),
        }
    }

    /// A mistake at its beginning.
    pub fn bad(self, reason: Reason) -> Bad {
        self.bad_at(0, reason)
    }

    /// A mistake at a place in it.
    #[inline(never)]
    pub fn bad_at(self, place: usize, reason: Reason) -> Bad {
        Bad::new(self.text.as_ptr().addr() + place, reason)
    }
}

fn is_mark(byte: u8, marks: &str) -> bool {
    marks.bytes().any(|mark| mark == byte)
}

/// Goes over a piece from its beginning.
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

    /// The first byte of the next character.
    pub fn peek(&self) -> Option<u8> {
        step(1);
        self.rest.text.as_bytes().first().copied()
    }

    /// Whether the next character is this one, of ASCII.
    #[inline(never)]
    pub fn sees(&self, mark: u8) -> bool {
        self.peek() == Some(mark)
    }

    /// Reads the next character, whatever it is.
    #[inline(never)]
    pub fn bump(&mut self) -> Piece<'a> {
        step(1);
        let (letter, rest) = self.rest.cut(self.rest.text.chars().next().map_or(0, char::len_utf8));
        self.rest = rest;
        letter
    }

    /// Reads the next character if it is this one.
    #[inline(never)]
    pub fn eat(&mut self, mark: u8) -> bool {
        let found = self.sees(mark);
        if found {
            self.rest = self.rest.skip(1);
        }
        found
    }

    /// Reads up to one of `marks`, which stays unread, or to the end.
    #[inline(never)]
    pub fn take_until(&mut self, marks: &str) -> Piece<'a> {
        let (taken, rest) = self.rest.until(marks);
        self.rest = rest;
        taken
    }

    /// Reads as long as the bytes fit.
    #[inline(never)]
    pub fn take_while(&mut self, fits: fn(u8) -> bool) -> Piece<'a> {
        let (taken, rest) = self.rest.cut(self.rest.fitting(fits));
        self.rest = rest;
        taken
    }

    /// Reads ASCII white space.
    pub fn skip_blanks(&mut self) {
        self.take_while(|byte| byte.is_ascii_whitespace());
    }

    /// A mistake here.
    pub fn bad(&self, reason: Reason) -> Bad {
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
