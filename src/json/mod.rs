//! JSON: values and pointers, reading and writing, and what is wrong with a document.

mod value;
pub mod parse;
pub mod digest;
pub mod serialize;
pub mod to_json;
pub mod decoder;

pub use value::{
    Json, MAX_SAFE_INTEGER, escape, member_lookup, names, number_text, segments, without_duplicates,
};
