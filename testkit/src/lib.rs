//! What tests of several crates share: a small instance in a directory of its own, its files, ways to
//! damage them, and the process that reads files. This crate is test code: what fails is a panic that says so.

pub mod files;
pub mod imports;
pub mod instance;
pub mod reader;
pub mod tamper;

pub use instance::SmallInstance;
pub use mc_stories::small;
