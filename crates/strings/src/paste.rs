//! What a form does with a pasted text, and the string that its fields make. A pasted text is a secret until it is understood: what
//! nobody knows is counted and never named.

pub mod compose;
pub mod connection_type;
#[cfg(feature = "wasm")]
pub mod door;
pub mod field_values;
pub mod fill;
pub mod json;
pub mod left;
mod prepare;
mod stray;
mod unwrap;
pub mod values;

use crate::cursor::Piece;
use crate::parts::Parts;
use crate::products::dialect_of;
pub use crate::refused::Refused;
use crate::text::{characters, contains, has, strip_end};
use connection_type::{ConnectionType, StringKind};
use field_values::Filled;
use fill::Filling;
use prepare::{Prepared, behind_scheme};
use unwrap::Wrappings;
use values::Values;

/// What a text does with a form, and how it was written.
pub struct Pasted<'a> {
    pub filled: Filled<'a>,
    /// The place of the kind among those of the type.
    pub kind: usize,
    pub dialect: String,
    pub form: String,
    pub scheme: Option<String>,
    /// Whether a scheme that no field says stands before it.
    pub special_scheme: bool,
    unwrapped: Wrappings,
}

impl Pasted<'_> {
    /// Visits the names of what was taken off the text.
    pub fn each_wrapping(&self, visit: &mut dyn FnMut(&'static str)) {
        self.unwrapped.each(visit);
    }
}

const NOTHING_FILLED: &str = "nothing_filled";

/// Why a text does nothing.
pub enum Refusal {
    /// It cannot be read, is empty, or fills no field.
    Unreadable(Refused),
    /// First this text has to be read, in whatever form it has, and leniently.
    Unread { dialect: String, text: String },
}

/// What a dialect makes of a text.
pub struct ParsedText {
    pub parts: Parts,
    pub form: String,
    /// The scheme that the dialect writes where none is asked for.
    pub usual_scheme: Option<String>,
    /// The parameters that the dialect knows.
    pub known: Vec<String>,
}

/// Reads a text by a dialect; `None` where nobody has read it yet.
pub type Reader<'r> = &'r mut dyn FnMut(&str, &str) -> Option<Result<ParsedText, Refused>>;

/// Reads what was pasted into a form of a type whose fields hold `before`.
///
/// # Errors
/// Why nothing changes, or what has to be read first.
pub fn paste<'a>(
    ty: &'a ConnectionType<'a>,
    before: &Values,
    pasted: &str,
    read: Reader,
) -> Result<Pasted<'a>, Refusal> {
    let mut unwrapped = Wrappings::default();
    let text = unwrap::unwrap(pasted, &mut unwrapped);
    if text.is_empty() {
        return Err(Refusal::Unreadable(Refused::new(0, "empty")));
    }
    let begin = text.as_ptr().addr() - pasted.as_ptr().addr();
    let first = characters(pasted.get(..begin).unwrap_or_default());
    let mut why = Refused::new(first, NOTHING_FILLED);
    for (place, kind) in ty.strings.iter().enumerate() {
        let is_jdbc = Piece::new(text).strip_any_case("jdbc:").is_some();
        if kind.dialect == "jdbc" && !is_jdbc && ty.strings.len() > 1 {
            continue;
        }
        let dialect = own_dialect(kind.dialect, text);
        let early_end = kind.filled("/password").and_then(|_| early_end(text));
        let mut unwrapped = unwrapped;
        let prepared = Prepared::new(dialect, text, first, &mut unwrapped);
        let found = match read(dialect, &prepared.text) {
            None => return Err(Refusal::Unread { dialect: dialect.to_owned(), text: prepared.text }),
            Some(Err(found)) => Refused { at: prepared.place(found.at), code: found.code },
            Some(Ok(reading)) => {
                let special_scheme = is_special(ty, kind, &reading);
                let filled = Filling {
                    ty,
                    kind,
                    parts: &reading.parts,
                    known: &reading.known,
                    before,
                    prepared: &prepared,
                    special_scheme,
                }
                .run();
                if early_end.is_none() && filled.stray.is_none() && !filled.filled.is_empty() {
                    let scheme = reading.parts.scheme;
                    return Ok(Pasted {
                        filled,
                        kind: place,
                        dialect: dialect.to_owned(),
                        form: reading.form,
                        scheme,
                        special_scheme,
                        unwrapped,
                    });
                }
                match filled.stray {
                    Some(at) => Refused::new(prepared.place(at), "bad_character"),
                    None => Refused::new(first, NOTHING_FILLED),
                }
            }
        };
        if why.code == NOTHING_FILLED {
            // What ends a password too early is the mistake, whatever was made of the rest.
            let early_end = early_end.filter(|_| found.code != "unknown_scheme");
            why = early_end.map_or(found, |at| Refused::new(first + at, "user_character"));
        }
    }
    Err(Refusal::Unreadable(why))
}

/// Where a `/`, `?` or `#` that belongs to a password ends it, in characters: an `@` stands behind it, and not in the value of a parameter.
fn early_end(text: &str) -> Option<usize> {
    let rest = behind_scheme(Piece::new(text));
    let rest = rest.strip(":").unwrap_or(rest).strip("//")?;
    let (user, rest) = rest.cut(rest.find("/?#;")?);
    let has_at = |end: &str| has(rest.skip(1).until(end).0.text, "@");
    let is_early =
        has(user.text, ":") && !rest.begins(";") && (has_at("=") || rest.begins("/") && has_at("?;"));
    is_early.then(|| characters(text) - characters(rest.text))
}

/// The dialect that reads a text: that of the product in an address of `jdbc`, where one knows it.
fn own_dialect<'d>(dialect: &'d str, text: &str) -> &'d str {
    if dialect == "jdbc" { dialect_of(Piece::new(text)).unwrap_or(dialect) } else { dialect }
}

/// Whether the scheme says something of its own that no field takes, such as TLS, or is that of another product.
fn is_special(ty: &ConnectionType, kind: &StringKind, reading: &ParsedText) -> bool {
    let Some(scheme) = &reading.parts.scheme else { return false };
    if kind.part_values("/scheme").is_some() {
        return false;
    }
    let name = Piece::new(scheme).strip("jdbc:").map_or(&scheme[..], |rest| rest.text);
    if kind.dialect != "jdbc" {
        // Where none is usual, those of TLS end in this letter.
        return reading
            .usual_scheme
            .as_ref()
            .map_or(strip_end(name, "s").is_some(), |usual| name != usual && contains(name, usual));
    }
    let name = letters(name);
    let is_like = |other: &str| {
        let other = letters(other);
        contains(&other, &name) || contains(&name, &other)
    };
    !is_like(ty.title)
        && !ty.synonyms.iter().any(|synonym| is_like(synonym))
        && !ty.strings.iter().any(|kind| is_like(kind.dialect))
}

/// Its letters and digits, in lower case.
fn letters(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    out
}

#[cfg(all(test, feature = "dialects"))]
mod tests {
    use super::NOTHING_FILLED;
    use crate::Reason;

    #[test]
    fn the_codes_are_those_of_reasons() {
        for code in [NOTHING_FILLED, "empty", "bad_character", "user_character", "unknown_scheme", "bad_call"]
        {
            assert!(Reason::ALL.iter().any(|reason| reason.code() == code), "{code}");
        }
    }
}
