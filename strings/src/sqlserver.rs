//! SQL Server: `Key=value;` as ADO.NET and ODBC write it, and the addresses of JDBC and of Go.

mod keys;
mod pairs;
mod jdbc;
mod url;
#[cfg(test)]
mod tests;

use crate::cursor::{Piece, step};
use crate::parts::{Parts, Reason, Unreadable};
use pairs::{Quoting, Writer};

/// The forms of its strings, the commonest first.
pub(crate) const FORMS: &[&str] = &["ado", "jdbc", "uri", "odbc"];

/// Go marks the strings of ODBC by this scheme.
const ODBC: &str = "odbc";

/// What stands behind the mark of ODBC.
fn after_prefix(text: Piece<'_>) -> Option<Piece<'_>> {
    text.strip_any_case(ODBC)?.strip(":")
}

/// The form that a text has.
pub(crate) fn detect(text: &str) -> &'static str {
    let text = Piece::new(text).trim();
    if text.strip_any_case("jdbc:").is_some() {
        "jdbc"
    } else if url::begins(text) {
        "uri"
    } else if after_prefix(text).is_some() || names_driver(text) {
        "odbc"
    } else {
        "ado"
    }
}

/// ODBC strings name a driver or a data source; ADO.NET knows neither keyword.
fn names_driver(text: Piece) -> bool {
    text.pieces(";").iter().any(|pair| {
        let key = pair.split("=").map_or("", |(key, _)| key.trim().text);
        key.eq_ignore_ascii_case("driver") || key.eq_ignore_ascii_case("dsn")
    })
}

/// Reads a text in one of `FORMS`; places are bytes (`lib.rs` turns them into characters).
pub(crate) fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let text = Piece::new(text);
    match form {
        "ado" => read_pairs(Parts::default(), text, Quoting::Ado),
        "odbc" => match after_prefix(text.trim()) {
            Some(rest) => read_pairs(Parts { scheme: Some(ODBC.to_owned()), ..Parts::default() }, rest, Quoting::Odbc),
            None => read_pairs(Parts::default(), text, Quoting::Odbc),
        },
        "jdbc" => jdbc::read(text.trim()),
        "uri" => url::read(text.trim()),
        _ => Err(text.bad(Reason::UnknownForm)),
    }
}

fn read_pairs(mut parts: Parts, text: Piece, quoting: Quoting) -> Result<Parts, Unreadable> {
    step(text.text.len());
    keys::put(pairs::read(text, quoting)?, &mut parts)?;
    Ok(parts)
}

/// Writes parts in one of `FORMS`; `at` of a mistake is 0.
pub(crate) fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    match form {
        "ado" => write_pairs(parts, Writer::new(String::new(), Quoting::Ado), ["Server", "Database", "User ID", "Password"]),
        "odbc" => write_odbc(parts),
        "jdbc" => jdbc::write(parts),
        "uri" => url::write(parts),
        _ => Err(Unreadable { at: 0, reason: Reason::UnknownForm }),
    }
}

fn write_odbc(parts: &Parts) -> Result<String, Unreadable> {
    let prefixed = parts.scheme.as_deref() == Some(ODBC);
    let prefix = if prefixed { [ODBC, ":"].concat() } else { String::new() };
    let out = write_pairs(parts, Writer::new(prefix, Quoting::Odbc), ["Server", "Database", "UID", "PWD"])?;
    // A keyword that looks like the prefix must not begin the text.
    let mistaken = !prefixed && after_prefix(Piece::new(&out)).is_some();
    Ok(if mistaken { [";", &out].concat() } else { out })
}

/// The server, the database and who logs in stand first, then the rest.
fn write_pairs(parts: &Parts, mut writer: Writer, [server, database, user, password]: [&str; 4]) -> Result<String, Unreadable> {
    if let Some(host) = keys::only_host(parts)? {
        writer.pair(server, Some(&keys::write_server(host)?))?;
    }
    writer.given(database, parts.database.as_deref())?;
    writer.given(user, parts.user.as_deref())?;
    writer.given(password, parts.password.as_deref())?;
    write_params(parts, writer)
}

fn write_params(parts: &Parts, mut writer: Writer) -> Result<String, Unreadable> {
    for param in &parts.params {
        if !keys::is_param(&param.name) {
            return Err(pairs::not_writable());
        }
        writer.pair(&param.name, param.value.as_deref())?;
    }
    Ok(writer.out)
}
