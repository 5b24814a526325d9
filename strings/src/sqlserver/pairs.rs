//! `key=value;key=value` as ADO.NET, ODBC and JDBC read it: the same but for what quotes.

use crate::cursor::{Cursor, Piece};
use crate::parts::{Reason, Unreadable};

/// What quotes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// `"…"` or `'…'`; braces quote nothing.
    Ado,
    /// `{…}`, when it stands first.
    Odbc,
    /// `{…}`, which has to stand first.
    Jdbc,
}

/// A keyword and its value, and where that stands. `value` is `None` for a key without `=`.
pub(super) struct Pair {
    pub key: String,
    pub value: Option<String>,
    pub value_at: usize,
}

/// Reads all pairs of a text.
pub(super) fn read(text: Piece, quoting: Quoting) -> Result<Vec<Pair>, Unreadable> {
    let mut cursor = Cursor::new(text);
    let mut pairs = Vec::new();
    loop {
        skip_empty(&mut cursor);
        if cursor.at_end() {
            return Ok(pairs);
        }
        pairs.push(pair(&mut cursor, quoting)?);
    }
}

/// Pairs may be missing between two semicolons.
fn skip_empty(cursor: &mut Cursor) {
    cursor.skip_blanks();
    while cursor.eat(';') {
        cursor.skip_blanks();
    }
}

fn pair(cursor: &mut Cursor, quoting: Quoting) -> Result<Pair, Unreadable> {
    let begin = cursor.rest();
    let key = key(cursor, quoting);
    if key.is_empty() {
        return Err(begin.bad(Reason::KeyMissing));
    }
    if key.contains(char::is_control) {
        return Err(begin.bad(Reason::BadCharacter));
    }
    if !cursor.eat('=') {
        if quoting == Quoting::Odbc {
            return Ok(Pair { key, value: None, value_at: begin.at });
        }
        return Err(begin.bad(Reason::EqualsMissing));
    }
    cursor.skip_blanks();
    let value_at = cursor.rest().at;
    let value = value(cursor, quoting)?;
    Ok(Pair { key, value: Some(value), value_at })
}

/// Reads up to the `=` that ends a key. In ADO.NET `==` is an equals sign in the key.
fn key(cursor: &mut Cursor, quoting: Quoting) -> String {
    let mut key = String::new();
    loop {
        key.push_str(cursor.take_until("=;").text);
        let mut ahead = *cursor;
        if quoting == Quoting::Ado && ahead.eat('=') && ahead.eat('=') {
            key.push('=');
            *cursor = ahead;
        } else {
            key.truncate(key.trim_ascii_end().len());
            return key;
        }
    }
}

/// Reads a value and the blanks after it, up to the semicolon.
fn value(cursor: &mut Cursor, quoting: Quoting) -> Result<String, Unreadable> {
    let quote = match (quoting, cursor.peek()) {
        (Quoting::Ado, Some('"')) => ('"', "\""),
        (Quoting::Ado, Some('\'')) => ('\'', "'"),
        (Quoting::Odbc | Quoting::Jdbc, Some('{')) => ('}', "}"),
        _ => return bare(cursor, quoting),
    };
    let value = quoted(cursor, quote)?;
    cursor.skip_blanks();
    if cursor.at_end() || cursor.peek() == Some(';') { Ok(value) } else { Err(cursor.bad(Reason::TextAfterValue)) }
}

fn bare(cursor: &mut Cursor, quoting: Quoting) -> Result<String, Unreadable> {
    let value = cursor.take_until(";").trim();
    match value.find("{") {
        Some(place) if quoting == Quoting::Jdbc => Err(value.bad_at(place, Reason::BadValue)),
        _ => Ok(value.text.to_owned()),
    }
}

/// Reads a quoted value: what closes it stands for itself when it is doubled.
fn quoted(cursor: &mut Cursor, (close, mark): (char, &str)) -> Result<String, Unreadable> {
    let begin = cursor.rest();
    cursor.bump();
    let mut value = String::new();
    loop {
        value.push_str(cursor.take_until(mark).text);
        if !cursor.eat(close) {
            return Err(begin.bad(Reason::UnclosedQuote));
        }
        if !cursor.eat(close) {
            return Ok(value);
        }
        value.push(close);
    }
}

/// Writes pairs, quoted only where they have to be.
pub(super) struct Writer {
    pub out: String,
    quoting: Quoting,
    /// Whether something stands before that a semicolon parts from the next pair.
    begun: bool,
}

impl Writer {
    pub(super) fn new(out: String, quoting: Quoting) -> Writer {
        // Only in JDBC the server stands before the pairs.
        Writer { out, quoting, begun: quoting == Quoting::Jdbc }
    }

    pub(super) fn pair(&mut self, key: &str, value: Option<&str>) -> Result<(), Unreadable> {
        self.key(key)?;
        match value {
            None if self.quoting == Quoting::Odbc => Ok(()),
            None => Err(not_writable()),
            Some(value) => {
                self.out.push('=');
                write_value(&mut self.out, key, value, self.quoting);
                Ok(())
            }
        }
    }

    /// Writes a pair unless there is no value.
    pub(super) fn given(&mut self, key: &str, value: Option<&str>) -> Result<(), Unreadable> {
        match value {
            None => Ok(()),
            Some(_) => self.pair(key, value),
        }
    }

    fn key(&mut self, key: &str) -> Result<(), Unreadable> {
        let sayable = !key.is_empty() && key.trim_ascii() == key && !key.contains(|letter: char| letter == ';' || letter.is_control());
        if !sayable || (self.quoting != Quoting::Ado && key.contains('=')) {
            return Err(not_writable());
        }
        if self.begun {
            self.out.push(';');
        }
        self.begun = true;
        // Elsewhere a key holds none.
        self.out.push_str(&key.replace('=', "=="));
        Ok(())
    }
}

fn write_value(out: &mut String, key: &str, value: &str, quoting: Quoting) {
    let edged = value.trim_ascii() != value;
    let braced = match quoting {
        Quoting::Ado => return write_ado(out, value),
        Quoting::Odbc => edged || value.starts_with('{') || value.contains(';') || key.eq_ignore_ascii_case("driver"),
        Quoting::Jdbc => edged || value.contains(['{', ';']),
    };
    if braced { wrap(out, '{', '}', value) } else { out.push_str(value) }
}

fn write_ado(out: &mut String, value: &str) {
    let marked = |letter: char| matches!(letter, '"' | '\'' | '=' | ';') || letter.is_whitespace() || letter.is_control();
    if !value.contains(marked) {
        out.push_str(value);
    } else if value.contains('"') && !value.contains('\'') {
        wrap(out, '\'', '\'', value);
    } else {
        wrap(out, '"', '"', value);
    }
}

fn wrap(out: &mut String, open: char, close: char, value: &str) {
    out.push(open);
    for letter in value.chars() {
        out.push(letter);
        if letter == close {
            out.push(letter);
        }
    }
    out.push(close);
}

pub(super) fn not_writable() -> Unreadable {
    Unreadable { at: 0, reason: Reason::NotWritable }
}
