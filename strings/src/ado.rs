//! The key=value strings of .NET's drivers for MySQL and PostgreSQL: `Server=h;Port=1;User ID=u;Password=p;Database=d`.

use crate::address::{self, is_zoned_ipv6};
use crate::cursor::Piece;
use crate::names::Names;
use crate::pairs::{self, Quoting, Writer};
use crate::parts::{Bad, Done, Host, Param, Parts};
use crate::text::{given, is_word, joined, listed, shown};
use crate::uri::{self, BASE, Grammar};
use crate::write;

/// What the drivers call the parts, in any case and with `_` for a blank: the hosts, the port, the database, and who logs in.
const KEYWORDS: [&str; 5] = [
    "server host data_source datasource addr address network_address",
    "port",
    "database db initial_catalog",
    "user user_id userid user_name username uid",
    "password pwd psw",
];

const HOST: Grammar = Grammar { host_required: true, host_decoded: false, host_refused: " \t\r\n@[]<>\"'\\^`{|}();=,/?", ..BASE };

/// The number of the part that a key names.
#[inline(never)]
fn part(key: Piece) -> Option<usize> {
    let (first, second) = key.trim().halves(" ");
    let name = second.map(|second| joined(&[first.text, "_", second.text]));
    let name = name.as_deref().unwrap_or(first.text);
    KEYWORDS.iter().position(|names| listed(names, name).is_some())
}

/// Whether a text begins with a key, and one of its keys names a part.
pub fn begins(text: Piece) -> bool {
    let word = text.split("=").is_some_and(|(key, _)| is_word(key.text, " \t\r\n_-."));
    word && text.pieces(";").iter().any(|pair| pair.split("=").is_some_and(|(key, _)| part(key).is_some()))
}

/// Of a repeated key the last counts.
pub fn read(text: Piece, parts: &mut Parts) -> Done {
    let pairs = pairs::read(text, Quoting::Ado)?;
    let mut seen = Names::new(pairs.len(), true);
    let mut port = None;
    for pair in &pairs {
        let value = Piece::new(given(&pair.value));
        // The value may be shorter than the text, so only its beginning has a place.
        let placed = |found: Bad| Bad::new(pair.address, found.reason());
        match part(Piece::new(&pair.key)) {
            Some(0) => {
                parts.hosts.clear();
                hosts(value, &mut parts.hosts).map_err(placed)?;
            }
            Some(1) => {
                port = None;
                if !value.is_empty() {
                    address::port(value.trim(), 1, &mut port).map_err(placed)?;
                }
            }
            Some(2) => parts.database.clone_from(&pair.value),
            Some(3) => parts.user.clone_from(&pair.value),
            Some(_) => parts.password.clone_from(&pair.value),
            None => match parts.params.get_mut(seen.number(&pair.key)) {
                Some(earlier) => earlier.value.clone_from(&pair.value),
                None => parts.params.push(Param::new(pair.key.as_str(), pair.value.clone())),
            },
        }
    }
    if parts.hosts.is_empty() && port.is_some() {
        parts.hosts.push(Host::default());
    }
    for host in &mut parts.hosts {
        host.port = host.port.or(port);
    }
    Ok(())
}

/// `host:port` with commas between; what begins with a slash is a socket.
fn hosts(value: Piece, hosts: &mut Vec<Host>) -> Done {
    for piece in &value.pieces(",") {
        let piece = piece.trim();
        if piece.begins("/") || is_zoned_ipv6(piece.text) {
            let mut host = Host { host: Some(piece.text.to_owned()), ..Host::default() };
            uri::tell_socket(&mut host);
            hosts.push(host);
        } else if !piece.is_empty() {
            uri::hosts(&HOST, piece, hosts)?;
        }
    }
    Ok(())
}

/// Writes parts under the keys that one driver prefers, in the order of the keywords.
pub fn build(parts: &Parts, [server, port, database, user, password]: [&str; 5], out: &mut String) -> Done {
    let mut writer = Writer::new(out, Quoting::Ado);
    let common = parts.hosts.first().and_then(|host| host.port);
    let one_port = parts.hosts.iter().all(|host| host.port == common);
    let mut value = String::new();
    for (place, host) in parts.hosts.iter().enumerate() {
        if place > 0 {
            value.push(',');
        }
        match &host.socket {
            _ if !one_port => write::plain_host(host, &mut value),
            Some(socket) => value.push_str(socket),
            None => value.push_str(given(&host.host)),
        }
    }
    if !value.is_empty() {
        writer.pair(server, Some(&value))?;
    }
    if let Some(number) = common.filter(|_| one_port) {
        writer.pair(port, Some(&shown(u64::from(number))))?;
    }
    for (key, part) in [(database, &parts.database), (user, &parts.user), (password, &parts.password)] {
        writer.given(key, part)?;
    }
    for param in &parts.params {
        writer.pair(&param.name, param.value.as_deref())?;
    }
    Ok(())
}
