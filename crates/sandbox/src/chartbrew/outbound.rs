//! Which addresses the real server calls for an API, and which it refuses to.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::{Value, json};

const METADATA: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254));

/// The refusal, if it is one.
pub fn blocked(url: &str) -> Option<Value> {
    let (reason, message) = reason(url)?;
    Some(json!({ "code": "SSRF_BLOCKED", "reason": reason, "message": message }))
}

fn reason(url: &str) -> Option<(&'static str, &'static str)> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some(("invalid_url", "Outbound request URL must be an absolute URL."));
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Some(("invalid_scheme", "Only http and https outbound URLs are allowed."));
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let server = authority.rsplit_once('@').map_or(authority, |(_, server)| server);
    let host = match server.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => server.split(':').next().unwrap_or_default(),
    };
    let address = host.parse::<IpAddr>().ok();
    let is_private = address.map_or(host.eq_ignore_ascii_case("localhost"), is_private);
    match address {
        Some(METADATA) => Some(("metadata_endpoint", "Requests to cloud metadata endpoints are blocked.")),
        _ if is_private => {
            Some(("private_network", "Requests to private or reserved network ranges are blocked."))
        }
        _ => None,
    }
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_unspecified()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn only_public_addresses_are_called() {
        for (url, want) in [
            ("https://api.example.com/v1", None),
            ("HTTP://93.184.216.34:8080", None),
            ("api.example.com", Some("invalid_url")),
            ("", Some("invalid_url")),
            ("ftp://x.example", Some("invalid_scheme")),
            ("http://169.254.169.254/", Some("metadata_endpoint")),
            ("http://u:p@127.0.0.1:1/", Some("private_network")),
            ("http://localhost", Some("private_network")),
            ("http://10.0.0.1", Some("private_network")),
            ("http://[::1]:80", Some("private_network")),
            ("http://[fd00::1]", Some("private_network")),
        ] {
            assert_eq!(reason(url).map(|(reason, _)| reason), want, "{url}");
        }
    }
}
