//! The port's traits on this store: plain delegation.

mod awaited;
mod tend;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mc_access::Actor;
use mc_base::{Day, PlaceId, Seq};
use mc_figure::changes::Decomposition;
use mc_figure::{Definition, Figure, Indicator};
use mc_ledger::ProofFile;
use mc_port::{Access, AccessLine, FoundPersonal, PersonalSearch};
use mc_port::{
    AgencyCut, AgencyRow, AgencyTree, By, Commit, CommitError, CommitRequest, Declarations, FigureError,
    FigureRequest, Figures, Hit, ImportRequest, ImportRow, Importer, Instance, ListRequest, LogKey, Part,
    PlaceTree, Position, Prepared, Proofs, Receipt, RecordPage, Records, RejectedRow, Side, Sink, Snapshot,
    Source, Standing, StoreFailure, TotalsAsked, TotalsPage, Version,
};
use mc_port::{Evidence, EvidenceFile};
use mc_register::Schema;

use awaited::Awaited;

use crate::import::{Begun, ImportStep, Journal, Turn, now};
use crate::{Reader, Store, StoreError, Writer};

impl From<StoreError> for StoreFailure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Expired => Self::Expired,
            error => Self::Failed(error.to_string()),
        }
    }
}

impl Source for Store {
    fn snapshot(&self, viewer: &Actor) -> Result<Box<dyn Snapshot>, StoreFailure> {
        Ok(Box::new(self.reader(viewer)?.within(self.snapshot_max)?))
    }
}

impl Standing for Reader {
    fn instance(&self) -> &Instance {
        Self::instance(self)
    }
    fn head(&self) -> Position {
        Self::head(self)
    }
    fn today(&self) -> Day {
        Self::today(self)
    }
    fn age(&self) -> Duration {
        Self::age(self)
    }
    fn let_go(&self) -> Result<(), StoreFailure> {
        Ok(Self::let_go(self)?)
    }
    fn known_on(&self, day: Day) -> Result<Seq, StoreFailure> {
        Ok(Self::known_on(self, day)?)
    }
    fn commits(&self, before: Option<Seq>, limit: usize) -> Result<Vec<Commit>, StoreFailure> {
        Ok(Self::commits(self, before, limit)?)
    }
    fn commit(&self, seq: Seq) -> Result<Option<Commit>, StoreFailure> {
        Ok(Self::commit(self, seq)?)
    }
    fn rows_of(&self, seq: Seq, limit: usize) -> Result<Vec<(String, String, bool)>, StoreFailure> {
        Ok(Self::rows_of(self, seq, limit)?)
    }
    fn sealed(&self) -> bool {
        Self::sealed(self)
    }
    fn checkpoint(&self) -> Result<Option<String>, StoreFailure> {
        Ok(Self::checkpoint(self)?)
    }
    fn unpublished(&self) -> Result<bool, StoreFailure> {
        Ok(Self::unpublished(self)?)
    }
    fn log_keys(&self) -> Result<Vec<LogKey>, StoreFailure> {
        Ok(Self::log_keys(self)?)
    }
}

impl Declarations for Reader {
    fn places(&self) -> &PlaceTree {
        Self::places(self)
    }
    fn schemas(&self) -> Vec<Arc<Schema>> {
        Self::schemas(self)
    }
    fn schema(&self, register: &str) -> Option<Arc<Schema>> {
        Self::schema(self, register)
    }
    fn indicators(&self) -> Vec<Arc<Definition>> {
        Self::indicators(self)
    }
    fn indicator(&self, id: &str, version: Option<u32>, at: Seq) -> Option<Arc<Indicator>> {
        Self::indicator(self, id, version, at)
    }
    fn agencies(&self) -> &AgencyTree {
        Self::agencies(self)
    }
    fn agency_name(&self, agency: &str) -> Option<String> {
        Self::agency_name(self, agency)
    }
}

impl Records for Reader {
    fn list(&self, request: &ListRequest) -> Result<RecordPage, StoreFailure> {
        Ok(Self::list(self, request)?)
    }
    fn history(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreFailure> {
        Ok(Self::history(self, register, key)?)
    }
    fn spells(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreFailure> {
        Ok(Self::spells(self, register, key)?)
    }
    fn search(&self, text: &str, within: Option<PlaceId>, limit: usize) -> Result<Vec<Hit>, StoreFailure> {
        Ok(Self::search(self, text, within, limit)?)
    }
    fn find_personal(&self, asked: &PersonalSearch) -> Result<FoundPersonal, StoreFailure> {
        Ok(Self::find_personal(self, asked)?)
    }
    fn revealed(&self) -> Vec<(String, Vec<String>)> {
        Self::revealed(self)
    }
    fn accesses(&self, before: Option<u64>, limit: usize) -> Result<Vec<AccessLine>, StoreFailure> {
        Ok(Self::accesses(self, before, limit)?)
    }
}

impl Figures for Reader {
    fn figure(&self, request: &FigureRequest) -> Result<Figure, FigureError> {
        Self::figure(self, request)
    }
    fn figure_by(&self, request: &FigureRequest, by: &By) -> Result<Vec<Part>, FigureError> {
        Self::figure_by(self, request, by)
    }
    fn figure_by_agency(
        &self,
        request: &FigureRequest,
        cut: &AgencyCut,
    ) -> Result<Vec<AgencyRow>, FigureError> {
        Self::figure_by_agency(self, request, cut)
    }
    fn explained_behind(&self, request: &FigureRequest, limit: usize) -> Result<RecordPage, FigureError> {
        Self::explained_behind(self, request, limit)
    }
    fn records_behind(
        &self,
        request: &FigureRequest,
        side: Side,
        after: Option<&str>,
        limit: usize,
    ) -> Result<RecordPage, FigureError> {
        Self::records_behind(self, request, side, after, limit)
    }
    fn totals(
        &self,
        asked: &TotalsAsked,
        after: Option<&str>,
        limit: usize,
    ) -> Result<TotalsPage, FigureError> {
        Self::totals(self, asked, after, limit)
    }
    fn changes(&self, before: &FigureRequest, after: &FigureRequest) -> Result<Decomposition, FigureError> {
        Self::changes(self, before, after)
    }
}

impl Proofs for Reader {
    fn proof_of_record(&self, register: &str, key: &str) -> Result<ProofFile, StoreFailure> {
        Self::proof_of_record(self, register, key).map_err(|error| StoreFailure::Failed(error.to_string()))
    }
    fn proof_of_figure(&self, request: &FigureRequest) -> Result<ProofFile, FigureError> {
        Ok(Self::proof_of_figure(self, request)?)
    }
}

impl Evidence for Reader {
    fn evidence_of(&self, seq: Seq) -> Result<Option<EvidenceFile>, StoreFailure> {
        Ok(Self::evidence_of(self, seq)?)
    }
    fn evidence_bytes(&self, seq: Seq) -> Result<Option<Vec<u8>>, StoreFailure> {
        Ok(Self::evidence_bytes(self, seq)?)
    }
}

/// A writer behind a queue: requests that wait while a transaction is being made durable go into the next one
/// together.
#[derive(Debug)]
pub struct Queue {
    waiting: Mutex<Vec<Waiting>>,
    writer: Awaited<Writer>,
    /// Held by who takes an import to its end.
    importing: Mutex<()>,
    /// Held by who does what new declarations leave behind.
    settling: Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    request: CommitRequest,
    answer: std::sync::mpsc::SyncSender<Result<Receipt, CommitError>>,
}

/// Requests made durable by one transaction at most.
const GROUP_MAX: usize = 64;

impl Queue {
    /// Takes the writer.
    #[must_use]
    pub const fn new(writer: Writer) -> Self {
        Self {
            waiting: Mutex::new(Vec::new()),
            writer: Awaited::new(writer),
            importing: Mutex::new(()),
            settling: Mutex::new(()),
        }
    }

    /// Gives the writer back.
    #[must_use]
    pub fn into_writer(self) -> Writer {
        self.writer.into_inner()
    }

    /// Runs `work` with the writer, between groups.
    pub fn with<T>(&self, work: impl FnOnce(&mut Writer) -> T) -> T {
        self.writer.with(work)
    }
}

impl Sink for Queue {
    fn commit(&self, request: CommitRequest) -> Result<Receipt, CommitError> {
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Waiting { request, answer });
        // Whoever gets the writer first serves everybody who waits, and may find the own answer there
        // already.
        self.with(|writer| {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let count = waiting.len().min(GROUP_MAX);
            let group: Vec<Waiting> = waiting.drain(..count).collect();
            drop(waiting);
            let (requests, answers): (Vec<_>, Vec<_>) =
                group.into_iter().map(|one| (one.request, one.answer)).unzip();
            for (answer, receipt) in answers.into_iter().zip(writer.commit_group(&requests)) {
                // Nobody left to hear it: the commit stands all the same.
                let _ = answer.send(receipt);
            }
        });
        answered.recv().unwrap_or_else(|_| Err(CommitError::Store("người ghi đã dừng".to_owned())))
    }

    fn note(&self, access: &Access) -> Result<(), StoreFailure> {
        Ok(self.with(|writer| writer.note(access))?)
    }
}

impl Queue {
    /// As [`Importer::apply`], telling each slice.
    ///
    /// # Errors
    /// As [`Importer::apply`].
    pub fn apply_steps(
        &self,
        prepared: Prepared,
        good_rows_only: bool,
        tell: &mut dyn FnMut(ImportStep),
    ) -> Result<Option<Receipt>, CommitError> {
        // Not under the writer's lock: a large file takes a while.
        let prepared = crate::import::keep_source(prepared, good_rows_only).map_err(failed)?;
        match self.with(|writer| writer.import_begin(prepared, good_rows_only))? {
            Begun::Nothing => Ok(None),
            Begun::Done(receipt) => Ok(Some(receipt)),
            Begun::Running(receipt) => self.slices(tell).map(|()| Some(receipt)),
        }
    }

    /// Applies slice after slice. Whoever waits goes first, also before a slice is as long as it could be.
    fn slices(&self, tell: &mut dyn FnMut(ImportStep)) -> Result<(), CommitError> {
        let _alone = tend::hold(&self.importing);
        let mut journal = self.with(|writer| Journal::open(writer))?;
        let others_wait = || self.writer.is_awaited();
        let mut given = now();
        loop {
            let step = self
                .with(|writer| writer.import_step(&Turn::after(now().duration_since(given), &others_wait)))?;
            tell(step);
            if step == ImportStep::Done {
                // Not under the writer's lock: others go on while the file is removed.
                drop(self.with(|writer| writer.spent.take()));
                return Ok(());
            }
            let copied = journal.after_slice().map_err(failed)?;
            given = now();
            self.let_others_in();
            if copied {
                self.with(|_| journal.rest()).map_err(failed)?;
                self.let_others_in();
            }
        }
    }

    /// A lock goes to whoever asks first, which would be the import again: wait until the waiting were
    /// served.
    fn let_others_in(&self) {
        const TRIES: u32 = 100;
        const PAUSE: std::time::Duration = std::time::Duration::from_micros(200);
        for _ in 0..TRIES {
            if !self.writer.is_awaited() {
                return;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

impl Importer for Queue {
    fn prepare(
        &self,
        request: &ImportRequest,
        rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Prepared, CommitError> {
        let ground = self.with(|writer| writer.ground()).map_err(failed)?;
        let mut noise = |bytes: &mut [u8]| self.with(|writer| writer.world().fill(bytes));
        crate::import::prepare(&ground, request, rows, &mut noise, progress)
    }

    fn claim(&self, mut prepared: Prepared) -> Result<Prepared, CommitError> {
        let Some(staged) = prepared.staged.downcast_ref() else {
            return Err(CommitError::Store("tệp đã chuẩn bị thuộc kho khác".to_owned()));
        };
        let (ground, claim) =
            self.with(|writer| Ok((writer.ground().map_err(failed)?, writer.claim(staged)?)))?;
        let mut noise = |bytes: &mut [u8]| self.with(|writer| writer.world().fill(bytes));
        crate::import::claimed(&ground, &mut prepared, claim, &mut noise)?;
        Ok(prepared)
    }

    fn apply(
        &self,
        prepared: Prepared,
        good_rows_only: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Receipt>, CommitError> {
        self.apply_steps(prepared, good_rows_only, &mut |step| told(step, progress))
    }
}

fn failed(error: StoreError) -> CommitError {
    CommitError::Store(error.to_string())
}

fn told(step: ImportStep, progress: &mut dyn FnMut(u64, u64)) {
    if let ImportStep::More { done, total, .. } = step {
        progress(done, total);
    }
}
