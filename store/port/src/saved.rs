//! Checks of texts that somebody asked to keep. Operational state: no figure reads it, and a text stays no longer
//! than it was asked for.

use mc_base::{Day, Hash32, Instant, Seq};

use crate::StoreFailure;

/// Checks that are kept at the same time.
pub const SAVED_CHECKS_MAX: usize = 500;
/// Bytes that their texts may have together.
pub const SAVED_BYTES_MAX: u64 = 64 << 20;
/// Characters of a text that a list shows.
pub const OPENING_CHARS: usize = 400;

/// What is kept beside a text: on what its check stood, and what it found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedCheck {
    /// A name that nobody can guess.
    pub id: String,
    /// The day the text was written.
    pub day: Day,
    /// Ledger position at which it was checked.
    pub position: Seq,
    /// The day it was then.
    pub checked_on: Day,
    /// Version of the rules.
    pub rules: String,
    /// SHA-256 of the answer, as whoever checks writes it.
    pub digest: Hash32,
    /// Numbers found.
    pub claims: u64,
    /// Calculations that do not hold.
    pub mismatches: u64,
    /// Numbers that are not those of the registers.
    pub differing: u64,
    /// When it was saved.
    pub saved_at: Instant,
    /// Identifier of who saved it.
    pub saved_by: String,
    /// From then on it is no more.
    pub kept_until: Instant,
}

/// Some of the kept checks, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SavedPage {
    /// Each with the first [`OPENING_CHARS`] characters of its text after blanks.
    pub checks: Vec<(SavedCheck, String)>,
    /// Kept in all.
    pub total: usize,
}

/// Why a check is not kept.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no room for it.
    #[error(
        "đã lưu {checks} bài, cộng {bytes} byte; nhiều nhất {SAVED_CHECKS_MAX} bài, {SAVED_BYTES_MAX} byte"
    )]
    Full {
        /// Checks that are kept.
        checks: usize,
        /// Bytes of their texts.
        bytes: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFailure),
}

/// Where they are kept. A text lies there under a key of its own, which goes with it.
///
/// Checks whose time is over are not there for anybody; saving and listing removes them.
pub trait SavedChecks: Send + Sync {
    /// Keeps a check made at `check.saved_at`.
    ///
    /// # Errors
    /// When there is no room, or the store cannot be written.
    fn save_check(&self, check: &SavedCheck, text: &str) -> Result<(), SaveError>;

    /// Those kept at `now`, at most `limit` after `skip`.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    fn saved_checks(&self, now: Instant, skip: usize, limit: usize) -> Result<SavedPage, StoreFailure>;

    /// One of those kept at `now`, with its text.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn saved_check(&self, id: &str, now: Instant) -> Result<Option<(SavedCheck, String)>, StoreFailure>;

    /// Keeps one of those kept at `now` until `until`; false where there is none.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_check(&self, id: &str, now: Instant, until: Instant) -> Result<bool, StoreFailure>;

    /// Removes one with its key, out of the journal of the store too; false where there is none.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn forget_check(&self, id: &str) -> Result<bool, StoreFailure>;
}
