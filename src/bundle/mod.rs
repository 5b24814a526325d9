//! Bundles: prepared once, then registered.

pub mod per_operation;
#[cfg(feature = "prepare")]
pub mod inherit;
#[cfg(feature = "prepare")]
pub mod lint;
#[cfg(feature = "prepare")]
pub mod prepare;
pub mod registry;
