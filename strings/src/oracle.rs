//! Oracle: easy connect, connect descriptors, and both behind a user and a password.

mod keys;
mod tree;
mod several;
mod descriptor;
mod writer;
mod easy;
mod login;
mod jdbc;
#[cfg(test)]
mod tests;

use crate::cursor::Piece;
use crate::parts::{Parts, Reason, Unreadable};

/// The forms of its strings, the commonest first.
pub(crate) const FORMS: &[&str] = &["ezconnect", "descriptor", "user/password@dsn", "jdbc"];

/// The parameter of a host that tells its address list, where there are several.
const LIST: &str = "address_list";

/// The parameter of a host that tells its description, from the second on.
const DESCRIPTION: &str = "description";

/// The parameter for the services of later descriptions; the first one's is the database.
const SERVICE: &str = "service_name";

/// The form that a text has.
pub(crate) fn detect(text: &str) -> &'static str {
    let text = Piece::new(text).trim();
    if text.strip_any_case("jdbc:").is_some() {
        "jdbc"
    } else if text.strip("(").is_some() {
        "descriptor"
    } else if text.find("@").is_none() && text.find("/").is_some() {
        "ezconnect"
    } else {
        "user/password@dsn"
    }
}

/// Reads a text in one of `FORMS`; places are bytes (`lib.rs` turns them into characters).
pub(crate) fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let text = Piece::new(text);
    match form {
        "ezconnect" => easy::read(text),
        "descriptor" => descriptor::read(text),
        "user/password@dsn" => login::read(text),
        "jdbc" => jdbc::read(text.trim()),
        _ => Err(text.bad(Reason::UnknownForm)),
    }
}

/// Writes parts in one of `FORMS`; `at` of a mistake is 0.
pub(crate) fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    let alone = parts.user.is_none() && parts.password.is_none() && parts.scheme.is_none();
    match form {
        "ezconnect" if alone => easy::write(parts),
        "descriptor" if alone => writer::write(parts),
        "ezconnect" | "descriptor" => Err(not_writable()),
        "user/password@dsn" => login::write(parts),
        "jdbc" => jdbc::write(parts),
        _ => Err(Unreadable { at: 0, reason: Reason::UnknownForm }),
    }
}

fn not_writable() -> Unreadable {
    Unreadable { at: 0, reason: Reason::NotWritable }
}

/// A protocol, in lower case.
fn protocol(text: Piece) -> Result<String, Unreadable> {
    one_of(text, &["tcp", "tcps"], Reason::UnknownProtocol)
}

/// A kind of server, in lower case.
fn check_server(text: Piece) -> Result<String, Unreadable> {
    one_of(text, &["dedicated", "pooled", "shared"], Reason::BadValue)
}

fn one_of(text: Piece, words: &[&str], reason: Reason) -> Result<String, Unreadable> {
    let found = words.iter().find(|word| word.eq_ignore_ascii_case(text.text));
    found.map(|word| (*word).to_owned()).ok_or(text.bad(reason))
}
