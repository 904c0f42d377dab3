//! What a writer notes about its instance and itself, outside the ledger.

use super::Writer;
use crate::{StoreError, meta};

impl Writer {
    /// Fixes where a generated instance's story stands: later commits go on from `story` as the clock moves
    /// on from `clock`.
    ///
    /// # Errors
    /// On a real instance: it has no simulated clock.
    pub fn mark_story(&mut self, story: mc_base::Instant, clock: mc_base::Instant) -> Result<(), StoreError> {
        if !self.instance.illustrative {
            return Err(StoreError::Missing("bản cài thật không có đồng hồ minh họa".to_owned()));
        }
        meta::set(&self.db, meta::STORY_AT, &format!("{} {}", story.0, clock.0))
    }

    /// Keeps what a generated instance was generated from, so that it can be generated again.
    ///
    /// # Errors
    /// On a real instance: nobody generated it.
    pub fn mark_generation(&mut self, from: &str) -> Result<(), StoreError> {
        if !self.instance.illustrative {
            return Err(StoreError::Missing("bản cài thật không do chương trình sinh ra".to_owned()));
        }
        meta::set(&self.db, meta::GENERATION, from)
    }

    /// Makes imports go in slices of so many leaves, however long these take: for harnesses to which every run
    /// must be the same.
    pub fn fix_slices(&mut self, leaves: u64) {
        self.fixed_slice = Some(leaves.max(1));
    }

    /// Says at which address the process that writes serves, so that a second one is told when it is refused.
    ///
    /// # Errors
    /// When the lock file cannot be written.
    pub fn serves_at(&mut self, address: &str) -> Result<(), StoreError> {
        self.lock.serves_at(address)
    }
}
