//! Staged deltas on their way into the cells, a part with each slice.
//!
//! Until the import is shown its register is read at the position before it, and such a reading takes off
//! every delta after that position. What is folded of it already is so added and taken off again, and every
//! figure stays as it was.

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::cells::BLOCK_BITS;

/// How many months of deltas the attached staging file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Months(u64);

/// Leaves of a slice: from the first to before the last, of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) total: u64,
}

impl Span {
    /// Its part of `count` rows, as the number of the last before it and its last: the parts of all spans
    /// together are all rows, each once.
    fn part(self, count: u64) -> (u64, u64) {
        let up_to = |leaf: u64| {
            let rows = u128::from(count) * u128::from(leaf) / u128::from(self.total.max(1));
            u64::try_from(rows).unwrap_or(count)
        };
        (up_to(self.from), up_to(self.to))
    }
}

impl Months {
    pub(super) fn read(db: &Connection) -> Result<Self, StoreError> {
        let count = "SELECT COALESCE(MAX(rowid), 0) FROM stage.delta_month";
        Ok(Self(db.query_row(count, [], |row| row.get(0))?))
    }

    /// Folds the span's part of the deltas under position `seq`: whole months with all their days, because a
    /// reading takes a month's sum from one table and the deltas of its days from another.
    pub(super) fn fold(self, db: &Connection, seq: u64, span: Span) -> Result<(), StoreError> {
        let (month_after, last_month) = span.part(self.0);
        if month_after == last_month {
            return Ok(());
        }
        db.prepare_cached(
            "INSERT OR ROLLBACK INTO cell_month (measure, set_no, place, cut, month, value, n, blank)
             SELECT measure, set_no, place, cut, month, value, n, blank FROM stage.delta_month
             WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid
             ON CONFLICT DO UPDATE SET value = value + excluded.value, n = n + excluded.n,
                 blank = blank + excluded.blank",
        )?
        .execute(params![month_after, last_month])?;
        let (after, last) = (last_day(db, month_after)?, last_day(db, last_month)?);
        db.prepare_cached(
            "INSERT OR ROLLBACK INTO cell_delta (measure, set_no, place, cut, seq, day, value, n, blank)
             SELECT measure, set_no, place, cut, ?1, day, value, n, blank FROM stage.delta
             WHERE rowid > ?2 AND rowid <= ?3 ORDER BY rowid",
        )?
        .execute(params![seq, after, last])?;
        db.prepare_cached(
            "INSERT OR ROLLBACK INTO cell (measure, set_no, place, cut, day, value, n, blank)
             SELECT measure, set_no, place, cut, day, value, n, blank FROM stage.delta
             WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid
             ON CONFLICT DO UPDATE SET value = value + excluded.value, n = n + excluded.n,
                 blank = blank + excluded.blank",
        )?
        .execute(params![after, last])?;
        db.prepare_cached(
            "INSERT OR ROLLBACK INTO cell_delta_sum (measure, set_no, place, cut, block, day, value, n, blank)
             SELECT measure, set_no, place, cut, ?1, day, value, n, blank FROM stage.delta
             WHERE rowid > ?2 AND rowid <= ?3 ORDER BY rowid
             ON CONFLICT DO UPDATE SET value = value + excluded.value, n = n + excluded.n,
                 blank = blank + excluded.blank",
        )?
        .execute(params![seq >> BLOCK_BITS, after, last])?;
        Ok(())
    }
}

/// The last delta of a staged month.
fn last_day(db: &Connection, month: u64) -> Result<u64, StoreError> {
    let mut statement = db.prepare_cached("SELECT last_day FROM stage.delta_month WHERE rowid = ?1")?;
    Ok(statement.query_row([month], |row| row.get(0)).optional()?.unwrap_or(0))
}
