//! Marks in a part that was read as something plain: behind one may be a secret that was not read as one.

use super::fill::{Filled, Filling, HOST};
use crate::cursor::Piece;
use crate::text::{characters, position, split, strip_end};

/// Marks that do not belong into a plain field, unless they were encoded.
const STRAY: &str = ";#?&=\n\r";

impl<'a> Filling<'a, '_> {
    /// Looks for a mark in a part that was written as it is, though it does not belong there: what follows may be a secret that was not
    /// read as one. In the value of a pair a blank may stand, and in quotes.
    pub(super) fn look(&self, pointer: &str, part: &str, out: &mut Filled<'a>) {
        let written = &self.prepared.text;
        let before = split(written, part).map_or("", |(before, _)| before);
        let is_value = strip_end(before, "=").is_some();
        let marks = match pointer {
            HOST => ";#?&=\n\r @",
            // Without a password nothing is a secret, and names and filters of a directory are full of marks.
            _ if self.kind.filled("/password").is_none() => ";#\n\r",
            "/user" => ";#?&=\n\r /",
            "/params" => ";#?&=\n\r@",
            "/database" | "/hosts/0/instance" if !is_value => ";#?&=\n\r @:()",
            _ => STRAY,
        };
        if pointer != HOST && ["\"", "'", "{"].iter().any(|mark| strip_end(before, mark).is_some()) {
            return;
        }
        let mut rest = Piece::new(part);
        // After so many that were encoded, none is by mistake.
        for _ in 0..8 {
            let Some(place) = rest.find(marks).filter(|_| out.stray.is_none()) else { return };
            rest = rest.cut(place).1;
            // The word behind it tells it from a mark elsewhere.
            let word = rest.text.bytes().skip(1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            out.stray = position(written, rest.cut(word + 1).0.text).and_then(|place| written.get(..place)).map(characters);
            rest = rest.skip(1);
        }
    }
}
