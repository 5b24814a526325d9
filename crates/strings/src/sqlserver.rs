//! SQL Server: `Key=value;` as ADO.NET and ODBC write it, and the addresses of JDBC and of Go.

mod keys;
mod jdbc;
mod url;
#[cfg(test)]
mod tests;

use crate::cursor::Piece;
use crate::pairs::{self, Quoting, Writer};
use crate::parts::{Done, Parts};
use crate::text::{given, listed, put};
use crate::{Dialect, Way};

pub(crate) const DIALECT: Dialect = Dialect {
    name: "sqlserver",
    forms: &["ado", "jdbc", "uri", "odbc"],
    ways: &[
        Way::Own(|text, parts| read_pairs(text, Quoting::Ado, parts), write_ado),
        Way::Own(jdbc::read, jdbc::write),
        Way::Own(url::read, url::write),
        Way::Own(read_odbc, write_odbc),
    ],
    detect,
    schemes: &[url::URL.schemes, "jdbc"],
    free_forms: "",
};

/// Go marks the strings of ODBC by this scheme.
const ODBC: &str = "odbc";

/// What stands behind the mark of ODBC.
fn after_prefix(text: Piece<'_>) -> Option<Piece<'_>> {
    text.strip_any_case("odbc:")
}

fn detect(text: &str) -> usize {
    let text = Piece::new(text).trim();
    if text.strip_any_case("jdbc:").is_some() {
        1
    } else if url::begins(text) {
        2
    } else if after_prefix(text).is_some() || names_driver(text) {
        3
    } else {
        0
    }
}

/// ODBC strings name a driver or a data source; ADO.NET knows neither keyword.
fn names_driver(text: Piece) -> bool {
    text.pieces(";").iter().any(|pair| {
        let (key, value) = pair.halves("=");
        value.is_some() && listed("driver dsn", key.trim().text).is_some()
    })
}

fn read_odbc(text: Piece, parts: &mut Parts) -> Done {
    let rest = after_prefix(text.trim());
    if rest.is_some() {
        put(&mut parts.scheme, ODBC);
    }
    read_pairs(rest.unwrap_or(text), Quoting::Odbc, parts)
}

fn read_pairs(text: Piece, quoting: Quoting, parts: &mut Parts) -> Done {
    keys::put(&pairs::read(text, quoting)?, parts)
}

fn write_ado(parts: &mut Parts, out: &mut String) -> Done {
    write_pairs(parts, Writer::new(out, Quoting::Ado), ["Server", "Database", "User ID", "Password"])
}

fn write_odbc(parts: &mut Parts, out: &mut String) -> Done {
    let prefixed = given(&parts.scheme) == ODBC;
    if prefixed {
        out.push_str("odbc:");
    }
    write_pairs(parts, Writer::new(out, Quoting::Odbc), ["Server", "Database", "UID", "PWD"])?;
    // A keyword that looks like the prefix must not begin the text.
    if !prefixed && after_prefix(Piece::new(out)).is_some() {
        out.insert(0, ';');
    }
    Ok(())
}

/// The server, the database and who logs in stand first, then the rest.
fn write_pairs(parts: &Parts, mut writer: Writer, [server, database, user, password]: [&str; 4]) -> Done {
    if let Some(host) = keys::only_host(parts)? {
        let mut value = String::new();
        keys::write_server(host, &mut value)?;
        writer.pair(server, Some(&value))?;
    }
    writer.given(database, &parts.database)?;
    writer.given(user, &parts.user)?;
    writer.given(password, &parts.password)?;
    write_params(parts, writer)
}

fn write_params(parts: &Parts, mut writer: Writer) -> Done {
    for param in &parts.params {
        if !keys::is_param(&param.name) {
            return Err(pairs::not_writable());
        }
        writer.pair(&param.name, param.value.as_deref())?;
    }
    Ok(())
}
