//! The door of the wasm that sends, which a page loads with the first request.

use js_sys::Error;
use wasm_bindgen::prelude::*;

use crate::bundle::registry::UsageError;
use crate::js::fetch;
use crate::json::Json;

/// Sends a plan over the network, with what the page adds to it: `SendOptions` of the contract but for the signal, and the body of a multipart plan. Gives a reply.
#[wasm_bindgen]
pub async fn send(plan: String, options: String, signal: JsValue, parts: JsValue) -> Result<String, JsValue> {
    let (plan, options) = (Json::parse(&plan).unwrap_or_default(), Json::parse(&options).unwrap_or_default());
    let text = |name: &str| options.get(name).and_then(Json::as_str).map(str::to_owned);
    let headers = fetch::members(&options, "headers");
    let options = fetch::SendOptions {
        token: text("token"),
        headers,
        query: fetch::pairs(&options),
        credentials: text("credentials"),
        parts,
        signal,
    };
    fetch::send(&plan, options)
        .await
        .map(|reply| reply.to_text())
        .map_err(|UsageError(what)| Error::new(&what).into())
}
