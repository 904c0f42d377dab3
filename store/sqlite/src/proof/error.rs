//! Why no proof could be made. `Display` is the sentence a user reads.

use mc_base::Seq;
use mc_figure::claim::ClaimError;
use mc_ledger::proof::{COMMITS_MAX, FILE_BYTES_MAX, PartError};
use mc_ledger::tree::TreeError;
use mc_port::{FigureError, StoreFailure};

use crate::StoreError;

/// Why no proof could be made.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// No such register.
    #[error("Không có sổ “{0}”.")]
    NoRegister(String),
    /// No such record, or one the reader may not see.
    #[error("Sổ “{register}” không có bản ghi “{key}”.")]
    NoRecord {
        /// Register id.
        register: String,
        /// Record key.
        key: String,
    },
    /// The newest checkpoint does not cover a commit.
    #[error(
        "Lần ghi {seq} chưa được niêm phong (mốc mới nhất có {sealed} lần ghi); hãy chạy `minhchung seal`."
    )]
    Unsealed {
        /// The commit.
        seq: Seq,
        /// Entries under the newest checkpoint.
        sealed: u64,
    },
    /// More than a proof file may hold.
    #[error("Bằng chứng cần {found} lần ghi; một tệp chứa nhiều nhất {COMMITS_MAX}.")]
    TooMany {
        /// Commits needed.
        found: usize,
    },
    /// The file would be too long.
    #[error("Bằng chứng dài {found} byte; một tệp chứa nhiều nhất {FILE_BYTES_MAX}.")]
    TooLong {
        /// Bytes needed.
        found: usize,
    },
    /// The figure itself cannot be given.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The store failed, or what it holds is not what was recorded.
    #[error("Không lập được bằng chứng: {0}")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ProofError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<TreeError> for ProofError {
    fn from(error: TreeError) -> Self {
        StoreError::corrupt(error).into()
    }
}

impl From<PartError> for ProofError {
    fn from(error: PartError) -> Self {
        StoreError::corrupt(error).into()
    }
}

impl From<ClaimError> for ProofError {
    fn from(error: ClaimError) -> Self {
        StoreError::corrupt(error).into()
    }
}

impl From<ProofError> for StoreFailure {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Store(error) => error.into(),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<ProofError> for FigureError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Figure(error) => error,
            ProofError::Store(StoreError::Expired) => Self::Expired,
            other => Self::Store(other.to_string()),
        }
    }
}
