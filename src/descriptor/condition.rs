//! When something applies: a condition over the values of other fields, as data.

use crate::base::text::starts_with_ignore_case;
use crate::descriptor::value::Value;
use crate::json::Json;

/// A condition. A field that is not shown counts as empty.
#[derive(Clone)]
pub enum Condition {
    Always(bool),
    /// The field holds this value.
    Is(String, Json),
    /// The field holds one of these values.
    In(String, Vec<Json>),
    /// The field's text begins with one of these, in upper or lower case.
    Starts(String, Vec<String>),
    /// The field holds anything at all.
    Filled(String),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

impl Default for Condition {
    fn default() -> Condition {
        Condition::Always(false)
    }
}

/// A value that depends: the first case whose condition holds.
#[derive(Clone)]
pub struct ConditionalValue {
    pub when: Condition,
    pub value: Json,
}

impl Condition {
    /// Whether it holds, asking `look` for the value of a field.
    pub fn holds<'a>(&self, look: &dyn Fn(&str) -> &'a Value) -> bool {
        match self {
            Condition::Always(value) => *value,
            Condition::Is(field, want) => look(field).equals(want),
            Condition::In(field, wants) => wants.iter().any(|want| look(field).equals(want)),
            Condition::Starts(field, heads) => look(field)
                .as_text()
                .is_some_and(|text| heads.iter().any(|head| starts_with_ignore_case(text, head))),
            Condition::Filled(field) => !look(field).is_blank(),
            Condition::Not(inner) => !inner.holds(look),
            Condition::All(inner) => inner.iter().all(|condition| condition.holds(look)),
            Condition::Any(inner) => inner.iter().any(|condition| condition.holds(look)),
        }
    }

    /// Calls `visit` with each field that it asks about.
    pub fn fields(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Condition::Always(_) => {}
            Condition::Is(field, _)
            | Condition::In(field, _)
            | Condition::Starts(field, _)
            | Condition::Filled(field) => visit(field),
            Condition::Not(inner) => inner.fields(visit),
            Condition::All(inner) | Condition::Any(inner) => {
                inner.iter().for_each(|condition| condition.fields(visit))
            }
        }
    }

    /// Both this and another, without a wrapper where one of them is always true.
    pub fn and(self, other: Condition) -> Condition {
        match (self, other) {
            (Condition::Always(true), rest) | (rest, Condition::Always(true)) => rest,
            (one, two) => Condition::All(vec![one, two]),
        }
    }
}

/// The value of the first case that holds.
pub fn choose<'c, 'v>(cases: &'c [ConditionalValue], look: &dyn Fn(&str) -> &'v Value) -> Option<&'c Json> {
    cases.iter().find(|case| case.when.holds(look)).map(|case| &case.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_does_what_it_says() {
        let (ssl, mode, none) = (Value::Toggle(true), Value::Text("form".into()), Value::Empty);
        let look = |field: &str| match field {
            "ssl" => &ssl,
            "mode" => &mode,
            _ => &none,
        };
        let is = |field: &str, want: Json| Condition::Is(field.into(), want);
        for (condition, holds) in [
            (is("ssl", Json::Bool(true)), true),
            (is("ssl", Json::Bool(false)), false),
            (is("mode", Json::text("form")), true),
            (is("gone", Json::text("")), false),
            (is("gone", Json::Bool(false)), true),
            (Condition::In("mode".into(), vec![Json::text("x"), Json::text("form")]), true),
            (Condition::Starts("mode".into(), vec!["x".into(), "FO".into()]), true),
            (Condition::Starts("gone".into(), vec!["".into()]), false),
            (Condition::Filled("mode".into()), true),
            (Condition::Filled("gone".into()), false),
            (Condition::Not(Box::new(Condition::Filled("gone".into()))), true),
            (Condition::All(vec![is("ssl", Json::Bool(true)), Condition::Always(false)]), false),
            (Condition::Any(vec![is("ssl", Json::Bool(false)), Condition::Always(true)]), true),
            (Condition::All(vec![]), true),
            (Condition::Any(vec![]), false),
        ] {
            assert_eq!(condition.holds(&look), holds);
        }
    }
}
