//! What a connect descriptor says, as parts.

use super::keys::{self, Section};
use super::tree::{self, CONTAINERS, Node, Value};
use super::{LIST, SERVICE, check_server, protocol, several};
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};

/// What the sections of a description hold, in the order in which they are written.
#[derive(Default)]
struct Reading {
    hosts: Vec<Host>,
    database: Option<String>,
    /// What easy connect writes before its other parameters.
    server: Vec<Param>,
    instance: Vec<Param>,
    lists: Vec<Param>,
    description: Vec<Param>,
    connect_data: Vec<Param>,
    security: Vec<Param>,
}

pub(super) fn read(text: Piece) -> Result<Parts, Unreadable> {
    let root = tree::read(text.trim())?;
    let mut outer = Vec::new();
    let mut all = Vec::new();
    if root.is("description_list") {
        for node in root.nodes() {
            if node.is("description") {
                all.push(description(node, node.nodes())?);
            } else {
                flatten_one(Section::Description, "description_list/", node, &mut outer)?;
            }
        }
    } else if root.is("description") {
        all.push(description(&root, root.nodes())?);
    } else {
        all.push(description(&root, std::slice::from_ref(&root))?);
    }
    if all.is_empty() {
        return Err(root.key.bad(Reason::AddressMissing));
    }
    let mut parts = several::join(all);
    outer.append(&mut parts.params);
    parts.params = outer;
    Ok(parts)
}

fn description(whole: &Node, nodes: &[Node]) -> Result<Parts, Unreadable> {
    let mut reading = Reading::default();
    reading.description(nodes)?;
    if reading.hosts.is_empty() { Err(whole.key.bad(Reason::AddressMissing)) } else { Ok(reading.parts()) }
}

impl Reading {
    fn description(&mut self, nodes: &[Node]) -> Result<(), Unreadable> {
        let mut groups = Vec::new();
        for node in nodes {
            if node.is("address") {
                groups.push((vec![host(node)?], Vec::new()));
            } else if node.is("address_list") {
                groups.push(group(node)?);
            } else if node.is("connect_data") {
                self.connect_data(node.nodes())?;
            } else if node.is("security") {
                flatten(Section::Security, "security/", node.nodes(), &mut self.security)?;
            } else {
                flatten_one(Section::Description, "", node, &mut self.description)?;
            }
        }
        self.groups(nodes, groups);
        Ok(())
    }

    /// Addresses without a list are one. Of several lists each host tells its own, and the first host of a list what the list says.
    fn groups(&mut self, nodes: &[Node], groups: Vec<(Vec<Host>, Vec<Param>)>) {
        let one = !nodes.iter().any(|node| node.is("address_list")) || groups.len() == 1;
        for (number, (mut hosts, said)) in groups.into_iter().enumerate() {
            if one {
                self.lists.extend(said);
            } else {
                hosts[0].params.splice(0..0, said);
                for host in &mut hosts {
                    host.params.insert(0, Param::new(LIST, Some((number + 1).to_string())));
                }
            }
            self.hosts.extend(hosts);
        }
    }

    fn connect_data(&mut self, nodes: &[Node]) -> Result<(), Unreadable> {
        for node in nodes {
            match &node.value {
                Value::Text(text) if node.is("service_name") => self.service(*text),
                Value::Text(text) if node.is("server") && !text.is_empty() => self.server.push(Param::new("server_type", Some(check_server(*text)?))),
                Value::Text(text) if node.is("instance_name") => self.instance.push(Param::new("instance_name", Some(text.text.to_owned()))),
                _ => flatten_one(Section::ConnectData, "connect_data/", node, &mut self.connect_data)?,
            }
        }
        Ok(())
    }

    /// The service is the database.
    fn service(&mut self, text: Piece) {
        let value = Some(text.text.to_owned());
        if self.database.is_none() {
            self.database = value.filter(|name| !name.is_empty());
        } else {
            self.connect_data.push(Param::new("connect_data/service_name", value));
        }
    }

    fn parts(mut self) -> Parts {
        let mut params = self.server;
        params.append(&mut self.instance);
        params.append(&mut self.lists);
        params.append(&mut self.description);
        if let [host] = &mut self.hosts[..] {
            // What the only address says holds for all.
            params.append(&mut host.params);
        }
        params.append(&mut self.connect_data);
        params.append(&mut self.security);
        Parts { hosts: self.hosts, database: self.database, params, ..Parts::default() }
    }
}

/// The hosts of an address list, and what else it says.
fn group(list: &Node) -> Result<(Vec<Host>, Vec<Param>), Unreadable> {
    let (mut hosts, mut said) = (Vec::new(), Vec::new());
    for node in list.nodes() {
        if node.is("address") {
            hosts.push(host(node)?);
        } else {
            flatten_one(Section::Description, "address_list/", node, &mut said)?;
        }
    }
    if hosts.is_empty() { Err(list.key.bad(Reason::AddressMissing)) } else { Ok((hosts, said)) }
}

fn host(address: &Node) -> Result<Host, Unreadable> {
    if address.nodes().is_empty() {
        return Err(address.key.bad(Reason::AddressMissing));
    }
    let mut host = Host::default();
    for node in address.nodes() {
        let Value::Text(text) = node.value else {
            flatten_one(Section::Address, "address/", node, &mut host.params)?;
            continue;
        };
        let repeated = match node.key.text.to_ascii_lowercase().as_str() {
            // Nothing behind the `=` is no host.
            "host" | "port" | "protocol" if text.is_empty() => false,
            "host" => host.host.replace(text.text.to_owned()).is_some(),
            "port" => host.port.replace(address::port(text, 0)?).is_some(),
            "protocol" => host.protocol.replace(protocol(text)?).is_some(),
            _ => {
                flatten_one(Section::Address, "address/", node, &mut host.params)?;
                false
            }
        };
        if repeated {
            return Err(node.key.bad(Reason::RepeatedKey));
        }
    }
    Ok(host)
}

/// Adds what nodes say as parameters: a known key by its name, else its path below the description.
fn flatten(section: Section, path: &str, nodes: &[Node], out: &mut Vec<Param>) -> Result<(), Unreadable> {
    for node in nodes {
        flatten_one(section, path, node, out)?;
    }
    Ok(())
}

fn flatten_one(section: Section, path: &str, node: &Node, out: &mut Vec<Param>) -> Result<(), Unreadable> {
    // In a description every container has its own place.
    if path.is_empty() && CONTAINERS.iter().any(|container| node.is(container)) {
        return Err(node.key.bad(Reason::BadKey));
    }
    let name = node.key.text.to_ascii_lowercase();
    match &node.value {
        Value::Text(text) => out.push(param(section, path, &name, text.text)),
        Value::Nodes(nodes) => flatten(section, &[path, &name, "/"].concat(), nodes, out)?,
    }
    Ok(())
}

fn param(section: Section, path: &str, name: &str, value: &str) -> Param {
    let direct = section == Section::Description && path.is_empty() || section != Section::Description && path.matches('/').count() == 1;
    match keys::in_section(section, name).filter(|_| direct) {
        Some(key) => Param::new(key.name, Some(key.read(value))),
        // A plain name would be read as that of another section.
        None if path.is_empty() && (keys::named(name).is_some() || name == SERVICE) => Param::new(["description/", name].concat(), Some(value.to_owned())),
        None => Param::new([path, name].concat(), Some(value.to_owned())),
    }
}
