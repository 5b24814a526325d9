//! Harbour, an API that nobody has: a gateway that keeps links to devices.
//!
//! The page shows with it that an API is only data: `www/apis/harbour.json` describes it, and no
//! line of the engine knows it. Its documentation is `tests/contracts/harbour/`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::App;
use crate::answer;
use crate::auth::{self, Bearer};
use crate::body::{self, Sent};
use crate::cors;
use crate::store::Record;

pub const CREATE_CONTRACT: &str = include_str!("../../../tests/contracts/harbour/create.json");

pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if head.method == Method::OPTIONS {
        return cors::preflight(&head.headers);
    }
    let sent = body::read(&head.headers, body).await;
    let response = match auth::bearer(&head.headers, &app.token) {
        Bearer::Right => route(&app, &head.method, head.uri.path(), sent),
        Bearer::Missing | Bearer::Wrong => {
            problem(StatusCode::UNAUTHORIZED, "The token is missing or wrong.")
        }
    };
    cors::open(response)
}

fn route(app: &App, method: &Method, path: &str, sent: Result<Sent, StatusCode>) -> Response {
    let parts: Vec<String> = path.split('/').skip(1).map(body::decode).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (method.as_str(), parts.as_slice()) {
        ("GET" | "HEAD", ["v1", "links"]) => list(app),
        ("POST", ["v1", "links"]) => create(app, sent),
        ("GET" | "HEAD", ["v1", "links", name]) => get(app, name),
        ("DELETE", ["v1", "links", name]) => remove(app, name),
        (_, ["v1", "links"] | ["v1", "links", _]) => {
            problem(StatusCode::METHOD_NOT_ALLOWED, "This is not done here.")
        }
        _ => problem(StatusCode::NOT_FOUND, "There is nothing here."),
    }
}

fn list(app: &App) -> Response {
    let links = match app.store.links() {
        Ok(links) => links,
        Err(error) => return app.broken(&error),
    };
    let items = links.into_iter().map(|mut link| {
        link.retain(|member, _| matches!(member.as_str(), "name" | "kind" | "endpoint"));
        Value::Object(link)
    });
    answer::json(StatusCode::OK, &json!({ "items": items.collect::<Value>() }))
}

fn create(app: &App, sent: Result<Sent, StatusCode>) -> Response {
    let sent = match sent {
        Ok(sent) if sent.is_json => sent,
        Ok(_) => return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json."),
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            return problem(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.");
        }
        Err(status) => return problem(status, "The body cannot be read as JSON."),
    };
    let faults: Vec<Value> = app
        .create_link
        .judge(&sent.value)
        .into_iter()
        .map(|breach| {
            let name = if breach.at.is_empty() { "the body" } else { &breach.at };
            app.say(&format!("breaks the contract of POST /v1/links: {name} {}", breach.say));
            json!({ "pointer": breach.at, "say": format!("This {}.", breach.say) })
        })
        .collect();
    let Some((link, name)) =
        sent.value.as_object().zip(sent.value["name"].as_str()).filter(|_| faults.is_empty())
    else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "The link is not as Harbour needs it.", &faults);
    };
    match app.store.add_link(name, link) {
        Ok(true) => answer::json(StatusCode::CREATED, &Value::Object(shown(link.clone()))),
        Ok(false) => {
            let faults = [json!({ "pointer": "/name", "say": "This name is taken." })];
            refuse(StatusCode::CONFLICT, "A link with this name exists.", &faults)
        }
        Err(error) => app.broken(&error),
    }
}

fn get(app: &App, name: &str) -> Response {
    match app.store.link(name) {
        Ok(Some(link)) => answer::json(StatusCode::OK, &Value::Object(shown(link))),
        Ok(None) => problem(StatusCode::NOT_FOUND, "There is no link with this name."),
        Err(error) => app.broken(&error),
    }
}

fn remove(app: &App, name: &str) -> Response {
    match app.store.remove_link(name) {
        Ok(true) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        }
        Ok(false) => problem(StatusCode::NOT_FOUND, "There is no link with this name."),
        Err(error) => app.broken(&error),
    }
}

/// A stored secret does not come back.
fn shown(mut link: Record) -> Record {
    if let Some(Value::Object(credentials)) = link.get_mut("credentials") {
        credentials.shift_remove("secret");
    }
    link
}

fn problem(status: StatusCode, words: &str) -> Response {
    refuse(status, words, &[])
}

fn refuse(status: StatusCode, words: &str, faults: &[Value]) -> Response {
    let mut response = answer::json(status, &json!({ "problem": words, "faults": faults }));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
    }
    response
}
