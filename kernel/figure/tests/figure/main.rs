//! The crate from outside.

mod changes;
mod claims;
mod common;
mod expressions;
mod indicators;
mod measures;
mod sql_expressions;
