//! Requests out and replies in.

pub mod status_code;
pub mod write_field;
pub mod url;
pub mod settings;
pub mod plan;
mod curl;
pub mod secrets;
pub mod reply;
