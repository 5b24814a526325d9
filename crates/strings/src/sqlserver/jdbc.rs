//! `jdbc:sqlserver://[host[\instance][:port]][;property=value]…`

use super::keys::{self, check_host, only_host, put_address};
use super::write_params;
use crate::address;
use crate::cursor::Piece;
use crate::pairs::{self, Quoting, Writer, not_writable};
use crate::parts::{Bad, Done, Host, Parts, Reason};
use crate::text::{given, has, put, same, shown, write_all};
use crate::write;

const SCHEME: &str = "jdbc:sqlserver";

const INSTANCE: &str = "instanceName";

/// Properties that the driver calls by another name, with that name.
const SYNONYMS: &[(&str, &str)] = &[
    ("trusted_connection", "integratedSecurity"),
    ("app", "applicationName"),
    ("application name", "applicationName"),
    ("connecttimeout", "loginTimeout"),
    ("connectiontimeout", "loginTimeout"),
    ("columnencryption", "columnEncryptionSetting"),
    ("quotedid", "quotedIdentifier"),
    ("wsid", "workstationID"),
    ("domainname", "domain"),
    ("realmname", "realm"),
];

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let text = text.trim();
    let Some(rest) = text.strip_any_case("jdbc:sqlserver:") else {
        return Err(text.bad(Reason::UnknownScheme));
    };
    let Some(rest) = rest.strip("//") else { return Err(rest.bad(Reason::SlashesMissing)) };
    put(&mut parts.scheme, SCHEME);
    after_slashes(rest, parts)
}

/// Reads the server and the properties behind it.
pub(super) fn after_slashes(text: Piece, parts: &mut Parts) -> Done {
    let (server, properties) = text.until(";");
    let server = server.trim();
    if !server.is_empty() {
        let mut host = Host::default();
        read_server(server, &mut host)?;
        parts.hosts.push(host);
    }
    let mut pairs = pairs::read(properties, Quoting::Jdbc)?;
    for pair in &mut pairs {
        if keys::is_server(&pair.key) {
            put_address(keys::first_host(parts), given(&pair.value).trim_ascii())
                .map_err(|found| Bad::new(pair.address, found.reason()))?;
        } else if same(&pair.key, INSTANCE) {
            keys::first_host(parts).instance = pair.value.take();
        } else {
            for (known, name) in SYNONYMS {
                if same(known, &pair.key) {
                    pair.key = (*name).to_owned();
                }
            }
        }
    }
    pairs.retain(|pair| !keys::is_server(&pair.key) && !same(&pair.key, INSTANCE));
    keys::put(&pairs, parts)?;
    // The driver does not tell the case of an instance.
    if let Some(instance) = parts.hosts.first_mut().and_then(|host| host.instance.as_mut()) {
        instance.make_ascii_lowercase();
    }
    Ok(())
}

/// `host[\instance][:port]`. An IPv6 address stands in brackets.
fn read_server(text: Piece, host: &mut Host) -> Done {
    let name_end = match text.strip("[") {
        Some(inside) => match inside.find("]") {
            Some(place) => place + 2,
            None => return Err(text.bad(Reason::UnclosedBracket)),
        },
        None => text.place("\\:"),
    };
    let (name, rest) = text.cut(name_end);
    match name.within("[", b']') {
        Some(inside) if !has(inside.text, ":") => return Err(inside.bad(Reason::BadAddress)),
        Some(_) => (),
        None => name.refuse("[]", Reason::StrayBracket)?,
    }
    put_address(host, name.trim().text)?;
    let mut rest = rest;
    if let Some(after) = rest.strip("\\") {
        let (instance, after) = after.until(":");
        put(&mut host.instance, instance.trim().text);
        rest = after;
    }
    match rest.strip(":") {
        Some(port) => address::port(port.trim(), 1, &mut host.port),
        None if rest.is_empty() => Ok(()),
        None => Err(rest.bad(Reason::StrayBracket)),
    }
}

pub(super) fn write(parts: &mut Parts, out: &mut String) -> Done {
    out.push_str("jdbc:sqlserver://");
    let mut server = String::new();
    let mut in_front = true;
    if let Some(host) = only_host(parts)? {
        // The driver speaks one protocol only.
        check_host(host)?;
        if host.socket.is_some() || !matches!(given(&host.protocol), "" | "tcp") {
            return Err(not_writable());
        }
        write_server(host, &mut server);
        in_front = stands_in_front(&server, host);
    }
    if in_front {
        out.push_str(&server);
    }
    let mut writer = Writer::new(out, Quoting::Jdbc);
    if let (Some(host), false) = (parts.hosts.first(), in_front) {
        // Names that would be read as something else before the properties are properties themselves.
        writer.pair("serverName", Some(given(&host.host)))?;
        writer.given(INSTANCE, &host.instance)?;
        writer.given("portNumber", &host.port.map(|port| shown(u64::from(port))))?;
    }
    writer.given("databaseName", &parts.database)?;
    writer.given("user", &parts.user)?;
    writer.given("password", &parts.password)?;
    write_params(parts, writer)
}

/// Whether a host, as it is written, can stand before the properties.
fn stands_in_front(server: &str, host: &Host) -> bool {
    let mut back = Host::default();
    let read = !has(server, ";")
        && !server.is_empty()
        && server.trim_ascii() == server
        && read_server(Piece::new(server), &mut back).is_ok();
    back.protocol.clone_from(&host.protocol);
    read && back == *host
}

fn write_server(host: &Host, out: &mut String) {
    let name = given(&host.host);
    write_all(&if has(name, ":") { ["[", name, "]"] } else { ["", name, ""] }, out);
    if let Some(instance) = &host.instance {
        write_all(&["\\", instance], out);
    }
    write::port(host.port, out);
}
