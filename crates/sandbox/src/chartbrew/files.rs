//! Certificates and keys, which come in parts beside the JSON and never leave again.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::{FILES, judge, refusals};
use crate::body::parts::Part;
use crate::contract::Breach;
use crate::{App, answer};

/// Parts, or the status of what could not be read as such.
pub type Parts = Result<Vec<Part>, StatusCode>;

/// The largest file of each name that the product's own forms send. Of requests above 64 kB the real server dies.
fn limit(name: &str) -> usize {
    if name == "sshPrivateKey" { 32768 } else { 8192 }
}

pub fn read(app: &App, operation: &str, parts: Parts) -> Result<Vec<Part>, Box<Response>> {
    parts.map_err(|status| match status {
        StatusCode::PAYLOAD_TOO_LARGE if !app.lenient => {
            Box::new(too_large(app, operation, "the body is too large"))
        }
        _ => Box::new(refusals::server_error()),
    })
}

/// Holds the parts to what the documentation allows: files of known names and sizes, and a text where it wants one.
pub fn judged(app: &App, operation: &str, parts: &[Part], text: Option<&str>) -> Result<(), Box<Response>> {
    if app.lenient {
        return Ok(());
    }
    let breaches = undocumented(parts, text);
    if !breaches.is_empty() {
        return Err(Box::new(refusals::breaches(app, operation, &breaches)));
    }
    match parts.iter().find(|part| part.is_file && part.content.len() > limit(&part.name)) {
        Some(part) => Err(Box::new(too_large(
            app,
            operation,
            &format!("{} must have at most {} bytes", part.name, limit(&part.name)),
        ))),
        None => Ok(()),
    }
}

/// The files, by the column that each belongs to; the names are right or it is an error.
pub fn named(parts: &[Part]) -> Result<Vec<(&str, &[u8])>, &'static str> {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    for part in parts.iter().filter(|part| part.is_file) {
        if !FILES.contains(&part.name.as_str()) || files.iter().any(|(name, _)| *name == part.name) {
            return Err("Invalid connection file field");
        }
        files.push((&part.name, &part.content));
    }
    if files.is_empty() { Err("No files were uploaded") } else { Ok(files) }
}

/// The server passes over these without a word, so whoever sends them is mistaken.
fn undocumented(parts: &[Part], text: Option<&str>) -> Vec<Breach> {
    let unlike = parts.iter().filter_map(|part| match FILES.contains(&part.name.as_str()) {
        true if part.is_file => None,
        true => Some((&part.name, "must be a file")),
        false if !part.is_file && text == Some(&part.name) => None,
        false => Some((&part.name, "is not documented")),
    });
    unlike.map(|(name, say)| judge::breach(&format!("/{name}"), say)).collect()
}

fn too_large(app: &App, operation: &str, why: &str) -> Response {
    app.say(&format!("breaks the contract of {operation}: {why}"));
    answer::json(StatusCode::PAYLOAD_TOO_LARGE, &json!({ "message": why }))
}
