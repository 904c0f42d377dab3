//! Work that somebody asked for and that goes on after the request was answered. Operational state: no figure
//! reads it, and what is lost is asked for again.

use mc_base::{Instant, Seq};

use crate::StoreFailure;

/// One piece of such work, as whoever does it wrote it down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredJob {
    /// A name that nobody can guess.
    pub id: String,
    /// Identifier of whoever asked for it.
    pub owner: String,
    /// Register id.
    pub register: String,
    /// When this was written.
    pub changed_at: Instant,
    /// What is known of it, in the words of whoever does it.
    pub body: String,
}

/// An import whose entry is written and whose rows are not all in the register yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ApplyingImport {
    /// Its entry.
    pub seq: Seq,
    /// Versions written.
    pub done: u64,
    /// Of all.
    pub total: u64,
}

/// Where such work is written down.
pub trait JobTable: Send + Sync {
    /// Writes a job down, in place of what was known of it. Of those changed before `forget_before`, and of all
    /// beyond the newest `JOBS_MAX`, nothing is left.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_job(&self, job: &StoredJob, forget_before: Instant) -> Result<(), StoreFailure>;

    /// A job by its name.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn job(&self, id: &str) -> Result<Option<StoredJob>, StoreFailure>;

    /// The newest jobs of somebody in one register, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn jobs_of(&self, owner: &str, register: &str, limit: usize) -> Result<Vec<StoredJob>, StoreFailure>;

    /// The newest commit after `after` that `actor` made under this idempotency key, or under it with `@` and
    /// more behind.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn committed_under(&self, actor: &str, key: &str, after: Seq) -> Result<Option<Seq>, StoreFailure>;

    /// The import that is being applied, if there is one.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn applying(&self) -> Result<Option<ApplyingImport>, StoreFailure>;
}

/// Jobs of which something is remembered.
pub const JOBS_MAX: usize = 500;
