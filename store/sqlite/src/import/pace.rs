//! The pace of an import: how long its slices are, when it lets others go first, and how long the journal gets.

use std::time::Duration;

use mc_port::CommitError;
use rusqlite::Connection;

use super::failed;
use crate::StoreError;
pub(crate) use crate::deadline::now;
use crate::writer::Writer;

/// What a slice should take; with its commit it stays below the limit of 50 ms.
const SLICE_TIME: Duration = Duration::from_millis(30);
/// What a part of a slice should take: whoever comes meanwhile waits for its end and for the commit.
const PART_TIME: Duration = Duration::from_millis(4);
const PART_MIN: u64 = 50;
const SLICE_MIN: u64 = 100;
const SLICE_MAX: u64 = 20_000;
/// Slices between two checkpoints of the journal. A commit that comes meanwhile waits for the disk as long as the
/// checkpoint's own sync takes: 40 ms after 12 slices.
const SLICES_PER_CHECKPOINT: u32 = 4;

/// Leaves of the next slice, so that it takes about [`SLICE_TIME`].
pub(crate) fn next_slice(leaves: u64, took: Duration) -> u64 {
    next(leaves, took, SLICE_TIME).clamp(SLICE_MIN, SLICE_MAX)
}

/// Leaves of the next part of a slice, so that it takes about [`PART_TIME`].
pub(super) fn next_part(leaves: u64, took: Duration) -> u64 {
    next(leaves, took, PART_TIME).clamp(PART_MIN, SLICE_MAX)
}

/// Grows slowly and shrinks at once.
fn next(leaves: u64, took: Duration, wanted: Duration) -> u64 {
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1);
    let fitting = leaves.saturating_mul(micros(wanted)) / micros(took);
    fitting.min(leaves + leaves / 4 + 1)
}

/// The import's turn with the write lock.
pub(crate) struct Turn<'a> {
    /// So long it goes on although others wait.
    owed: Duration,
    others_wait: &'a dyn Fn() -> bool,
}

impl<'a> Turn<'a> {
    /// After others had the lock for `given`: of the time, a third at least is the import's.
    pub(crate) fn after(given: Duration, others_wait: &'a dyn Fn() -> bool) -> Self {
        Self { owed: given / 2, others_wait }
    }

    /// Nobody else can come.
    pub(crate) fn alone() -> Self {
        Self { owed: Duration::ZERO, others_wait: &|| false }
    }

    /// Whether the slice should end, `taken` after its begin and before another part.
    pub(super) fn is_over(&self, taken: Duration) -> bool {
        taken + PART_TIME > SLICE_TIME || (taken >= self.owed && (self.others_wait)())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    #[test]
    fn alone_a_slice_takes_its_time() {
        let turn = Turn::alone();
        assert!(!turn.is_over(ms(20)));
        assert!(turn.is_over(ms(27)));
    }

    #[test]
    fn whoever_waits_goes_next_once_the_import_had_its_third() {
        let somebody = || true;
        assert!(Turn::after(ms(0), &somebody).is_over(ms(1)));
        let turn = Turn::after(ms(16), &somebody);
        assert!(!turn.is_over(ms(7)));
        assert!(turn.is_over(ms(8)));
        assert!(!Turn::after(ms(16), &|| false).is_over(ms(8)));
    }

    #[test]
    fn no_turn_is_longer_than_a_slice() {
        assert!(Turn::after(ms(1_000), &|| true).is_over(ms(27)));
    }

    #[test]
    fn a_part_grows_slowly_and_shrinks_at_once() {
        assert_eq!(next_part(1_000, ms(1)), 1_251);
        assert_eq!(next_part(1_000, ms(50)), 80);
        assert_eq!(next_part(100, ms(500)), PART_MIN);
    }
}
