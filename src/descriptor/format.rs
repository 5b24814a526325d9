//! Named formats: one table of functions, each linear in its input.

use crate::base::text::{has_byte, parse_index, parse_integer, rsplit_once, split, split_once, split_scheme};
use crate::descriptor::fault_code::FaultCode;
use crate::json::Json;
use crate::json::parse::number_of;

/// A format that a field can ask for; `id` is also the end of the fault's code, `format_<id>`.
pub struct Format {
    /// The word in a descriptor.
    pub word: &'static str,
    /// The code of the fault when a value does not have it.
    pub fault: FaultCode,
    pub fits: fn(&str) -> bool,
}

/// Every format, in the order of the descriptor's schema.
pub const FORMATS: &[Format] = &[
    Format { word: "host", fault: FaultCode::FormatHost, fits: host },
    Format { word: "port", fault: FaultCode::FormatPort, fits: port },
    Format { word: "http-url", fault: FaultCode::FormatHttpUrl, fits: http_url },
    Format { word: "https-origin", fault: FaultCode::FormatHttpsOrigin, fits: https_origin },
    Format { word: "credentials-url", fault: FaultCode::FormatCredentialsUrl, fits: credentials_url },
    Format { word: "raw-credentials-url", fault: FaultCode::FormatCredentialsUrl, fits: credentials_url },
    Format { word: "email", fault: FaultCode::FormatEmail, fits: email },
    Format { word: "json", fault: FaultCode::FormatJson, fits: json },
    Format { word: "json-object", fault: FaultCode::FormatJsonObject, fits: json_object },
    Format { word: "json-list", fault: FaultCode::FormatJsonList, fits: json_list },
    Format { word: "pem", fault: FaultCode::FormatPem, fits: pem },
    Format { word: "der", fault: FaultCode::FormatDer, fits: der },
    Format { word: "no-spaces", fault: FaultCode::FormatNoSpaces, fits: no_spaces },
    Format { word: "base64", fault: FaultCode::FormatBase64, fits: base64 },
    Format { word: "oid", fault: FaultCode::FormatOid, fits: oid },
    Format { word: "uri", fault: FaultCode::FormatUri, fits: uri },
    Format { word: "jdbc-url", fault: FaultCode::FormatJdbcUrl, fits: jdbc_url },
    Format { word: "dn", fault: FaultCode::FormatDn, fits: dn },
    Format { word: "host-ports", fault: FaultCode::FormatHostPorts, fits: host_ports },
    Format { word: "int32", fault: FaultCode::Integer, fits: int32 },
    Format { word: "int64", fault: FaultCode::Integer, fits: int64 },
    Format { word: "decimal", fault: FaultCode::Number, fits: decimal },
    Format { word: "boolean", fault: FaultCode::FormatBoolean, fits: boolean },
];

/// A host name, an IPv4 address or an IPv6 address with or without brackets; no scheme, port or path.
/// Underscores are let through: container networks use them.
pub fn host(text: &str) -> bool {
    if has_byte(text, b':') {
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        return ipv6(bare);
    }
    let name = text.strip_suffix('.').unwrap_or(text);
    let letter = |c: char| {
        c.is_ascii_alphanumeric()
            || c == '-'
            || c == '_'
            || !c.is_ascii() && !c.is_whitespace() && !c.is_control()
    };
    let label = |label: &str| (1..=63).contains(&label.len()) && label.chars().all(letter);
    name.len() <= 253 && split(name, b'.').all(label)
}

/// Eight groups of hexadecimal digits, one run of zeros left out at most, perhaps with an IPv4 address at the end (RFC 4291).
fn ipv6(text: &str) -> bool {
    let (text, groups) = match rsplit_once(text, b':') {
        Some((rest, last)) if has_byte(last, b'.') => {
            let byte =
                |part: &str| !(part.len() > 1 && part.starts_with('0')) && parse_index(part, 255.0).is_some();
            if split(last, b'.').count() != 4 || !split(last, b'.').all(byte) {
                return false;
            }
            // The colon before it stays where it ends a run of zeros.
            (if rest.ends_with(':') { text.strip_suffix(last).unwrap_or(rest) } else { rest }, 6)
        }
        _ => (text, 8),
    };
    let group = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit());
    let count = |part: &str| {
        if part.is_empty() {
            Some(0)
        } else {
            split(part, b':').all(group).then(|| split(part, b':').count())
        }
    };
    // Not `split_once`, whose search for any text of any length weighs a kilobyte.
    match text.as_bytes().windows(2).position(|pair| pair == b"::").and_then(|at| text.split_at_checked(at)) {
        None => count(text) == Some(groups),
        Some((before, rest)) => {
            let after = rest.get(2..).unwrap_or_default();
            count(before).zip(count(after)).is_some_and(|(before, after)| before + after < groups)
        }
    }
}

fn port(text: &str) -> bool {
    parse_index(text, 65535.0).is_some_and(|port| port > 0)
}

/// An absolute http or https address: a scheme, a host, perhaps a port, a path and a query; no user or password.
pub fn http_url(text: &str) -> bool {
    http_parts(text).is_some_and(|(_, authority, _)| authority_fits(authority))
}

/// `https://` and a host, without path, query or user.
fn https_origin(text: &str) -> bool {
    http_parts(text).is_some_and(|(scheme, authority, rest)| {
        scheme.eq_ignore_ascii_case("https") && authority_fits(authority) && rest.is_empty()
    })
}

/// `scheme://user:password@rest`, with none of the three empty. The last `@` ends the password, which may be raw.
fn credentials_url(text: &str) -> bool {
    let Some((scheme, rest)) = split_scheme(text) else { return false };
    let Some((userinfo, index)) = rsplit_once(rest, b'@') else { return false };
    let Some((user, password)) = split_once(userinfo, b':') else { return false };
    !scheme.is_empty()
        && !user.is_empty()
        && !password.is_empty()
        && !index.is_empty()
        && !text.chars().any(char::is_control)
}

/// Whether an escape such as `%40` stands in the password of a `raw-credentials-url`, which is sent as it stands.
pub fn has_encoded_password(format: &Format, text: &str) -> bool {
    let (before, _) = rsplit_once(text, b'@').unwrap_or_default();
    let (_, userinfo) = split_scheme(before).unwrap_or_default();
    let (_, password) = split_once(userinfo, b':').unwrap_or_default();
    let password = password.as_bytes();
    format.word == "raw-credentials-url"
        && password
            .windows(3)
            .any(|part| part.starts_with(b"%") && part.iter().skip(1).all(u8::is_ascii_hexdigit))
}

fn email(text: &str) -> bool {
    let Some((local, domain)) = rsplit_once(text, b'@') else { return false };
    let letter = |c: char| !c.is_whitespace() && !c.is_control() && c != '@';
    (1..=64).contains(&local.len()) && local.chars().all(letter) && !has_byte(domain, b':') && host(domain)
}

fn json(text: &str) -> bool {
    Json::parse(text).is_some()
}

fn json_object(text: &str) -> bool {
    matches!(Json::parse(text), Some(Json::Map(_)))
}

fn json_list(text: &str) -> bool {
    matches!(Json::parse(text), Some(Json::List(_)))
}

/// A file is judged with a letter for each byte: a sequence with a length in several bytes, as every PKCS#12 file and certificate begins.
fn der(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next() == Some('0')
        && letters.next().is_some_and(|length| ('\u{81}'..='\u{84}').contains(&length))
}

fn no_spaces(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}

/// RFC 4648 with padding; line breaks are let through, as files have them.
fn base64(text: &str) -> bool {
    let digits = text.trim_end().trim_end_matches('=');
    let count = |text: &str| text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
    let digit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'\r' | b'\n');
    count(text).is_multiple_of(4) && count(text) - count(digits) <= 2 && digits.bytes().all(digit)
}

/// At least two numbers with dots between (RFC 2578, section 3.5); a dot may lead.
fn oid(text: &str) -> bool {
    let numbers = text.strip_prefix('.').unwrap_or(text);
    has_byte(numbers, b'.') && split(numbers, b'.').all(|part| parse_index(part, 4_294_967_295.0).is_some())
}

/// A scheme of RFC 3986, a colon, and something that is no white space.
fn uri(text: &str) -> bool {
    split_once(text, b':').is_some_and(|(scheme, rest)| {
        let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(letter)
            && !rest.is_empty()
            && no_spaces(rest)
    })
}

/// `jdbc:`, the name of a driver, and what that driver reads.
fn jdbc_url(text: &str) -> bool {
    split_once(text, b':').is_some_and(|(head, rest)| head.eq_ignore_ascii_case("jdbc") && uri(rest))
}

/// Attributes and values with commas between (RFC 4514); a comma after a backslash belongs to its value.
fn dn(text: &str) -> bool {
    let mut open = false;
    let parts = text.split(|c: char| {
        let splits = c == ',' && !open;
        open = c == '\\' && !open;
        splits
    });
    parts.into_iter().all(|part| {
        split_once(part, b'=').is_some_and(|(name, value)| !name.trim().is_empty() && !value.is_empty())
    })
}

fn host_ports(text: &str) -> bool {
    split(text, b',').all(|one| {
        rsplit_once(one.trim(), b':').is_some_and(|(name, number)| {
            (!has_byte(name, b':') || name.starts_with('[')) && host(name) && port(number)
        })
    })
}

fn int32(text: &str) -> bool {
    parse_integer(text).is_some_and(|number| (-2_147_483_648.0..=2_147_483_647.0).contains(&number))
}

fn int64(text: &str) -> bool {
    let digits = text.trim_start_matches('-').trim_start_matches('0');
    let most = if text.starts_with('-') { "9223372036854775808" } else { "9223372036854775807" };
    parse_integer(text).is_some()
        && (digits.len() < most.len() || digits.len() == most.len() && digits <= most)
}

fn decimal(text: &str) -> bool {
    number_of(text).is_some()
}

fn boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

/// One block or more of `-----BEGIN X-----`, base64 and `-----END X-----`.
fn pem(text: &str) -> bool {
    let mut open: Option<&str> = None;
    let mut blocks = 0;
    for line in split(text, b'\n').map(str::trim).filter(|line| !line.is_empty()) {
        let mark = |kind: &str| line.strip_prefix(kind).and_then(|rest| rest.strip_suffix("-----"));
        match (open, mark("-----BEGIN "), mark("-----END ")) {
            (None, Some(label), _) => open = Some(label),
            (Some(label), None, Some(end)) if label == end => {
                open = None;
                blocks += 1;
            }
            (Some(_), None, None) => {}
            // Text between blocks is allowed, as in files that openssl writes.
            (None, None, None) => {}
            _ => return false,
        }
    }
    open.is_none() && blocks > 0
}

/// Scheme, authority and what follows of an http(s) address.
fn http_parts(text: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = split_scheme(text)?;
    let http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let (authority, path) = rest
        .split_at_checked(rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len()))?;
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    (http && clean).then_some((scheme, authority, path))
}

/// A host and perhaps a port. A user or password makes it unfit, since an address is shown and logged.
fn authority_fits(authority: &str) -> bool {
    let (name, number) = match rsplit_once(authority, b':') {
        Some((name, number)) if !has_byte(number, b']') => (name, Some(number)),
        _ => (authority, None),
    };
    let named = !has_byte(name, b':') || name.starts_with('[');
    named && host(name) && number.is_none_or(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, good: &[&str], bad: &[&str]) {
        let format = FORMATS.iter().find(|format| format.word == word).unwrap();
        for text in good {
            assert!((format.fits)(text), "{text:?} is a {word}");
        }
        for text in bad {
            assert!(!(format.fits)(text), "{text:?} is no {word}");
        }
    }

    #[test]
    fn hosts() {
        let long = "a".repeat(64);
        check(
            "host",
            &[
                "localhost",
                "db.example.com",
                "db.example.com.",
                "10.0.0.1",
                "::1",
                "[2001:db8::1]",
                "my_db",
                "bücher.example",
                "xn--bcher-kva.example",
            ],
            &["", ".", "a..b", "http://x", "x/y", "x y", "x:5432", "user@host", "[::1", &long],
        );
    }

    #[test]
    fn an_ipv6_address_is_what_the_standard_library_says() {
        for text in [
            "::",
            "::1",
            "1::",
            "2001:db8::1",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1::2::3",
            ":::",
            ":1",
            "1:",
            "12345::",
            "g::",
            "::ffff:10.0.0.1",
            "1:2:3:4:5:6:1.2.3.4",
            "::1.2.3",
            "::1.2.3.256",
            "1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::1.2.3.4:5",
            "1::1.2.3.4",
            ":1.2.3.4",
            "1:2:3:4:5::1.2.3.4",
            "1:2:3:4:5:6::7:8",
            "1:2:3:4:5:6::7",
            "::01.2.3.4",
            "",
        ] {
            assert_eq!(ipv6(text), text.parse::<std::net::Ipv6Addr>().is_ok(), "{text}");
        }
    }

    #[test]
    fn addresses() {
        check(
            "http-url",
            &[
                "http://localhost:4019",
                "https://api.example.com/v1?x=1",
                "HTTPS://EXAMPLE.com/",
                "http://[::1]:80/",
            ],
            &[
                "",
                "example.com",
                "ftp://x",
                "https://",
                "https:///x",
                "http://a b",
                "http://u:p@host/",
                "javascript:alert(1)",
                "http://x:99999",
                "http://x:",
                "http://a\\b",
            ],
        );
        check(
            "https-origin",
            &["https://example.atlassian.net"],
            &["http://example.atlassian.net", "https://example.atlassian.net/x", "https://a?b"],
        );
        check(
            "credentials-url",
            &["postgres://u:p@h/db", "mongodb+srv://u:p@ss:w/rd#1@h", "mysql://u:p@ss@h:1/x"],
            &[
                "postgres://h/db",
                "postgres://u@h",
                "postgres://u:@h",
                "postgres://:p@h",
                "u:p@h",
                "postgres://u:p@",
            ],
        );
    }

    #[test]
    fn an_encoded_password_is_doubtful_where_it_is_sent_raw() {
        let of = |word: &str| FORMATS.iter().find(|format| format.word == word).unwrap();
        for (text, is_doubtful) in [
            ("a://u:p%40w@h", true),
            ("a://u%40x:pw@h/%41", false),
            ("a://u:100%@h", false),
            ("a://u:p:%2Fw@h", true),
            ("a://u:%zz@h", false),
        ] {
            assert_eq!(has_encoded_password(of("raw-credentials-url"), text), is_doubtful, "{text}");
            assert!(!has_encoded_password(of("credentials-url"), text));
        }
    }

    #[test]
    fn other_texts() {
        check("port", &["1", "65535"], &["0", "65536", "-1", "12a", "", "+5"]);
        check("email", &["jo@example.test"], &["jo", "@x", "jo@", "a b@c", "jo@a@b c"]);
        check("json", &["{}", " [1]", "\"a\""], &["", "{", "{'a':1}"]);
        check("json-list", &["[]", "[1]"], &["{}", "1"]);
        check("der", &["0\u{82}\u{1}"], &["", "0", "01", "-----BEGIN"]);
        check("no-spaces", &["a-b_c"], &["a b", "a\t"]);
        check(
            "base64",
            &["QUJD", "QUI=", "QQ==", "QUJD\nQUJD\n"],
            &["QUJ", "Q===", "<file>", "QU=D", "QUJ\u{e9}"],
        );
        check(
            "oid",
            &["1.3.6.1.4.1.12345.1.1", ".1.3"],
            &["", "1", "1..3", "1.3.", "1.a", "1.4294967296", "+1.3"],
        );
        check(
            "uri",
            &["tcp://host:61616?x=1", "failover:(tcp://a,tcp://b)"],
            &["", "host", "1x:y", "tcp:", "tcp://a b"],
        );
        check(
            "jdbc-url",
            &["jdbc:oracle:thin:@h:1521:ORCL", "JDBC:mysql://h/db"],
            &["", "jdbc:", "jdbc:mysql", "odbc:x:y", "jdbc::x"],
        );
        check(
            "dn",
            &["cn=admin,dc=example,dc=com", "cn=Doe\\, Jane, dc=x"],
            &["", "admin", "cn=", "cn=a,,dc=x", "=x"],
        );
        check(
            "host-ports",
            &["a:9092", "a:9092, b:9093", "[::1]:9092"],
            &["", "a", "a:0", "a:9092,", "::1:9092", "a:9092;b:1"],
        );
        check("int32", &["-1", "2147483647"], &["2147483648", "1.5", ""]);
        check(
            "int64",
            &["9223372036854775807", "-9223372036854775808", "0", "-0007"],
            &["9223372036854775808", "-9223372036854775809", "x", "", "--1"],
        );
        check("decimal", &["1.5", "-2e3"], &["", "1,5", "abc"]);
        check("boolean", &["true", "false"], &["TRUE", "1", ""]);
        check("json-object", &["{}", "{\"a\":1}"], &["[]", "1", "null"]);
        check(
            "pem",
            &[
                "-----BEGIN A-----\nAAAA\n-----END A-----\n",
                "x\n-----BEGIN A B-----\r\nAA==\r\n-----END A B-----",
            ],
            &[
                "",
                "AAAA",
                "-----BEGIN A-----\nAAAA",
                "-----BEGIN A-----\n-----END B-----",
                "-----BEGIN A-----\n-----BEGIN A-----\n-----END A-----",
            ],
        );
    }
}
