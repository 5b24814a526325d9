//! Whether something listens at a place. How that is told is each API's own matter.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

/// For the name and all its addresses together.
pub const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, PartialEq)]
pub struct Target {
    pub host: String,
    pub port: u16,
}

/// Why a place was not reached.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// The name has no address.
    Unknown,
    /// Nobody answered in time.
    Silent,
    /// The last address that was tried, and what its system said.
    Met(SocketAddr, ErrorKind),
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.host.contains(':') {
            true => write!(out, "[{}]:{}", self.host, self.port),
            false => write!(out, "{}:{}", self.host, self.port),
        }
    }
}

pub async fn reach(place: &Target) -> Result<(), Failure> {
    reach_within(PATIENCE, place).await
}

async fn reach_within(patience: Duration, place: &Target) -> Result<(), Failure> {
    timeout(patience, knock(place)).await.unwrap_or(Err(Failure::Silent))
}

async fn knock(place: &Target) -> Result<(), Failure> {
    let addresses = lookup_host((place.host.as_str(), place.port)).await.map_err(|_| Failure::Unknown)?;
    let mut failure = Failure::Unknown;
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(_) => return Ok(()),
            Err(error) => failure = met(address, &error),
        }
    }
    Err(failure)
}

fn met(address: SocketAddr, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::TimedOut => Failure::Silent,
        kind => Failure::Met(address, kind),
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
        let place =
            Target { host: "127.0.0.1".to_owned(), port: full.local_addr().expect("an address").port() };
        let mut waiting = Vec::new();
        while let Ok(Ok(one)) =
            timeout(Duration::from_millis(200), TcpStream::connect((place.host.as_str(), place.port))).await
        {
            waiting.push(one);
            assert!(waiting.len() < 100, "the queue is never full");
        }
        assert_eq!(reach_within(Duration::from_millis(200), &place).await, Err(Failure::Silent));
    }
}
