//! The fields of a form: what each shows and holds, and what is wrong with it.

pub mod evaluate;
pub mod fault;
pub mod validate_scalar;
pub mod validate;
pub mod record;
pub mod field_view;
