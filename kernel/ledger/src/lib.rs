//! The ledger: canonical bytes, the RFC 6962 tree, entries, checkpoints, proofs and commitments.
//!
//! The stored bytes are specified in `docs/spec/ledger.md`, with test vectors in `docs/spec/vectors/`.
//! This crate knows no registers, reads no clock and makes no random number: salts, nonces, keys and instants
//! are parameters.
//!
//! Start at [`canon`] (what a row is), then [`entry`] (what a commit is), [`tree`], [`checkpoint`] and
//! [`proof`].

pub mod canon;
pub mod checkpoint;
pub mod commitment;
pub mod entry;
pub mod hash;
pub mod note;
pub mod proof;
pub mod tile;
pub mod tree;
pub mod value;

mod text64;

pub use canon::{Act, CanonError, RowLeaf, SortKey};
pub use checkpoint::Checkpoint;
pub use commitment::Commitment;
pub use entry::{Entry, InstanceId};
pub use hash::{SaltedText, TextKind};
pub use note::{NoteSigner, NoteVerifier};
pub use proof::{ProofFile, verify_records};
pub use tree::{Frontier, Nodes};
pub use value::{Point, Value};
