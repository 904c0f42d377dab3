//! Proof files: what a stranger can check offline with the log's public key alone (`docs/spec/proof.md`).
//!
//! Personal values never enter: leaves hold commitments, and salts stay in the store.

mod error;
mod figure;
mod file;
mod leaf;
mod places;
mod record;
mod wanted;

pub use error::ProofError;
