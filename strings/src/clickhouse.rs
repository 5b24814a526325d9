//! ClickHouse: the URI of its own client, in which nearly everything may be missing, and the `jdbc:` form.

use crate::cursor::Piece;
use crate::parts::{Parts, Reason, Unreadable};
use crate::uri::{self, BASE, Bare, Empty, Grammar, Path};
use crate::write;

pub const FORMS: &[&str] = &["uri", "jdbc"];

const URI: Grammar = Grammar {
    schemes: &["clickhouse", "clickhouses"],
    any_case: false,
    slashes_required: false,
    // Only the first host may have a user before it.
    user_refused: ",",
    empty_user: Empty::Absent,
    several_hosts: true,
    empty_hosts: false,
    least_port: 0,
    ..BASE
};

const JDBC: Grammar = Grammar {
    schemes: &["jdbc:clickhouse", "jdbc:ch"],
    slashes_required: true,
    host_required: true,
    empty_port: Empty::Bad,
    least_port: 1,
    path: Path::Segment,
    bare: Bare::Bad,
    ..URI
};

pub fn detect(text: &str) -> &'static str {
    if text.starts_with("jdbc:") { "jdbc" } else { "uri" }
}

pub fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    if let Some(place) = whole.find(" \t\r\n") {
        return Err(whole.bad_at(place, Reason::BadCharacter));
    }
    if form == "uri" { uri::read(&URI, text) } else { jdbc(whole) }
}

pub fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(write::build(if form == "uri" { &URI } else { &JDBC }, parts))
}

/// `jdbc:ch:` or `jdbc:clickhouse:`, and the protocol between that and the slashes where it is named.
fn jdbc(text: Piece) -> Result<Parts, Unreadable> {
    let rest = JDBC.schemes.iter().find_map(|scheme| text.strip(scheme)?.strip(":")).ok_or(text.bad(Reason::UnknownScheme))?;
    let slashes = match rest.text.starts_with("//") {
        true => rest,
        false => rest.split(":").map_or(rest, |(_, after)| after),
    };
    let mut parts = uri::after_scheme(&JDBC, slashes)?;
    let scheme = text.cut(slashes.at - 1).0;
    parts.scheme = Some(scheme.text.to_owned());
    Ok(parts)
}
