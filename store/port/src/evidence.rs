//! Evidence: the files that commits were read from.

use std::path::PathBuf;

use mc_base::{Hash32, Seq};

use crate::StoreFailure;

/// Bytes of a file that is given back whole.
pub const EVIDENCE_BYTES_MAX: u64 = 64 << 20;

/// A file that an import reads from, to be kept with its commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// Where its bytes are until the import is written.
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub hash: Hash32,
}

/// The file that a commit was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceFile {
    /// SHA-256 of its bytes as they were sent.
    pub hash: Hash32,
    /// Their number.
    pub bytes: u64,
    /// What became of it.
    pub state: EvidenceState,
}

/// What became of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EvidenceState {
    /// It is kept, sealed under a key of its own.
    Kept,
    /// Its key was destroyed; only its hash is left.
    Ended {
        /// The commit that destroyed it.
        seq: Seq,
        /// Legal ground.
        ground: String,
    },
}

/// The files that commits were read from.
pub trait Evidence {
    /// What became of the file of a commit; `None` where it was read from none that was kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn evidence_of(&self, seq: Seq) -> Result<Option<EvidenceFile>, StoreFailure>;
    /// Its bytes, for who may see personal data wherever it is recorded; `None` for others, and where it is not
    /// kept.
    ///
    /// # Errors
    /// When it is longer than [`EVIDENCE_BYTES_MAX`], was changed, or the store cannot be read.
    fn evidence_bytes(&self, seq: Seq) -> Result<Option<Vec<u8>>, StoreFailure>;
}
