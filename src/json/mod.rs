//! JSON: values and pointers, reading and writing, and what is wrong with a document.

mod value;
pub mod parse;
pub mod digest;
pub mod decoder;

pub use value::{Json, SAFE, by_name, escape, names, number_text, segments, unrepeated};
