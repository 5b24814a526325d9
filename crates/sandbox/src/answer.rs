//! Answers, in the shapes that the real servers give them.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

pub fn json(status: StatusCode, body: &Value) -> Response {
    typed(status, "application/json; charset=utf-8", body.to_string())
}

/// As servers written in Java send it.
pub fn java_json(status: StatusCode, text: String) -> Response {
    typed(status, "application/json;charset=UTF-8", text)
}

/// Plain words, which Express nevertheless calls HTML.
pub fn words(status: StatusCode, text: impl Into<Body>) -> Response {
    typed(status, "text/html; charset=utf-8", text)
}

/// The page that Express shows for an error nobody handled.
pub fn error_page(status: StatusCode, text: &str) -> Response {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;");
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n\
         <body>\n<pre>{text}</pre>\n</body>\n</html>\n"
    );
    typed(status, "text/html; charset=utf-8", page)
}

pub fn typed(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
