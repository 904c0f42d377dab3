//! Checks a proof file offline: nothing is trusted but the bytes of the file and, where given, a public key.
//!
//! What is found is said in three lines that are never blurred into one: that the records were recorded,
//! that the arithmetic follows from them, and that completeness cannot be proved yet.
//! `docs/spec/proof.md` describes file and verdict.

mod entry;
mod judge;
mod print;
mod record;
mod verdict;

pub use entry::{is_entry_proof, judge_entry};
pub use judge::{InputError, judge, read, read_entry};
pub use print::COMPLETENESS;
pub use record::RowText;
pub use verdict::{Line, Verdict};
