//! Chartbrew's documented endpoints for connections, under `/chartbrew`.
//!
//! The real server takes almost anything, so the sandbox is two things at once: a judge, who
//! refuses what the documentation does not allow, and then a server that behaves as version 5.3.0
//! does. `--lenient` sends the judge home.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::answer;
use crate::auth::{self, Bearer};
use crate::body::{self, Sent};
use crate::contract::Breach;
use crate::cors;
use crate::{App, TEAM};

mod columns;
mod sources;

use columns::Refusal;

pub const CREATE_CONTRACT: &str = include_str!("../../../tests/contracts/chartbrew/create.json");

pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    // Express reads the body before it thinks of anything else, so these answers carry no CORS.
    let sent = match body::read(&head.headers, body).await {
        Ok(sent) => sent,
        Err(status) => return answer::error_page(status, status.canonical_reason().unwrap_or_default()),
    };
    if head.method == Method::OPTIONS {
        return cors::preflight(&head.headers);
    }
    let is_post = head.method == Method::POST;
    let bearer = auth::bearer(&head.headers, &app.token);
    let mut response = cors::open(route(&app, &head.method, head.uri.path(), &bearer, sent));
    if is_post {
        response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("X-HTTP-Method-Override"));
    }
    response
}

/// Words in a path may be written in any case, and a slash may follow.
fn route(app: &App, method: &Method, path: &str, bearer: &Bearer, sent: Sent) -> Response {
    let lower = body::decode(path).to_ascii_lowercase();
    let parts: Vec<&str> = lower.strip_suffix('/').unwrap_or(&lower).split('/').skip(1).collect();
    match (method.as_str(), parts.as_slice()) {
        ("GET" | "HEAD", ["team", team, "connections"]) => guarded(bearer, || list(app, team)),
        ("POST", ["team", team, "connections"]) => guarded(bearer, || create(app, team, sent)),
        ("GET" | "HEAD", ["team", team, "connections", id]) => guarded(bearer, || get(app, team, id)),
        ("DELETE", ["team", team, "connections", id]) => guarded(bearer, || remove(app, team, id)),
        ("GET" | "HEAD", ["team", team, "connections", id, "google", "auth"]) => guarded(bearer, || google(app, team, id)),
        _ => answer::error_page(StatusCode::NOT_FOUND, &format!("Cannot {method} {path}")),
    }
}

fn guarded(bearer: &Bearer, call: impl FnOnce() -> Response) -> Response {
    match bearer {
        Bearer::Missing => answer::words(StatusCode::UNAUTHORIZED, "Token is missing."),
        Bearer::Wrong => answer::words(StatusCode::UNAUTHORIZED, "Unauthorized access."),
        Bearer::Right => call(),
    }
}

fn list(app: &App, team: &str) -> Response {
    if let Err(refusal) = team_of(team) {
        return *refusal;
    }
    let kept = match app.store.connections(TEAM) {
        Ok(kept) => kept,
        Err(error) => return app.broken(&error),
    };
    let rows = kept.into_iter().map(|kept| {
        let mut record = columns::shown(kept);
        record.shift_remove("password");
        record.shift_remove("schema");
        with_account(record)
    });
    answer::json(StatusCode::OK, &rows.collect())
}

fn create(app: &App, team: &str, sent: Sent) -> Response {
    if let Err(refusal) = team_of(team) {
        return *refusal;
    }
    if !app.lenient {
        let breaches = judge(app, &sent);
        if !breaches.is_empty() {
            return refuse_breaches(app, &breaches);
        }
    }
    let Value::Object(mut body) = sent.value else {
        return store(app, &Map::new());
    };
    match sources::prepare(&mut body) {
        Ok(()) => store(app, &body),
        Err(refusal) => *refusal,
    }
}

fn store(app: &App, body: &Map<String, Value>) -> Response {
    let row = columns::chosen_id(body).and_then(|id| Ok((id, columns::new_record(body)?)));
    let (id, record) = match row {
        Ok(row) => row,
        Err(refusal) => return answer::json(StatusCode::BAD_REQUEST, &refused(&refusal)),
    };
    match app.store.add_connection(id, TEAM, &record) {
        Ok(Some(kept)) => answer::json(StatusCode::OK, &Value::Object(columns::shown(kept))),
        Ok(None) => answer::json(StatusCode::BAD_REQUEST, &refused(&Refusal::Taken(id.unwrap_or_default()))),
        Err(error) => app.broken(&error),
    }
}

/// One connection is looked up in its team before the team is checked, so another team's is not found.
fn get(app: &App, team: &str, id: &str) -> Response {
    found(app, team, id, |_, record| answer::json(StatusCode::OK, &Value::Object(with_account(record))))
}

/// There are no datasets here, so `removeDatasets` has nothing to remove.
fn remove(app: &App, team: &str, id: &str) -> Response {
    found(app, team, id, |id, _| match app.store.remove_connection(TEAM, id) {
        Ok(_) => answer::json(StatusCode::OK, &json!({ "removed": true })),
        Err(error) => app.broken(&error),
    })
}

/// The address of Google's own page, with an application that does not exist.
fn google(app: &App, team: &str, id: &str) -> Response {
    found(app, team, id, |id, _| {
        let url = format!(
            "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent\
             &scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fanalytics.readonly&state={TEAM}%2C{id}\
             &response_type=code&client_id=sandbox.apps.googleusercontent.com&redirect_uri=http%3A%2F%2F127.0.0.1%2Fgoogle-auth"
        );
        answer::json(StatusCode::OK, &json!({ "url": url }))
    })
}

fn found(app: &App, team: &str, id: &str, then: impl FnOnce(i64, Map<String, Value>) -> Response) -> Response {
    let (Ok(team), Ok(id)) = (team.parse(), id.parse()) else {
        let refusal = Refusal::Database { code: "22P02", routine: "pg_strtoint32" };
        return answer::json(StatusCode::BAD_REQUEST, &refused(&refusal));
    };
    match app.store.connection(team, id) {
        Ok(Some(kept)) => then(id, columns::shown(kept)),
        Ok(None) => answer::json(StatusCode::NOT_FOUND, &json!({ "error": "Not Found" })),
        Err(error) => app.broken(&error),
    }
}

fn team_of(team: &str) -> Result<(), Box<Response>> {
    match team.parse::<i64>() {
        Ok(TEAM) => Ok(()),
        Ok(_) => Err(Box::new(answer::json(StatusCode::FORBIDDEN, &json!({ "message": "Access denied" })))),
        Err(_) => Err(Box::new(answer::error_page(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"))),
    }
}

fn with_account(mut record: Map<String, Value>) -> Map<String, Value> {
    record.insert("OAuth".to_owned(), Value::Null);
    record
}

fn judge(app: &App, sent: &Sent) -> Vec<Breach> {
    let breach = |at: &str, say: &str| Breach { at: at.to_owned(), say: say.to_owned() };
    if !sent.is_json {
        return vec![breach("", "must be sent as application/json")];
    }
    let mut breaches = app.create_connection.judge(&sent.value);
    // A schema sees the body only.
    if sent.value.get("team_id").is_some_and(|team| team.is_i64() && team.as_i64() != Some(TEAM)) {
        breaches.push(breach("/team_id", "must be the team of the path"));
    }
    breaches
}

/// In the shape in which the real server refuses a value; it names members as its columns do.
fn refuse_breaches(app: &App, breaches: &[Breach]) -> Response {
    let errors = breaches.iter().map(|breach| {
        let path = breach.at.trim_start_matches('/').replace('/', ".").replace("~1", "/").replace("~0", "~");
        let name = if path.is_empty() { "the body" } else { &path };
        app.say(&format!("breaks the contract of POST /team/{{team_id}}/connections: {name} {}", breach.say));
        json!({ "message": format!("{name} {}", breach.say), "type": "Validation error", "path": path })
    });
    let errors: Value = errors.collect();
    answer::json(StatusCode::BAD_REQUEST, &json!({ "name": "SequelizeValidationError", "errors": errors }))
}

/// The real bodies are longer: they repeat the statement four times.
fn refused(refusal: &Refusal) -> Value {
    match refusal {
        Refusal::NotText => json!({ "code": "ERR_INVALID_ARG_TYPE" }),
        Refusal::Violation(name) => json!({
            "name": "SequelizeValidationError",
            "errors": [{
                "message": format!("{name} cannot be an array or an object"), "type": "string violation", "path": name, "origin": "CORE",
                "validatorKey": "not_a_string", "validatorName": null, "validatorArgs": [],
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
