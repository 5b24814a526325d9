//! Who may ask: one token, and only pages and tools on this computer.

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

/// A page of another site can let its own name point to 127.0.0.1 and would then count as the
/// same origin as the sandbox; its name still stands in the `Host` header.
pub fn is_loopback(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
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
    fn only_this_computer() {
        for host in ["localhost", "LocalHost:4019", "127.0.0.1:4019", "127.9.9.9", "[::1]:80"] {
            assert!(is_loopback(&headers(header::HOST, host)), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:4019", "192.168.0.1", "[::2]:80", "", "localhost.evil"] {
            assert!(!is_loopback(&headers(header::HOST, host)), "{host}");
        }
        assert!(!is_loopback(&HeaderMap::new()));
    }
}
