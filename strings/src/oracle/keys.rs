//! The keys that Oracle's drivers know: where each stands in a descriptor, and whether easy connect takes it.

use crate::cursor::step;

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

pub(super) struct Key {
    pub name: &'static str,
    /// What a descriptor calls it.
    pub written: &'static str,
    /// What the client calls it.
    client: &'static str,
    pub section: Section,
    pub easy: Easy,
    kind: Kind,
}

pub(super) const PREFIX: &str = "pyo.";

const fn key(name: &'static str, section: Section, easy: Easy, kind: Kind) -> Key {
    Key { name, written: name, client: name, section, easy, kind }
}

const fn client(name: &'static str, kind: Kind) -> Key {
    key(name, Section::Client, Easy::Prefixed, kind)
}

const KEYS: &[Key] = &[
    key("failover", Section::Description, Easy::Plain, Kind::Switch),
    key("load_balance", Section::Description, Easy::Plain, Kind::Switch),
    key("source_route", Section::Description, Easy::Plain, Kind::Switch),
    key("retry_count", Section::Description, Easy::Plain, Kind::Text),
    key("retry_delay", Section::Description, Easy::Plain, Kind::Text),
    key("expire_time", Section::Description, Easy::Plain, Kind::Text),
    Key { client: "tcp_connect_timeout", ..key("transport_connect_timeout", Section::Description, Easy::Plain, Kind::Duration) },
    key("use_sni", Section::Description, Easy::Plain, Kind::Switch),
    key("sdu", Section::Description, Easy::Plain, Kind::Text),
    key("https_proxy", Section::Address, Easy::Plain, Kind::Text),
    key("https_proxy_port", Section::Address, Easy::Plain, Kind::Text),
    Key { written: "server", ..key("server_type", Section::ConnectData, Easy::No, Kind::Text) },
    key("instance_name", Section::ConnectData, Easy::No, Kind::Text),
    key("sid", Section::ConnectData, Easy::No, Kind::Text),
    key("pool_boundary", Section::ConnectData, Easy::Plain, Kind::Text),
    Key { client: "cclass", ..key("pool_connection_class", Section::ConnectData, Easy::Plain, Kind::Text) },
    Key { client: "purity", ..key("pool_purity", Section::ConnectData, Easy::Plain, Kind::Text) },
    key("use_tcp_fast_open", Section::ConnectData, Easy::Prefixed, Kind::Switch),
    key("connection_id_prefix", Section::ConnectData, Easy::Prefixed, Kind::Text),
    key("ssl_server_dn_match", Section::Security, Easy::Plain, Kind::Switch),
    key("ssl_server_cert_dn", Section::Security, Easy::Plain, Kind::Text),
    key("ssl_version", Section::Security, Easy::No, Kind::Text),
    Key { written: "my_wallet_directory", ..key("wallet_location", Section::Security, Easy::Plain, Kind::Text) },
    client("disable_oob", Kind::Switch),
    client("driver_name", Kind::Text),
    client("edition", Kind::Text),
    client("events", Kind::Switch),
    client("externalauth", Kind::Switch),
    client("getmode", Kind::Text),
    client("homogeneous", Kind::Switch),
    client("increment", Kind::Text),
    client("machine", Kind::Text),
    client("max", Kind::Text),
    client("max_lifetime_session", Kind::Text),
    client("max_sessions_per_shard", Kind::Text),
    client("min", Kind::Text),
    client("mode", Kind::Text),
    client("osuser", Kind::Text),
    client("ping_interval", Kind::Text),
    client("ping_timeout", Kind::Text),
    client("program", Kind::Text),
    client("soda_metadata_cache", Kind::Switch),
    client("stmtcachesize", Kind::Text),
    client("terminal", Kind::Text),
    client("timeout", Kind::Text),
    client("wait_timeout", Kind::Text),
];

/// A key by the name that a parameter has.
pub(super) fn named(name: &str) -> Option<&'static Key> {
    step(name.len());
    KEYS.iter().find(|key| key.name == name)
}

/// A key of a descriptor's section, as the descriptor spells it, in lower case.
pub(super) fn in_section(section: Section, name: &str) -> Option<&'static Key> {
    step(name.len());
    KEYS.iter().find(|key| key.section == section && key.written == name)
}

/// A key of easy connect, in lower case: with the prefix, the client's names count as well.
pub(super) fn in_easy(name: &str) -> Option<&'static Key> {
    step(name.len());
    match name.strip_prefix(PREFIX) {
        Some(name) => KEYS.iter().find(|key| key.easy != Easy::No && (key.client == name || key.name == name)),
        None => KEYS.iter().find(|key| key.easy == Easy::Plain && key.name == name),
    }
}

impl Key {
    /// A value as it is kept: one spelling for each switch and each duration.
    pub(super) fn read(&self, value: &str) -> String {
        step(value.len());
        let kept = match self.kind {
            Kind::Text => None,
            Kind::Switch => switch(value).map(|on| if on { "true" } else { "false" }.to_owned()),
            Kind::Duration => milliseconds(value).map(in_seconds),
        };
        kept.unwrap_or_else(|| value.to_owned())
    }

    /// A value as a descriptor spells it.
    pub(super) fn write(&self, value: &str) -> String {
        let written = match self.kind {
            Kind::Text => None,
            Kind::Switch => switch(value).map(|on| if on { "ON" } else { "OFF" }.to_owned()),
            // A descriptor takes whole numbers only.
            Kind::Duration => milliseconds(value).filter(|span| span % 1000 != 0).map(|span| [&span.to_string(), "ms"].concat()),
        };
        written.unwrap_or_else(|| value.to_owned())
    }
}

fn switch(value: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    if is(["on", "yes", "true"]) {
        Some(true)
    } else if is(["off", "no", "false"]) {
        Some(false)
    } else {
        None
    }
}

/// `15`, `2.5`, `500 ms`, `15 sec`, `5 min`.
fn milliseconds(value: &str) -> Option<u64> {
    let place = value.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(place);
    let scale = match unit.trim_ascii().to_ascii_lowercase().as_str() {
        "" | "sec" => 1000,
        "ms" => 1,
        "min" => 60_000,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.len() > 3 || (part.is_empty() && number.contains('.')) {
        return None;
    }
    let thousandths = [part, &"000"[part.len()..]].concat().parse::<u64>().ok()?;
    let whole = whole.parse::<u64>().ok().filter(|whole| *whole < 1_000_000_000)?;
    Some(whole * scale + thousandths * scale / 1000)
}

fn in_seconds(milliseconds: u64) -> String {
    let whole = (milliseconds / 1000).to_string();
    let part = milliseconds % 1000;
    if part == 0 {
        return whole;
    }
    let digits = (1000 + part).to_string();
    [whole.as_str(), ".", digits[1..].trim_end_matches('0')].concat()
}

/// Whether only a descriptor can say this parameter.
pub(super) fn only_in_descriptor(name: &str) -> bool {
    named(name).is_some_and(|key| key.easy == Easy::No && !matches!(name, "server_type" | "instance_name"))
}
