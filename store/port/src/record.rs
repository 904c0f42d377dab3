//! Reading records, their versions and the commits that made them.

use std::collections::BTreeMap;

use mc_base::{Hash32, Instant, PlaceId, Seq};
use mc_ledger::Value;
use mc_register::{Severity, Title};

/// One version of a record. Personal values the reader may not see, and erased ones, are `Value::Null` and
/// named.
#[derive(Clone, PartialEq, Debug)]
pub struct Version {
    /// Register id.
    pub register: String,
    /// Record key.
    pub key: String,
    /// Version ordinal within the record, from 1.
    pub ordinal: u32,
    /// Position that opened it.
    pub seq_from: Seq,
    /// Position that closed it.
    pub seq_to: Option<Seq>,
    /// Hash of its leaf.
    pub leaf: Hash32,
    /// Rules that it breaks and was kept all the same, by id.
    pub flags: Vec<Flag>,
    /// Values by field number.
    pub values: BTreeMap<u16, Value>,
    /// Personal fields not shown to this reader.
    pub masked: Vec<u16>,
    /// Personal fields that were erased.
    pub erased: Vec<u16>,
}

/// A rule that a kept version breaks, as the schema declares it that the version was written under.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flag {
    /// The rule.
    pub rule: String,
    /// Whether it was kept for its explanation ([`Severity::Explain`]) or with a warning.
    pub severity: Severity,
    /// What the rule says.
    pub message: Title,
}

impl Version {
    /// Whether it breaks a rule that asks for an explanation.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.flags.iter().any(|flag| flag.severity == Severity::Explain)
    }
}

/// A commit as shown: texts are absent once erased.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Position.
    pub seq: Seq,
    /// When.
    pub recorded_at: Instant,
    /// Who.
    pub actor: String,
    /// Whence.
    pub source: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Rows.
    pub leaf_count: u64,
    /// Hash of the entry's leaf in the log.
    pub leaf: Hash32,
}

/// A condition on one field of a list, or [`Filter::explained`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// Field id.
    pub field: String,
    /// Value to equal, in canonical text; empty: not stated.
    pub equals: String,
}

impl Filter {
    /// Stands where a field id would; no field is called that.
    const EXPLAINED: &str = "~explained";

    /// Only records that break a rule and carry the explanation it asks for.
    #[must_use]
    pub fn explained() -> Self {
        Self { field: Self::EXPLAINED.to_owned(), equals: true.to_string() }
    }

    /// Whether it is [`Filter::explained`].
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.field == Self::EXPLAINED
    }
}

/// Which records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListRequest {
    /// Register id.
    pub register: String,
    /// Only records at this place or below it.
    pub place: Option<PlaceId>,
    /// Conditions, all of which hold.
    pub filters: Vec<Filter>,
    /// Field id to sort by; `None`: by key.
    pub sort: Option<String>,
    /// Greatest first.
    pub descending: bool,
    /// Go on from this cursor of another page, see [`crate::Turn`].
    pub after: Option<String>,
    /// Rows a page, at most [`PAGE_MAX`].
    pub limit: usize,
    /// Position; `None`: the latest.
    pub at: Option<Seq>,
}

/// Rows on one page.
pub const PAGE_MAX: usize = 500;

/// A page of records.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RecordPage {
    /// The records.
    pub rows: Vec<Version>,
    /// Cursor of the page before.
    pub previous: Option<String>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// How many there are in all, counted to 10,000 at most.
    pub count: u64,
    /// There are more than `count`.
    pub count_is_floor: bool,
}

/// A search hit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Register id.
    pub register: String,
    /// Record key.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// The words match with their marks.
    pub exact: bool,
}
