//! Registers held for an import from the moment in which it is brought up to date until its entry is written: in
//! memory, because a process that ends gives them all back.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mc_port::CommitError;

use crate::catalog::Catalog;
use crate::commit::Work;

/// The registers held, each with how many rows its import has.
#[derive(Clone, Default, Debug)]
pub(crate) struct Leases(Arc<Mutex<BTreeMap<String, u64>>>);

/// One register held; it is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Lease {
    leases: Leases,
    register: String,
}

impl Leases {
    fn held(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` where another import holds it.
    pub(crate) fn take(&self, register: &str, rows: u64) -> Option<Lease> {
        let mut held = self.held();
        if held.contains_key(register) {
            return None;
        }
        held.insert(register.to_owned(), rows);
        Some(Lease { leases: self.clone(), register: register.to_owned() })
    }

    /// The refusal of whoever else would write to the register.
    pub(crate) fn busy(&self, catalog: &Catalog, register: &str) -> Option<CommitError> {
        let total = *self.held().get(register)?;
        let title = catalog.register(register).map(|info| info.schema.title.vi.clone());
        Some(CommitError::Importing { register: title.unwrap_or_default(), done: 0, total })
    }

    /// The refusal of a commit that would touch a register held.
    pub(crate) fn refuses(&self, catalog: &Catalog, work: &Work<'_>) -> Option<CommitError> {
        let edited = work.request.edits.iter().map(|edit| edit.register.as_str());
        let erased = work.erasing.values.iter().map(|value| value.register.as_str());
        edited.chain(erased).find_map(|register| self.busy(catalog, register))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.leases.held().remove(&self.register);
    }
}
