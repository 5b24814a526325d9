//! Apinizer's documented endpoints for connections, under `/apiops`.
//!
//! It judges a body as `tests/contracts/apinizer/` says and then behaves as the documentation
//! describes the server. A connection with `fail-deploy` in its description is saved and cannot be
//! deployed: the one case where an answer reports success and a failure at once.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri};
use axum::response::Response;
use serde_json::{Value, json};

use crate::auth::{self, Bearer};
use crate::body::{self, Sent};
use crate::store::{Record, Replaced};
use crate::{App, PROJECT, answer, cors};

mod kinds;

use kinds::Kind;
pub use kinds::Kinds;

/// No limit is documented; key stores travel in these bodies.
const LIMIT: usize = 4 * 1024 * 1024;

const FAILS: &str = "fail-deploy";

/// Boxed, since an answer is large and most calls give none.
type Refusal = Box<Response>;

pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if head.method == Method::OPTIONS {
        return cors::preflight(&head.headers);
    }
    let sent = body::read_up_to(LIMIT, &head.headers, body).await;
    let result = match auth::bearer(&head.headers, &app.token) {
        Bearer::Right => route(&app, &head.method, &head.uri, sent),
        Bearer::Missing | Bearer::Wrong => {
            Err(refuse(StatusCode::UNAUTHORIZED, "unauthorized_client", "Invalid token"))
        }
    };
    cors::open(result.unwrap_or_else(|refusal| *refusal))
}

/// Every documented path ends with a slash; without it there is nothing.
fn route(app: &App, method: &Method, uri: &Uri, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let parts: Vec<String> = uri.path().split('/').skip(1).map(body::decode).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let ["projects", project, "connections", rest @ .., ""] = parts.as_slice() else {
        return Err(refuse(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing here. Every path ends with a slash.",
        ));
    };
    if *project != PROJECT {
        return Err(refuse(StatusCode::NOT_FOUND, "not_found", &format!("Project '{project}' not found")));
    }
    match (method.as_str(), rest) {
        ("GET" | "HEAD", []) => list(app, uri),
        ("GET" | "HEAD" | "POST" | "PUT" | "DELETE", [] | [""]) => {
            Err(bad("Connection name can not be empty!"))
        }
        ("GET" | "HEAD", [name]) => get(app, name),
        ("POST", [name]) => create(app, name, sent),
        ("PUT", [name]) => update(app, name, sent),
        ("DELETE", [name]) => remove(app, name),
        _ => Err(refuse(StatusCode::NOT_FOUND, "not_found", "There is nothing here.")),
    }
}

fn list(app: &App, uri: &Uri) -> Result<Response, Refusal> {
    let query = body::form(uri.query().unwrap_or_default().as_bytes());
    let wanted = query.get("type").and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = app.kinds.listed(wanted) else {
        let why =
            if wanted.is_empty() { "Parameter 'type' is required" } else { "Parameter 'type' is not valid" };
        return Err(refuse(StatusCode::BAD_REQUEST, "invalid_parameter", why));
    };
    let all = app.store.in_project(PROJECT).map_err(|error| failed(app, &error))?;
    let of_kind = all.into_iter().filter(|record| app.kinds.of(record).is_some_and(|one| one.id == kind.id));
    Ok(results(of_kind.map(|record| kind.written(kind.without_secrets(record))).collect()))
}

fn get(app: &App, name: &str) -> Result<Response, Refusal> {
    match app.store.named(PROJECT, name) {
        Ok(Some(record)) => Ok(results(vec![match app.kinds.of(&record) {
            Some(kind) if kind.masks => kind.written(kind.without_secrets(record)),
            Some(kind) => kind.written(record),
            None => Value::Object(record).to_string(),
        }])),
        Ok(None) => Err(refuse(StatusCode::NOT_FOUND, "not_found", &not_found(name))),
        Err(error) => Err(failed(app, &error)),
    }
}

fn create(app: &App, name: &str, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let (record, _) = judged(app, "POST", sent)?;
    let given = name_of(&record);
    if given.to_lowercase() != name.to_lowercase() {
        return Err(bad("Connection name in the path and in the body must be the same!"));
    }
    match app.store.add_named(PROJECT, given, &record) {
        Ok(true) => Ok(saved(&record)),
        Ok(false) => Err(taken(given)),
        Err(error) => Err(failed(app, &error)),
    }
}

/// The path holds the old name and the body the new one.
fn update(app: &App, name: &str, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let Some(old) = app.store.named(PROJECT, name).map_err(|error| failed(app, &error))? else {
        return Err(bad(&not_found(name)));
    };
    let (record, kind) = judged(app, "PUT", sent)?;
    if app.kinds.of(&old).is_some_and(|was| was.id != kind.id) {
        return Err(bad("Connection type can not be changed!"));
    }
    match app.store.replace_named(PROJECT, name, name_of(&record), &record) {
        Ok(Replaced::Done) => Ok(saved(&record)),
        Ok(Replaced::Missing) => Err(bad(&not_found(name))),
        Ok(Replaced::Taken) => Err(taken(name_of(&record))),
        Err(error) => Err(failed(app, &error)),
    }
}

fn remove(app: &App, name: &str) -> Result<Response, Refusal> {
    match app.store.remove_named(PROJECT, name) {
        Ok(Some(record)) => Ok(deployed(&record)),
        Ok(None) => Err(bad(&not_found(name))),
        Err(error) => Err(failed(app, &error)),
    }
}

/// What was sent, once it is what the documentation says.
fn judged<'a>(
    app: &'a App,
    method: &str,
    sent: Result<Sent, StatusCode>,
) -> Result<(Record, &'a Kind), Refusal> {
    let record = match sent {
        Ok(Sent { value: Value::Object(record), is_json: true }) => record,
        Ok(Sent { is_json: true, .. }) => return Err(bad("The body must be an object")),
        Ok(_) => return Err(bad("The body must be sent as application/json")),
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            return Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, "bad_request", "The body is too large"));
        }
        Err(_) => return Err(bad("The body can not be read as JSON")),
    };
    let Some(kind) = app.kinds.of(&record) else {
        let say = if record.contains_key("type") { "type is not valid" } else { "type is required" };
        return Err(invalid(app, method, &[("type".to_owned(), say.to_owned())]));
    };
    let body = Value::Object(record);
    let mut wrong = Vec::new();
    if !app.lenient {
        wrong.extend(kind.contract.judge(&body).iter().map(|breach| {
            let (field, place) = breach.place();
            (field, format!("{place} {}", breach.say))
        }));
    }
    if wrong.is_empty() && !body["name"].is_string() {
        wrong.push(("name".to_owned(), "name is required".to_owned()));
    }
    match body {
        Value::Object(record) if wrong.is_empty() => Ok((record, kind)),
        _ => Err(invalid(app, method, &wrong)),
    }
}

fn name_of(record: &Record) -> &str {
    record.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn not_found(name: &str) -> String {
    format!("Connection (name: {name}) was not found!")
}

/// Left out, `deployToWorker` is true.
fn saved(record: &Record) -> Response {
    match record.get("deployToWorker") {
        Some(Value::Bool(false)) => answer::java_json(StatusCode::OK, json!({ "success": true }).to_string()),
        _ => deployed(record),
    }
}

fn deployed(record: &Record) -> Response {
    let fails = record.get("description").and_then(Value::as_str).is_some_and(|text| text.contains(FAILS));
    let message = if fails { "Worker did not answer" } else { "Deployment successful" };
    let environment = json!({ "environmentName": "production", "success": !fails, "message": message });
    let result = json!({ "success": true, "deploymentResult": { "success": !fails, "deploymentResults": [environment] } });
    answer::java_json(StatusCode::OK, result.to_string())
}

/// From records that are text already, since one type's names a member twice.
fn results(records: Vec<String>) -> Response {
    answer::java_json(
        StatusCode::OK,
        format!(r#"{{"success":true,"resultList":[{}],"resultCount":{}}}"#, records.join(","), records.len()),
    )
}

fn taken(name: &str) -> Refusal {
    bad(&format!("Connection (name: {name}) already exists!"))
}

fn bad(why: &str) -> Refusal {
    refuse(StatusCode::BAD_REQUEST, "bad_request", why)
}

fn invalid(app: &App, method: &str, wrong: &[(String, String)]) -> Refusal {
    let errors = wrong.iter().map(|(field, say)| {
        app.say(&format!("breaks the contract of {method} /apiops/projects/{{projectName}}/connections/{{connectionName}}/: {say}"));
        json!({ "field": field, "message": say })
    });
    let body = json!({ "error": "validation_failed", "error_description": "Validation failed", "validation_errors": errors.collect::<Value>() });
    Box::new(answer::java_json(StatusCode::BAD_REQUEST, body.to_string()))
}

fn refuse(status: StatusCode, error: &str, why: &str) -> Refusal {
    Box::new(answer::java_json(status, json!({ "error": error, "error_description": why }).to_string()))
}

/// SQLite's messages name tables and never values.
fn failed(app: &App, error: &rusqlite::Error) -> Refusal {
    app.say(&format!("storage: {error}"));
    refuse(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "Internal server error")
}
