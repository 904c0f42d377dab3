//! Imports: many rows of one register as one commit, prepared without holding up the writer.

use std::any::Any;

use mc_access::Actor;
use mc_base::{Hash32, Seq};
use mc_figure::cover::Listed;
use mc_register::Edit;

use crate::{CommitError, Receipt, SourceFile};

/// Rows of one import.
pub const IMPORT_ROWS_MAX: u64 = 10_000_000;
/// Rejected rows of which the reason is kept; beyond, they are only counted.
pub const REJECTED_MAX: usize = 100_000;

/// A row of a file as an edit.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportRow {
    /// The caller's number of the row; given back with a refusal.
    pub row: u64,
    /// What it asks for. Under [`ImportRequest::upsert`] an `Insert` whose thing is there already becomes a
    /// correction, a change from its `since` on, or nothing.
    pub edit: Edit,
}

/// A row that is not taken, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RejectedRow {
    /// The caller's number of the row.
    pub row: u64,
    /// Field id, where one is at fault.
    pub field: Option<String>,
    /// The sentence.
    pub message: String,
}

/// Everything but the rows.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportRequest {
    /// Who.
    pub actor: Actor,
    /// Whence: the file.
    pub source: String,
    /// Why.
    pub reason: String,
    /// Hash of the file and of its mapping: under the same key nothing is ever written twice; empty: none.
    pub idempotency_key: String,
    /// Register id.
    pub register: String,
    /// An `Insert` of what is there already brings it up to date; otherwise it is rejected.
    pub upsert: bool,
    /// Numbers of the fields for which an upsert's missing value means "not known" and replaces what is
    /// there. A field that is neither named here nor given a value in the row keeps what it has.
    pub mapped: Vec<u16>,
    /// The file that the rows come from; it is kept with the commit, sealed under a key that can be erased.
    pub evidence: Option<SourceFile>,
}

/// What an import would do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ImportCounts {
    /// Rows that add a record.
    pub added: u64,
    /// Rows that correct, change or retire one.
    pub changed: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// Rows that are not taken.
    pub rejected: u64,
}

/// A prepared import: nothing is written yet. Dropping it forgets it.
#[derive(Debug)]
pub struct Prepared {
    /// What it would do, its rejected rows left out.
    pub counts: ImportCounts,
    /// Rows not taken, by number; at most [`REJECTED_MAX`].
    pub rejected: Vec<RejectedRow>,
    /// Position that the rows were compared with.
    pub position: Seq,
    /// Versions opened and closed.
    pub leaf_count: u64,
    /// Root over their leaves.
    pub rows_root: Hash32,
    /// What it would list in the scope of totals without a list, by key of the total; only where it lists
    /// anything.
    pub listed: Vec<(String, Listed)>,
    /// What the store itself keeps of it.
    pub staged: Box<dyn Any + Send>,
}

/// A store that imports.
pub trait Importer: Send + Sync {
    /// Validates the rows, compares them with the register and puts what is to be written aside. Other
    /// writers go on meanwhile. `rows` may hold rows that could not be read, as rejections; `progress`
    /// hears how many rows were taken in.
    ///
    /// # Errors
    /// When nothing can be prepared at all: no such register, too many rows, the store failed.
    fn prepare(
        &self,
        request: &ImportRequest,
        rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Prepared, CommitError>;

    /// Holds the register of a prepared import for it, and compares again the rows whose records others touched
    /// since: counts, rejections and position are then those of now. Until it is applied or dropped, nobody else
    /// writes to the register.
    ///
    /// # Errors
    /// More was touched than is worth it, or declarations, places or records pointed at changed
    /// ([`CommitError::Moved`]: prepare again); another import holds the register ([`CommitError::Importing`]).
    fn claim(&self, prepared: Prepared) -> Result<Prepared, CommitError>;

    /// Writes what was prepared as one commit, in short slices between which others write; `progress` hears
    /// (versions written, all versions). `None`: nothing differs, so nothing was written.
    ///
    /// # Errors
    /// Rejected rows where not only the good ones are wanted ([`CommitError::Rows`]); the register changed
    /// since ([`CommitError::Moved`]: prepare again); another import runs ([`CommitError::Importing`]).
    fn apply(
        &self,
        prepared: Prepared,
        good_rows_only: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Receipt>, CommitError>;
}
