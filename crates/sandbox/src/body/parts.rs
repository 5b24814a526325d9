//! Bodies of several parts, as forms send files.

use std::ops::Range;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};

use super::collect;

/// What the routes that take files read at most.
const LIMIT: usize = 1024 * 1024;

/// The line end that stands before every boundary but the first.
const LINE_END: &[u8] = b"\r\n";

/// Its content may be a key, so it is never shown.
pub struct Part {
    pub name: String,
    /// It came with the name of a file, which nobody reads.
    pub is_file: bool,
    pub content: Vec<u8>,
}

/// Whether a body comes in parts.
pub fn are_in(headers: &HeaderMap) -> bool {
    kind(headers).get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

/// The status alone tells what was wrong; there is no text that could quote the body.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Vec<Part>, StatusCode> {
    let bytes = collect(LIMIT, body).await?;
    let boundary = parameter(kind(headers), "boundary").filter(|boundary| !boundary.is_empty());
    boundary.and_then(|boundary| split(boundary, &bytes)).ok_or(StatusCode::BAD_REQUEST)
}

fn kind(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

/// Nothing where the closing boundary is missing or a part has no name.
fn split(boundary: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = [b"\r\n--", boundary.as_bytes()].concat();
    // The first boundary may begin the body, so that no line end stands before it.
    let body = [LINE_END, body].concat();
    let mut rest = &body[find(&body, &boundary)?.end..];
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let end = find(rest, &boundary)?;
        parts.push(part(&rest[..end.start])?);
        rest = &rest[end.end..];
    }
    Some(parts)
}

fn part(piece: &[u8]) -> Option<Part> {
    let blank = find(piece, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&piece[..blank.start]);
    let line = head
        .lines()
        .find(|line| line.get(..20).is_some_and(|name| name.eq_ignore_ascii_case("content-disposition:")))?;
    Some(Part {
        name: parameter(line, "name")?.to_owned(),
        is_file: parameter(line, "filename").is_some(),
        content: piece[blank.end..].to_owned(),
    })
}

/// A value after a semicolon, in quotes or bare. Browsers write a quote inside as `%22`.
fn parameter<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, mut rest) = line.split_once(';')?;
    loop {
        let (key, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(value) => value.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim());
        }
        rest = after.split_once(';')?.1;
    }
}

fn find(text: &[u8], word: &[u8]) -> Option<Range<usize>> {
    text.windows(word.len()).position(|window| window == word).map(|start| start..start + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Option<Vec<String>> {
        let parts = split("b", body.as_bytes())?;
        Some(
            parts
                .iter()
                .map(|part| {
                    format!("{} {} {}", part.name, part.is_file, String::from_utf8_lossy(&part.content))
                })
                .collect(),
        )
    }

    #[test]
    fn names_files_and_texts() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"connection\"\r\n\r\n{\"a\": \"--b\"}\r\n\
                    --b\r\ncontent-type: text/plain\r\ncontent-disposition: form-data; filename=\"a; name=%22x%22.pem\"; name=sslCa\r\n\r\none\r\n--two\r\n\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"sslKey\"; filename=\"\"\r\n\r\n\r\n--b--\r\n";
        let want = ["connection false {\"a\": \"--b\"}", "sslCa true one\r\n--two\r\n", "sslKey true "];
        assert_eq!(shown(body), Some(want.map(str::to_owned).to_vec()));
        assert_eq!(shown("--b--"), Some(Vec::new()));
    }

    #[test]
    fn what_breaks_off_is_refused() {
        for body in [
            "",
            "--b",
            "--b\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "--b\r\n\r\nx\r\n--b--",
        ] {
            assert_eq!(shown(body), None, "{body:?}");
        }
    }

    #[test]
    fn the_boundary_stands_in_the_content_type() {
        for (kind, want) in [
            ("multipart/form-data; boundary=b", Some("b")),
            ("Multipart/Form-Data; charset=utf-8; Boundary=\"b c\"", Some("b c")),
            ("multipart/form-data", None),
        ] {
            let headers =
                HeaderMap::from_iter([(header::CONTENT_TYPE, header::HeaderValue::from_static(kind))]);
            assert!(are_in(&headers));
            assert_eq!(parameter(super::kind(&headers), "boundary"), want, "{kind}");
        }
        assert!(!are_in(&HeaderMap::new()));
    }
}
