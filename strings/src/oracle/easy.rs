//! Easy connect: `[protocol://]host[,host]…[:port][;…]/service[:server][/instance][?key=value&…]`

use super::keys::{self, Easy, PREFIX};
use super::{LIST, check_server, not_writable, protocol};
use crate::address;
use crate::cursor::{Cursor, Piece};
use crate::parts::{Host, Param, Parts, Reason, Unreadable};

/// Characters of a name that are no letters and no digits.
const IN_NAMES: &str = "-_.";

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || IN_NAMES.contains(letter) || letter > '\u{7f}'
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '.'
}

/// Reads as long as the letters fit.
fn take<'a>(cursor: &mut Cursor<'a>, fits: fn(char) -> bool) -> Piece<'a> {
    let begin = cursor.rest();
    while cursor.peek().is_some_and(fits) {
        cursor.bump();
    }
    begin.cut(cursor.rest().at - begin.at).0
}

pub(super) fn read(text: Piece) -> Result<Parts, Unreadable> {
    let (protocol, rest) = read_protocol(text.trim())?;
    let mut cursor = Cursor::new(rest);
    let mut parts = Parts { hosts: read_hosts(&mut cursor, protocol.as_deref())?, ..Parts::default() };
    if !cursor.eat('/') {
        let reason = if cursor.at_end() { Reason::DatabaseMissing } else { Reason::HostCharacter };
        return Err(cursor.bad(reason));
    }
    read_service(&mut cursor, &mut parts)?;
    let mut mark = '?';
    while cursor.eat(mark) {
        mark = '&';
        parts.params.push(read_param(&mut cursor)?);
    }
    if cursor.at_end() { Ok(parts) } else { Err(cursor.bad(Reason::TextAfterEnd)) }
}

fn read_protocol(text: Piece) -> Result<(Option<String>, Piece), Unreadable> {
    let mut cursor = Cursor::new(text);
    let word = take(&mut cursor, |letter| letter.is_ascii_alphabetic() || letter == '-' || letter == '_');
    match (cursor.rest().strip("://"), text.strip("//")) {
        (Some(rest), _) => Ok((Some(protocol(word)?), rest)),
        (None, Some(rest)) => Ok((None, rest)),
        (None, None) => Ok((None, text)),
    }
}

/// Hosts with `,` between them, and `;` between lists of them.
fn read_hosts(cursor: &mut Cursor, protocol: Option<&str>) -> Result<Vec<Host>, Unreadable> {
    let mut hosts: Vec<Host> = Vec::new();
    let mut list = 1;
    // A port counts backwards, for the hosts of its list that have none.
    let mut without_port = 0;
    if cursor.peek() == Some('/') {
        return Ok(hosts);
    }
    loop {
        let name = read_host(cursor)?;
        let mut host = Host { host: Some(name), protocol: protocol.map(str::to_owned), ..Host::default() };
        host.params.push(Param::new(LIST, Some(list.to_string())));
        if cursor.eat(':') {
            let digits = take(cursor, |letter| letter.is_ascii_digit());
            host.port = if digits.is_empty() { None } else { Some(address::port(digits, 0)?) };
            for earlier in &mut hosts[without_port..] {
                earlier.port = host.port;
            }
            without_port = hosts.len() + 1;
        }
        hosts.push(host);
        if cursor.eat(';') {
            list += 1;
            without_port = hosts.len();
        } else if !cursor.eat(',') {
            break;
        }
    }
    if list == 1 {
        // One list needs no number.
        for host in &mut hosts {
            host.params.clear();
        }
    }
    Ok(hosts)
}

fn read_host(cursor: &mut Cursor) -> Result<String, Unreadable> {
    let begin = cursor.rest();
    if !cursor.eat('[') {
        let name = take(cursor, is_name);
        return if name.is_empty() { Err(begin.bad(Reason::HostMissing)) } else { Ok(name.text.to_owned()) };
    }
    let address = cursor.take_until("]");
    if !cursor.eat(']') {
        return Err(begin.bad(Reason::UnclosedBracket));
    }
    if address.is_empty() { Err(address.bad(Reason::HostMissing)) } else { Ok(address.text.to_owned()) }
}

fn read_service(cursor: &mut Cursor, parts: &mut Parts) -> Result<(), Unreadable> {
    let service = take(cursor, is_name);
    if service.is_empty() {
        return Ok(());
    }
    parts.database = Some(service.text.to_owned());
    if cursor.eat(':') {
        let server = take(cursor, |letter| letter.is_ascii_alphabetic());
        if !server.is_empty() {
            parts.params.push(Param::new("server_type", Some(check_server(server)?)));
        }
    }
    if cursor.eat('/') {
        let instance = take(cursor, is_name);
        if instance.is_empty() {
            return Err(instance.bad(Reason::InstanceMissing));
        }
        parts.params.push(Param::new("instance_name", Some(instance.text.to_owned())));
    }
    Ok(())
}

fn read_param(cursor: &mut Cursor) -> Result<Param, Unreadable> {
    cursor.skip_blanks();
    let begin = cursor.rest();
    let word = take(cursor, is_word);
    cursor.skip_blanks();
    if word.is_empty() {
        let reason = if cursor.at_end() || cursor.peek() == Some('=') { Reason::KeyMissing } else { Reason::BadKey };
        return Err(begin.bad(reason));
    }
    if !cursor.eat('=') {
        let reason = if cursor.at_end() || cursor.peek() == Some('&') { Reason::EqualsMissing } else { Reason::BadKey };
        return Err(cursor.bad(reason));
    }
    cursor.skip_blanks();
    let value = read_value(cursor)?;
    let name = word.text.to_ascii_lowercase();
    Ok(match keys::in_easy(&name) {
        Some(key) => Param::new(key.name, Some(key.read(value.text))),
        None => Param::new(name, Some(value.text.to_owned())),
    })
}

fn read_value<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Unreadable> {
    let begin = cursor.rest();
    if !cursor.eat('"') {
        let value = cursor.take_until("&\"");
        return if cursor.peek() == Some('"') { Err(cursor.bad(Reason::BadValue)) } else { Ok(value.trim()) };
    }
    let value = cursor.take_until("\"");
    if !cursor.eat('"') {
        return Err(begin.bad(Reason::UnclosedQuote));
    }
    cursor.skip_blanks();
    Ok(value)
}

pub(super) fn write(parts: &Parts) -> Result<String, Unreadable> {
    let mut out = String::new();
    write_hosts(&mut out, &parts.hosts)?;
    out.push('/');
    out.push_str(name(parts.database.as_deref().unwrap_or(""))?);
    let mut rest = parts.params.iter().peekable();
    if parts.database.is_some() {
        if let Some(param) = rest.next_if(|param| param.name == "server_type") {
            out.push(':');
            out.push_str(&check_server(Piece::new(param.value.as_deref().unwrap_or("")))?);
        }
        if let Some(param) = rest.next_if(|param| param.name == "instance_name") {
            out.push('/');
            out.push_str(name(param.value.as_deref().filter(|value| !value.is_empty()).ok_or(not_writable())?)?);
        }
    }
    let mut mark = '?';
    for param in rest {
        out.push(mark);
        mark = '&';
        write_param(&mut out, param)?;
    }
    Ok(out)
}

fn name(text: &str) -> Result<&str, Unreadable> {
    if text.chars().all(is_name) { Ok(text) } else { Err(not_writable()) }
}

fn write_hosts(out: &mut String, hosts: &[Host]) -> Result<(), Unreadable> {
    let Some(first) = hosts.first() else { return Ok(()) };
    match first.protocol.as_deref() {
        None => {}
        Some(protocol @ ("tcp" | "tcps")) => out.push_str(&[protocol, "://"].concat()),
        Some(_) => return Err(not_writable()),
    }
    let shields = shields(hosts);
    for (place, host) in hosts.iter().enumerate() {
        if host.protocol != first.protocol || host.params.iter().any(|param| param.name != LIST) {
            return Err(not_writable());
        }
        write_host(out, host.host.as_deref().unwrap_or(""))?;
        if let Some(port) = host.port {
            out.push(':');
            out.push_str(&port.to_string());
        } else if shields[place] {
            out.push(':');
        }
        if let Some(next) = hosts.get(place + 1) {
            out.push(if next.params == host.params { ',' } else { ';' });
        }
    }
    Ok(())
}

/// Which hosts need a bare colon, since the port of a later host in their list would count for them.
fn shields(hosts: &[Host]) -> Vec<bool> {
    let mut shields = vec![false; hosts.len()];
    let mut later: Option<&Host> = None;
    for (place, host) in hosts.iter().enumerate().rev() {
        if later.is_some_and(|later| later.params != host.params) {
            later = None;
        }
        shields[place] = host.port.is_none() && later.is_some();
        if host.port.is_some() {
            later = Some(host);
        }
    }
    shields
}

fn write_host(out: &mut String, host: &str) -> Result<(), Unreadable> {
    let bracketed = host.contains(|letter| !is_name(letter));
    if host.is_empty() || host.contains(']') {
        return Err(not_writable());
    }
    out.push_str(if bracketed { "[" } else { "" });
    out.push_str(host);
    out.push_str(if bracketed { "]" } else { "" });
    Ok(())
}

fn write_param(out: &mut String, param: &Param) -> Result<(), Unreadable> {
    let value = param.value.as_deref().unwrap_or("");
    if param.name.is_empty() || !param.name.chars().all(is_word) || value.contains('"') || param.value.is_none() {
        return Err(not_writable());
    }
    if keys::named(&param.name).is_some_and(|key| key.easy == Easy::Prefixed) {
        out.push_str(PREFIX);
    }
    out.push_str(&param.name);
    out.push('=');
    let quoted = value.contains('&') || value.trim_ascii() != value;
    out.push_str(if quoted { "\"" } else { "" });
    out.push_str(value);
    out.push_str(if quoted { "\"" } else { "" });
    Ok(())
}
