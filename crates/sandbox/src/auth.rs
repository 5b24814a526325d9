//! Who may ask: one token, whichever way it is told, and only pages and tools on this computer.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

/// What the `Authorization` header says.
#[derive(Debug, PartialEq)]
pub enum Bearer {
    Missing,
    Wrong,
    Right,
}

/// Chartbrew takes the token with or without the word `Bearer `, and minds the case of it.
pub fn bearer(headers: &HeaderMap, token: &str) -> Bearer {
    let Some(given) = headers.get(header::AUTHORIZATION) else {
        return Bearer::Missing;
    };
    let given = given.as_bytes();
    let given = given.strip_prefix(b"Bearer ").unwrap_or(given);
    match given {
        b"" => Bearer::Missing,
        _ if same(given, token.as_bytes()) => Bearer::Right,
        _ => Bearer::Wrong,
    }
}

/// The user and the token as name and password.
pub fn basic(headers: &HeaderMap, user: &str, token: &str) -> Bearer {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|given| given.to_str().ok())
        .and_then(|given| given.split_once(' '));
    match given.filter(|(word, _)| word.eq_ignore_ascii_case("Basic")) {
        None => Bearer::Missing,
        Some((_, given)) if same(given.trim().as_bytes(), base64(&format!("{user}:{token}")).as_bytes()) => {
            Bearer::Right
        }
        Some(_) => Bearer::Wrong,
    }
}

/// Whether a cookie or a part of an address holds this word.
pub fn is_word(given: Option<&str>, word: &str) -> bool {
    given.is_some_and(|given| same(given.as_bytes(), word.as_bytes()))
}

pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    cookies
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(one, _)| *one == name)
        .map(|(_, value)| value)
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = text.as_bytes().chunks(3).flat_map(|chunk| {
        let bits = (0..3).fold(0, |bits, place| bits << 8 | chunk.get(place).copied().map_or(0, usize::from));
        (0..4).map(move |place| {
            if place <= chunk.len() { char::from(LETTERS[bits >> (18 - 6 * place) & 63]) } else { '=' }
        })
    });
    letters.collect()
}

/// A page of another site can let its own name point to 127.0.0.1 and would then count as the
/// same origin as the sandbox; its name still stands in the `Host` header.
pub fn is_loopback(headers: &HeaderMap) -> bool {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).is_some_and(names_loopback)
}

/// A host and perhaps its port.
pub fn names_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}

/// Takes the same time wherever the two differ.
fn same(given: &[u8], token: &[u8]) -> bool {
    given.len() == token.len() && given.iter().zip(token).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, header::HeaderValue::from_static(value))])
    }

    #[test]
    fn the_token_with_or_without_its_word() {
        for (given, want) in [
            ("Bearer t0ken", Bearer::Right),
            ("t0ken", Bearer::Right),
            ("bearer t0ken", Bearer::Wrong),
            ("Bearer t0keN", Bearer::Wrong),
            ("Bearer t0ken2", Bearer::Wrong),
            ("Bearer ", Bearer::Missing),
            ("", Bearer::Missing),
        ] {
            assert_eq!(bearer(&headers(header::AUTHORIZATION, given), "t0ken"), want, "{given:?}");
        }
        assert_eq!(bearer(&HeaderMap::new(), "t0ken"), Bearer::Missing);
    }

    #[test]
    fn a_name_and_the_token_as_its_password() {
        for (given, want) in [
            ("Basic dTp0MGtlbg==", Bearer::Right),
            ("basic dTp0MGtlbg==", Bearer::Right),
            ("Basic dTp0MGtlbg", Bearer::Wrong),
            ("Basic dTp0MGtlTg==", Bearer::Wrong),
            ("Basic ", Bearer::Wrong),
            ("Bearer t0ken", Bearer::Missing),
            ("t0ken", Bearer::Missing),
        ] {
            assert_eq!(basic(&headers(header::AUTHORIZATION, given), "u", "t0ken"), want, "{given:?}");
        }
        for (plain, want) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("ü?>", "w7w/Pg=="),
        ] {
            assert_eq!(base64(plain), want);
        }
    }

    #[test]
    fn one_cookie_among_others() {
        let headers = headers(header::COOKIE, "a=1; JSESSIONID=x=y;b");
        assert_eq!(
            [cookie(&headers, "JSESSIONID"), cookie(&headers, "a"), cookie(&headers, "b")],
            [Some("x=y"), Some("1"), None]
        );
        assert!(is_word(Some("x=y"), "x=y") && !is_word(Some("x"), "x=y") && !is_word(None, ""));
    }

    #[test]
    fn only_this_computer() {
        for host in ["localhost", "LocalHost:4019", "127.0.0.1:4019", "127.9.9.9", "[::1]:80"] {
            assert!(is_loopback(&headers(header::HOST, host)), "{host}");
        }
        for host in
            ["evil.example", "127.0.0.1.evil.example:4019", "192.168.0.1", "[::2]:80", "", "localhost.evil"]
        {
            assert!(!is_loopback(&headers(header::HOST, host)), "{host}");
        }
        assert!(!is_loopback(&HeaderMap::new()));
    }
}
