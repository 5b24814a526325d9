//! Bundles: prepared once, then registered.

pub mod per_operation;
#[cfg(feature = "prove")]
pub mod inherit;
#[cfg(feature = "prove")]
pub mod lint;
#[cfg(feature = "prove")]
pub mod prepare;
pub mod registry;
