//! Parts as JSON, and back: what the command line prints, and a page exchanges.

use crate::json::{Json, Kind, Token};
use crate::names::Names;
use crate::parts::{Host, Param, Parts};
use crate::text::{number, put, shown};

/// Parts as JSON: what is absent is left out.
pub fn from_parts(parts: &Parts) -> Json {
    let mut json = Json::default();
    put_parts(parts, &mut json);
    json
}

pub fn put_parts(parts: &Parts, json: &mut Json) {
    json.open();
    put_texts(&[("scheme", &parts.scheme)], json);
    if !parts.hosts.is_empty() {
        json.member("hosts", Kind::List, "");
        for host in &parts.hosts {
            put_host(host, json);
        }
        json.mark(Kind::ListEnd);
    }
    put_texts(&[("user", &parts.user), ("password", &parts.password)], json);
    if parts.later_databases.is_empty() {
        put_texts(&[("database", &parts.database)], json);
    } else {
        json.member("database", Kind::List, "");
        put_value(&parts.database, json);
        for database in &parts.later_databases {
            put_value(&database.value, json);
        }
        json.mark(Kind::ListEnd);
    }
    put_params(&parts.params, json);
    json.close();
}

fn put_host(host: &Host, json: &mut Json) {
    json.open();
    put_texts(&[("host", &host.host)], json);
    if let Some(port) = host.port {
        json.member("port", Kind::Word, &shown(u64::from(port)));
    }
    let texts = [
        ("socket", &host.socket),
        ("hostaddr", &host.hostaddr),
        ("instance", &host.instance),
        ("protocol", &host.protocol),
        ("user", &host.user),
        ("password", &host.password),
    ];
    put_texts(&texts, json);
    put_params(&host.params, json);
    json.close();
}

#[inline(never)]
fn put_texts(texts: &[(&str, &Option<String>)], json: &mut Json) {
    for (name, value) in texts {
        if let Some(value) = value {
            json.member(name, Kind::Text, value);
        }
    }
}

#[inline(never)]
fn put_value(value: &Option<String>, json: &mut Json) {
    match value {
        Some(value) => json.put(Kind::Text, value),
        None => json.put(Kind::Word, "null"),
    }
}

/// Parameters as a map; one that repeats is a list where it first stands.
#[inline(never)]
fn put_params(params: &[Param], json: &mut Json) {
    if params.is_empty() {
        return;
    }
    json.member("params", Kind::Map, "");
    // Of each name its first place and its last so far, and for each place the next of that name.
    let mut names = Names::new(params.len(), false);
    let mut firsts = Vec::new();
    let mut lasts = Vec::new();
    let mut next = Vec::new();
    for (place, param) in params.iter().enumerate() {
        next.push(0);
        match lasts.get_mut(names.number(&param.name)) {
            Some(last) => {
                next[*last] = place;
                *last = place;
            }
            None => {
                firsts.push(place);
                lasts.push(place);
            }
        }
    }
    for first in firsts {
        json.put(Kind::Name, &params[first].name);
        let several = next[first] > 0;
        if several {
            json.mark(Kind::List);
        }
        let mut place = first;
        loop {
            put_value(&params[place].value, json);
            place = next[place];
            if place == 0 {
                break;
            }
        }
        if several {
            json.mark(Kind::ListEnd);
        }
    }
    json.close();
}

/// Parts out of JSON; the name of the member that is none of theirs, or of another kind, where there is one.
///
/// # Errors
/// That name.
pub fn to_parts(json: &Json) -> Result<Parts, String> {
    let mut parts = Parts::default();
    let mut walk = Walk { rest: &json.tokens, name: "parts" };
    match walk.parts(&mut parts) {
        Some(()) => Ok(parts),
        None => Err(walk.name.to_owned()),
    }
}

/// Goes over tokens, and remembers the name of the member that it is at.
pub struct Walk<'a> {
    pub rest: &'a [Token],
    pub name: &'a str,
}

impl<'a> Walk<'a> {
    pub fn token(&mut self) -> Option<&'a Token> {
        let (token, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(token)
    }

    /// Goes into a map or a list, which has to stand here.
    #[inline(never)]
    pub fn enter(&mut self, kind: Kind) -> Option<()> {
        (self.token()?.kind == kind).then_some(())
    }

    /// Goes to the value of the next member; whether there is one.
    #[inline(never)]
    pub fn member(&mut self) -> bool {
        match self.token() {
            Some(token) if token.kind == Kind::Name => {
                self.name = &token.text;
                true
            }
            _ => false,
        }
    }

    /// Reads a text, or a word as one; `null` is nothing.
    #[inline(never)]
    pub fn text(&mut self, part: &mut Option<String>) -> Option<()> {
        let token = self.token()?;
        match token.kind {
            Kind::Word if token.text == "null" => *part = None,
            Kind::Text | Kind::Word => put(part, &token.text),
            _ => return None,
        }
        Some(())
    }

    /// Reads the text of one of these members; `None` where the member is none of them.
    #[cfg(feature = "wasm")]
    #[inline(never)]
    pub fn one_of(&mut self, parts: &mut [(&str, &mut Option<String>)]) -> Option<()> {
        for (name, part) in parts {
            if *name == self.name {
                return self.text(part);
            }
        }
        None
    }

    #[inline(never)]
    pub fn parts(&mut self, parts: &mut Parts) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            match self.name {
                "hosts" => {
                    self.enter(Kind::List)?;
                    while self.rest.first()?.kind != Kind::ListEnd {
                        self.name = "hosts";
                        parts.hosts.push(Host::default());
                        self.host(parts.hosts.last_mut()?)?;
                    }
                    self.token();
                }
                "database" if self.rest.first()?.kind == Kind::List => {
                    self.token();
                    self.text(&mut parts.database)?;
                    self.list(&mut parts.later_databases)?;
                }
                "params" => self.params(&mut parts.params)?,
                name => self.text(parts.text_mut(name)?)?,
            }
        }
        Some(())
    }

    fn host(&mut self, host: &mut Host) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            match self.name {
                "port" => {
                    let mut digits = None;
                    self.text(&mut digits)?;
                    host.port = match digits {
                        Some(digits) => Some(number(&digits, 65535)? as u16),
                        None => None,
                    };
                }
                "params" => self.params(&mut host.params)?,
                name => self.text(host.text_mut(name)?)?,
            }
        }
        Some(())
    }

    #[inline(never)]
    fn params(&mut self, params: &mut Vec<Param>) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            if self.rest.first()?.kind != Kind::List {
                self.param(params)?;
                continue;
            }
            self.token();
            self.list(params)?;
        }
        Some(())
    }

    /// The rest of a list, as values of the member.
    #[inline(never)]
    fn list(&mut self, params: &mut Vec<Param>) -> Option<()> {
        while self.rest.first()?.kind != Kind::ListEnd {
            self.param(params)?;
        }
        self.token();
        Some(())
    }

    fn param(&mut self, params: &mut Vec<Param>) -> Option<()> {
        let mut param = Param::new(self.name, None);
        self.text(&mut param.value)?;
        params.push(param);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_there_and_back() {
        let text = r#"{"scheme":"x","hosts":[{"host":"h","port":1},{"socket":"/s"}],"user":"","password":"p\"\u0001é","database":["a","",null],"params":{"a":["1","2"],"b":null}}"#;
        let parts = to_parts(&Json::parse(text).unwrap()).unwrap();
        let mut back = String::new();
        from_parts(&parts).write(&mut back);
        assert_eq!(back, text);
    }

    #[test]
    fn what_is_no_part_is_named() {
        for (text, named) in [
            (r#"{"hots":[]}"#, "hots"),
            (r#"{"hosts":[{"port":70000}]}"#, "port"),
            (r#"{"user":{}}"#, "user"),
            ("[]", "parts"),
        ] {
            assert_eq!(to_parts(&Json::parse(text).unwrap()).err().as_deref(), Some(named), "{text}");
        }
    }
}
