//! Connection strings: one text, its parts, and back.

// Without all dialects, some of what they share has no user.
#![cfg_attr(not(feature = "default"), allow(dead_code, unused_imports))]

mod parts;
mod cursor;
mod text;
mod names;
mod percent;
mod address;
mod grammar;
mod uri;
mod write;
#[cfg(any(feature = "sqlserver", feature = "mysql", feature = "postgres"))]
mod pairs;
#[cfg(any(feature = "mysql", feature = "postgres"))]
mod ado;
#[cfg(feature = "table")]
mod uris;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "sqlserver")]
mod sqlserver;
#[cfg(feature = "oracle")]
mod oracle;
mod known;
mod products;
#[cfg(any(feature = "paste", feature = "wasm"))]
mod refused;
#[cfg(feature = "jdbc")]
mod jdbc;
mod json;
mod parts_json;
#[cfg(feature = "paste")]
pub mod paste;
#[cfg(feature = "wasm")]
mod door;
#[cfg(test)]
mod linear;

pub use json::Json;
pub use known::each_known;
pub use parts::{Host, Param, Parts, Reason, Unreadable};
pub use parts_json::{from_parts, to_parts};
pub use products::PRODUCTS;

use cursor::Piece;
use parts::{Bad, Done};

/// A dialect: what its strings are called, and how they are read and written.
struct Dialect {
    name: &'static str,
    /// The commonest first.
    forms: &'static [&'static str],
    /// One for each form.
    ways: &'static [Way],
    /// The number of the form that a text has.
    detect: fn(&str) -> usize,
    /// The schemes that a text can begin with, in lists as grammars have them.
    schemes: &'static [&'static str],
    /// The forms in which any scheme may stand there, since it is no scheme in them.
    free_forms: &'static str,
}

type Read = fn(Piece, &mut Parts) -> Done;
type Build = fn(&mut Parts, &mut String) -> Done;

/// How strings of one form are read and written.
enum Way {
    /// By a table. Elsewhere this would bring the reader of URIs along.
    #[cfg(feature = "table")]
    Table(&'static uri::Grammar),
    Own(Read, Build),
}

impl Way {
    fn read(&self, text: Piece, parts: &mut Parts) -> Done {
        match self {
            #[cfg(feature = "table")]
            Way::Table(grammar) => uri::read(grammar, text, parts),
            Way::Own(read, _) => read(text, parts),
        }
    }

    /// Writes parts, which it may put in order for this.
    fn build(&self, parts: &mut Parts, out: &mut String) -> Done {
        match self {
            #[cfg(feature = "table")]
            Way::Table(grammar) => write::build(grammar, parts, out),
            Way::Own(_, build) => build(parts, out),
        }
    }
}

/// The dialects by family.
const FAMILIES: &[&[Dialect]] = &[
    #[cfg(feature = "table")]
    uris::DIALECTS,
    #[cfg(feature = "mysql")]
    &[mysql::DIALECT],
    #[cfg(feature = "sqlserver")]
    &[sqlserver::DIALECT],
    #[cfg(feature = "oracle")]
    &[oracle::DIALECT],
    #[cfg(feature = "jdbc")]
    &[jdbc::DIALECT],
];

/// The dialects with their forms.
pub fn dialects() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    FAMILIES.iter().copied().flatten().map(|dialect| (dialect.name, dialect.forms))
}

/// The form that a text of a dialect has; `None` where there is no such dialect.
pub fn detect(dialect: &str, text: &str) -> Option<&'static str> {
    let dialect = named(dialect)?;
    dialect.forms.get((dialect.detect)(text)).copied()
}

/// How a text is read, and how strictly.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Without one it is told from the text.
    pub form: Option<&'a str>,
    /// Whether a parameter that the dialect does not know is kept, instead of refused.
    pub lenient: bool,
}

/// Reads a connection string. Without a form it is told from the text.
///
/// # Errors
/// Where the text cannot be read, and why.
pub fn read(dialect: &str, form: Option<&str>, text: &str) -> Result<Parts, Unreadable> {
    Ok(read_as(dialect, &Reading { form, lenient: false }, text)?.0)
}

/// Reads a connection string, and tells which form it has.
///
/// # Errors
/// Where the text cannot be read, and why.
pub fn read_as(dialect: &str, reading: &Reading, text: &str) -> Result<(Parts, &'static str), Unreadable> {
    let mut parts = Parts::default();
    let form = read_into(dialect, reading, text, &mut parts)?;
    Ok((parts, form))
}

fn read_into(
    dialect: &str,
    reading: &Reading,
    text: &str,
    parts: &mut Parts,
) -> Result<&'static str, Unreadable> {
    let dialect = known(dialect)?;
    let place = place(dialect, reading.form, (dialect.detect)(text));
    let way = way(dialect, place)?;
    let form = dialect.forms.get(place).copied().unwrap_or_default();
    let whole = Piece::new(text);
    parts.lenient = reading.lenient;
    let done = match foreign(dialect, whole) {
        // A form that takes nearly everything would put a foreign address, its password too, where none belongs.
        Some(scheme) if reading.form.is_none() && !text::lists(dialect.free_forms, form) => {
            Err(scheme.bad(Reason::UnknownScheme))
        }
        _ => way.read(whole, parts),
    };
    parts.lenient = false;
    match done {
        Ok(()) => Ok(form),
        Err(found) => Err(found.within(text)),
    }
}

/// The scheme that a text begins with, if the dialect does not know it. More than RFC 3986 allows counts, so that nothing slips through.
fn foreign<'a>(dialect: &Dialect, text: Piece<'a>) -> Option<Piece<'a>> {
    let text = text.trim();
    let (name, rest) = text.cut(text.find_other("+-._:")?);
    let scheme = name.strip_end(b':').filter(|_| rest.begins("//"))?;
    // What stands behind it is for the reader of that form to judge.
    let word = if scheme.strip_any_case("jdbc:").is_some() { "jdbc" } else { scheme.text };
    let known = dialect.schemes.iter().any(|list| text::listed(list, word).is_some());
    if known { None } else { Some(scheme) }
}

/// Writes a connection string. Without a form the scheme tells it, or else it is the dialect's first.
///
/// # Errors
/// What the form cannot say.
pub fn build(dialect: &str, form: Option<&str>, parts: &Parts) -> Result<String, Unreadable> {
    build_as(dialect, &Reading { form, lenient: false }, parts)
}

/// Writes a connection string that reads back in this way.
///
/// # Errors
/// What the form cannot say.
pub fn build_as(dialect: &str, reading: &Reading, parts: &Parts) -> Result<String, Unreadable> {
    let dialect = known(dialect)?;
    let usual = match &parts.scheme {
        Some(scheme) => (dialect.detect)(&text::joined(&[scheme, "://"])),
        None => 0,
    };
    let way = way(dialect, place(dialect, reading.form, usual))?;
    let mut text = String::new();
    match written(way, parts, reading.lenient, &mut text) {
        Ok(()) => Ok(text),
        Err(found) => Err(Unreadable { at: 0, reason: found.reason() }),
    }
}

/// The scheme that a dialect writes where none is asked for, if it writes any.
pub fn usual_scheme(dialect: &str) -> Option<String> {
    let host = Host { host: Some("h".to_owned()), ..Host::default() };
    let text = build(dialect, None, &Parts { hosts: vec![host], ..Parts::default() }).ok()?;
    Some(Piece::new(&text).before_slashes()?.text.to_owned())
}

fn written(way: &Way, parts: &Parts, lenient: bool, text: &mut String) -> Done {
    way.build(&mut parts.clone(), text)?;
    let mut back = Parts { lenient, ..Parts::default() };
    way.read(Piece::new(text), &mut back)?;
    back.lenient = false;
    if parts.scheme.is_none() {
        back.scheme = None;
    }
    // What does not read back as it was given cannot be said in this form.
    if back == *parts { Ok(()) } else { Err(Bad::nowhere(Reason::NotWritable)) }
}

fn named(name: &str) -> Option<&'static Dialect> {
    for family in FAMILIES {
        for dialect in *family {
            if dialect.name == name {
                return Some(dialect);
            }
        }
    }
    None
}

fn known(name: &str) -> Result<&'static Dialect, Unreadable> {
    named(name).ok_or(Unreadable { at: 0, reason: Reason::UnknownDialect })
}

/// The number of a form, or else of the usual one.
#[inline(never)]
fn place(dialect: &Dialect, form: Option<&str>, usual: usize) -> usize {
    let Some(form) = form else { return usual };
    let mut place = 0;
    while dialect.forms.get(place).is_some_and(|known| *known != form) {
        place += 1;
    }
    place
}

/// How the form of a number is read and written.
fn way(dialect: &'static Dialect, place: usize) -> Result<&'static Way, Unreadable> {
    dialect.ways.get(place).ok_or(Unreadable { at: 0, reason: Reason::UnknownForm })
}
