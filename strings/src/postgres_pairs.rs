//! PostgreSQL's `key=value key='a b'`.

use crate::cursor::{Cursor, Piece};
use crate::grammar::Found;
use crate::parts::{Param, Parts, Reason, Unreadable};
use crate::postgres::{host_params, known_keys, settle};

pub fn read(text: Piece) -> Result<Parts, Unreadable> {
    let mut found = Found { parts: Parts::default(), params: Vec::new(), hosts: text.cut(0).0, path: text.cut(0).0 };
    if let Some(place) = text.find("\0") {
        return Err(text.bad_at(place, Reason::BadCharacter));
    }
    let mut cursor = Cursor::new(text);
    cursor.skip_blanks();
    while !cursor.at_end() {
        let name = cursor.take_until("= \t\n\r\u{b}\u{c}");
        cursor.skip_blanks();
        if !cursor.eat('=') {
            return Err(cursor.bad(Reason::EqualsMissing));
        }
        if name.is_empty() {
            return Err(name.bad(Reason::KeyMissing));
        }
        cursor.skip_blanks();
        let value = if cursor.eat('\'') { quoted(&mut cursor)? } else { plain(&mut cursor) };
        found.parts.params.push(Param::new(name.text, Some(value)));
        found.params.push(name);
        cursor.skip_blanks();
    }
    known_keys(&mut found)?;
    settle(&mut found)?;
    Ok(found.parts)
}

/// A value behind its quote, up to the next; a backslash keeps what follows it.
fn quoted(cursor: &mut Cursor) -> Result<String, Unreadable> {
    let begin = cursor.rest();
    let mut out = String::new();
    loop {
        match cursor.bump() {
            Some('\'') => return Ok(out),
            Some('\\') => out.extend(cursor.bump()),
            Some(letter) => out.push(letter),
            None => return Err(begin.bad(Reason::UnclosedQuote)),
        }
    }
}

/// A value up to the next blank.
fn plain(cursor: &mut Cursor) -> String {
    let mut out = String::new();
    while let Some(letter) = cursor.bump() {
        match letter {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => break,
            '\\' => out.extend(cursor.bump()),
            _ => out.push(letter),
        }
    }
    out
}

pub fn build(parts: &Parts) -> String {
    let mut params = host_params(&parts.hosts);
    for (name, value) in [("user", &parts.user), ("password", &parts.password), ("dbname", &parts.database)] {
        params.extend(value.clone().map(|value| Param::new(name, Some(value))));
    }
    params.extend_from_slice(&parts.params);
    let mut out = String::new();
    for param in &params {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&param.name);
        out.push('=');
        write_value(param.value.as_deref().unwrap_or_default(), &mut out);
    }
    out
}

fn write_value(value: &str, out: &mut String) {
    let bare = !value.is_empty() && !value.contains([' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '\'', '\\']);
    if !bare {
        out.push('\'');
    }
    for letter in value.chars() {
        if matches!(letter, '\'' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    if !bare {
        out.push('\'');
    }
}
