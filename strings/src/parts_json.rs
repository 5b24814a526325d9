//! Parts as JSON, and back: what the command line prints, and a page exchanges.

use crate::json::Json;
use crate::parts::{Host, Param, Parts, by_name};

/// Parts as JSON: what is absent is left out.
pub fn from_parts(parts: &Parts) -> Json {
    let mut out = Vec::new();
    put(&mut out, "scheme", parts.scheme.as_ref());
    if !parts.hosts.is_empty() {
        out.push(("hosts".to_owned(), Json::List(parts.hosts.iter().map(from_host).collect())));
    }
    put(&mut out, "user", parts.user.as_ref());
    put(&mut out, "password", parts.password.as_ref());
    put(&mut out, "database", parts.database.as_ref());
    put_params(&mut out, &parts.params);
    Json::Map(out)
}

fn from_host(host: &Host) -> Json {
    let mut out = Vec::new();
    put(&mut out, "host", host.host.as_ref());
    if let Some(port) = host.port {
        out.push(("port".to_owned(), Json::Word(port.to_string())));
    }
    let texts = [
        ("socket", &host.socket),
        ("hostaddr", &host.hostaddr),
        ("instance", &host.instance),
        ("protocol", &host.protocol),
        ("user", &host.user),
        ("password", &host.password),
    ];
    for (name, value) in texts {
        put(&mut out, name, value.as_ref());
    }
    put_params(&mut out, &host.params);
    Json::Map(out)
}

fn put(out: &mut Vec<(String, Json)>, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        out.push((name.to_owned(), Json::Text(value.clone())));
    }
}

/// Parameters as a map; one that repeats is a list where it first stands.
fn put_params(out: &mut Vec<(String, Json)>, params: &[Param]) {
    if params.is_empty() {
        return;
    }
    let names: Vec<String> = params.iter().map(|param| param.name.clone()).collect();
    let sorted = by_name(&names);
    let mut groups: Vec<Vec<Json>> = vec![Vec::new(); params.len()];
    let mut first = 0;
    for (place, index) in sorted.iter().enumerate() {
        if place == 0 || names[sorted[place - 1]] != names[*index] {
            first = *index;
        }
        groups[first].push(params[*index].value.clone().map_or(Json::Null, Json::Text));
    }
    let mut members = Vec::new();
    for (param, mut values) in params.iter().zip(groups) {
        let value = if values.len() > 1 { Some(Json::List(values)) } else { values.pop() };
        if let Some(value) = value {
            members.push((param.name.clone(), value));
        }
    }
    out.push(("params".to_owned(), Json::Map(members)));
}

/// Parts out of JSON; the name of the member that is none of theirs, or of another kind, where there is one.
pub fn to_parts(json: &Json) -> Result<Parts, String> {
    let mut parts = Parts::default();
    each(json, "parts", |name, value| {
        match name {
            "scheme" => parts.scheme = text(name, value)?,
            "hosts" => {
                let Json::List(hosts) = value else { return Err(name.to_owned()) };
                for host in hosts {
                    parts.hosts.push(to_host(host)?);
                }
            }
            "user" => parts.user = text(name, value)?,
            "password" => parts.password = text(name, value)?,
            "database" => parts.database = text(name, value)?,
            "params" => to_params(value, &mut parts.params)?,
            _ => return Err(name.to_owned()),
        }
        Ok(())
    })?;
    Ok(parts)
}

fn to_host(json: &Json) -> Result<Host, String> {
    let mut host = Host::default();
    each(json, "hosts", |name, value| {
        match name {
            "host" => host.host = text(name, value)?,
            "port" => host.port = text(name, value)?.map(|port| port.parse()).transpose().map_err(|_| name.to_owned())?,
            "socket" => host.socket = text(name, value)?,
            "hostaddr" => host.hostaddr = text(name, value)?,
            "instance" => host.instance = text(name, value)?,
            "protocol" => host.protocol = text(name, value)?,
            "user" => host.user = text(name, value)?,
            "password" => host.password = text(name, value)?,
            "params" => to_params(value, &mut host.params)?,
            _ => return Err(name.to_owned()),
        }
        Ok(())
    })?;
    Ok(host)
}

fn to_params(json: &Json, params: &mut Vec<Param>) -> Result<(), String> {
    each(json, "params", |name, value| {
        match value {
            Json::List(values) => {
                for value in values {
                    params.push(Param::new(name, text(name, value)?));
                }
            }
            value => params.push(Param::new(name, text(name, value)?)),
        }
        Ok(())
    })
}

fn each(json: &Json, what: &str, mut one: impl FnMut(&str, &Json) -> Result<(), String>) -> Result<(), String> {
    let Json::Map(members) = json else { return Err(what.to_owned()) };
    for (name, value) in members {
        one(name, value)?;
    }
    Ok(())
}

fn text(name: &str, value: &Json) -> Result<Option<String>, String> {
    match value {
        Json::Null => Ok(None),
        value => value.scalar().map(Some).ok_or_else(|| name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_there_and_back() {
        let text = r#"{"scheme":"x","hosts":[{"host":"h","port":1},{"socket":"/s"}],"user":"","password":"p\"\u0001é","params":{"a":["1","2"],"b":null}}"#;
        let parts = to_parts(&Json::parse(text).unwrap()).unwrap();
        let mut back = String::new();
        from_parts(&parts).write(&mut back);
        assert_eq!(back, text);
    }

    #[test]
    fn what_is_no_part_is_named() {
        for (text, named) in [(r#"{"hots":[]}"#, "hots"), (r#"{"hosts":[{"port":70000}]}"#, "port"), (r#"{"user":{}}"#, "user"), ("[]", "parts")] {
            assert_eq!(to_parts(&Json::parse(text).unwrap()).err().as_deref(), Some(named), "{text}");
        }
    }
}
