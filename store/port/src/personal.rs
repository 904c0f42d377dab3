//! Finding records by personal values, and telling who saw which.

use mc_base::{Instant, Seq};
use mc_ledger::Value;

use crate::Version;

/// Records that one search gives.
pub const FOUND_MAX: usize = 100;

/// What is looked for.
#[derive(Clone, PartialEq, Debug)]
pub enum PersonalTerm {
    /// The whole value.
    Exact(Value),
    /// Words of a name that follow each other, in any marks; the last may be the beginning of one.
    Name(String),
}

/// A search in one field of one register.
#[derive(Clone, PartialEq, Debug)]
pub struct PersonalSearch {
    /// Register id.
    pub register: String,
    /// Id of a personal field that declares how it is found.
    pub field: String,
    /// What is looked for.
    pub term: PersonalTerm,
    /// Position; `None`: the latest.
    pub at: Option<Seq>,
}

/// What a search found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FoundPersonal {
    /// Records whose value the reader may see, in key order, at most [`FOUND_MAX`].
    pub rows: Vec<Version>,
    /// There may be others.
    pub more: bool,
}

/// What somebody was shown of persons: a line of the access journal. It names records and holds no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
    /// Who.
    pub actor: String,
    /// How: `record`, `list`, `search`, `file`, …
    pub act: String,
    /// Register id; `evidence` for a file.
    pub register: String,
    /// Record keys; the number of the commit of a file.
    pub records: Vec<String>,
}

/// A line of the journal as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccessLine {
    /// Number, ascending from 1.
    pub no: u64,
    /// When.
    pub at: Instant,
    /// What was shown.
    pub access: Access,
    /// The commit that sealed the day, where one did.
    pub sealed: Option<Seq>,
}
