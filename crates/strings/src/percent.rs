//! Percent-encoding: taken off once, after everything was split, and put on where a text is written.

use crate::cursor::{Piece, step};
use crate::parts::{Done, Reason};

/// How a part of a text is decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Plus {
    Literal,
    Blank,
}

/// Takes the percent-encoding off a piece, and writes it.
#[inline(never)]
pub fn decode(piece: Piece, plus: Plus, out: &mut String) -> Done {
    step(piece.text.len());
    let mut rest = piece;
    loop {
        let (raw, escaped) = rest.until("%+");
        out.push_str(raw.text);
        if escaped.begins("+") {
            out.push_str(if plus == Plus::Blank { " " } else { "+" });
            rest = escaped.skip(1);
        } else if escaped.is_empty() {
            return Ok(());
        } else {
            let (letter, bytes) = letter(escaped).ok_or(escaped.bad(Reason::BadPercent))?;
            out.push(letter);
            rest = escaped.skip(3 * bytes);
        }
    }
}

/// Leniently, what cannot be decoded stays as it is.
#[inline(never)]
pub fn or_raw(done: Done, lenient: bool, piece: Piece, out: &mut String) -> Done {
    if done.is_err() && lenient {
        out.clear();
        out.push_str(piece.text);
        return Ok(());
    }
    done
}

/// The character that one escape or several write, and how many bytes it has.
fn letter(text: Piece) -> Option<(char, usize)> {
    let bytes = text.text.as_bytes();
    let first = escape(bytes, 0)?;
    // As UTF-8 has it, the first byte tells how many follow, and they have six bits each.
    let (count, bits) = match first {
        0..0x80 => (1, first),
        0xc0..0xe0 => (2, first & 0x1f),
        0xe0..0xf0 => (3, first & 0x0f),
        0xf0..0xf8 => (4, first & 0x07),
        _ => return None,
    };
    let mut code = bits;
    for place in 1..count {
        let next = escape(bytes, place)?;
        if next & 0xc0 != 0x80 {
            return None;
        }
        code = code << 6 | next & 0x3f;
    }
    // Written shorter, it would be another text that means the same.
    char::from_u32(code).filter(|letter| letter.len_utf8() == count).map(|letter| (letter, count))
}

/// The byte of an escape, which is one of several in a row.
fn escape(bytes: &[u8], place: usize) -> Option<u32> {
    if bytes.get(3 * place) != Some(&b'%') {
        return None;
    }
    Some(hex(*bytes.get(3 * place + 1)?)? << 4 | hex(*bytes.get(3 * place + 2)?)?)
}

/// What a hexadecimal digit is worth.
pub fn hex(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(16)
}

/// Writes a text with everything encoded but letters, digits, `-._~` and what is in `plain`.
#[inline(never)]
pub fn encode(text: &str, plain: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~')
            || plain.bytes().any(|mark| mark == byte)
        {
            out.push(char::from(byte));
        } else {
            out.push('%');
            write_hex(byte, out);
        }
    }
}

/// Writes a byte as two hexadecimal digits.
#[inline(never)]
pub fn write_hex(byte: u8, out: &mut String) {
    for digit in [byte >> 4, byte & 15] {
        out.push(char::from(digit + if digit < 10 { b'0' } else { b'A' - 10 }));
    }
}
