//! Where a connection leads, as far as a body says it.

use std::net::Ipv6Addr;

use serde_json::Value;

use crate::probe::Target;
use crate::store::Record;

/// Or why it cannot be tried. An address is not quoted, since it may hold a password.
pub fn of(record: &Record) -> Result<Target, &'static str> {
    let text =
        |json: Option<&Value>| json.and_then(Value::as_str).map(str::trim).unwrap_or_default().to_owned();
    if text(record.get("accessType")) != "NATIVE" {
        return Err("The sandbox can only try connections with the access type NATIVE");
    }
    if record.get("databaseType").is_some_and(|kind| kind["shortName"] == "GENERIC") {
        let kept = text(record.get("attributes").and_then(|attributes| attributes.get("CUSTOM_URL")));
        let url = if kept.is_empty() { text(record.get("CUSTOM_URL")) } else { kept };
        return match url.as_str() {
            "" => Err("There is no URL to try"),
            url => in_url(url).ok_or("The sandbox finds no host and port in this URL, so it cannot try it"),
        };
    }
    let host = host(&text(record.get("hostname"))).ok_or("There is no host to try")?;
    let port = port(&text(record.get("databasePort"))).ok_or("There is no port to try")?;
    Ok(Target { host, port })
}

/// Drivers have all their own ways; these are those of most: `//host:port` or `@host:port` somewhere.
fn in_url(url: &str) -> Option<Target> {
    let rest = url.get(..5).filter(|start| start.eq_ignore_ascii_case("jdbc:")).and_then(|_| url.get(5..))?;
    let place = &rest[..rest.find(['?', ';']).unwrap_or(rest.len())];
    let place = match (place.split_once("//"), place.rsplit_once('@')) {
        (Some((_, place)), _) => place.split('/').next()?,
        (None, Some((_, place))) => place,
        (None, None) => return None,
    };
    // Of several servers, the first is tried.
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place).split(',').next()?;
    let (name, rest) = match place.strip_prefix('[') {
        Some(rest) => rest.split_once("]:")?,
        None => place.split_once(':')?,
    };
    // SQL Server's instance stands between the host and the port.
    let name = name.split('\\').next()?;
    Some(Target { host: host(name)?, port: port(rest.split([':', '/']).next()?)? })
}

fn host(text: &str) -> Option<String> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let is_name = !bare.is_empty()
        && bare.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_'));
    (is_name || bare.parse::<Ipv6Addr>().is_ok()).then(|| bare.to_owned())
}

fn port(text: &str) -> Option<u16> {
    text.parse().ok().filter(|port| *port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_drivers() {
        for (url, want) in [
            ("jdbc:postgresql://db.example:5432/shop?user=a@b:1", "db.example:5432"),
            ("JDBC:mysql://u:p@db:3306", "db:3306"),
            ("jdbc:mysql://one:3306,two:3307/shop", "one:3306"),
            ("jdbc:sqlserver://db\\sales:1433;databaseName=x", "db:1433"),
            ("jdbc:sqlserver://db:1433;databaseName=x", "db:1433"),
            ("jdbc:oracle:thin:@db:1521:ORCL", "db:1521"),
            ("jdbc:oracle:thin:u/p@db:1521/orders", "db:1521"),
            ("jdbc:oracle:thin:@//db:1521/orders", "db:1521"),
            ("jdbc:clickhouse:http://db:8123/x", "db:8123"),
            ("jdbc:hive2://[::1]:10000/default;auth=noSasl", "[::1]:10000"),
            ("jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443;ProjectId=x", ""),
            ("jdbc:postgresql://db/shop", ""),
            ("jdbc:postgresql://db:0/shop", ""),
            ("jdbc:postgresql://db:70000/shop", ""),
            ("jdbc:postgresql:shop", ""),
            ("jdbc:duckdb:/data/a.db", ""),
            ("jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db)(PORT=1521)))", ""),
            ("jdbc:mysql://u:p/w@db:3306/shop", ""),
            ("postgresql://db:5432/shop", ""),
            ("jdbc", ""),
            ("ünterhalb://x:1", ""),
        ] {
            assert_eq!(in_url(url).map(|place| place.to_string()).unwrap_or_default(), want, "{url}");
        }
    }
}
