//! ClickHouse: the URI of its own client, in which nearly everything may be missing, and the `jdbc:` form.

use crate::cursor::Piece;
use crate::parts::{Done, Parts, Reason};
use crate::text::{lists, put};
use crate::uri::{self, BASE, Bare, Empty, Grammar, Path};
use crate::{Dialect, Way, write};

pub const DIALECT: Dialect = Dialect {
    name: "clickhouse",
    forms: &["uri", "jdbc"],
    ways: &[Way::Own(uri, |parts, out| write::build(&URI, parts, out)), Way::Own(jdbc, |parts, out| write::build(&JDBC, parts, out))],
    detect: |text| usize::from(text.starts_with("jdbc:")),
    schemes: &[URI.schemes, "jdbc"],
    free_forms: "",
};

const BLANKS: &str = " \t\r\n";

const URI: Grammar = Grammar {
    schemes: "clickhouse clickhouses",
    any_case: false,
    slashes_required: false,
    // Only the first host may have a user before it.
    user_refused: ",",
    empty_user: Empty::Absent,
    several_hosts: true,
    empty_hosts: false,
    least_port: 0,
    ..BASE
};

const JDBC: Grammar = Grammar {
    schemes: "jdbc:clickhouse jdbc:ch",
    slashes_required: true,
    host_required: true,
    empty_port: Empty::Bad,
    least_port: 1,
    path: Path::Segment,
    bare: Bare::Bad,
    ..URI
};

/// Blanks may stand nowhere, or leniently in parameters only.
fn refuse_blanks(text: Piece, parts: &Parts) -> Done {
    (if parts.lenient { text.until("?").0 } else { text }).refuse(BLANKS, Reason::BadCharacter)
}

fn uri(text: Piece, parts: &mut Parts) -> Done {
    refuse_blanks(text, parts)?;
    uri::read(&URI, text, parts)
}

/// `jdbc:ch:` or `jdbc:clickhouse:`, and the protocol between that and the slashes where it is named.
fn jdbc(text: Piece, parts: &mut Parts) -> Done {
    refuse_blanks(text, parts)?;
    let product = text.strip("jdbc:").and_then(|rest| rest.split(":"));
    let Some((_, rest)) = product.filter(|(name, _)| lists("ch clickhouse", name.text)) else { return Err(text.bad(Reason::UnknownScheme)) };
    let slashes = if rest.begins("//") { rest } else { rest.halves(":").1.unwrap_or(rest) };
    put(&mut parts.scheme, text.cut(text.text.len() - slashes.text.len() - 1).0.text);
    uri::after_scheme(&JDBC, slashes, parts)
}
