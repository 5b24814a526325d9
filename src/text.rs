//! Small work on text. The standard library's own search and join are for any size of input and weigh several
//! kilobytes in the browser; ours is short.

/// Collects into a list without the machinery that the standard library brings for each kind of iterator: 1.2 kB as a page loads it.
pub trait Gather: Iterator + Sized {
    fn gather(self) -> Vec<Self::Item> {
        let mut all = Vec::new();
        for item in self {
            all.push(item);
        }
        all
    }
}

impl<I: Iterator> Gather for I {}

/// A text in which every `from` (which is not empty) became `to`.
pub fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match rest.strip_prefix(from) {
            Some(after) => {
                out.push_str(to);
                rest = after;
            }
            None => {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

/// The texts with `between` between them.
pub fn joined<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    let mut out = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        out.push_str(text.as_ref());
    }
    out
}

/// Whether a text begins with another, in upper or lower case.
pub fn starts(text: &str, head: &str) -> bool {
    text.as_bytes().get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head.as_bytes()))
}

/// Whether a text has another in it, in upper or lower case.
pub fn holds(text: &str, part: &str) -> bool {
    text.char_indices().any(|(place, _)| starts(&text[place..], part))
}

/// The whole number that digits write, perhaps after a minus. One reader for all sizes: the standard library brings its own for each.
pub fn whole(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = digits.bytes().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
    Some(if digits.len() < text.len() { -number } else { number })
}

/// The same, if it is not negative and at most `most`.
pub fn count(text: &str, most: f64) -> Option<usize> {
    whole(text).filter(|number| !text.starts_with('-') && *number <= most).map(|number| number as usize)
}

/// The last of so many things whose length is the greatest, of those that have one.
pub fn longest(many: usize, length: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let mut found = None;
    for place in 0..many {
        let now = length(place);
        if now.is_some() && found.is_none_or(|known| length(known) <= now) {
            found = Some(place);
        }
    }
    found
}

/// What stands before and after the first `://`, if the first colon begins it.
pub fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// The bytes that a base64 text (with padding) writes.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut bits = 0u32;
        for byte in chunk {
            let digit = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(digit);
        }
        bits <<= 6 * (4 - chunk.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_is_replaced() {
        for (text, from, to, want) in
            [("a.b.", ".", "/", "a/b/"), ("ééaéé", "éé", "x", "xax"), ("", "a", "b", ""), ("aaa", "aa", "b", "ba"), ("~01", "~1", "/", "~01")]
        {
            assert_eq!(replaced(text, from, to), want);
        }
    }

    #[test]
    fn a_scheme_ends_at_the_first_colon() {
        assert_eq!(scheme("mongodb+srv://h:1"), Some(("mongodb+srv", "h:1")));
        assert_eq!(scheme("h:1://x"), None);
        assert_eq!(scheme("://x"), Some(("", "x")));
    }

    #[test]
    fn nothing_stands_around_what_is_joined() {
        assert_eq!(joined(&["a", "b"], ", "), "a, b");
        assert_eq!(joined::<&str>(&[], ", "), "");
    }
}
