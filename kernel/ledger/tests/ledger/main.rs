//! The ledger seen from outside: bytes, trees, tiles, notes, proofs, and the vectors of the specification.

mod canon;
mod fixture;
mod leaf_only;
mod log_vectors;
mod note;
mod proof;
mod tamper;
mod tile;
mod tree;
mod vectors;
