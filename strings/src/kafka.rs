//! Kafka: a list of `host:port`, each with the name of its protocol where it is a listener's address.

use crate::address;
use crate::cursor::Piece;
use crate::parts::{Host, Parts, Reason, Unreadable};
use crate::write;

pub const FORMS: &[&str] = &["hostlist", "endpoint"];

pub fn detect(_: &str) -> &'static str {
    FORMS[0]
}

pub fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    let mut parts = Parts::default();
    if form == "endpoint" {
        parts.hosts.push(endpoint(whole)?);
        return Ok(parts);
    }
    for piece in whole.pieces(",") {
        let piece = piece.trim();
        if !piece.is_empty() {
            parts.hosts.push(endpoint(piece)?);
        }
    }
    if parts.hosts.is_empty() { Err(whole.bad(Reason::HostMissing)) } else { Ok(parts) }
}

pub fn build(_: &str, parts: &Parts) -> Result<String, Unreadable> {
    let mut out = String::new();
    for host in &parts.hosts {
        if !out.is_empty() {
            out.push(',');
        }
        if let Some(protocol) = &host.protocol {
            out.extend([protocol, "://"]);
        }
        match host.host.as_deref() {
            Some(name) if name.contains(':') => out.extend(["[", name, "]"]),
            name => out.push_str(name.unwrap_or_default()),
        }
        write::port(host.port, &mut out);
    }
    Ok(out)
}

/// `PROTOCOL://host:port`; the host is taken as it stands, in its case and with its zone.
fn endpoint(text: Piece) -> Result<Host, Unreadable> {
    let (protocol, rest) = match text.split(":") {
        Some((name, after)) if after.text.starts_with("//") => (Some(name), after.skip(2)),
        _ => (None, text),
    };
    if let Some(name) = protocol {
        letters(name, "_-.%", Reason::UnknownProtocol)?;
    }
    let (name, port) = rest.split_last(":").ok_or(rest.bad_at(rest.text.len(), Reason::PortMissing))?;
    let port = address::port(port, 0)?;
    let name = match name.strip("[") {
        Some(inner) => {
            let (address, after) = inner.split("]").ok_or(inner.bad(Reason::UnclosedBracket))?;
            if !after.is_empty() {
                return Err(after.bad(Reason::StrayBracket));
            }
            address
        }
        None => name,
    };
    if name.is_empty() {
        return Err(name.bad(Reason::HostMissing));
    }
    letters(name, "_-.%:", Reason::HostCharacter)?;
    let protocol = protocol.map(|name| name.text.to_owned());
    Ok(Host { host: Some(name.text.to_owned()), port: Some(port), protocol, ..Host::default() })
}

/// Whether a piece holds nothing but ASCII letters, digits and `others`.
fn letters(piece: Piece, others: &str, reason: Reason) -> Result<(), Unreadable> {
    let odd = piece.text.char_indices().find(|(_, letter)| !letter.is_ascii_alphanumeric() && !others.contains(*letter));
    odd.map_or(Ok(()), |(place, _)| Err(piece.bad_at(place, reason)))
}
