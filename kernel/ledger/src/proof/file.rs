//! The proof file: many rows of many commits under one checkpoint.

use mc_base::{Hash32, Seq};

use super::row::RowProof;
use super::tlog::TlogProof;
use crate::entry::{Entry, EntryError};
use crate::tree::{Nodes, TreeError, inclusion_proof};

/// What `minhchung proof` writes and `verifier` reads.
#[derive(Clone, PartialEq, Debug)]
pub struct ProofFile {
    /// Name of the log.
    pub origin: String,
    /// The log's public key as the file states it. A reader who knows the key from elsewhere uses that one.
    pub vkey: String,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The commits, by ascending sequence number.
    pub commits: Vec<CommitProof>,
    /// Claim, definition and schemas of a figure; the ledger does not look inside.
    pub figure: Option<serde_json::Value>,
}

/// One commit with the rows of it that matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommitProof {
    /// Sequence number; the entry's index in the log is one less.
    pub seq: Seq,
    /// Bytes of the entry.
    pub entry: Vec<u8>,
    /// Inclusion proof of the entry in the log.
    pub path: Vec<Hash32>,
    /// Rows of the commit, as the entry says.
    pub leaf_count: u64,
    /// All rows are given; then none needs a path.
    pub complete: bool,
    /// Rows by ascending index.
    pub rows: Vec<RowEvidence>,
    /// Rows of which only the leaf hash may be shown, by ascending index; none where `complete`.
    pub leaf_only: Vec<HashEvidence>,
}

/// A row of a commit by its leaf hash: its bytes hold what is personal now, or can no longer be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HashEvidence {
    /// Index in the commit, from 0.
    pub index: u64,
    /// The leaf hash.
    pub hash: Hash32,
    /// Inclusion proof of the row in the commit.
    pub path: Vec<Hash32>,
}

/// One row of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowEvidence {
    /// Index in the commit, from 0.
    pub index: u64,
    /// Bytes of the row leaf.
    pub leaf: Vec<u8>,
    /// Inclusion proof of the row in the commit; absent when all rows are given.
    pub path: Option<Vec<Hash32>>,
}

impl CommitProof {
    /// A commit with all its rows. `path` is the inclusion proof of the entry in the log.
    ///
    /// # Errors
    /// When the entry cannot be encoded.
    pub fn whole(entry: &Entry, path: Vec<Hash32>, leaves: Vec<Vec<u8>>) -> Result<Self, EntryError> {
        let rows = (0..).zip(leaves).map(|(index, leaf)| RowEvidence { index, leaf, path: None }).collect();
        Ok(Self {
            seq: entry.seq,
            entry: entry.encode()?,
            path,
            leaf_count: entry.leaf_count,
            complete: true,
            rows,
            leaf_only: Vec::new(),
        })
    }

    /// A commit with some of its rows, (index, leaf bytes) ascending; `nodes` are those of the commit's row
    /// tree.
    ///
    /// # Errors
    /// When the entry cannot be encoded, a row lies outside the commit or a node is missing.
    pub fn part(
        entry: &Entry,
        path: Vec<Hash32>,
        nodes: &impl Nodes,
        rows: impl IntoIterator<Item = (u64, Vec<u8>)>,
    ) -> Result<Self, PartError> {
        let rows = rows
            .into_iter()
            .map(|(index, leaf)| {
                let path = Some(inclusion_proof(nodes, index, entry.leaf_count)?);
                Ok(RowEvidence { index, leaf, path })
            })
            .collect::<Result<_, TreeError>>()?;
        Ok(Self {
            seq: entry.seq,
            entry: entry.encode()?,
            path,
            leaf_count: entry.leaf_count,
            complete: false,
            rows,
            leaf_only: Vec::new(),
        })
    }

    /// The same with rows, (index, leaf hash) ascending, that are given by their hash alone.
    ///
    /// # Errors
    /// When a row lies outside the commit or a node is missing.
    pub fn with_leaf_hashes(
        mut self,
        nodes: &impl Nodes,
        hashes: impl IntoIterator<Item = (u64, Hash32)>,
    ) -> Result<Self, TreeError> {
        for (index, hash) in hashes {
            let path = inclusion_proof(nodes, index, self.leaf_count)?;
            self.leaf_only.push(HashEvidence { index, hash, path });
        }
        Ok(self)
    }
}

/// Why rows of a commit could not be put into a proof file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PartError {
    /// The entry cannot be encoded.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// A row lies outside the commit or a node is missing.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

impl ProofFile {
    /// The proof of one commit's entry in the standard's text format, for other people's tools.
    #[must_use]
    pub fn tlog_proof(&self, commit: &CommitProof) -> TlogProof {
        TlogProof {
            extra: None,
            index: commit.seq.0.saturating_sub(1),
            path: commit.path.clone(),
            checkpoint: self.checkpoint.clone(),
        }
    }

    /// The proof of one row alone; `None` when the row stands in the file without a path of its own.
    #[must_use]
    pub fn row_proof(&self, commit: &CommitProof, row: &RowEvidence) -> Option<RowProof> {
        Some(RowProof {
            leaf: row.leaf.clone(),
            row_index: row.index,
            row_path: row.path.clone()?,
            entry: commit.entry.clone(),
            log: self.tlog_proof(commit),
        })
    }
}
