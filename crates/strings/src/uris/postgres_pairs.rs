//! PostgreSQL's `key=value key='a b'`.

use super::postgres::{host_params, known_keys, settle};
use crate::cursor::{Cursor, Piece};
use crate::grammar::Found;
use crate::parts::{Done, Param, Parts, Reason};
use crate::text::{fresh, given, has, write_all};

pub fn read(text: Piece, parts: &mut Parts) -> Done {
    text.refuse("\0", Reason::BadCharacter)?;
    let begin = text.cut(0).0;
    let mut found = Found { parts, places: Vec::new(), hosts: begin, path: begin };
    let mut cursor = Cursor::new(text);
    cursor.skip_blanks();
    while !cursor.at_end() {
        let name = cursor.take_until("= \t\n\r\u{b}\u{c}");
        cursor.skip_blanks();
        if !cursor.eat(b'=') {
            return Err(cursor.bad(Reason::EqualsMissing));
        }
        if name.is_empty() {
            return Err(name.bad(Reason::KeyMissing));
        }
        cursor.skip_blanks();
        let mut param = Param::new(name.text, None);
        value(&mut cursor, fresh(&mut param.value))?;
        found.parts.params.push(param);
        found.places.push(name);
        cursor.skip_blanks();
    }
    known_keys(&mut found)?;
    settle(&mut found)
}

/// A value up to the next blank, or in quotes up to the next quote; a backslash keeps what follows it.
fn value(cursor: &mut Cursor, out: &mut String) -> Done {
    let quoted = cursor.eat(b'\'');
    let begin = cursor.rest();
    loop {
        out.push_str(cursor.take_until(if quoted { "'\\" } else { " \t\n\r\u{b}\u{c}\\" }).text);
        match cursor.bump().text {
            "\\" => out.push_str(cursor.bump().text),
            "" if quoted => return Err(begin.bad(Reason::UnclosedQuote)),
            _ => return Ok(()),
        }
    }
}

pub fn build(parts: &mut Parts, out: &mut String) -> Done {
    let hosts = host_params(&parts.hosts);
    for param in &hosts {
        pair(&param.name, given(&param.value), out);
    }
    for (name, part) in [("user", &parts.user), ("password", &parts.password), ("dbname", &parts.database)] {
        if let Some(value) = part {
            pair(name, value, out);
        }
    }
    for param in &parts.params {
        pair(&param.name, given(&param.value), out);
    }
    Ok(())
}

#[inline(never)]
fn pair(name: &str, value: &str, out: &mut String) {
    let quote = if value.is_empty() || has(value, " \t\n\r\u{b}\u{c}'\\") { "'" } else { "" };
    write_all(&[if out.is_empty() { "" } else { " " }, name, "=", quote], out);
    for letter in value.chars() {
        if matches!(letter, '\'' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push_str(quote);
}
