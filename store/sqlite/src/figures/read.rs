//! Sums over cells: whole months, single days, and what became known only later.

use mc_base::Seq;
use mc_figure::read::{CellRange, Window};
use mc_port::{FigureError, FigureRequest};
use rusqlite::{Connection, OptionalExtension, params};

use super::{FigureErrorBox, window};
use crate::catalog::MeasureInfo;
use crate::cells::BLOCK_BITS;

/// A sum over cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) value: i64,
    pub(crate) n: i64,
    pub(crate) blank: i64,
}

impl Sum {
    pub(super) const fn minus(self, other: Self) -> Self {
        Self { value: self.value - other.value, n: self.n - other.n, blank: self.blank - other.blank }
    }
}

/// Where a figure is read: everything but the measure.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) db: &'a Connection,
    pub(super) place: i64,
    pub(super) set: i64,
    pub(super) cut: &'a str,
    pub(super) seq: Option<u64>,
}

pub(super) fn sum(
    at: &At<'_>,
    measure: &MeasureInfo,
    request: &FigureRequest,
) -> Result<Sum, FigureErrorBox> {
    let Some(window) = window(measure, request) else { return Ok(Sum::default()) };
    let no = measure.sql.no;
    let built: Option<u64> = at
        .db
        .prepare_cached("SELECT built_at FROM measure WHERE no = ?1")?
        .query_row([no], |row| row.get(0))
        .optional()?
        .flatten();
    if built.is_none() {
        return Err(FigureErrorBox(FigureError::Building(measure.definition.id.clone())));
    }
    let range = window.cells();
    let mut total = read_cells(at, no, &range)?;
    if let Some(seq) = at.seq {
        // What became known later is taken off again: current − Σ deltas after the position.
        let later = read_deltas_after(at, no, window, Seq(seq))?;
        total = total.minus(later);
    }
    Ok(total)
}

fn read_cells(at: &At<'_>, measure: i64, range: &CellRange) -> Result<Sum, FigureErrorBox> {
    let mut total = Sum::default();
    let mut add = |sum: Sum| {
        total.value += sum.value;
        total.n += sum.n;
        total.blank += sum.blank;
    };
    if let Some((first, last)) = range.months {
        add(at
            .db
            .prepare_cached(
                "SELECT COALESCE(SUM(value), 0), COALESCE(SUM(n), 0), COALESCE(SUM(blank), 0) FROM cell_month
                 WHERE measure = ?1 AND set_no = ?2 AND place = ?3 AND cut = ?4 AND month BETWEEN ?5 AND ?6",
            )?
            .query_row(
                params![measure, at.set, at.place, at.cut, first.number(), last.number()],
                read_sum,
            )?);
    }
    for (first, last) in &range.days {
        add(at
            .db
            .prepare_cached(
                "SELECT COALESCE(SUM(value), 0), COALESCE(SUM(n), 0), COALESCE(SUM(blank), 0) FROM cell
                 WHERE measure = ?1 AND set_no = ?2 AND place = ?3 AND cut = ?4 AND day BETWEEN ?5 AND ?6",
            )?
            .query_row(
                params![measure, at.set, at.place, at.cut, first.epoch_days(), last.epoch_days()],
                read_sum,
            )?);
    }
    Ok(total)
}

/// The sum of the deltas after a position: those of its own block one by one, later blocks as a whole.
fn read_deltas_after(at: &At<'_>, measure: i64, window: Window, seq: Seq) -> Result<Sum, FigureErrorBox> {
    let (first, last) = match window {
        Window::UpTo(last) => (i32::MIN, last.epoch_days()),
        Window::Within(first, last) => (first.epoch_days(), last.epoch_days()),
    };
    let block = seq.0 >> BLOCK_BITS;
    let block_end = ((block + 1) << BLOCK_BITS) - 1;
    let near = at
        .db
        .prepare_cached(
            "SELECT COALESCE(SUM(value), 0), COALESCE(SUM(n), 0), COALESCE(SUM(blank), 0) FROM cell_delta
             WHERE measure = ?1 AND set_no = ?2 AND place = ?3 AND cut = ?4 AND seq > ?5 AND seq <= ?6
                 AND day BETWEEN ?7 AND ?8",
        )?
        .query_row(params![measure, at.set, at.place, at.cut, seq.0, block_end, first, last], read_sum)?;
    let later = at
        .db
        .prepare_cached(
            "SELECT COALESCE(SUM(value), 0), COALESCE(SUM(n), 0), COALESCE(SUM(blank), 0) FROM cell_delta_sum
             WHERE measure = ?1 AND set_no = ?2 AND place = ?3 AND cut = ?4 AND block > ?5
                 AND day BETWEEN ?6 AND ?7",
        )?
        .query_row(params![measure, at.set, at.place, at.cut, block, first, last], read_sum)?;
    Ok(Sum { value: near.value + later.value, n: near.n + later.n, blank: near.blank + later.blank })
}

fn read_sum(row: &rusqlite::Row<'_>) -> rusqlite::Result<Sum> {
    Ok(Sum { value: row.get(0)?, n: row.get(1)?, blank: row.get(2)? })
}
