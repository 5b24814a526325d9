//! `jdbc:` addresses of any product. Those of a dialect are its own reader's; the rest is read as far as it is common to all.

#[cfg(test)]
mod tests;

use crate::cursor::Piece;
use crate::parts::{Host, Param, Parts, Reason, Unreadable};
use crate::uri::{self, BASE, Grammar};
use crate::write;

/// The forms of its strings, the commonest first.
pub(crate) const FORMS: &[&str] = &["jdbc"];

/// Products that a dialect reads.
const DIALECTS: &[(&str, &str)] = &[
    ("sqlserver", "sqlserver"),
    ("oracle", "oracle"),
    ("mysql", "mysql"),
    ("mysql+srv", "mysql"),
    ("mariadb", "mysql"),
    ("postgresql", "postgres"),
    ("clickhouse", "clickhouse"),
    ("ch", "clickhouse"),
];

/// How a product writes its parameters: what begins them, and what stands between two.
struct Style {
    begin: char,
    between: char,
}

const QUERY: Style = Style { begin: '?', between: '&' };
const SEMICOLONS: Style = Style { begin: ';', between: ';' };
const COLON: Style = Style { begin: ':', between: ';' };

/// Products that write no query.
const STYLES: &[(&str, Style)] = &[
    ("jtds", SEMICOLONS),
    ("datadirect", SEMICOLONS),
    ("tibcosoftware", SEMICOLONS),
    ("as400", SEMICOLONS),
    ("h2", SEMICOLONS),
    ("hsqldb", SEMICOLONS),
    ("derby", SEMICOLONS),
    ("db2", COLON),
    ("informix-sqli", COLON),
];

const HOSTS: Grammar = Grammar { several_hosts: true, host_decoded: false, empty_hosts: false, host_refused: " \t\r\n@[]<>\"\\^`{|}();=", ..BASE };

/// The form that a text has.
pub(crate) fn detect(_text: &str) -> &'static str {
    FORMS[0]
}

/// Reads a text in one of `FORMS`; places are bytes (`lib.rs` turns them into characters).
pub(crate) fn read(form: &str, text: &str) -> Result<Parts, Unreadable> {
    let whole = Piece::new(text);
    if form != FORMS[0] {
        return Err(whole.bad(Reason::UnknownForm));
    }
    if let Some(dialect) = dialect(text) {
        return (dialect.read)("jdbc", text);
    }
    let (scheme, rest) = scheme(whole)?;
    let style = style(scheme.text);
    let mut parts = Parts { scheme: Some(scheme.text.to_owned()), ..Parts::default() };
    match rest.strip("//") {
        Some(rest) => {
            // A colon parts the port as well; parameters can only begin behind the database.
            let ends: &[char] = if style.begin == ':' { &['/'] } else { &['/', style.begin] };
            let (hosts, rest) = rest.cut(rest.text.find(ends).unwrap_or(rest.text.len()));
            parts.hosts = uri::hosts(&HOSTS, hosts)?;
            match rest.strip("/") {
                Some(rest) => read_name(style, rest, &mut parts, true)?,
                None => read_name(style, rest, &mut parts, false)?,
            }
        }
        None => read_name(style, rest, &mut parts, !rest.is_empty())?,
    }
    Ok(parts)
}

/// The dialect whose reader knows the product.
fn dialect(text: &str) -> Option<&'static crate::Dialect> {
    let (_, rest) = Piece::new(text).strip_any_case("jdbc:")?.cut(0);
    let product = rest.split(":").map_or(rest, |(product, _)| product);
    let (_, name) = DIALECTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(product.text))?;
    crate::DIALECTS.iter().find(|dialect| dialect.name == *name && dialect.forms.contains(&"jdbc"))
}

/// `jdbc:product:kind`: all words before a colon, but for the letter of a drive.
fn scheme(text: Piece) -> Result<(Piece, Piece), Unreadable> {
    if text.strip_any_case("jdbc:").is_none() {
        return Err(text.bad(Reason::UnknownScheme));
    }
    let mut end = 0;
    let mut words = 0;
    while let Some(length) = text.skip(end).find(":") {
        let word = &text.text[end..end + length];
        let fits = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte));
        if !fits {
            break;
        }
        end += length + 1;
        words += 1;
    }
    if words < 2 { Err(text.bad_at(end, Reason::SchemeMissing)) } else { Ok((text.cut(end - 1).0, text.skip(end))) }
}

fn style(scheme: &str) -> &'static Style {
    let product = scheme.split(':').nth(1).unwrap_or("");
    STYLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(product)).map_or(&QUERY, |(_, style)| style)
}

/// The database and the parameters behind it. Nothing is decoded, for every product does as it likes.
fn read_name(style: &Style, text: Piece, parts: &mut Parts, named: bool) -> Result<(), Unreadable> {
    let place = text.text.find(style.begin).filter(|place| style.begin != ':' || text.text[*place..].contains('='));
    let (name, rest) = text.cut(place.unwrap_or(text.text.len()));
    // A password could hide in what is no name.
    if let Some(place) = name.find("@?;") {
        return Err(name.bad_at(place, Reason::BadDatabase));
    }
    if named {
        parts.database = Some(name.text.to_owned());
    }
    if rest.is_empty() {
        return Ok(());
    }
    for piece in rest.skip(1).pieces(if style.between == '&' { "&" } else { ";" }) {
        if piece.is_empty() {
            continue;
        }
        let (key, value) = match piece.split("=") {
            Some((key, value)) => (key, Some(value.text.to_owned())),
            None => (piece, None),
        };
        if key.is_empty() {
            return Err(key.bad(Reason::KeyMissing));
        }
        match (key.text, value) {
            ("user", Some(user)) => parts.user = Some(user),
            ("password", Some(password)) => parts.password = Some(password),
            (key, value) => parts.params.push(Param::new(key, value)),
        }
    }
    Ok(())
}

/// Writes parts in one of `FORMS`; `at` of a mistake is 0.
pub(crate) fn build(form: &str, parts: &Parts) -> Result<String, Unreadable> {
    if form != FORMS[0] {
        return Err(Unreadable { at: 0, reason: Reason::UnknownForm });
    }
    let scheme = parts.scheme.as_deref().ok_or(Unreadable { at: 0, reason: Reason::SchemeMissing })?;
    let out = [scheme, ":"].concat();
    if let Some(dialect) = dialect(&out) {
        return (dialect.build)("jdbc", parts);
    }
    // Without hosts the slashes are only written where their absence would say something else.
    let spellings = [parts.hosts.is_empty(), false];
    for bare in spellings {
        let mut text = out.clone();
        write_place(parts, bare, &mut text);
        write_params(style(scheme), parts, &mut text);
        if read(form, &text).is_ok_and(|read| read == *parts) {
            return Ok(text);
        }
    }
    Err(Unreadable { at: 0, reason: Reason::NotWritable })
}

fn write_place(parts: &Parts, bare: bool, out: &mut String) {
    if !bare {
        out.push_str("//");
        write_hosts(&parts.hosts, out);
    }
    if let Some(database) = &parts.database {
        out.push_str(if bare { "" } else { "/" });
        out.push_str(database);
    }
}

fn write_hosts(hosts: &[Host], out: &mut String) {
    for (place, host) in hosts.iter().enumerate() {
        out.push_str(if place == 0 { "" } else { "," });
        let name = host.host.as_deref().unwrap_or("");
        let brackets = if name.contains(':') { ["[", "]"] } else { ["", ""] };
        out.push_str(&[brackets[0], name, brackets[1]].concat());
        write::port(host.port, out);
        if host.host.is_none() && host.port.is_none() {
            // Nothing at all between commas is no host.
            out.push(':');
        }
    }
}

fn write_params(style: &Style, parts: &Parts, out: &mut String) {
    let login = [("user", &parts.user), ("password", &parts.password)];
    let login = login.into_iter().filter(|(_, value)| value.is_some()).map(|(name, value)| (name, value.as_deref()));
    let params = parts.params.iter().map(|param| (param.name.as_str(), param.value.as_deref()));
    let mut mark = style.begin;
    for (name, value) in login.chain(params) {
        out.push(mark);
        mark = style.between;
        out.push_str(name);
        if let Some(value) = value {
            out.push('=');
            out.push_str(value);
        }
    }
    // The products that begin with a colon want every parameter ended.
    if style.begin == ':' && mark == style.between {
        out.push(mark);
    }
}
