//! IP addresses, ports, and whether they can be one.

use crate::cursor::{Piece, step};
use crate::parts::{Reason, Unreadable};

/// Whether a text is an IPv6 address: RFC 4291, with an IPv4 tail where there is one, without a zone.
pub fn is_ipv6(text: &str) -> bool {
    step(text.len());
    match text.split_once("::") {
        Some((before, after)) => match groups(before, false).zip(groups(after, true)) {
            Some((left, right)) => left + right <= 7,
            None => false,
        },
        None => groups(text, true) == Some(8),
    }
}

/// How many 16-bit groups a text holds; only the last may be an IPv4 address, which counts for two.
fn groups(text: &str, tail: bool) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut count = 0;
    let mut all = text.split(':').peekable();
    while let Some(group) = all.next() {
        let last = all.peek().is_none();
        count += match group.len() {
            1..=4 if group.bytes().all(|byte| byte.is_ascii_hexdigit()) => 1,
            _ if last && tail && is_ipv4(group) => 2,
            _ => return None,
        };
    }
    Some(count)
}

/// Whether a text is four numbers with points between.
pub fn is_dotted(text: &str) -> bool {
    step(text.len());
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.bytes().filter(|byte| *byte == b'.').count() == 3 && text.split('.').all(digits)
}

/// Whether a text is four numbers up to 255.
pub fn is_ipv4(text: &str) -> bool {
    is_dotted(text) && text.split('.').all(|part| part.parse::<u8>().is_ok())
}

/// A port: digits only, `least` or more.
pub fn port(piece: Piece, least: u16) -> Result<u16, Unreadable> {
    step(piece.text.len());
    if let Some((place, _)) = piece.text.char_indices().find(|(_, letter)| !letter.is_ascii_digit()) {
        return Err(piece.bad_at(place, Reason::PortNumber));
    }
    if piece.is_empty() {
        return Err(piece.bad(Reason::PortMissing));
    }
    // Too many digits are out of range as well.
    piece.text.parse().ok().filter(|port| *port >= least).ok_or(piece.bad(Reason::PortRange))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_is_told_from_what_looks_like_it() {
        for good in ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "fe80::a:b", "::ffff:10.0.0.1", "1:2:3:4:5:6:9.9.9.9"] {
            assert!(is_ipv6(good), "{good}");
        }
        for bad in [
            "",
            ":",
            "1",
            ":::",
            "1::2::3",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4::5:6:7:8",
            "12345::",
            "g::",
            "1.2.3.4::",
            "::1.2.3.256",
            "::1.2.3",
            "1:",
        ] {
            assert!(!is_ipv6(bad), "{bad}");
        }
    }
}
