//! MySQL: URIs as its own shell reads them; the `jdbc:` and Go forms are in files of their own.

mod go;
mod jdbc;
mod jdbc_build;
mod mariadb;
mod query;

use crate::address::{self, is_dotted, is_ipv4, is_ipv6};
use crate::cursor::Piece;
use crate::parts::{Bad, Done, Host, Parts, Reason, move_into};
use crate::percent::{Plus, decode, encode};
use crate::text::{fresh, given, has, is_digits, listed, put};
use crate::uri::tell_socket;
use crate::{Dialect, Way, ado, write};

pub(crate) const DIALECT: Dialect = Dialect {
    name: "mysql",
    forms: &["uri", "jdbc", "go-dsn", "ado"],
    ways: &[
        Way::Own(read, build),
        Way::Own(jdbc::read, jdbc_build::build),
        Way::Own(go::read, go::build),
        Way::Own(ado::read, |parts, out| {
            ado::build(parts, ["Server", "Port", "Database", "User ID", "Password"], out)
        }),
    ],
    detect,
    schemes: &[SCHEMES, "jdbc"],
    free_forms: "go-dsn",
};

/// What may stand raw in a name, besides letters and digits (RFC 3986: unreserved and sub-delims), and `%`, which begins an escape.
const NAME: &str = "%-._~!$&'()*+,;=";
/// The same in a host that stands alone.
const BARE: &str = "%-._~,";
/// The same in a password, a database, and a value.
const PASSWORD: &str = "%-._~!$&'()*+,;=:";
const DATABASE: &str = "%-._~!$&'()*+,;=:@";
const VALUE: &str = "%-._~!$'()*+,;=:@";
const KEY: &str = "%-._~";

const SCHEMES: &str = "mysql mysqlx mysql+srv mysqlx+srv";

/// How a Windows pipe begins.
const PIPE: &str = "\\\\.\\";

fn detect(text: &str) -> usize {
    let whole = Piece::new(text);
    if whole.trim().strip_any_case("jdbc:").is_some() {
        return 1;
    }
    if ado::begins(whole) {
        return 3;
    }
    let (scheme, rest) = whole.until(":");
    let known = rest.begins("://") && listed(SCHEMES, scheme.text).is_some();
    // In a Go DSN even `://` may belong to the password.
    let named =
        known || !go::names_network(whole) && whole.before_slashes().is_some_and(|scheme| !scheme.is_empty());
    let closed = whole.pieces(")").iter().skip(1).any(|after| after.begins("/"));
    if !named && (closed || whole.begins("/")) { 2 } else { 0 }
}

fn read(text: Piece, parts: &mut Parts) -> Done {
    if text.is_empty() {
        return Err(text.bad(Reason::Empty));
    }
    let rest = scheme(text, parts)?;
    if parts.scheme.is_none() && has(text.text, ";") && ado::begins(text) {
        // A password could hide in what is no name.
        return Err(text.bad_at(text.place("="), Reason::HostCharacter));
    }
    let place = user(rest, parts)?;
    let bare = parts.scheme.is_none() && parts.user.is_none();
    let mut host = Host::default();
    let rest = target(place, if bare { BARE } else { NAME }, &mut host)?;
    if host.protocol.is_some() && given(&parts.scheme).starts_with("mysqlx") {
        // Pipes do not speak this protocol.
        return Err(place.bad(Reason::BadSocket));
    }
    parts.hosts.push(host);
    let (path, query) = rest.halves("?");
    if !path.is_empty() {
        let Some(name) = path.strip("/") else { return Err(path.bad(Reason::HostCharacter)) };
        if !name.is_empty() {
            spelled(name, DATABASE, Reason::BadDatabase, fresh(&mut parts.database))?;
        }
    }
    match query {
        Some(query) => query::read(query, parts),
        None => Ok(()),
    }
}

/// A scheme, which may be missing.
fn scheme<'a>(text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Bad> {
    let (name, after) = text.until(":");
    let Some(rest) = after.strip("://") else { return Ok(text) };
    match listed(SCHEMES, name.text) {
        Some(known) => put(&mut parts.scheme, known),
        None => return Err(name.bad(Reason::UnknownScheme)),
    }
    Ok(rest)
}

fn user<'a>(text: Piece<'a>, parts: &mut Parts) -> Result<Piece<'a>, Bad> {
    let (info, rest) = text.until("@/?");
    let rest = match rest.strip("@") {
        Some(rest) if !text.begins("(") => rest,
        _ => return Ok(text),
    };
    let (user, password) = info.halves(":");
    if user.is_empty() {
        return Err(user.bad(Reason::UserMissing));
    }
    spelled(user, NAME, Reason::UserCharacter, fresh(&mut parts.user))?;
    if let Some(password) = password {
        spelled(password, PASSWORD, Reason::UserCharacter, fresh(&mut parts.password))?;
    }
    Ok(rest)
}

/// Decodes a piece that holds nothing raw but letters, digits and `plain`.
#[inline(never)]
fn spelled(piece: Piece, plain: &str, reason: Reason, out: &mut String) -> Done {
    match piece.find_other(plain) {
        Some(place) => Err(piece.bad_at(place, reason)),
        None => decode(piece, Plus::Literal, out),
    }
}

/// Reads what to connect to; what follows it is left.
fn target<'a>(text: Piece<'a>, plain: &str, host: &mut Host) -> Result<Piece<'a>, Bad> {
    let name = fresh(&mut host.host);
    if let Some(inner) = text.strip("(") {
        let (path, rest) = inner.halves(")");
        let Some(rest) = rest else { return Err(inner.bad(Reason::UnclosedParenthesis)) };
        if let Some(pipe) = path.strip(PIPE) {
            decode(pipe, Plus::Literal, name)?;
            self::pipe(pipe, host)?;
        } else if path.begins("/") || path.begins(".") {
            // A relative path stands as the host, which the shell takes it for.
            decode(path, Plus::Literal, name)?;
            tell_socket(host);
        } else {
            return Err(path.bad(Reason::BadSocket));
        }
        return Ok(rest);
    }
    text.until("/?").0.refuse("@", Reason::RawAt)?;
    if let Some(inner) = text.strip("[") {
        return bracketed(inner, host);
    }
    // A socket is a slash and one segment.
    let slash = usize::from(text.begins("/"));
    let (place, rest) = text.cut(text.skip(slash).place("/?") + slash);
    if let Some(pipe) = place.strip(PIPE) {
        spelled(pipe, NAME, Reason::HostCharacter, name)?;
        self::pipe(pipe, host)?;
    } else if slash == 1 {
        name.push('/');
        spelled(place.skip(1), NAME, Reason::HostCharacter, name)?;
        if name.len() == 1 {
            return Err(place.bad(Reason::HostMissing));
        }
        tell_socket(host);
    } else {
        named(place, plain, host)?;
    }
    Ok(rest)
}

fn pipe(piece: Piece, host: &mut Host) -> Done {
    put(&mut host.protocol, "pipe");
    if given(&host.host).is_empty() { Err(piece.bad(Reason::BadSocket)) } else { Ok(()) }
}

fn bracketed<'a>(inner: Piece<'a>, host: &mut Host) -> Result<Piece<'a>, Bad> {
    let (address, rest) = inner.halves("]");
    let Some(rest) = rest else { return Err(inner.bad(Reason::UnclosedBracket)) };
    let (number, zone) = address.cut(zone_place(address));
    if !is_ipv6(number.text) {
        return Err(number.bad(Reason::BadAddress));
    }
    let name = fresh(&mut host.host);
    name.push_str(number.text);
    if let Some(zone) = zone.strip("%25") {
        if zone.is_empty() {
            return Err(zone.bad(Reason::BadAddress));
        }
        name.push('%');
        spelled(zone, KEY, Reason::BadAddress, name)?;
    }
    let (port, rest) = rest.until("/?");
    match port.strip(":") {
        Some(port) => address::encoded_port(port, 0, &mut host.port)?,
        None if port.is_empty() => (),
        None => return Err(port.bad(Reason::StrayBracket)),
    }
    Ok(rest)
}

/// Where the zone of an address begins, or its end.
fn zone_place(address: Piece) -> usize {
    let place = address.place("%");
    if address.skip(place).begins("%25") { place } else { address.text.len() }
}

fn named(text: Piece, plain: &str, host: &mut Host) -> Done {
    let (name, port) = text.halves(":");
    if name.is_empty() {
        return Err(name.bad(Reason::HostMissing));
    }
    let out = fresh(&mut host.host);
    spelled(name, plain, Reason::HostCharacter, out)?;
    if name.find(";").is_some() {
        // Keys and values are no host, though each of their marks may stand in one.
        name.refuse("=", Reason::HostCharacter)?;
    }
    if is_dotted(out, is_digits) && !is_ipv4(out) {
        return Err(name.bad(Reason::BadAddress));
    }
    tell_socket(host);
    match port {
        Some(port) if host.socket.is_some() => Err(port.bad(Reason::NoPortHere)),
        Some(port) => address::encoded_port(port, 0, &mut host.port),
        None => Ok(()),
    }
}

fn build(parts: &mut Parts, out: &mut String) -> Done {
    write::scheme(parts, "mysql", out);
    if given(&parts.user).is_empty() {
        move_into(&mut parts.params, "password", &mut parts.password);
        move_into(&mut parts.params, "user", &mut parts.user);
    }
    write::user(&parts.user, &parts.password, out);
    for host in &parts.hosts {
        let name = given(if host.socket.is_some() { &host.socket } else { &host.host });
        let (begin, plain, end) = if host.socket.is_some() {
            ("(", "/", ")")
        } else if host.host.is_some() && given(&host.protocol) == "pipe" {
            ("(\\\\.\\", ":\\/", ")")
        } else if has(name, ":") {
            ("[", ":", "]")
        } else {
            ("", "*,;", "")
        };
        out.push_str(begin);
        encode(name, plain, out);
        out.push_str(end);
        write::port(host.port, out);
    }
    if let Some(name) = &parts.database {
        out.push('/');
        encode(name, "@", out);
    }
    query::build(&parts.params, out);
    Ok(())
}
