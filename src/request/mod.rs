//! Requests out and replies in.

pub mod write_field;
pub mod plan;
pub mod reply;
