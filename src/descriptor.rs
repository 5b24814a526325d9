//! What an API, a connection type and a field are: data without behaviour, read word by word.
//!
//! Titles, labels and help stay in the JSON that a page gets; here is what the engine itself needs.
//! Every word is described in `catalog/descriptor.schema.json`.

use crate::condition::{Case, Condition};
use crate::format::{FORMATS, Format};
use crate::json::Json;
use crate::reader::{Reader, unknown};
use crate::text::replaced;

/// What can be done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Create,
    Update,
    List,
    Get,
    Test,
    Delete,
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
    ("authorize", Operation::Authorize),
];

/// A documented API.
pub struct Api {
    pub id: String,
    /// Whether the transport adds `authorization: Bearer`.
    pub bearer: bool,
    pub settings: Vec<Setting>,
    /// Where a record names its type: the first place that holds text.
    pub identify: Vec<String>,
    /// Where a record holds its id and its name.
    pub record_id: String,
    pub record_name: String,
    /// Members of a record that no body may hold.
    pub never_sent: Vec<String>,
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
    /// Whether sending it twice does no harm.
    pub repeatable: bool,
    pub gives: Gives,
    pub refusal: Refusal,
}

/// What a successful answer holds.
pub enum Gives {
    Nothing,
    Record,
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
    /// Place of a list of refusals, and in each the places of the field and of the message.
    pub each: Option<[String; 3]>,
    /// A plain-text body is a message.
    pub text: bool,
}

/// A connection type, for one operation.
pub struct Type {
    pub id: String,
    /// Constants of the body.
    pub base: Json,
    pub fields: Vec<Field>,
    pub rules: Vec<Rule>,
    /// The label of the step after a create.
    pub then: Option<String>,
}

/// Broken while its condition holds.
pub struct Rule {
    pub when: Condition,
    pub field: String,
    pub warning: bool,
    /// The author's sentence.
    pub say: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Secret,
    Integer,
    Number,
    Toggle,
    Choice,
    Json,
    Rows,
    File,
}

pub const KINDS: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("secret", Kind::Secret),
    ("integer", Kind::Integer),
    ("number", Kind::Number),
    ("toggle", Kind::Toggle),
    ("choice", Kind::Choice),
    ("json", Kind::Json),
    ("rows", Kind::Rows),
    ("file", Kind::File),
];

/// What a body holds for a field that is blank or not shown. Absent, null, empty and value are four things.
#[derive(Clone, Copy, PartialEq)]
pub enum Policy {
    Omit,
    Null,
    Empty,
    Default,
}

const POLICIES: &[(&str, Policy)] = &[("omit", Policy::Omit), ("null", Policy::Null), ("empty", Policy::Empty), ("default", Policy::Default)];

/// How a value is written where JSON has more than one way.
#[derive(Clone, Copy, PartialEq)]
pub enum As {
    /// A number as a number, JSON text as what it writes, rows as objects, a file as base64.
    Plain,
    Text,
    /// Rows as a list of objects with one member each.
    Pairs,
    Utf8,
}

const AS: &[(&str, As)] = &[("text", As::Text), ("pairs", As::Pairs), ("base64", As::Plain), ("utf8", As::Utf8)];

/// What is mended before a value is judged and sent.
#[derive(Clone, Copy)]
pub enum Clean {
    Trim,
    NoTrailingSlash,
    NoHttpScheme,
}

const CLEANS: &[(&str, Clean)] = &[("trim", Clean::Trim), ("no-trailing-slash", Clean::NoTrailingSlash), ("no-http-scheme", Clean::NoHttpScheme)];

/// A field, or a column of rows.
pub struct Field {
    pub id: String,
    pub kind: Kind,
    pub secret: bool,
    pub default: Vec<Case>,
    pub placeholder: Vec<Case>,
    pub shown: Condition,
    pub enabled: Condition,
    pub required: Condition,
    pub options: Vec<String>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub starts: Vec<String>,
    pub ends: Vec<String>,
    pub ignore_case: bool,
    pub format: Option<&'static Format>,
    pub clean: Vec<Clean>,
    /// JSON Pointers; none for a switch that exists only in the form. The first counts when reading.
    pub at: Vec<String>,
    pub writes: As,
    pub blank: Policy,
    pub hidden: Policy,
    pub infer: Vec<Case>,
    pub columns: Vec<Field>,
    pub min_rows: u64,
    pub max_rows: Option<u64>,
    pub accept: Vec<String>,
    pub max_bytes: Option<u64>,
    /// Its faults other than `required` only warn.
    pub warning: bool,
}

impl Api {
    pub fn read(json: &Json, mistakes: &crate::reader::Mistakes) -> Api {
        let reader = Reader::new(json, "api", "", mistakes);
        for word in ["$schema", "title", "docs", "sections"] {
            reader.word(word);
        }
        reader.required("title");
        let refusal = reader.word("refusal").map(|json| read_refusal(&reader.below("refusal", json))).unwrap_or_default();
        let settings: Vec<Setting> = reader.list("settings").map(|(place, json)| read_setting(&reader.below(&place, json))).collect();
        let (record_id, record_name) = match reader.word("record") {
            Some(json) => {
                let record = reader.below("record", json);
                (pointer(&record, "id"), pointer(&record, "name"))
            }
            None => (String::new(), String::new()),
        };
        let mut calls = Vec::new();
        for (place, name, json) in reader.entries("operations") {
            match OPERATIONS.iter().find(|(word, _)| *word == name) {
                Some((_, operation)) => calls.push((*operation, read_call(&reader.below(&place, json), &refusal, &settings))),
                None => reader.mistake(&place, &unknown(name, &words(OPERATIONS))),
            }
        }
        Api {
            id: reader.required("id"),
            bearer: reader.choice("auth", &[("none", false), ("bearer", true)]).unwrap_or(false),
            identify: pointers(&reader, "identify"),
            never_sent: pointers(&reader, "never_sent"),
            settings,
            record_id,
            record_name,
            calls,
        }
    }

    pub fn call(&self, operation: Operation) -> Option<&Call> {
        self.calls.iter().find(|(known, _)| *known == operation).map(|(_, call)| call)
    }
}

fn read_setting(reader: &Reader) -> Setting {
    reader.required("label");
    reader.optional("help");
    Setting {
        name: reader.required("id"),
        integer: reader.choice("kind", &[("text", false), ("integer", true)]).unwrap_or(false),
        required: reader.flag("required"),
        default: reader.word("default").and_then(Json::scalar),
        from: reader.word("from").map(|_| pointer(reader, "from")),
    }
}

fn read_call(reader: &Reader, refusal: &Refusal, settings: &[Setting]) -> Call {
    let method = reader.required("method");
    if !["GET", "POST", "PUT", "PATCH", "DELETE", ""].contains(&method.as_str()) {
        reader.mistake("method", &unknown(&method, &["GET", "POST", "PUT", "PATCH", "DELETE"]));
    }
    let known = |name: &str, place: &str| {
        if !settings.iter().any(|setting| setting.name == name) {
            let names: Vec<&str> = settings.iter().map(|setting| setting.name.as_str()).collect();
            reader.mistake(place, &["the setting ", &unknown(name, &names)].concat());
        }
    };
    let path = reader.required("path");
    let mut query = Vec::new();
    for (place, pair) in reader.list("query") {
        match pair.items() {
            [Json::Text(name), Json::Text(value)] => {
                placeholders(value, &mut |name| known(name, &place));
                query.push((name.clone(), value.clone()));
            }
            _ => reader.mistake(&place, "this must be a name and a value"),
        }
    }
    placeholders(&path, &mut |name| known(name, "path"));
    let with = reader.list("with").map(|(place, json)| {
        let entry = reader.below(&place, json);
        let name = entry.required("setting");
        known(&name, &[&place, "/setting"].concat());
        (name, pointer(&entry, "at"))
    });
    let with = with.collect();
    let (items, link) = (optional_pointer(reader, "items"), optional_pointer(reader, "link"));
    Call {
        repeatable: reader.optional_flag("repeatable").unwrap_or(method == "GET"),
        path,
        query,
        with,
        max_bytes: reader.count("max_bytes"),
        timeout: reader.number("timeout").unwrap_or(30.0),
        gives: match reader.choice("gives", &[("nothing", 0), ("record", 1), ("list", 2), ("link", 3)]) {
            Some(1) => Gives::Record,
            Some(2) => Gives::List(items),
            Some(3) => Gives::Link(link),
            _ => Gives::Nothing,
        },
        refusal: reader.word("refusal").map_or_else(|| refusal.clone(), |json| read_refusal(&reader.below("refusal", json))),
        method,
    }
}

fn read_refusal(reader: &Reader) -> Refusal {
    let each = reader.word("each").map(|json| {
        let each = reader.below("each", json);
        [pointer(&each, "list"), pointer(&each, "field"), pointer(&each, "message")]
    });
    Refusal { message: pointers(reader, "message"), each, text: reader.flag("text") }
}

impl Type {
    /// Reads a type whose `like`, `use` and `per` are resolved.
    pub fn read(json: &Json, mistakes: &crate::reader::Mistakes) -> Type {
        let id = json.get("id").and_then(Json::as_str).unwrap_or("type").to_owned();
        let reader = Reader::new(json, &id, "", mistakes);
        reader.required("id");
        reader.required("title");
        for word in ["$schema", "docs", "help", "icon", "since"] {
            reader.optional(word);
        }
        reader.texts("synonyms");
        reader.flag("hidden");
        let mut fields = Vec::new();
        for (place, json) in reader.list("sections") {
            let section = reader.below(&place, json);
            section.required("title");
            section.optional("help");
            section.flag("advanced");
            let shown = condition(&section, "shown", true);
            for (place, json) in section.list("fields") {
                let mut field = read_field(&section.below(&place, json), false);
                field.shown = shown.clone().and(field.shown);
                fields.push(field);
            }
        }
        let rules = reader.list("rules").map(|(place, json)| {
            let rule = reader.below(&place, json);
            Rule {
                when: condition(&rule, "when", false),
                field: rule.required("field"),
                warning: rule.choice("level", LEVELS).unwrap_or(false),
                say: rule.required("say"),
            }
        });
        let rules = rules.collect();
        let then = reader.word("then").map(|json| {
            let then = reader.below("then", json);
            then.choice("operation", &[("authorize", ())]);
            then.optional("help");
            then.required("label")
        });
        let base = reader.word("base").cloned().unwrap_or(Json::Map(Vec::new()));
        if !matches!(base, Json::Map(_)) {
            reader.mistake("base", "this must be an object");
        }
        Type { id: id.clone(), base, fields, rules, then }
    }

    pub fn position(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|known| known.id == field)
    }
}

const LEVELS: &[(&str, bool)] = &[("error", false), ("warning", true)];

/// A column is a field that neither depends on others nor has a place of its own.
fn read_field(reader: &Reader, column: bool) -> Field {
    let id = reader.required("id");
    let kind = reader.choice("kind", KINDS).unwrap_or(Kind::Text);
    reader.required("label");
    for word in ["help", "docs", "unit", "autocomplete"] {
        reader.optional(word);
    }
    reader.flag("lines");
    reader.texts("suggest");
    let options: Vec<String> = reader.list("options").map(|(place, json)| read_option(reader, &place, json)).collect();
    if (kind == Kind::Choice) == options.is_empty() {
        reader.mistake("options", "a choice has options, and nothing else has");
    }
    let format = reader.optional("format").and_then(|word| {
        let known = FORMATS.iter().find(|format| format.word == word);
        known.or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.word).collect();
            reader.wrong("format", &unknown(&word, &names))
        })
    });
    let clean = |word: String| match CLEANS.iter().find(|(name, _)| *name == word) {
        Some((_, clean)) => Some(*clean),
        None => reader.wrong("clean", &unknown(&word, &words(CLEANS))),
    };
    let marked = reader.optional_flag("secret");
    let secret = kind == Kind::Secret || marked == Some(true);
    if secret && !matches!(kind, Kind::Secret | Kind::Json | Kind::Text) {
        reader.mistake("secret", "only a text or JSON can be a secret");
    }
    if !secret && marked.is_none() && matches!(kind, Kind::Text | Kind::Json) && looks_secret(&id) {
        reader.mistake("", "this looks like a secret: make it one, or write “secret”: false");
    }
    let mut field = Field {
        at: vec![["/", &replaced(&id, ".", "/")].concat()],
        id,
        kind,
        secret,
        default: cases(reader, "default"),
        placeholder: cases(reader, "placeholder"),
        shown: Condition::Always(true),
        enabled: Condition::Always(true),
        required: Condition::Always(false),
        options,
        minimum: reader.number("minimum"),
        maximum: reader.number("maximum"),
        min_length: reader.count("min_length"),
        max_length: reader.count("max_length"),
        starts: reader.texts("starts"),
        ends: reader.texts("ends"),
        ignore_case: reader.flag("ignore_case"),
        format,
        clean: reader.texts("clean").into_iter().filter_map(clean).collect(),
        writes: reader.choice("as", AS).unwrap_or(As::Plain),
        blank: reader.choice("blank", POLICIES).unwrap_or(Policy::Omit),
        hidden: Policy::Omit,
        infer: Vec::new(),
        columns: Vec::new(),
        min_rows: 0,
        max_rows: None,
        accept: Vec::new(),
        max_bytes: None,
        warning: reader.choice("level", LEVELS).unwrap_or(false),
    };
    if column {
        field.required = Condition::Always(reader.flag("required"));
        if matches!(kind, Kind::Json | Kind::Rows | Kind::File) {
            reader.mistake("kind", "a column is a text, secret, integer, number, toggle or choice");
        }
        return field;
    }
    field.shown = condition(reader, "shown", true);
    field.enabled = condition(reader, "enabled", true);
    field.required = condition(reader, "required", false);
    field.hidden = reader.choice("hidden", POLICIES).unwrap_or(Policy::Omit);
    field.infer = cases(reader, "infer");
    field.columns = reader.list("columns").map(|(place, json)| read_field(&reader.below(&place, json), true)).collect();
    field.min_rows = reader.count("min_rows").unwrap_or(0);
    field.max_rows = reader.count("max_rows");
    field.accept = reader.texts("accept");
    field.max_bytes = reader.count("max_bytes");
    match reader.word("at") {
        None => {}
        Some(Json::Null) => field.at.clear(),
        Some(Json::Text(_)) => field.at = vec![pointer(reader, "at")],
        Some(_) => field.at = pointers(reader, "at"),
    }
    if (kind == Kind::Rows) == field.columns.is_empty() {
        reader.mistake("columns", "rows have columns, and nothing else has");
    }
    if field.writes == As::Pairs && !["key", "value"].iter().eq(field.columns.iter().map(|column| &column.id)) {
        reader.mistake("columns", "pairs have the columns “key” and “value”");
    }
    if !field.at.is_empty() && !field.infer.is_empty() {
        reader.mistake("infer", "only a field with “at”: null is inferred");
    }
    field
}

fn read_option<'a>(reader: &Reader<'a>, place: &str, json: &'a Json) -> String {
    match json {
        Json::Text(value) => value.clone(),
        _ => {
            let option = reader.below(place, json);
            option.optional("label");
            option.optional("help");
            option.optional("value").unwrap_or_default()
        }
    }
}

/// A condition, or a plain true or false.
fn condition(reader: &Reader, word: &'static str, absent: bool) -> Condition {
    match reader.word(word) {
        None => Condition::Always(absent),
        Some(Json::Bool(value)) => Condition::Always(*value),
        Some(json) => read_condition(reader, word, json),
    }
}

fn read_condition(reader: &Reader, place: &str, json: &Json) -> Condition {
    let list = |json: &Json| json.items().iter().map(|inner| read_condition(reader, place, inner)).collect();
    let never = Condition::Always(false);
    let [(word, value)] = json.members() else {
        return reader.wrong(place, "a condition is an object with one word: is, in, filled, not, all or any").unwrap_or(never);
    };
    match (word.as_str(), value) {
        ("is", Json::List(items)) if matches!(items.as_slice(), [Json::Text(_), _]) => {
            Condition::Is(items[0].as_str().unwrap_or_default().to_owned(), items[1].clone())
        }
        ("in", Json::List(items)) if matches!(items.as_slice(), [Json::Text(_), Json::List(_)]) => {
            Condition::In(items[0].as_str().unwrap_or_default().to_owned(), items[1].items().to_vec())
        }
        ("filled", Json::Text(field)) => Condition::Filled(field.clone()),
        ("not", inner) => Condition::Not(Box::new(read_condition(reader, place, inner))),
        ("all", Json::List(_)) => Condition::All(list(value)),
        ("any", Json::List(_)) => Condition::Any(list(value)),
        ("is" | "in" | "filled" | "all" | "any", _) => reader
            .wrong(
                place,
                &["“", word, "” is written as {\"is\": [field, value]}, {\"in\": [field, [values]]}, {\"filled\": field}, {\"all\": [conditions]}"].concat(),
            )
            .unwrap_or(never),
        _ => reader.wrong(place, &unknown(word, &["is", "in", "filled", "not", "all", "any"])).unwrap_or(never),
    }
}

/// Cases, or one plain value for all.
fn cases(reader: &Reader, word: &'static str) -> Vec<Case> {
    let always = Condition::Always(true);
    match reader.word(word) {
        None => Vec::new(),
        Some(Json::List(items)) if items.first().is_some_and(|item| item.get("value").is_some()) => items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let case = reader.below(&[word, "/", &index.to_string()].concat(), item);
                Case { when: condition(&case, "when", true), value: case.word("value").cloned().unwrap_or_default() }
            })
            .collect(),
        Some(Json::List(_) | Json::Map(_) | Json::Null) => {
            reader.wrong(word, "this must be a text, number or switch, or cases with “when” and “value”").unwrap_or_default()
        }
        Some(value) => vec![Case { when: always, value: value.clone() }],
    }
}

/// A JSON Pointer that must be there.
fn pointer(reader: &Reader, word: &'static str) -> String {
    let text = reader.required(word);
    if !text.is_empty() && !text.starts_with('/') {
        reader.mistake(word, "a JSON Pointer begins with “/”");
    }
    text
}

fn optional_pointer(reader: &Reader, word: &'static str) -> String {
    if reader.word(word).is_none_or(|json| *json == Json::text("")) { String::new() } else { pointer(reader, word) }
}

fn pointers(reader: &Reader, word: &'static str) -> Vec<String> {
    let all = reader.texts(word);
    if all.iter().any(|text| !text.starts_with('/')) {
        reader.mistake(word, "a JSON Pointer begins with “/”");
    }
    all
}

/// Calls `visit` with each `{name}` of a template.
pub fn placeholders(template: &str, visit: &mut dyn FnMut(&str)) {
    for part in template.split('{').skip(1) {
        visit(part.split('}').next().unwrap_or_default());
    }
}

/// Whether the last part of an id says that it holds a secret.
pub fn looks_secret(id: &str) -> bool {
    let last: String = id.rsplit('.').next().unwrap_or(id).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ["password", "passwd", "passphrase", "secret", "token", "apikey", "privatekey"].iter().any(|word| last.ends_with(word))
}

fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}
