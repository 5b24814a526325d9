//! IP addresses, ports, and whether they can be one.

use crate::cursor::{Piece, step};
use crate::parts::{Done, Reason};
use crate::percent::{Plus, decode};
use crate::text::{all, is_digit, number};

/// Whether a text is an IPv6 address: RFC 4291, with an IPv4 tail where there is one, without a zone.
#[inline(never)]
pub fn is_ipv6(text: &str) -> bool {
    step(text.len());
    let mut groups = 0;
    let mut gap = false;
    let mut rest = Piece::new(text);
    if let Some(after) = rest.strip("::") {
        gap = true;
        rest = after;
    }
    while !rest.is_empty() {
        let (group, after) = rest.halves(":");
        let hexadecimal = group.text.len() <= 4 && all(group.text, |byte| byte.is_ascii_hexdigit());
        groups += match after {
            _ if hexadecimal && !group.is_empty() => 1,
            None if is_ipv4(group.text) => 2,
            _ => return false,
        };
        // A colon is followed by a group, or by another colon: once, and for any number of zeros.
        match after {
            None => break,
            Some(after) => match after.strip(":") {
                Some(_) if gap => return false,
                Some(after) => {
                    gap = true;
                    rest = after;
                }
                None if after.is_empty() => return false,
                None => rest = after,
            },
        }
    }
    if gap { groups <= 7 } else { groups == 8 }
}

/// Whether a text is an IPv6 address, with or without a zone.
pub fn is_zoned_ipv6(text: &str) -> bool {
    is_ipv6(Piece::new(text).until("%").0.text)
}

/// Whether a text is four numbers with points between.
#[inline(never)]
pub fn is_dotted(text: &str, fits: fn(&str) -> bool) -> bool {
    let mut count = 0;
    let mut rest = Some(Piece::new(text));
    while let Some(text) = rest {
        let (part, after) = text.halves(".");
        if !fits(part.text) {
            return false;
        }
        count += 1;
        rest = after;
    }
    count == 4
}

/// Whether a text is four numbers up to 255.
pub fn is_ipv4(text: &str) -> bool {
    is_dotted(text, |part| number(part, 255).is_some())
}

/// A port that may be percent-encoded.
pub fn encoded_port(piece: Piece, least: u32, part: &mut Option<u16>) -> Done {
    if piece.find("%").is_none() {
        return port(piece, least, part);
    }
    let mut digits = String::new();
    decode(piece, Plus::Literal, &mut digits)?;
    port(Piece::new(&digits), least, part).map_err(|found| piece.bad(found.reason()))
}

/// A mistake at the second `@` of a text that names one host.
#[inline(never)]
pub fn one_at(text: Piece) -> Done {
    match text.split("@") {
        Some((_, after)) => after.refuse("@", Reason::RawAt),
        None => Ok(()),
    }
}

/// A port: digits only, `least` or more.
#[inline(never)]
pub fn port(piece: Piece, least: u32, port: &mut Option<u16>) -> Done {
    let digits = piece.fitting(is_digit);
    if digits < piece.text.len() {
        return Err(piece.bad_at(digits, Reason::PortNumber));
    }
    if piece.is_empty() {
        return Err(piece.bad(Reason::PortMissing));
    }
    match number(piece.text, 65535) {
        Some(number) if number >= least => *port = Some(number as u16),
        // Too many digits are out of range as well.
        _ => return Err(piece.bad(Reason::PortRange)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_is_told_from_what_looks_like_it() {
        for good in [
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "fe80::a:b",
            "::ffff:10.0.0.1",
            "1:2:3:4:5:6:9.9.9.9",
        ] {
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
