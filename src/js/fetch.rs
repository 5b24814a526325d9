//! The network and nothing else: one request over gloo-net.

use gloo_net::http::{Method, RequestBuilder};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, RequestCredentials};

use crate::base::text::CollectVec;
use crate::bundle::registry::UsageError;
use crate::json::Json;
use crate::request::url::address;

/// What the page adds to a plan when it sends it. Nothing of it is kept.
pub struct SendOptions {
    /// Goes into the header `authorization`.
    pub token: Option<String>,
    pub headers: Vec<(String, String)>,
    /// Pairs of the address that are in no plan.
    pub query: Vec<(String, String)>,
    /// `omit` (the default), `same-origin` or `include`.
    pub credentials: Option<String>,
    /// The body of a multipart plan, as `FormData`.
    pub parts: JsValue,
    /// Must be aborted without a reason or with an `Error`: gloo-net panics on anything else.
    pub signal: JsValue,
}

/// Sends a plan and gives the reply. Whatever the world does is a reply; an error is a caller's mistake,
/// such as a header that cannot be sent.
pub async fn send(plan: &Json, options: SendOptions) -> Result<Json, UsageError> {
    let text = |name: &str| plan.get(name).and_then(Json::as_str).unwrap_or_default();
    let diagnostic = |what: &str| UsageError(["the request: ", what].concat());
    let method = match text("method") {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        _ => return Err(diagnostic("the method is unknown")),
    };
    let signal: Option<AbortSignal> = options.signal.dyn_into().ok();
    let credentials = match options.credentials.as_deref() {
        None | Some("omit") => RequestCredentials::Omit,
        Some("same-origin") => RequestCredentials::SameOrigin,
        Some("include") => RequestCredentials::Include,
        Some(_) => return Err(diagnostic("credentials are omit, same-origin or include")),
    };
    let mut headers: Vec<(String, String)> = members(plan, "headers");
    headers.extend(options.headers);
    if let Some(token) = options.token {
        headers.push(("authorization".to_owned(), ["Bearer ", &token].concat()));
    }
    let mut query = pairs(plan);
    query.extend(options.query);
    let mut request = RequestBuilder::new(&address(text("url"), &query))
        .method(method)
        .credentials(credentials)
        .abort_signal(signal.as_ref());
    for (name, value) in &headers {
        if !is_header(name, value) {
            // The value may be the token, so only the name is told.
            return Err(diagnostic(
                &["the header “", name, "” holds a character that no header may hold"].concat(),
            ));
        }
        request = request.header(name, value);
    }
    let request = match plan.get("body") {
        // The browser says what separates the parts.
        _ if options.parts.is_object() => request.body(options.parts),
        None | Some(Json::Null) => request.build(),
        Some(body) => request.body(body.to_text()),
    };
    let lost = Json::map(vec![("lost", Json::text("network"))]);
    let Ok(request) = request else { return Ok(lost) };
    let Ok(response) = request.send().await else { return Ok(lost) };
    let kind = response.headers().get("content-type").unwrap_or_default();
    // An answer that breaks off halfway is lost too.
    let Ok(body) = response.text().await else { return Ok(lost) };
    Ok(Json::map(vec![
        ("status", Json::Number(f64::from(response.status()))),
        ("type", Json::text(kind)),
        ("text", Json::text(body)),
    ]))
}

/// The pairs of a query.
pub fn pairs(json: &Json) -> Vec<(String, String)> {
    let pairs = json.get("query").map(Json::items).unwrap_or_default().iter();
    pairs.filter_map(|pair| Some((pair.at("/0")?.scalar()?, pair.at("/1")?.scalar()?))).collect_vec()
}

/// The text members of a map.
pub fn members(json: &Json, name: &str) -> Vec<(String, String)> {
    let members = json.get(name).map(Json::members).unwrap_or_default();
    members.iter().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect_vec()
}

/// Whether `Headers.set` takes it: it throws on anything else, and a thrown error would end the engine.
fn is_header(name: &str, value: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name.bytes().all(letter)
        && value.chars().all(|c| !matches!(c, '\0' | '\r' | '\n') && (c as u32) < 256)
}
