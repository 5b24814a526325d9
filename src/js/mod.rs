//! JavaScript and the network, in the wasm only.

#[cfg(feature = "send")]
pub mod fetch;
#[cfg(feature = "send")]
pub mod sender;
#[cfg(not(any(feature = "preparer", feature = "sender")))]
pub mod engine;
#[cfg(feature = "preparer")]
pub mod preparer;
