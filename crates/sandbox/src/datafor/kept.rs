//! What is kept of a body, and what an answer makes of it.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::store::Record;

const TYPES: &str = include_str!("../../../../tests/data/datafor/types.json");
const SYSTEM: &str = include_str!("system.json");

/// Members of a request that no answer has. `id` is kept beside the record.
const NOT_KEPT: [&str; 5] = ["id", "PORT_NUMBER", "driverId", "CUSTOM_URL", "CUSTOM_DRIVER_CLASS"];

/// Members that the documentation calls the same as another, or a duplicate of it.
const SAME: [(&str, &str); 4] = [
    ("/accessTypeValue", "/accessType"),
    ("/attributes/PORT_NUMBER", "/databasePort"),
    ("/PORT_NUMBER", "/databasePort"),
    ("/driverId", "/attributes/driverId"),
];

/// Codes of permissions: to read, to edit, to delete, and everything.
const READ: &str = "0";
const ALL: [&str; 4] = [READ, "1", "2", "4"];

/// What the server knows without being told: the databases, and one connection that is its own.
pub struct Known {
    /// By short name.
    types: HashMap<String, Value>,
    system: Record,
}

impl Known {
    pub fn new() -> Result<Known, String> {
        let types: Vec<Value> = serde_json::from_str(TYPES).map_err(|error| format!("types: {error}"))?;
        let named = types
            .into_iter()
            .filter_map(|kind| Some((kind["shortName"]["value"].as_str()?.to_owned(), kind)));
        let system =
            serde_json::from_str(SYSTEM).map_err(|error| format!("the system's connection: {error}"))?;
        Ok(Known { types: named.collect(), system })
    }

    /// It leads to the sandbox itself, so that a test of it finds something.
    pub fn system(&self, address: &str) -> Record {
        let mut system = self.system.clone();
        let port = address.trim_end_matches('/').rsplit(':').next().unwrap_or_default();
        system.insert("databasePort".to_owned(), port.into());
        system["attributes"]["PORT_NUMBER"] = port.into();
        system
    }

    pub fn is_system(&self, name: &str) -> bool {
        self.system["name"] == name
    }

    pub fn is_system_id(&self, id: &str) -> bool {
        self.system["id"] == id
    }

    /// As the list shows a connection: with what the server adds, and another spelling of one member.
    pub fn listed(&self, record: Record, is_system: bool, with_access: bool) -> Value {
        let mut item = self.whole(record);
        let instance = item.shift_remove("SQLServerInstance").unwrap_or_default();
        let kind = item.get("databaseType").and_then(|kind| self.types.get(kind["shortName"].as_str()?));
        let ways = kind
            .and_then(|kind| kind.get("supportedAccessTypes"))
            .map_or_else(|| json!(["NATIVE"]), |cell| cell["value"].clone());
        item["databaseType"]["supportedAccessTypes"] = ways;
        let added = json!({ "sqlserverInstance": instance, "isSystem": is_system, "isUploadDataset": false, "partitioningInformation": null });
        item.extend(added.as_object().cloned().unwrap_or_default());
        if with_access {
            let may = ALL
                .iter()
                .map(|code| json!({ "name": code, "value": (!is_system || *code == READ).to_string() }));
            item.insert("accessMap".to_owned(), may.collect());
        }
        Value::Object(item)
    }

    /// As one connection is shown.
    pub fn shown(&self, record: Record) -> Value {
        Value::Object(self.whole(record))
    }

    /// With all that every answer has, and without the password.
    fn whole(&self, mut record: Record) -> Record {
        let from_option =
            record.get("extraOptions").and_then(|options| options.get("MSSQL.instance")).cloned();
        let instance = from_option.or_else(|| record.get("SQLServerInstance").cloned()).unwrap_or_default();
        let kind = self.expanded(record.get("databaseType").unwrap_or(&Value::Null));
        record.insert("SQLServerInstance".to_owned(), instance);
        record.insert("databaseType".to_owned(), kind);
        record.insert("password".to_owned(), Value::Null);
        // These two may be left out of an update.
        record.entry("changed").or_insert(Value::Bool(false));
        record.entry("connectSql").or_insert("".into());
        record
    }

    /// A body that adds says three things of its database; answers say six.
    fn expanded(&self, sent: &Value) -> Value {
        let known = sent["shortName"].as_str().and_then(|name| self.types.get(name)).unwrap_or(&Value::Null);
        let port = match &sent["defaultDatabasePort"] {
            Value::String(digits) => digits.parse().ok(),
            other => other.as_i64(),
        };
        let port = port.or_else(|| known["port"]["value"].as_i64()).unwrap_or(-1);
        let text = |member: &str| {
            sent[member].as_str().or_else(|| known[member]["value"].as_str()).unwrap_or_default()
        };
        json!({
            "extraOptionsHelpUrl": text("extraOptionsHelpUrl"),
            "defaultDatabaseName": null,
            "defaultOptions": null,
            "name": text("name"),
            "defaultDatabasePort": port,
            "shortName": text("shortName"),
        })
    }
}

pub fn stored(mut record: Record) -> Record {
    record.retain(|member, _| !NOT_KEPT.contains(&member.as_str()));
    if let Some(name) = record.get_mut("name")
        && let Some(trimmed) = name.as_str().map(|name| name.trim().to_owned())
    {
        *name = trimmed.into();
    }
    record
}

/// Neither null nor empty text clears a password.
pub fn with_old_password(mut record: Record, old: &Map<String, Value>) -> Record {
    if record.get("password").is_none_or(|given| given.is_null() || given == "") {
        record.insert("password".to_owned(), old.get("password").cloned().unwrap_or_default());
    }
    record
}

/// What no table can say: members that must be the same and are not, and a port that the server cannot read.
pub fn unlike(body: &Value) -> Vec<String> {
    let plain = |pointer: &str| pointer[1..].replace('/', ".");
    let apart = SAME.iter().filter(|(one, other)| body.pointer(one) != body.pointer(other));
    let mut wrong: Vec<String> =
        apart.map(|(one, other)| format!("{} must be the same as {}", plain(one), plain(other))).collect();
    let port = body["databasePort"].as_str().unwrap_or_default();
    if !port.is_empty() && port.parse::<i64>().is_err() {
        wrong.push("databasePort must be digits as text".to_owned());
    }
    wrong
}
