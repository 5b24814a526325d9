//! What MariaDB's driver refuses while it reads: values of another kind than a key takes.

use crate::cursor::Piece;
use crate::parts::{Param, Reason, Unreadable};

const NUMBERS: &str = " connecttimeout defaultfetchsize logintimeout maxidletime maxpoolsize maxquerysizetolog minpoolsize poolvaliddelay \
prepstmtcachesize retriesalldown sockettimeout socketbufferlength tcpkeepcount tcpkeepidle tcpkeepinterval transactionreplaysize \
validconnectiontimeout waitreconnecttimeout ";

const SWITCHES: &str = " allowlocalinfile allowmultiqueries allowpublickeyretrieval autocommit blanktablenamemeta \
cacheprepstmts createdatabaseifnotexist disablepipeline disconnectonexpiredpasswords dumpqueriesonexception includeinnodbstatusindeadlockexceptions \
includethreaddumpindeadlockexceptions jdbccomplianttruncation pinglobaltxtophysicalconnection pool registerjmxpool tcpabortiveclose tcpkeepalive \
tinyint1isbit transactionreplay transformedbitisboolean updatableresultset usebulkstmts usebulkstmtsforinserts usecatalogterm usecompression \
usemysqlmetadata usereadaheadinput useresetconnection useserverprepstmts yearisdatetype ";

const TLS_MODES: &str = " disable disabled trust required require verify_ca verify-ca verify-full verify_full verify_identity verify-identity 0 1 false true no-verification no_verification ";

const ISOLATIONS: &str = " read-uncommitted read-committed repeatable-read serializable read_uncommitted read_committed repeatable_read transaction_read_uncommitted transaction_read_committed transaction_repeatable_read transaction_serializable ";

/// Whether the value of a known key is one that it takes.
pub fn check(param: &Param, place: Piece) -> Result<(), Unreadable> {
    let name = param.name.to_ascii_lowercase();
    let value = param.value.as_deref().unwrap_or_default().to_ascii_lowercase();
    let good = if listed(NUMBERS, &name) {
        let digits = value.strip_prefix('-').unwrap_or(&value);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    } else if listed(SWITCHES, &name) {
        matches!(value.as_str(), "" | "0" | "1" | "true" | "false")
    } else if name == "sslmode" {
        value.is_empty() || listed(TLS_MODES, &value)
    } else if name == "transactionisolation" {
        value.is_empty() || listed(ISOLATIONS, &value)
    } else {
        true
    };
    if good { Ok(()) } else { Err(place.bad(Reason::BadValue)) }
}

fn listed(all: &str, one: &str) -> bool {
    !one.contains(' ') && all.contains(&[" ", one, " "].concat())
}
