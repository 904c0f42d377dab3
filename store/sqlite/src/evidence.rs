//! Evidence: the files that imports were read from, each sealed under a key of its own that can be erased.
//!
//! | file in `evidence/` | holds |
//! | --- | --- |
//! | `<sha256>.<n>` | the n-th keeping of the file with that hash, sealed; see `sealed` |
//! | `<sha256>.list` | of which records one import of a file speaks; named by its own hash; see `list` |
//! | `<random>.new`, `<random>.list.new` | those of an import that is not committed yet |
//!
//! Key, hash and use by commits lie in the database. A file is found by what it speaks of, never by the words of a
//! commit, which may be erased. Where a personal value of a record is erased, the key of every file that speaks of
//! the record goes with it: also of one that brought nothing new about it.

mod end;
mod keep;
mod list;
mod read;
mod sealed;

use std::path::PathBuf;

use mc_base::Hash32;

use crate::layout::Layout;

pub use end::EvidenceErasure;
pub(crate) use end::{ErasedFile, end, speaking_of, still_kept, sweep, sweep_all};
pub(crate) use keep::{Source, Unkept};
pub(crate) use list::thing_hash;
pub(crate) use read::{Row, checked_list, rows};
pub(crate) use sealed::{open, seal};

/// `register` of an erasure record that names a file: its record is the file's hash, its version the number of the
/// keeping, its field [`KEY`].
pub(crate) const EVIDENCE: &str = "evidence";
/// `register` of the redaction row of such a file; its version is the file's number.
pub(crate) const EVIDENCE_NO: i64 = -1;
/// In the place of a field's number: the key of the file.
pub(crate) const KEY: u16 = 1;

/// Where the n-th keeping of a file lies.
pub(crate) fn path(layout: &Layout, hash: Hash32, ordinal: u32) -> PathBuf {
    layout.evidence().join(format!("{hash}.{ordinal}"))
}

/// Where a list lies.
pub(crate) fn list_path(layout: &Layout, list: Hash32) -> PathBuf {
    layout.evidence().join(format!("{list}.list"))
}
