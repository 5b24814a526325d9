//! Small work on text. The standard library's own searches for any pattern and writes any number, and weighs more than a page should load.

use crate::cursor::{Piece, step};

/// Whether one of `marks`, which are ASCII characters, stands in a text.
pub fn has(text: &str, marks: &str) -> bool {
    Piece::new(text).find(marks).is_some()
}

/// Whether two texts are the same but for the case of ASCII letters.
#[inline(never)]
pub fn same(one: &str, other: &str) -> bool {
    step(one.len().min(other.len()));
    one.eq_ignore_ascii_case(other)
}

/// Whether a text is letters, digits (of ASCII both) and `others`, or empty.
pub fn is_word(text: &str, others: &str) -> bool {
    Piece::new(text).find_other(others).is_none()
}

/// Whether all bytes of a text fit.
pub fn all(text: &str, fits: fn(u8) -> bool) -> bool {
    Piece::new(text).fitting(fits) == text.len()
}

pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && all(text, is_digit)
}

pub fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

pub fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
}

/// The word of a list, with blanks between, that is the same but for the case of letters.
#[inline(never)]
pub fn listed(list: &'static str, word: &str) -> Option<&'static str> {
    let mut rest = Piece::new(list);
    loop {
        let (known, after) = rest.halves(" ");
        if same(known.text, word) {
            return Some(known.text);
        }
        rest = after?;
    }
}

/// Whether a list, with blanks between, has this very word.
pub fn lists(list: &'static str, word: &str) -> bool {
    listed(list, word) == Some(word)
}

/// Whether a text stands somewhere in another.
pub fn contains(text: &str, part: &str) -> bool {
    position(text, part).is_some()
}

/// Where a text, which is short, first stands in another.
#[inline(never)]
pub fn position(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    step(text.len());
    (0..text.len()).find(|place| text.get(*place..).is_some_and(|rest| rest.starts_with(part)))
}

/// What stands before and behind a text, which is short, where it first stands in another.
pub fn split<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let place = position(text, part)?;
    Some((text.get(..place)?, text.get(place + part.len()..)?))
}

/// What follows a text at the beginning of another.
pub fn strip<'t>(text: &'t str, begin: &str) -> Option<&'t str> {
    Piece::new(text).strip(begin).map(|rest| rest.text)
}

/// What stands before a text at the end of another.
pub fn strip_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let (before, last) = text.split_at_checked(text.len().wrapping_sub(end.len()))?;
    if last == end { Some(before) } else { None }
}

/// How many characters a text has.
pub fn characters(text: &str) -> usize {
    // Each has one byte that does not go on with another.
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// In lower case, as far as ASCII goes.
#[inline(never)]
pub fn lower(text: &str) -> String {
    let mut out = String::from(text);
    out.make_ascii_lowercase();
    out
}

/// The number that digits write, if it is at most `most`.
#[inline(never)]
pub fn number(digits: &str, most: u32) -> Option<u32> {
    let mut number: u32 = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() || number > most {
            return None;
        }
        number = number.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
    }
    if digits.is_empty() || number > most { None } else { Some(number) }
}

/// Writes a number.
#[inline(never)]
pub fn write_number(number: u64, out: &mut String) {
    if number > 9 {
        write_number(number / 10, out);
    }
    out.push((b'0' + (number % 10) as u8) as char);
}

/// A number as text.
pub fn shown(number: u64) -> String {
    let mut out = String::new();
    write_number(number, &mut out);
    out
}

/// Writes texts one after the other.
#[inline(never)]
pub fn write_all(texts: &[&str], out: &mut String) {
    for text in texts {
        out.push_str(text);
    }
}

/// Texts as one.
pub fn joined(texts: &[&str]) -> String {
    let mut out = String::new();
    write_all(texts, &mut out);
    out
}

/// Puts a text into a part.
#[inline(never)]
pub fn put(part: &mut Option<String>, text: &str) {
    *part = Some(text.to_owned());
}

/// Puts a text into a part, unless it is empty.
pub fn put_filled(part: &mut Option<String>, text: &str) {
    if !text.is_empty() {
        put(part, text);
    }
}

/// A part that is there, and empty, to be written.
#[inline(never)]
pub fn fresh(part: &mut Option<String>) -> &mut String {
    part.insert(String::new())
}

/// What a part holds; nothing where it is absent.
#[inline(never)]
pub fn given(part: &Option<String>) -> &str {
    part.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written() {
        for (text, number_read) in [
            ("0", Some(0)),
            ("65535", Some(65535)),
            ("00065535", Some(65535)),
            ("65536", None),
            ("", None),
            ("-1", None),
            ("99999999999", None),
        ] {
            assert_eq!(number(text, 65535), number_read, "{text}");
        }
        assert_eq!(
            (shown(0), shown(10), shown(65535)),
            ("0".to_owned(), "10".to_owned(), "65535".to_owned())
        );
    }

    #[test]
    fn words_are_found_in_a_list() {
        assert_eq!(listed("a bc", "BC"), Some("bc"));
        for (list, word) in [("a bc", "b"), ("a bc", ""), ("a bc", "a bc"), ("", "a")] {
            assert_eq!(listed(list, word), None, "{word}");
        }
        assert!(lists("a bc", "bc") && !lists("a bc", "BC"));
    }
}
