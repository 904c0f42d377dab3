//! A short transaction of the writer beside its commits.

use super::Writer;
use crate::{StoreError, open};

impl Writer {
    /// Makes what `work` writes durable together, or none of it; nothing is written after an error of the disk.
    pub(crate) fn transaction<T>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = work(self).and_then(|done| {
            self.db.execute_batch("COMMIT")?;
            // SQLite does not pass on every error of a sync.
            if open::io_failed() { Err(StoreError::Stopped) } else { Ok(done) }
        });
        if done.is_err() {
            // The failure itself is what the caller hears.
            let _ = self.db.execute_batch("ROLLBACK");
        } else if self.applying.is_none() {
            // An import that is being applied copies the journal between its slices.
            self.copier.written();
        }
        done
    }
}
