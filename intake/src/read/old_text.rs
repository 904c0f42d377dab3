//! Text files whose bytes are no UTF-8: which old Vietnamese encoding each column is in.

use std::borrow::Cow;

use crate::legacy::{Charset, Evidence, Support, choose, decode, from_bytes};
use crate::limits::COLUMNS_MAX;

/// How much the column and the file weigh beside the words of a cell.
const COLUMN_WEIGHT: i32 = 2;
const FILE_WEIGHT: i32 = 1;
/// One frequent syllable and another possible one, or the like: less may be damage.
const ENOUGH: i32 = 300;

/// What the beginning of a file tells of its old encoding.
#[derive(Debug, Default)]
pub(crate) struct OldText {
    all: Evidence,
    columns: Vec<Evidence>,
}

impl OldText {
    /// Takes in a row; cells that are UTF-8 say nothing.
    pub(crate) fn learn<'a>(&mut self, cells: impl Iterator<Item = &'a [u8]>) {
        for (column, cell) in cells.enumerate() {
            if std::str::from_utf8(cell).is_ok() {
                continue;
            }
            let evidence = Evidence::of(&from_bytes(cell));
            self.all.add(evidence);
            if self.columns.len() <= column && column < COLUMNS_MAX {
                self.columns.resize(column + 1, Evidence::default());
            }
            if let Some(known) = self.columns.get_mut(column) {
                known.add(evidence);
            }
        }
    }

    /// Encodings found in the columns, each once, in order.
    pub(crate) fn charsets(&self) -> Vec<Charset> {
        let mut found: Vec<Charset> = (0..self.columns.len())
            .filter(|column| self.columns.get(*column).is_some_and(|known| known.best_old() >= ENOUGH))
            .map(|column| self.charset(column, Evidence::default()))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The texts of a row of bytes that are no UTF-8; `None` where they are of no old encoding either.
    pub(crate) fn read<'a>(&self, cells: &[&'a [u8]]) -> Option<Vec<Cow<'a, str>>> {
        let mut row = self.all;
        let mut out = Vec::with_capacity(cells.len());
        for (column, cell) in cells.iter().enumerate() {
            if let Ok(text) = std::str::from_utf8(cell) {
                out.push(Cow::Borrowed(text));
                continue;
            }
            let text = from_bytes(cell);
            let own = Evidence::of(&text);
            row.add(own);
            out.push(Cow::Owned(decode(&text, self.charset(column, own)).into_owned()));
        }
        (row.best_old() >= ENOUGH).then_some(out)
    }

    fn charset(&self, column: usize, own: Evidence) -> Charset {
        let known = self.columns.get(column).copied().unwrap_or_default();
        let around = [
            Support { evidence: known, weight: COLUMN_WEIGHT },
            Support { evidence: self.all, weight: FILE_WEIGHT },
        ];
        choose(own, &around, None, false)
    }
}

/// The text of a file of lines that are no UTF-8; the number of the first line, from 0, that is of no old
/// encoding either.
pub(crate) fn read_lines(bytes: &[u8]) -> Result<String, usize> {
    let lines = || bytes.split(|byte| *byte == b'\n');
    let mut old = OldText::default();
    lines().for_each(|line| old.learn(std::iter::once(line)));
    let mut out = String::with_capacity(bytes.len() * 2);
    for (number, line) in lines().enumerate() {
        let text = match std::str::from_utf8(line) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => old.read(&[line]).and_then(|texts| texts.into_iter().next()).ok_or(number)?,
        };
        if number > 0 {
            out.push('\n');
        }
        out.push_str(&text);
    }
    Ok(out)
}
