//! Work on text and names that the standard library does at a greater weight.

pub mod text;
pub mod names;
pub(crate) mod codes;
