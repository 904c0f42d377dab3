//! What a rule says when it is broken.

use std::fmt;

/// One breach of one rule at one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// Path from the root.
    pub path: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The rule's name, as in `tidy.toml` and `ARCHITECTURE.md`.
    pub rule: String,
    /// What was found and what to do about it.
    pub message: String,
}

impl Finding {
    /// A finding of `rule` at `path`:`line`.
    pub fn new(rule: &str, path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule: rule.to_owned(), message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: [{}] {}", self.path, self.line, self.rule, self.message)
    }
}
