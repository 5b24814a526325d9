//! PostgreSQL: `postgresql://…` and `key=value` as its own library reads them, and the `jdbc:` form of its driver.

use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};
use crate::percent::Plus;
use crate::postgres_pairs;
use crate::uri::{self, BASE, Bare, Empty, Found, Grammar, Path};
use crate::write;

pub const FORMS: &[&str] = &["uri", "kv", "jdbc"];

/// The keys that the library knows; another one is a mistake.
const KEYS: &str = " application_name channel_binding client_encoding connect_timeout dbname fallback_application_name gssdelegation gssencmode \
gsslib host hostaddr keepalives keepalives_count keepalives_idle keepalives_interval krbsrvname load_balance_hosts max_protocol_version \
min_protocol_version oauth_client_id oauth_client_secret oauth_issuer oauth_scope options passfile password port replication require_auth \
requirepeer scram_client_key scram_server_key service servicefile ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode \
sslcompression sslcrl sslcrldir sslkey sslkeylogfile sslmode sslnegotiation sslpassword sslrootcert sslsni target_session_attrs \
tcp_user_timeout user ";

const URI: Grammar = Grammar {
    schemes: &["postgresql", "postgres"],
    any_case: false,
    // An `@` counts up to the first slash, even behind a question mark.
    user_ends: "/",
    empty_user: Empty::Absent,
    empty_password: Empty::Absent,
    host_ends: "/?",
    hash_is_letter: true,
    several_hosts: true,
    host_refused: "",
    ipv6_checked: false,
    bare: Bare::Bad,
    trims: true,
    settle: |found| {
        equals_once(found)?;
        known_keys(found)?;
        settle(found)
    },
    prepare,
    ..BASE
};

const JDBC: Grammar = Grammar {
    user_here: false,
    host_ends: "/?",
    hash_is_letter: true,
    several_hosts: true,
    host_decoded: false,
    ipv6_checked: false,
    empty_port: Empty::Bad,
    path: Path::Segment,
    path_plus: Plus::Blank,
    plus: Plus::Blank,
    settle,
    prepare: |parts| {
        // The driver decodes nothing in the authority.
        let odd = |host: &Host| {
            host.socket.is_some()
                || host.host.as_deref().is_some_and(|name| name.contains(|letter| BASE.host_refused.contains(letter) || "/#?".contains(letter)))
        };
        if parts.hosts.iter().any(odd) {
            let hosts = host_params(&std::mem::take(&mut parts.hosts));
            parts.params.splice(0..0, hosts);
        }
        prepare(parts);
        into_query(parts, "password", |parts| &mut parts.password);
        into_query(parts, "user", |parts| &mut parts.user);
    },
    ..BASE
};

pub fn detect(text: &str) -> &'static str {
    if text.starts_with("jdbc:") {
        return "jdbc";
    }
    if text.starts_with("postgres://") || text.starts_with("postgresql://") { "uri" } else { "kv" }
}

pub fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    match form {
        "uri" => uri::read(&URI, text),
        "jdbc" => jdbc(Piece::new(text)),
        _ => postgres_pairs::read(Piece::new(text)),
    }
}

pub fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(match form {
        "uri" => write::build(&URI, parts),
        "jdbc" => build_jdbc(parts),
        _ => postgres_pairs::build(parts),
    })
}

fn jdbc(text: Piece) -> Result<Parts, Unreadable> {
    let rest = text.strip("jdbc:postgresql:").ok_or(text.bad(Reason::UnknownScheme))?;
    let (server, query) = rest.cut(rest.find("?").unwrap_or(rest.text.len()));
    let mut parts = match server.text {
        "" | "/" | "//" | "///" => uri::after_slashes(&JDBC, query),
        _ if server.text.starts_with("//") => uri::after_slashes(&JDBC, rest.skip(2)),
        _ => uri::after_scheme(&Grammar { slashes_required: false, ..JDBC }, rest),
    }?;
    parts.scheme = Some("jdbc:postgresql".to_owned());
    Ok(parts)
}

fn build_jdbc(parts: &Parts) -> String {
    let mut parts = parts.clone();
    (JDBC.prepare)(&mut parts);
    let mut out = String::from("jdbc:postgresql://");
    write::after_slashes(&JDBC, &parts, &mut out);
    out
}

/// The hosts as the keys that name them.
pub fn host_params(hosts: &[Host]) -> Vec<Param> {
    let name = |host: &Host| host.socket.clone().or_else(|| host.host.clone());
    let mut params = Vec::new();
    // Commas alone say how many there are.
    let count = Some(",".repeat(hosts.len().saturating_sub(1))).filter(|commas| !commas.is_empty());
    params.extend(listed(hosts, name).or(count).map(|list| Param::new("host", Some(list))));
    params.extend(listed(hosts, |host| host.hostaddr.clone()).map(|list| Param::new("hostaddr", Some(list))));
    params.extend(ports(hosts).map(|list| Param::new("port", Some(list))));
    params
}

/// Something of each host, with commas between; `None` where no host has it.
fn listed(hosts: &[Host], of: impl Fn(&Host) -> Option<String>) -> Option<String> {
    let all: Vec<Option<String>> = hosts.iter().map(of).collect();
    let any = all.iter().any(Option::is_some);
    any.then(|| all.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(","))
}

/// The ports of all hosts; one where they are the same.
fn ports(hosts: &[Host]) -> Option<String> {
    let first = hosts.first()?.port;
    let text = |port: Option<u16>| port.map(|port| port.to_string()).unwrap_or_default();
    if hosts.iter().all(|host| host.port == first) {
        return first.map(|_| text(first));
    }
    listed(hosts, |host| Some(text(host.port)))
}

fn equals_once(found: &mut Found) -> Result<(), Unreadable> {
    for piece in &found.params {
        if let Some((name, value)) = piece.split("=")
            && let Some(place) = value.find("=")
        {
            return Err(piece.bad_at(name.text.len() + 1 + place, Reason::StrayEquals));
        }
    }
    Ok(())
}

/// Refuses unknown keys; the last of a repeated one counts. `ssl=true` is an old spelling of `sslmode=require`.
pub fn known_keys(found: &mut Found) -> Result<(), Unreadable> {
    let mut kept: Vec<Param> = Vec::new();
    let mut places = Vec::new();
    for (mut param, place) in std::mem::take(&mut found.parts.params).into_iter().zip(std::mem::take(&mut found.params)) {
        if param.name == "ssl" && param.value.as_deref() == Some("true") {
            param = Param::new("sslmode", Some("require".to_owned()));
        }
        let known = !param.name.contains(' ') && KEYS.contains(&[" ", &param.name, " "].concat());
        if !known {
            return Err(place.bad(Reason::UnknownKey));
        }
        // There are few keys, so this search is short.
        match kept.iter_mut().find(|other| other.name == param.name) {
            Some(other) => *other = param,
            None => {
                kept.push(param);
                places.push(place);
            }
        }
    }
    found.parts.params = kept;
    found.params = places;
    Ok(())
}

/// What stands under a key becomes the part that it names. A host list goes with a list of ports.
pub fn settle(found: &mut Found) -> Result<(), Unreadable> {
    if let Some((user, _)) = found.take("user") {
        found.parts.user = Some(user);
    }
    if let Some((password, _)) = found.take("password") {
        found.parts.password = Some(password);
    }
    if let Some((database, _)) = found.take("dbname") {
        found.parts.database = Some(database);
    }
    let mut names = Vec::new();
    let mut ports = Vec::new();
    for host in std::mem::take(&mut found.parts.hosts) {
        let name = host.socket.or(host.host).unwrap_or_default();
        // A comma that was encoded parts hosts as well: the library splits after decoding.
        names.extend(name.split(',').map(str::to_owned));
        ports.push(host.port);
    }
    let mut place = found.hosts;
    if let Some((list, at)) = found.take("host") {
        names = list.split(',').map(str::to_owned).collect();
        place = at;
    }
    if let Some((list, at)) = found.take("port") {
        ports = port_list(&list, at)?;
        place = at;
    }
    let addresses: Vec<String> = found.take("hostaddr").map(|(list, _)| list.split(',').map(str::to_owned).collect()).unwrap_or_default();
    found.parts.hosts = zip(&names, &ports, &addresses).ok_or(place.bad(Reason::PortCount))?;
    Ok(())
}

fn port_list(list: &str, at: Piece) -> Result<Vec<Option<u16>>, Unreadable> {
    let mut ports = Vec::new();
    for port in list.split(',') {
        ports.push(match port.trim_ascii() {
            "" => None,
            port => Some(address::port(Piece { text: port, at: at.at }, 1).map_err(|found| at.bad(found.reason))?),
        });
    }
    Ok(ports)
}

/// One port serves all hosts; otherwise there is one, or an empty place, for each.
fn zip(names: &[String], ports: &[Option<u16>], addresses: &[String]) -> Option<Vec<Host>> {
    let count = names.len().max(addresses.len()).max(if names.is_empty() && addresses.is_empty() { ports.len() } else { 0 });
    let fits = |length: usize| length == 0 || length == count;
    if !fits(names.len()) || !fits(addresses.len()) || !(fits(ports.len()) || ports.len() == 1) {
        return None;
    }
    let filled = |list: &[String], place: usize| list.get(place).filter(|text| !text.is_empty()).cloned();
    let mut hosts = Vec::with_capacity(count);
    for place in 0..count {
        let name = filled(names, place);
        let port = if ports.len() == 1 { ports[0] } else { ports.get(place).copied().flatten() };
        let absolute = name.as_deref().is_some_and(|name| name.starts_with('/'));
        let (host, socket) = if absolute { (None, name) } else { (name, None) };
        hosts.push(Host { host, socket, port, hostaddr: filled(addresses, place), ..Host::default() });
    }
    if hosts == [Host::default()] {
        hosts.clear();
    }
    Some(hosts)
}

/// What the authority cannot say goes into the query: addresses, and what is there but empty.
fn prepare(parts: &mut Parts) {
    if let Some(list) = listed(&parts.hosts, |host| host.hostaddr.clone()) {
        parts.params.insert(0, Param::new("hostaddr", Some(list)));
    }
    if parts.database.as_deref() == Some("") {
        into_query(parts, "dbname", |parts| &mut parts.database);
    }
    if parts.password.as_deref() == Some("") || parts.user.as_deref() == Some("") {
        into_query(parts, "password", |parts| &mut parts.password);
        into_query(parts, "user", |parts| &mut parts.user);
    }
}

fn into_query(parts: &mut Parts, name: &str, part: fn(&mut Parts) -> &mut Option<String>) {
    if let Some(value) = part(parts).take() {
        parts.params.insert(0, Param::new(name, Some(value)));
    }
}
