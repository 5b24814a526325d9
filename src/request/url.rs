//! Addresses with a query.

use crate::base::text::push_hex;

/// An address with the pairs of its query.
pub fn address(url: &str, query: &[(String, String)]) -> String {
    let mut whole = url.to_owned();
    for (name, value) in query {
        whole.push(if whole.len() == url.len() { '?' } else { '&' });
        whole.push_str(&[&percent_encode(name), "=", &percent_encode(value)].concat());
    }
    whole
}

/// Percent-encodes a text as one segment of a path, or as a name or value of a query.
pub fn percent_encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(byte as char);
        } else {
            out.push('%');
            push_hex(byte, b'A', &mut out);
        }
    }
    out
}
