//! The crate from outside: declarations, keys, inputs, changes, evolution, workflow.

mod changes;
mod common;
mod declarations;
mod evolution;
mod inputs;
mod keys;
mod workflows;
