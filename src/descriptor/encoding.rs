//! How a value is spelled in a body: what stands there when there is none, which of several spellings, and what is mended before.

/// What a body holds for a field that is blank or not shown. Absent, null, empty and value are four things.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum EmptyPolicy {
    #[default]
    Omit,
    Null,
    Empty,
    Default,
    /// As if it were shown.
    Keep,
}

pub const BLANK_POLICIES: &[(&str, EmptyPolicy)] = &[
    ("omit", EmptyPolicy::Omit),
    ("null", EmptyPolicy::Null),
    ("empty", EmptyPolicy::Empty),
    ("default", EmptyPolicy::Default),
];
pub const HIDDEN_POLICIES: &[(&str, EmptyPolicy)] = &[
    ("omit", EmptyPolicy::Omit),
    ("null", EmptyPolicy::Null),
    ("empty", EmptyPolicy::Empty),
    ("default", EmptyPolicy::Default),
    ("keep", EmptyPolicy::Keep),
];

/// How a value is written where JSON has more than one way.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Encoding {
    /// A number as a number, JSON text as what it writes, rows as objects, a file as base64.
    #[default]
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

pub const ENCODINGS: &[(&str, Encoding)] = &[
    ("text", Encoding::Text),
    ("json", Encoding::Json),
    ("pairs", Encoding::Pairs),
    ("map", Encoding::Map),
    ("others", Encoding::Others),
    ("base64", Encoding::Plain),
    ("utf8", Encoding::Utf8),
];

/// What is mended before a value is judged and sent.
#[derive(Clone, Copy)]
pub enum Normalizer {
    Trim,
    NoTrailingSlash,
    NoHttpScheme,
}

pub const NORMALIZERS: &[(&str, Normalizer)] = &[
    ("trim", Normalizer::Trim),
    ("no-trailing-slash", Normalizer::NoTrailingSlash),
    ("no-http-scheme", Normalizer::NoHttpScheme),
];
