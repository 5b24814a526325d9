//! JSON: values and pointers, reading and writing, and what is wrong with a document.

mod value;
mod pointer;
mod write;
pub mod parse;
pub mod digest;
pub mod serialize;
pub mod to_json;
pub mod diagnostic;
pub mod decoder;

pub use pointer::{escape, segments};
pub use value::{Json, MAX_SAFE_INTEGER, member_lookup, names, without_duplicates};
pub use write::number_text;
