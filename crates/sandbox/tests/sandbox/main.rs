//! Every test of the running sandbox, in one binary.

mod common;

mod apinizer;
mod apinizer_contracts;
mod chartbrew_files;
mod chartbrew_trial;
mod chartbrew_update;
mod datafor;
mod datafor_access;
mod datafor_contracts;
mod harbour;
mod page;
mod replay;
mod start;
mod strict;
