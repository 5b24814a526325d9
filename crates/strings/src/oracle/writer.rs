//! Writes parts as a connect descriptor.

use super::keys::{self, Section};
use super::tree::{DEEPEST, LONGEST_KEY, is_container, is_key};
use super::{LIST, not_writable, several};
use crate::cursor::Piece;
use crate::parts::{Bad, Done, Host, Param, Parts, Reason};
use crate::text::{all, given, has, shown, write_all};

/// A parameter, and its path below its section.
struct Said<'a> {
    path: &'a str,
    param: &'a Param,
}

/// Where parameters go: the containers of a descriptor, by the names that begin a path.
const SECTIONS: [&str; 5] = ["description", "address", "connect_data", "security", "address_list"];
const DESCRIPTION: usize = 0;
const ADDRESS: usize = 1;
const CONNECT_DATA: usize = 2;
const SECURITY: usize = 3;
const LISTS: usize = 4;

type Sections<'a> = [Vec<Said<'a>>; 5];

const OUTER: &str = "description_list/";

pub(super) fn write(parts: &Parts, out: &mut String) -> Done {
    if parts.hosts.is_empty() {
        return Err(Bad::nowhere(Reason::AddressMissing));
    }
    let mut said = Vec::new();
    let mut inner = Parts {
        hosts: parts.hosts.clone(),
        database: parts.database.clone(),
        later_databases: parts.later_databases.clone(),
        ..Parts::default()
    };
    for param in &parts.params {
        match param.name.strip_prefix(OUTER) {
            Some(path) => said.push(Said { path, param }),
            None => inner.params.push(param.clone()),
        }
    }
    let all = several::split(&inner)?;
    let mut tree = Tree { out, depth: 0 };
    if !said.is_empty() || all.len() > 1 {
        tree.open("description_list")?;
        tree.all(&said)?;
    }
    for description in &all {
        write_description(&mut tree, description)?;
    }
    while tree.depth > 0 {
        tree.close();
    }
    Ok(())
}

fn write_description(tree: &mut Tree, parts: &Parts) -> Done {
    let sections = sort(&parts.params)?;
    tree.open("description")?;
    tree.all(&sections[DESCRIPTION])?;
    write_lists(tree, &parts.hosts, &sections)?;
    if parts.database.is_some() || !sections[CONNECT_DATA].is_empty() {
        tree.open("connect_data")?;
        tree.given("service_name", &parts.database)?;
        tree.all(&sections[CONNECT_DATA])?;
        tree.close();
    }
    if !sections[SECURITY].is_empty() {
        tree.open("security")?;
        tree.all(&sections[SECURITY])?;
        tree.close();
    }
    tree.close();
    Ok(())
}

/// Finds the section of each parameter.
fn sort(params: &[Param]) -> Result<Sections<'_>, Bad> {
    let mut sections = Sections::default();
    for param in params {
        let mut place = DESCRIPTION;
        let mut path = param.name.as_str();
        if let Some(key) = keys::named(path) {
            path = key.written();
            place = match key.group.section {
                Section::Description => DESCRIPTION,
                Section::Address => ADDRESS,
                Section::ConnectData => CONNECT_DATA,
                Section::Security => SECURITY,
                Section::Client => return Err(not_writable()),
            };
        } else if let Some((section, rest)) = Piece::new(path).split("/")
            && let Some(known) = SECTIONS.iter().position(|known| *known == section.text)
        {
            (place, path) = (known, rest.text);
        }
        sections[place].push(Said { path, param });
    }
    Ok(sections)
}

/// The number of the list that a host stands in, where there are several.
fn list(host: &Host) -> &str {
    let param = host.params.iter().find(|param| param.name == LIST);
    param.map_or("", |param| given(&param.value))
}

fn write_lists(tree: &mut Tree, hosts: &[Host], sections: &Sections) -> Done {
    let mut rest = hosts;
    while let Some(first) = rest.first() {
        let count = rest.iter().position(|host| list(host) != list(first)).unwrap_or(rest.len());
        let (group, behind) = rest.split_at(count);
        rest = behind;
        let listed = group.len() > 1 || !list(first).is_empty() || !sections[LISTS].is_empty();
        if listed {
            tree.open("address_list")?;
            tree.all(&sections[LISTS])?;
            let mut said = Vec::new();
            for param in &first.params {
                if let Some(path) = param.name.strip_prefix("address_list/") {
                    said.push(Said { path, param });
                }
            }
            tree.all(&said)?;
        }
        for host in group {
            write_address(tree, host, &sections[ADDRESS])?;
        }
        if listed {
            tree.close();
        }
    }
    Ok(())
}

fn write_address(tree: &mut Tree, host: &Host, shared: &[Said]) -> Done {
    if host.socket.is_some()
        || host.user.is_some()
        || host.password.is_some()
        || host.hostaddr.is_some()
        || host.instance.is_some()
    {
        return Err(not_writable());
    }
    tree.open("address")?;
    tree.given("protocol", &host.protocol)?;
    tree.given("host", &host.host)?;
    if let Some(port) = host.port {
        tree.leaf("port", &shown(u64::from(port)))?;
    } else if host.host.is_none() && host.protocol.is_none() {
        // An address holds something, be it an empty host.
        tree.leaf("host", "")?;
    }
    tree.all(shared)?;
    for param in &host.params {
        if let Some(key) = keys::named(&param.name).filter(|key| key.group.section == Section::Address) {
            tree.all(&[Said { path: key.written(), param }])?;
        } else if let Some(path) = param.name.strip_prefix("address/") {
            tree.all(&[Said { path, param }])?;
        } else if param.name != LIST && !param.name.starts_with("address_list/") {
            return Err(not_writable());
        }
    }
    tree.close();
    Ok(())
}

/// A descriptor as it grows: nodes with the same path one after the other share their containers.
struct Tree<'o> {
    out: &'o mut String,
    depth: usize,
}

impl Tree<'_> {
    #[inline(never)]
    fn open(&mut self, key: &str) -> Done {
        if key.is_empty() || key.len() > LONGEST_KEY || !all(key, is_key) || self.depth > DEEPEST {
            return Err(not_writable());
        }
        self.depth += 1;
        self.out.push('(');
        for byte in key.bytes() {
            self.out.push(char::from(byte.to_ascii_uppercase()));
        }
        self.out.push('=');
        Ok(())
    }

    #[inline(never)]
    fn close(&mut self) {
        self.depth -= 1;
        self.out.push(')');
    }

    #[inline(never)]
    fn leaf(&mut self, key: &str, value: &str) -> Done {
        if !value.is_empty() && is_container(key) || has(value, "\"") {
            return Err(not_writable());
        }
        self.open(key)?;
        let quote = if has(value, "()") || value.trim_ascii() != value { "\"" } else { "" };
        write_all(&[quote, value, quote], self.out);
        self.close();
        Ok(())
    }

    fn given(&mut self, key: &str, value: &Option<String>) -> Done {
        match value {
            Some(value) => self.leaf(key, value),
            None => Ok(()),
        }
    }

    #[inline(never)]
    fn all(&mut self, said: &[Said]) -> Done {
        let mut open: Vec<Piece> = Vec::new();
        for Said { path, param } in said {
            let mut containers = Piece::new(path).pieces("/");
            let key = containers.pop().map_or("", |key| key.text);
            let mut same = 0;
            while same < open.len() && same < containers.len() && open[same].text == containers[same].text {
                same += 1;
            }
            while open.len() > same {
                open.pop();
                self.close();
            }
            for container in &containers[same..] {
                self.open(container.text)?;
                open.push(*container);
            }
            let Some(value) = &param.value else { return Err(not_writable()) };
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
}
