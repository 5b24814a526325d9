//! The door of the part that proves bundles, which a page loads only for an API of its own.

use wasm_bindgen::prelude::*;

use crate::bundle::registry::prepared;
use crate::json::Json;
use crate::json::diagnostic::refused;

/// Proves a bundle, as JSON text. Answers with one: `{"ok": bundle}`, prepared for the engine, or `{"error": …, "diagnostics": […]}`.
#[wasm_bindgen]
pub fn prepare(text: &str) -> String {
    let bundle = Json::parse(text).unwrap_or_default();
    match prepared(&bundle) {
        Ok(bundle) => Json::map(vec![("ok", bundle)]),
        Err(found) => refused(&found.to_string(), &found.diagnostics),
    }
    .to_text()
}
