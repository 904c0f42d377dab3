//! What `import` says to people.

pub mod said;
pub mod show;
