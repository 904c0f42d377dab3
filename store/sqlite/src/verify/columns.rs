//! Columns of one statement that several checks read from; an expression that two of them need stands in it
//! once.

use std::collections::HashMap;

/// The columns of a statement.
pub(super) struct Columns {
    list: String,
    count: usize,
    known: HashMap<String, usize>,
}

impl Columns {
    /// Begins with the columns of a version row.
    pub(super) fn new(version: &str) -> Self {
        Self { list: version.to_owned(), count: version.split(", ").count(), known: HashMap::new() }
    }

    /// The number of the column that holds `expression`.
    pub(super) fn add(&mut self, expression: &str) -> usize {
        if let Some(known) = self.known.get(expression) {
            return *known;
        }
        let number = self.count;
        self.list.push_str(&format!(", {expression} AS x{number}"));
        self.known.insert(expression.to_owned(), number);
        self.count += 1;
        number
    }

    /// How many there are.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// The list, to stand after SELECT.
    pub(super) fn list(&self) -> &str {
        &self.list
    }
}
