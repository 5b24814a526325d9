//! What an API and a connection type are, as a descriptor says it.

pub mod fault_code;
pub mod value;
pub mod condition;
pub mod encoding;
pub mod format;
pub mod api;
pub mod connection_type;
