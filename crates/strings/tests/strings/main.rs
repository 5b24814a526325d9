//! Every test of the package from outside, in one binary.

mod cases;
mod foreign;
mod groups;
mod properties;
mod words;
