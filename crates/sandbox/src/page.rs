//! The demo page and the package, from the folders in which they are written and built.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::{App, PROJECT, TEAM, answer, body, datafor};

/// What the page may do: its own scripts and styles, and requests to whatever API is tried.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                      connect-src 'self' http: https:; base-uri 'none'; form-action 'none'; object-src 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// These go with every answer, since an API's error page is a page as well.
pub fn protect(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}

/// What the demo page fills its settings with. Without CORS, no page of another origin reads it.
pub async fn settings(State(app): State<Arc<App>>) -> Response {
    let settings = json!({
        "token": app.token,
        "team_id": TEAM,
        "base_url": format!("{}chartbrew", app.address),
        "harbour_url": format!("{}harbour", app.address),
        "projectName": PROJECT,
        "apinizer_url": app.address.trim_end_matches('/'),
        "datafor_url": format!("{}datafor", app.address),
        "datafor_user": datafor::USER,
        "datafor_csrf": app.csrf,
    });
    let mut response = answer::json(StatusCode::OK, &settings);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

pub async fn file(State(app): State<Arc<App>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return answer::error_page(StatusCode::METHOD_NOT_ALLOWED, "Only GET is answered here.");
    }
    let path = request.uri().path().to_owned();
    let found = tokio::task::spawn_blocking(move || {
        find(&app.root, &path).map(|file| (kind(&file), std::fs::read(file)))
    })
    .await;
    match found {
        Ok(Some((kind, Ok(bytes)))) => {
            let mut response = answer::typed(StatusCode::OK, kind, bytes);
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
        }
        Ok(Some((_, Err(error)))) if error.kind() != io::ErrorKind::NotFound => {
            answer::error_page(StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read.")
        }
        _ => answer::error_page(StatusCode::NOT_FOUND, "There is no such file."),
    }
}

/// The file behind a path, if it is one that may be seen. Links are followed first, so that none
/// leads out of its folder.
fn find(root: &Path, path: &str) -> Option<PathBuf> {
    let path = body::decode(path);
    let path = path.strip_prefix('/')?;
    let (folder, rest) = match path.strip_prefix("pkg/") {
        Some(rest) => (root.join("pkg/dist"), rest),
        None => (root.join("www"), if path.is_empty() { "index.html" } else { path }),
    };
    if !rest.split('/').all(is_plain) {
        return None;
    }
    let folder = folder.canonicalize().ok()?;
    let file = folder.join(rest).canonicalize().ok()?;
    (file.starts_with(folder) && file.is_file()).then_some(file)
}

fn is_plain(part: &str) -> bool {
    !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_the_page_and_the_package() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        for file in [
            "www/index.html",
            "www/a b.css",
            "www/.env",
            "crates/sandbox/Cargo.toml",
            "pkg/dist/core.js",
            "pkg/package.json",
            "secret.txt",
        ] {
            let file = root.join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, "x").expect("a file");
        }
        for (path, want) in [
            ("/", "www/index.html"),
            ("/index.html", "www/index.html"),
            ("/a%20b.css", "www/a b.css"),
            ("/pkg/core.js", "pkg/dist/core.js"),
        ] {
            assert_eq!(find(root, path), root.join(want).canonicalize().ok(), "{path}");
        }
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/pkg/../package.json",
            "/pkg/%2e%2e%2fpackage.json",
            "//secret.txt",
            "/.env",
            "/../crates/sandbox/Cargo.toml",
            "/crates/sandbox/Cargo.toml",
            "/pkg",
            "/pkg/",
            "/missing",
            "/index.html/",
            "/index.html%00",
            "/..%5csecret.txt",
            "index.html",
            "",
        ] {
            assert_eq!(find(root, path), None, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        fs::create_dir_all(root.join("www")).expect("a folder");
        fs::write(root.join("secret.txt"), "x").expect("a file");
        std::os::unix::fs::symlink(root.join("secret.txt"), root.join("www/link.txt")).expect("a link");
        assert_eq!(find(root, "/link.txt"), None);
    }
}
