//! Easy connect: `[protocol://]host[,host]…[:port][;…]/service[:server][/instance][?key=value&…]`

use super::keys::{self, Easy, PREFIX};
use super::tree::is_key;
use super::{LIST, PROTOCOLS, check_server, not_writable, protocol};
use crate::address;
use crate::cursor::{Cursor, Piece};
use crate::parts::{Bad, Done, Host, Param, Parts, Reason, add};
use crate::text::{all, given, has, is_digit, is_letter, lists, put, shown, write_all};
use crate::write;

pub(super) fn in_name(byte: u8) -> bool {
    is_key(byte) || byte == b'-' || !byte.is_ascii()
}

pub(super) fn read(text: Piece, parts: &mut Parts) -> Done {
    let text = text.trim();
    let mut named = None;
    let word = Cursor::new(text).take_while(|byte| is_letter(byte) || byte == b'-' || byte == b'_');
    let mut rest = text;
    if let Some(after) = text.skip(word.text.len()).strip("://") {
        put(&mut named, protocol(word)?);
        rest = after;
    } else if let Some(after) = text.strip("//") {
        rest = after;
    }
    let mut cursor = Cursor::new(rest);
    if !cursor.sees(b'/') {
        read_hosts(&mut cursor, &named, &mut parts.hosts)?;
    }
    if !cursor.eat(b'/') {
        // Behind a scheme, a host alone is no name that is looked up.
        if cursor.at_end() && parts.scheme.is_some() {
            return Ok(());
        }
        return Err(cursor.bad(if cursor.at_end() {
            Reason::DatabaseMissing
        } else {
            Reason::HostCharacter
        }));
    }
    read_service(&mut cursor, parts)?;
    let mut mark = b'?';
    while cursor.eat(mark) {
        mark = b'&';
        read_param(&mut cursor, parts)?;
    }
    if cursor.at_end() { Ok(()) } else { Err(cursor.bad(Reason::TextAfterEnd)) }
}

/// Hosts with `,` between them, and `;` between lists of them.
fn read_hosts(cursor: &mut Cursor, protocol: &Option<String>, hosts: &mut Vec<Host>) -> Done {
    let mut list = 1;
    // A port counts backwards, for the hosts of its list that have none.
    let mut without_port = 0;
    loop {
        let mut host = Host::default();
        put(&mut host.host, read_host(cursor)?.text);
        host.protocol.clone_from(protocol);
        host.params.push(Param::new(LIST, Some(shown(list))));
        hosts.push(host);
        if cursor.eat(b':') {
            let digits = cursor.take_while(is_digit);
            let mut port = None;
            if !digits.is_empty() {
                address::port(digits, 0, &mut port)?;
            }
            for earlier in &mut hosts[without_port..] {
                earlier.port = port;
            }
            without_port = hosts.len();
        }
        if cursor.eat(b';') {
            list += 1;
            without_port = hosts.len();
        } else if !cursor.eat(b',') {
            break;
        }
    }
    if list == 1 {
        // One list needs no number.
        for host in hosts {
            host.params.clear();
        }
    }
    Ok(())
}

fn read_host<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Bad> {
    let begin = cursor.rest();
    if !cursor.eat(b'[') {
        let name = cursor.take_while(in_name);
        return if name.is_empty() { Err(begin.bad(Reason::HostMissing)) } else { Ok(name) };
    }
    let address = cursor.take_until("]");
    if !cursor.eat(b']') {
        return Err(begin.bad(Reason::UnclosedBracket));
    }
    address.refuse("@", Reason::HostCharacter)?;
    if address.is_empty() { Err(address.bad(Reason::HostMissing)) } else { Ok(address) }
}

fn read_service(cursor: &mut Cursor, parts: &mut Parts) -> Done {
    let service = cursor.take_while(in_name);
    if service.is_empty() {
        return Ok(());
    }
    put(&mut parts.database, service.text);
    if cursor.eat(b':') {
        let server = cursor.take_while(is_letter);
        if !server.is_empty() {
            add(&mut parts.params, "server_type", check_server(server)?);
        }
    }
    if cursor.eat(b'/') {
        let instance = cursor.take_while(in_name);
        if instance.is_empty() {
            return Err(instance.bad(Reason::InstanceMissing));
        }
        add(&mut parts.params, "instance_name", instance.text);
    }
    Ok(())
}

fn read_param(cursor: &mut Cursor, Parts { params, lenient, .. }: &mut Parts) -> Done {
    cursor.skip_blanks();
    let word = if *lenient { cursor.take_until("=&").trim() } else { cursor.take_while(is_key) };
    let behind = cursor.rest();
    cursor.skip_blanks();
    if word.is_empty() {
        let missing = cursor.at_end() || cursor.sees(b'=');
        return Err(behind.bad(if missing { Reason::KeyMissing } else { Reason::BadKey }));
    }
    let name = word.text.to_ascii_lowercase();
    let known = keys::in_easy(&name);
    let lenient = *lenient && known.is_none();
    if !cursor.eat(b'=') {
        if lenient {
            params.push(Param::new(name, None));
            return Ok(());
        }
        let missing = cursor.at_end() || cursor.sees(b'&');
        return Err(cursor.bad(if missing { Reason::EqualsMissing } else { Reason::BadKey }));
    }
    cursor.skip_blanks();
    let begin = cursor.rest();
    let value = if lenient {
        cursor.take_until("&").trim().text
    } else if cursor.eat(b'"') {
        let value = cursor.take_until("\"");
        if !cursor.eat(b'"') {
            return Err(begin.bad(Reason::UnclosedQuote));
        }
        cursor.skip_blanks();
        value.text
    } else {
        let value = cursor.take_until("&\"");
        if cursor.sees(b'"') {
            return Err(cursor.bad(Reason::BadValue));
        }
        value.trim().text
    };
    match known {
        Some(key) => add(params, key.name, &key.read(value)),
        None => add(params, &name, value),
    }
    Ok(())
}

pub(super) fn write(parts: &Parts, out: &mut String) -> Done {
    write_hosts(&parts.hosts, out)?;
    out.push('/');
    write_name(given(&parts.database), out)?;
    let mut rest = &parts.params[..];
    if parts.database.is_some() {
        if let Some((param, behind)) = rest.split_first()
            && param.name == "server_type"
        {
            write_all(&[":", check_server(Piece::new(given(&param.value)))?], out);
            rest = behind;
        }
        if let Some((param, behind)) = rest.split_first()
            && param.name == "instance_name"
        {
            if given(&param.value).is_empty() {
                return Err(not_writable());
            }
            out.push('/');
            write_name(given(&param.value), out)?;
            rest = behind;
        }
    }
    let mut mark = '?';
    for param in rest {
        out.push(mark);
        mark = '&';
        write_param(param, out)?;
    }
    Ok(())
}

fn write_name(name: &str, out: &mut String) -> Done {
    out.push_str(name);
    if all(name, in_name) { Ok(()) } else { Err(not_writable()) }
}

fn write_hosts(hosts: &[Host], out: &mut String) -> Done {
    let Some(first) = hosts.first() else { return Ok(()) };
    if let Some(protocol) = &first.protocol {
        if !lists(PROTOCOLS, protocol) {
            return Err(not_writable());
        }
        write_all(&[protocol, "://"], out);
    }
    let shields = shields(hosts);
    for (place, host) in hosts.iter().enumerate() {
        if host.protocol != first.protocol || host.params.iter().any(|param| param.name != LIST) {
            return Err(not_writable());
        }
        let name = given(&host.host);
        if name.is_empty() || has(name, "]") {
            return Err(not_writable());
        }
        write_all(&if all(name, in_name) { ["", name, ""] } else { ["[", name, "]"] }, out);
        write::port(host.port, out);
        if shields[place] {
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

fn write_param(param: &Param, out: &mut String) -> Done {
    let value = given(&param.value);
    if param.name.is_empty() || !all(&param.name, is_key) || has(value, "\"") || param.value.is_none() {
        return Err(not_writable());
    }
    let prefixed = keys::named(&param.name).is_some_and(|key| key.group.easy == Easy::Prefixed);
    let quote = if has(value, "&") || value.trim_ascii() != value { "\"" } else { "" };
    write_all(&[if prefixed { PREFIX } else { "" }, &param.name, "=", quote, value, quote], out);
    Ok(())
}
