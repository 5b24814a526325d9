//! JSON out to any serde format.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::json::Json;
use crate::json::parse::convert;

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => out.serialize_unit(),
            Json::Bool(value) => out.serialize_bool(*value),
            Json::Number(number) => serialize_number(*number, out),
            Json::Exact(digits) => serialize_digits(digits, out),
            Json::Text(text) => out.serialize_str(text),
            Json::List(items) => {
                let mut list = out.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Json::Map(members) => as_map(members, out),
        }
    }
}

/// Pairs as the members of a map, in their order.
///
/// In a page one named `__proto__` is left out: it would become the prototype of the object.
///
/// # Errors
/// What the format refuses.
pub fn as_map<N: AsRef<str>, V: Serialize, S: Serializer>(
    members: &[(N, V)],
    out: S,
) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(None)?;
    for (name, value) in members {
        if cfg!(not(target_arch = "wasm32")) || name.as_ref() != "__proto__" {
            map.serialize_entry(name.as_ref(), value)?;
        }
    }
    map.end()
}

/// For `skip_serializing_if`.
pub fn is_false(flag: &bool) -> bool {
    !flag
}

/// JavaScript has one kind of number.
#[cfg(target_arch = "wasm32")]
fn serialize_number<S: Serializer>(number: f64, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_f64(number)
}

#[cfg(not(target_arch = "wasm32"))]
fn serialize_number<S: Serializer>(number: f64, out: S) -> Result<S::Ok, S::Error> {
    let integer = number as i64;
    let is_integer = number.abs() <= crate::json::MAX_SAFE_INTEGER && integer as f64 == number;
    if is_integer { out.serialize_i64(integer) } else { out.serialize_f64(number) }
}

/// As `JSON.parse` reads it: rounded.
#[cfg(target_arch = "wasm32")]
fn serialize_digits<S: Serializer>(digits: &str, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_f64(convert(digits).unwrap_or_default())
}

#[cfg(not(target_arch = "wasm32"))]
fn serialize_digits<S: Serializer>(digits: &str, out: S) -> Result<S::Ok, S::Error> {
    match (digits.parse::<i64>(), digits.parse::<u64>()) {
        (Ok(number), _) => out.serialize_i64(number),
        (_, Ok(number)) => out.serialize_u64(number),
        _ => out.serialize_f64(convert(digits).unwrap_or_default()),
    }
}
