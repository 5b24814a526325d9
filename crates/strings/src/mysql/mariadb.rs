//! What MariaDB's driver refuses while it reads: values of another kind than a key takes.

use crate::cursor::Piece;
use crate::parts::{Done, Param, Reason};
use crate::text::{given, is_digits, listed};

const NUMBERS: &str = "connecttimeout defaultfetchsize logintimeout maxidletime maxpoolsize maxquerysizetolog minpoolsize poolvaliddelay \
prepstmtcachesize retriesalldown sockettimeout socketbufferlength tcpkeepcount tcpkeepidle tcpkeepinterval transactionreplaysize \
validconnectiontimeout waitreconnecttimeout";

const SWITCHES: &str = "allowlocalinfile allowmultiqueries allowpublickeyretrieval autocommit blanktablenamemeta \
cacheprepstmts createdatabaseifnotexist disablepipeline disconnectonexpiredpasswords dumpqueriesonexception includeinnodbstatusindeadlockexceptions \
includethreaddumpindeadlockexceptions jdbccomplianttruncation pinglobaltxtophysicalconnection pool registerjmxpool tcpabortiveclose tcpkeepalive \
tinyint1isbit transactionreplay transformedbitisboolean updatableresultset usebulkstmts usebulkstmtsforinserts usecatalogterm usecompression \
usemysqlmetadata usereadaheadinput useresetconnection useserverprepstmts yearisdatetype";

const TLS_MODES: &str = "disable disabled trust required require verify_ca verify-ca verify-full verify_full verify_identity verify-identity 0 1 false true no-verification no_verification";

const ISOLATIONS: &str = "read-uncommitted read-committed repeatable-read serializable read_uncommitted read_committed repeatable_read transaction_read_uncommitted transaction_read_committed transaction_repeatable_read transaction_serializable";

/// Whether the value of a known key is one that it takes.
pub fn check(param: &Param, place: Piece) -> Done {
    let (name, value) = (&param.name, given(&param.value));
    let one_of = |values| value.is_empty() || listed(values, value).is_some();
    let good = match listed("sslmode transactionisolation", name) {
        Some("sslmode") => one_of(TLS_MODES),
        Some(_) => one_of(ISOLATIONS),
        None if listed(NUMBERS, name).is_some() => is_digits(value.strip_prefix('-').unwrap_or(value)),
        None => listed(SWITCHES, name).is_none() || one_of("0 1 true false"),
    };
    if good { Ok(()) } else { Err(place.bad(Reason::BadValue)) }
}
