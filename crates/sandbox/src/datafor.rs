//! Datafor's documented endpoints for connections, under `/datafor`.
//!
//! It judges a body as `tests/contracts/datafor/` says and then behaves as the documentation
//! describes the server: almost every refusal comes with status 200, `success: false` and words.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::body::{self, Sent};
use crate::contract::Contract;
use crate::store::{Record, Replaced, Store};
use crate::{App, answer, cors};

mod access;
mod kept;
mod probe;
mod target;

pub use access::USER;
use access::Who;
use kept::Known;

/// What its web server takes.
const LIMIT: usize = 2 * 1024 * 1024;

const CONNECTION: &str = "/plugin/datafor-modeler/api/connection/";

/// Boxed, since an answer is large and most calls give none.
type Refusal = Box<Response>;

pub struct Datafor {
    add: Contract,
    update: Contract,
    test: Contract,
    known: Known,
    /// What the cookie of a signed-in page holds.
    session: String,
    /// What `--csrf` asks for.
    csrf: String,
}

macro_rules! contract {
    ($operation:literal) => {
        Contract::new(include_str!(concat!("../../../tests/contracts/datafor/", $operation, ".json")))
            .map_err(|error| format!("{}: {error}", $operation))?
    };
}

impl Datafor {
    pub fn new(store: &Store) -> Result<Datafor, String> {
        let random = || store.random_token().map_err(|error| error.to_string());
        let (add, update, test) = (contract!("add"), contract!("update"), contract!("test"));
        Ok(Datafor { add, update, test, known: Known::new()?, session: random()?, csrf: random()? })
    }
}

pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let response = match head.method {
        Method::OPTIONS => cors::preflight(&head.headers),
        _ => {
            let sent = body::read_up_to(LIMIT, &head.headers, body).await;
            route(&app, &head, sent).await.unwrap_or_else(|refusal| *refusal)
        }
    };
    cors::open_to_cookies(&head.headers, response)
}

async fn route(app: &App, head: &Parts, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let query = body::form(head.uri.query().unwrap_or_default().as_bytes());
    let who = access::who(app, &head.headers, &query);
    let path = head.uri.path();
    let method = if head.method == Method::HEAD { "GET" } else { head.method.as_str() };
    if (method, path) == ("GET", "/sandbox-login") {
        return Ok(access::sign_in(app, &query));
    }
    match who {
        Who::Known => (),
        Who::Nobody => return Ok(access::nobody()),
        Who::Wrong => {
            return Ok(answer::error_page(StatusCode::UNAUTHORIZED, "HTTP Status 401 – Unauthorized"));
        }
    }
    if (method, path) == ("GET", "/api/csrf/token") {
        return Ok(access::csrf(app));
    }
    let operation = path.strip_prefix(CONNECTION).unwrap_or_default();
    if app.csrf && method != "GET" && !access::has_csrf(app, &head.headers) {
        return Err(refuse(StatusCode::FORBIDDEN, "403", "The header X-CSRF-TOKEN is missing or wrong."));
    }
    match (method, operation) {
        ("GET", "list") => list(app, query["includeAccessMap"] == "true"),
        ("GET", "get") => get(app, &query),
        ("POST", "add") => add(app, sent),
        ("POST", "update") => update(app, sent),
        ("PUT", "test") => test(app, sent).await,
        ("DELETE", "deletebyname") => remove(app, &query),
        (_, "list" | "get" | "add" | "update" | "test" | "deletebyname") => {
            Ok(answer::error_page(StatusCode::METHOD_NOT_ALLOWED, "HTTP Status 405 – Method Not Allowed"))
        }
        _ => Ok(answer::error_page(StatusCode::NOT_FOUND, "HTTP Status 404 – Not Found")),
    }
}

fn list(app: &App, with_access: bool) -> Result<Response, Refusal> {
    let stored = app.store.identified().map_err(|error| failed(app, &error))?;
    let known = &app.datafor.known;
    let system = known.listed(known.system(&app.address), true, with_access);
    let all: Vec<Value> = std::iter::once(system)
        .chain(stored.into_iter().map(|record| known.listed(record, false, with_access)))
        .collect();
    Ok(fine(&json!({ "success": true, "databaseConnections": all })))
}

fn get(app: &App, query: &Value) -> Result<Response, Refusal> {
    let name = asked_name(query)?;
    let known = &app.datafor.known;
    let system = known.system(&app.address);
    if system["name"] == name {
        return Ok(fine(&known.shown(system)));
    }
    match app.store.identified_by_name(name) {
        Ok(Some(record)) => Ok(fine(&known.shown(record))),
        Ok(None) => Err(no(&not_found(name))),
        Err(error) => Err(failed(app, &error)),
    }
}

fn add(app: &App, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let (name, record) = judged(app, "POST", "add", &app.datafor.add, sent)?;
    if app.datafor.known.is_system(&name) {
        return Err(no(&taken(&name)));
    }
    match app.store.add_identified(&name, &kept::stored(record)) {
        Ok(true) => Ok(done()),
        Ok(false) => Err(no(&taken(&name))),
        Err(error) => Err(failed(app, &error)),
    }
}

/// Replaces everything that is kept; the id says what, so that the name can change.
fn update(app: &App, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let (name, record) = judged(app, "POST", "update", &app.datafor.update, sent)?;
    let id = record.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let known = &app.datafor.known;
    if known.is_system_id(&id) {
        return Err(no("CONNECTION_WRITE_FORBIDDEN: this connection belongs to the system"));
    }
    let Some(old) = app.store.identified_by_id(&id).map_err(|error| failed(app, &error))? else {
        return Err(no("There is no connection with this id"));
    };
    if known.is_system(&name) {
        return Err(no(&taken(&name)));
    }
    let record = kept::stored(kept::with_old_password(record, &old));
    match app.store.replace_identified(&id, &name, &record) {
        Ok(Replaced::Done) => Ok(done()),
        Ok(Replaced::Missing) => Err(no("There is no connection with this id")),
        Ok(Replaced::Taken) => Err(no(&taken(&name))),
        Err(error) => Err(failed(app, &error)),
    }
}

/// Nothing is saved, and nobody signs in to the database: the question is whether something listens there.
async fn test(app: &App, sent: Result<Sent, StatusCode>) -> Result<Response, Refusal> {
    let (_, record) = judged(app, "PUT", "test", &app.datafor.test, sent)?;
    let reached = match target::of(&record) {
        Ok(place) => probe::reach(&place).await,
        Err(why) => Err(why.to_owned()),
    };
    Ok(fine(&match reached {
        Ok(()) => json!({ "success": true }),
        Err(why) => json!({ "success": false, "msg": why }),
    }))
}

fn remove(app: &App, query: &Value) -> Result<Response, Refusal> {
    let name = asked_name(query)?;
    if app.datafor.known.is_system(name) {
        return Err(no("CONNECTION_DELETE_FORBIDDEN: this connection belongs to the system"));
    }
    match app.store.remove_identified(name) {
        Ok(true) => Ok(done()),
        Ok(false) => Err(no(&not_found(name))),
        Err(error) => Err(failed(app, &error)),
    }
}

/// What was sent, once it is what the documentation says, and its name.
fn judged(
    app: &App,
    method: &str,
    operation: &str,
    contract: &Contract,
    sent: Result<Sent, StatusCode>,
) -> Result<(String, Record), Refusal> {
    let body = match sent {
        Ok(Sent { value, is_json: true }) => value,
        Ok(_) => {
            return Err(refuse(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "415",
                "The body must be sent as application/json",
            ));
        }
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            return Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, "413", "The body is too large"));
        }
        Err(_) => return Err(refuse(StatusCode::BAD_REQUEST, "400", "The body can not be read as JSON")),
    };
    let mut wrong = Vec::new();
    if !app.lenient {
        wrong.extend(
            contract.judge(&body).iter().map(|breach| format!("{} {}", breach.place().1, breach.say)),
        );
        if wrong.is_empty() {
            wrong.extend(kept::unlike(&body));
        }
    }
    let name = body["name"].as_str().map(str::trim).unwrap_or_default().to_owned();
    if wrong.is_empty() && name.is_empty() {
        wrong.push("name must not be empty".to_owned());
    }
    for say in &wrong {
        app.say(&format!("breaks the contract of {method} /datafor{CONNECTION}{operation}: {say}"));
    }
    match body {
        Value::Object(record) if wrong.is_empty() => Ok((name, record)),
        _ => Err(no(&wrong.join("; "))),
    }
}

fn asked_name(query: &Value) -> Result<&str, Refusal> {
    query["name"].as_str().filter(|name| !name.is_empty()).ok_or_else(|| no("name is required"))
}

fn not_found(name: &str) -> String {
    format!("The connection {name} was not found")
}

fn taken(name: &str) -> String {
    format!("The connection {name} already exists")
}

fn done() -> Response {
    fine(&json!({ "msg": "success", "code": "200", "success": true }))
}

fn fine(body: &Value) -> Response {
    answer::java_json(StatusCode::OK, body.to_string())
}

fn no(why: &str) -> Refusal {
    refuse(StatusCode::OK, "500", why)
}

fn refuse(status: StatusCode, code: &str, why: &str) -> Refusal {
    Box::new(answer::java_json(status, json!({ "success": false, "code": code, "msg": why }).to_string()))
}

fn failed(app: &App, error: &rusqlite::Error) -> Refusal {
    Box::new(app.broken(error))
}
