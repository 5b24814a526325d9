//! Jackfield: describe a connection once, as data; get a validated form and the exact request that an API documents.
//!
//! The modules in reading order; a module uses only those above it.

pub mod action;
pub mod body;
pub mod catalog;
pub mod check;
pub mod condition;
pub mod descriptor;
pub mod form;
pub mod format;
pub mod inherit;
pub mod text;
pub mod json;
pub mod lint;
#[cfg(target_arch = "wasm32")]
pub mod net;
pub mod opening;
pub mod reader;
pub mod record;
pub mod reply;
pub mod request;
pub mod sheet;
pub mod status;
pub mod value;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
