//! How a value is spelled in a body: what stands there when there is none, which of several spellings, and what is mended before.

/// What a body holds for a field that is blank or not shown. Absent, null, empty and value are four things.
#[derive(Clone, Copy, PartialEq)]
pub enum Policy {
    Omit,
    Null,
    Empty,
    Default,
    /// As if it were shown.
    Keep,
}

pub const BLANKS: &[(&str, Policy)] =
    &[("omit", Policy::Omit), ("null", Policy::Null), ("empty", Policy::Empty), ("default", Policy::Default)];
pub const HIDDENS: &[(&str, Policy)] = &[
    ("omit", Policy::Omit),
    ("null", Policy::Null),
    ("empty", Policy::Empty),
    ("default", Policy::Default),
    ("keep", Policy::Keep),
];

/// How a value is written where JSON has more than one way.
#[derive(Clone, Copy, PartialEq)]
pub enum As {
    /// A number as a number, JSON text as what it writes, rows as objects, a file as base64.
    Plain,
    Text,
    /// A choice as the JSON that it writes: `1`, `true`.
    Json,
    /// Rows as a list of objects with one member each.
    Pairs,
    /// Rows as one object: the first column is the name of a member.
    Map,
    /// Rows as the members of an object that nothing else in the type claims.
    Others,
    Utf8,
}

pub const AS: &[(&str, As)] = &[
    ("text", As::Text),
    ("json", As::Json),
    ("pairs", As::Pairs),
    ("map", As::Map),
    ("others", As::Others),
    ("base64", As::Plain),
    ("utf8", As::Utf8),
];

/// What is mended before a value is judged and sent.
#[derive(Clone, Copy)]
pub enum Clean {
    Trim,
    NoTrailingSlash,
    NoHttpScheme,
}

pub const CLEANS: &[(&str, Clean)] = &[
    ("trim", Clean::Trim),
    ("no-trailing-slash", Clean::NoTrailingSlash),
    ("no-http-scheme", Clean::NoHttpScheme),
];
