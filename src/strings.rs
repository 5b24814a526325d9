//! Connection strings: which fields the parts of one fill, and which parts the fields make. Reading and writing the text
//! itself is another module's, which a page loads when it is needed.

use crate::descriptor::{Field, Kind, Strings, Type};
use crate::json::Json;
use crate::sheet::{self, State};
use crate::value::{Row, Value};

/// What a string does to a form: a value per field, and the places that no field takes.
pub struct Filled {
    pub values: Vec<(usize, Value)>,
    pub left: Vec<String>,
}

/// Where each part goes. A part that is not in the string empties its field, but parameters and secrets stay as they are.
pub fn filled(kind: &Type, strings: &Strings, parts: &Json) -> Filled {
    let mut found = Filled { values: Vec::new(), left: Vec::new() };
    let mut taken = vec!["/scheme"];
    for (place, id) in &strings.fill {
        let Some(field) = kind.position(id) else { continue };
        let value = match parts.at(place) {
            None if place.starts_with("/params") || kind.fields[field].is_covered() => continue,
            None => Some(Value::Empty),
            Some(json) => read(&kind.fields[field], json, &strings.fill),
        };
        if let Some(value) = value {
            found.values.push((field, value));
            taken.push(place);
        }
    }
    for (id, json) in &strings.with {
        let value = kind.position(id).and_then(|field| Some((field, sheet::read(&kind.fields[field], json)?)));
        found.values.extend(value);
    }
    left(parts, "", &taken, &mut found.left);
    found
}

/// The places of what stands in no place that was taken. Their values stay untold: one may be a secret.
fn left(json: &Json, place: &str, taken: &[&str], found: &mut Vec<String>) {
    if taken.contains(&place) || *json == Json::Null {
        return;
    }
    let (members, items) = (json.members(), json.items());
    if members.is_empty() && items.is_empty() {
        found.push(place.to_owned());
    }
    for (name, value) in members {
        left(value, &[place, "/", name].concat(), taken, found);
    }
    for (index, value) in items.iter().enumerate() {
        left(value, &[place, "/", &index.to_string()].concat(), taken, found);
    }
}

/// A part as a field holds it; nothing where it does not fit.
fn read(field: &Field, json: &Json, fill: &[(String, String)]) -> Option<Value> {
    match (field.kind, json) {
        (Kind::Rows, Json::Map(members)) => {
            let mut rows = Vec::new();
            // Parameters with a field of their own are no rows.
            for (name, value) in members.iter().filter(|(name, _)| !fill.iter().any(|(place, _)| place.strip_prefix("/params/") == Some(name))) {
                let one = [value.clone()];
                for value in if let Json::List(all) = value { all.as_slice() } else { &one } {
                    rows.push(row(field, &[name.clone(), value.scalar().unwrap_or_default()]));
                }
            }
            Some(Value::Rows(rows))
        }
        (Kind::Rows, Json::List(hosts)) => {
            let mut rows = Vec::new();
            for host in hosts {
                let told = |name: &str| host.get(name).and_then(Json::scalar).unwrap_or_default();
                rows.push(row(field, &[told("host"), told("port")]));
            }
            Some(Value::Rows(rows))
        }
        (_, Json::List(hosts)) => {
            let mut text = String::new();
            for host in hosts {
                let told = |name: &str| host.get(name).and_then(Json::scalar).unwrap_or_default();
                let (name, port) = (told("host"), told("port"));
                let name = if name.contains(':') { ["[", &name, "]"].concat() } else { name };
                text.push_str(if text.is_empty() { "" } else { "," });
                text.push_str(&name);
                text.push_str(&if port.is_empty() { port } else { [":", &port].concat() });
            }
            Some(Value::Text(text))
        }
        (Kind::Toggle, json) => match json.scalar()?.as_str() {
            "true" | "1" => Some(Value::Toggle(true)),
            "false" | "0" => Some(Value::Toggle(false)),
            _ => None,
        },
        (Kind::Choice, json) => json.scalar().filter(|text| field.options.contains(text)).map(Value::Text),
        (_, json) => sheet::read(field, &Json::Text(json.scalar()?)),
    }
}

fn row(field: &Field, texts: &[String]) -> Row {
    let mut row = sheet::new_row(field);
    for ((cell, column), text) in row.cells.iter_mut().zip(&field.columns).zip(texts) {
        *cell = sheet::read(column, &Json::text(text)).unwrap_or_default();
    }
    row
}

/// The parts that the shown fields make. `secret` gives what stands for a secret.
pub fn parts(kind: &Type, strings: &Strings, states: &[State], secret: &dyn Fn(&Value) -> Option<String>) -> Json {
    let mut parts = Json::Map(Vec::new());
    for (place, id) in &strings.fill {
        let Some(index) = kind.position(id).filter(|index| states[*index].shown) else { continue };
        let text = |value: &Value| match value {
            Value::Secret(_) => secret(value),
            Value::Toggle(on) => Some(if *on { "true" } else { "false" }.to_owned()),
            value => value.as_text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
        };
        match &states[index].value {
            Value::Rows(rows) => {
                for row in rows.iter().filter(|row| !sheet::is_blank_row(&kind.fields[index], row)) {
                    let mut cells = row.cells.iter().map(|cell| text(cell).unwrap_or_default());
                    if let (Some(name), Some(value)) = (cells.next(), cells.next()) {
                        add(&mut parts, place, &name, value);
                    }
                }
            }
            value => {
                if let Some(text) = text(value) {
                    put(&mut parts, place, text);
                }
            }
        }
    }
    parts
}

/// A parameter; the second of a name makes a list of it.
fn add(parts: &mut Json, place: &str, name: &str, value: String) {
    let mut params = parts.at(place).map(Json::members).unwrap_or_default().to_vec();
    match params.iter_mut().find(|(known, _)| known == name) {
        Some((_, Json::List(all))) => all.push(Json::Text(value)),
        Some((_, one)) => *one = Json::List(vec![one.clone(), Json::Text(value)]),
        None => params.push((name.to_owned(), Json::Text(value))),
    }
    parts.put(place, Json::Map(params));
}

/// A port is a number, and the hosts are a list.
fn put(parts: &mut Json, place: &str, text: String) {
    let json = if place.ends_with("/port") { text.parse::<f64>().map_or(Json::Text(text), Json::Number) } else { Json::Text(text) };
    match place.strip_prefix("/hosts/0") {
        Some(rest) => {
            let mut host = parts.at("/hosts").and_then(|hosts| hosts.items().first()).cloned().unwrap_or(Json::Map(Vec::new()));
            host.put(rest, json);
            parts.put("/hosts", Json::List(vec![host]));
        }
        None if place == "/hosts" => parts.put("/hosts", Json::List(hosts(json.as_str().unwrap_or_default()))),
        None => parts.put(place, json),
    }
}

/// `host:port` pairs with commas between them.
fn hosts(text: &str) -> Vec<Json> {
    let mut hosts = Vec::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (name, port) = match pair.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') && (!name.contains(':') || name.ends_with(']')) => (name, port),
            _ => (pair, ""),
        };
        let mut host = Json::map(vec![("host", Json::text(name.trim_start_matches('[').trim_end_matches(']')))]);
        if let Ok(port) = port.parse::<f64>() {
            host.put("/port", Json::Number(port));
        }
        hosts.push(host);
    }
    hosts
}
