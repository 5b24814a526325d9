//! What a test answers: the real shapes, filled with invented findings.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::text;
use super::trial::Source;
use crate::answer;
use crate::store::Record;

pub fn found(source: Source, record: &Record) -> Response {
    let body = match source {
        Source::Mongo => {
            json!({ "success": true, "collections": [{ "name": "orders", "type": "collection" }] })
        }
        Source::Postgres => sql(&["id", "amount", "created_at"]),
        Source::MySql => sql(&["id", "amount"]),
        Source::ClickHouse => {
            json!({ "success": true, "schema": { "orders": [{ "name": "id", "type": "UInt64" }, { "name": "amount", "type": "Float64" }] } })
        }
        // Whatever the service answers is handed on.
        Source::Api => json!({ "data": [] }),
        Source::StripeOfficial => {
            json!({ "success": true, "metadata": { "accountId": "acct_sandbox", "livemode": false } })
        }
        Source::Jira => {
            json!({ "success": true, "metadata": { "accountId": "sandbox", "displayName": "Sandbox" } })
        }
        Source::CustomerIo => dump(record),
        Source::RealtimeDb => return answer::words(StatusCode::OK, "Connection successful"),
        Source::Firestore => {
            json!([{ "id": "orders", "path": "orders", "_queryOptions": { "collectionId": "orders" } }])
        }
        Source::Analytics => json!([]),
    };
    answer::json(StatusCode::OK, &body)
}

pub fn found_saved(source: Source, record: &Record) -> Response {
    match source {
        Source::Mongo | Source::Api | Source::CustomerIo => {
            answer::json(StatusCode::OK, &json!({ "success": true }))
        }
        _ => found(source, record),
    }
}

/// What a service or a database says to a wrong sign-in.
pub fn refusal(source: Source, record: &Record) -> String {
    let user = text(record, "username");
    match source {
        Source::Mongo => "Authentication failed.".to_owned(),
        Source::Postgres => format!("password authentication failed for user \"{user}\""),
        Source::MySql => format!("Access denied for user '{user}'@'localhost' (using password: YES)"),
        Source::ClickHouse => "Failed to fetch database schema: Authentication failed".to_owned(),
        Source::CustomerIo => "401 - {\"meta\":{\"error\":\"Unauthorized request\"}}".to_owned(),
        Source::RealtimeDb | Source::Firestore => "Failed to parse private key".to_owned(),
        _ => "401 - \"Unauthorized\"".to_owned(),
    }
}

/// Of a saved connection, most errors lose their message on the way out, and some repeat the key:
/// a page must never show such a body.
pub fn lost(source: Source, record: &Record, words: &str) -> Value {
    match source {
        Source::Postgres | Source::MySql => {
            json!({ "name": "SequelizeConnectionError", "parent": {}, "original": {} })
        }
        Source::StripeOfficial | Source::Jira => json!({ "statusCode": 401 }),
        Source::Api => request_error(words, text(record, "host"), login(record, "token")),
        Source::CustomerIo => request_error(
            words,
            &format!("https://{}/v1/activities", customerio(record)),
            text(record, "password"),
        ),
        _ => json!({}),
    }
}

/// A member of the sign-in to a service.
pub fn login<'a>(record: &'a Record, member: &str) -> &'a str {
    record
        .get("authentication")
        .and_then(|login| login.get(member))
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn sql(columns: &[&str]) -> Value {
    json!({ "success": true, "schema": { "tables": ["orders"], "description": { "orders": columns } } })
}

/// The service's whole answer, and with it the request that it answers: the key is in there, and a page must never show it.
fn dump(record: &Record) -> Value {
    let host = customerio(record);
    json!({
        "statusCode": 200,
        "body": { "activities": [], "next": "" },
        "headers": { "content-type": "application/json" },
        "request": {
            "uri": { "protocol": "https:", "host": host, "pathname": "/v1/activities", "href": format!("https://{host}/v1/activities") },
            "method": "GET",
            "headers": { "Accept": "application/json", "authorization": format!("Bearer {}", text(record, "password")) },
        },
    })
}

fn customerio(record: &Record) -> &'static str {
    if text(record, "host") == "eu" { "api-eu.customer.io" } else { "api.customer.io" }
}

fn request_error(words: &str, url: &str, key: &str) -> Value {
    json!({
        "name": "StatusCodeError",
        "statusCode": 401,
        "message": words,
        "options": { "url": url, "method": "GET", "headers": { "authorization": format!("Bearer {key}") } },
    })
}
