//! Tests of a connection: databases are knocked at, services are never called.

use std::io::ErrorKind;

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::{outbound, samples, target};
use crate::answer;
use crate::probe::{self, Failure, Target};
use crate::store::Record;

/// A connection with this in its name fails, so that a page can be tried with a test that does.
const FAILS: &str = "fail-test";

/// What a connection leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    Mongo,
    Postgres,
    MySql,
    ClickHouse,
    Api,
    StripeOfficial,
    Jira,
    CustomerIo,
    RealtimeDb,
    Firestore,
    Analytics,
}

const SOURCES: &[(&str, Source)] = &[
    ("mongodb", Source::Mongo),
    ("postgres", Source::Postgres),
    ("timescaledb", Source::Postgres),
    ("supabasedb", Source::Postgres),
    ("rdsPostgres", Source::Postgres),
    ("mysql", Source::MySql),
    ("rdsMysql", Source::MySql),
    ("clickhouse", Source::ClickHouse),
    ("api", Source::Api),
    ("strapi", Source::Api),
    ("stripe", Source::Api),
    ("stripeOfficial", Source::StripeOfficial),
    ("jira", Source::Jira),
    ("customerio", Source::CustomerIo),
    ("realtimedb", Source::RealtimeDb),
    ("firestore", Source::Firestore),
    ("googleAnalytics", Source::Analytics),
];

/// Why a test failed.
pub enum Trouble {
    /// In words, whoever said them.
    Said(String),
    /// In a body that is the same for unsaved and for saved connections.
    Refused(Value),
}

/// `kind` is the type that the path names; what the body says wins.
pub async fn unsaved(record: &Record, kind: &str, has_authority: bool) -> Response {
    let Some(source) = source(record, kind) else {
        return unknown();
    };
    match try_out(source, record, has_authority).await {
        Ok(()) => samples::found(source, record),
        Err(Trouble::Said(words)) => answer::words(StatusCode::BAD_REQUEST, words),
        Err(Trouble::Refused(body)) => answer::json(StatusCode::BAD_REQUEST, &body),
    }
}

pub async fn saved(record: &Record) -> Response {
    let Some(source) = source(record, "") else {
        return unknown();
    };
    match try_out(source, record, false).await {
        Ok(()) => samples::found_saved(source, record),
        Err(Trouble::Said(words)) => {
            answer::json(StatusCode::BAD_REQUEST, &samples::lost(source, record, &words))
        }
        Err(Trouble::Refused(body)) => answer::json(StatusCode::BAD_REQUEST, &body),
    }
}

fn unknown() -> Response {
    answer::words(StatusCode::BAD_REQUEST, "No request type specified")
}

/// A sub type that nobody knows is one of an API, which alone has others.
fn source(record: &Record, kind: &str) -> Option<Source> {
    let word = |name: &str| Some(super::text(record, name)).filter(|word| !word.is_empty());
    let kind = word("type").unwrap_or(kind);
    let named = |name: &str| {
        SOURCES.iter().find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, source)| *source)
    };
    named(word("subType").unwrap_or(kind)).or_else(|| named(kind).filter(|source| *source == Source::Api))
}

/// Nobody signs in anywhere: the question is whether something listens, or whether what is needed is there.
async fn try_out(source: Source, record: &Record, has_authority: bool) -> Result<(), Trouble> {
    if source == Source::Analytics {
        return Err(Trouble::Refused(json!({ "error": "No oauth token" })));
    }
    if super::text(record, "name").contains(FAILS) {
        return Err(Trouble::Said(samples::refusal(source, record)));
    }
    match source {
        Source::Postgres | Source::MySql => {
            dial_sql(source, record, has_authority).await.map_err(Trouble::Said)
        }
        Source::Mongo => dial(target::of(source, record)).await.map_err(Trouble::Said),
        Source::ClickHouse => {
            let dialled = dial(target::of(source, record)).await;
            dialled.map_err(|why| Trouble::Said(format!("Failed to fetch database schema: {why}")))
        }
        Source::Api => {
            outbound::blocked(super::text(record, "host")).map_or(Ok(()), |body| Err(Trouble::Refused(body)))
        }
        Source::RealtimeDb | Source::Firestore => {
            account(record).map_err(|why| Trouble::Said(why.to_owned()))
        }
        _ if has_key(source, record) => Ok(()),
        _ => Err(Trouble::Said(samples::refusal(source, record))),
    }
}

/// Behind a tunnel the database is out of sight.
async fn dial_sql(source: Source, record: &Record, has_authority: bool) -> Result<(), String> {
    if super::is_on(record, "useSsh") {
        return dial(target::of_tunnel(record)).await.map_err(|why| format!("SSH tunnel error: {why}"));
    }
    dial(target::of(source, record)).await?;
    let is_verified = super::is_on(record, "ssl") && super::text(record, "sslMode").starts_with("verify-");
    let has_authority = has_authority || !super::text(record, "sslCa").is_empty();
    if is_verified && !has_authority { Err("self-signed certificate".to_owned()) } else { Ok(()) }
}

async fn dial(place: Result<Target, String>) -> Result<(), String> {
    let place = place?;
    probe::reach(&place).await.map_err(|failure| told(&place, &failure))
}

/// In the words of Node.
fn told(place: &Target, failure: &Failure) -> String {
    match failure {
        Failure::Unknown => format!("getaddrinfo ENOTFOUND {}", place.host),
        Failure::Silent => format!("connect ETIMEDOUT {}:{}", place.host, place.port),
        Failure::Met(address, kind) => {
            let code = match kind {
                ErrorKind::ConnectionRefused => "ECONNREFUSED",
                ErrorKind::HostUnreachable => "EHOSTUNREACH",
                ErrorKind::NetworkUnreachable => "ENETUNREACH",
                _ => "ECONNRESET",
            };
            format!("connect {code} {}:{}", address.ip(), address.port())
        }
    }
}

/// An object, or its text.
fn account(record: &Record) -> Result<(), &'static str> {
    match record.get("firebaseServiceAccount") {
        Some(Value::Object(_)) => Ok(()),
        Some(Value::String(text)) if !text.is_empty() => match serde_json::from_str(text) {
            Ok(Value::Object(_)) => Ok(()),
            _ => Err("The authentication JSON is not formatted correctly."),
        },
        _ => Err("The firebase authentication is missing"),
    }
}

fn has_key(source: Source, record: &Record) -> bool {
    match source {
        Source::CustomerIo => !super::text(record, "password").is_empty(),
        Source::StripeOfficial => !samples::login(record, "token").is_empty(),
        _ => !samples::login(record, "email").is_empty() && !samples::login(record, "apiToken").is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;

    #[test]
    fn the_sub_type_tells_what_it_is() {
        for (record, kind, want) in [
            (json!({ "type": "postgres", "subType": "timescaledb" }), "mysql", Some(Source::Postgres)),
            (json!({ "type": "api", "subType": "stripe" }), "api", Some(Source::Api)),
            (json!({ "type": "api", "subType": "shopify" }), "api", Some(Source::Api)),
            (json!({ "type": "mysql", "subType": "shopify" }), "api", None),
            (json!({ "type": null }), "googleanalytics", Some(Source::Analytics)),
            (json!({}), "oracle", None),
        ] {
            assert_eq!(source(record.as_object().expect("an object"), kind), want, "{record}");
        }
    }

    #[test]
    fn failures_in_the_words_of_node() {
        let place = Target { host: "db".to_owned(), port: 1 };
        let address: SocketAddr = "[::1]:1".parse().expect("an address");
        for (failure, want) in [
            (Failure::Unknown, "getaddrinfo ENOTFOUND db"),
            (Failure::Silent, "connect ETIMEDOUT db:1"),
            (Failure::Met(address, ErrorKind::ConnectionRefused), "connect ECONNREFUSED ::1:1"),
            (Failure::Met(address, ErrorKind::HostUnreachable), "connect EHOSTUNREACH ::1:1"),
        ] {
            assert_eq!(told(&place, &failure), want);
        }
    }
}
