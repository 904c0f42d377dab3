//! The one writer: commits in groups, keeps everything derived up to date, seals.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use mc_base::PlaceId;
use mc_ledger::{Checkpoint, InstanceId, NoteSigner, Value};
use mc_port::{CommitError, CommitRequest, Instance, PlaceTree, Receipt};
use mc_register::{Schema, compare, system};
use rusqlite::{Connection, OptionalExtension, params};

use crate::catalog::{Catalog, install};
use crate::commit::{Context, Fault, Made, Work, make, unknown_place};
use crate::erase::Erasing;
use crate::import::Applying;
use crate::layout::Layout;
use crate::log::Log;
use crate::world::World;
use crate::{StoreError, cells, meta, open, places, search};

/// Holds the data directory for writing; a second one is refused.
pub struct Writer {
    pub(crate) db: Connection,
    pub(crate) layout: Layout,
    pub(crate) world: Box<dyn World>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) places: Arc<PlaceTree>,
    pub(crate) log: Log,
    pub(crate) instance: Instance,
    pub(crate) signer: NoteSigner,
    /// The import whose rows are not all in their register yet.
    pub(crate) applying: Option<Applying>,
    _lock: File,
}

impl Writer {
    /// Makes a new instance in an empty directory: tables, key and the declarations of the system registers. The
    /// caller commits places, agencies and the programmes' declarations next.
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
        let lock = lock(layout)?;
        let (mut seed, mut id) = ([0; 32], [0; 16]);
        world.fill(&mut seed);
        world.fill(&mut id);
        private_file(&layout.signing_key(), mc_base::Hash32(seed).to_string().as_bytes())?;
        let db = open::writer(&layout.database())?;
        let instance =
            Instance { id: InstanceId(id).to_string(), origin: origin.to_owned(), illustrative, home };
        meta::create(&db, &instance)?;
        let schemas = system::schemas().map_err(|errors| crate::catalog::said(&errors))?;
        for schema in &schemas {
            install(&db, schema, 1)?;
        }
        Self::start(db, layout.clone(), world, lock)
    }

    /// Opens an instance for writing, and finishes the import that an earlier process left in the middle.
    ///
    /// # Errors
    /// When there is none, another process writes to it, or it is damaged.
    pub fn open(layout: &Layout, world: Box<dyn World>) -> Result<Self, StoreError> {
        let mut writer = Self::open_at_once(layout, world)?;
        writer.finish_import()?;
        Ok(writer)
    }

    /// As [`Writer::open`], but leaves an import that an earlier process began in the middle where it is; its
    /// register takes no commits until [`crate::Queue::resume`] has finished it.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub fn open_at_once(layout: &Layout, world: Box<dyn World>) -> Result<Self, StoreError> {
        if !layout.exists() {
            return Err(StoreError::Missing(format!(
                "“{}” chưa có dữ liệu; hãy chạy `minhchung init` hoặc `minhchung generate` trước",
                layout.dir().display()
            )));
        }
        let lock = lock(layout)?;
        Self::start(open::writer(&layout.database())?, layout.clone(), world, lock)
    }

    fn start(db: Connection, layout: Layout, world: Box<dyn World>, lock: File) -> Result<Self, StoreError> {
        cells::prepare(&db)?;
        let instance = meta::instance(&db)?;
        let catalog = Arc::new(Catalog::load(&db)?);
        let places = Arc::new(places::load(&db, &catalog)?);
        let id =
            InstanceId::from_hex(&instance.id).ok_or_else(|| StoreError::Corrupt("mã bản cài".to_owned()))?;
        let log = Log::open(&db, id, instance.illustrative)?;
        let signer = signer(&layout, &instance.origin)?;
        let applying = None;
        let mut writer =
            Self { db, layout, world, catalog, places, log, instance, signer, applying, _lock: lock };
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

    /// Fixes where a generated instance's story stands: later commits go on from `story` as the clock moves on
    /// from `clock`.
    ///
    /// # Errors
    /// On a real instance: it has no simulated clock.
    pub fn mark_story(&mut self, story: mc_base::Instant, clock: mc_base::Instant) -> Result<(), StoreError> {
        if !self.instance.illustrative {
            return Err(StoreError::Missing("bản cài thật không có đồng hồ minh họa".to_owned()));
        }
        meta::set(&self.db, meta::STORY_AT, &format!("{} {}", story.0, clock.0))
    }

    /// Signs everything recorded, keeps the checkpoint and publishes it; returns the signed note.
    ///
    /// # Errors
    /// When nothing is recorded yet, an import is being applied, or the note cannot be written.
    pub fn seal(&mut self) -> Result<String, StoreError> {
        if self.log.size() == 0 {
            return Err(StoreError::Missing("chưa có lần ghi nào để niêm phong".to_owned()));
        }
        if let Some(applying) = &self.applying {
            return Err(StoreError::Missing(applying.busy().to_string()));
        }
        let note = self.log.seal(&self.db, &self.instance.origin, &self.signer)?;
        replace_file(&self.layout.checkpoint(), note.as_bytes())?;
        Ok(note)
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

    /// Makes several commits durable together: one transaction, each commit in its own savepoint, one checkpoint.
    /// The answers come in the order of the requests.
    pub fn commit_group(&mut self, requests: &[CommitRequest]) -> Vec<Result<Receipt, CommitError>> {
        let nothing = Erasing::default();
        let works: Vec<Work<'_>> =
            requests.iter().map(|request| Work { request, erasing: &nothing }).collect();
        self.commit_works(&works)
    }

    /// Makes a commit that also erases.
    pub(crate) fn commit_erasing(
        &mut self,
        request: &CommitRequest,
        erasing: &Erasing,
    ) -> Result<Receipt, CommitError> {
        self.commit_works(&[Work { request, erasing }]).pop().unwrap_or(Err(CommitError::Unchanged))
    }

    fn commit_works(&mut self, works: &[Work<'_>]) -> Vec<Result<Receipt, CommitError>> {
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
        // While an import is being applied no checkpoint may cover it: its last slice seals everything.
        let note = match self.applying {
            None => Some(self.log.seal(&self.db, &self.instance.origin, &self.signer)?),
            Some(_) => None,
        };
        self.db.execute_batch("COMMIT")?;
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        if let Some(note) = note {
            replace_file(&self.layout.checkpoint(), note.as_bytes())?;
        }
        Ok(answers)
    }

    fn one(&mut self, work: &Work<'_>) -> Result<Result<Receipt, CommitError>, StoreError> {
        if let Some(applying) = &self.applying
            && let Err(busy) = applying.admit(work.request, work.erasing)
        {
            return Ok(Err(busy));
        }
        self.db.execute_batch("SAVEPOINT one")?;
        let before = (self.log.clone(), Arc::clone(&self.catalog), Arc::clone(&self.places));
        let catalog = Arc::clone(&self.catalog);
        let mut context = Context {
            db: &self.db,
            catalog: &catalog,
            places: &before.2,
            log: &mut self.log,
            world: self.world.as_mut(),
        };
        let made = make(&mut context, work);
        let refused = match made {
            Ok(made) => match self.derive(&made) {
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
        Ok(refused)
    }

    /// Brings everything derived up to the commit just made.
    fn derive(&mut self, made: &Made) -> Result<(), StoreError> {
        let seq = made.receipt.seq.0;
        let unknown = unknown_place(self.instance.home);
        for (register, opened) in &made.touched {
            let Some(info) = self.catalog.register(register) else { continue };
            for measure in self.catalog.measures_of(info.no) {
                measure.sql.apply(&self.db, seq, *opened, unknown)?;
            }
        }
        for (register, keys) in &made.keys {
            if let Some(info) = self.catalog.register(register) {
                search::update(&self.db, &self.catalog, info, keys)?;
            }
        }
        let touched = |register: &str| made.touched.contains_key(register);
        let declared = touched(system::SCHEMA) || touched(system::INDICATOR);
        if touched(system::SCHEMA) {
            self.install_schemas(made)?;
        }
        if declared {
            self.catalog = Arc::new(Catalog::load(&self.db)?);
            meta::set(&self.db, meta::DECLARED_AT, &seq.to_string())?;
        }
        let mut rebuild = false;
        if places::REGISTERS.iter().any(|register| touched(register)) {
            self.places = Arc::new(places::load(&self.db, &self.catalog)?);
            rebuild = places::extend(&self.db, &self.places)?;
            meta::set(&self.db, meta::PLACED_AT, &seq.to_string())?;
        }
        self.build_measures(seq, rebuild)
    }

    /// Builds measures that have no cells yet; after a merger of places, all of them.
    fn build_measures(&self, seq: u64, all: bool) -> Result<(), StoreError> {
        let unknown = unknown_place(self.instance.home);
        for measure in self.catalog.measures() {
            let built: Option<u64> =
                self.db.query_row("SELECT built_at FROM measure WHERE no = ?1", [measure.sql.no], |row| {
                    row.get(0)
                })?;
            if built.is_none() || all {
                measure.sql.build(&self.db, seq, unknown)?;
            }
        }
        Ok(())
    }

    /// Takes in the schemas that the commit declared, each an allowed step from the one before.
    fn install_schemas(&self, made: &Made) -> Result<(), StoreError> {
        let Some(info) = self.catalog.register(system::SCHEMA) else { return Ok(()) };
        let (from, to) = made.touched.get(system::SCHEMA).copied().unwrap_or((1, 0));
        let sql = format!("SELECT {} FROM r_schema WHERE vid BETWEEN ?1 AND ?2 ORDER BY vid", info.columns);
        let rows =
            crate::rows::collect(self.db.prepare(&sql)?.query(params![from, to])?, info, &self.catalog)?;
        for version in rows {
            let Some(Value::Text(text)) = version.record.get_id(&info.schema, "declaration") else {
                return Err(StoreError::Corrupt(format!("khai báo {} không có nội dung", version.key)));
            };
            let schema = Schema::from_canonical(text).map_err(|errors| crate::catalog::said(&errors))?;
            if let Some(known) = self.catalog.register(&schema.id) {
                let evolution = compare(&known.schema, &schema);
                if !evolution.refused.is_empty() {
                    return Err(crate::catalog::said(&evolution.refused));
                }
                Self::refuse_marking_personal(&known.schema, &schema)?;
            }
            install(&self.db, &schema, made.receipt.seq.0)?;
        }
        Ok(())
    }

    /// Finishes what a process that ended in between left undone: the journal of an erasure, the published
    /// checkpoint.
    fn recover(&mut self) -> Result<(), StoreError> {
        self.scrub()?;
        let newest: Option<String> = self
            .db
            .prepare_cached("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let Some(note) = newest else { return Ok(()) };
        match fs::read_to_string(self.layout.checkpoint()) {
            Ok(published) if published == note => Ok(()),
            Ok(published) => self.republish(&published, &note),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                replace_file(&self.layout.checkpoint(), note.as_bytes())
            }
            Err(error) => Err(file("đọc mốc niêm phong", error)),
        }
    }

    /// Publishes the newest checkpoint in place of an older one of ours. One that knows more entries than there are
    /// is evidence of a ledger put back to an earlier state: then nothing may be signed.
    fn republish(&self, published: &str, newest: &str) -> Result<(), StoreError> {
        if let Ok(checkpoint) = Checkpoint::verify(published, self.signer.verifier())
            && checkpoint.size > self.log.size()
        {
            return Err(StoreError::Corrupt(format!(
                "mốc niêm phong đã công bố ghi {} lần ghi, sổ cái chỉ còn {}; không được ký tiếp",
                checkpoint.size,
                self.log.size()
            )));
        }
        let ours: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM checkpoint WHERE note = ?1)",
            [published],
            |row| row.get(0),
        )?;
        // Anything else is left for `verify` to name.
        if ours { replace_file(&self.layout.checkpoint(), newest.as_bytes()) } else { Ok(()) }
    }

    /// Marking a field personal must move the values that are there into the erasable table. That is not built yet:
    /// it is refused rather than leaving values in clear.
    fn refuse_marking_personal(known: &Schema, new: &Schema) -> Result<(), StoreError> {
        let marked = |field: &&mc_register::Field| {
            field.personal && known.field_no(field.no).is_some_and(|before| !before.personal)
        };
        match new.field.iter().find(marked) {
            Some(field) => Err(StoreError::Missing(format!(
                "sổ “{}” đã lập: chưa đánh dấu dữ liệu cá nhân được cho trường “{}”",
                new.title.vi, field.title.vi
            ))),
            None => Ok(()),
        }
    }

    pub(crate) fn reload(&mut self) -> Result<(), StoreError> {
        self.catalog = Arc::new(Catalog::load(&self.db)?);
        self.places = Arc::new(places::load(&self.db, &self.catalog)?);
        self.log = Log::open(&self.db, self.log.instance(), self.log.illustrative())?;
        Ok(())
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer({})", self.instance.id)
    }
}

/// The signing key of an instance.
pub(crate) fn signer(layout: &Layout, origin: &str) -> Result<NoteSigner, StoreError> {
    let path = layout.signing_key();
    let text = fs::read_to_string(&path).map_err(|error| file("đọc khóa niêm phong", error))?;
    let seed = mc_base::Hash32::from_hex(text.trim()).ok_or_else(|| {
        StoreError::Corrupt("khóa niêm phong không phải 64 chữ số thập lục phân".to_owned())
    })?;
    NoteSigner::from_seed(origin, &seed.0).map_err(StoreError::corrupt)
}

fn file(what: &str, error: std::io::Error) -> StoreError {
    StoreError::File { what: what.to_owned(), error }
}

fn lock(layout: &Layout) -> Result<File, StoreError> {
    let held = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(layout.lock())
        .map_err(|error| file("mở khóa ghi", error))?;
    match held.try_lock() {
        Ok(()) => Ok(held),
        Err(TryLockError::WouldBlock) => Err(StoreError::Missing(format!(
            "một tiến trình khác đang ghi vào “{}”; hãy dùng máy chủ đang chạy hoặc dừng nó trước",
            layout.dir().display()
        ))),
        Err(TryLockError::Error(error)) => Err(file("giữ khóa ghi", error)),
    }
}

/// Creates a directory that only its owner may enter.
fn private_dir(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| file(&format!("tạo thư mục “{}”", path.display()), error))
}

fn private_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let written = File::options().create_new(true).write(true).mode(0o600).open(path).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()
    });
    written.map_err(|error| file(&format!("ghi “{}”", path.display()), error))
}

/// Replaces a small file as a whole: readers see the old one or the new one.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let written = File::create(&fresh)
        .and_then(|mut out| {
            out.write_all(bytes)?;
            out.sync_all()
        })
        .and_then(|()| fs::rename(&fresh, path));
    written.map_err(|error| file(&format!("ghi “{}”", path.display()), error))
}
