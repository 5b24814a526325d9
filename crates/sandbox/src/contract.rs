//! The judge: is a body what the documentation says?
//!
//! The schemas in `tests/contracts/` are written from the documentation of each API and know
//! nothing of the descriptors. What the judge says names members and never quotes a value, since
//! any value can be a secret.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

pub struct Contract {
    schema: Value,
    validator: Validator,
}

/// One rule that a body breaks.
#[derive(Debug, PartialEq)]
pub struct Breach {
    /// JSON Pointer of the member; empty for the body itself.
    pub at: String,
    /// What follows the name of the member: "must be a string".
    pub say: String,
}

impl Contract {
    pub fn new(text: &str) -> Result<Contract, String> {
        let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
        Ok(Contract { schema, validator })
    }

    /// Everything that is wrong with a body; each thing once.
    pub fn judge(&self, body: &Value) -> Vec<Breach> {
        let mut breaches = Vec::new();
        for error in self.validator.iter_errors(body) {
            for breach in self.breaches(&error) {
                if !breaches.contains(&breach) {
                    breaches.push(breach);
                }
            }
        }
        breaches
    }

    fn breaches(&self, error: &ValidationError) -> Vec<Breach> {
        let at = error.instance_path().as_str();
        let breach = |at: String, say: &str| Breach { at, say: say.to_owned() };
        match error.kind() {
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                unexpected.iter().map(|name| breach(below(at, name), "is not documented")).collect()
            }
            Kind::Required { property } => {
                vec![breach(below(at, property.as_str().unwrap_or_default()), "is required")]
            }
            Kind::FalseSchema => vec![breach(at.to_owned(), "has no place here")],
            kind => vec![breach(at.to_owned(), &self.sentence(kind, error))],
        }
    }

    fn sentence(&self, kind: &Kind, error: &ValidationError) -> String {
        match kind {
            Kind::Type { kind: TypeKind::Single(one) } => format!("must be of type {one}"),
            Kind::Type { kind: TypeKind::Multiple(some) } => {
                format!("must be of type {}", listed(some.iter().map(|one| one.to_string())))
            }
            Kind::Constant { expected_value } => format!("must be {expected_value}"),
            Kind::Enum { options } => {
                format!("must be {}", listed(options.as_array().into_iter().flatten().map(Value::to_string)))
            }
            Kind::MinLength { limit: 1 } => "must not be empty".to_owned(),
            Kind::MinLength { limit } => format!("must have at least {limit} characters"),
            Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
            Kind::MinItems { limit } => format!("must have at least {limit} entries"),
            Kind::MaxItems { limit } => format!("must have at most {limit} entries"),
            Kind::MinProperties { limit } => format!("must have at least {limit} members"),
            Kind::MaxProperties { limit } => format!("must have at most {limit} members"),
            Kind::Minimum { limit } => format!("must be at least {limit}"),
            Kind::Maximum { limit } => format!("must be at most {limit}"),
            Kind::Pattern { .. } => match self.description(error) {
                Some(words) => format!("must be {words}"),
                None => "does not have the documented form".to_owned(),
            },
            other => match self.description(error) {
                Some(words) => format!("must be {words}"),
                None => format!("breaks the rule `{}`", other.keyword()),
            },
        }
    }

    /// The words that stand beside the rule in the schema.
    fn description(&self, error: &ValidationError) -> Option<&str> {
        let (rule, _) = error.schema_path().as_str().rsplit_once('/')?;
        self.schema.pointer(rule)?.get("description")?.as_str()
    }
}

impl Breach {
    /// The member of the body that is meant or that holds what is meant, and the whole way as people write it.
    pub fn place(&self) -> (String, String) {
        let mut steps = self.at.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        let first = steps.next().unwrap_or_else(|| "body".to_owned());
        let way = steps.fold(first.clone(), |way, step| match step.parse::<usize>() {
            Ok(row) => format!("{way}[{row}]"),
            Err(_) => format!("{way}.{step}"),
        });
        (first, way)
    }
}

fn below(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_every_breach_and_quotes_no_value() {
        let contract = Contract::new(
            &json!({
                "type": "object",
                "required": ["name"],
                "properties": {
                    "port": { "type": "string" },
                    "key": { "type": "string", "pattern": "^sk_", "description": "a key that begins with sk_" },
                    "login": { "properties": { "user": { "minLength": 1 }, "~/": { "enum": ["a", "b"] } } },
                    "srv": false
                },
                "additionalProperties": false
            })
            .to_string(),
        )
        .expect("a schema");
        let body = json!({ "port": 5432, "key": "hunter2", "login": { "user": "", "~/": "hunter2" }, "srv": "hunter2", "hunter": "hunter2" });
        let mut said: Vec<_> =
            contract.judge(&body).into_iter().map(|breach| format!("{} {}", breach.at, breach.say)).collect();
        said.sort();
        let want = [
            "/hunter is not documented",
            "/key must be a key that begins with sk_",
            "/login/user must not be empty",
            "/login/~0~1 must be \"a\" or \"b\"",
            "/name is required",
            "/port must be of type string",
            "/srv has no place here",
        ];
        assert_eq!(said, want);
    }

    #[test]
    fn a_schema_that_is_none_is_an_error() {
        assert!(Contract::new("{").is_err());
        assert!(Contract::new(r#"{"type": "strng"}"#).is_err());
    }
}
