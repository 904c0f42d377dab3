//! Imports in two phases.
//!
//! *Prepare* (`plan`, `encode`, `weigh`, `gather`, `deltas`, `prepare`) works without the write lock and leaves a
//! staging file: the versions as they will stand in the register's table, the leaves in their order, the
//! deltas of every cell. *Claim* (`claim`, `said`, `lease`) holds the register and compares again what others
//! touched meanwhile. *Apply* (`apply`, `slice`, `fold`) takes a lease on the register with the entry,
//! copies leaves and folds deltas in slices of at most 50 ms, which end early for whoever waits, and shows
//! everything with the last transaction. After a crash it goes on from the staging file.

mod apply;
mod claim;
mod deltas;
mod encode;
mod fold;
mod gather;
mod ground;
mod job;
mod lease;
mod pace;
mod plan;
mod prepare;
mod recheck;
mod refer;
mod said;
mod slice;
mod stage;
mod weigh;

pub(crate) use apply::Begun;
pub use apply::ImportStep;
pub(crate) use claim::claimed;
pub(crate) use job::{Applying, Job};
pub(crate) use lease::Leases;
pub(crate) use pace::{Journal, Turn, next_slice, now};
pub(crate) use prepare::{keep_source, prepare};
pub(crate) use stage::StageFile;

use mc_port::{CommitError, RowRefusal};

/// A refusal of the import as a whole.
fn refuse(register: &str, message: String) -> CommitError {
    CommitError::Rows(vec![RowRefusal {
        register: register.to_owned(),
        key: String::new(),
        field: None,
        message,
    }])
}

fn failed(error: impl Into<crate::StoreError>) -> CommitError {
    CommitError::Store(error.into().to_string())
}
