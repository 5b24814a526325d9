//! A text as a dialect's reader can take it: the scheme as the dialect writes it, without invisible characters, and with a plain word for
//! each placeholder that somebody forgot to replace. Afterwards the words become again what they stand for.

use super::unwrap::{Wrappings, is_blank, is_invisible};
use crate::cursor::Piece;
use crate::text::{
    characters, contains, has, is_digit, is_letter, listed, lower, number, split, write_number,
};
use jackfield_redact::is_secret_name;

/// A dialect, the schemes that others write for it, and the one that it writes itself.
const ALIASES: &[(&str, &str, &str)] = &[
    ("postgres", "postgis redshift cockroachdb cockroach timescaledb pgsql pg", "postgresql"),
    ("mysql", "mysql2 mariadb", "mysql"),
];

/// Schemes behind which a `+` and the name of a driver may stand, and the one where what follows is none.
const WITH_DRIVERS: &str =
    "mysql mariadb postgresql postgres clickhouse mssql sqlserver oracle redshift cockroachdb";
const NO_DRIVER: &str = "mysql+srv";

/// What begins and ends a word that stands for something else. No readable text holds it, or nothing is replaced.
const MARK: &str = "qzj";

/// A text to be read.
#[derive(Default)]
pub struct Prepared {
    pub text: String,
    /// For each character of it, the place in the original, in characters.
    places: Vec<usize>,
    /// What the words stand for.
    originals: Vec<Original>,
}

struct Original {
    text: String,
    invisible: bool,
}

/// What a restored part held.
#[derive(Clone, Copy, Default)]
pub struct Found {
    pub placeholder: bool,
    pub invisible: bool,
}

impl Prepared {
    /// Prepares `text` for a dialect. `first` is its place in what was pasted, in characters.
    pub fn new(dialect: &str, text: &str, first: usize, wrappings: &mut Wrappings) -> Prepared {
        let mut prepared = Prepared::default();
        let rest = prepared.scheme(dialect, Piece::new(text), first, wrappings);
        prepared.rest(rest, first + characters(text) - characters(rest.text), wrappings);
        prepared
    }

    /// Where a place in the prepared text lies in what was pasted.
    pub fn place(&self, at: usize) -> usize {
        match self.places.get(at) {
            Some(place) => *place,
            None => self.places.last().map_or(0, |last| last + 1),
        }
    }

    fn push(&mut self, text: &str, place: usize) {
        self.text.push_str(text);
        for _ in 0..characters(text) {
            self.places.push(place);
        }
    }

    /// Writes the scheme in lower case and as the dialect has it; what follows it is left.
    fn scheme<'a>(
        &mut self,
        dialect: &str,
        text: Piece<'a>,
        first: usize,
        wrappings: &mut Wrappings,
    ) -> Piece<'a> {
        let rest = behind_scheme(text);
        let scheme = text.cut(text.text.len() - rest.text.len()).0.text;
        // The protocols of listeners are written in capital letters.
        if scheme.is_empty() || dialect == "kafka" {
            return text;
        }
        let lower = lower(scheme);
        let (name, driver) = Piece::new(&lower).halves("+");
        let has_driver = driver.is_some() && listed(WITH_DRIVERS, name.text).is_some() && lower != NO_DRIVER;
        let mut name = if has_driver { name.text } else { &lower };
        for (known, aliases, own) in ALIASES {
            if *known == dialect && listed(aliases, name).is_some() {
                name = own;
            }
        }
        if name != scheme {
            wrappings.add(Wrappings::SCHEME);
        }
        for place in 0..name.len() {
            self.places.push(first + place.min(scheme.len() - 1));
        }
        self.text.push_str(name);
        rest
    }

    /// Writes what stands behind the scheme, which begins at `place`.
    fn rest(&mut self, text: Piece, mut place: usize, wrappings: &mut Wrappings) {
        let replaces = !has_mark(text.text);
        let mut left = text;
        let at_signs = text.split_last("@").map_or(0, |(before, _)| before.text.len());
        let mut pair = Pair::default();
        while let Some(letter) = left.text.chars().next() {
            let here = text.text.len() - left.text.len();
            let width = match placeholder(left) {
                0 => letter.len_utf8(),
                width if replaces => width,
                _ => letter.len_utf8(),
            };
            let (this, rest) = left.cut(width);
            let invisible = is_invisible(letter);
            if invisible && !(replaces && (here < at_signs || pair.is_login)) {
                wrappings.add(Wrappings::INVISIBLE);
            } else if invisible || width > letter.len_utf8() {
                self.replace(this.text, place, invisible);
            } else {
                self.push(this.text, place);
            }
            pair.pass(text, here, letter);
            place += characters(this.text);
            left = rest;
        }
    }

    /// Writes a word that stands for a text: its number between marks.
    fn replace(&mut self, text: &str, place: usize, invisible: bool) {
        let mut word = String::from(MARK);
        write_number(self.originals.len() as u64, &mut word);
        word.push('q');
        self.push(&word, place);
        self.originals.push(Original { text: text.to_owned(), invisible });
    }

    /// A part with what its words stand for. Invisible characters are left out unless they are to be kept.
    pub fn restore(&self, part: &str, keep: bool, found: &mut Found) -> String {
        let mut out = String::new();
        let mut rest = part;
        while let Some((before, after)) = split(rest, MARK) {
            out.push_str(before);
            let (word, after) = split(after, "q").unwrap_or((after, ""));
            if let Some(original) =
                number(word, u32::MAX).and_then(|number| self.originals.get(number as usize))
            {
                found.placeholder |= !original.invisible;
                found.invisible |= original.invisible;
                if keep || !original.invisible {
                    out.push_str(&original.text);
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

fn has_mark(text: &str) -> bool {
    contains(&lower(text), MARK)
}

/// What follows `scheme` in `scheme://`, or the words of an address of `jdbc:`; the whole text where it begins with neither.
pub fn behind_scheme(text: Piece<'_>) -> Piece<'_> {
    if text.strip_any_case("jdbc:").is_some() {
        let mut rest = text;
        while let Some((word, after)) = rest.split(":") {
            // A letter alone is that of a drive.
            if word.text.len() < 2 || word.find_other("+-._").is_some() {
                break;
            }
            rest = after;
        }
        return rest;
    }
    let rest = text.skip(text.find_other("+-._").unwrap_or(0));
    if rest.begins("://") { rest } else { text }
}

/// Goes over the pairs of a text, and tells whether a place belongs to the value of a user or a password.
#[derive(Default)]
struct Pair {
    key: usize,
    in_value: bool,
    is_login: bool,
}

impl Pair {
    fn pass(&mut self, text: Piece, here: usize, letter: char) {
        if matches!(letter, '?' | '&' | ';') || is_blank(letter) {
            *self = Pair { key: here + letter.len_utf8(), ..Pair::default() };
        } else if letter == '=' && !self.in_value {
            self.in_value = true;
            let key = text.cut(here).0.skip(self.key).text;
            self.is_login = is_secret_name(key) || listed("user uid username userid id", key).is_some();
        }
    }
}

/// What stands round a placeholder, and whether any name may stand in it.
const BRACKETS: &[(&str, &str, bool)] =
    &[("<", ">", true), ("${", "}", true), ("{{", "}}", true), ("{", "}", false), ("[", "]", false)];

/// How many bytes the placeholder has that a text begins with: `<…>`, `${…}`, `{{…}}`, in other brackets what is named like one, and `•••`
/// where a secret was hidden.
fn placeholder(text: Piece) -> usize {
    let hidden = dots(text);
    if hidden > 0 {
        return hidden;
    }
    for (open, close, any) in BRACKETS {
        let Some(inner) = text.strip(open) else { continue };
        let name = inner.cut(inner.fitting(is_of_name)).0;
        if !name.is_empty()
            && inner.skip(name.text.len()).begins(close)
            && (*any || is_placeholder_name(name.text))
        {
            return open.len() + name.text.len() + close.len();
        }
    }
    0
}

/// How many bytes the dots have that a text begins with.
pub fn dots(text: Piece) -> usize {
    let mut end = 0;
    while text.skip(end).begins("•") {
        end += "•".len();
    }
    end
}

fn is_of_name(byte: u8) -> bool {
    is_letter(byte) || is_digit(byte) || matches!(byte, b'_' | b'-' | b'.' | b' ')
}

/// Whether a name in brackets tells somebody to put a value there.
fn is_placeholder_name(name: &str) -> bool {
    let begins = |word: &str| Piece::new(name).strip_any_case(word).is_some();
    begins("your")
        || begins("my_")
        || begins("db_")
        || is_secret_name(name)
        || listed("user username host hostname port database dbname name", name).is_some()
        || has(name, "-_") && !name.bytes().any(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dialect: &str, text: &str, prepared: &str, wrappings: &str) {
        let mut found = Wrappings::default();
        assert_eq!(Prepared::new(dialect, text, 0, &mut found).text, prepared, "{text}");
        let mut names = Vec::new();
        found.each(&mut |name| names.push(name));
        assert_eq!(names.join(" "), wrappings, "{text}");
    }

    #[test]
    fn schemes_are_written_as_the_dialect_has_them() {
        for (dialect, text, prepared, wrappings) in [
            ("postgres", "POSTGRES://u@h/D", "postgres://u@h/D", "scheme"),
            ("postgres", "postgresql+psycopg2://h", "postgresql://h", "scheme"),
            ("postgres", "redshift+redshift_connector://h", "postgresql://h", "scheme"),
            ("postgres", "postgis://h", "postgresql://h", "scheme"),
            ("mysql", "mysql2://h", "mysql://h", "scheme"),
            ("mysql", "mysql+srv://h", "mysql+srv://h", ""),
            ("mysql", "JDBC:MySQL://H/D", "jdbc:mysql://H/D", "scheme"),
            ("redis", "redis+unix:///s", "redis+unix:///s", ""),
            ("redis", "postgis://h", "postgis://h", ""),
            ("kafka", "SASL_SSL://h:1", "SASL_SSL://h:1", ""),
            ("jdbc", "jdbc:h2:C:/Data", "jdbc:h2:C:/Data", ""),
            ("mysql", "h:3306", "h:3306", ""),
        ] {
            check(dialect, text, prepared, wrappings);
        }
    }

    #[test]
    fn what_was_replaced_comes_back() {
        for text in [
            "a://u:<db_password>@h",
            "a://u:[YOUR-PASSWORD]@h",
            "pwd={your_password};x=1",
            "a://u:${PGPASSWORD}@h",
            "a://u:{{ password }}@h",
        ] {
            let prepared = Prepared::new("a", text, 0, &mut Wrappings::default());
            assert!(!has(&prepared.text, "<>[]{}$"), "{}", prepared.text);
            let mut found = Found::default();
            assert_eq!(prepared.restore(&prepared.text, true, &mut found), text);
            assert!(found.placeholder && !found.invisible);
        }
        for text in [
            "a://[::1]/d",
            "mysql://[h1,h2]",
            "Driver={ODBC Driver 18 for SQL Server};",
            "a://u:p@h/?x=[a,b]",
            "x<y",
        ] {
            check("a", text, text, "");
        }
    }

    #[test]
    fn an_invisible_character_stays_in_a_password_alone() {
        for (text, kept, dropped) in [
            ("a://u:p\u{200b}w@h\u{200b}/d", "a://u:p\u{200b}w@h/d", "a://u:pw@h/d"),
            (
                "a://h/d?password=p\u{feff}&x=\u{feff}1",
                "a://h/d?password=p\u{feff}&x=1",
                "a://h/d?password=p&x=1",
            ),
        ] {
            let prepared = Prepared::new("a", text, 0, &mut Wrappings::default());
            assert_eq!(prepared.restore(&prepared.text, true, &mut Found::default()), kept);
            assert_eq!(prepared.restore(&prepared.text, false, &mut Found::default()), dropped);
        }
    }

    #[test]
    fn a_place_is_that_of_the_pasted_text() {
        let prepared =
            Prepared::new("postgres", "postgresql+x://<u>:\u{200b}p@h:y", 3, &mut Wrappings::default());
        let at = prepared.text.chars().count() - 1;
        assert_eq!(prepared.place(at), 3 + 24);
        assert_eq!(prepared.place(at + 1), 3 + 25);
        assert_eq!(prepared.place(0), 3);
    }
}
