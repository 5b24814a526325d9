//! Whether something listens at a place.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::target::Target;

/// For the name and all its addresses together.
const PATIENCE: Duration = Duration::from_secs(3);

/// What happened is told in words for people.
pub async fn reach(place: &Target) -> Result<(), String> {
    reach_within(PATIENCE, place).await
}

async fn reach_within(patience: Duration, place: &Target) -> Result<(), String> {
    match timeout(patience, knock(place)).await {
        Ok(result) => result,
        Err(_) => Err(silent(place)),
    }
}

async fn knock(place: &Target) -> Result<(), String> {
    let addresses = lookup_host((place.host.as_str(), place.port)).await.map_err(|_| unknown(place))?;
    let mut met = unknown(place);
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(_) => return Ok(()),
            Err(error) => met = told(place, &error),
        }
    }
    Err(met)
}

fn unknown(place: &Target) -> String {
    format!("The host {} is not known", place.host)
}

fn silent(place: &Target) -> String {
    format!("{place} did not answer within {} seconds", PATIENCE.as_secs())
}

fn told(place: &Target, error: &Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => format!("{place} refused the connection"),
        ErrorKind::TimedOut => silent(place),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => format!("There is no way to {place} from here"),
        kind => format!("{place} was not reached: {kind}"),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;
    use tokio::net::TcpSocket;

    /// A listener that takes nobody in lets the callers after the first few wait; other systems turn them away.
    #[tokio::test]
    async fn silence_is_told() {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a port");
        let full = socket.listen(1).expect("a listener");
        let place = Target { host: "127.0.0.1".to_owned(), port: full.local_addr().expect("an address").port() };
        let mut waiting = Vec::new();
        while let Ok(Ok(one)) = timeout(Duration::from_millis(200), TcpStream::connect((place.host.as_str(), place.port))).await {
            waiting.push(one);
            assert!(waiting.len() < 100, "the queue is never full");
        }
        assert_eq!(reach_within(Duration::from_millis(200), &place).await, Err(format!("{place} did not answer within 3 seconds")));
    }
}
