//! What a documented API is: its settings, its requests, and how its answers read. Data without behaviour.
//!
//! Every word is described in `registry/descriptor.schema.json`.

use crate::json::Json;

/// What can be done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Create,
    Update,
    List,
    Get,
    Test,
    Delete,
    /// The files of a connection that was just saved.
    Upload,
    /// A step that the product needs after a create, such as a sign-in at a third party.
    Authorize,
}

pub const OPERATIONS: &[(&str, Operation)] = &[
    ("create", Operation::Create),
    ("update", Operation::Update),
    ("list", Operation::List),
    ("get", Operation::Get),
    ("test", Operation::Test),
    ("delete", Operation::Delete),
    ("upload", Operation::Upload),
    ("authorize", Operation::Authorize),
];

/// The ways to sign in that need no name of their own.
pub const AUTH_SCHEMES: &[(&str, &str)] =
    &[("none", "none"), ("bearer", "bearer"), ("basic", "basic"), ("cookie", "cookie")];

/// A documented API.
pub struct Api {
    pub id: String,
    /// How the transport signs a request in, unless the host chooses another documented way.
    pub auth: &'static str,
    pub settings: Vec<Setting>,
    /// Where a record names its type: the first place that holds text.
    pub identify: Vec<String>,
    pub record_id: String,
    pub record_name: String,
    /// Whether a record is spelled as a request is: then a connection made from one takes its members as they stand.
    pub as_sent: bool,
    /// Members of a record that a connection made from one takes along, fields or not.
    pub keeps: Vec<String>,
    /// Members of a record that no body may hold.
    pub never_sent: Vec<String>,
    pub keep: StoredSecretPolicy,
    /// Places of an answer and what they hold when the server did it.
    pub success: Vec<(String, Json)>,
    pub parts: Vec<PartialResult>,
    /// Signs in a listed record that it may not be edited.
    pub read_only: Vec<RecordMarker>,
    pub calls: Vec<(Operation, Call)>,
}

/// A value that paths, queries and bodies take from outside the form.
pub struct Setting {
    pub name: String,
    pub integer: bool,
    pub required: bool,
    pub default: Option<String>,
    /// Where a record holds it, for when the host gives none.
    pub from: Option<String>,
    /// What it is, if nothing else says it.
    pub is: Option<BuiltinSetting>,
}

/// A setting that need not be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BuiltinSetting {
    /// The id of the type at hand.
    Type,
    /// The reader's time zone, such as `Europe/Oslo`.
    TimeZone,
}

pub const BUILTIN_SETTINGS: &[(&str, BuiltinSetting)] =
    &[("type", BuiltinSetting::Type), ("time_zone", BuiltinSetting::TimeZone)];

/// A place in a record, and what it holds or, if it is a list, has none of.
pub struct RecordMarker {
    pub at: String,
    pub is: Option<Json>,
    pub lacks: Vec<Json>,
}

/// What an update does with a stored secret that nobody typed anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StoredSecretPolicy {
    /// What was loaded is sent back, and what was not shown is asked for.
    Echo,
    /// It is asked for.
    Reenter,
    Omit,
    Null,
}

pub const STORED_SECRET_POLICIES: &[(&str, StoredSecretPolicy)] = &[
    ("echo", StoredSecretPolicy::Echo),
    ("reenter", StoredSecretPolicy::Reenter),
    ("omit", StoredSecretPolicy::Omit),
    ("null", StoredSecretPolicy::Null),
];

/// Where an answer that says yes may still tell that a part of the work failed: an object or a list, and places in each.
pub struct PartialResult {
    pub at: String,
    pub name: String,
    pub success: String,
    pub message: String,
}

/// One documented request.
pub struct Call {
    pub method: String,
    /// With `{setting}` in it.
    pub path: String,
    pub query: Vec<(String, String)>,
    /// Settings laid into the body: name and JSON Pointer.
    pub with: Vec<(String, String)>,
    /// The largest body that the server answers.
    pub max_bytes: Option<u64>,
    /// Seconds.
    pub timeout: f64,
    pub repeatable: bool,
    /// Of a body made from a record, only the members that differ from it.
    pub changes: bool,
    /// Members that its body does without.
    pub without: Vec<String>,
    /// Where it goes while files were chosen, and the part of that multipart body that holds what is the body otherwise.
    pub files: Option<(String, String)>,
    pub gives: ResponseShape,
    pub refusal: Refusal,
}

/// What a successful answer holds.
pub enum ResponseShape {
    Nothing,
    /// The place of the record.
    Record(String),
    /// The place of the list.
    List(String),
    /// The place of an address to open.
    Link(String),
}

/// Where a refused answer keeps its sentence.
#[derive(Clone, Default)]
pub struct Refusal {
    /// Places of a message, tried in order.
    pub message: Vec<String>,
    /// The place of a status that counts where HTTP's own says that all is well.
    pub status: Option<String>,
    /// Place of a list of refusals, and in each the places of the field and of the message.
    pub each: Option<[String; 3]>,
    /// A message with this text belongs to this field.
    pub about: Vec<(String, String)>,
    /// A plain-text body is a message.
    pub text: bool,
}

impl Api {
    pub fn call(&self, operation: Operation) -> Option<&Call> {
        self.calls.iter().find(|(known, _)| *known == operation).map(|(_, call)| call)
    }
}
