//! PostgreSQL: `postgresql://…` and `key=value` as its own library reads them, and the `jdbc:` form of its driver.

use super::postgres_pairs;
use crate::address;
use crate::cursor::Piece;
use crate::known::POSTGRES;
use crate::parts::{Bad, Done, Host, Param, Parts, Reason, move_into};
use crate::percent::Plus;
use crate::text::{fresh, given, has, is_word, listed, lists, put, put_filled, write_number};
use crate::uri::{self, BASE, Bare, Empty, Found, Grammar, Path, drop_nothing, take, tell_socket};
use crate::{Dialect, Way, ado, write};

pub const DIALECT: Dialect = Dialect {
    name: "postgres",
    forms: &["uri", "kv", "jdbc", "ado"],
    ways: &[
        Way::Table(&URI),
        Way::Own(postgres_pairs::read, postgres_pairs::build),
        Way::Own(jdbc, build_jdbc),
        Way::Own(ado::read, |parts, out| {
            ado::build(parts, ["Host", "Port", "Database", "Username", "Password"], out)
        }),
    ],
    detect,
    schemes: &[URI.schemes, "jdbc"],
    free_forms: "",
};

fn detect(text: &str) -> usize {
    // Blanks before a scheme, and a scheme in another case, are for the reader of URIs to refuse.
    let text = Piece::new(text).trim();
    let (scheme, rest) = text.until(":");
    if text.strip_any_case("jdbc:").is_some() {
        2
    } else if rest.begins("://") && listed(URI.schemes, scheme.text).is_some() {
        0
    } else if ado::begins(text) && !is_pairs(text) {
        3
    } else {
        1
    }
}

/// Whether a text of keys and values is the library's own kind. That parts them by blanks, .NET's by semicolons.
fn is_pairs(text: Piece) -> bool {
    let (first, mut rest) = text.halves("=");
    while let Some((value, after)) = rest.and_then(|rest| rest.split("=")) {
        if let Some((before, key)) = value.trim().split_last(" \t\r\n")
            && before.trim().strip_end(b';').is_none()
            && lists(POSTGRES, key.text)
        {
            return true;
        }
        rest = Some(after);
    }
    let after = text.until(";").1;
    lists(POSTGRES, first.trim().text)
        && (after.is_empty() || after.text.len() > 1 && after.find("=").is_none())
}

const URI: Grammar = Grammar {
    schemes: "postgresql postgres",
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
    keys: POSTGRES,
    settle: |found| {
        equals_once(found)?;
        known_keys(found)?;
        settle(found)
    },
    prepare,
    ..BASE
};

const JDBC: Grammar = Grammar {
    schemes: "jdbc:postgresql",
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
    ..BASE
};

/// By way of another driver, which takes the same addresses.
const WRAPPED: &str = "jdbc:aws-wrapper:postgresql";

fn jdbc(text: Piece, parts: &mut Parts) -> Done {
    let mut found = None;
    for scheme in [JDBC.schemes, WRAPPED] {
        if let Some(rest) = text.strip(scheme).and_then(|rest| rest.strip(":")) {
            put(&mut parts.scheme, scheme);
            found = Some(rest);
        }
    }
    let Some(rest) = found else { return Err(text.bad(Reason::UnknownScheme)) };
    let (server, query) = rest.until_params();
    let place = match server.text {
        // Slashes alone say nothing.
        "" | "/" | "//" | "///" => server.cut(0).0,
        _ => server,
    };
    if place.begins("/") && !place.begins("//") {
        return Err(place.bad(Reason::SlashesMissing));
    }
    address::one_at(place)?;
    // The parameters are read here, for a semicolon may begin them as well.
    uri::after_scheme(&Grammar { slashes_required: false, settle: BASE.settle, ..JDBC }, place, parts)?;
    let mut found = Found { parts, places: Vec::new(), hosts: server, path: server };
    let (between, query) = query.params();
    uri::params(&JDBC, query, between, &mut found)?;
    for param in &mut found.parts.params {
        if let Some(name) = listed("user password", &param.name) {
            param.name = name.to_owned();
        }
    }
    settle(&mut found)
}

fn build_jdbc(parts: &mut Parts, out: &mut String) -> Done {
    // The driver decodes nothing in the authority.
    if parts.hosts.iter().any(|host| {
        host.socket.is_some() || has(given(&host.host), BASE.host_refused) || has(given(&host.host), "/#?")
    }) {
        let mut params = host_params(&parts.hosts);
        params.append(&mut parts.params);
        parts.params = params;
        parts.hosts.clear();
    }
    prepare(parts);
    move_into(&mut parts.params, "password", &mut parts.password);
    move_into(&mut parts.params, "user", &mut parts.user);
    write::scheme(parts, JDBC.schemes, out);
    write::after_slashes(&JDBC, parts, out);
    Ok(())
}

/// What a list says of each host.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Name,
    Address,
    Port,
}

/// The hosts as the keys that name them.
pub fn host_params(hosts: &[Host]) -> Vec<Param> {
    let mut params = Vec::new();
    // One port serves all.
    let ports = if hosts.iter().all(|host| host.port == hosts[0].port) {
        hosts.get(..1).unwrap_or(hosts)
    } else {
        hosts
    };
    // Commas alone say how many there are.
    for (name, hosts, said, always) in [
        ("port", ports, Said::Port, false),
        ("hostaddr", hosts, Said::Address, false),
        ("host", hosts, Said::Name, hosts.len() > 1),
    ] {
        let mut list = None;
        join(hosts, said, always, &mut list);
        move_into(&mut params, name, &mut list);
    }
    params
}

/// Something of each host, with commas between; without `always`, it is absent where no host has it.
#[inline(never)]
fn join(hosts: &[Host], said: Said, always: bool, part: &mut Option<String>) {
    let mut any = always;
    let list = fresh(part);
    for (place, host) in hosts.iter().enumerate() {
        if place > 0 {
            list.push(',');
        }
        let text = match said {
            Said::Name if host.socket.is_some() => &host.socket,
            Said::Name => &host.host,
            Said::Address => &host.hostaddr,
            Said::Port => {
                if let Some(port) = host.port {
                    any = true;
                    write_number(u64::from(port), list);
                }
                continue;
            }
        };
        any |= text.is_some();
        list.push_str(given(text));
    }
    if !any {
        *part = None;
    }
}

fn equals_once(found: &mut Found) -> Done {
    for (param, piece) in found.parts.params.iter().zip(&found.places) {
        if let Some(value) = piece.halves("=").1
            && (!found.parts.lenient || lists(POSTGRES, &param.name))
        {
            value.refuse("=", Reason::StrayEquals)?;
        }
    }
    Ok(())
}

/// Refuses unknown keys, or leniently only those that are no word; the last of a repeated one counts. `ssl=true` is an old spelling of `sslmode=require`.
#[inline(never)]
pub fn known_keys(found: &mut Found) -> Done {
    let Parts { params, lenient, .. } = &mut *found.parts;
    let mut kept = 0;
    for place in 0..params.len() {
        let param = &mut params[place];
        if param.name == "ssl" && given(&param.value) == "true" {
            param.name.push_str("mode");
            put(&mut param.value, "require");
        }
        // What is no word could hide an address with its password.
        let known = lists(POSTGRES, &param.name) || *lenient && is_word(&param.name, "_-.");
        if !known {
            return Err(found.places[place].bad(Reason::UnknownKey));
        }
        // There are few keys, so this search is short.
        let mut earlier = 0;
        while earlier < kept && params[earlier].name != params[place].name {
            earlier += 1;
        }
        params.swap(earlier, place);
        if earlier == kept {
            found.places.swap(kept, place);
            kept += 1;
        }
    }
    params.truncate(kept);
    found.places.truncate(kept);
    Ok(())
}

/// What stands under a key becomes the part that it names. A host list goes with a list of ports.
#[inline(never)]
pub fn settle(found: &mut Found) -> Done {
    let Found { parts, places, hosts: place, .. } = found;
    let Parts { params, hosts, user, password, database, .. } = &mut **parts;
    let mut place = *place;
    for (name, part) in [("user", user), ("password", password), ("dbname", database)] {
        take(params, places, name, part);
    }
    let (mut names, mut ports, mut addresses) = (None, None, None);
    // A comma that was encoded parts hosts as well: the library splits after decoding.
    join(hosts, Said::Name, hosts.len() > 1, &mut names);
    join(hosts, Said::Port, hosts.len() > 1, &mut ports);
    for (name, list) in [("host", &mut names), ("port", &mut ports)] {
        place = take(params, places, name, list).unwrap_or(place);
    }
    take(params, places, "hostaddr", &mut addresses);
    hosts.clear();
    zip(&pieces(&names), &pieces(&ports), &pieces(&addresses), hosts).map_err(|reason| place.bad(reason))
}

fn pieces(list: &Option<String>) -> Vec<Piece<'_>> {
    match list {
        Some(list) => Piece::new(list).pieces(","),
        None => Vec::new(),
    }
}

/// One port serves all hosts; otherwise there is one, or an empty place, for each.
fn zip(names: &[Piece], ports: &[Piece], addresses: &[Piece], hosts: &mut Vec<Host>) -> Result<(), Reason> {
    let count = match names.len().max(addresses.len()) {
        0 => ports.len(),
        count => count,
    };
    for length in [names.len(), addresses.len(), if ports.len() == 1 { 0 } else { ports.len() }] {
        if length != 0 && length != count {
            return Err(Reason::PortCount);
        }
    }
    for place in 0..count {
        let mut host = Host::default();
        for (list, part) in [(names, &mut host.host), (addresses, &mut host.hostaddr)] {
            if let Some(piece) = list.get(place) {
                put_filled(part, piece.text);
            }
        }
        if let Some(port) = ports.get(if ports.len() == 1 { 0 } else { place }) {
            let port = port.trim();
            if !port.is_empty() {
                address::port(port, 1, &mut host.port).map_err(Bad::reason)?;
            }
        }
        tell_socket(&mut host);
        hosts.push(host);
    }
    drop_nothing(hosts);
    Ok(())
}

/// What the authority cannot say goes into the query: addresses, and what is there but empty.
fn prepare(parts: &mut Parts) {
    let mut addresses = None;
    join(&parts.hosts, Said::Address, false, &mut addresses);
    move_into(&mut parts.params, "hostaddr", &mut addresses);
    if parts.database.as_deref() == Some("") {
        move_into(&mut parts.params, "dbname", &mut parts.database);
    }
    if parts.password.as_deref() == Some("") || parts.user.as_deref() == Some("") {
        move_into(&mut parts.params, "password", &mut parts.password);
        move_into(&mut parts.params, "user", &mut parts.user);
    }
}
