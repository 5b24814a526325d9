//! Every test of the command line, in one binary.

mod common;

mod canaries;
mod commands;
mod masked;
mod paste;
mod readme;
mod uri;
