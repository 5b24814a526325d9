//! As much JSON as parts need, for the command line and for a page.

/// How deep a document may nest.
const DEPTH: usize = 16;

/// A JSON value; numbers and the words `true` and `false` as they are written.
#[derive(Clone, PartialEq, Eq)]
pub enum Json {
    Null,
    Word(String),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// Reads a JSON text; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Json> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(DEPTH)?;
        (parser.peek() == 0 && parser.at == text.len()).then_some(value)
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Map(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A scalar as text.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Json::Text(text) | Json::Word(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Word(word) => out.push_str(word),
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

fn write_text(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
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

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        match self.peek() {
            b'{' if depth > 0 => {
                let mut members = Vec::new();
                self.listed(b'}', |parser| {
                    let name = parser.string()?;
                    let colon = parser.peek() == b':';
                    parser.at += 1;
                    members.push((name, if colon { parser.value(depth - 1)? } else { return None }));
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
            _ => self.word(),
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

    /// What stands between a bracket and its end, with commas between.
    fn listed(&mut self, end: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.peek() == end {
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

    /// A number, or one of the three words.
    fn word(&mut self) -> Option<Json> {
        let from = self.at;
        while matches!(self.byte(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'E') {
            self.at += 1;
        }
        match self.text.get(from..self.at)? {
            "null" => Some(Json::Null),
            word @ ("true" | "false") => Some(Json::Word(word.to_owned())),
            word if word.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) => Some(Json::Word(word.to_owned())),
            _ => None,
        }
    }

    fn string(&mut self) -> Option<String> {
        if self.peek() != b'"' {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        let mut from = self.at;
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
                    self.at += 1;
                    out.push(self.escaped()?);
                    from = self.at;
                }
                _ => self.at += 1,
            }
        }
    }

    /// The letter that an escape writes.
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
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high);
                }
                let pair = self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u");
                self.at += 2;
                let low = if pair { self.hex()? } else { return None };
                let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_json_or_not() {
        assert!(Json::parse(r#" { "a" : [ 1 , -2.5e3, true, "\ud83d\ude00" ] } "#).is_some());
        for text in ["", "{", "[1,]", "{\"a\"}", "{} x", "\"\\x\"", "nul", "\"\\ud83d\"", "\"a\nb\"", &"[".repeat(99)] {
            assert!(Json::parse(text).is_none(), "{text}");
        }
    }
}
