//! Dialects that are a grammar and nothing else.

use crate::cursor::Piece;
use crate::parts::{Parts, Reason, Unreadable};
use crate::uri::{self, BASE, Empty, Found, Grammar, Path};
use crate::write;

pub const FORMS: &[&str] = &["uri"];

/// The virtual host is the database: absent, empty (`/`), or one segment.
const AMQP: Grammar = Grammar { schemes: &["amqp", "amqps"], path: Path::Segment, empty_path: Empty::Kept, ..BASE };

/// A path is relative to where the login leads; `%2F` at its beginning makes it absolute.
const FTP: Grammar = Grammar { schemes: &["ftp", "ftps", "ftpes", "sftp"], slashes_required: false, settle: without_default_port, ..BASE };

/// A user is often an e-mail address, so its `@` may stand as it is.
const SMTP: Grammar = Grammar { schemes: &["smtp", "smtps", "submission", "submissions"], last_at: true, host_required: true, ..BASE };

const HTTP: Grammar = Grammar { schemes: &["https", "http"], host_required: true, host_refused: " \t\r\n@[]<>\"\\^`{|},", ..BASE };

pub fn detect(_: &str) -> &'static str {
    FORMS[0]
}

pub fn read_amqp(_: &str, text: &str) -> Result<Parts, Unreadable> {
    uri::read(&AMQP, text)
}

pub fn build_amqp(_: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(write::build(&AMQP, parts))
}

pub fn read_ftp(_: &str, text: &str) -> Result<Parts, Unreadable> {
    let (scheme, rest) = uri::scheme(&FTP, Piece::new(text))?;
    // As browsers have it, any number of slashes begins the host of this one scheme.
    let mut parts = match scheme.as_str() {
        "ftp" => uri::after_slashes(&FTP, rest.skip(rest.text.len() - rest.text.trim_start_matches('/').len())),
        _ => uri::after_scheme(&FTP, rest),
    }?;
    if scheme == "ftp" && parts.hosts.is_empty() {
        return Err(rest.bad(Reason::HostMissing));
    }
    parts.scheme = Some(scheme);
    Ok(parts)
}

pub fn build_ftp(_: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(write::build(&FTP, parts))
}

pub fn read_smtp(_: &str, text: &str) -> Result<Parts, Unreadable> {
    uri::read(&SMTP, text)
}

pub fn build_smtp(_: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(write::build(&SMTP, parts))
}

pub fn read_http(_: &str, text: &str) -> Result<Parts, Unreadable> {
    uri::read(&HTTP, text)
}

pub fn build_http(_: &str, parts: &Parts) -> Result<String, Unreadable> {
    Ok(write::build(&HTTP, parts))
}

/// As browsers have it, the default port is none.
fn without_default_port(found: &mut Found) -> Result<(), Unreadable> {
    for host in &mut found.parts.hosts {
        host.port = host.port.filter(|port| *port != 21);
    }
    Ok(())
}
