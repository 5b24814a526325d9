//! The keys that Oracle's drivers know: where each stands in a descriptor, and whether easy connect takes it.

use crate::cursor::Piece;
use crate::text::{is_digit, joined, listed, lists, number, shown};

/// The containers of a descriptor that hold parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Description,
    Address,
    ConnectData,
    Security,
    /// Of the client alone: never in a descriptor.
    Client,
}

/// How easy connect takes a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Easy {
    No,
    Plain,
    /// With `PREFIX` before it.
    Prefixed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Switch,
    Duration,
}

/// Keys that have all this in common.
pub(super) struct Group {
    pub section: Section,
    pub easy: Easy,
    kind: Kind,
    names: &'static str,
}

/// A key as parameters call it.
pub(super) struct Key {
    pub name: &'static str,
    pub group: &'static Group,
}

pub(super) const PREFIX: &str = "pyo.";

const fn group(section: Section, easy: Easy, kind: Kind, names: &'static str) -> Group {
    Group { section, easy, kind, names }
}

const GROUPS: &[Group] = &[
    group(Section::Description, Easy::Plain, Kind::Switch, "failover load_balance source_route use_sni"),
    group(Section::Description, Easy::Plain, Kind::Text, "retry_count retry_delay expire_time sdu"),
    group(Section::Description, Easy::Plain, Kind::Duration, "transport_connect_timeout"),
    group(Section::Address, Easy::Plain, Kind::Text, "https_proxy https_proxy_port"),
    group(Section::ConnectData, Easy::No, Kind::Text, "server_type instance_name sid"),
    group(Section::ConnectData, Easy::Plain, Kind::Text, "pool_boundary pool_connection_class pool_purity"),
    group(Section::ConnectData, Easy::Prefixed, Kind::Switch, "use_tcp_fast_open"),
    group(Section::ConnectData, Easy::Prefixed, Kind::Text, "connection_id_prefix"),
    group(Section::Security, Easy::Plain, Kind::Switch, "ssl_server_dn_match"),
    group(Section::Security, Easy::Plain, Kind::Text, "ssl_server_cert_dn wallet_location"),
    group(Section::Security, Easy::No, Kind::Text, "ssl_version"),
    group(
        Section::Client,
        Easy::Prefixed,
        Kind::Switch,
        "disable_oob events externalauth homogeneous soda_metadata_cache",
    ),
    group(
        Section::Client,
        Easy::Prefixed,
        Kind::Text,
        "driver_name edition getmode increment machine max max_lifetime_session max_sessions_per_shard min mode osuser ping_interval \
        ping_timeout program stmtcachesize terminal timeout wait_timeout",
    ),
];

/// Keys, and what a descriptor calls them.
const WRITTEN: &[(&str, &str)] = &[("server_type", "server"), ("wallet_location", "my_wallet_directory")];

/// Keys, and what the client calls them.
const CLIENT: &[(&str, &str)] = &[
    ("transport_connect_timeout", "tcp_connect_timeout"),
    ("pool_connection_class", "cclass"),
    ("pool_purity", "purity"),
];

/// A key by the name that a parameter has.
#[inline(never)]
pub(super) fn named(name: &str) -> Option<Key> {
    for group in GROUPS {
        if let Some(known) = listed(group.names, name).filter(|known| *known == name) {
            return Some(Key { name: known, group });
        }
    }
    None
}

/// A key of a descriptor's section, as the descriptor spells it, in lower case.
pub(super) fn in_section(section: Section, written: &str) -> Option<Key> {
    let mut name = written;
    for (known, other) in WRITTEN {
        if *known == written {
            return None;
        }
        if *other == written {
            name = known;
        }
    }
    named(name).filter(|key| key.group.section == section)
}

/// A key of easy connect, in lower case: with the prefix, the client's names count as well.
pub(super) fn in_easy(name: &str) -> Option<Key> {
    let Some(prefixed) = Piece::new(name).strip(PREFIX) else {
        return named(name).filter(|key| key.group.easy == Easy::Plain);
    };
    let mut name = prefixed.text;
    for (known, other) in CLIENT {
        if *other == name {
            name = known;
        }
    }
    named(name).filter(|key| key.group.easy != Easy::No)
}

impl Key {
    /// What a descriptor calls it.
    pub(super) fn written(&self) -> &'static str {
        for (name, written) in WRITTEN {
            if *name == self.name {
                return written;
            }
        }
        self.name
    }

    /// A value as it is kept: one spelling for each switch and each duration.
    #[inline(never)]
    pub(super) fn read(&self, value: &str) -> String {
        match (self.group.kind, switch(value), milliseconds(value)) {
            (Kind::Switch, Some(on), _) => if on { "true" } else { "false" }.to_owned(),
            (Kind::Duration, _, Some(span)) => in_seconds(span),
            _ => value.to_owned(),
        }
    }

    /// A value as a descriptor spells it.
    #[inline(never)]
    pub(super) fn write(&self, value: &str) -> String {
        match (self.group.kind, switch(value), milliseconds(value)) {
            (Kind::Switch, Some(on), _) => if on { "ON" } else { "OFF" }.to_owned(),
            // A descriptor takes whole numbers only.
            (Kind::Duration, _, Some(span)) if span % 1000 != 0 => joined(&[&shown(span), "ms"]),
            _ => value.to_owned(),
        }
    }
}

fn switch(value: &str) -> Option<bool> {
    let on = listed("on yes true", value).is_some();
    if on || listed("off no false", value).is_some() { Some(on) } else { None }
}

/// `15`, `2.5`, `500 ms`, `15 sec`, `5 min`.
#[inline(never)]
fn milliseconds(value: &str) -> Option<u64> {
    let value = Piece::new(value);
    let (digits, unit) = value.cut(value.fitting(|byte| is_digit(byte) || byte == b'.'));
    let unit = unit.trim().text;
    let scale = match listed("sec ms min", unit) {
        Some("ms") => 1,
        Some("min") => 60_000,
        Some(_) => 1000,
        None if unit.is_empty() => 1000,
        None => return None,
    };
    let (whole, part) = digits.halves(".");
    let mut thousandths = 0;
    if let Some(part) = part {
        thousandths = number(part.text, 999)?;
        for _ in part.text.len()..3 {
            thousandths *= 10;
        }
        if part.text.len() > 3 {
            return None;
        }
    }
    let whole = number(whole.text, 999_999_999)?;
    Some(u64::from(whole) * scale + u64::from(thousandths) * scale / 1000)
}

fn in_seconds(milliseconds: u64) -> String {
    let mut out = shown(milliseconds / 1000);
    let part = milliseconds % 1000;
    if part > 0 {
        // The digits behind a leading one keep their zeros.
        let digits = shown(1000 + part);
        let mut digits = Piece::new(&digits).skip(1);
        while let Some(shorter) = digits.strip_end(b'0') {
            digits = shorter;
        }
        out.push('.');
        out.push_str(digits.text);
    }
    out
}

/// Whether only a descriptor can say this parameter.
pub(super) fn only_in_descriptor(name: &str) -> bool {
    named(name).is_some_and(|key| key.group.easy == Easy::No) && !lists("server_type instance_name", name)
}
