//! One row under one checkpoint: row leaf → rows root in the entry → root of the log.

use mc_base::Hash32;

use super::tlog::{TlogProof, TlogProofError};
use crate::canon::{CanonError, RowLeaf};
use crate::checkpoint::Checkpoint;
use crate::entry::{Entry, EntryError};
use crate::note::NoteVerifier;
use crate::tree::{TreeError, leaf_hash, verify_inclusion};

/// That one row was recorded by one commit of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowProof {
    /// Bytes of the row leaf.
    pub leaf: Vec<u8>,
    /// Index of the row in its commit, from 0.
    pub row_index: u64,
    /// Inclusion proof of the row in its commit.
    pub row_path: Vec<Hash32>,
    /// Bytes of the entry.
    pub entry: Vec<u8>,
    /// Inclusion of the entry in the log.
    pub log: TlogProof,
}

/// Why a row proof was not accepted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RowProofError {
    /// The entry in the log.
    #[error(transparent)]
    Log(#[from] TlogProofError),
    /// The entry itself.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The entry is of another position than the proof.
    #[error("bằng chứng ở vị trí {index}, mục ghi mang số {seq}; số phải bằng vị trí cộng 1")]
    Seq {
        /// Index in the proof.
        index: u64,
        /// Sequence number in the entry.
        seq: u64,
    },
    /// Origin and entry disagree on whether the data are invented.
    #[error("cờ minh họa của mục ghi không khớp tên sổ cái")]
    Illustrative,
    /// The row in its commit.
    #[error("dòng không thuộc lần ghi: {0}")]
    Row(#[from] TreeError),
    /// The row itself.
    #[error("dòng hỏng: {0}")]
    Leaf(#[from] CanonError),
}

impl RowProof {
    /// Accepts the proof under `key` and returns checkpoint, entry and row.
    ///
    /// # Errors
    /// Names the first step that does not hold.
    pub fn verify(&self, key: &NoteVerifier) -> Result<(Checkpoint, Entry, RowLeaf), RowProofError> {
        let checkpoint = self.log.verify(&self.entry, key)?;
        let entry = Entry::decode(&self.entry)?;
        if entry.seq.0 - 1 != self.log.index {
            return Err(RowProofError::Seq { index: self.log.index, seq: entry.seq.0 });
        }
        if entry.illustrative != checkpoint.is_illustrative() {
            return Err(RowProofError::Illustrative);
        }
        let hash = leaf_hash(&self.leaf);
        verify_inclusion(hash, self.row_index, entry.leaf_count, &self.row_path, entry.rows_root)?;
        let row = RowLeaf::decode(&self.leaf)?;
        Ok((checkpoint, entry, row))
    }
}
