//! Kafka: a list of `host:port`, each with the name of its protocol where it is a listener's address.

use crate::address;
use crate::cursor::Piece;
use crate::parts::{Done, Host, Parts, Reason};
use crate::text::{put, write_all};
use crate::{Dialect, Way, write};

pub const DIALECT: Dialect = Dialect {
    name: "kafka",
    forms: &["hostlist", "endpoint"],
    ways: &[Way::Own(list, build), Way::Own(endpoint, build)],
    detect: |_| 0,
    schemes: &[],
    // A listener may be called anything.
    free_forms: "hostlist",
};

fn list(text: Piece, parts: &mut Parts) -> Done {
    for piece in &text.pieces(",") {
        let piece = piece.trim();
        if !piece.is_empty() {
            endpoint(piece, parts)?;
        }
    }
    if parts.hosts.is_empty() { Err(text.bad(Reason::HostMissing)) } else { Ok(()) }
}

fn build(parts: &mut Parts, out: &mut String) -> Done {
    for host in &parts.hosts {
        if !out.is_empty() {
            out.push(',');
        }
        if let Some(protocol) = &host.protocol {
            write_all(&[protocol, "://"], out);
        }
        write::plain_host(host, out);
    }
    Ok(())
}

/// `PROTOCOL://host:port`; the host is taken as it stands, in its case and with its zone.
fn endpoint(text: Piece, parts: &mut Parts) -> Done {
    let mut host = Host::default();
    let (name, after) = text.until(":");
    let rest = match after.strip("://") {
        Some(rest) => {
            letters(name, "_-.%", Reason::UnknownProtocol)?;
            put(&mut host.protocol, name.text);
            rest
        }
        None => text,
    };
    let Some((name, port)) = rest.split_last(":") else {
        return Err(rest.bad_at(rest.text.len(), Reason::PortMissing));
    };
    address::port(port, 0, &mut host.port)?;
    let name = match name.strip("[") {
        Some(inner) => match inner.halves("]") {
            (_, None) => return Err(inner.bad(Reason::UnclosedBracket)),
            (_, Some(after)) if !after.is_empty() => return Err(after.bad(Reason::StrayBracket)),
            (address, _) => address,
        },
        None => name,
    };
    if name.is_empty() {
        return Err(name.bad(Reason::HostMissing));
    }
    letters(name, "_-.%:", Reason::HostCharacter)?;
    put(&mut host.host, name.text);
    parts.hosts.push(host);
    Ok(())
}

/// A mistake where a piece holds anything but ASCII letters, digits and `others`.
fn letters(piece: Piece, others: &str, reason: Reason) -> Done {
    match piece.find_other(others) {
        Some(place) => Err(piece.bad_at(place, reason)),
        None => Ok(()),
    }
}
