//! Every native test of the engine, in one binary: each more would link the engine again.

// What these use is for native builds; the suites in a browser are `tests/wasm_net.rs` and `tests/wasm_seam.rs`.
#![cfg(not(target_arch = "wasm32"))]

mod bench;
mod common;
#[path = "../player/mod.rs"]
mod player;

mod bodies;
mod catalog;
mod chartbrew;
mod datafor;
mod documents;
mod fill;
mod hostile;
mod house;
mod maps;
mod masked;
mod names;
mod overlay;
mod prepared;
mod properties;
mod readme;
mod refusals;
mod rivals;
mod stored;
mod trial;
mod vectors;
