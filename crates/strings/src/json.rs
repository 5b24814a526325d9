//! As much JSON as parts need, for the command line and for a page: as tokens in a row, not as a tree.

use crate::percent::{hex, write_hex};

/// How deep a document may nest.
const DEPTH: u32 = 16;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What begins and ends a map, and a list.
    Map,
    MapEnd,
    List,
    ListEnd,
    /// What a member of a map is called; its value follows.
    Name,
    Text,
    /// A number, `true`, `false` or `null` as it is written.
    Word,
}

pub struct Token {
    pub kind: Kind,
    pub text: String,
}

/// A JSON text, taken apart.
#[derive(Default)]
pub struct Json {
    pub tokens: Vec<Token>,
}

impl Json {
    /// Reads a JSON text; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Json> {
        let mut parser = Parser { text, at: 0, json: Json::default() };
        parser.document()?;
        Some(parser.json)
    }

    #[inline(never)]
    pub fn put(&mut self, kind: Kind, text: &str) {
        self.tokens.push(Token { kind, text: text.to_owned() });
    }

    /// Begins a map.
    pub fn open(&mut self) {
        self.mark(Kind::Map);
    }

    /// Ends a map.
    pub fn close(&mut self) {
        self.mark(Kind::MapEnd);
    }

    /// Begins or ends a map or a list.
    #[inline(never)]
    pub fn mark(&mut self, kind: Kind) {
        self.put(kind, "");
    }

    /// Puts a member of a map.
    #[inline(never)]
    pub fn member(&mut self, name: &str, kind: Kind, text: &str) {
        self.put(Kind::Name, name);
        self.put(kind, text);
    }

    pub fn write(&self, out: &mut String) {
        let mut begun = true;
        for Token { kind, text } in &self.tokens {
            if !begun && !matches!(kind, Kind::MapEnd | Kind::ListEnd) {
                out.push(',');
            }
            begun = matches!(kind, Kind::Map | Kind::List | Kind::Name);
            match kind {
                Kind::Map => out.push('{'),
                Kind::MapEnd => out.push('}'),
                Kind::List => out.push('['),
                Kind::ListEnd => out.push(']'),
                Kind::Word => out.push_str(text),
                Kind::Name | Kind::Text => write_text(text, out),
            }
            if *kind == Kind::Name {
                out.push(':');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                write_hex(letter as u8, out);
            }
            _ => {
                if matches!(letter, '"' | '\\') {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
    out.push('"');
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    json: Json,
}

impl Parser<'_> {
    fn document(&mut self) -> Option<()> {
        // Below a leading one, a bit for each open bracket: whether it is that of a map.
        let mut open = 1;
        let mut begun = false;
        loop {
            // A value stands here, with its name in a map; but a bracket may end as soon as it begins.
            if !(begun && self.peek() == end(open)) {
                if open > 1 && open & 1 == 1 {
                    self.string(Kind::Name)?;
                    self.eat(b':')?;
                }
                begun = matches!(self.peek(), b'{' | b'[');
                if begun {
                    let map = self.peek() == b'{';
                    self.json.put(if map { Kind::Map } else { Kind::List }, "");
                    self.at += 1;
                    open = open << 1 | u32::from(map);
                    if open >> DEPTH > 1 {
                        return None;
                    }
                    continue;
                }
                if self.peek() == b'"' { self.string(Kind::Text)? } else { self.word()? }
            }
            begun = false;
            while open > 1 && self.peek() == end(open) {
                self.json.put(if open & 1 == 1 { Kind::MapEnd } else { Kind::ListEnd }, "");
                self.at += 1;
                open >>= 1;
            }
            if open == 1 {
                return (self.peek() == 0 && self.at == self.text.len()).then_some(());
            }
            self.eat(b',')?;
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

    /// Reads this mark, which has to stand here.
    fn eat(&mut self, mark: u8) -> Option<()> {
        let found = self.peek() == mark;
        self.at += 1;
        found.then_some(())
    }

    /// A number, or one of the three words.
    fn word(&mut self) -> Option<()> {
        let from = self.at;
        while matches!(self.byte(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'E') {
            self.at += 1;
        }
        let word = self.text.get(from..self.at)?;
        let known = matches!(word, "null" | "true" | "false")
            || matches!(word.as_bytes().first(), Some(b'-' | b'0'..=b'9'));
        self.json.put(Kind::Word, word);
        known.then_some(())
    }

    fn string(&mut self, kind: Kind) -> Option<()> {
        self.eat(b'"')?;
        let mut text = String::new();
        loop {
            let from = self.at;
            while !matches!(self.byte(), 0..=0x1f | b'"' | b'\\') {
                self.at += 1;
            }
            text.push_str(self.text.get(from..self.at)?);
            let mark = self.byte();
            self.at += 1;
            match mark {
                b'"' => break,
                b'\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
        self.json.tokens.push(Token { kind, text });
        Some(())
    }

    /// The letter that an escape writes.
    fn escaped(&mut self) -> Option<char> {
        let mark = self.byte();
        self.at += 1;
        Some(match mark {
            b'"' | b'\\' | b'/' => char::from(mark),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let mut code = self.code()?;
                if code >> 10 == 0xd800 >> 10 {
                    let low = if self.escape() { self.code()? } else { return None };
                    code = if low >> 10 == 0xdc00 >> 10 {
                        0x10000 + ((code & 0x3ff) << 10 | low & 0x3ff)
                    } else {
                        return None;
                    };
                }
                char::from_u32(code)?
            }
            _ => return None,
        })
    }

    /// Reads the beginning of the second half of a pair.
    fn escape(&mut self) -> bool {
        self.at += 2;
        self.text.as_bytes().get(self.at - 2..self.at) == Some(b"\\u")
    }

    fn code(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code << 4 | hex(self.byte())?;
            self.at += 1;
        }
        Some(code)
    }
}

/// What ends the innermost bracket.
fn end(open: u32) -> u8 {
    if open & 1 == 1 { b'}' } else { b']' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_json_or_not() {
        for text in [
            r#" { "a" : [ 1 , -2.5e3, true, "\ud83d\ude00" ] } "#,
            "{}",
            "[[],{}]",
            "[{\"a\":{}},null]",
            "\"\"",
        ] {
            assert!(Json::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{} x",
            "\"\\x\"",
            "nul",
            "\"\\ud83d\"",
            "\"\\ud83d\\u0041\"",
            "\"a\nb\"",
            "[1}",
            "{,}",
            "{\"a\":1,}",
            "]",
            "}",
            "[]]",
        ] {
            assert!(Json::parse(text).is_none(), "{text}");
        }
        assert!(Json::parse(&["[".repeat(16), "]".repeat(16)].concat()).is_some());
        assert!(Json::parse(&["[".repeat(17), "]".repeat(17)].concat()).is_none());
    }

    #[test]
    fn what_was_read_is_written() {
        let text = r#"{"a":[1,null,{"b":[]}],"c":"\u001F\"\\é😀","d":{}}"#;
        let mut out = String::new();
        Json::parse(text).unwrap_or_default().write(&mut out);
        assert_eq!(out, text);
    }
}
