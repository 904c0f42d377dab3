//! Cells merged downwards: the value stands in the upper cell and holds for all rows beside it.

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
    pub(super) fn fill(&mut self, row: &Row) -> Row {
        let mut filled = row.clone();
        self.open.retain(|(_, last, _)| *last >= row.number);
        for (column, _, cell) in &self.open {
            let at = usize::from(*column);
            if filled.cells.len() <= at {
                filled.cells.resize(at + 1, Cell::Empty);
            }
            if let Some(slot) = filled.cells.get_mut(at).filter(|slot| slot.is_blank()) {
                *slot = cell.clone();
            }
        }
        for (column, last) in self.regions.get(&row.number).into_iter().flatten() {
            self.open.push((*column, *last, row.cell(*column).clone()));
        }
        filled
    }
}
