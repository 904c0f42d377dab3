//! The one writer: commits in groups, keeps everything derived up to date, seals.

mod derive;
mod mark;
mod publish;
mod transaction;

use std::sync::Arc;

use mc_base::PlaceId;
use mc_ledger::{InstanceId, NoteSigner};
use mc_port::{AgencyTree, CommitError, CommitRequest, Instance, PlaceTree, Receipt, Trees};
use mc_register::{Schema, system};
use rusqlite::Connection;

use crate::build;
use crate::catalog::{Catalog, install};
use crate::commit::{Context, Fault, Work, make};
use crate::ddl::Marked;
use crate::erase::Erasing;
use crate::erasures::Journal;
use crate::files::{WriterLock, private_dir, private_file, replace_file, signer};
use crate::import::{Applying, Leases, StageFile};
use crate::journal::{Copier, Tail};
use crate::layout::Layout;
use crate::log::Log;
use crate::sealed::Sealed;
use crate::world::World;
use crate::{StoreError, agencies, erasures, find, meta, open, places};

/// Holds the data directory for writing; a second one is refused.
pub struct Writer {
    /// Before `db`: it ends first, so that the last connection closed is the writer's.
    pub(crate) copier: Copier,
    tail: Tail,
    pub(crate) db: Connection,
    pub(crate) layout: Layout,
    pub(crate) world: Box<dyn World>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) places: Arc<PlaceTree>,
    pub(crate) agencies: Arc<AgencyTree>,
    pub(crate) log: Log,
    pub(crate) instance: Instance,
    pub(crate) signer: NoteSigner,
    /// The import whose rows are not all in their register yet.
    pub(crate) applying: Option<Applying>,
    /// Registers held for imports that are about to be applied.
    pub(crate) leases: Leases,
    /// The staging file of an import that is shown: it goes when this is dropped, which takes a while where
    /// it is large.
    pub(crate) spent: Option<StageFile>,
    /// Leaves of every slice but the first, where their length does not follow the time they take.
    pub(crate) fixed_slice: Option<u64>,
    /// Set while the instance is a restored copy that takes no commits and signs nothing.
    pub(crate) sealed: Option<Sealed>,
    /// Set while the one commit that begins an epoch is made.
    pub(crate) new_epoch: bool,
    /// Set while the commit is made that seals days of the access journal.
    pub(crate) sealing_access: bool,
    pub(crate) erasures: Journal,
    /// Why a file that no commit needs could not be removed at the start.
    unswept: Option<StoreError>,
    /// Versions of a register up to which a commit builds its new measures itself.
    pub(crate) at_once: u64,
    lock: WriterLock,
}

impl Writer {
    /// Makes a new instance in an empty directory: tables, key and the declarations of the system registers.
    /// The caller commits places, agencies and the programmes' declarations next.
    ///
    /// # Errors
    /// When an instance is there already, or the directory cannot be written.
    pub fn create(
        layout: &Layout,
        origin: &str,
        illustrative: bool,
        home: PlaceId,
        mut world: Box<dyn World>,
    ) -> Result<Self, StoreError> {
        if layout.exists() {
            return Err(StoreError::Missing(format!(
                "“{}” đã có dữ liệu; hãy chọn thư mục khác",
                layout.dir().display()
            )));
        }
        private_dir(layout.dir())?;
        private_dir(&layout.keys())?;
        let lock = WriterLock::take(layout)?;
        let (mut seed, mut id) = ([0; 32], [0; 16]);
        world.fill(&mut seed);
        world.fill(&mut id);
        private_file(&layout.signing_key(), mc_base::Hash32(seed).to_string().as_bytes())?;
        find::ensure_key(layout, world.as_mut())?;
        let db = open::writer(&layout.database())?;
        let instance =
            Instance { id: InstanceId(id).to_string(), origin: origin.to_owned(), illustrative, home };
        meta::create(&db, &instance)?;
        let schemas = system::schemas().map_err(|errors| crate::catalog::said(&errors))?;
        for schema in &schemas {
            install(&db, schema, &Marked::new(), 1)?;
        }
        Self::start(db, layout.clone(), world, lock)
    }

    /// Opens an instance for writing, and finishes the import, the redaction and the building of measures that an
    /// earlier process left in the middle.
    ///
    /// # Errors
    /// When there is none, another process writes to it, or it is damaged.
    pub fn open(layout: &Layout, world: Box<dyn World>) -> Result<Self, StoreError> {
        let mut writer = Self::open_at_once(layout, world)?;
        writer.finish_import()?;
        writer.settle(&mut |_| {}).map_err(|error| StoreError::Missing(error.to_string()))?;
        Ok(writer)
    }

    /// As [`Writer::open`], but leaves an import that an earlier process began in the middle where it is; its
    /// register takes no commits until [`crate::Queue::resume`] has finished it.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub fn open_at_once(layout: &Layout, mut world: Box<dyn World>) -> Result<Self, StoreError> {
        if !layout.exists() {
            return Err(StoreError::Missing(format!(
                "“{}” chưa có dữ liệu; hãy chạy `minhchung init` hoặc `minhchung generate` trước",
                layout.dir().display()
            )));
        }
        let lock = WriterLock::take(layout)?;
        find::ensure_key(layout, world.as_mut())?;
        Self::start(open::writer(&layout.database())?, layout.clone(), world, lock)
    }

    /// Closes everything but the lock: nobody else writes to the directory while what is returned lives, wherever the
    /// directory is moved.
    #[must_use]
    pub fn into_lock(self) -> WriterLock {
        self.lock
    }

    fn start(
        db: Connection,
        layout: Layout,
        world: Box<dyn World>,
        lock: WriterLock,
    ) -> Result<Self, StoreError> {
        let instance = meta::instance(&db)?;
        let catalog = Arc::new(Catalog::load(&db)?);
        let places = Arc::new(places::load(&db, &catalog)?);
        let agencies = Arc::new(agencies::load(&db, &catalog)?);
        find::follow_key(&db, &catalog)?;
        let id =
            InstanceId::from_hex(&instance.id).ok_or_else(|| StoreError::Corrupt("mã bản cài".to_owned()))?;
        let log = Log::open(&db, id, instance.illustrative)?;
        let signer = signer(&layout, &instance.origin)?;
        let sealed = Sealed::load(&db)?;
        let erasures = Journal::open(layout.erasures(), &instance.id, &db, &catalog)?;
        let mut writer = Self {
            copier: Copier::start(&layout.database())?,
            tail: Tail::default(),
            db,
            layout,
            world,
            catalog,
            places,
            agencies,
            log,
            instance,
            signer,
            applying: None,
            leases: Leases::default(),
            spent: None,
            fixed_slice: None,
            sealed,
            new_epoch: false,
            sealing_access: false,
            erasures,
            unswept: None,
            at_once: build::AT_ONCE,
            lock,
        };
        writer.recover()?;
        writer.take_up_import()?;
        Ok(writer)
    }

    pub(crate) const fn db(&self) -> &Connection {
        &self.db
    }

    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog)
    }

    /// What this instance is.
    #[must_use]
    pub const fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Places and agencies as of the last entry.
    pub(crate) fn trees(&self) -> Trees<'_> {
        Trees { places: &self.places, agencies: &self.agencies, day: self.log.day() }
    }

    /// The places as of now.
    #[must_use]
    pub fn places(&self) -> &PlaceTree {
        &self.places
    }

    /// The current schema of a register.
    #[must_use]
    pub fn schema(&self, register: &str) -> Option<Arc<Schema>> {
        self.catalog.register(register).map(|info| Arc::clone(&info.schema))
    }

    /// Where time and chance come from, so that a told story can move its day.
    pub fn world(&mut self) -> &mut dyn World {
        self.world.as_mut()
    }

    /// Signs everything recorded, keeps the checkpoint and publishes it; returns the signed note.
    ///
    /// # Errors
    /// When nothing is recorded yet, an import is being applied, or the note cannot be written.
    pub fn seal(&mut self) -> Result<String, StoreError> {
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        if self.log.size() == 0 {
            return Err(StoreError::Missing("chưa có lần ghi nào để niêm phong".to_owned()));
        }
        if let Some(applying) = &self.applying {
            return Err(StoreError::Missing(applying.busy().to_string()));
        }
        if self.sealed.is_some() {
            return Err(StoreError::Missing(CommitError::Sealed.to_string()));
        }
        let note = self.log.seal(&self.db, &self.instance.origin, &self.signer)?;
        replace_file(&self.layout.checkpoint(), note.as_bytes())?;
        Ok(note)
    }

    /// Why a file of evidence that no commit needs could not be removed when the instance was opened: for the
    /// operator; see also [`crate::Reader::unswept`].
    #[must_use]
    pub const fn unswept(&self) -> Option<&StoreError> {
        self.unswept.as_ref()
    }

    /// Replaces where time and chance come from.
    pub fn set_world(&mut self, world: Box<dyn World>) {
        self.world = world;
    }

    /// Makes one durable commit.
    ///
    /// # Errors
    /// Why it is refused; then nothing was written.
    pub fn commit(&mut self, request: &CommitRequest) -> Result<Receipt, CommitError> {
        self.commit_group(std::slice::from_ref(request)).pop().unwrap_or(Err(CommitError::Unchanged))
    }

    /// Makes several commits durable together: one transaction, each commit in its own savepoint, one
    /// checkpoint. The answers come in the order of the requests.
    pub fn commit_group(&mut self, requests: &[CommitRequest]) -> Vec<Result<Receipt, CommitError>> {
        let nothing = Erasing::default();
        let works: Vec<Work<'_>> =
            requests.iter().map(|request| Work { request, erasing: &nothing }).collect();
        self.commit_works(&works)
    }

    pub(crate) fn commit_works(&mut self, works: &[Work<'_>]) -> Vec<Result<Receipt, CommitError>> {
        if self.sealed.is_some() {
            return works.iter().map(|_| Err(CommitError::Sealed)).collect();
        }
        self.commit_all(works)
    }

    pub(crate) fn commit_all(&mut self, works: &[Work<'_>]) -> Vec<Result<Receipt, CommitError>> {
        match self.group(works) {
            Ok(answers) => answers,
            Err(error) => {
                let _ = self.db.execute_batch("ROLLBACK");
                // What this process holds in memory may be ahead of the file: read it again.
                let reread = self.reload();
                let text = reread.err().unwrap_or(error).to_string();
                works.iter().map(|_| Err(CommitError::Store(text.clone()))).collect()
            }
        }
    }

    fn group(&mut self, works: &[Work<'_>]) -> Result<Vec<Result<Receipt, CommitError>>, StoreError> {
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        if self.applying.is_none() {
            self.tail.cut(&self.db);
        }
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let mut answers = Vec::with_capacity(works.len());
        let mut made_any = false;
        for work in works {
            let answer = self.one(work)?;
            made_any |= matches!(&answer, Ok(receipt) if !receipt.repeated);
            answers.push(answer);
        }
        if !made_any {
            self.db.execute_batch("ROLLBACK")?;
            return Ok(answers);
        }
        let note = self.sign()?;
        self.db.execute_batch("COMMIT")?;
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        // An import that is being applied copies the journal between its slices.
        if self.applying.is_none() {
            self.copier.written();
        }
        if let Some(note) = note {
            self.publish(&note);
        }
        if works.iter().any(declares) {
            // A mark that cannot be told now is told with the next erasure or start.
            let _ = self.tell_erasures();
        }
        Ok(answers)
    }

    fn one(&mut self, work: &Work<'_>) -> Result<Result<Receipt, CommitError>, StoreError> {
        if let Some(applying) = &self.applying
            && let Err(busy) = applying.admit(work.request, work.erasing)
        {
            return Ok(Err(busy));
        }
        if let Some(busy) = self.leases.refuses(&self.catalog, work) {
            return Ok(Err(busy));
        }
        if let Some(refused) = self
            .epoch_refused(work.request)
            .or_else(|| self.access_refused(work.request))
            .or_else(|| erasures::refused(work))
        {
            return Ok(Err(refused));
        }
        self.db.execute_batch("SAVEPOINT one")?;
        let before = (self.log.clone(), Arc::clone(&self.catalog), Arc::clone(&self.places));
        let agencies = Arc::clone(&self.agencies);
        let catalog = Arc::clone(&self.catalog);
        let mut context = Context {
            db: &self.db,
            catalog: &catalog,
            places: &before.2,
            agencies: &agencies,
            log: &mut self.log,
            world: self.world.as_mut(),
        };
        let made = make(&mut context, work);
        let refused = match made {
            Ok(made) => match self.derive(&made).and_then(|()| self.epoch_made(&made)) {
                Ok(()) => {
                    self.db.execute_batch("RELEASE one")?;
                    return Ok(Ok(made.receipt));
                }
                Err(error) => Err(CommitError::Store(error.to_string())),
            },
            Err(Fault::Repeated(receipt)) => Ok(receipt),
            Err(Fault::Refused(error)) => Err(error),
        };
        self.db.execute_batch("ROLLBACK TO one; RELEASE one")?;
        (self.log, self.catalog, self.places) = before;
        self.agencies = agencies;
        Ok(refused)
    }

    pub(crate) fn reload(&mut self) -> Result<(), StoreError> {
        self.catalog = Arc::new(Catalog::load(&self.db)?);
        self.places = Arc::new(places::load(&self.db, &self.catalog)?);
        self.agencies = Arc::new(agencies::load(&self.db, &self.catalog)?);
        self.log = Log::open(&self.db, self.log.instance(), self.log.illustrative())?;
        Ok(())
    }
}

/// Whether a commit may mark fields personal.
fn declares(work: &Work<'_>) -> bool {
    work.request.edits.iter().any(|edit| edit.register == system::SCHEMA)
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer({})", self.instance.id)
    }
}
