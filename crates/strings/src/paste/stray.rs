//! Marks in a part that was read as something plain: behind one may be a secret that was not read as one.

use super::field_values::Filled;
use super::fill::{Filling, HOST};
use crate::cursor::Piece;
use crate::text::{characters, position};

/// Marks that do not belong into a plain field, unless they were encoded.
const STRAY: &str = ";#?&=\n\r";

/// How many marks are looked for in the text: each goes over all of it.
const LOOKS: usize = 64;

impl<'a> Filling<'a, '_> {
    /// Looks for a mark in a part that was written as it is, though it does not belong there: what follows may be a secret that was not
    /// read as one. In the value of a pair a blank may stand, and in quotes.
    pub(super) fn look(&self, pointer: &str, part: &str, out: &mut Filled<'a>) {
        let written = &self.prepared.text;
        let is_directory = self.kind.filled("/password").is_none();
        let marks = match pointer {
            HOST => ";#?&=\n\r @",
            "/password" => "\n\r",
            // Without a password nothing is a secret, and names and filters of a directory are full of marks.
            _ if is_directory => ";#\n\r",
            "/user" => ";#?&=\n\r /",
            "/params" => ";#?&=\n\r@",
            "/database" | "/hosts/0/instance" => ";#?&=\n\r @:()",
            _ => STRAY,
        };
        let mut rest = Piece::new(part);
        // Most parts have no mark, and after so many that were encoded, none is by mistake.
        while let Some(place) = rest.find(marks).filter(|_| out.stray.is_none() && out.looks < LOOKS) {
            out.looks += 1;
            let before =
                position(written, part).and_then(|place| written.as_bytes().get(place.wrapping_sub(1)));
            rest = rest.skip(place);
            let is_plain = match before {
                Some(b'"' | b'\'' | b'{') => pointer != HOST,
                Some(b'=') => {
                    matches!(pointer, "/database" | "/hosts/0/instance") && rest.find(STRAY).is_none()
                }
                _ => false,
            };
            if is_plain {
                return;
            }
            // The word behind it tells it from a mark elsewhere.
            let end = rest.skip(1).find_other("").map_or(rest.text.len(), |end| end + 1);
            out.stray = position(written, rest.cut(end).0.text)
                .map(|place| characters(Piece::new(written).cut(place).0.text));
            rest = rest.skip(1);
        }
    }
}
