//! JSON as the engine holds it: members keep their order, and a pointer reaches into it.

use std::fmt;

use crate::text::replaced;

/// How deep a document may nest: a hostile one must not exhaust the stack.
const DEPTH: usize = 128;
/// Up to here every integer has a number of its own.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// A JSON value.
#[derive(Clone, Default, PartialEq)]
pub enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// Reads a JSON text; `None` where it is not one, or nests deeper than 128.
    pub fn parse(text: &str) -> Option<Json> {
        Parser { text, at: 0 }.whole()
    }

    /// Writes it as JSON text without white space.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    pub fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    /// A map of the given members, in their order.
    pub fn map(members: Vec<(&str, Json)>) -> Json {
        Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; nothing for anything else.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// The members of a map; nothing for anything else.
    pub fn members(&self) -> &[(String, Json)] {
        match self {
            Json::Map(members) => members,
            _ => &[],
        }
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A scalar as text: what a text control shows. `None` for null, lists and maps.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text.clone()),
            Json::Number(number) => Some(number_text(*number)),
            Json::Bool(value) => Some(if *value { "true" } else { "false" }.to_owned()),
            _ => None,
        }
    }

    /// What stands at a JSON Pointer (RFC 6901).
    pub fn at(&self, pointer: &str) -> Option<&Json> {
        segments(pointer).try_fold(self, |here, key| match here {
            Json::Map(_) => here.get(&key),
            Json::List(items) => items.get(key.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Sets what stands at a JSON Pointer; maps are made on the way, and what is no map gives way.
    pub fn put(&mut self, pointer: &str, value: Json) {
        let mut here = self;
        for key in segments(pointer) {
            here = here.member(key);
        }
        *here = value;
    }

    /// Takes out what stands at a JSON Pointer, and the maps that this leaves empty.
    pub fn remove(&mut self, pointer: &str) {
        let keys: Vec<String> = segments(pointer).collect();
        remove(self, &keys);
    }

    /// Lays `over` on it, member by member; everything but maps is replaced whole.
    pub fn merge(&mut self, over: &Json) {
        match over {
            Json::Map(members) if matches!(self, Json::Map(_)) => {
                for (name, value) in members {
                    self.member(name.clone()).merge(value);
                }
            }
            _ => *self = over.clone(),
        }
    }

    /// The member of that name, made where it is missing.
    fn member(&mut self, name: String) -> &mut Json {
        if !matches!(self, Json::Map(_)) {
            *self = Json::Map(Vec::new());
        }
        match self {
            Json::Map(members) => {
                let place = members.iter().position(|(key, _)| *key == name).unwrap_or_else(|| {
                    members.push((name, Json::Null));
                    members.len() - 1
                });
                &mut members[place].1
            }
            other => other,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(true) => out.push_str("true"),
            Json::Bool(false) => out.push_str("false"),
            Json::Number(number) => out.push_str(&number_text(*number)),
            Json::Text(text) => write_text(text, out),
            Json::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Map(members) => {
                out.push('{');
                for (place, (name, value)) in members.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Its shape only: a document may hold secrets, and `Debug` ends in logs.
impl fmt::Debug for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Json::Null => "null",
            Json::Bool(_) => "bool",
            Json::Number(_) => "number",
            Json::Text(_) => "text",
            Json::List(_) => "list",
            Json::Map(_) => "map",
        })
    }
}

/// A number as JSON writes it: whole ones without a point.
pub fn number_text(number: f64) -> String {
    if number.abs() <= SAFE && number == (number as i64) as f64 { (number as i64).to_string() } else { platform::number_text(number) }
}

/// The number that a text such as `-2.5` or `1e3` writes; `None` where it is not one.
pub fn number_of(text: &str) -> Option<f64> {
    match Json::parse(text)? {
        Json::Number(number) if !text.starts_with(char::is_whitespace) => Some(number),
        _ => None,
    }
}

/// The keys of a JSON Pointer, unescaped.
fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|key| replaced(&replaced(key, "~1", "/"), "~0", "~"))
}

/// Whether something was taken out.
fn remove(here: &mut Json, keys: &[String]) -> bool {
    let (Json::Map(members), Some(key)) = (here, keys.first()) else { return false };
    let Some(place) = members.iter().position(|(name, _)| name == key) else { return false };
    let last = keys.len() == 1;
    let removed = last || remove(&mut members[place].1, &keys[1..]);
    // A map that was empty before is a constant of its own, and stays.
    if last || removed && members[place].1.members().is_empty() {
        members.remove(place);
    }
    removed
}

fn write_text(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                out.push(HEX[letter as usize >> 4] as char);
                out.push(HEX[letter as usize & 15] as char);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

/// A JSON text being read.
struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    /// The whole text as one value; nothing may follow it.
    fn whole(mut self) -> Option<Json> {
        let value = self.value(DEPTH)?;
        (self.peek() == 0 && self.at == self.text.len()).then_some(value)
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        match self.peek() {
            b'{' if depth > 0 => {
                let mut members: Vec<(String, Json)> = Vec::new();
                self.listed(b'}', |parser| {
                    let name = parser.string()?;
                    let value = if parser.peek() == b':' { parser.step().value(depth - 1)? } else { return None };
                    // The last of two members of one name counts, as in every JSON reader.
                    match members.iter_mut().find(|(known, _)| *known == name) {
                        Some(member) => member.1 = value,
                        None => members.push((name, value)),
                    }
                    Some(())
                })?;
                Some(Json::Map(members))
            }
            b'[' if depth > 0 => {
                let mut items = Vec::new();
                self.listed(b']', |parser| {
                    items.push(parser.value(depth - 1)?);
                    Some(())
                })?;
                Some(Json::List(items))
            }
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
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
    fn listed(&mut self, end: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
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

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
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
                let pair = (0xd800..0xdc00).contains(&high) && self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u");
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
        let text = &self.text[from..self.at];
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
            true => digits.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0')) * if text.len() > digits.len() { -1.0 } else { 1.0 },
            false => platform::number(text)?,
        };
        begins.then_some(Json::Number(number))
    }
}

/// Decimal fractions are borrowed: from the standard library natively, from the browser in the page, where it has them already.
#[cfg(not(target_arch = "wasm32"))]
mod platform {
    pub fn number(text: &str) -> Option<f64> {
        let point = text.ends_with('.') || text.contains(".e") || text.contains(".E");
        text.parse().ok().filter(|number: &f64| number.is_finite() && !point)
    }

    pub fn number_text(number: f64) -> String {
        number.to_string()
    }
}

#[cfg(target_arch = "wasm32")]
mod platform {
    pub fn number(text: &str) -> Option<f64> {
        js_sys::JSON::parse(text).ok()?.as_f64().filter(|number| number.is_finite())
    }

    pub fn number_text(number: f64) -> String {
        js_sys::JSON::stringify(&number.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_reach_and_make_places() {
        let mut body = Json::parse(r#"{"a":{"b":[1,{"c/d":true}]}}"#).unwrap();
        assert_eq!(body.at("/a/b/1/c~1d"), Some(&Json::Bool(true)));
        assert_eq!(body.at("/a/x"), None);
        body.put("/options/jira/siteUrl", Json::text("x"));
        body.put("/a/b", Json::Null);
        assert_eq!(body.to_text(), r#"{"a":{"b":null},"options":{"jira":{"siteUrl":"x"}}}"#);
        body.remove("/options/jira/siteUrl");
        let mut constant = Json::parse(r#"{"options":{}}"#).unwrap();
        constant.remove("/options/x");
        assert_eq!(constant.to_text(), r#"{"options":{}}"#);
        assert_eq!(body.to_text(), r#"{"a":{"b":null}}"#);
    }

    #[test]
    fn text_is_written_as_it_was_read() {
        for text in [r#"{"a":"\"\\\n\u0001é•","b":[1,-2.5,null,false],"c":{}}"#, "[]", "9007199254740991", "\"\""] {
            assert_eq!(Json::parse(text).unwrap().to_text(), text);
        }
    }

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
            ("12345678901234567890", Some("12345678901234567000")),
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

    #[test]
    fn merging_goes_member_by_member() {
        let mut base = Json::parse(r#"{"type":"a","deep":{"x":1,"y":[1]}}"#).unwrap();
        base.merge(&Json::parse(r#"{"deep":{"y":[],"z":null}}"#).unwrap());
        assert_eq!(base.to_text(), r#"{"type":"a","deep":{"x":1,"y":[],"z":null}}"#);
    }

    #[test]
    fn debug_shows_no_content() {
        assert_eq!(format!("{:?}", Json::text("s3cret")), "text");
    }
}
