//! What the real server says when it stores nothing, and the judge in the same words.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::columns::Refusal;
use crate::contract::Breach;
use crate::{App, answer};

/// In the shape in which the real server refuses a value; it names members as its columns do.
pub fn breaches(app: &App, operation: &str, breaches: &[Breach]) -> Response {
    let errors = breaches.iter().map(|breach| {
        let path = breach.at.trim_start_matches('/').replace('/', ".").replace("~1", "/").replace("~0", "~");
        let name = if path.is_empty() { "the body" } else { &path };
        app.say(&format!("breaks the contract of {operation}: {name} {}", breach.say));
        json!({ "message": format!("{name} {}", breach.say), "type": "Validation error", "path": path })
    });
    let errors: Value = errors.collect();
    answer::json(StatusCode::BAD_REQUEST, &json!({ "name": "SequelizeValidationError", "errors": errors }))
}

pub fn not_stored(refusal: &Refusal) -> Response {
    answer::json(StatusCode::BAD_REQUEST, &body(refusal))
}

/// Of an error that nobody expected.
pub fn server_error() -> Response {
    answer::error_page(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// The real bodies are longer: they repeat the statement four times.
fn body(refusal: &Refusal) -> Value {
    match refusal {
        Refusal::NotText => json!({ "code": "ERR_INVALID_ARG_TYPE" }),
        Refusal::Violation(name) => json!({
            "name": "SequelizeValidationError",
            "errors": [{
                "message": format!("{name} cannot be an array or an object"), "type": "string violation", "path": name, "origin": "CORE",
                "validatorKey": "not_a_string", "validatorName": null, "validatorArgs": [],
            }],
        }),
        Refusal::Missing(name) => json!({
            "name": "SequelizeValidationError",
            "errors": [{
                "message": format!("Connection.{name} cannot be null"), "type": "notNull Violation", "path": name, "origin": "CORE",
                "validatorKey": "is_null", "validatorName": null, "validatorArgs": [],
            }],
        }),
        Refusal::Database { code, routine } => database("SequelizeDatabaseError", code, routine),
        Refusal::Taken(id) => {
            let mut body = database("SequelizeUniqueConstraintError", "23505", "_bt_check_unique");
            body["errors"] = json!([{
                "message": "id must be unique", "type": "unique violation", "path": "id", "value": id.to_string(), "origin": "DB",
                "validatorKey": "not_unique", "validatorName": null, "validatorArgs": [],
            }]);
            body["fields"] = json!({ "id": id.to_string() });
            body
        }
    }
}

fn database(name: &str, code: &str, routine: &str) -> Value {
    let sql = "INSERT INTO \"Connection\" (\"id\",\"team_id\",\"name\",\"type\") VALUES (DEFAULT,$1,$2,$3);";
    let parent = json!({ "name": "error", "severity": "ERROR", "code": code, "routine": routine, "sql": sql, "parameters": [] });
    json!({ "name": name, "parent": parent, "original": parent, "sql": sql, "parameters": [] })
}
