//! LDAP URLs (RFC 4516): a base DN, and behind question marks attributes, scope, filter and extensions.

use crate::cursor::{Cursor, Piece};
use crate::parts::{Param, Parts, Reason, Unreadable};
use crate::percent::{Plus, decode, encode};
use crate::uri::{self, BASE, Empty, Grammar};
use crate::write;

const GRAMMAR: Grammar = Grammar { schemes: &["ldap", "ldaps", "ldapi"], empty_port: Empty::Bad, ..BASE };

const SCOPES: &[&str] = &["base", "one", "sub", "subordinates"];

pub fn read(_: &str, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    let (scheme, rest) = uri::scheme(&GRAMMAR, whole)?;
    let rest = rest.strip("//").ok_or(rest.bad(Reason::SlashesMissing))?;
    let (hosts, rest) = rest.cut(rest.find("/").unwrap_or(rest.text.len()));
    if let Some(place) = hosts.find("?#") {
        return Err(hosts.bad_at(place, Reason::HostCharacter));
    }
    let mut parts = Parts { scheme: Some(scheme), hosts: uri::hosts(&GRAMMAR, hosts)?, ..Parts::default() };
    let mut pieces = rest.strip("/").unwrap_or(rest).pieces("?").into_iter();
    // What is left out and what is empty mean the same: the default.
    let mut next = || pieces.next().filter(|piece| !piece.is_empty());
    let (base, attributes, scope, filter, extensions) = (next(), next(), next(), next(), next());
    if let Some(piece) = base {
        parts.database = Some(name(piece)?);
    }
    if let Some(piece) = attributes {
        listed(piece, "attrs", &mut parts)?;
    }
    if let Some(piece) = scope {
        let scope = SCOPES.iter().find(|scope| scope.eq_ignore_ascii_case(piece.text)).ok_or(piece.bad(Reason::BadScope))?;
        parts.params.push(Param::new("scope", Some((*scope).to_owned())));
    }
    if let Some(piece) = filter {
        let text = decode(piece, Plus::Literal)?;
        if !is_filter(&text) {
            return Err(piece.bad(Reason::BadFilter));
        }
        parts.params.push(Param::new("filter", Some(text)));
    }
    if let Some(piece) = extensions {
        listed(piece, "extensions", &mut parts)?;
    }
    match pieces.next() {
        Some(piece) => Err(piece.bad(Reason::TextAfterEnd)),
        None => Ok(parts),
    }
}

pub fn build(_: &str, parts: &Parts) -> Result<String, Unreadable> {
    let mut out = parts.scheme.clone().unwrap_or_else(|| "ldap".to_owned());
    out.push_str("://");
    write::hosts(&GRAMMAR, &parts.hosts, &mut out);
    let mut tail = String::from("/");
    encode(parts.database.as_deref().unwrap_or_default(), ",=+;@:/", &mut tail);
    for (name, plain) in [("attrs", ";"), ("scope", ""), ("filter", "()=&|!*:,@/"), ("extensions", "=!:@/")] {
        tail.push('?');
        let mut first = true;
        for param in parts.params.iter().filter(|param| param.name == name) {
            if !first {
                tail.push(',');
            }
            first = false;
            encode(param.value.as_deref().unwrap_or_default(), plain, &mut tail);
        }
    }
    let tail = tail.trim_end_matches('?');
    if tail != "/" {
        out.push_str(tail);
    }
    Ok(out)
}

/// A list of names, none of which is empty.
fn listed(piece: Piece, name: &str, parts: &mut Parts) -> Result<(), Unreadable> {
    for item in piece.pieces(",") {
        if item.is_empty() {
            return Err(item.bad(Reason::KeyMissing));
        }
        parts.params.push(Param::new(name, Some(decode(item, Plus::Literal)?)));
    }
    Ok(())
}

fn name(piece: Piece) -> Result<String, Unreadable> {
    let text = decode(piece, Plus::Literal)?;
    if is_name(&text) { Ok(text) } else { Err(piece.bad(Reason::BadDn)) }
}

/// Whether a text is a distinguished name: `type=value` with `,` or `;` between, or `+` within one level.
fn is_name(text: &str) -> bool {
    let mut cursor = Cursor::new(Piece::new(text));
    loop {
        let kind = cursor.take_until("=,;+\"\\").trim();
        let typed = !kind.is_empty() && kind.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
        if !typed || !cursor.eat('=') {
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
        match cursor.bump() {
            Some('"') => quoted = !quoted,
            Some('\\') => {
                cursor.bump()?;
            }
            Some(',' | ';' | '+') if !quoted => return Some(true),
            Some(_) => (),
            None => return (!quoted).then_some(false),
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
        if open.last() == Some(&0) || !cursor.eat('(') {
            return false;
        }
        match cursor.peek() {
            Some('&' | '|') => open.push(usize::MAX),
            Some('!') => open.push(1),
            _ => {
                if !is_item(cursor.take_until("()").text) || !cursor.eat(')') {
                    return false;
                }
                took_one(&mut open);
                if closed(&mut cursor, &mut open) {
                    return cursor.at_end();
                }
                continue;
            }
        }
        cursor.bump();
        // `(&)` is true and `(|)` is false.
        if cursor.peek() == Some(')') && closed(&mut cursor, &mut open) {
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
        if !full || !cursor.eat(')') {
            return false;
        }
        open.pop();
        took_one(open);
    }
    true
}

/// Whether a text is `attribute=value`, with two hex digits behind each backslash.
fn is_item(text: &str) -> bool {
    let Some((kind, value)) = text.split_once('=') else { return false };
    let kind = kind.trim_end_matches(['~', '<', '>', ':']);
    let named = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b';' | b':'));
    let escaped = value.split('\\').skip(1).all(|after| after.len() >= 2 && after.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()));
    !kind.is_empty() && named && escaped && !value.contains(['(', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_told_from_other_texts() {
        for good in ["(a=b)", "a=b", "(&(a=b)(c>=d))", "(!(a=*))", "(&)", "(|(&(a=1)(!(b=2)))(c~=3))", "(a=)", "(cn:dn:2.4.6:=x)", "(a=\\28x\\29)"] {
            assert!(is_filter(good), "{good}");
        }
        for bad in ["", "a", "(a)", "(a=b", "(a=b))", "(&(a=b)", "(!(a=b)(c=d))", "(!)", "()", "(=b)", "(a=\\2)", "(a=b)x", "((a=b))"] {
            assert!(!is_filter(bad), "{bad}");
        }
    }

    #[test]
    fn names_are_told_from_other_texts() {
        for good in ["a=b", "dc=example,dc=com", "cn=a\\,b,o=c", "a=b+c=d;e=f", "cn=\"a,b\",o=c", "dc=", "cn = a , o = b"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["x", "a=b,", ",a=b", "=b", "a b=c", "a=\"b", "a=b\\"] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
