//! The names of an instance: which place, agency or record is meant.
//!
//! Cells of a file and fields of a form are read by the same rules. Places and agencies are indexed once; records are
//! looked up in the store, and what was found is remembered, because a column repeats itself. For a file the snapshot is
//! let go every few rows, so that a long import does not hold up the store; a form has the snapshot of its page.

mod agencies;
mod meant;
mod places;
pub(crate) mod records;

use std::cell::{OnceCell, RefCell};

use mc_access::Actor;
use mc_base::text::{fold_loose, nfc, squeeze, to_new_tone};
use mc_base::{AgencyId, Day, PlaceId};
use mc_port::{Snapshot, Source, StoreFailure};
use mc_register::{Resolved, Resolver};

use agencies::Agencies;
use meant::Met;
use places::Places;
use records::Records;

/// Names offered where several or none fit.
const OFFERED_MAX: usize = 5;

/// Looks names up in an instance.
pub struct Names<'a> {
    places: OnceCell<Places>,
    agencies: OnceCell<Agencies>,
    records: RefCell<Records<'a>>,
    held: Option<&'a dyn Snapshot>,
    /// Where the names are typed: what is near comes before others of the same name.
    scope: PlaceId,
    /// What names of a file turned out to mean.
    met: RefCell<Met>,
    today: Day,
}

impl<'a> Names<'a> {
    /// Reads the names that `viewer` may see, for a file sent for `scope`, or else for the province at home.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn new(source: &'a dyn Source, viewer: &Actor, scope: Option<PlaceId>) -> Result<Self, StoreFailure> {
        let snapshot = source.snapshot(viewer)?;
        let scope = scope.unwrap_or(snapshot.instance().home);
        Ok(Self {
            places: OnceCell::from(places(snapshot.as_ref(), scope)),
            agencies: OnceCell::from(agencies(snapshot.as_ref(), scope)),
            records: RefCell::new(Records::renewed(source, viewer.clone())),
            held: None,
            scope,
            met: RefCell::default(),
            today: snapshot.today(),
        })
    }

    /// The names of one snapshot, for a form at `scope`; what is not asked for is not read.
    #[must_use]
    pub fn of(snapshot: &'a dyn Snapshot, scope: PlaceId) -> Self {
        Self {
            places: OnceCell::new(),
            agencies: OnceCell::new(),
            records: RefCell::new(Records::held(snapshot)),
            held: Some(snapshot),
            scope,
            met: RefCell::default(),
            today: snapshot.today(),
        }
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

fn places(snapshot: &dyn Snapshot, scope: PlaceId) -> Places {
    let instance = snapshot.instance();
    Places::new(snapshot.places(), (scope, instance.home), instance.illustrative, snapshot.today())
}

fn agencies(snapshot: &dyn Snapshot, scope: PlaceId) -> Agencies {
    let home = snapshot.instance().home;
    Agencies::new(snapshot.agencies(), snapshot.places(), (scope, home), snapshot.today())
}

impl Resolver for Names<'_> {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        let read = || self.held.map_or_else(Places::default, |snapshot| places(snapshot, self.scope));
        let found = self.places.get_or_init(read).find(text);
        if let Resolved::One(place) = &found {
            self.met.borrow_mut().place(*place);
        }
        found
    }

    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        let read = || self.held.map_or_else(Agencies::default, |snapshot| agencies(snapshot, self.scope));
        let found = self.agencies.get_or_init(read).find(text);
        if let Resolved::One(agency) = &found {
            self.met.borrow_mut().agency(agency);
        }
        found
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

/// What stands in brackets at the end: the code behind a name, as a form was filled in for its reader.
fn in_brackets(text: &str) -> Option<&str> {
    let (_, code) = text.trim().strip_suffix(')')?.rsplit_once('(')?;
    Some(code.trim())
}
