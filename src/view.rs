//! What a page draws of a field.

use crate::check::Fault;
use crate::descriptor::Field;
use crate::json::Json;
use crate::sheet::State;
use crate::value::{Secret, Value};

/// A field's view: what changes while a form is filled in. Labels and help are in the description.
pub fn view<'a>(field: &Field, state: &State, faults: impl Iterator<Item = &'a Fault>) -> Json {
    let mut json = Json::map(vec![
        ("field", Json::text(&field.id)),
        ("shown", Json::Bool(state.shown)),
        ("enabled", Json::Bool(state.enabled)),
        ("required", Json::Bool(state.required)),
        ("value", value(field, &state.value, true, None)),
        ("faults", Json::List(faults.map(Fault::to_json).collect())),
    ]);
    if let Some(placeholder) = &state.placeholder {
        json.put("/placeholder", Json::text(placeholder));
    }
    json
}

/// A value as it crosses the seam. Without `reveal` a typed secret reads as kept; with it, a kept one shows as `stored`.
pub fn value(field: &Field, value: &Value, reveal: bool, stored: Option<&str>) -> Json {
    let state = |word: &str| Json::map(vec![(word, Json::Bool(true))]);
    match value {
        Value::Empty => Json::Null,
        Value::Toggle(value) => Json::Bool(*value),
        Value::Text(text) => Json::text(text),
        Value::Secret(Secret::Keep) => match stored.filter(|_| reveal) {
            Some(text) => Json::text(text),
            None => state("keep"),
        },
        Value::Secret(Secret::Replace(text)) if reveal || text.is_empty() => Json::text(text),
        Value::Secret(Secret::Replace(_)) => state("keep"),
        Value::Secret(Secret::Clear) => state("clear"),
        Value::Rows(rows) => {
            let cell = |(column, cell): (&Field, &Value)| (column.id.clone(), self::value(column, cell, reveal, None));
            Json::List(rows.iter().map(|row| Json::Map(field.columns.iter().zip(&row.cells).map(cell).collect())).collect())
        }
        Value::Many(words) => Json::List(words.iter().map(Json::text).collect()),
        // The content stays here: a page has no use for it once it was handed in.
        Value::File(file) => Json::map(vec![("name", Json::text(&file.name)), ("size", Json::Number(file.size as f64)), ("content", Json::text(""))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::Type;
    use crate::reader::Mistakes;

    #[test]
    fn a_secret_shows_only_when_it_is_to_be_revealed() {
        let kind = r#"{"id":"t","title":"T","sections":[{"title":"S","fields":[{"id":"f","kind":"secret","label":"F"}]}]}"#;
        let kind = Type::read(&Json::parse(kind).unwrap(), &Mistakes::default());
        let replace = |text: &str| Value::Secret(Secret::Replace(text.to_owned()));
        for (held, reveal, stored, shown) in [
            (replace("s"), false, None, r#"{"keep":true}"#),
            (replace("s"), true, None, r#""s""#),
            (replace(""), false, None, r#""""#),
            (Value::Secret(Secret::Keep), false, Some("s"), r#"{"keep":true}"#),
            (Value::Secret(Secret::Keep), true, Some("s"), r#""s""#),
            (Value::Secret(Secret::Keep), true, None, r#"{"keep":true}"#),
            (Value::Secret(Secret::Clear), true, None, r#"{"clear":true}"#),
            (Value::Empty, true, Some("s"), "null"),
        ] {
            assert_eq!(value(&kind.fields[0], &held, reveal, stored).to_text(), shown);
        }
    }
}
