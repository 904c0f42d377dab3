//! Columns of one statement that several readers share; an expression that two of them need stands in it once.

use std::collections::HashMap;

use super::MeasureSql;

/// The columns of a statement.
pub(crate) struct Columns {
    list: String,
    count: usize,
    known: HashMap<String, usize>,
}

impl Columns {
    /// Begins with these, as a list.
    pub(crate) fn new(first: &str) -> Self {
        Self { list: first.to_owned(), count: first.split(", ").count(), known: HashMap::new() }
    }

    /// The number of the column that holds `expression`.
    pub(crate) fn add(&mut self, expression: &str) -> usize {
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
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// The list, to stand after SELECT.
    pub(crate) fn list(&self) -> &str {
        &self.list
    }
}

/// Which columns of a version tell what it contributes to one measure.
pub(crate) struct MeasureColumns {
    /// Number in table `measure`.
    pub(crate) measure: i64,
    pub(crate) first: usize,
    pub(crate) until: usize,
    pub(crate) value: usize,
    pub(crate) place: usize,
    /// The uncut total is not among them.
    pub(crate) cuts: Vec<usize>,
}

impl MeasureColumns {
    /// Adds those of `measure` to `columns`; `unknown_place` is where records without a place count.
    pub(crate) fn of(measure: &MeasureSql, unknown_place: i64, columns: &mut Columns) -> Self {
        let row = measure.row();
        Self {
            measure: measure.no,
            first: columns.add(&row.first),
            until: columns.add(&row.until),
            value: columns.add(&row.value),
            place: columns.add(&format!("COALESCE({}, {unknown_place})", row.place)),
            cuts: row.cuts.iter().skip(1).map(|cut| columns.add(cut)).collect(),
        }
    }

    /// Cut sets, the uncut total among them.
    pub(crate) const fn sets(&self) -> usize {
        1 + self.cuts.len()
    }
}
