//! Chartbrew's documented endpoints for connections, under `/chartbrew`.
//!
//! The real server takes almost anything, so the sandbox is two things at once: a judge, who
//! refuses what the documentation does not allow, and then a server that behaves as version 5.3.0
//! does. `--lenient` sends the judge home.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::auth::{self, Bearer};
use crate::body::{self, Sent, parts};
use crate::contract::Contract;
use crate::store::{Kept, Record, Replaced};
use crate::{App, TEAM, answer, cors};

mod columns;
mod files;
mod judge;
mod outbound;
mod refusals;
mod samples;
mod sources;
mod target;
mod trial;

use columns::Refusal;
use files::Parts;

/// The names under which files come.
const FILES: [&str; 4] = ["sslCa", "sslCert", "sslKey", "sshPrivateKey"];

const CREATE: &str = "POST /team/{team_id}/connections";
const UPDATE: &str = "PUT /team/{team_id}/connections/{id}";
const UPLOAD: &str = "POST /team/{team_id}/connections/{id}/files";
const TEST: &str = "POST /team/{team_id}/connections/{type}/test";
const TEST_WITH_FILES: &str = "POST /team/{team_id}/connections/{type}/test/files";

pub struct Chartbrew {
    create: Contract,
    update: Contract,
}

impl Chartbrew {
    pub fn new() -> Result<Chartbrew, String> {
        Ok(Chartbrew { create: Contract::new(judge::CREATE)?, update: Contract::new(judge::UPDATE)? })
    }
}

/// Boxed, since an answer is large and most calls give none.
type Answered = Result<Response, Box<Response>>;

/// What a request asks for; `kind` is a type of connection.
enum Call<'a> {
    List,
    Create,
    Get { id: &'a str },
    Update { id: &'a str },
    Remove { id: &'a str },
    Google { id: &'a str },
    Upload { id: &'a str },
    TestSaved { id: &'a str },
    Test { kind: &'a str },
    TestWithFiles { kind: &'a str },
}

pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    // Express reads the body before it thinks of anything else, so these answers carry no CORS.
    let (sent, parts) = match read(&head.headers, body).await {
        Ok(read) => read,
        Err(status) => return answer::error_page(status, status.canonical_reason().unwrap_or_default()),
    };
    if head.method == Method::OPTIONS {
        return cors::preflight(&head.headers);
    }
    let is_post = head.method == Method::POST;
    let bearer = auth::bearer(&head.headers, &app.token);
    let mut response = cors::open(route(&app, &head.method, head.uri.path(), &bearer, sent, parts).await);
    if is_post {
        response
            .headers_mut()
            .insert(header::VARY, header::HeaderValue::from_static("X-HTTP-Method-Override"));
    }
    response
}

/// Parts are left to the routes that take files.
async fn read(headers: &HeaderMap, body: Body) -> Result<(Sent, Parts), StatusCode> {
    match parts::are_in(headers) {
        true => Ok((Sent::nothing(), parts::read(headers, body).await)),
        false => Ok((body::read(headers, body).await?, Ok(Vec::new()))),
    }
}

/// Words in a path may be written in any case, and a slash may follow.
async fn route(
    app: &App,
    method: &Method,
    path: &str,
    bearer: &Bearer,
    sent: Sent,
    parts: Parts,
) -> Response {
    let lower = body::decode(path).to_ascii_lowercase();
    let words: Vec<&str> = lower.strip_suffix('/').unwrap_or(&lower).split('/').skip(1).collect();
    let Some((team, call)) = call(method, &words) else {
        return answer::error_page(StatusCode::NOT_FOUND, &format!("Cannot {method} {path}"));
    };
    match bearer {
        Bearer::Missing => return answer::words(StatusCode::UNAUTHORIZED, "Token is missing."),
        Bearer::Wrong => return answer::words(StatusCode::UNAUTHORIZED, "Unauthorized access."),
        Bearer::Right => (),
    }
    let answered = match call {
        Call::List => list(app, team),
        Call::Create => create(app, team, sent),
        Call::Get { id } => get(app, team, id),
        Call::Update { id } => update(app, team, id, &sent),
        Call::Remove { id } => remove(app, team, id),
        Call::Google { id } => google(app, team, id),
        Call::Upload { id } => upload(app, team, id, parts),
        Call::TestSaved { id } => test_saved(app, team, id).await,
        Call::Test { kind } => test(app, team, kind, sent).await,
        Call::TestWithFiles { kind } => test_with_files(app, team, kind, parts).await,
    };
    answered.unwrap_or_else(|refusal| *refusal)
}

fn call<'a>(method: &Method, words: &[&'a str]) -> Option<(&'a str, Call<'a>)> {
    let ["team", team, "connections", rest @ ..] = words else {
        return None;
    };
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    let call = match (method, rest) {
        ("GET", []) => Call::List,
        ("POST", []) => Call::Create,
        ("GET", [id]) => Call::Get { id },
        ("PUT", [id]) => Call::Update { id },
        ("DELETE", [id]) => Call::Remove { id },
        ("GET", [id, "google", "auth"]) => Call::Google { id },
        ("POST", [id, "files"]) => Call::Upload { id },
        ("GET", [id, "test"]) => Call::TestSaved { id },
        ("POST", [kind, "test"]) => Call::Test { kind },
        ("POST", [kind, "test", "files"]) => Call::TestWithFiles { kind },
        _ => return None,
    };
    Some((team, call))
}

fn list(app: &App, team: &str) -> Answered {
    team_of(team)?;
    let kept = app.store.connections(TEAM).map_err(|error| failed(app, &error))?;
    let rows = kept.into_iter().map(|kept| {
        let mut record = columns::shown(kept);
        record.shift_remove("password");
        record.shift_remove("schema");
        with_account(record)
    });
    Ok(answer::json(StatusCode::OK, &rows.collect()))
}

fn create(app: &App, team: &str, sent: Sent) -> Answered {
    team_of(team)?;
    if !app.lenient {
        let breaches = judge::create(&app.chartbrew.create, &sent);
        if !breaches.is_empty() {
            return Err(Box::new(refusals::breaches(app, CREATE, &breaches)));
        }
    }
    let Value::Object(mut body) = sent.value else {
        return store(app, &Map::new());
    };
    sources::prepare(&mut body)?;
    store(app, &body)
}

fn store(app: &App, body: &Map<String, Value>) -> Answered {
    let id = columns::chosen_id(body).map_err(not_stored)?;
    let record = columns::new_record(body).map_err(not_stored)?;
    match app.store.add_connection(id, TEAM, &record) {
        Ok(Some(kept)) => Ok(answer::json(StatusCode::OK, &Value::Object(columns::shown(kept)))),
        Ok(None) => Err(not_stored(Refusal::Taken(id.unwrap_or_default()))),
        Err(error) => Err(failed(app, &error)),
    }
}

fn get(app: &App, team: &str, id: &str) -> Answered {
    let kept = find(app, team, id)?;
    Ok(answer::json(StatusCode::OK, &Value::Object(with_account(columns::shown(kept)))))
}

/// Only what is sent changes.
fn update(app: &App, team: &str, id: &str, sent: &Sent) -> Answered {
    let kept = find(app, team, id)?;
    if !app.lenient {
        let breaches = judge::update(&app.chartbrew.update, sent, &kept.record);
        if !breaches.is_empty() {
            return Err(Box::new(refusals::breaches(app, UPDATE, &breaches)));
        }
    }
    let body = match &sent.value {
        Value::Object(body) if sent.is_json || !body.is_empty() => body,
        _ => return Err(Box::new(refusals::server_error())),
    };
    let new_id = columns::chosen_id(body).map_err(not_stored)?.unwrap_or(kept.id);
    let record = columns::changed_record(&kept.record, body).map_err(not_stored)?;
    match app.store.replace_connection(kept.id, new_id, &record) {
        Ok(Replaced::Taken) => Err(not_stored(Refusal::Taken(new_id))),
        Ok(_) if new_id == kept.id => get(app, team, id),
        // It has moved, and the real server looks for it where it was.
        Ok(_) => Err(Box::new(answer::json(StatusCode::BAD_REQUEST, &json!({})))),
        Err(error) => Err(failed(app, &error)),
    }
}

/// There are no datasets here, so `removeDatasets` has nothing to remove.
fn remove(app: &App, team: &str, id: &str) -> Answered {
    let kept = find(app, team, id)?;
    app.store.remove_connection(TEAM, kept.id).map_err(|error| failed(app, &error))?;
    Ok(answer::json(StatusCode::OK, &json!({ "removed": true })))
}

/// The address of Google's own page, with an application that does not exist.
fn google(app: &App, team: &str, id: &str) -> Answered {
    let id = find(app, team, id)?.id;
    let url = format!(
        "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent\
         &scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fanalytics.readonly&state={TEAM}%2C{id}\
         &response_type=code&client_id=sandbox.apps.googleusercontent.com&redirect_uri=http%3A%2F%2F127.0.0.1%2Fgoogle-auth"
    );
    Ok(answer::json(StatusCode::OK, &json!({ "url": url })))
}

fn upload(app: &App, team: &str, id: &str, parts: Parts) -> Answered {
    let mut kept = find(app, team, id)?;
    let parts = files::read(app, UPLOAD, parts)?;
    let named = files::named(&parts)
        .map_err(|why| Box::new(answer::json(StatusCode::BAD_REQUEST, &json!({ "error": why }))))?;
    files::judged(app, UPLOAD, &parts, None)?;
    app.store.add_files(kept.id, &mut kept.record, &named).map_err(|error| failed(app, &error))?;
    get(app, team, id)
}

async fn test_saved(app: &App, team: &str, id: &str) -> Answered {
    let kept = find(app, team, id)?;
    Ok(trial::saved(&kept.record).await)
}

async fn test(app: &App, team: &str, kind: &str, sent: Sent) -> Answered {
    team_of(team)?;
    if !app.lenient && !sent.is_json {
        return Err(Box::new(refusals::breaches(app, TEST, &[judge::not_json()])));
    }
    try_out(app, TEST, kind, sent.value, false).await
}

async fn test_with_files(app: &App, team: &str, kind: &str, parts: Parts) -> Answered {
    team_of(team)?;
    let parts = files::read(app, TEST_WITH_FILES, parts)?;
    files::judged(app, TEST_WITH_FILES, &parts, Some("connection"))?;
    let text = parts.iter().find(|part| part.name == "connection" && !part.is_file);
    let Some(connection) = text.and_then(|text| serde_json::from_slice(&text.content).ok()) else {
        return Ok(answer::words(StatusCode::BAD_REQUEST, "Invalid connection parameters"));
    };
    let has_authority = parts.iter().any(|part| part.name == "sslCa" && part.is_file);
    try_out(app, TEST_WITH_FILES, kind, connection, has_authority).await
}

async fn try_out(app: &App, operation: &str, kind: &str, connection: Value, has_authority: bool) -> Answered {
    if !app.lenient {
        let breaches = judge::test(&app.chartbrew.update, &connection);
        if !breaches.is_empty() {
            return Err(Box::new(refusals::breaches(app, operation, &breaches)));
        }
    }
    let record = connection.as_object().cloned().unwrap_or_default();
    Ok(trial::unsaved(&record, kind, has_authority).await)
}

/// One connection is looked up in its team before the team is checked, so another team's is not found.
fn find(app: &App, team: &str, id: &str) -> Result<Kept, Box<Response>> {
    let (Ok(team), Ok(id)) = (team.parse(), id.parse()) else {
        return Err(not_stored(Refusal::Database { code: "22P02", routine: "pg_strtoint32" }));
    };
    match app.store.connection(team, id) {
        Ok(Some(kept)) => Ok(kept),
        Ok(None) => Err(Box::new(answer::json(StatusCode::NOT_FOUND, &json!({ "error": "Not Found" })))),
        Err(error) => Err(failed(app, &error)),
    }
}

fn team_of(team: &str) -> Result<(), Box<Response>> {
    match team.parse::<i64>() {
        Ok(TEAM) => Ok(()),
        Ok(_) => Err(Box::new(answer::json(StatusCode::FORBIDDEN, &json!({ "message": "Access denied" })))),
        Err(_) => Err(Box::new(refusals::server_error())),
    }
}

fn not_stored(refusal: Refusal) -> Box<Response> {
    Box::new(refusals::not_stored(&refusal))
}

fn failed(app: &App, error: &rusqlite::Error) -> Box<Response> {
    Box::new(app.broken(error))
}

fn with_account(mut record: Record) -> Record {
    record.insert("OAuth".to_owned(), Value::Null);
    record
}

fn text<'a>(record: &'a Record, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default()
}

fn is_on(record: &Record, name: &str) -> bool {
    record.get(name).is_some_and(|value| value == true)
}
