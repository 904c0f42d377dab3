//! Proofs that a stranger can check offline, with nothing but the log's public key.
//!
//! What a proof of records says is: these records were recorded by these commits, and the commits lie under
//! this checkpoint. It never says that they are still current, nor that they are all there are.

mod file;
mod finding;
mod json;
mod row;
mod tlog;
mod verify;

pub use file::{CommitProof, HashEvidence, PartError, ProofFile, RowEvidence};
pub use finding::{Fault, Finding, Location};
pub use json::ProofFileError;
pub use row::{RowProof, RowProofError};
pub use tlog::{TlogProof, TlogProofError};
pub use verify::{Verified, VerifiedCommit, VerifiedHash, VerifiedRow, VersionName, verify_records};

/// Name and version of the proof file's format.
pub const FORMAT: &str = "minhchung/proof/v1";
/// Most bytes of a proof file.
pub const FILE_BYTES_MAX: usize = 64 * 1_048_576;
/// Most commits in a proof file.
pub const COMMITS_MAX: usize = 65_536;
/// Most rows in a proof file, over all commits.
pub const ROWS_MAX: usize = 65_536;
/// Findings after which checking stops.
pub const FINDINGS_MAX: usize = 1_000;
