//! LDAP URLs (RFC 4516): a base DN, and behind question marks attributes, scope, filter and extensions.

use crate::cursor::{Cursor, Piece};
use crate::parts::{Done, Parts, Reason, add};
use crate::percent::{Plus, decode, encode};
use crate::text::{fresh, given, has, is_word, listed};
use crate::uri::{self, BASE, Empty, Grammar};
use crate::write;

pub const GRAMMAR: Grammar = Grammar { schemes: "ldap ldaps ldapi", empty_port: Empty::Bad, ..BASE };

/// What stands behind the question marks, and which characters of it are written as they are.
const FIELDS: &[(&str, &str)] =
    &[("attrs", ";"), ("scope", ""), ("filter", "()=&|!*:,@/"), ("extensions", "=!:@/")];

pub fn read(text: Piece, parts: &mut Parts) -> Done {
    let rest = uri::scheme(&GRAMMAR, text, parts)?;
    let Some(rest) = rest.strip("//") else { return Err(rest.bad(Reason::SlashesMissing)) };
    let (hosts, rest) = rest.until("/");
    hosts.refuse("?#", Reason::HostCharacter)?;
    hosts.refuse("@", Reason::NoUserHere)?;
    uri::hosts(&GRAMMAR, hosts, &mut parts.hosts)?;
    let (base, mut rest) = rest.strip("/").unwrap_or(rest).halves("?");
    // What is left out and what is empty mean the same: the default.
    if !base.is_empty() {
        let name = fresh(&mut parts.database);
        decode(base, Plus::Literal, name)?;
        if !is_name(name) {
            return Err(base.bad(Reason::BadDn));
        }
    }
    for (name, _) in FIELDS {
        let Some(field) = rest else { return Ok(()) };
        let (piece, after) = field.halves("?");
        rest = after;
        if !piece.is_empty() {
            self::field(name, piece, parts)?;
        }
    }
    match rest {
        Some(rest) => Err(rest.bad(Reason::TextAfterEnd)),
        None => Ok(()),
    }
}

fn field(name: &str, piece: Piece, parts: &mut Parts) -> Done {
    match name {
        "scope" => match listed("base one sub subordinates", piece.text) {
            Some(scope) => add(&mut parts.params, name, scope),
            None => return Err(piece.bad(Reason::BadScope)),
        },
        "filter" => {
            let mut text = String::new();
            decode(piece, Plus::Literal, &mut text)?;
            if !is_filter(&text) {
                return Err(piece.bad(Reason::BadFilter));
            }
            add(&mut parts.params, name, &text);
        }
        // A list of names, none of which is empty. Blanks round them do not count, and alone they are no list.
        _ if piece.trim().is_empty() => (),
        _ => {
            for item in &piece.pieces(",") {
                let mut text = String::new();
                decode(*item, Plus::Literal, &mut text)?;
                let text = text.trim_ascii();
                if text.is_empty() {
                    return Err(item.bad(Reason::KeyMissing));
                }
                add(&mut parts.params, name, text);
            }
        }
    }
    Ok(())
}

pub fn build(parts: &mut Parts, out: &mut String) -> Done {
    write::scheme(parts, "ldap", out);
    write::hosts(&GRAMMAR, &parts.hosts, out);
    let mut end = out.len();
    out.push('/');
    if let Some(database) = parts.database.as_deref().filter(|name| !name.is_empty()) {
        encode(database, ",=+;@:/", out);
        end = out.len();
    }
    for (name, plain) in FIELDS {
        let mut mark = '?';
        for param in &parts.params {
            if param.name == *name {
                out.push(mark);
                encode(given(&param.value), plain, out);
                mark = ',';
                end = out.len();
            }
        }
        if mark == '?' {
            out.push(mark);
        }
    }
    // Question marks with nothing behind them are left out.
    out.truncate(end);
    Ok(())
}

/// Whether a text is a distinguished name: `type=value` with `,` or `;` between, or `+` within one level.
fn is_name(text: &str) -> bool {
    let mut cursor = Cursor::new(Piece::new(text));
    loop {
        let kind = cursor.take_until("=,;+\"\\").trim();
        if kind.is_empty() || !is_word(kind.text, "-._") || !cursor.eat(b'=') {
            return false;
        }
        match value_end(&mut cursor) {
            Some(true) => (),
            Some(false) => return true,
            None => return false,
        }
    }
}

/// Goes over a value: whether another follows it, or `None` where it does not end well.
fn value_end(cursor: &mut Cursor) -> Option<bool> {
    let mut quoted = false;
    loop {
        cursor.take_until(if quoted { "\"\\" } else { "\"\\,;+" });
        match cursor.bump().text {
            "\"" => quoted = !quoted,
            "\\" if !cursor.at_end() => {
                cursor.bump();
            }
            "\\" => return None,
            "" => return if quoted { None } else { Some(false) },
            _ => return Some(true),
        }
    }
}

/// Whether a text is a search filter (RFC 4515); the outermost parentheses may be missing.
fn is_filter(text: &str) -> bool {
    if !text.starts_with('(') {
        return is_item(text);
    }
    let mut cursor = Cursor::new(Piece::new(text));
    // For each list that is open: how many filters it may still take.
    let mut open: Vec<usize> = Vec::new();
    loop {
        if open.last() == Some(&0) || !cursor.eat(b'(') {
            return false;
        }
        // `(&)` is true and `(|)` is false.
        if cursor.eat(b'&') || cursor.eat(b'|') {
            open.push(usize::MAX);
            if !cursor.sees(b')') {
                continue;
            }
        } else if cursor.eat(b'!') {
            open.push(1);
            continue;
        } else {
            if !is_item(cursor.take_until("()").text) || !cursor.eat(b')') {
                return false;
            }
            took_one(&mut open);
        }
        if closed(&mut cursor, &mut open) {
            return cursor.at_end();
        }
    }
}

fn took_one(open: &mut [usize]) {
    if let Some(left) = open.last_mut() {
        *left = left.saturating_sub(1);
    }
}

/// Closes the lists that end here: whether all are closed.
fn closed(cursor: &mut Cursor, open: &mut Vec<usize>) -> bool {
    while let Some(left) = open.last() {
        // A `!` takes exactly one filter.
        let full = *left == 0 || *left > 1;
        if !full || !cursor.eat(b')') {
            return false;
        }
        open.pop();
        took_one(open);
    }
    true
}

/// Whether a text is `attribute=value`, with two hex digits behind each backslash.
fn is_item(text: &str) -> bool {
    let (mut kind, value) = Piece::new(text).halves("=");
    let Some(mut value) = value else { return false };
    while let Some(shorter) = kind
        .text
        .as_bytes()
        .last()
        .filter(|mark| b"~<>:".contains(mark))
        .and_then(|mark| kind.strip_end(*mark))
    {
        kind = shorter;
    }
    if kind.is_empty() || !is_word(kind.text, "-._;:") || has(value.text, "()") {
        return false;
    }
    while let Some((_, after)) = value.split("\\") {
        let mut digits = after.text.bytes();
        for _ in 0..2 {
            if !digits.next().is_some_and(|digit| digit.is_ascii_hexdigit()) {
                return false;
            }
        }
        value = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_told_from_other_texts() {
        for good in [
            "(a=b)",
            "a=b",
            "(&(a=b)(c>=d))",
            "(!(a=*))",
            "(&)",
            "(|(&(a=1)(!(b=2)))(c~=3))",
            "(a=)",
            "(cn:dn:2.4.6:=x)",
            "(a=\\28x\\29)",
        ] {
            assert!(is_filter(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "(a)",
            "(a=b",
            "(a=b))",
            "(&(a=b)",
            "(!(a=b)(c=d))",
            "(!)",
            "()",
            "(=b)",
            "(a=\\2)",
            "(a=b)x",
            "((a=b))",
        ] {
            assert!(!is_filter(bad), "{bad}");
        }
    }

    #[test]
    fn names_are_told_from_other_texts() {
        for good in [
            "a=b",
            "dc=example,dc=com",
            "cn=a\\,b,o=c",
            "a=b+c=d;e=f",
            "cn=\"a,b\",o=c",
            "dc=",
            "cn = a , o = b",
        ] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["x", "a=b,", ",a=b", "=b", "a b=c", "a=\"b", "a=b\\"] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
