//! Descriptors read by hand: every mistake at once, each with its place and with what was probably meant.

mod condition;
mod connection_strings;
mod field;
pub mod api;
pub mod connection_type;
