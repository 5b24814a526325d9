//! Who asks: the documented ways to sign in, and the token against forged calls.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::auth::{self, Bearer};
use crate::{App, answer};

/// The one user; the sandbox's token is the password.
pub const USER: &str = "sandbox";

const COOKIE: &str = "JSESSIONID";
const CSRF: HeaderName = HeaderName::from_static("x-csrf-token");

pub enum Who {
    Known,
    /// Whoever does not sign in, or with a token that is not good.
    Nobody,
    /// A wrong name or password.
    Wrong,
}

pub fn who(app: &App, headers: &HeaderMap, query: &Value) -> Who {
    let by_basic = auth::basic(headers, USER, &app.token);
    let by_other = auth::bearer(headers, &app.token) == Bearer::Right
        || auth::is_word(auth::cookie(headers, COOKIE), &app.datafor.session)
        || auth::is_word(query["token"].as_str(), &app.token);
    match by_basic {
        Bearer::Wrong => Who::Wrong,
        Bearer::Right => Who::Known,
        Bearer::Missing if by_other => Who::Known,
        Bearer::Missing => Who::Nobody,
    }
}

/// The documentation calls this an empty result.
pub fn nobody() -> Response {
    answer::java_json(StatusCode::OK, json!({ "success": false, "code": "401" }).to_string())
}

/// Not Datafor's: gives a page the cookie that its own sign-in would give.
pub fn sign_in(app: &App, query: &Value) -> Response {
    if !auth::is_word(query["token"].as_str(), &app.token) {
        return nobody();
    }
    let mut response = answer::java_json(StatusCode::OK, json!({ "success": true }).to_string());
    if let Ok(cookie) = HeaderValue::from_str(&format!(
        "{COOKIE}={}; Path=/datafor; HttpOnly; SameSite=Lax",
        app.datafor.session
    )) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// In headers alone, as Pentaho answers.
pub fn csrf(app: &App) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert("x-csrf-header", HeaderValue::from_static("X-CSRF-TOKEN"));
    headers.insert("x-csrf-param", HeaderValue::from_static("_csrf"));
    if let Ok(token) = HeaderValue::from_str(&app.datafor.csrf) {
        headers.insert(CSRF, token);
    }
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("X-CSRF-HEADER, X-CSRF-PARAM, X-CSRF-TOKEN"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub fn has_csrf(app: &App, headers: &HeaderMap) -> bool {
    auth::is_word(headers.get(CSRF).and_then(|given| given.to_str().ok()), &app.datafor.csrf)
}
