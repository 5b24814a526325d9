//! What a field can hold, and how it crosses the seam as JSON.

use std::fmt;

use crate::json::Json;

/// What a control holds. Scalars are text as typed (`12a`, a half-typed `-`): check and request convert.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing was given. A toggle that nobody touched is empty too.
    #[default]
    Empty,
    Toggle(bool),
    Text(String),
    Secret(Secret),
    Rows(Vec<Row>),
    /// Several of a choice.
    Many(Vec<String>),
    File(File),
}

/// One row of a list.
#[derive(Clone, Default)]
pub struct Row {
    /// A value per column.
    pub cells: Vec<Value>,
    /// What the loaded record holds for it: members that no column knows live on in it.
    pub loaded: Option<Json>,
    /// Whether its value is masked whatever its name is. It is no part of what the row holds.
    pub masked: bool,
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.cells == other.cells && self.loaded == other.loaded
    }
}

/// What stands where nothing does.
pub static EMPTY: Value = Value::Empty;

impl Row {
    /// The value of a column; nothing where the row has no such cell.
    pub fn cell(&self, column: usize) -> &Value {
        self.cells.get(column).unwrap_or(&EMPTY)
    }

    /// The name of a map's row.
    pub fn key(&self) -> &str {
        self.cell(0).as_text().map_or("", str::trim)
    }
}

/// A secret. What to do with a stored one is a state of its own, never a magic text.
#[derive(Clone, PartialEq)]
pub enum Secret {
    /// The loaded record holds one, and it stays.
    Keep,
    Replace(String),
    /// The stored one is to be removed.
    Clear,
}

/// A file that was chosen.
#[derive(Clone, PartialEq)]
pub struct File {
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The content in base64.
    pub content: String,
}

/// How a value of a kind of field is read from JSON.
#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    Text,
    /// A text that may also be given as a number.
    Number,
    Toggle,
    Secret,
    /// A text that may also be given as the JSON that it writes.
    Json,
    SecretJson,
    File,
    Many,
}

impl Value {
    /// Reads a scalar of the given shape; `None` where it has another. Null is empty for all.
    pub fn read(json: &Json, shape: Shape) -> Option<Value> {
        Some(match (shape, json) {
            (_, Json::Null) => Value::Empty,
            (Shape::Toggle, Json::Bool(value)) => Value::Toggle(*value),
            (Shape::Text | Shape::Number | Shape::Json, Json::Text(text)) => Value::Text(text.clone()),
            (Shape::Number, Json::Number(_) | Json::Exact(_)) => Value::Text(json.scalar()?),
            (Shape::Secret | Shape::SecretJson, Json::Text(text)) => {
                Value::Secret(Secret::Replace(text.clone()))
            }
            (Shape::Secret | Shape::SecretJson | Shape::File, Json::Map(members))
                if matches!(&members[..], [(_, Json::Bool(true))]) =>
            {
                match members.first().map(|(word, _)| word.as_str()) {
                    Some("keep") => Value::Secret(Secret::Keep),
                    Some("clear") => Value::Secret(Secret::Clear),
                    _ if shape == Shape::SecretJson => Value::Secret(Secret::Replace(json.to_text())),
                    _ => return None,
                }
            }
            (Shape::Json, Json::Map(_) | Json::List(_)) => Value::Text(json.to_text()),
            (Shape::SecretJson, Json::Map(_) | Json::List(_)) => {
                Value::Secret(Secret::Replace(json.to_text()))
            }
            (Shape::Many, Json::List(items)) => {
                let mut words = Vec::new();
                for item in items {
                    words.push(item.scalar()?);
                }
                Value::Many(words)
            }
            (Shape::File, Json::Map(_)) => {
                let Some(Json::Number(size)) = json.get("size") else { return None };
                let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
                Value::File(File { name: text("name")?, size: *size as u64, content: text("content")? })
            }
            _ => return None,
        })
    }

    /// Whether there is nothing in it. A kept secret is something, an unticked toggle is not.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Empty | Value::Toggle(false) | Value::Secret(Secret::Clear) => true,
            Value::Text(text) | Value::Secret(Secret::Replace(text)) => text.is_empty(),
            Value::Rows(rows) => rows.is_empty(),
            Value::Many(words) => words.is_empty(),
            _ => false,
        }
    }

    /// Whether a condition's literal names this value.
    pub fn equals(&self, want: &Json) -> bool {
        match (self, want) {
            (Value::Toggle(value), Json::Bool(want)) => value == want,
            (Value::Empty, Json::Bool(want)) => !want,
            (Value::Text(text), want) => want.scalar().is_some_and(|want| *text == want),
            (Value::Many(words), Json::Text(want)) => words.contains(want),
            _ => false,
        }
    }

    /// The text of a text or of a typed secret.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Secret(Secret::Replace(text)) => Some(text),
            _ => None,
        }
    }

    pub fn rows(&self) -> &[Row] {
        match self {
            Value::Rows(rows) => rows,
            _ => &[],
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Secret::Keep => "Keep",
            Secret::Replace(_) => "Replace(•••)",
            Secret::Clear => "Clear",
        })
    }
}

/// Nothing of it: only its field knows which of its cells is masked.
impl fmt::Debug for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Row(•••)")
    }
}

impl fmt::Debug for File {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("File(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_shape_is_refused() {
        let read = |text: &str, shape| Value::read(&Json::parse(text).unwrap(), shape);
        assert_eq!(read("5432", Shape::Number), Some(Value::Text("5432".into())));
        assert_eq!(read("5432", Shape::Text), None);
        assert_eq!(read("\"true\"", Shape::Toggle), None);
        assert_eq!(read("[]", Shape::Secret), None);
        assert_eq!(read("{\"keep\":true}", Shape::Secret), Some(Value::Secret(Secret::Keep)));
        assert_eq!(read("{\"keep\":false}", Shape::Secret), None);
        assert_eq!(
            read("{\"a\":true}", Shape::SecretJson),
            Some(Value::Secret(Secret::Replace("{\"a\":true}".into())))
        );
        assert_eq!(read("null", Shape::File), Some(Value::Empty));
    }

    #[test]
    fn debug_hides_secrets_and_files() {
        let row = Row {
            cells: vec![Value::Text("sslpassword".into()), Value::Text("hunter2".into())],
            ..Row::default()
        };
        let file = File { name: "n".into(), size: 1, content: "aHVudGVyMg==".into() };
        let shown = format!(
            "{:?}",
            [Value::Secret(Secret::Replace("hunter2".into())), Value::File(file), Value::Rows(vec![row])]
        );
        assert!(!shown.contains("hunter2") && !shown.contains("aHVu"), "{shown}");
    }
}
