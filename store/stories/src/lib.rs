//! Conformance stories: what every store must do, told against the port alone.
//!
//! `small` is the world they happen in, `Stage` is what a store must offer, `story` holds the stories. A
//! store's own test runs them all through [`STORIES`]. This crate is test code: a broken promise is a panic
//! that says which.

pub mod small;
pub mod stage;
pub mod story;

pub use stage::{Erasure, Stage};
pub use story::{STORIES, Story};
