//! What a connection string says, and why one cannot be read.

use std::fmt;
use std::num::NonZeroU64;

use crate::cursor::Piece;
use crate::text::{characters, listed};

/// The parts of a connection string. `None`: not in the text. `Some("")`: there, and empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parts {
    pub scheme: Option<String>,
    pub hosts: Vec<Host>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub database: Option<String>,
    /// Where a text holds several connections, the databases of those behind the first. A kind of list that is there anyway.
    pub later_databases: Vec<Param>,
    pub params: Vec<Param>,
    /// While a text is read: whether a parameter that the dialect does not know is kept, instead of refused.
    pub(crate) lenient: bool,
}

/// One place to connect to. A socket or a pipe stands in `socket`, and then there is no `host`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Host {
    pub host: Option<String>,
    pub port: Option<u16>,
    pub socket: Option<String>,
    /// An address that spares looking up the name.
    pub hostaddr: Option<String>,
    pub instance: Option<String>,
    pub protocol: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    /// What the text says of this host alone.
    pub params: Vec<Param>,
}

/// Declares how a part that is one text is found by its name.
macro_rules! texts {
    ($type:ty: $($name:ident)*) => {
        impl $type {
            #[inline(never)]
            pub fn text(&self, name: &str) -> Option<&Option<String>> {
                Some(match name {
                    $(stringify!($name) => &self.$name,)*
                    _ => return None,
                })
            }

            #[inline(never)]
            pub fn text_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
                Some(match name {
                    $(stringify!($name) => &mut self.$name,)*
                    _ => return None,
                })
            }
        }
    };
}

texts!(Parts: scheme user password database);
texts!(Host: host socket hostaddr instance protocol user password);

/// A parameter, in the order of the text. `value` is `None` for a key without `=`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    pub value: Option<String>,
}

/// Why a text cannot be read: where, in characters from 0, and the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    pub at: usize,
    pub reason: Reason,
}

/// The same as the readers hand it on: where it lies in memory, and the reason. Both are in one number, which costs a page less than two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bad(NonZeroU64);

/// What reads into parts, or writes them.
pub type Done = Result<(), Bad>;

impl Bad {
    pub fn new(address: usize, reason: Reason) -> Bad {
        Bad(NonZeroU64::MIN.saturating_add((address as u64) << 8 | reason as u64))
    }

    /// A mistake that has no place, since nothing was read.
    #[inline(never)]
    pub fn nowhere(reason: Reason) -> Bad {
        Bad::new(0, reason)
    }

    pub fn reason(self) -> Reason {
        let number = (self.0.get() - 1) as u8;
        Reason::ALL.get(usize::from(number)).copied().unwrap_or(Reason::BadCall)
    }

    /// With its place in the text that was read, which it has to lie in.
    pub fn within(self, text: &str) -> Unreadable {
        let address = ((self.0.get() - 1) >> 8) as usize;
        let before = text.get(..address.wrapping_sub(text.as_ptr().addr())).unwrap_or_default();
        Unreadable { at: characters(before), reason: self.reason() }
    }
}

/// Declares the reasons with the codes that words are found by.
macro_rules! reasons {
    ($($reason:ident $code:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Reason {
            $($reason,)*
        }

        impl Reason {
            pub const ALL: &[Reason] = &[$(Reason::$reason,)*];

            pub fn code(self) -> &'static str {
                let mut codes = Piece::new(concat!($($code, " "),*));
                for _ in 0..self as u8 {
                    codes = codes.halves(" ").1.unwrap_or(codes);
                }
                codes.until(" ").0.text
            }
        }
    };
}

reasons! {
    UnknownDialect "unknown_dialect",
    UnknownForm "unknown_form",
    // The beginning.
    UnknownScheme "unknown_scheme",
    SchemeMissing "scheme_missing",
    SlashesMissing "slashes_missing",
    // Hosts.
    HostMissing "host_missing",
    HostCharacter "host_character",
    OneHostOnly "one_host_only",
    BadAddress "bad_address",
    UnclosedBracket "unclosed_bracket",
    StrayBracket "stray_bracket",
    BadSocket "bad_socket",
    UnknownProtocol "unknown_protocol",
    InstanceMissing "instance_missing",
    // Ports.
    PortRange "port_range",
    PortNumber "port_number",
    PortMissing "port_missing",
    NoPortHere "no_port_here",
    PortCount "port_count",
    // Who logs in.
    UserMissing "user_missing",
    UserCharacter "user_character",
    RawAt "raw_at",
    NoUserHere "no_user_here",
    // Characters.
    BadPercent "bad_percent",
    BadCharacter "bad_character",
    BadEscape "bad_escape",
    // Keys and values.
    UnknownKey "unknown_key",
    RepeatedKey "repeated_key",
    KeyMissing "key_missing",
    BadKey "bad_key",
    EqualsMissing "equals_missing",
    StrayEquals "stray_equals",
    ValueMissing "value_missing",
    BadValue "bad_value",
    UnclosedQuote "unclosed_quote",
    UnclosedList "unclosed_list",
    TextAfterValue "text_after_value",
    // The rest.
    DatabaseMissing "database_missing",
    BadDatabase "bad_database",
    BadDn "bad_dn",
    BadScope "bad_scope",
    BadFilter "bad_filter",
    UnclosedParenthesis "unclosed_parenthesis",
    StrayParenthesis "stray_parenthesis",
    TooDeep "too_deep",
    AddressMissing "address_missing",
    TextAfterEnd "text_after_end",
    Empty "empty",
    // Pasting: it can be read, and no field takes anything.
    NothingFilled "nothing_filled",
    // Writing: the parts hold what this form of string cannot say.
    NotWritable "not_writable",
    // A page asked for something that is not there.
    BadCall "bad_call",
}

impl Param {
    pub fn new(name: impl Into<String>, value: Option<String>) -> Param {
        Param { name: name.into(), value }
    }
}

impl Parts {
    /// The value of the first parameter of that name.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|param| param.name == name)?.value.as_deref()
    }
}

/// Adds a parameter that has a value.
#[inline(never)]
pub fn add(params: &mut Vec<Param>, name: &str, value: &str) {
    params.push(Param::new(name, Some(value.to_owned())));
}

/// Puts a part that is there among the parameters, as the first of them.
#[inline(never)]
pub fn move_into(params: &mut Vec<Param>, name: &str, part: &mut Option<String>) {
    if let Some(value) = part.take() {
        params.insert(0, Param::new(name, Some(value)));
    }
}

/// Makes parts of the parameters that say who logs in, whatever the case of their names. Where somebody does already, they stay.
#[inline(never)]
pub fn take_login(parts: &mut Parts) {
    for param in std::mem::take(&mut parts.params) {
        let part = match listed("user password", &param.name) {
            Some("user") => &mut parts.user,
            Some(_) => &mut parts.password,
            None => &mut Some(String::new()),
        };
        if part.is_none() && param.value.is_some() {
            *part = param.value;
        } else {
            parts.params.push(param);
        }
    }
}

/// A secret as `Debug` shows it: whether there is one.
fn hidden(secret: Option<&String>) -> Option<&'static str> {
    secret.map(|_| "•••")
}

impl fmt::Debug for Parts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Parts")
            .field("scheme", &self.scheme)
            .field("hosts", &self.hosts)
            .field("user", &self.user)
            .field("password", &hidden(self.password.as_ref()))
            .field("database", &self.database)
            .field("params", &self.params)
            .finish()
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Host")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("socket", &self.socket)
            .field("hostaddr", &self.hostaddr)
            .field("instance", &self.instance)
            .field("protocol", &self.protocol)
            .field("user", &self.user)
            .field("password", &hidden(self.password.as_ref()))
            .field("params", &self.params)
            .finish()
    }
}

/// Any parameter may be a secret (`sslpassword`, `wallet_password`, …), so no value is shown.
impl fmt::Debug for Param {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Param")
            .field("name", &self.name)
            .field("value", &hidden(self.value.as_ref()))
            .finish()
    }
}
