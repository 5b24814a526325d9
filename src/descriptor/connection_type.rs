//! What a connection type and a field are: data without behaviour, read word by word.
//!
//! Titles, labels and help stay in the JSON that a page gets; here is what the engine itself needs.
//! Every word is described in `registry/descriptor.schema.json`.

use jackfield_redact::is_secret_name;

use crate::base::text::split;
use crate::descriptor::api::StoredSecretPolicy;
use crate::descriptor::condition::{Condition, ConditionalValue};
use crate::descriptor::encoding::{EmptyPolicy, Encoding, Normalizer};
use crate::descriptor::format::Format;
use crate::descriptor::value::{Row, Value};
use crate::json::Json;

/// A connection type, for one operation.
pub struct ConnectionType {
    pub id: String,
    /// Other words by which a record names this type.
    pub named: Vec<String>,
    /// Constants of the body.
    pub base: Json,
    pub fields: Vec<Field>,
    pub rules: Vec<Rule>,
    /// The label of the step after a create.
    pub then: Option<String>,
    /// The fields that connection strings fill or set; only who proves a type asks for them.
    pub filled: Vec<FillTarget>,
}

/// A field that a connection string fills, or sets to a value.
pub struct FillTarget {
    /// Where the type says so.
    pub pointer: String,
    pub field: String,
    pub value: Option<Json>,
}

/// Something that several fields must keep together.
pub struct Rule {
    pub when: Condition,
    pub kind: RuleKind,
    /// The fields that the law is about.
    pub of: Vec<String>,
    /// Where its fault shows; where nothing is said, the law finds the field.
    pub field: Option<String>,
    pub warning: bool,
    /// The author's sentence.
    pub say: String,
}

/// What a rule asks for while its condition holds. A switch that is off is not filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Nothing: its condition must not hold.
    Never,
    ExactlyOne,
    AtLeastOne,
    /// All or none.
    Together,
    /// The first number is not above the second.
    NotAbove,
}

pub const RULE_KINDS: &[(&str, RuleKind)] = &[
    ("exactly_one", RuleKind::ExactlyOne),
    ("at_least_one", RuleKind::AtLeastOne),
    ("together", RuleKind::Together),
    ("not_above", RuleKind::NotAbove),
];

/// What a field holds, and the control that shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    #[default]
    Text,
    Secret,
    Integer,
    Number,
    Toggle,
    Choice,
    /// Several of its options.
    Choices,
    Json,
    Rows,
    File,
}

pub const FIELD_KINDS: &[(&str, FieldKind)] = &[
    ("text", FieldKind::Text),
    ("secret", FieldKind::Secret),
    ("integer", FieldKind::Integer),
    ("number", FieldKind::Number),
    ("toggle", FieldKind::Toggle),
    ("choice", FieldKind::Choice),
    ("choices", FieldKind::Choices),
    ("json", FieldKind::Json),
    ("rows", FieldKind::Rows),
    ("file", FieldKind::File),
];

/// A field, or a column of rows.
#[derive(Default)]
pub struct Field {
    pub id: String,
    pub kind: FieldKind,
    pub secret: bool,
    pub default: Vec<ConditionalValue>,
    /// The field whose text, or whose file's name, it takes over until it is edited.
    pub follows: Option<String>,
    pub placeholder: Vec<ConditionalValue>,
    pub shown: Condition,
    pub enabled: Condition,
    pub required: Condition,
    /// While it holds, that the field is missing only warns.
    pub excused: Condition,
    pub options: Vec<String>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    /// Numbers with a meaning of their own, whatever the limits.
    pub special: Vec<f64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub starts: Vec<String>,
    pub ends: Vec<String>,
    pub ignore_case: bool,
    pub format: Vec<(Condition, &'static Format)>,
    pub clean: Vec<Normalizer>,
    /// JSON Pointers; none for a switch that exists only in the form. The first counts when reading.
    pub at: Vec<String>,
    /// Other places of the same thing: read when it has none of its own, and then written too.
    pub alias: Vec<String>,
    /// Places that are only read, after all others.
    pub read: Vec<String>,
    /// Places where it is written too while it holds something, and nothing stands otherwise.
    pub also: Vec<String>,
    /// The fields that stand where it does and of which one is a secret and the other is not: only the shown one reads a record.
    pub rivals: Vec<usize>,
    /// Members that other fields and constants claim, beside which the rows of a map stand.
    pub reserved_names: Vec<String>,
    /// What the names of a map's rows begin with in the map; other members are not of it.
    pub prefix: String,
    /// The prefix as it was written, where it names fields.
    pub template: Option<String>,
    /// The place of an object that holds the order of a map's rows, by numbers from 0.
    pub order: Option<String>,
    /// The column that says whether a row is sent.
    pub switch: Option<usize>,
    /// Whether an update writes it where the record lacks it.
    pub fill: bool,
    pub writes: Encoding,
    /// Whether a value that is the default is written.
    pub send_default: bool,
    pub blank: EmptyPolicy,
    pub hidden: EmptyPolicy,
    pub infer: Vec<ConditionalValue>,
    pub columns: Vec<Field>,
    /// The rows of a new connection.
    pub preset: Json,
    /// What the first column must hold somewhere.
    pub required_keys: Vec<String>,
    pub min_rows: u64,
    pub max_rows: Option<u64>,
    pub accept: Vec<String>,
    /// Files: the part of a multipart body that it goes into, and no member of any other.
    pub part: Option<String>,
    /// What an update does with it if it is a stored secret, instead of what the API says.
    pub keep: Option<StoredSecretPolicy>,
    /// Where a record tells that a secret is stored which it does not show.
    pub stored: Option<String>,
    /// Whether the server keeps what it holds when this is left empty.
    pub lasting: bool,
    /// The fields that say where a secret goes: a stored one is for those values alone.
    pub sent_to: Vec<String>,
    pub max_bytes: Option<u64>,
    /// Its faults other than `required` only warn.
    pub warning: bool,
}

impl Field {
    /// Whether what it holds is masked wherever a request is shown.
    pub fn is_confidential(&self) -> bool {
        self.secret || self.kind == FieldKind::File
    }

    /// Whether a column of its rows holds what a name in the same row speaks about: such as the value of a parameter or of a header.
    pub fn is_value_column(&self, column: usize) -> bool {
        let Some(found) = self
            .columns
            .get(column)
            .filter(|found| !found.secret && matches!(found.kind, FieldKind::Text | FieldKind::Json))
        else {
            return false;
        };
        if self.has_keys() { column > 0 } else { found.id == "value" }
    }

    /// Whether a cell is masked wherever it is shown: a value whose name is that of a secret, or that came as one. Inside it stays a text.
    pub fn is_masked_cell(&self, row: &Row, column: usize) -> bool {
        let named = |(index, cell): (usize, &Value)| {
            index != column && matches!(cell, Value::Text(name) if is_secret_name(name))
        };
        self.is_value_column(column) && (row.masked || row.cells.iter().enumerate().any(named))
    }

    /// Whether some cell of these rows is masked, or is a secret.
    pub fn has_masked_cell(&self, value: &Value) -> bool {
        let masks = |row: &Row| {
            self.columns
                .iter()
                .enumerate()
                .any(|(index, column)| column.secret || self.is_masked_cell(row, index))
        };
        value.rows().iter().any(masks)
    }

    /// Whether each of its rows is a member of its own name.
    pub fn has_keys(&self) -> bool {
        matches!(self.writes, Encoding::Map | Encoding::Others)
    }

    /// The name of the row that a member of the map is, if it is one.
    pub fn row_name<'n>(&self, member: &'n str) -> Option<&'n str> {
        member
            .strip_prefix(self.prefix.as_str())
            .filter(|_| !self.reserved_names.iter().any(|claimed| claimed == member))
    }

    /// The only column beside the name of a map's row, which is then the member's value itself.
    pub fn value_column(&self) -> Option<usize> {
        let mut values = (1..self.columns.len()).filter(|index| Some(*index) != self.switch);
        values.next().filter(|_| self.has_keys() && values.next().is_none())
    }

    /// The first of its places; empty for a switch that exists only in the form. A map has one, and so has a column.
    pub fn pointer(&self) -> &str {
        self.at.first().map_or("", String::as_str)
    }

    /// Everywhere it may stand in a record.
    pub fn all_pointers(&self) -> impl Iterator<Item = &String> {
        self.at.iter().chain(&self.alias).chain(&self.read).chain(&self.also)
    }

    /// Whether one of two fields would show what the other keeps secret.
    pub fn is_rival_of(&self, other: &Field) -> bool {
        let secret = |field: &Field| {
            (field.is_confidential(), field.columns.iter().filter(|column| column.secret).count())
        };
        let columns = |field: &Field, other: &Field| {
            field.columns.iter().all(|column| {
                !column.secret || other.columns.iter().any(|twin| twin.secret && twin.id == column.id)
            })
        };
        let alike = secret(self) == secret(other) && columns(self, other);
        !alike
            && self
                .all_pointers()
                .any(|one| other.all_pointers().any(|two| self.holds(one, two) || other.holds(two, one)))
    }

    /// Whether what it shows of `index` has `inner` in it. The rows of a map are not what others claim.
    fn holds(&self, pointer: &str, inner: &str) -> bool {
        inner
            .strip_prefix(pointer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && !self.has_keys())
    }

    /// Where it is written: the place at which the record holds it, if that is another name for it.
    pub fn write_pointers(&self, record: Option<&Json>) -> &[String] {
        let there = |pointers: &[String]| {
            record.is_some_and(|record| pointers.iter().any(|pointer| record.at(pointer).is_some()))
        };
        if !there(&self.at) && there(&self.alias) { &self.alias } else { &self.at }
    }
}

impl ConnectionType {
    /// Sets what the names of maps' rows begin with.
    pub fn set_row_prefixes(&mut self, row_prefixes: Vec<(usize, String)>) {
        for (index, prefix) in row_prefixes {
            if let Some(field) = self.fields.get_mut(index) {
                field.prefix = prefix;
            }
        }
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|known| known.id == id)
    }

    pub fn position(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|known| known.id == field)
    }
}

/// Calls `visit` with each `{name}` of a template.
pub fn placeholders(template: &str, visit: &mut dyn FnMut(&str)) {
    for part in split(template, b'{').skip(1) {
        visit(split(part, b'}').next().unwrap_or_default());
    }
}
