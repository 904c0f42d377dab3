//! What is known of one import that goes on beside the requests, as it is written down.

use mc_base::{Hash32, Instant, PlaceId, Seq};
use mc_intake::Mapping;
use mc_port::StoredJob;
use serde::{Deserialize, Serialize};

use crate::cover::CoverProposal;
use crate::{Refused, Trial};

/// Refused rows that are remembered; the workbook with the reasons has all.
pub const REFUSED_SHOWN_MAX: usize = 200;

/// What an import would do or did, short enough to be written down.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Rows that add a record.
    pub added: u64,
    /// Rows that correct or change one.
    pub changed: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// Rows that are not taken.
    pub rejected: u64,
    /// The first of them.
    pub refused: Vec<Refused>,
    /// Totals without a list that these rows begin to replace.
    pub covers: Vec<CoverProposal>,
    /// What the sender should know of whole columns.
    pub remarks: Vec<String>,
    /// A number that can be read in two ways: how the file writes numbers is to be said.
    pub unclear_number: Option<String>,
    /// Position of the commit; `None` when nothing was written.
    pub seq: Option<u64>,
}

impl Summary {
    pub(super) fn of(tried: &Trial) -> Self {
        let outcome = &tried.outcome;
        Self {
            added: outcome.added,
            changed: outcome.changed,
            unchanged: outcome.unchanged,
            rejected: outcome.rejected.len() as u64,
            refused: outcome.rejected.iter().take(REFUSED_SHOWN_MAX).cloned().collect(),
            covers: outcome.covers.clone(),
            remarks: tried.remarks.clone(),
            unclear_number: tried.unclear_number.clone(),
            seq: outcome.seq.map(|seq| seq.0),
        }
    }

    /// Rows that would be written.
    #[must_use]
    pub const fn good(&self) -> u64 {
        self.added + self.changed
    }
}

/// How far it has come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Every row is being compared with the register, or waits for it.
    Trying,
    /// A person decides.
    Tried(Summary),
    /// It is being written, or waits for it.
    Writing(Intent),
    /// It is written, or there was nothing to write.
    Written(Summary),
    /// It was taken back before anything was written.
    Cancelled,
    /// It ended with nothing written; the sentence says why.
    Stopped {
        /// What the sender reads.
        why: String,
        /// Another file or mapping may do.
        in_file: bool,
    },
    /// The server ended meanwhile, with nothing written. What had been tried before can still be written.
    Interrupted(Option<Summary>),
}

impl Stage {
    /// Somebody works on it, or did when the process ended.
    pub(super) const fn is_at_work(&self) -> bool {
        matches!(self, Self::Trying | Self::Writing(_))
    }
}

/// What is being written, and how a later process finds out whether it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Intent {
    /// What was decided on.
    pub summary: Summary,
    /// Rows that were refused stay out.
    pub good_rows: bool,
    /// Idempotency key of the commit.
    pub key: String,
    /// Position before it.
    pub after: u64,
}

/// One import on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ticket {
    /// A name that nobody can guess.
    pub id: String,
    /// Identifier of whoever asked for it.
    pub owner: String,
    /// Register id.
    pub register: String,
    /// Name of its upload.
    pub upload: String,
    /// The name that the sender gave the file.
    pub file: String,
    /// Which column is which field.
    pub mapping: Mapping,
    /// Number of the place that the file was sent for; without one it was the province at home.
    #[serde(default)]
    pub scope: Option<u32>,
    /// SHA-256 of the file, once it was read.
    pub hash: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// When the work on this stage was asked for, UTC milliseconds.
    pub began_ms: i64,
    /// When this was written down, UTC milliseconds.
    pub changed_ms: i64,
}

impl Ticket {
    pub(super) fn stored(&self) -> Option<StoredJob> {
        Some(StoredJob {
            id: self.id.clone(),
            owner: self.owner.clone(),
            register: self.register.clone(),
            changed_at: Instant(self.changed_ms),
            body: serde_json::to_string(self).ok()?,
        })
    }

    /// What was written down by this programme; an older one may have used other words.
    pub(super) fn read(stored: &StoredJob) -> Option<Self> {
        serde_json::from_str(&stored.body).ok()
    }

    pub(super) fn scope(&self) -> Option<PlaceId> {
        self.scope.map(PlaceId)
    }

    pub(super) fn file_hash(&self) -> Option<Hash32> {
        Hash32::from_hex(self.hash.as_deref()?)
    }

    /// Position of its commit.
    #[must_use]
    pub const fn seq(&self) -> Option<Seq> {
        match &self.stage {
            Stage::Written(Summary { seq: Some(seq), .. }) => Some(Seq(*seq)),
            _ => None,
        }
    }
}
