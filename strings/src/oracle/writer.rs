//! Writes parts as a connect descriptor.

use super::keys::{self, Section};
use super::tree::{CONTAINERS, DEEPEST, LONGEST_KEY};
use super::{LIST, not_writable, several};
use crate::parts::{Host, Param, Parts, Reason, Unreadable};

/// The path of a parameter below its section.
type Said<'a> = (&'a str, &'a Param);

/// What goes where in the descriptor.
#[derive(Default)]
struct Sections<'a> {
    lists: Vec<Said<'a>>,
    description: Vec<Said<'a>>,
    address: Vec<Said<'a>>,
    connect_data: Vec<Said<'a>>,
    security: Vec<Said<'a>>,
}

pub(super) fn write(parts: &Parts) -> Result<String, Unreadable> {
    if parts.hosts.is_empty() {
        return Err(Unreadable { at: 0, reason: Reason::AddressMissing });
    }
    let outer = |param: &&Param| param.name.starts_with("description_list/");
    let said: Vec<Said> = parts.params.iter().filter(outer).map(|param| (&param.name["description_list/".len()..], param)).collect();
    let inner = Parts { params: parts.params.iter().filter(|param| !outer(param)).cloned().collect(), ..parts.clone() };
    let all = several::split(&inner)?;
    let mut out = Tree::default();
    if !said.is_empty() || all.len() > 1 {
        out.open("description_list")?;
        out.all(&said)?;
    }
    for description in &all {
        write_description(&mut out, description)?;
    }
    Ok(out.end())
}

fn write_description(out: &mut Tree, parts: &Parts) -> Result<(), Unreadable> {
    let sections = sort(&parts.params)?;
    out.open("description")?;
    out.all(&sections.description)?;
    write_lists(out, &parts.hosts, &sections)?;
    if parts.database.is_some() || !sections.connect_data.is_empty() {
        out.open("connect_data")?;
        if let Some(service) = &parts.database {
            out.leaf("service_name", service)?;
        }
        out.all(&sections.connect_data)?;
        out.close();
    }
    if !sections.security.is_empty() {
        out.open("security")?;
        out.all(&sections.security)?;
        out.close();
    }
    out.close();
    Ok(())
}

/// Finds the section of each parameter.
fn sort(params: &[Param]) -> Result<Sections<'_>, Unreadable> {
    let mut sections = Sections::default();
    for param in params {
        let known = keys::named(&param.name);
        let (place, path) = match (known, param.name.split_once('/')) {
            (Some(key), _) => (section(&mut sections, key.section)?, key.written),
            (None, Some(("address_list", path))) => (&mut sections.lists, path),
            (None, Some(("address", path))) => (&mut sections.address, path),
            (None, Some(("connect_data", path))) => (&mut sections.connect_data, path),
            (None, Some(("security", path))) => (&mut sections.security, path),
            (None, Some(("description", path))) => (&mut sections.description, path),
            (None, _) => (&mut sections.description, param.name.as_str()),
        };
        place.push((path, param));
    }
    Ok(sections)
}

fn section<'a, 'b>(sections: &'b mut Sections<'a>, section: Section) -> Result<&'b mut Vec<Said<'a>>, Unreadable> {
    match section {
        Section::Description => Ok(&mut sections.description),
        Section::Address => Ok(&mut sections.address),
        Section::ConnectData => Ok(&mut sections.connect_data),
        Section::Security => Ok(&mut sections.security),
        Section::Client => Err(not_writable()),
    }
}

/// The number of the list that a host stands in, where there are several.
fn list(host: &Host) -> Option<&Param> {
    host.params.iter().find(|param| param.name == LIST)
}

fn write_lists(out: &mut Tree, hosts: &[Host], sections: &Sections) -> Result<(), Unreadable> {
    let several = list(&hosts[0]).is_some();
    for hosts in hosts.chunk_by(|one, next| list(one) == list(next)) {
        let mut said = Vec::new();
        for param in &hosts[0].params {
            if let Some(path) = param.name.strip_prefix("address_list/") {
                said.push((path, param));
            }
        }
        let listed = several || hosts.len() > 1 || !sections.lists.is_empty();
        if listed {
            out.open("address_list")?;
            out.all(&sections.lists)?;
            out.all(&said)?;
        }
        for host in hosts {
            write_address(out, host, &sections.address)?;
        }
        if listed {
            out.close();
        }
    }
    Ok(())
}

fn write_address(out: &mut Tree, host: &Host, shared: &[Said]) -> Result<(), Unreadable> {
    if host.socket.is_some() || host.user.is_some() || host.password.is_some() || host.hostaddr.is_some() || host.instance.is_some() {
        return Err(not_writable());
    }
    out.open("address")?;
    if let Some(protocol) = &host.protocol {
        out.leaf("protocol", protocol)?;
    }
    // An address holds something, be it an empty host.
    if host.host.is_some() || (host.protocol.is_none() && host.port.is_none()) {
        out.leaf("host", host.host.as_deref().unwrap_or(""))?;
    }
    if let Some(port) = host.port {
        out.leaf("port", &port.to_string())?;
    }
    out.all(shared)?;
    for param in &host.params {
        let known = keys::named(&param.name).filter(|key| key.section == Section::Address);
        match (known, param.name.strip_prefix("address/")) {
            (Some(key), _) => out.all(&[(key.written, param)])?,
            (None, Some(path)) => out.all(&[(path, param)])?,
            (None, None) if param.name == LIST || param.name.starts_with("address_list/") => {}
            (None, None) => return Err(not_writable()),
        }
    }
    out.close();
    Ok(())
}

/// A descriptor as it grows: nodes with the same path one after the other share their containers.
#[derive(Default)]
struct Tree {
    out: String,
    depth: usize,
}

impl Tree {
    fn open(&mut self, key: &str) -> Result<(), Unreadable> {
        let word = !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
        if !word || self.depth > DEEPEST {
            return Err(not_writable());
        }
        self.depth += 1;
        self.out.push('(');
        self.out.push_str(&key.to_ascii_uppercase());
        self.out.push('=');
        Ok(())
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.out.push(')');
    }

    fn leaf(&mut self, key: &str, value: &str) -> Result<(), Unreadable> {
        let holds_nodes = !value.is_empty() && CONTAINERS.iter().any(|container| container.eq_ignore_ascii_case(key));
        if holds_nodes || value.contains('"') {
            return Err(not_writable());
        }
        self.open(key)?;
        let quote = if value.contains(['(', ')']) || value.trim_ascii() != value { "\"" } else { "" };
        self.out.push_str(&[quote, value, quote].concat());
        self.close();
        Ok(())
    }

    fn all(&mut self, said: &[Said]) -> Result<(), Unreadable> {
        let mut open: Vec<&str> = Vec::new();
        for (path, param) in said {
            let mut containers: Vec<&str> = path.split('/').collect();
            let key = containers.pop().unwrap_or("");
            let same = open.iter().zip(&containers).take_while(|(one, other)| one == other).count();
            while open.len() > same {
                open.pop();
                self.close();
            }
            for container in containers.into_iter().skip(same) {
                self.open(container)?;
                open.push(container);
            }
            let value = param.value.as_deref().ok_or(not_writable())?;
            match keys::named(&param.name) {
                Some(known) => self.leaf(key, &known.write(value))?,
                None => self.leaf(key, value)?,
            }
        }
        for _ in open {
            self.close();
        }
        Ok(())
    }

    fn end(mut self) -> String {
        while self.depth > 0 {
            self.close();
        }
        self.out
    }
}
