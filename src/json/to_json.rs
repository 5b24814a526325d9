//! Any value that serde can write, as JSON.

use std::fmt::Display;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use thiserror::Error;

use crate::base::text::integer_text;
use crate::json::{Json, MAX_SAFE_INTEGER};

/// Why a value has no JSON.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{0}")]
pub struct SerializeError(String);

impl Error for SerializeError {
    fn custom<T: Display>(message: T) -> SerializeError {
        SerializeError(message.to_string())
    }
}

type Result<T = Json> = std::result::Result<T, SerializeError>;

impl Json {
    /// The JSON of a value, as serde_json would write it. A number that is not finite is null.
    ///
    /// # Errors
    /// A map whose keys are no texts, and whatever the value's own `Serialize` refuses.
    pub fn from_serialize(value: &(impl Serialize + ?Sized)) -> Result {
        value.serialize(JsonSerializer)
    }
}

struct JsonSerializer;

/// The elements of a list that is being written.
struct Elements {
    /// The variant of an enum that the list belongs to.
    variant: Option<&'static str>,
    items: Vec<Json>,
}

/// The members of a map that is being written.
struct Members {
    variant: Option<&'static str>,
    members: Vec<(String, Json)>,
    key: String,
}

/// What belongs to a variant of an enum is the one member of an object.
fn within(variant: Option<&'static str>, json: Json) -> Json {
    match variant {
        Some(variant) => Json::map(vec![(variant, json)]),
        None => json,
    }
}

fn members(variant: Option<&'static str>) -> Members {
    Members { variant, members: Vec::new(), key: String::new() }
}

fn elements(variant: Option<&'static str>) -> Elements {
    Elements { variant, items: Vec::new() }
}

fn integer(number: i64) -> Result {
    let is_safe = number.unsigned_abs() <= MAX_SAFE_INTEGER as u64;
    Ok(if is_safe { Json::Number(number as f64) } else { Json::Exact(integer_text(number)) })
}

impl Serializer for JsonSerializer {
    type Ok = Json;
    type Error = SerializeError;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Elements;
    type SerializeTupleVariant = Elements;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    fn serialize_bool(self, value: bool) -> Result {
        Ok(Json::Bool(value))
    }
    fn serialize_i8(self, value: i8) -> Result {
        integer(value.into())
    }
    fn serialize_i16(self, value: i16) -> Result {
        integer(value.into())
    }
    fn serialize_i32(self, value: i32) -> Result {
        integer(value.into())
    }
    fn serialize_i64(self, value: i64) -> Result {
        integer(value)
    }
    fn serialize_u8(self, value: u8) -> Result {
        integer(value.into())
    }
    fn serialize_u16(self, value: u16) -> Result {
        integer(value.into())
    }
    fn serialize_u32(self, value: u32) -> Result {
        Ok(Json::Number(value.into()))
    }
    fn serialize_u64(self, value: u64) -> Result {
        i64::try_from(value).map_or_else(|_| Ok(Json::Exact(value.to_string())), integer)
    }
    fn serialize_f32(self, value: f32) -> Result {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result {
        Ok(if value.is_finite() { Json::Number(value) } else { Json::Null })
    }
    fn serialize_char(self, value: char) -> Result {
        Ok(Json::Text(value.into()))
    }
    fn serialize_str(self, value: &str) -> Result {
        Ok(Json::text(value))
    }
    fn serialize_bytes(self, value: &[u8]) -> Result {
        Ok(Json::List(value.iter().map(|byte| Json::Number((*byte).into())).collect()))
    }
    fn serialize_none(self) -> Result {
        Ok(Json::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result {
        Ok(Json::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result {
        Ok(Json::Null)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        Ok(Json::text(variant))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        Ok(within(Some(variant), value.serialize(self)?))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Elements> {
        Ok(elements(None))
    }
    fn serialize_tuple(self, _: usize) -> Result<Elements> {
        Ok(elements(None))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Elements> {
        Ok(elements(None))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements> {
        Ok(elements(Some(variant)))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Members> {
        Ok(members(None))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members> {
        Ok(members(None))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members> {
        Ok(members(Some(variant)))
    }
}

impl Elements {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.items.push(value.serialize(JsonSerializer)?);
        Ok(())
    }

    fn finish(self) -> Result {
        Ok(within(self.variant, Json::List(self.items)))
    }
}

impl Members {
    fn push<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<()> {
        self.members.push((name.to_owned(), value.serialize(JsonSerializer)?));
        Ok(())
    }

    fn finish(self) -> Result {
        Ok(within(self.variant, Json::Map(self.members)))
    }
}

/// The traits of lists differ in names only.
macro_rules! elements_by {
    ($($serialize:ident $method:ident),*) => {$(
        impl $serialize for Elements {
            type Ok = Json;
            type Error = SerializeError;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.push(value)
            }
            fn end(self) -> Result {
                self.finish()
            }
        }
    )*};
}

elements_by!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// Those of structs too.
macro_rules! members_by {
    ($($serialize:ident),*) => {$(
        impl $serialize for Members {
            type Ok = Json;
            type Error = SerializeError;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
                self.push(name, value)
            }
            fn end(self) -> Result {
                self.finish()
            }
        }
    )*};
}

members_by!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Members {
    type Ok = Json;
    type Error = SerializeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        match key.serialize(JsonSerializer)?.scalar() {
            Some(text) => self.key = text,
            None => return Err(SerializeError("a key is no text".to_owned())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = std::mem::take(&mut self.key);
        self.members.push((key, value.serialize(JsonSerializer)?));
        Ok(())
    }

    fn end(self) -> Result {
        self.finish()
    }
}
