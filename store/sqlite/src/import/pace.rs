//! The pace of an import: how long its slices are, and how long the journal gets.

use std::time::{Duration, Instant};

use mc_port::CommitError;
use rusqlite::Connection;

use super::failed;
use crate::StoreError;
use crate::writer::Writer;

/// What a slice should take with its commit; others wait no longer than about this. The limit is 50 ms.
const SLICE_TIME: Duration = Duration::from_millis(30);
const SLICE_MIN: u64 = 100;
const SLICE_MAX: u64 = 20_000;
/// Slices between two checkpoints of the journal.
const SLICES_PER_CHECKPOINT: u32 = 12;

#[expect(clippy::disallowed_methods, reason = "the length of a slice follows how long the last one took")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Leaves of the next slice, so that it takes about [`SLICE_TIME`]; it grows slowly and shrinks at once.
pub(crate) fn next_slice(leaves: u64, took: Duration) -> u64 {
    let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    let wanted = u64::try_from(SLICE_TIME.as_micros()).unwrap_or(u64::MAX);
    let fitting = leaves.saturating_mul(wanted) / took;
    fitting.min(leaves + leaves / 4 + 1).clamp(SLICE_MIN, SLICE_MAX)
}

/// Keeps the journal short during an import, between slices and without the write lock.
pub(crate) struct Journal {
    db: Connection,
    slices: u32,
}

impl Journal {
    pub(crate) fn open(writer: &Writer) -> Result<Self, CommitError> {
        let db = Connection::open(writer.layout.database()).map_err(failed)?;
        db.busy_timeout(Duration::from_millis(1)).map_err(failed)?;
        Ok(Self { db, slices: 0 })
    }

    /// Copies the journal into the database now and then; true when it did. What others write meanwhile stays
    /// in it, so it only begins anew after a [`Journal::rest`] under the write lock.
    pub(crate) fn after_slice(&mut self) -> Result<bool, StoreError> {
        self.slices += 1;
        let due = self.slices.is_multiple_of(SLICES_PER_CHECKPOINT);
        if due {
            self.rest()?;
        }
        Ok(due)
    }

    /// Copies what is in the journal. What a reader holds back stays for the next time.
    pub(crate) fn rest(&self) -> Result<(), StoreError> {
        let _busy: i64 = self.db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(0))?;
        Ok(())
    }
}
