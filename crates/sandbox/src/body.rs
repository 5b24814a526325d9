//! What a request carries, read as Express reads it: before anything else is looked at.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};

pub mod parts;

/// The limit of Express for JSON and forms: 100 kB.
const LIMIT: usize = 100 * 1024;

/// So much more is read and thrown away, so that the sender lives to see the answer.
const PATIENCE: usize = 16 * 1024 * 1024;

/// A body, and whether it came as `application/json`.
pub struct Sent {
    pub value: Value,
    pub is_json: bool,
}

impl Sent {
    /// What Express makes of a body that none of its readers knows.
    pub fn nothing() -> Sent {
        Sent { value: Value::Object(Map::new()), is_json: false }
    }
}

/// The status alone tells what was wrong; there is no text that could quote the body.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Sent, StatusCode> {
    read_up_to(LIMIT, headers, body).await
}

pub async fn read_up_to(limit: usize, headers: &HeaderMap, body: Body) -> Result<Sent, StatusCode> {
    let bytes = collect(limit, body).await?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let (kind, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    let kind = kind.trim().to_ascii_lowercase();
    let is_json = kind == "application/json";
    let is_form = kind == "application/x-www-form-urlencoded";
    if (is_json || is_form) && !is_utf8(parameters) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    match () {
        () if is_json => Ok(Sent { value: json(&bytes)?, is_json }),
        () if is_form => Ok(Sent { value: form(&bytes), is_json }),
        () => Ok(Sent::nothing()),
    }
}

async fn collect(limit: usize, mut body: Body) -> Result<Vec<u8>, StatusCode> {
    let mut bytes = Vec::new();
    let mut total = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else {
            continue;
        };
        total += data.len();
        if total <= limit {
            bytes.extend_from_slice(&data);
        } else if total > PATIENCE {
            break;
        }
    }
    if total > limit { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(bytes) }
}

/// Only objects and lists are taken; nothing at all counts as `{}`.
fn json(bytes: &[u8]) -> Result<Value, StatusCode> {
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match serde_json::from_str(&String::from_utf8_lossy(bytes)) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => Ok(value),
        _ => Err(StatusCode::BAD_REQUEST),
    }
}

/// Pairs, as in a form and in the query of an address.
pub fn form(bytes: &[u8]) -> Value {
    let text = String::from_utf8_lossy(bytes).replace('+', " ");
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), Value::String(decode(value)))
    });
    Value::Object(pairs.collect())
}

fn is_utf8(parameters: &str) -> bool {
    parameters.split(';').filter_map(|one| one.split_once('=')).all(|(name, value)| {
        !name.trim().eq_ignore_ascii_case("charset")
            || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    })
}

/// Percent-decoding; what is not an escape stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escape {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &rest[3..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    async fn sent(kind: &'static str, text: impl Into<Body>) -> Result<Value, StatusCode> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, header::HeaderValue::from_static(kind))]);
        read(&headers, text.into()).await.map(|sent| sent.value)
    }

    #[tokio::test]
    async fn as_express_reads_them() {
        for (kind, text, want) in [
            ("application/json", r#"{"a": 1}"#, Ok(json!({ "a": 1 }))),
            ("application/json; charset=UTF-8", "[1]", Ok(json!([1]))),
            ("application/json", "", Ok(json!({}))),
            ("application/json", r#""x""#, Err(StatusCode::BAD_REQUEST)),
            ("application/json", "{not json", Err(StatusCode::BAD_REQUEST)),
            ("application/json; charset=latin1", "{}", Err(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
            ("text/plain", r#"{"a": 1}"#, Ok(json!({}))),
            (
                "application/x-www-form-urlencoded",
                "a=x+y&b=%C3%BC%2&c",
                Ok(json!({ "a": "x y", "b": "ü%2", "c": "" })),
            ),
        ] {
            assert_eq!(sent(kind, text).await, want, "{kind} {text}");
        }
    }

    #[tokio::test]
    async fn a_hundred_kilobytes_and_not_a_byte_more() {
        let fits = format!("[\"{}\"]", "x".repeat(LIMIT - 4));
        assert!(sent("application/json", fits.clone()).await.is_ok());
        assert_eq!(sent("application/json", fits + " ").await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }

    #[tokio::test]
    async fn a_deep_body_is_refused_and_does_not_overflow() {
        assert_eq!(sent("application/json", "[".repeat(LIMIT)).await, Err(StatusCode::BAD_REQUEST));
    }
}
