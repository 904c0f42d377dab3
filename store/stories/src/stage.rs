//! What a store must offer so that the stories can be told against it.

use mc_access::Actor;
use mc_base::{Day, Instant, Period, PlaceId, Seq};
use mc_figure::Figure;
use mc_port::{
    AccountTable, CommitError, CommitRequest, EditRequest, FigureRequest, PlaceBasis, Receipt, Report,
    SavedChecks, Snapshot,
};

/// What is to be erased, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erasure {
    /// Who.
    pub actor: Actor,
    /// Register id.
    pub register: String,
    /// Record key.
    pub key: String,
    /// Field ids; `None`: every personal field.
    pub fields: Option<Vec<String>>,
    /// Legal ground.
    pub ground: String,
    /// Reason.
    pub reason: String,
    /// Also the source and reason texts of the commits that wrote the record.
    pub texts: bool,
}

/// An instance that was founded as the small world (`small::found`), with its clock in the story's hand.
pub trait Stage {
    /// Makes one durable commit.
    ///
    /// # Errors
    /// Why it is refused.
    fn commit(&mut self, request: &CommitRequest) -> Result<Receipt, CommitError>;
    /// Makes several commits durable together.
    fn commit_group(&mut self, requests: &[CommitRequest]) -> Vec<Result<Receipt, CommitError>>;
    /// Erases personal values.
    ///
    /// # Errors
    /// Why it is refused.
    fn erase(&mut self, erasure: &Erasure) -> Result<Receipt, CommitError>;
    /// Sets the clock, backwards too.
    fn set_clock(&mut self, now: Instant);
    /// Closes the store and opens it again.
    fn reopen(&mut self);
    /// Everything up to now, as `viewer` may see it.
    fn read(&self, viewer: &Actor) -> Box<dyn Snapshot>;
    /// Re-reads everything.
    fn verify(&self) -> Report;
    /// Gives the place where checks of texts are kept to `tell`, once.
    fn saved(&mut self, tell: &mut dyn FnMut(&dyn SavedChecks));
    /// Gives the place where passwords and sessions are kept to `tell`, once.
    fn accounts(&mut self, tell: &mut dyn FnMut(&dyn AccountTable));
    /// Names of the store's files that hold these bytes.
    fn files_holding(&self, bytes: &[u8]) -> Vec<String>;

    /// Commits edits as the operator.
    ///
    /// # Errors
    /// Why they are refused.
    fn put(&mut self, edits: Vec<EditRequest>) -> Result<Receipt, CommitError> {
        self.commit(&crate::small::request(edits))
    }

    /// Commits edits that must be accepted.
    fn must(&mut self, edits: Vec<EditRequest>) -> Receipt {
        self.put(edits).unwrap_or_else(|error| panic!("the commit is refused: {error}"))
    }

    /// A figure at the latest position.
    fn figure(&self, indicator: &str, place: PlaceId, period: &str) -> Figure {
        self.figure_at(indicator, place, period, None)
    }

    /// A figure at a position.
    fn figure_at(&self, indicator: &str, place: PlaceId, period: &str, at: Option<Seq>) -> Figure {
        let request = figure_request(indicator, place, period, at);
        let found = self.read(&Actor::public()).figure(&request);
        found.unwrap_or_else(|error| panic!("{indicator} {period}: {error}"))
    }

    /// `verify` finds nothing.
    fn sound(&self) {
        let report = self.verify();
        assert!(report.ok(), "verify: {:#?}", report.findings);
    }
}

/// The day it is in the small world: after everything that its stories tell.
#[must_use]
pub fn today() -> Day {
    Day::new(2025, 12, 20).expect("a day")
}

/// A request as of [`today`].
#[must_use]
pub fn figure_request(indicator: &str, place: PlaceId, period: &str, at: Option<Seq>) -> FigureRequest {
    FigureRequest {
        indicator: indicator.to_owned(),
        version: None,
        place,
        period: Period::parse(period).expect("a period"),
        today: today(),
        at,
        places: PlaceBasis::Now,
    }
}
