//! JSON text in: a small reader of RFC 8259, the same natively and in the page.

use crate::json::{Json, MAX_SAFE_INTEGER, without_duplicates};

/// How deep a document may nest: a hostile one must not exhaust the stack.
const DEPTH: usize = 128;

impl Json {
    /// Reads a JSON text; `None` where it is not one, or nests deeper than 128.
    pub fn parse(text: &str) -> Option<Json> {
        Parser { text, at: 0 }.document()
    }
}

/// The number that a text such as `-2.5` or `1e3` writes; `None` where it is not one.
pub fn number_of(text: &str) -> Option<f64> {
    match Json::parse(text)? {
        Json::Number(number) if !text.starts_with(char::is_whitespace) => Some(number),
        _ => None,
    }
}

/// A JSON text being read.
struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    /// The whole text as one value; nothing may follow it.
    fn document(mut self) -> Option<Json> {
        let value = self.value(DEPTH)?;
        (self.peek() == 0 && self.at == self.text.len()).then_some(value)
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        match self.peek() {
            b'{' if depth > 0 => {
                let mut members: Vec<(String, Json)> = Vec::new();
                self.elements(b'}', |parser| {
                    let name = parser.string()?;
                    let value =
                        if parser.peek() == b':' { parser.step().value(depth - 1)? } else { return None };
                    members.push((name, value));
                    Some(())
                })?;
                Some(Json::Map(without_duplicates(members)))
            }
            b'[' if depth > 0 => {
                let mut items = Vec::new();
                self.elements(b']', |parser| {
                    items.push(parser.value(depth - 1)?);
                    Some(())
                })?;
                Some(Json::List(items))
            }
            b'"' => self.string().map(Json::Text),
            b't' => self.literal("true", Json::Bool(true)),
            b'f' => self.literal("false", Json::Bool(false)),
            b'n' => self.literal("null", Json::Null),
            _ => self.number(),
        }
    }

    /// The next byte that is no white space; 0 at the end.
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        self.byte()
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn step(&mut self) -> &mut Self {
        self.at += 1;
        self
    }

    /// What stands between a bracket and its end, with commas between.
    fn elements(&mut self, end: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if self.step().peek() == end {
            self.at += 1;
            return Some(());
        }
        loop {
            one(self)?;
            let mark = self.peek();
            self.at += 1;
            if mark == end {
                return Some(());
            }
            if mark != b',' {
                return None;
            }
        }
    }

    fn literal(&mut self, word: &str, value: Json) -> Option<Json> {
        let end = self.at + word.len();
        (self.text.get(self.at..end)? == word).then(|| self.at = end)?;
        Some(value)
    }

    fn string(&mut self) -> Option<String> {
        if self.peek() != b'"' {
            return None;
        }
        let mut out = String::new();
        let mut from = self.step().at;
        loop {
            match self.byte() {
                0..=0x1f => return None,
                b'"' => {
                    out.push_str(self.text.get(from..self.at)?);
                    self.at += 1;
                    return Some(out);
                }
                b'\\' => {
                    out.push_str(self.text.get(from..self.at)?);
                    out.push(self.step().escaped()?);
                    from = self.at;
                }
                _ => self.at += 1,
            }
        }
    }

    /// The letter that an escape writes. Half a surrogate pair is the replacement character, as a browser's encoder has it.
    fn escaped(&mut self) -> Option<char> {
        let mark = self.byte();
        self.at += 1;
        Some(match mark {
            b'"' | b'\\' | b'/' => mark as char,
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let high = self.hex()?;
                let pair = (0xd800..0xdc00).contains(&high)
                    && self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u");
                if !pair {
                    return Some(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                let back = self.at;
                self.at += 2;
                let low = self.hex()?;
                if !(0xdc00..0xe000).contains(&low) {
                    self.at = back;
                    return Some(char::REPLACEMENT_CHARACTER);
                }
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code << 4 | (self.byte() as char).to_digit(16)?;
            self.at += 1;
        }
        Some(code)
    }

    fn number(&mut self) -> Option<Json> {
        let from = self.at;
        while matches!(self.byte(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
            self.at += 1;
        }
        let text = self.text.get(from..self.at)?;
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        let begins = match digits {
            [b'0'] => true,
            [b'0', next, ..] => matches!(next, b'.' | b'e' | b'E'),
            [b'1'..=b'9', ..] => true,
            _ => false,
        };
        let whole = digits.iter().all(u8::is_ascii_digit);
        // A text of 15 digits is a number exactly; the rest is left to those who do it well.
        let number = match whole && digits.len() <= 15 {
            true => {
                digits.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'))
                    * if text.len() > digits.len() { -1.0 } else { 1.0 }
            }
            false => fraction(text)?,
        };
        let exact = !whole || number.abs() <= MAX_SAFE_INTEGER;
        begins.then(|| if exact { Json::Number(number) } else { Json::Exact(text.to_owned()) })
    }
}

/// The number that such a text writes; `None` where it is not one, or is too large.
fn fraction(text: &str) -> Option<f64> {
    // Those who convert it let more through than JSON does: a point that no digit follows.
    let is_loose =
        text.ends_with('.') || text.as_bytes().windows(2).any(|pair| matches!(pair, [b'.', b'e' | b'E']));
    convert(text).filter(|number| number.is_finite() && !is_loose)
}

/// The number nearest to digits. Conversion is borrowed: from the standard library natively, from JavaScript in a page, where it is there already.
#[cfg(not(target_arch = "wasm32"))]
pub fn convert(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[cfg(target_arch = "wasm32")]
pub fn convert(text: &str) -> Option<f64> {
    Some(wasm_bindgen::JsValue::from_str(text).unchecked_into_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_too_deeply_is_no_json() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(&deep(100)).is_some());
        assert!(Json::parse(&deep(10_000)).is_none());
    }

    #[test]
    fn a_text_is_json_or_not() {
        for (text, read) in [
            (" { \"a\" : [ 1 , 2.50 ] , \"a\" : 1e3 } ", Some(r#"{"a":1000}"#)),
            (r#""\u00e9\ud83d\ude00\ud800\/\b""#, Some("\"é😀\u{fffd}/\\u0008\"")),
            ("-0.5", Some("-0.5")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("-9007199254740993", Some("-9007199254740993")),
            ("", None),
            ("01", None),
            ("1.", None),
            ("+1", None),
            (".5", None),
            ("-", None),
            ("1e999", None),
            ("[1,]", None),
            ("{\"a\"}", None),
            ("{} x", None),
            ("\"a\nb\"", None),
            ("\"\\x\"", None),
            ("nul", None),
            ("\"\\u12\"", None),
        ] {
            assert_eq!(Json::parse(text).map(|json| json.to_text()).as_deref(), read, "{text}");
        }
    }
}
