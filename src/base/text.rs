//! Small work on text. The standard library's own search and join are for any size of input and weigh several
//! kilobytes in the browser; ours is short.

/// Collects into a list without the machinery that the standard library brings for each kind of iterator: 1.2 kB as a page loads it.
pub trait CollectVec: Iterator + Sized {
    fn collect_vec(self) -> Vec<Self::Item> {
        let mut all = Vec::new();
        for item in self {
            all.push(item);
        }
        all
    }
}

impl<I: Iterator> CollectVec for I {}

/// A text in which every `from` (which is not empty) became `to`.
pub fn replace_all(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    loop {
        if let Some(after) = rest.strip_prefix(from) {
            out.push_str(to);
            rest = after;
            continue;
        }
        let mut letters = rest.chars();
        let Some(letter) = letters.next() else { return out };
        out.push(letter);
        rest = letters.as_str();
    }
}

/// Writes a byte as two hexadecimal digits; `ten` is the digit for ten.
pub fn push_hex(byte: u8, ten: u8, out: &mut String) {
    for digit in [byte >> 4, byte & 15] {
        out.push(if digit < 10 { b'0' + digit } else { ten - 10 + digit } as char);
    }
}

/// The texts with `between` between them.
pub fn join<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    let mut out = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        out.push_str(text.as_ref());
    }
    out
}

/// Whether a text begins with another, in upper or lower case.
pub fn starts_with_ignore_case(text: &str, head: &str) -> bool {
    text.as_bytes().get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head.as_bytes()))
}

/// Whether a text has another in it, in upper or lower case.
pub fn contains_ignore_case(text: &str, part: &str) -> bool {
    (0..text.len()).any(|index| text.get(index..).is_some_and(|rest| starts_with_ignore_case(rest, part)))
}

/// A whole number in decimal digits: the standard library's is made for every width, sign and padding.
pub fn integer_text(number: i64) -> String {
    let mut digits = Vec::new();
    let mut rest = number.unsigned_abs();
    loop {
        digits.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        digits.push(b'-');
    }
    let mut text = String::new();
    for digit in digits.iter().rev() {
        text.push(*digit as char);
    }
    text
}

/// The whole number that digits write, perhaps after a minus. One reader for all sizes: the standard library brings its own for each.
pub fn parse_integer(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = digits.bytes().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
    Some(if digits.len() < text.len() { -number } else { number })
}

/// The same, if it is not negative and at most `most`.
pub fn parse_index(text: &str, most: f64) -> Option<usize> {
    parse_integer(text)
        .filter(|number| !text.starts_with('-') && *number <= most)
        .map(|number| number as usize)
}

/// The last of so many things whose length is the greatest, of those that have one.
pub fn index_of_longest(many: usize, length: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let mut found = None;
    for index in 0..many {
        let now = length(index);
        if now.is_some() && found.is_none_or(|known| length(known) <= now) {
            found = Some(index);
        }
    }
    found
}

/// What stands before and after the first ASCII letter of its kind.
pub fn split_once(text: &str, letter: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().position(|byte| byte == letter)?)
}

/// What stands before and after the last one.
pub fn rsplit_once(text: &str, letter: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().rposition(|byte| byte == letter)?)
}

fn around(text: &str, index: usize) -> Option<(&str, &str)> {
    Some((text.get(..index)?, text.get(index + 1..)?))
}

/// What stands between ASCII letters of a kind: always one part at least.
pub fn split(text: &str, letter: u8) -> Split<'_> {
    Split { rest: Some(text), letter }
}

pub struct Split<'a> {
    rest: Option<&'a str>,
    letter: u8,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let Some((part, after)) = split_once(rest, self.letter) else { return Some(rest) };
        self.rest = Some(after);
        Some(part)
    }
}

/// Whether an ASCII letter is in a text.
pub fn has_byte(text: &str, letter: u8) -> bool {
    text.bytes().any(|byte| byte == letter)
}

/// What stands before and after the first `://`, if the first colon begins it.
pub fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = split_once(text, b':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// The bytes that a base64 text (with padding) writes.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
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
        bytes.extend(bits.to_be_bytes().iter().skip(1).take(chunk.len() - 1));
    }
    Some(bytes)
}

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts names that are looked at, so that a test can show that the work does not grow by the square.
#[cfg(test)]
pub fn count_step() {
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

#[cfg(not(test))]
#[inline(always)]
pub fn count_step() {}

/// The names that were looked at since the last call.
#[cfg(test)]
pub fn take_steps() -> usize {
    STEPS.with(|steps| steps.replace(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_is_replaced() {
        for (text, from, to, want) in [
            ("a.b.", ".", "/", "a/b/"),
            ("ééaéé", "éé", "x", "xax"),
            ("", "a", "b", ""),
            ("aaa", "aa", "b", "ba"),
            ("~01", "~1", "/", "~01"),
        ] {
            assert_eq!(replace_all(text, from, to), want);
        }
    }

    #[test]
    fn a_scheme_ends_at_the_first_colon() {
        assert_eq!(split_scheme("mongodb+srv://h:1"), Some(("mongodb+srv", "h:1")));
        assert_eq!(split_scheme("h:1://x"), None);
        assert_eq!(split_scheme("://x"), Some(("", "x")));
    }

    #[test]
    fn nothing_stands_around_what_is_joined() {
        assert_eq!(join(&["a", "b"], ", "), "a, b");
        assert_eq!(join::<&str>(&[], ", "), "");
    }
}
