//! The key=value strings of .NET's drivers for MySQL and PostgreSQL: `Server=h;Port=1;User ID=u;Password=p;Database=d`.

use crate::address::{self, is_zoned_ipv6};
use crate::cursor::Piece;
use crate::pairs::{Quoting, value};
use crate::parts::{Done, Host, Param, Parts, Reason};
use crate::text::{fresh, given, is_word, listed, put, shown, write_all};
use crate::write;

/// What the drivers call the parts, in any case and with `_` for a blank: the hosts, the port, the database, and who logs in.
const KEYWORDS: [&str; 5] = [
    "server host data_source datasource addr address network_address",
    "port",
    "database db initial_catalog",
    "user user_id userid user_name username uid",
    "password pwd psw",
];

/// What no name of a host holds.
const REFUSED: &str = " \t\r\n@[]<>\"'\\^`{|}();=/?:";

/// The number of the part that a key names.
#[inline(never)]
fn part(key: Piece) -> Option<usize> {
    let mut name = String::new();
    for word in &key.trim().pieces(" ") {
        write_all(&[if name.is_empty() { "" } else { "_" }, word.text], &mut name);
    }
    KEYWORDS.iter().position(|names| listed(names, &name).is_some())
}

/// Whether a text begins with a key, and one of its keys names a part.
pub fn begins(text: Piece) -> bool {
    is_word(text.until("=").0.text, " \t\r\n_-.")
        && text.pieces(";").iter().any(|pair| pair.split("=").is_some_and(|(key, _)| part(key).is_some()))
}

/// Of a repeated part the last counts.
pub fn read(text: Piece, parts: &mut Parts) -> Done {
    // Of what is read further: a value may be shorter than the text, so only its beginning has a place.
    let (mut servers, mut servers_place) = (String::new(), text);
    let (mut digits, mut digits_place) = (String::new(), text);
    let mut rest = text;
    loop {
        rest = rest.skip(rest.fitting(|byte| byte == b';' || byte.is_ascii_whitespace()));
        if rest.is_empty() {
            break;
        }
        let (key, after) = rest.until("=;");
        let key = key.trim();
        if key.is_empty() || !after.begins("=") {
            return Err(key.bad(if key.is_empty() { Reason::KeyMissing } else { Reason::EqualsMissing }));
        }
        let place = after.skip(1);
        let place = place.skip(place.fitting(|byte| byte.is_ascii_whitespace()));
        let out = match part(key) {
            Some(0) => {
                servers_place = place;
                servers.clear();
                &mut servers
            }
            Some(1) => {
                digits_place = place;
                digits.clear();
                &mut digits
            }
            Some(2) => fresh(&mut parts.database),
            Some(3) => fresh(&mut parts.user),
            Some(_) => fresh(&mut parts.password),
            None => {
                parts.params.push(Param::new(key.text, None));
                let Some(param) = parts.params.last_mut() else { break };
                fresh(&mut param.value)
            }
        };
        rest = value(place, Quoting::Ado, out)?;
    }
    let mut port = None;
    let number = Piece::new(&digits).trim();
    if !number.is_empty() {
        address::port(number, 1, &mut port).map_err(|found| digits_place.bad(found.reason()))?;
    }
    hosts(Piece::new(&servers), &mut parts.hosts).map_err(|found| servers_place.bad(found.reason()))?;
    if parts.hosts.is_empty() && port.is_some() {
        parts.hosts.push(Host::default());
    }
    for host in &mut parts.hosts {
        host.port = host.port.or(port);
    }
    Ok(())
}

/// Hosts with commas between, each with its port; what begins with a slash is a socket.
fn hosts(text: Piece, hosts: &mut Vec<Host>) -> Done {
    for piece in &text.pieces(",") {
        let piece = piece.trim();
        let mut host = Host::default();
        if piece.is_empty() {
            continue;
        }
        if piece.begins("/") {
            piece.refuse(":", Reason::BadSocket)?;
            put(&mut host.socket, piece.text);
        } else {
            let (name, rest) = match piece.strip("[").and_then(|inner| inner.split("]")) {
                Some(halves) => halves,
                // Without brackets an address has no port.
                None => {
                    piece.cut(if is_zoned_ipv6(piece.text) { piece.text.len() } else { piece.place(":") })
                }
            };
            // A password could hide in what is no name.
            name.refuse(if is_zoned_ipv6(name.text) { "@[];=" } else { REFUSED }, Reason::HostCharacter)?;
            if name.is_empty() {
                return Err(name.bad(Reason::HostMissing));
            }
            put(&mut host.host, name.text);
            match rest.strip(":") {
                Some(digits) => address::port(digits, 1, &mut host.port)?,
                None if rest.is_empty() => (),
                None => return Err(rest.bad(Reason::StrayBracket)),
            }
        }
        hosts.push(host);
    }
    Ok(())
}

/// Writes parts under the keys that one driver prefers, in the order of the keywords.
pub fn build(
    parts: &mut Parts,
    [server, port, database, user, password]: [&str; 5],
    out: &mut String,
) -> Done {
    let number = parts.hosts.first().and_then(|host| host.port);
    let common = parts.hosts.iter().all(|host| host.port == number);
    let mut servers = String::new();
    for host in &mut parts.hosts {
        if common {
            host.port = None;
        }
        if host.socket.is_some() {
            host.host = host.socket.take();
        }
        servers.push_str(if servers.is_empty() { "" } else { "," });
        write::plain_host(host, &mut servers);
    }
    if !servers.is_empty() {
        pair(server, &servers, out);
    }
    if let Some(number) = number.filter(|_| common) {
        pair(port, &shown(u64::from(number)), out);
    }
    for (key, part) in [(database, &parts.database), (user, &parts.user), (password, &parts.password)] {
        if let Some(text) = part {
            pair(key, text, out);
        }
    }
    for param in &parts.params {
        pair(&param.name, given(&param.value), out);
    }
    Ok(())
}

/// A pair, in quotes where the value is more than a word. What cannot be said so is found out when it is read back.
#[inline(never)]
fn pair(key: &str, value: &str, out: &mut String) {
    let quote = if is_word(value, "._-:/,@+*!$%&[]\\") { "" } else { "\"" };
    write_all(&[if out.is_empty() { "" } else { ";" }, key, "=", quote], out);
    for (place, piece) in Piece::new(value).pieces("\"").iter().enumerate() {
        write_all(&[if place > 0 { "\"\"" } else { "" }, piece.text], out);
    }
    out.push_str(quote);
}
