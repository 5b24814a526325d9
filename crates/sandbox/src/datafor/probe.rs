//! What happened when a database was tried, in words for people.

use std::io::ErrorKind;

use crate::probe::{self, Failure, Target};

pub async fn reach(place: &Target) -> Result<(), String> {
    probe::reach(place).await.map_err(|failure| told(place, &failure))
}

fn told(place: &Target, failure: &Failure) -> String {
    match failure {
        Failure::Unknown => format!("The host {} is not known", place.host),
        Failure::Silent => format!("{place} did not answer within {} seconds", probe::PATIENCE.as_secs()),
        Failure::Met(_, ErrorKind::ConnectionRefused) => format!("{place} refused the connection"),
        Failure::Met(_, ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable) => {
            format!("There is no way to {place} from here")
        }
        Failure::Met(_, kind) => format!("{place} was not reached: {kind}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_has_words() {
        let place = Target { host: "::1".to_owned(), port: 5432 };
        assert_eq!(told(&place, &Failure::Silent), "[::1]:5432 did not answer within 3 seconds");
    }
}
