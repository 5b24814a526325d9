//! `jdbc:sqlserver://[host[\instance][:port]][;property=value]…`

use super::keys::{self, check_host, only_host, put_address};
use super::pairs::{self, Pair, Quoting, Writer, not_writable};
use super::write_params;
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Parts, Reason, Unreadable};

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

pub(super) fn read(text: Piece) -> Result<Parts, Unreadable> {
    let rest = text.strip_any_case(SCHEME).and_then(|rest| rest.strip(":")).ok_or(text.bad(Reason::UnknownScheme))?;
    let rest = rest.strip("//").ok_or(rest.bad(Reason::SlashesMissing))?;
    let (server, properties) = match rest.find(";") {
        Some(place) => rest.cut(place),
        None => (rest, rest.skip(rest.text.len())),
    };
    let mut parts = Parts { scheme: Some(SCHEME.to_owned()), ..Parts::default() };
    if !server.trim().is_empty() {
        parts.hosts.push(read_server(server.trim())?);
    }
    let mut pairs = Vec::new();
    for Pair { key, value, value_at } in pairs::read(properties, Quoting::Jdbc)? {
        if keys::is_server(&key) {
            put_address(keys::first_host(&mut parts), value.as_deref().unwrap_or("").trim_ascii());
        } else if key.eq_ignore_ascii_case(INSTANCE) {
            keys::first_host(&mut parts).instance = value;
        } else {
            pairs.push(Pair { key: name(key), value, value_at });
        }
    }
    keys::put(pairs, &mut parts)?;
    // The driver does not tell the case of an instance.
    for host in &mut parts.hosts {
        host.instance = host.instance.take().map(|instance| instance.to_ascii_lowercase());
    }
    Ok(parts)
}

/// What the driver calls a property.
fn name(key: String) -> String {
    match SYNONYMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&key)) {
        Some((_, name)) => (*name).to_owned(),
        None => key,
    }
}

/// `host[\instance][:port]`. An IPv6 address stands in brackets.
fn read_server(text: Piece) -> Result<Host, Unreadable> {
    let name_end = match text.strip("[") {
        Some(inside) => inside.find("]").ok_or(text.bad(Reason::UnclosedBracket))? + 2,
        None => text.find("\\:").unwrap_or(text.text.len()),
    };
    let (name, rest) = text.cut(name_end);
    let mut host = Host::default();
    if let Some(place) = name.find("[]").filter(|place| *place > 0 && place + 1 < name.text.len()) {
        return Err(name.bad_at(place, Reason::StrayBracket));
    }
    put_address(&mut host, name.trim().text);
    let rest = match rest.strip("\\") {
        Some(rest) => {
            let (instance, rest) = rest.cut(rest.find(":").unwrap_or(rest.text.len()));
            host.instance = Some(instance.trim().text.to_owned());
            rest
        }
        None => rest,
    };
    match rest.strip(":") {
        Some(port) => host.port = Some(address::port(port.trim(), 1)?),
        None if rest.is_empty() => {}
        None => return Err(rest.bad(Reason::StrayBracket)),
    }
    Ok(host)
}

pub(super) fn write(parts: &Parts) -> Result<String, Unreadable> {
    let host = only_host(parts)?.map(plain).transpose()?;
    let mut out = [SCHEME, "://"].concat();
    let in_front = host.as_ref().is_none_or(stands_in_front);
    if let (Some(host), true) = (&host, in_front) {
        write_server(&mut out, host);
    }
    let mut writer = Writer::new(out, Quoting::Jdbc);
    if let (Some(host), false) = (&host, in_front) {
        write_properties(&mut writer, host)?;
    }
    writer.given("databaseName", parts.database.as_deref())?;
    writer.given("user", parts.user.as_deref())?;
    writer.given("password", parts.password.as_deref())?;
    write_params(parts, writer)
}

/// The host as the driver knows it, which speaks one protocol only.
fn plain(host: &Host) -> Result<Host, Unreadable> {
    check_host(host)?;
    let tcp = matches!(host.protocol.as_deref(), None | Some("tcp"));
    if tcp && host.socket.is_none() { Ok(Host { protocol: None, ..host.clone() }) } else { Err(not_writable()) }
}

/// Whether a host can stand before the properties.
fn stands_in_front(host: &Host) -> bool {
    let mut out = String::new();
    write_server(&mut out, host);
    !out.contains(';') && !out.is_empty() && out.trim_ascii() == out && read_server(Piece::new(&out)).is_ok_and(|read| read == *host)
}

fn write_server(out: &mut String, host: &Host) {
    let name = host.host.as_deref().unwrap_or("");
    let brackets = if name.contains(':') { ["[", "]"] } else { ["", ""] };
    out.push_str(&[brackets[0], name, brackets[1]].concat());
    if let Some(instance) = &host.instance {
        out.push('\\');
        out.push_str(instance);
    }
    if let Some(port) = host.port {
        out.push(':');
        out.push_str(&port.to_string());
    }
}

/// Names that would be read as something else before the properties are properties themselves.
fn write_properties(writer: &mut Writer, host: &Host) -> Result<(), Unreadable> {
    writer.pair("serverName", host.host.as_deref().or(Some("")))?;
    writer.given(INSTANCE, host.instance.as_deref())?;
    writer.given("portNumber", host.port.map(|port| port.to_string()).as_deref())
}
