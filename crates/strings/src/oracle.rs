//! Oracle: easy connect, connect descriptors, and both behind a user and a password.

mod keys;
mod tree;
mod several;
mod descriptor;
#[cfg(feature = "descriptors")]
mod writer;
mod easy;
mod login;
mod jdbc;
mod url;
#[cfg(test)]
mod tests;

use crate::cursor::Piece;
use crate::parts::{Bad, Done, Parts, Reason};
use crate::text::{has, listed};
use crate::{Dialect, Way};

pub(crate) const DIALECT: Dialect = Dialect {
    name: "oracle",
    forms: &["ezconnect", "descriptor", "user/password@dsn", "jdbc", "uri"],
    ways: &[
        Way::Own(easy::read, |parts, out| alone(parts, easy::write, out)),
        Way::Own(descriptor::read, |parts, out| alone(parts, write_descriptor, out)),
        Way::Own(login::read, login::write),
        Way::Own(jdbc::read, jdbc::write),
        Way::Own(url::read, write_url),
    ],
    detect,
    schemes: &[PROTOCOLS, url::SCHEME, "jdbc"],
    free_forms: "",
};

/// The parameter of a host that tells its address list, where there are several.
const LIST: &str = "address_list";

/// The parameter of a host that tells its description, from the second on.
const DESCRIPTION: &str = "description";

/// What JSON calls the service.
const DATABASE: &str = "database";

/// What a descriptor calls it.
const SERVICE: &str = "service_name";

const PROTOCOLS: &str = "tcp tcps";

fn detect(text: &str) -> usize {
    let text = Piece::new(text).trim();
    if text.strip_any_case("jdbc:").is_some() {
        3
    } else if url::begins(text) {
        4
    } else if descriptor::entry(text).begins("(") {
        1
    } else if has(text.text, "@") {
        // An address of another kind and `key=value` pairs are no one who logs in, nor a host, so they are refused.
        if text.begins("//") || has(text.until("/@").0.text, ":=;") { 0 } else { 2 }
    } else if has(text.text, "/") {
        0
    } else {
        2
    }
}

/// Writes parts in a form that cannot say who logs in.
fn alone(parts: &Parts, write: fn(&Parts, &mut String) -> Done, out: &mut String) -> Done {
    if parts.user.is_some() || parts.password.is_some() || parts.scheme.is_some() {
        return Err(not_writable());
    }
    write(parts, out)
}

#[cfg(feature = "descriptors")]
use writer::write as write_descriptor;

#[cfg(feature = "descriptors")]
use url::write as write_url;

#[cfg(not(feature = "descriptors"))]
fn write_url(_: &mut Parts, _: &mut String) -> Done {
    Err(not_writable())
}

#[cfg(not(feature = "descriptors"))]
fn write_descriptor(_: &Parts, _: &mut String) -> Done {
    Err(not_writable())
}

fn not_writable() -> Bad {
    Bad::nowhere(Reason::NotWritable)
}

/// A protocol, in lower case.
fn protocol(text: Piece) -> Result<&'static str, Bad> {
    one_of(text, PROTOCOLS, Reason::UnknownProtocol)
}

/// A kind of server, in lower case.
fn check_server(text: Piece) -> Result<&'static str, Bad> {
    one_of(text, "dedicated pooled shared", Reason::BadValue)
}

fn one_of(text: Piece, words: &'static str, reason: Reason) -> Result<&'static str, Bad> {
    match listed(words, text.text) {
        Some(word) => Ok(word),
        None => Err(text.bad(reason)),
    }
}
