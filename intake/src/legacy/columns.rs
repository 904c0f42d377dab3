//! What the texts of a file tell together, column by column.

use std::collections::{BTreeSet, HashMap};

use super::{Charset, Evidence, Support, choose};

/// Sheet and column.
pub(crate) type Column = (u16, u16);

/// As many words the whole file weighs beside those of one text.
const FILE_WEIGHT: i32 = 1;

/// Evidence of columns and of the file.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    file: Evidence,
    columns: HashMap<Column, Evidence>,
}

impl Columns {
    /// Takes in what a text of a column says.
    pub(crate) fn learn(&mut self, column: Column, evidence: Evidence) {
        self.file.add(evidence);
        self.columns.entry(column).or_default().add(evidence);
    }

    /// What the file tells.
    pub(crate) const fn file(&self) -> Evidence {
        self.file
    }

    /// What stands around a text: its column, which weighs as many words as given, and the file.
    pub(crate) fn around(&self, column: Column, weight: i32) -> [Support; 2] {
        let evidence = self.columns.get(&column).copied().unwrap_or_default();
        [Support { evidence, weight }, Support { evidence: self.file, weight: FILE_WEIGHT }]
    }

    /// The encodings of the columns in which words of an old one were found.
    pub(crate) fn charsets(&self, weight: i32, enough: i32) -> BTreeSet<Charset> {
        let found = self.columns.iter().filter(|(_, evidence)| evidence.best_old() >= enough);
        found
            .map(|(column, _)| choose(Evidence::default(), &self.around(*column, weight), None, false))
            .collect()
    }
}
