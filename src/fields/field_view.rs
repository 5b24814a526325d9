//! What a page draws of a field.

use serde::Serialize;

use crate::base::text::CollectVec;
use crate::descriptor::connection_type::Field;
use crate::descriptor::value::{Row, Secret, Value};
use crate::fields::evaluate::FieldState;
use crate::fields::fault::Fault;
use crate::fields::record::cell_json;
use crate::json::Json;

/// What a page draws of a field while its form is filled in. Labels and help are in the description.
#[derive(Clone, PartialEq, Serialize)]
pub struct FieldView {
    /// The field's id.
    pub field: String,
    pub shown: bool,
    pub enabled: bool,
    pub required: bool,
    /// What its control holds; of a file no content.
    pub value: Json,
    /// What is wrong with it, as far as it shows yet.
    pub faults: Vec<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
}

impl FieldView {
    pub fn new(field: &Field, state: &FieldState, faults: Vec<Fault>) -> FieldView {
        FieldView {
            field: field.id.clone(),
            shown: state.shown,
            enabled: state.enabled,
            required: state.required,
            value: value(field, &state.value, SecretVisibility::Typed),
            faults,
            placeholder: state.placeholder.clone(),
        }
    }
}

/// How much of its secrets a value shows.
#[derive(Clone, Copy)]
pub enum SecretVisibility<'a> {
    /// A typed secret reads as kept.
    Nothing,
    /// What was typed, not what was loaded.
    Typed,
    /// A kept secret too, which is this.
    All(Option<&'a str>),
}

/// A value as it crosses the seam.
pub fn value(field: &Field, value: &Value, shows: SecretVisibility) -> Json {
    let state = |word: &str| Json::map(vec![(word, Json::Bool(true))]);
    match (value, shows) {
        (Value::Empty, _) => Json::Null,
        (Value::Toggle(value), _) => Json::Bool(*value),
        (Value::Text(text), _) => Json::text(text),
        (Value::Secret(Secret::Keep), SecretVisibility::All(Some(text))) => Json::text(text),
        (Value::Secret(Secret::Replace(text)), SecretVisibility::Nothing) if !text.is_empty() => {
            state("keep")
        }
        (Value::Secret(Secret::Replace(text)), _) => Json::text(text),
        (Value::Secret(Secret::Keep), _) => state("keep"),
        (Value::Secret(Secret::Clear), _) => state("clear"),
        (Value::Rows(rows), _) => {
            Json::List(rows.iter().map(|row| row_value(field, row, shows)).collect_vec())
        }
        (Value::Many(words), _) => Json::List(words.iter().map(Json::text).collect_vec()),
        // The content stays here: a page has no use for it once it was handed in.
        (Value::File(file), _) => Json::map(vec![
            ("name", Json::text(&file.name)),
            ("size", Json::Number(file.size as f64)),
            ("content", Json::text("")),
        ]),
    }
}

fn row_value(field: &Field, row: &Row, shows: SecretVisibility) -> Json {
    let mut members = Vec::new();
    for (index, column) in field.columns.iter().enumerate() {
        let loaded = row.loaded.as_ref().and_then(|loaded| cell_json(field, index, loaded)?.scalar());
        let shows = if let SecretVisibility::All(_) = shows {
            SecretVisibility::All(loaded.as_deref())
        } else {
            shows
        };
        let json = if field.is_masked_cell(row, index) {
            let text = row.cell(index).as_text().unwrap_or_default();
            let json = value(column, &Value::Secret(Secret::Replace(text.to_owned())), shows);
            if let SecretVisibility::Typed = shows { Json::map(vec![("masked", json)]) } else { json }
        } else {
            value(column, row.cell(index), shows)
        };
        members.push((column.id.clone(), json));
    }
    Json::Map(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::connection_type::ConnectionType;
    use crate::json::diagnostic::Diagnostics;

    #[test]
    fn a_secret_shows_only_when_it_is_to_be_revealed() {
        let kind = r#"{"id":"t","title":"T","sections":[{"title":"S","fields":[{"id":"f","kind":"secret","label":"F"}]}]}"#;
        let kind = ConnectionType::read(&Json::parse(kind).unwrap(), &Diagnostics::default());
        let replace = |text: &str| Value::Secret(Secret::Replace(text.to_owned()));
        for (held, shows, shown) in [
            (replace("s"), SecretVisibility::Nothing, r#"{"keep":true}"#),
            (replace("s"), SecretVisibility::Typed, r#""s""#),
            (replace(""), SecretVisibility::Nothing, r#""""#),
            (Value::Secret(Secret::Keep), SecretVisibility::Typed, r#"{"keep":true}"#),
            (Value::Secret(Secret::Keep), SecretVisibility::All(Some("s")), r#""s""#),
            (Value::Secret(Secret::Keep), SecretVisibility::All(None), r#"{"keep":true}"#),
            (Value::Secret(Secret::Clear), SecretVisibility::All(None), r#"{"clear":true}"#),
            (Value::Empty, SecretVisibility::All(Some("s")), "null"),
        ] {
            assert_eq!(value(&kind.fields[0], &held, shows).to_text(), shown);
        }
    }
}
