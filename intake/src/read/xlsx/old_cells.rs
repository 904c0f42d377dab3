//! Text in an old encoding that a later Excel saved as it stood: the cells of `.VnTime` in a workbook of today.
//!
//! The runs of fonts inside a cell are not known here, so a cell is one run.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Read, Seek};

use calamine::{DataRef, Xlsx};

use crate::legacy::{Charset, Column, Columns, Evidence, choose, decode};
use crate::limits::{COLUMNS_MAX, PREVIEW_ROWS};
use crate::read::SheetInfo;

/// As many words the column weighs beside those of a cell.
const COLUMN_WEIGHT: i32 = 2;

/// What the first rows of the sheets tell.
#[derive(Debug, Default)]
pub(super) struct OldCells {
    columns: Columns,
    charsets: BTreeSet<Charset>,
}

impl OldCells {
    /// Looks at the first rows of the sheets that are shown. Damage is left to the reading itself.
    pub(super) fn sample<R: Read + Seek>(book: &mut Xlsx<R>, sheets: &[SheetInfo]) -> Self {
        let mut old = Self::default();
        let mut texts: Vec<(Column, String, Evidence)> = Vec::new();
        for (index, sheet) in (0_u16..).zip(sheets).filter(|(_, sheet)| !sheet.hidden) {
            each_text(book, &sheet.name, |column, text| {
                let evidence = Evidence::of(text);
                old.columns.learn((index, column), evidence);
                texts.push(((index, column), text.to_owned(), evidence));
            });
        }
        let found = texts.iter().map(|(column, _, own)| old.charset(*column, *own));
        old.charsets = found.filter(|charset| *charset != Charset::Unicode).collect();
        old
    }

    /// The encodings found.
    pub(super) fn charsets(&self) -> Vec<Charset> {
        self.charsets.iter().copied().collect()
    }

    /// The text of a cell. Where the first rows hold nothing old, every cell stays as it is.
    pub(super) fn text<'t>(&self, column: Column, text: &'t str) -> Cow<'t, str> {
        if self.charsets.is_empty() || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        decode(text, self.charset(column, Evidence::of(text)))
    }

    fn charset(&self, column: Column, own: Evidence) -> Charset {
        choose(own, &self.columns.around(column, COLUMN_WEIGHT), None, true)
    }
}

/// Gives the texts beyond ASCII of the first rows with their columns.
fn each_text<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, mut each: impl FnMut(u16, &str)) {
    let Ok(mut cells) = book.worksheet_cells_reader(sheet) else { return };
    let (mut rows, mut last) = (0, None);
    while let Ok(Some(cell)) = cells.next_cell() {
        let (row, column) = cell.get_position();
        if last.replace(row) != Some(row) {
            rows += 1;
        }
        if rows > PREVIEW_ROWS {
            return;
        }
        let text = match cell.get_value() {
            DataRef::String(text) => text.as_str(),
            DataRef::SharedString(text) => text,
            _ => continue,
        };
        let column = u16::try_from(column).ok().filter(|column| usize::from(*column) < COLUMNS_MAX);
        if let Some(column) = column.filter(|_| !text.is_ascii()) {
            each(column, text);
        }
    }
}
