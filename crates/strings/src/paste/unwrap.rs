//! Takes off what a text was wrapped in where it was copied: blanks, quotes, an assignment, a command.

use crate::cursor::Piece;
use crate::text::{contains, has, is_digit, is_letter, is_word, listed, same, strip, strip_end};
use jackfield_redact::is_secret_name;

/// What was taken off a text, each as a bit.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Wrappings(u8);

/// The wrappings by the names that a page and the command line show, in this order.
const NAMES: &str = "blanks invisible quotes assignment command scheme";

impl Wrappings {
    pub const BLANKS: u8 = 1;
    pub const INVISIBLE: u8 = 2;
    pub const QUOTES: u8 = 4;
    pub const ASSIGNMENT: u8 = 8;
    pub const COMMAND: u8 = 16;
    pub const SCHEME: u8 = 32;

    pub fn add(&mut self, wrapping: u8) {
        self.0 |= wrapping;
    }

    /// Visits the names of what was taken off.
    pub fn each(self, visit: &mut dyn FnMut(&'static str)) {
        let (mut bits, mut rest) = (self.0, Piece::new(NAMES));
        while bits > 0 {
            let (name, after) = rest.halves(" ");
            if bits & 1 == 1 {
                visit(name.text);
            }
            (bits, rest) = (bits >> 1, after.unwrap_or(rest));
        }
    }
}

/// Programs that take a connection string as an argument.
const PROGRAMS: &str = "psql pg_dump pg_restore pgcli mysql mysqlsh mysqldump mariadb mycli mongosh mongo mongodump mongorestore redis-cli valkey-cli \
clickhouse-client usql curl ldapsearch";

/// Words that begin an assignment in a shell or a program.
const KEYWORDS: &str = "export set env const let var ENV $env:";

/// Marks that stand round a text, the first before it and the second behind it.
const MARKS: &[(&str, &str)] = &[("\"", "\""), ("'", "'"), ("`", "`"), ("<", ">"), ("“", "”"), ("‘", "’")];

/// What is left when everything round it is taken off, in whatever order it was put on.
pub fn unwrap<'a>(text: &'a str, found: &mut Wrappings) -> &'a str {
    let mut rest = text;
    // Each turn takes something off; what nests deeper than this is no habit of anybody.
    for _ in 0..12 {
        let inner = trim(rest, found);
        let (inner, wrapping) = if let Some(inner) = unquote(inner) {
            (inner, Wrappings::QUOTES)
        } else if let Some(inner) = argument(inner) {
            (inner, Wrappings::COMMAND)
        } else if let Some(inner) = assigned(inner) {
            (inner, Wrappings::ASSIGNMENT)
        } else {
            return inner;
        };
        found.add(wrapping);
        rest = inner;
    }
    rest
}

pub fn is_blank(letter: char) -> bool {
    matches!(letter, '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether a character takes no room: a byte order mark, a zero-width space, a mark of direction.
pub fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Without blanks and invisible characters at both ends.
fn trim<'a>(text: &'a str, found: &mut Wrappings) -> &'a str {
    let (mut begin, mut end, mut place) = (text.len(), 0, 0);
    let mut outer = Wrappings::default();
    for letter in text.chars() {
        let after = place + letter.len_utf8();
        if is_blank(letter) {
            outer.add(Wrappings::BLANKS);
        } else if is_invisible(letter) {
            outer.add(Wrappings::INVISIBLE);
        } else {
            if end == 0 {
                begin = place;
                found.add(outer.0);
            }
            end = after;
            outer = Wrappings::default();
        }
        place = after;
    }
    found.add(outer.0);
    text.get(begin..end).unwrap_or_default()
}

/// What stands between quotes or angle brackets; a comma or a semicolon may follow them.
fn unquote(text: &str) -> Option<&str> {
    let ended = strip_end(text, ",").or(strip_end(text, ";")).unwrap_or(text);
    for (open, close) in MARKS {
        let Some(inner) = strip(ended, open).and_then(|text| strip_end(text, close)) else { continue };
        // Another mark inside would end the quote there. A placeholder may stand between angle brackets, a fence has several backticks.
        let whole = match *open {
            "<" => contains(inner, "://") || has(inner, "@="),
            "`" => true,
            close => !contains(inner, close),
        };
        if whole {
            return Some(inner);
        }
    }
    None
}

/// The argument of a program that is a connection string.
fn argument(text: &str) -> Option<&str> {
    let prompt = strip(text, "$ ").unwrap_or(text);
    let (program, mut rest) = Piece::new(prompt).halves(" \t");
    listed(PROGRAMS, program.text)?;
    while let Some(words) = rest {
        let words = words.trim();
        let option = if words.begins("-") { words.place("= \t") } else { 0 };
        let value = words.skip(option);
        let value = value.strip("=").unwrap_or(value);
        let (word, after) = word(value);
        let quoted = has(first(value), "\"'");
        if word.before_slashes().is_some() || quoted && has(word.text, "=") {
            return Some(word.text);
        }
        rest = if words.is_empty() { None } else { after };
    }
    None
}

/// The first byte as a text, where it is a character of ASCII.
fn first(text: Piece<'_>) -> &str {
    text.text.get(..1).unwrap_or_default()
}

/// What follows a quote at the beginning of a text, and that quote.
fn quoted(text: Piece<'_>) -> Option<(Piece<'_>, &'static str)> {
    let mark = if text.begins("'") { "'" } else { "\"" };
    Some((text.strip(mark)?, mark))
}

/// The next word, without the quotes that it may have, and what follows it.
fn word(text: Piece) -> (Piece, Option<Piece>) {
    match quoted(text) {
        Some((inner, mark)) => inner.halves(mark),
        None => text.halves(" \t\r\n"),
    }
}

/// The value of an assignment, or of a line of YAML or JSON.
fn assigned(text: &str) -> Option<&str> {
    let whole = Piece::new(text);
    let (keyword, after) = whole.halves(" \t");
    let keyword = listed(KEYWORDS, keyword.text).and(after);
    let line = keyword.unwrap_or(whole).trim();
    let line = line.strip("$env:").unwrap_or(line);
    let quoted = has(first(line), "\"'");
    let (key, rest) = key(line)?;
    let rest = rest.trim();
    let colon = rest.begins(":");
    if !colon && !rest.begins("=") {
        return None;
    }
    let value = rest.skip(1);
    // A colon without a blank parts a host from its port.
    let parted = quoted || has(first(value), " \t\"'");
    if key.is_empty() || colon && !parted || same(key.text, "jdbc") {
        return None;
    }
    let value = value.trim();
    let names = keyword.is_some() || quoted || begins_with_scheme(value) || is_named(key, colon, value);
    // A value that goes on with pairs belongs to the key as one pair of several.
    let pair = !begins_with_scheme(value)
        && value.find("; ").unwrap_or(value.text.len()) < value.find("=\"'").unwrap_or(value.text.len());
    (names && !pair && !value.is_empty()).then_some(value.text)
}

/// A name of letters, digits, `_`, `.` and `-`, which may stand in quotes, and what follows it.
fn key(line: Piece) -> Option<(Piece, Piece)> {
    if let Some((inner, mark)) = quoted(line) {
        return inner.split(mark);
    }
    Some(
        line.cut(
            line.fitting(|byte| is_letter(byte) || is_digit(byte) || matches!(byte, b'_' | b'.' | b'-')),
        ),
    )
}

/// Whether a key is that of a variable or a setting which holds a whole string, rather than of one of the string's own pairs.
fn is_named(key: Piece, colon: bool, value: Piece) -> bool {
    if is_secret_name(key.text) {
        return false;
    }
    let quoted = has(first(value), "\"'`");
    let variable = has(key.text, "_")
        && is_word(key.text, "_")
        && !key.text.bytes().any(|byte| byte.is_ascii_lowercase());
    let setting = has(key.text, ".") && !has(value.text, "=");
    // A word alone before an `@` is a password, and what looks like a key its user.
    let (login, host) = value.halves("@");
    let login = has(login.text, if host.is_some() { ":/=" } else { "=" });
    variable || setting || (quoted || colon) && (login || value.before_slashes().is_some())
}

/// Whether a text, behind a quote, begins with `scheme://` or `jdbc:`.
fn begins_with_scheme(text: Piece) -> bool {
    let text = text.skip(usize::from(has(first(text), "\"'`")));
    let scheme = text.cut(text.find_other("+-.").unwrap_or(text.text.len())).0;
    text.strip_any_case("jdbc:").is_some() || !scheme.is_empty() && text.skip(scheme.text.len()).begins("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_is_taken_off() {
        for (text, inner, wrappings) in [
            ("  a://h \n", "a://h", "blanks"),
            ("\u{feff}a://h\u{200b}", "a://h", "invisible"),
            ("\"a://h\"", "a://h", "quotes"),
            ("`a://h`", "a://h", "quotes"),
            ("```\na://h\n```", "a://h", "blanks quotes"),
            ("<a://h>", "a://h", "quotes"),
            ("“a://h”", "a://h", "quotes"),
            ("export DATABASE_URL=a://h", "a://h", "assignment"),
            ("export DATABASE_URL='a://h'", "a://h", "quotes assignment"),
            ("DATABASE_URL=a://h", "a://h", "assignment"),
            ("DATABASE_URL=\"Server=h;Uid=u\"", "Server=h;Uid=u", "quotes assignment"),
            ("DATABASE_URL=Server=h;Uid=u", "Server=h;Uid=u", "assignment"),
            ("$env:DATABASE_URL = \"a://h\"", "a://h", "quotes assignment"),
            ("const url = 'a://h';", "a://h", "quotes assignment"),
            ("spring.datasource.url=jdbc:x://h", "jdbc:x://h", "assignment"),
            ("bootstrap.servers=h:1,g:2", "h:1,g:2", "assignment"),
            ("url: a://h", "a://h", "assignment"),
            ("url: 'a://h' ", "a://h", "blanks quotes assignment"),
            ("\"url\": \"a://h\",", "a://h", "quotes assignment"),
            ("\"url\":\"a://h\"", "a://h", "quotes assignment"),
            ("dsn: u:p@tcp(h)/d", "u:p@tcp(h)/d", "assignment"),
            ("dsn: host=h user=u", "host=h user=u", "assignment"),
            ("psql a://h", "a://h", "command"),
            ("psql \"a://h?x=1&y=2\" -c 'select 1'", "a://h?x=1&y=2", "command"),
            ("psql 'host=h user=u'", "host=h user=u", "command"),
            ("mysql --uri=a://h", "a://h", "command"),
            ("mysqlsh --uri \"a://h\"", "a://h", "command"),
            ("$ mongosh 'a://h' --apiVersion 1", "a://h", "command"),
            ("redis-cli -u a://h ping", "a://h", "command"),
        ] {
            let mut found = Wrappings::default();
            assert_eq!(unwrap(text, &mut found), inner, "{text}");
            let mut names = Vec::new();
            found.each(&mut |name| names.push(name));
            assert_eq!(names.join(" "), wrappings, "{text}");
        }
    }

    #[test]
    fn what_is_no_wrapping_stays() {
        for text in [
            "a://u:p@h/d?x=y",
            "host=h user=u password='a b'",
            "password='a=b@c'",
            "Server=h;Uid=u;Pwd=p",
            "TRUSTED_CONNECTION=yes;SERVER=h",
            "connect_timeout=10 host=h",
            "h:9092,g:9092",
            "jdbc: mysql://h",
            "MYDB = (DESCRIPTION=(ADDRESS=(HOST=h)))",
            "mysql -h h -u u",
            "u/p@//h:1/s",
            "u:p@tcp(h)/d",
            "u: p@tcp(h)/d",
            "=",
            ":",
            "a: ",
        ] {
            let mut found = Wrappings::default();
            assert_eq!(unwrap(text, &mut found), text.trim(), "{text}");
        }
    }
}
