//! What differs from dialect to dialect in strings that are written like a URI.

use crate::cursor::Piece;
use crate::parts::{Done, Param, Parts};
use crate::percent::Plus;
use crate::text::same;

/// What becomes of a part that is there and empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    Kept,
    Absent,
    Bad,
}

/// What stands after the authority.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// A database, in which `/` is a letter.
    Whole,
    /// A database of one segment.
    Segment,
    /// The same, behind which a `/` may stand.
    Ended,
}

/// A key without `=`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    Absent,
    Empty,
    Bad,
}

/// What differs from dialect to dialect.
pub struct Grammar {
    /// With blanks between. The first is written where the parts name none.
    pub schemes: &'static str,
    pub any_case: bool,
    /// What stands between the scheme and the rest; without `required`, it may be missing.
    pub slashes_required: bool,
    /// Whether user and password may stand before the hosts.
    pub user_here: bool,
    /// Ends the search for the `@`.
    pub user_ends: &'static str,
    /// Which `@` ends the user part, where several stand there.
    pub last_at: bool,
    /// Characters that a user name and a password must not hold as they are.
    pub user_refused: &'static str,
    pub empty_user: Empty,
    pub empty_password: Empty,
    /// Ends the hosts.
    pub host_ends: &'static str,
    pub several_hosts: bool,
    pub host_required: bool,
    /// Whether a host between commas may be empty.
    pub empty_hosts: bool,
    pub host_refused: &'static str,
    pub host_decoded: bool,
    /// Whether what stands in brackets must be an IPv6 address.
    pub ipv6_checked: bool,
    pub least_port: u32,
    pub empty_port: Empty,
    pub path: Path,
    pub empty_path: Empty,
    /// Characters that a path must not hold as they are.
    pub path_refused: &'static str,
    pub path_plus: Plus,
    /// What `+` is in the query.
    pub plus: Plus,
    pub bare: Bare,
    /// Whether `#` is a letter; elsewhere it would begin a fragment, which these strings do not have.
    pub hash_is_letter: bool,
    /// Blanks round a value are dropped, and refused within.
    pub trims: bool,
    /// The parameters that the dialect knows, where it refuses others.
    pub keys: &'static str,
    /// Whether `/` is written before `?` where there is no database.
    pub slash_before_query: bool,
    /// Rules of the dialect's own, once everything is read.
    pub settle: fn(&mut Found) -> Done,
    /// Their other direction: puts parts where a writer looks for them.
    pub prepare: fn(&mut Parts),
}

/// What no host holds where `key=value` pairs are close by: also what parts those.
pub const NO_PAIRS: &str = " \t\r\n@[]<>\"\\^`{|};=";

/// RFC 3986 with one host.
pub const BASE: Grammar = Grammar {
    schemes: "",
    any_case: true,
    slashes_required: true,
    user_here: true,
    user_ends: "/?#",
    last_at: false,
    user_refused: "",
    empty_user: Empty::Kept,
    empty_password: Empty::Kept,
    host_ends: "/?#",
    several_hosts: false,
    host_required: false,
    empty_hosts: true,
    host_refused: " \t\r\n@[]<>\"\\^`{|}",
    host_decoded: true,
    ipv6_checked: true,
    least_port: 1,
    empty_port: Empty::Absent,
    path: Path::Whole,
    empty_path: Empty::Absent,
    path_refused: "",
    path_plus: Plus::Literal,
    plus: Plus::Literal,
    bare: Bare::Absent,
    hash_is_letter: false,
    trims: false,
    keys: "",
    slash_before_query: false,
    settle: |_| Ok(()),
    prepare: |_| (),
};

/// What was read, with the places that a later mistake is named by.
pub struct Found<'a, 'p> {
    pub parts: &'p mut Parts,
    /// The parameters as they stand in the text, one for each of `parts.params`.
    pub places: Vec<Piece<'a>>,
    /// The hosts as they stand in the text.
    pub hosts: Piece<'a>,
    pub path: Piece<'a>,
}

/// Takes a parameter out by its name and puts its value into a part: the last of several, whose place it tells.
pub fn take<'a>(
    params: &mut Vec<Param>,
    places: &mut Vec<Piece<'a>>,
    name: &str,
    part: &mut Option<String>,
) -> Option<Piece<'a>> {
    take_named(params, places, name, false, part)
}

/// The same, where `any_case` leaves out of account how letters are written.
#[inline(never)]
pub fn take_named<'a>(
    params: &mut Vec<Param>,
    places: &mut Vec<Piece<'a>>,
    name: &str,
    any_case: bool,
    part: &mut Option<String>,
) -> Option<Piece<'a>> {
    let mut last = None;
    let mut kept = 0;
    for index in 0..params.len() {
        let found = &params[index].name;
        if found == name || any_case && same(found, name) {
            *part = Some(params[index].value.take().unwrap_or_default());
            last = Some(places[index]);
        } else {
            params.swap(kept, index);
            places.swap(kept, index);
            kept += 1;
        }
    }
    params.truncate(kept);
    places.truncate(kept);
    last
}
