//! Cells merged downwards: the value stands in the upper cell and holds for all rows beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::header::Mapping;
use crate::{Cell, Merge, Row};

/// Fills the lower cells of regions that span rows of one column.
pub(super) struct Spread {
    /// Column and last row, by first row; row numbers from 1.
    regions: BTreeMap<u32, Vec<(u16, u32)>>,
    open: Vec<(u16, u32, Cell)>,
}

impl Spread {
    pub(super) fn new(merges: &[Merge], mapping: &Mapping) -> Self {
        let mut regions: BTreeMap<u32, Vec<(u16, u32)>> = BTreeMap::new();
        let data = |merge: &&Merge| merge.row_first >= mapping.header_rows.1;
        for merge in merges.iter().filter(data) {
            if merge.row_last > merge.row_first && merge.column_first == merge.column_last {
                regions
                    .entry(merge.row_first + 1)
                    .or_default()
                    .push((merge.column_first, merge.row_last + 1));
            }
        }
        Self { regions, open: Vec::new() }
    }

    /// The row with what stands in regions above it; rows must come in order.
    pub(super) fn fill<'r>(&mut self, row: &'r Row) -> Cow<'r, Row> {
        if self.regions.is_empty() {
            return Cow::Borrowed(row);
        }
        self.open.retain(|(_, last, _)| *last >= row.number);
        let mut filled = Cow::Borrowed(row);
        for (column, _, cell) in self.open.iter().filter(|(column, ..)| row.cell(*column).is_blank()) {
            let at = usize::from(*column);
            let cells = &mut filled.to_mut().cells;
            if cells.len() <= at {
                cells.resize(at + 1, Cell::Empty);
            }
            if let Some(slot) = cells.get_mut(at) {
                slot.clone_from(cell);
            }
        }
        for (column, last) in self.regions.get(&row.number).into_iter().flatten() {
            self.open.push((*column, *last, row.cell(*column).clone()));
        }
        filled
    }
}
