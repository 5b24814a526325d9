//! Percent-encoding: taken off once, after everything was split, and put on where a text is written.

use crate::cursor::{Piece, step};
use crate::parts::{Reason, Unreadable};

/// How a part of a text is decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Plus {
    Literal,
    Blank,
}

/// Takes the percent-encoding off a piece.
pub fn decode(piece: Piece, plus: Plus) -> Result<String, Unreadable> {
    step(piece.text.len());
    let bytes = piece.text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'%' => {
                let value = hex(bytes.get(at + 1)).zip(hex(bytes.get(at + 2))).map(|(high, low)| high << 4 | low);
                out.push(value.ok_or(piece.bad_at(at, Reason::BadPercent))?);
                at += 3;
            }
            b'+' if plus == Plus::Blank => {
                out.push(b' ');
                at += 1;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    // Bytes that are no UTF-8 can only come out of an escape.
    String::from_utf8(out).map_err(|_| piece.bad_at(piece.text.find('%').unwrap_or(0), Reason::BadPercent))
}

fn hex(digit: Option<&u8>) -> Option<u8> {
    match digit? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        digit @ b'a'..=b'f' => Some(digit - b'a' + 10),
        digit @ b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Writes a text with everything encoded but letters, digits, `-._~` and what is in `plain`.
pub fn encode(text: &str, plain: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        let letter = byte as char;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || byte.is_ascii() && plain.contains(letter) {
            out.push(letter);
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)] as char);
            out.push(DIGITS[usize::from(byte & 15)] as char);
        }
    }
}
