//! What the documentation allows: more than a schema sees, since a body is judged with its path and with what is kept.

use serde_json::{Map, Value};

use crate::TEAM;
use crate::body::Sent;
use crate::contract::{Breach, Contract};

pub const CREATE: &str = include_str!("../../../../tests/contracts/chartbrew/create.json");
pub const UPDATE: &str = include_str!("../../../../tests/contracts/chartbrew/update.json");

/// Where files lie that are there already, as a record shows them.
const PATHS: [&str; 3] = ["sslCa", "sslCert", "sslKey"];

pub fn create(contract: &Contract, sent: &Sent) -> Vec<Breach> {
    if !sent.is_json {
        return vec![not_json()];
    }
    of_body(contract, &sent.value)
}

/// What is allowed depends on the type, which is the kept one unless the update changes it.
pub fn update(contract: &Contract, sent: &Sent, kept: &Map<String, Value>) -> Vec<Breach> {
    if !sent.is_json {
        return vec![not_json()];
    }
    of_body(contract, &completed(&sent.value, kept))
}

/// A connection that is tried is held to what an update may hold, and may name the files that are there already.
pub fn test(contract: &Contract, connection: &Value) -> Vec<Breach> {
    let mut connection = connection.clone();
    if let Value::Object(members) = &mut connection {
        members.retain(|name, value| {
            !(PATHS.contains(&name.as_str()) && (value.is_string() || value.is_null()))
        });
    }
    of_body(contract, &connection)
}

pub fn not_json() -> Breach {
    breach("", "must be sent as application/json")
}

pub fn breach(at: &str, say: &str) -> Breach {
    Breach { at: at.to_owned(), say: say.to_owned() }
}

fn of_body(contract: &Contract, body: &Value) -> Vec<Breach> {
    let mut breaches = contract.judge(body);
    // A schema sees the body only.
    if body.get("team_id").is_some_and(|team| team.is_i64() && team.as_i64() != Some(TEAM)) {
        breaches.push(breach("/team_id", "must be the team of the path"));
    }
    breaches
}

fn completed(body: &Value, kept: &Map<String, Value>) -> Value {
    let mut body = body.clone();
    if let Value::Object(members) = &mut body
        && !members.contains_key("type")
    {
        members.extend(kept.get("type").map(|kind| ("type".to_owned(), kind.clone())));
    }
    body
}
