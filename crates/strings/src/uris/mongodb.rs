//! MongoDB: a list of hosts, or one name that DNS turns into such a list.

use crate::parts::{Done, Reason};
use crate::text::{given, has, number, same};
use crate::uri::{BASE, Bare, Empty, Found, Grammar};
use crate::{Dialect, Way};

pub const DIALECT: Dialect = Dialect {
    name: "mongodb",
    forms: &["uri", "srv"],
    ways: &[Way::Table(&URI), Way::Table(&SRV)],
    detect: |text| usize::from(text.starts_with("mongodb+srv:")),
    schemes: &[URI.schemes, SRV.schemes],
    free_forms: "",
};

const URI: Grammar = Grammar {
    schemes: "mongodb",
    any_case: false,
    user_refused: ":/?#[]@",
    empty_user: Empty::Bad,
    user_ends: "/?",
    host_ends: "/?",
    hash_is_letter: true,
    several_hosts: true,
    host_required: true,
    empty_hosts: false,
    // A blank may stand in the path of a socket.
    host_refused: "\t\r\n@[]<>\"\\^`{|}#",
    empty_port: Empty::Bad,
    bare: Bare::Bad,
    slash_before_query: true,
    settle: |found| {
        sockets(found)?;
        database(found)
    },
    ..BASE
};

const SRV: Grammar = Grammar {
    schemes: "mongodb+srv",
    host_refused: " \t\r\n@[]<>\"\\^`{|}#",
    settle: |found| {
        one_name(found)?;
        conflicts(found)?;
        database(found)
    },
    ..URI
};

/// What holds a slash is the path of a socket, and is named so; it has no port.
fn sockets(found: &mut Found) -> Done {
    for (host, piece) in found.parts.hosts.iter().zip(&found.hosts.pieces(",")) {
        let name = given(if host.socket.is_some() { &host.socket } else { &host.host });
        if !has(name, "/") {
            piece.refuse(" ", Reason::HostCharacter)?;
        }
        let named = name.len() > ".sock".len() && name.ends_with(".sock");
        if has(name, "/") && (!named || host.port.is_some()) {
            return Err(found.hosts.bad(Reason::BadSocket));
        }
    }
    Ok(())
}

fn database(found: &mut Found) -> Done {
    if has(given(&found.parts.database), "/\\ \"$") {
        Err(found.path.bad(Reason::BadDatabase))
    } else {
        Ok(())
    }
}

fn one_name(found: &mut Found) -> Done {
    let reason = match found.parts.hosts.as_slice() {
        [host] if host.port.is_some() => Reason::NoPortHere,
        [host] if host.host.is_some() && !has(given(&host.host), "/:") => return Ok(()),
        [_] => Reason::BadAddress,
        _ => Reason::OneHostOnly,
    };
    Err(found.hosts.bad(reason))
}

/// Two wishes about the hosts that cannot both be met.
fn conflicts(found: &mut Found) -> Done {
    let mut limited = None;
    let mut several = false;
    for (param, place) in found.parts.params.iter().zip(&found.places) {
        let (name, value) = (&param.name, given(&param.value));
        if same(name, "directConnection") && value == "true" {
            return Err(place.bad(Reason::BadValue));
        }
        if limited.is_none()
            && same(name, "srvMaxHosts")
            && number(value, u32::MAX).is_some_and(|most| most > 0)
        {
            limited = Some(*place);
        }
        several |=
            same(name, "replicaSet") && !value.is_empty() || same(name, "loadBalanced") && value == "true";
    }
    match limited {
        Some(place) if several => Err(place.bad(Reason::BadValue)),
        _ => Ok(()),
    }
}
