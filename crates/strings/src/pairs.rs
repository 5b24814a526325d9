//! `key=value;key=value` as ADO.NET, ODBC and JDBC read it: the same but for what quotes.

use crate::cursor::{Cursor, Piece};
use crate::parts::{Bad, Done, Reason};
use crate::text::{fresh, has, same};

/// What quotes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// `"…"` or `'…'`; braces quote nothing.
    Ado,
    /// `{…}`, when it stands first.
    Odbc,
    /// `{…}`, which has to stand first.
    Jdbc,
}

/// A keyword and its value, and where that lies in memory. `value` is `None` for a key without `=`.
#[derive(Default)]
pub(crate) struct Pair {
    pub key: String,
    pub value: Option<String>,
    pub address: usize,
}

/// Reads all pairs of a text.
#[inline(never)]
pub(crate) fn read(text: Piece, quoting: Quoting) -> Result<Vec<Pair>, Bad> {
    let mut cursor = Cursor::new(text);
    let mut pairs = Vec::new();
    loop {
        // Pairs may be missing between two semicolons.
        cursor.skip_blanks();
        while cursor.eat(b';') {
            cursor.skip_blanks();
        }
        if cursor.at_end() {
            return Ok(pairs);
        }
        let mut pair = Pair::default();
        self::pair(&mut cursor, quoting, &mut pair)?;
        pairs.push(pair);
    }
}

fn pair(cursor: &mut Cursor, quoting: Quoting, pair: &mut Pair) -> Done {
    let begin = cursor.rest();
    key(cursor, quoting, &mut pair.key);
    if pair.key.is_empty() {
        return Err(begin.bad(Reason::KeyMissing));
    }
    if has_control(&pair.key) {
        return Err(begin.bad(Reason::BadCharacter));
    }
    // No key is an address, in which a password could stand.
    if Piece::new(&pair.key).before_slashes().is_some() {
        return Err(begin.bad(Reason::UnknownScheme));
    }
    pair.address = begin.text.as_ptr().addr();
    if !cursor.eat(b'=') {
        return if quoting == Quoting::Odbc { Ok(()) } else { Err(begin.bad(Reason::EqualsMissing)) };
    }
    cursor.skip_blanks();
    pair.address = cursor.rest().text.as_ptr().addr();
    *cursor = Cursor::new(value(cursor.rest(), quoting, fresh(&mut pair.value))?);
    Ok(())
}

/// Reads up to the `=` that ends a key. In ADO.NET `==` is an equals sign in the key.
fn key(cursor: &mut Cursor, quoting: Quoting, key: &mut String) {
    loop {
        key.push_str(cursor.take_until("=;").text);
        if quoting != Quoting::Ado || !cursor.rest().begins("==") {
            key.truncate(key.trim_ascii_end().len());
            return;
        }
        key.push('=');
        cursor.bump();
        cursor.bump();
    }
}

/// Reads a value and the blanks after it, up to the semicolon, with which the rest begins.
#[inline(never)]
pub(crate) fn value<'a>(text: Piece<'a>, quoting: Quoting, value: &mut String) -> Result<Piece<'a>, Bad> {
    let close = match (quoting, text.text.as_bytes().first()) {
        (Quoting::Ado, Some(b'"')) => "\"",
        (Quoting::Ado, Some(b'\'')) => "'",
        (Quoting::Odbc | Quoting::Jdbc, Some(b'{')) => "}",
        _ => {
            let (bare, rest) = text.until(";");
            let bare = bare.trim();
            value.push_str(bare.text);
            bare.refuse(if quoting == Quoting::Jdbc { "{" } else { "" }, Reason::BadValue)?;
            return Ok(rest);
        }
    };
    let mut rest = text.skip(1);
    loop {
        let Some((piece, after)) = rest.split(close) else { return Err(text.bad(Reason::UnclosedQuote)) };
        value.push_str(piece.text);
        // What closes it stands for itself when it is doubled.
        match after.strip(close) {
            Some(more) => {
                value.push_str(close);
                rest = more;
            }
            None => {
                let (blanks, rest) = after.until(";");
                return if blanks.trim().is_empty() {
                    Ok(rest)
                } else {
                    Err(blanks.trim().bad(Reason::TextAfterValue))
                };
            }
        }
    }
}

/// Writes pairs, quoted only where they have to be.
pub(crate) struct Writer<'a> {
    out: &'a mut String,
    quoting: Quoting,
    /// Whether something stands before that a semicolon parts from the next pair.
    begun: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(out: &'a mut String, quoting: Quoting) -> Writer<'a> {
        // Only in JDBC the server stands before the pairs.
        Writer { out, quoting, begun: quoting == Quoting::Jdbc }
    }

    #[inline(never)]
    pub(crate) fn pair(&mut self, key: &str, value: Option<&str>) -> Done {
        let sayable = !key.is_empty()
            && key.trim_ascii() == key
            && !has(key, ";")
            && !has_control(key)
            && Piece::new(key).before_slashes().is_none();
        if !sayable
            || self.quoting != Quoting::Ado
                && (has(key, "=") || value.is_none() && self.quoting == Quoting::Jdbc)
        {
            return Err(not_writable());
        }
        if self.begun {
            self.out.push(';');
        }
        self.begun = true;
        // Elsewhere a key holds none.
        write_doubled(key, '=', self.out);
        match value {
            None if self.quoting == Quoting::Odbc => Ok(()),
            None => Err(not_writable()),
            Some(value) => {
                self.out.push('=');
                write_value(key, value, self.quoting, self.out);
                Ok(())
            }
        }
    }

    /// Writes a pair unless there is no value.
    pub(crate) fn given(&mut self, key: &str, value: &Option<String>) -> Done {
        if value.is_some() { self.pair(key, value.as_deref()) } else { Ok(()) }
    }
}

fn write_value(key: &str, value: &str, quoting: Quoting, out: &mut String) {
    let edged = value.trim_ascii() != value;
    let (open, close) = match quoting {
        Quoting::Ado if !has(value, "\"'=;") && !value.chars().any(is_blank) => return out.push_str(value),
        Quoting::Ado if has(value, "\"") && !has(value, "'") => ('\'', '\''),
        Quoting::Ado => ('"', '"'),
        Quoting::Odbc if edged || value.starts_with('{') || has(value, ";") || same(key, "driver") => {
            ('{', '}')
        }
        Quoting::Jdbc if edged || has(value, "{;") => ('{', '}'),
        _ => return out.push_str(value),
    };
    out.push(open);
    write_doubled(value, close, out);
    out.push(close);
}

#[inline(never)]
fn write_doubled(text: &str, mark: char, out: &mut String) {
    for letter in text.chars() {
        out.push(letter);
        if letter == mark {
            out.push(letter);
        }
    }
}

/// White space and control characters, as Unicode has them.
fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

#[inline(never)]
fn has_control(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'))
}

pub(crate) fn not_writable() -> Bad {
    Bad::nowhere(Reason::NotWritable)
}
