//! The lists of Redis' .NET client: `host:port,host2,key=value`.

use super::redis::TCP;
use crate::address;
use crate::cursor::Piece;
use crate::parts::{Done, Host, Parts, Reason, add};
use crate::text::{given, is_word, listed, put, same, write_all};
use crate::uri::{self, Grammar};
use crate::write;

/// The keys of a configuration list; another one is a mistake.
const KEYS: &str = "abortconnect allowadmin asynctimeout channelprefix checkcertificaterevocation configchannel configcheckseconds \
connectretry connecttimeout defaultdatabase heartbeatconsistencychecks heartbeatinterval highintegrity highprioritythreads keepalive \
libraryname name password preserveasyncorder protocol proxy resolvedns responsetimeout servicename setlib ssl sslhost sslprotocols \
synctimeout tiebreaker tunnel user version writebuffer";

/// The keys that name a part.
const LOGIN: [&str; 3] = ["user", "password", "defaultDatabase"];

const ENDPOINT: Grammar = Grammar {
    several_hosts: false,
    host_decoded: false,
    host_refused: " \t\r\n/@[]<>\"\\^`{|}=;",
    least_port: 0,
    ..TCP
};

pub fn read(text: Piece, parts: &mut Parts) -> Done {
    for piece in &text.pieces(",") {
        let piece = piece.trim();
        let (name, value) = piece.halves("=");
        match value {
            _ if piece.is_empty() => (),
            Some(value) => keyword(name.trim(), value.trim().text, parts)?,
            None => endpoint(piece, parts)?,
        }
    }
    Ok(())
}

fn keyword(name: Piece, value: &str, parts: &mut Parts) -> Done {
    if name.is_empty() {
        return Err(name.bad(Reason::KeyMissing));
    }
    for (known, part) in LOGIN.into_iter().zip([&mut parts.user, &mut parts.password, &mut parts.database]) {
        if same(known, name.text) {
            put(part, value);
            return Ok(());
        }
    }
    // `$name=other` renames a command.
    let lenient = parts.lenient && is_word(name.text, "_-. ");
    if !name.begins("$") && listed(KEYS, name.text).is_none() && !lenient {
        return Err(name.bad(Reason::UnknownKey));
    }
    add(&mut parts.params, name.text, value);
    Ok(())
}

fn endpoint(text: Piece, parts: &mut Parts) -> Done {
    let mut host = Host::default();
    if let Some(path) = text.strip("!") {
        if !path.begins("/") {
            return Err(path.bad(Reason::BadSocket));
        }
        put(&mut host.socket, path.text);
    } else if address::is_ipv6(text.text) {
        // An address without brackets has no port.
        put(&mut host.host, text.text);
    } else {
        let mut hosts = Vec::new();
        uri::hosts(&ENDPOINT, text, &mut hosts)?;
        match hosts.pop() {
            Some(one) => host = one,
            None => return Err(text.bad(Reason::HostMissing)),
        }
    }
    parts.hosts.push(host);
    Ok(())
}

pub fn build(parts: &mut Parts, out: &mut String) -> Done {
    for host in &parts.hosts {
        separate(out);
        if let Some(path) = &host.socket {
            write_all(&["!", path], out);
            write::port(host.port, out);
        } else {
            write::plain_host(host, out);
        }
    }
    for (name, part) in LOGIN.iter().zip([&parts.user, &parts.password, &parts.database]) {
        if let Some(value) = part {
            pair(name, value, out);
        }
    }
    for param in &parts.params {
        pair(&param.name, given(&param.value), out);
    }
    Ok(())
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push(',');
    }
}

#[inline(never)]
fn pair(name: &str, value: &str, out: &mut String) {
    separate(out);
    write_all(&[name, "=", value], out);
}
