//! Dialects that are a grammar and nothing else, or nearly so.

use super::clickhouse::refuse_blanks;
use crate::cursor::Piece;
use crate::parts::{Done, Parts, Reason};
use crate::text::given;
use crate::uri::{self, BASE, Empty, Found, Grammar, Path};
use crate::write;

/// The virtual host is the database: absent, empty (`/`), or one segment.
pub const AMQP: Grammar =
    Grammar { schemes: "amqp amqps", path: Path::Segment, empty_path: Empty::Kept, ..BASE };

/// Its clients take no blank anywhere.
pub fn read_amqp(text: Piece, parts: &mut Parts) -> Done {
    refuse_blanks(text, parts)?;
    uri::read(&AMQP, text, parts)
}

pub fn build_amqp(parts: &mut Parts, out: &mut String) -> Done {
    write::build(&AMQP, parts, out)
}

/// A path is relative to where the login leads; `%2F` at its beginning makes it absolute.
pub const FTP: Grammar =
    Grammar { schemes: "ftp ftps ftpes sftp", slashes_required: false, settle: without_default_port, ..BASE };

/// A user is often an e-mail address, so its `@` may stand as it is.
pub const SMTP: Grammar =
    Grammar { schemes: "smtp smtps submission submissions", last_at: true, host_required: true, ..BASE };

pub const HTTP: Grammar =
    Grammar { schemes: "https http", host_required: true, host_refused: " \t\r\n@[]<>\"\\^`{|},", ..BASE };

pub fn read_ftp(text: Piece, parts: &mut Parts) -> Done {
    let rest = uri::scheme(&FTP, text, parts)?;
    if given(&parts.scheme) != "ftp" {
        return uri::after_scheme(&FTP, rest, parts);
    }
    // As browsers have it, any number of slashes begins the host of this one scheme.
    let mut host = rest;
    while let Some(after) = host.strip("/") {
        host = after;
    }
    uri::after_slashes(&FTP, host, parts)?;
    if parts.hosts.is_empty() { Err(rest.bad(Reason::HostMissing)) } else { Ok(()) }
}

pub fn build_ftp(parts: &mut Parts, out: &mut String) -> Done {
    write::build(&FTP, parts, out)
}

/// As browsers have it, the default port is none.
fn without_default_port(found: &mut Found) -> Done {
    for host in &mut found.parts.hosts {
        if host.port == Some(21) {
            host.port = None;
        }
    }
    Ok(())
}
