//! The traits that a store implements, and what their callers see of it.

use std::sync::Arc;
use std::time::Duration;

use mc_access::Actor;
use mc_base::{Day, PlaceId, Seq};
use mc_figure::changes::Decomposition;
use mc_figure::{Definition, Figure, Indicator};
use mc_ledger::ProofFile;
use mc_ledger::proof::TlogProof;
use mc_ledger::tile::{BundleId, TileId};
use mc_register::Schema;

use crate::{Access, AccessLine, FoundPersonal, PersonalSearch};
use crate::{
    AgencyCut, AgencyRow, AgencyTree, By, Commit, CommitError, CommitRequest, FigureError, FigureRequest,
    Hit, Instance, ListRequest, LogKey, Part, PlaceTree, Position, Receipt, RecordPage, TotalsAsked,
    TotalsPage, Version,
};

/// A failure of the store.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreFailure {
    /// It could not be read or written; a sentence for the operator.
    #[error("{0}")]
    Failed(String),
    /// The snapshot was held longer than [`SNAPSHOT_MAX`].
    #[error("ảnh đọc đã quá thời hạn ({} giây); xin tải lại trang", SNAPSHOT_MAX.as_secs())]
    Expired,
}

/// How long a snapshot of a [`Source`] may be read: as long as it is held, the store cannot give back the space of
/// what was replaced since.
pub const SNAPSHOT_MAX: Duration = Duration::from_secs(5);

/// Which operand's records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The numerator, or the measure itself.
    Num,
    /// The denominator.
    Den,
}

/// Where snapshots come from.
pub trait Source: Send + Sync {
    /// Everything up to now, as `viewer` may see it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn snapshot(&self, viewer: &Actor) -> Result<Box<dyn Snapshot>, StoreFailure>;
}

/// Where commits go. Implementations group the commits that wait at the same time.
pub trait Sink: Send + Sync {
    /// Makes one durable commit.
    ///
    /// # Errors
    /// Why it is refused; then nothing was written.
    fn commit(&self, request: CommitRequest) -> Result<Receipt, CommitError>;
    /// Writes a line of the access journal, durably; no figure reads it.
    ///
    /// # Errors
    /// When it cannot be written: then nothing of what it tells may be shown.
    fn note(&self, access: &Access) -> Result<(), StoreFailure>;
}

/// What an instance is and where its ledger stands.
pub trait Standing {
    /// The instance.
    fn instance(&self) -> &Instance;
    /// The latest position of the snapshot.
    fn head(&self) -> Position;
    /// The day it is: the machine's own, or the day on which a generated instance stays.
    fn today(&self) -> Day;
    /// How long the snapshot has been held.
    fn age(&self) -> Duration;
    /// Ends the snapshot before work that takes long; what is read afterwards is the newest, under the
    /// declarations and places of this one.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn let_go(&self) -> Result<(), StoreFailure>;
    /// The last position recorded on `day` or before ("known on").
    ///
    /// # Errors
    /// When the store cannot be read.
    fn known_on(&self, day: Day) -> Result<Seq, StoreFailure>;
    /// Commits, the latest first, from below `before`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn commits(&self, before: Option<Seq>, limit: usize) -> Result<Vec<Commit>, StoreFailure>;
    /// One commit.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn commit(&self, seq: Seq) -> Result<Option<Commit>, StoreFailure>;
    /// The records that a commit opened or closed, as (register, key, opened).
    ///
    /// # Errors
    /// When the store cannot be read.
    fn rows_of(&self, seq: Seq, limit: usize) -> Result<Vec<(String, String, bool)>, StoreFailure>;
    /// Whether the instance is a copy restored from a backup whose seal was not opened: it takes no commits.
    fn sealed(&self) -> bool;
    /// The newest checkpoint, a signed note.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn checkpoint(&self) -> Result<Option<String>, StoreFailure>;
    /// Whether that checkpoint is kept and could not be published beside the store yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn unpublished(&self) -> Result<bool, StoreFailure>;
    /// The public keys of all epochs, the one that signs now last.
    ///
    /// # Errors
    /// When a key cannot be read.
    fn log_keys(&self) -> Result<Vec<LogKey>, StoreFailure>;
}

/// What is declared: registers, indicators, places, agencies.
pub trait Declarations {
    /// The places.
    fn places(&self) -> &PlaceTree;
    /// Current schemas, by register id.
    fn schemas(&self) -> Vec<Arc<Schema>>;
    /// The current schema of a register.
    fn schema(&self, register: &str) -> Option<Arc<Schema>>;
    /// The definition of every indicator current at the snapshot.
    fn indicators(&self) -> Vec<Arc<Definition>>;
    /// A version of an indicator, compiled; without a version, the one current at `at`.
    fn indicator(&self, id: &str, version: Option<u32>, at: Seq) -> Option<Arc<Indicator>>;
    /// The agencies.
    fn agencies(&self) -> &AgencyTree;
    /// The name of an agency now.
    fn agency_name(&self, agency: &str) -> Option<String>;
}

/// Records and their versions.
pub trait Records {
    /// A page of a register, with the personal values that lists show and no others.
    ///
    /// # Errors
    /// When register or field is not there, or the store cannot be read.
    fn list(&self, request: &ListRequest) -> Result<RecordPage, StoreFailure>;
    /// Every version of a record, the oldest first; empty where there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn history(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreFailure>;
    /// The current versions of all spells of the thing that `key` belongs to, in time order; personal values as in
    /// [`Records::list`].
    ///
    /// # Errors
    /// When the store cannot be read.
    fn spells(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreFailure>;
    /// Records that contain all the words, those with the same marks first. With a place only those at or below
    /// it, and those that lie nowhere.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn search(&self, text: &str, within: Option<PlaceId>, limit: usize) -> Result<Vec<Hit>, StoreFailure>;
    /// The records whose personal value is or begins with what is asked, as far as the reader may see it.
    ///
    /// # Errors
    /// When records are not found by the field, or the store cannot be read.
    fn find_personal(&self, asked: &PersonalSearch) -> Result<FoundPersonal, StoreFailure>;
    /// What of personal values this snapshot has given so far: registers with the keys of their records, for the
    /// access journal. A file counts under `evidence` and the number of its commit.
    fn revealed(&self) -> Vec<(String, Vec<String>)>;
    /// Lines of the access journal, the newest first, from below number `before`; none for who may not read it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn accesses(&self, before: Option<u64>, limit: usize) -> Result<Vec<AccessLine>, StoreFailure>;
}

/// Figures and what stands behind them.
pub trait Figures {
    /// One figure.
    ///
    /// # Errors
    /// Why there is none.
    fn figure(&self, request: &FigureRequest) -> Result<Figure, FigureError>;
    /// A figure split by the children of its place or by a declared cut.
    ///
    /// # Errors
    /// As [`Figures::figure`].
    fn figure_by(&self, request: &FigureRequest, by: &By) -> Result<Vec<Part>, FigureError>;
    /// A figure split by the agencies that its records name, each with those below it.
    ///
    /// # Errors
    /// As [`Figures::figure`], and where no cut goes by agency.
    fn figure_by_agency(
        &self,
        request: &FigureRequest,
        cut: &AgencyCut,
    ) -> Result<Vec<AgencyRow>, FigureError>;
    /// A page of the records behind one operand in key order, going on from a cursor of another page.
    ///
    /// # Errors
    /// As [`Figures::figure`].
    fn records_behind(
        &self,
        request: &FigureRequest,
        side: Side,
        after: Option<&str>,
        limit: usize,
    ) -> Result<RecordPage, FigureError>;
    /// Records behind a figure that break a rule and carry the explanation it asks for: the first by register and
    /// key, and how many there are, counted to 10,000 at most.
    ///
    /// # Errors
    /// As [`Figures::figure`].
    fn explained_behind(&self, request: &FigureRequest, limit: usize) -> Result<RecordPage, FigureError>;
    /// Totals without a list that stand, in key order after the key `after`, at most `limit` and
    /// [`crate::TOTALS_MAX`], with what lists recorded after each say in its scope.
    ///
    /// # Errors
    /// As [`Figures::figure`].
    fn totals(
        &self,
        asked: &TotalsAsked,
        after: Option<&str>,
        limit: usize,
    ) -> Result<TotalsPage, FigureError>;
    /// Why a figure's numerator differs between two requests: groups of records that add up to the
    /// difference.
    ///
    /// # Errors
    /// As [`Figures::figure`].
    fn changes(&self, before: &FigureRequest, after: &FigureRequest) -> Result<Decomposition, FigureError>;
}

/// Proof files.
pub trait Proofs {
    /// The proof of a record: all its versions.
    ///
    /// # Errors
    /// When there is no such record or the store cannot be read.
    fn proof_of_record(&self, register: &str, key: &str) -> Result<ProofFile, StoreFailure>;
    /// The proof of a figure.
    ///
    /// # Errors
    /// As [`Figures::figure`].
    fn proof_of_figure(&self, request: &FigureRequest) -> Result<ProofFile, FigureError>;
}

/// The log as strangers fetch it: tiles and bundles of entries up to the newest checkpoint. They hold hashes, instants
/// and the ids of who wrote, no values; what lies beyond the checkpoint is not there yet.
pub trait Published {
    /// The hashes of a tile, full or partial.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, StoreFailure>;
    /// The entries of a bundle, full or partial.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn bundle(&self, bundle: BundleId) -> Result<Option<Vec<u8>>, StoreFailure>;
    /// One entry, and that it stands under the newest checkpoint.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn entry_proof(&self, seq: Seq) -> Result<Option<EntryProof>, StoreFailure>;
}

/// An entry of the log and its proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryProof {
    /// The canonical bytes of the entry, from which its leaf hash is made.
    pub entry: Vec<u8>,
    /// That it stands in the log.
    pub proof: TlogProof,
}

/// One consistent view of everything up to a position.
pub trait Snapshot:
    Standing + Declarations + Records + Figures + Proofs + Published + crate::Evidence
{
}

impl<T: Standing + Declarations + Records + Figures + Proofs + Published + crate::Evidence> Snapshot for T {}
