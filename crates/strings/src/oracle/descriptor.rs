//! What a connect descriptor says, as parts.

use super::keys::{self, Section};
use super::tree::{self, Node, first, is_container};
use super::{LIST, SERVICE, check_server, protocol, several};
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Done, Host, Param, Parts, Reason, add};
use crate::text::{is_word, joined, listed, put, put_filled, shown};

/// What the sections of a description hold, in the order in which they are written. The first two are what easy connect writes
/// before its other parameters.
const SERVER: usize = 0;
const INSTANCE: usize = 1;
const LISTS: usize = 2;
const DESCRIPTION: usize = 3;
const ADDRESS: usize = 4;
const CONNECT_DATA: usize = 5;
const SECURITY: usize = 6;

#[derive(Default)]
struct Reading {
    parts: Parts,
    params: [Vec<Param>; 7],
}

/// A text without the blanks round it, and without the name that an entry of a file of names has before its descriptor.
pub(super) fn entry(text: Piece<'_>) -> Piece<'_> {
    let text = text.trim();
    let (before, descriptor) = text.until("(");
    match before.trim().strip_end(b'=') {
        Some(name) if is_word(name.text, "-_., ") => descriptor,
        _ => text,
    }
}

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let nodes = tree::read(entry(text))?;
    let mut outer = Vec::new();
    let mut all = Vec::new();
    if let Some((root, inner, _)) = first(&nodes) {
        if root.is("description_list") {
            let mut rest = inner;
            while let Some((node, inner, behind)) = first(rest) {
                rest = behind;
                if node.is("description") {
                    description(node, inner, &mut all)?;
                } else {
                    flatten_one(Section::Description, "description_list/", (node, inner), &mut outer)?;
                }
            }
        } else {
            description(root, if root.is("description") { inner } else { &nodes }, &mut all)?;
        }
        if all.is_empty() {
            return Err(root.key.bad(Reason::AddressMissing));
        }
    }
    several::join(all, parts);
    outer.append(&mut parts.params);
    parts.params = outer;
    Ok(())
}

fn description(whole: &Node, nodes: &[Node], all: &mut Vec<Parts>) -> Done {
    let mut reading = Reading::default();
    reading.description(nodes)?;
    if reading.parts.hosts.is_empty() {
        return Err(whole.key.bad(Reason::AddressMissing));
    }
    if let [host] = &mut reading.parts.hosts[..] {
        // What the only address says holds for all.
        reading.params[ADDRESS].append(&mut host.params);
    }
    for mut params in reading.params {
        reading.parts.params.append(&mut params);
    }
    all.push(reading.parts);
    Ok(())
}

impl Reading {
    fn description(&mut self, nodes: &[Node]) -> Done {
        // Addresses without a list are one. Of several lists each host tells its own, and the first host of a list what the list says.
        let (mut groups, mut lists) = (0_u64, 0);
        let mut rest = nodes;
        while let Some((node, _, behind)) = first(rest) {
            rest = behind;
            lists += u64::from(node.is("address_list"));
            groups += u64::from(node.is("address") || node.is("address_list"));
        }
        let one = lists == 0 || groups == 1;
        groups = 0;
        rest = nodes;
        while let Some((node, inner, behind)) = first(rest) {
            rest = behind;
            if node.is("address") || node.is("address_list") {
                groups += 1;
                let begin = self.parts.hosts.len();
                let mut said = Vec::new();
                if node.is("address") {
                    host(node, inner, &mut self.parts.hosts)?;
                } else {
                    list(node, inner, &mut self.parts.hosts, &mut said)?;
                }
                if one {
                    self.params[LISTS].append(&mut said);
                } else {
                    number(&mut self.parts.hosts[begin..], groups, said);
                }
            } else if node.is("connect_data") {
                self.connect_data(inner)?;
            } else if node.is("security") {
                flatten(Section::Security, "security/", inner, &mut self.params[SECURITY])?;
            } else {
                flatten_one(Section::Description, "", (node, inner), &mut self.params[DESCRIPTION])?;
            }
        }
        Ok(())
    }

    fn connect_data(&mut self, nodes: &[Node]) -> Done {
        let mut rest = nodes;
        while let Some((node, inner, behind)) = first(rest) {
            rest = behind;
            match (node.value, listed("service_name server instance_name", node.key.text)) {
                // The service is the database.
                (Some(text), Some(SERVICE)) if self.parts.database.is_none() => {
                    put_filled(&mut self.parts.database, text.text)
                }
                (Some(text), Some(SERVICE)) => {
                    add(&mut self.params[CONNECT_DATA], "connect_data/service_name", text.text)
                }
                (Some(text), Some("server")) if !text.is_empty() => {
                    add(&mut self.params[SERVER], "server_type", check_server(text)?)
                }
                (Some(text), Some(name @ "instance_name")) => {
                    add(&mut self.params[INSTANCE], name, text.text)
                }
                _ => flatten_one(
                    Section::ConnectData,
                    "connect_data/",
                    (node, inner),
                    &mut self.params[CONNECT_DATA],
                )?,
            }
        }
        Ok(())
    }
}

/// Gives hosts the number of their list, and the first of them what else the list says.
fn number(hosts: &mut [Host], list: u64, mut said: Vec<Param>) {
    if let Some(host) = hosts.first_mut() {
        said.append(&mut host.params);
        host.params = said;
    }
    for host in hosts {
        host.params.insert(0, Param::new(LIST, Some(shown(list))));
    }
}

/// The hosts of an address list, and what else it says.
fn list(list: &Node, nodes: &[Node], hosts: &mut Vec<Host>, said: &mut Vec<Param>) -> Done {
    let begin = hosts.len();
    let mut rest = nodes;
    while let Some((node, inner, behind)) = first(rest) {
        rest = behind;
        if node.is("address") {
            host(node, inner, hosts)?;
        } else {
            flatten_one(Section::Description, "address_list/", (node, inner), said)?;
        }
    }
    if hosts.len() == begin { Err(list.key.bad(Reason::AddressMissing)) } else { Ok(()) }
}

#[inline(never)]
fn host(address: &Node, nodes: &[Node], hosts: &mut Vec<Host>) -> Done {
    if nodes.is_empty() {
        return Err(address.key.bad(Reason::AddressMissing));
    }
    let mut host = Host::default();
    let mut rest = nodes;
    while let Some((node, inner, behind)) = first(rest) {
        rest = behind;
        let again;
        match (node.value, listed("host port protocol", node.key.text)) {
            // Nothing behind the `=` is no host.
            (Some(text), Some(_)) if text.is_empty() => continue,
            (Some(text), Some("host")) => {
                again = host.host.is_some();
                put(&mut host.host, text.text);
            }
            (Some(text), Some("port")) => {
                again = host.port.is_some();
                address::port(text, 0, &mut host.port)?;
            }
            (Some(text), Some(_)) => {
                again = host.protocol.is_some();
                put(&mut host.protocol, protocol(text)?);
            }
            _ => {
                flatten_one(Section::Address, "address/", (node, inner), &mut host.params)?;
                continue;
            }
        }
        if again {
            return Err(node.key.bad(Reason::RepeatedKey));
        }
    }
    hosts.push(host);
    Ok(())
}

/// Adds what nodes say as parameters: a known key by its name, else its path below the description.
fn flatten(section: Section, path: &str, nodes: &[Node], out: &mut Vec<Param>) -> Done {
    let mut rest = nodes;
    while let Some((node, inner, behind)) = first(rest) {
        rest = behind;
        flatten_one(section, path, (node, inner), out)?;
    }
    Ok(())
}

#[inline(never)]
fn flatten_one(section: Section, path: &str, (node, inner): (&Node, &[Node]), out: &mut Vec<Param>) -> Done {
    // In a description every container has its own place.
    if path.is_empty() && is_container(node.key.text) {
        return Err(node.key.bad(Reason::BadKey));
    }
    let name = node.key.text.to_ascii_lowercase();
    match node.value {
        Some(text) => param(section, path, &name, text.text, out),
        None => flatten(section, &joined(&[path, &name, "/"]), inner, out)?,
    }
    Ok(())
}

fn param(section: Section, path: &str, name: &str, value: &str, out: &mut Vec<Param>) {
    let direct = if section == Section::Description {
        path.is_empty()
    } else {
        Piece::new(path).halves("/").1.is_some_and(Piece::is_empty)
    };
    match keys::in_section(section, name).filter(|_| direct) {
        Some(key) => add(out, key.name, &key.read(value)),
        None => {
            // A plain name would be read as that of another section.
            let plain = path.is_empty() && (keys::named(name).is_some() || name == SERVICE);
            add(out, &joined(&[path, if plain { "description/" } else { "" }, name]), value);
        }
    }
}
