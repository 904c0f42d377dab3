//! Text files whose bytes are no UTF-8: which old Vietnamese encoding each column is in.

use std::borrow::Cow;

use crate::legacy::{Charset, Columns, Evidence, choose, decode, from_bytes};
use crate::limits::COLUMNS_MAX;

/// As many words the column weighs beside those of a cell.
const COLUMN_WEIGHT: i32 = 2;
/// One frequent syllable, or some possible ones: less may be damage.
const ENOUGH: i32 = 300;

/// What the beginning of a file tells of its old encoding.
#[derive(Debug, Default)]
pub(crate) struct OldText {
    columns: Columns,
}

impl OldText {
    /// Takes in a row; cells that are UTF-8 say nothing.
    pub(crate) fn learn<'a>(&mut self, cells: impl Iterator<Item = &'a [u8]>) {
        for (column, cell) in (0..).zip(cells.take(COLUMNS_MAX)) {
            if std::str::from_utf8(cell).is_err() {
                self.columns.learn((0, column), Evidence::of(&from_bytes(cell)));
            }
        }
    }

    /// Encodings found in the columns, each once, in order.
    pub(crate) fn charsets(&self) -> Vec<Charset> {
        self.columns.charsets(COLUMN_WEIGHT, ENOUGH).into_iter().collect()
    }

    /// The texts of a row of bytes that are no UTF-8; `None` where they are of no old encoding either.
    pub(crate) fn read<'a>(&self, cells: &[&'a [u8]]) -> Option<Vec<Cow<'a, str>>> {
        let mut row = self.columns.file();
        let mut out = Vec::with_capacity(cells.len());
        for (column, cell) in (0..).zip(cells) {
            if let Ok(text) = std::str::from_utf8(cell) {
                out.push(Cow::Borrowed(text));
                continue;
            }
            let text = from_bytes(cell);
            let own = Evidence::of(&text);
            row.add(own);
            let charset = choose(own, &self.columns.around((0, column), COLUMN_WEIGHT), None, false);
            out.push(Cow::Owned(decode(&text, charset).into_owned()));
        }
        (row.best_old() >= ENOUGH).then_some(out)
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
