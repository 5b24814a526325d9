//! ClickHouse: the URI of its own client, in which nearly everything may be missing, and the `jdbc:` form.

use crate::cursor::Piece;
use crate::parts::{Done, Parts, Reason, move_into};
use crate::text::{given, lists, put};
use crate::uri::{self, BASE, Bare, Empty, Found, Grammar, NO_PAIRS, Path, take_named};
use crate::{Dialect, Way, write};

pub const DIALECT: Dialect = Dialect {
    name: "clickhouse",
    forms: &["uri", "jdbc"],
    ways: &[
        Way::Own(uri, |parts, out| write::build(&URI, parts, out)),
        Way::Own(jdbc, |parts, out| write::build(&JDBC, parts, out)),
    ],
    detect: |text| usize::from(text.starts_with("jdbc:")),
    schemes: &[URI.schemes, "jdbc"],
    free_forms: "",
};

const BLANKS: &str = " \t\r\n";

const URI: Grammar = Grammar {
    // Behind its own schemes, those of the protocols that its server speaks.
    schemes: "clickhouse clickhouses http https tcp grpc grpcs",
    any_case: false,
    slashes_required: false,
    // Only the first host may have a user before it.
    user_refused: ",",
    empty_user: Empty::Absent,
    several_hosts: true,
    host_refused: NO_PAIRS,
    empty_hosts: false,
    least_port: 0,
    settle: login,
    ..BASE
};

const JDBC: Grammar = Grammar {
    schemes: "jdbc:clickhouse jdbc:ch",
    slashes_required: true,
    host_required: true,
    empty_port: Empty::Bad,
    least_port: 1,
    path: Path::Segment,
    // Behind one, parameters begin as they do for other products. What is left is no name.
    path_refused: ";",
    bare: Bare::Bad,
    prepare: |parts| {
        move_into(&mut parts.params, "password", &mut parts.password);
        move_into(&mut parts.params, "user", &mut parts.user);
    },
    ..URI
};

/// Blanks may stand nowhere, or leniently in parameters only.
pub fn refuse_blanks(text: Piece, parts: &Parts) -> Done {
    (if parts.lenient { text.until("?").0 } else { text }).refuse(BLANKS, Reason::BadCharacter)
}

fn uri(text: Piece, parts: &mut Parts) -> Done {
    refuse_blanks(text, parts)?;
    let rest = uri::scheme(&URI, text, parts)?;
    if !given(&parts.scheme).starts_with("clickhouse") && !rest.begins("//") {
        return Err(rest.bad(Reason::SlashesMissing));
    }
    uri::after_scheme(&URI, rest, parts)
}

/// Who logs in, and into what, counts in the query as well, and more than before the path. Of two spellings the shorter counts.
fn login(found: &mut Found) -> Done {
    let Parts { user, password, database, params, .. } = &mut *found.parts;
    for name in ["username", "user"] {
        take_named(params, &mut found.places, name, true, user);
    }
    take_named(params, &mut found.places, "password", true, password);
    take_named(params, &mut found.places, "database", true, database);
    // Empty, both mean the default.
    for part in [&mut found.parts.user, &mut found.parts.database] {
        if given(part).is_empty() {
            *part = None;
        }
    }
    Ok(())
}

/// `jdbc:ch:` or `jdbc:clickhouse:`, and the protocol between that and the slashes where it is named.
fn jdbc(text: Piece, parts: &mut Parts) -> Done {
    refuse_blanks(text, parts)?;
    let product = text.strip("jdbc:").and_then(|rest| rest.split(":"));
    let Some((_, rest)) = product.filter(|(name, _)| lists("ch clickhouse", name.text)) else {
        return Err(text.bad(Reason::UnknownScheme));
    };
    let slashes = if rest.begins("//") { rest } else { rest.halves(":").1.unwrap_or(rest) };
    put(&mut parts.scheme, text.cut(text.text.len() - slashes.text.len() - 1).0.text);
    let (_, path) = slashes.strip("//").unwrap_or(slashes).until("/?");
    let (_, params) = path.until_params();
    if !params.begins(";") {
        return uri::after_scheme(&JDBC, slashes, parts);
    }
    let (before, _) = slashes.cut(slashes.text.len() - params.text.len());
    uri::after_scheme(&JDBC, before, parts)?;
    let mut found = Found { parts, places: Vec::new(), hosts: before, path: before };
    uri::params(&JDBC, params.skip(1), ";", &mut found)?;
    login(&mut found)
}
