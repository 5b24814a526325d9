//! `jdbc:` addresses of any product. Those of a dialect are its own reader's; the rest is read as far as it is common to all.

#[cfg(test)]
mod tests;

use crate::address::one_at;
use crate::cursor::Piece;
use crate::parts::{Bad, Done, Host, Param, Parts, Reason, add};
use crate::products::dialect_of;
use crate::text::{given, has, is_word, listed, put, write_all};
use crate::uri::{self, BASE, Grammar};
use crate::{Dialect, Way, write};

pub(crate) const DIALECT: Dialect = Dialect {
    name: "jdbc",
    forms: &["jdbc"],
    ways: &[Way::Own(read, build)],
    detect: |_| 0,
    schemes: &["jdbc"],
    free_forms: "",
};

/// How a product writes its parameters: what begins them, and what stands between two.
type Style = (&'static str, &'static str);

const QUERY: Style = ("?", "&");
const SEMICOLONS: Style = (";", ";");
const COLON: Style = (":", ";");

const HOSTS: Grammar = Grammar {
    several_hosts: true,
    host_decoded: false,
    empty_hosts: false,
    host_refused: " \t\r\n@[]<>\"\\^`{|}();=",
    ..BASE
};

fn read(text: Piece, parts: &mut Parts) -> Done {
    if let Some(way) = delegate(text) {
        return way.read(text, parts);
    }
    let (scheme, rest) = scheme(text)?;
    put(&mut parts.scheme, scheme.text);
    let style = style(scheme);
    let Some(rest) = rest.strip("//") else { return read_name(style, rest, parts, !rest.is_empty()) };
    // A colon parts the port as well; parameters can only begin behind the database.
    let (hosts, rest) = rest.until(match style {
        COLON => "/",
        SEMICOLONS => "/;",
        _ => "/?;",
    });
    one_at(hosts)?;
    uri::hosts(&HOSTS, hosts, &mut parts.hosts)?;
    read_name(style, rest.strip("/").unwrap_or(rest), parts, rest.begins("/"))
}

/// How the dialect that knows the product reads and writes it, where that is in the build.
fn delegate(text: Piece) -> Option<&'static Way> {
    let dialect = crate::named(dialect_of(text)?)?;
    crate::way(dialect, crate::place(dialect, Some("jdbc"), 0)).ok()
}

/// `jdbc:product:kind`: all words before a colon, but for the letter of a drive.
fn scheme(text: Piece) -> Result<(Piece, Piece), Bad> {
    if text.strip_any_case("jdbc:").is_none() {
        return Err(text.bad(Reason::UnknownScheme));
    }
    let mut rest = text;
    let mut words = 0;
    while let Some((word, after)) = rest.split(":") {
        if word.text.len() < 2 || !is_word(word.text, "+-._") {
            break;
        }
        rest = after;
        words += 1;
    }
    let end = text.text.len() - rest.text.len();
    if words < 2 { Err(text.bad_at(end, Reason::SchemeMissing)) } else { Ok((text.cut(end - 1).0, rest)) }
}

/// Most products write a query.
fn style(scheme: Piece) -> Style {
    let product = scheme.halves(":").1.unwrap_or(scheme).until(":").0.text;
    if listed("jtds datadirect tibcosoftware as400 h2 hsqldb derby", product).is_some() {
        SEMICOLONS
    } else if listed("db2 informix-sqli", product).is_some() {
        COLON
    } else {
        QUERY
    }
}

/// What says who logs in.
const LOGIN: &str = "user username uid password pwd";

/// Whether a parameter stands behind a colon before any semicolon.
fn begins_with_colon(text: Piece) -> bool {
    let (head, rest) = text.until("=;");
    rest.begins("=")
        && head.split_last(":").is_some_and(|(_, key)| !key.is_empty() && is_word(key.text, " _"))
}

/// The database and the parameters behind it. Nothing is decoded, for every product does as it likes.
fn read_name(style: Style, text: Piece, parts: &mut Parts, named: bool) -> Done {
    // Some drivers of these products begin parameters with another mark.
    let (begin, between) = match style {
        QUERY if text.until_params().1.begins(";") => SEMICOLONS,
        SEMICOLONS if begins_with_colon(text) => COLON,
        _ => style,
    };
    let (mut name, mut params) = text.halves(begin);
    if begin == ":" && !params.is_some_and(|params| has(params.text, "=")) {
        (name, params) = (text, None);
    }
    // A password could hide in what is no name.
    name.refuse("@?;", Reason::BadDatabase)?;
    for piece in &name.pieces(",/") {
        if piece.split("=").is_some_and(|(key, _)| listed(LOGIN, key.text).is_some()) {
            return Err(piece.bad(Reason::BadDatabase));
        }
    }
    if named {
        put(&mut parts.database, name.text);
    }
    let Some(params) = params else { return Ok(()) };
    for piece in &params.pieces(between) {
        let (key, value) = piece.halves("=");
        if piece.is_empty() {
            continue;
        }
        if key.is_empty() {
            return Err(key.bad(Reason::KeyMissing));
        }
        match (listed(LOGIN, key.text), value) {
            (Some("password" | "pwd"), Some(password)) => put(&mut parts.password, password.text),
            (Some(_), Some(user)) => put(&mut parts.user, user.text),
            (None, Some(value)) => add(&mut parts.params, key.text, value.text),
            // A semicolon could have parted a password.
            (_, None) if between == ";" && has(key.text, "@/") => return Err(key.bad(Reason::BadKey)),
            (_, None) => parts.params.push(Param::new(key.text, None)),
        }
    }
    Ok(())
}

fn build(parts: &mut Parts, out: &mut String) -> Done {
    if parts.scheme.is_none() {
        return Err(Bad::nowhere(Reason::SchemeMissing));
    }
    write_all(&[given(&parts.scheme), ":"], out);
    if let Some(way) = delegate(Piece::new(out)) {
        out.clear();
        return way.build(parts, out);
    }
    let begin = out.len();
    // Without hosts the slashes are only written where their absence would say something else, and likewise other marks.
    let usual = style(Piece::new(given(&parts.scheme)));
    for (bare, style) in [
        (parts.hosts.is_empty(), usual),
        (false, usual),
        (parts.hosts.is_empty(), SEMICOLONS),
        (false, SEMICOLONS),
    ] {
        out.truncate(begin);
        write_place(parts, bare, out);
        write_params(style, parts, out);
        let mut back = Parts::default();
        if read(Piece::new(out), &mut back).is_ok() && back == *parts {
            return Ok(());
        }
    }
    Err(Bad::nowhere(Reason::NotWritable))
}

fn write_place(parts: &Parts, bare: bool, out: &mut String) {
    if !bare {
        out.push_str("//");
        write_hosts(&parts.hosts, out);
    }
    if let Some(database) = &parts.database {
        write_all(&[if bare { "" } else { "/" }, database], out);
    }
}

fn write_hosts(hosts: &[Host], out: &mut String) {
    for (place, host) in hosts.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write::plain_host(host, out);
        if host.host.is_none() && host.port.is_none() {
            // Nothing at all between commas is no host.
            out.push(':');
        }
    }
}

fn write_params((begin, between): Style, parts: &Parts, out: &mut String) {
    let mut mark = begin;
    let mut pair = |name: &str, value: Option<&str>| {
        let (equals, value) = value.map_or(("", ""), |value| ("=", value));
        write_all(&[mark, name, equals, value], out);
        mark = between;
    };
    for (name, value) in [("user", &parts.user), ("password", &parts.password)] {
        if value.is_some() {
            pair(name, value.as_deref());
        }
    }
    for param in &parts.params {
        pair(&param.name, param.value.as_deref());
    }
    // The products that begin with a colon want every parameter ended.
    if begin == ":" && mark == between {
        out.push_str(mark);
    }
}
