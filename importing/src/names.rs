//! The names of an instance, for the cells of a file: which place, agency or record is meant.
//!
//! Places and agencies are indexed once per file; records are looked up in the store, and what was found is
//! remembered, because a column repeats itself. A snapshot is let go every few rows, so that a long import
//! does not hold up the store.

mod agencies;
mod places;
pub(crate) mod records;

use std::cell::RefCell;

use mc_access::Actor;
use mc_base::text::{fold_loose, nfc, squeeze, to_new_tone};
use mc_base::{AgencyId, Day, PlaceId};
use mc_port::{Snapshot, Source, StoreFailure};
use mc_register::{Resolved, Resolver};

use agencies::Agencies;
use places::Places;
use records::Records;

/// Names offered where several or none fit.
const OFFERED_MAX: usize = 5;

/// Looks names up in an instance.
pub struct Names<'a> {
    places: Places,
    agencies: Agencies,
    records: RefCell<Records<'a>>,
    today: Day,
}

impl<'a> Names<'a> {
    /// Reads the names that `viewer` may see.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn new(source: &'a dyn Source, viewer: &Actor) -> Result<Self, StoreFailure> {
        let snapshot = source.snapshot(viewer)?;
        let home = snapshot.instance().home;
        Ok(Self {
            places: Places::new(snapshot.places(), home, snapshot.instance().illustrative, snapshot.today()),
            agencies: Agencies::read(snapshot.as_ref(), home)?,
            today: snapshot.today(),
            records: RefCell::new(Records::new(source, viewer.clone())),
        })
    }

    /// To be called before each row of a file.
    pub(crate) fn row_begins(&self) {
        self.records.borrow_mut().row_begins();
    }

    /// Reads something else from a snapshot that is not too old.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn with_snapshot<T>(
        &self,
        read: impl FnOnce(&dyn Snapshot) -> Result<T, StoreFailure>,
    ) -> Result<T, StoreFailure> {
        read(self.records.borrow_mut().snapshot()?)
    }

    /// A failure of the store while names were looked up; what was answered since is not to be trusted.
    pub(crate) fn failure(&self) -> Option<StoreFailure> {
        self.records.borrow().failure.clone()
    }
}

impl Resolver for Names<'_> {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        self.places.find(text)
    }

    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        self.agencies.find(text)
    }

    fn reference(&self, register: &str, text: &str) -> Resolved<String> {
        self.records.borrow_mut().find(register, text)
    }

    fn reference_day(&self) -> Day {
        self.today
    }
}

impl std::fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names as of {}", self.today)
    }
}

/// A name with its marks, in one normal form and one placement of tones, without case.
fn exact(text: &str) -> String {
    squeeze(&to_new_tone(&nfc(text))).to_lowercase()
}

/// A name without its marks; y and i that sound alike are one.
fn loose(text: &str) -> String {
    squeeze(&fold_loose(text))
}

/// One thing, or several of one name.
fn choose<T>(mut found: Vec<T>, say: impl Fn(&T) -> String) -> Resolved<T> {
    match found.len() {
        0 => Resolved::Unknown(Vec::new()),
        1 => found.pop().map_or(Resolved::Unknown(Vec::new()), Resolved::One),
        _ => Resolved::Several(found.iter().take(OFFERED_MAX).map(say).collect()),
    }
}

/// Names one or two slips away from `text`, best first.
fn near<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    mc_register::input::alike(text, names)
}
