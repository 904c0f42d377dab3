//! What an edit of a thing amounts to: which versions are closed and which are opened.
//!
//! A *thing* (a station) has one record, or one record per spell where its register keeps spells. A record
//! has versions, counted from 1. A *correction* says that a version was wrong, a *change* that the thing
//! became different on a day. Nothing here writes; a store carries the acts out in one commit.

mod error;
mod plan;
mod spell;

pub use error::ChangeError;

use mc_base::Day;

use crate::record::Record;

/// One record of a thing, as the ledger has it now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordState {
    /// Record key.
    pub key: String,
    /// Ordinal of its last version, from 1.
    pub ordinal: u32,
    /// That version's values; `None` where the record has been retired.
    pub record: Option<Record>,
}

/// A thing with all its records, retired ones included.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Thing {
    /// Its records; order does not matter.
    pub records: Vec<RecordState>,
}

/// What somebody wants to do to a thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// A record that is not there (any more), or a further spell.
    Insert {
        /// Its values.
        record: Record,
    },
    /// The record was wrong: new values for the same key.
    Correct {
        /// Key of the record.
        key: String,
        /// Version the author was looking at.
        expected_ordinal: u32,
        /// All its values.
        record: Record,
    },
    /// The thing became different on a day: the spell that covers the day ends, the next begins.
    Change {
        /// Key of the spell that covers the day.
        key: String,
        /// Version of it the author was looking at.
        expected_ordinal: u32,
        /// First day of the new spell.
        since: Day,
        /// Values from that day on; `since` and `until` in it are not read.
        record: Record,
    },
    /// The record ought not to exist.
    Retire {
        /// Key of the record.
        key: String,
        /// Version the author was looking at.
        expected_ordinal: u32,
    },
}

/// What a commit does to one version of one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RowAct {
    /// Closes version `ordinal`.
    Close {
        /// Record key.
        key: String,
        /// Version closed.
        ordinal: u32,
    },
    /// Opens version `ordinal`.
    Open {
        /// Record key.
        key: String,
        /// Version opened.
        ordinal: u32,
        /// Its values.
        record: Record,
    },
}

impl Thing {
    /// The record of `key`, retired or not.
    #[must_use]
    pub fn state(&self, key: &str) -> Option<&RecordState> {
        self.records.iter().find(|state| state.key == key)
    }

    /// The thing after `acts`. Acts of [`Thing::plan`] on this thing always fit; so several edits of one
    /// commit are planned one after the other.
    pub fn apply(&mut self, acts: &[RowAct]) {
        for act in acts {
            match act {
                RowAct::Close { key, ordinal } => {
                    let open =
                        self.records.iter_mut().find(|state| state.key == *key && state.ordinal == *ordinal);
                    if let Some(state) = open {
                        state.record = None;
                    }
                }
                RowAct::Open { key, ordinal, record } => {
                    let state =
                        RecordState { key: key.clone(), ordinal: *ordinal, record: Some(record.clone()) };
                    match self.records.iter_mut().find(|state| state.key == *key) {
                        Some(old) => *old = state,
                        None => self.records.push(state),
                    }
                }
            }
        }
    }
}
