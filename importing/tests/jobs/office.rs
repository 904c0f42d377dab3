//! An office with its own instance, whose importer and notes a test can hold up.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use mc_access::Actor;
use mc_base::{Instant, Seq};
use mc_importing::jobs::{Found, Jobs, Parts};
use mc_importing::{ImportError, Proposal, Received, Staging, look};
use mc_intake::Mapping;
use mc_port::{
    ApplyingImport, CommitError, ImportRequest, ImportRow, Importer, JobTable, Prepared, Receipt,
    RejectedRow, Snapshot, Source, StoreFailure, StoredJob,
};
use mc_sqlite::{Layout, Queue, Store};
use mc_testkit::instance::{found, verify};
use tempfile::TempDir;

/// Holds up whoever comes, while it is shut.
#[derive(Default)]
pub struct Door {
    /// Whether it is shut, and how many wait before it.
    state: Mutex<(bool, u32)>,
    moved: Condvar,
}

impl Door {
    pub fn shut(&self) {
        self.state.lock().expect("whole").0 = true;
    }

    pub fn open(&self) {
        self.state.lock().expect("whole").0 = false;
        self.moved.notify_all();
    }

    /// Waits until `count` wait before it.
    pub fn until_waiting(&self, count: u32) {
        let state = self.state.lock().expect("whole");
        drop(self.moved.wait_while(state, |(_, waiting)| *waiting < count).expect("whole"));
    }

    fn pass(&self) {
        let mut state = self.state.lock().expect("whole");
        state.1 += 1;
        self.moved.notify_all();
        let mut state = self.moved.wait_while(state, |(shut, _)| *shut).expect("whole");
        state.1 -= 1;
    }
}

/// The store's importer behind doors, and with a process that may end in the middle of writing.
pub struct Doored {
    queue: Arc<Queue>,
    /// Before a file is compared.
    pub compare: Door,
    /// Before it is written, under the claim.
    pub write: Door,
    /// Slices after which the process ends.
    pub ends_after: Mutex<Option<u32>>,
    /// Files that were compared.
    pub compared: AtomicU32,
    /// Once something is written, neither figures nor columns can be read or kept.
    pub fails_then: AtomicBool,
    failing: AtomicBool,
}

impl Doored {
    /// With every door open.
    fn before(queue: Arc<Queue>) -> Self {
        Self {
            queue,
            compare: Door::default(),
            write: Door::default(),
            ends_after: Mutex::new(None),
            compared: AtomicU32::new(0),
            fails_then: AtomicBool::new(false),
            failing: AtomicBool::new(false),
        }
    }

    fn sound(&self) -> Result<(), StoreFailure> {
        let failing = self.failing.load(Ordering::SeqCst);
        if failing { Err(StoreFailure::Failed("the disk is gone".to_owned())) } else { Ok(()) }
    }
}

/// The store as it is read, until it fails.
struct Read {
    store: Store,
    doored: Arc<Doored>,
}

impl Source for Read {
    fn snapshot(&self, viewer: &Actor) -> Result<Box<dyn Snapshot>, StoreFailure> {
        self.doored.sound()?;
        self.store.snapshot(viewer)
    }
}

impl Importer for Doored {
    fn prepare(
        &self,
        request: &ImportRequest,
        rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Prepared, CommitError> {
        self.compare.pass();
        self.compared.fetch_add(1, Ordering::SeqCst);
        self.queue.prepare(request, rows, progress)
    }

    fn claim(&self, prepared: Prepared) -> Result<Prepared, CommitError> {
        self.queue.claim(prepared)
    }

    fn apply(
        &self,
        prepared: Prepared,
        good_rows_only: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Receipt>, CommitError> {
        self.write.pass();
        let mut left = *self.ends_after.lock().expect("whole");
        let applied = self.queue.apply(prepared, good_rows_only, &mut |done, total| {
            progress(done, total);
            left = left.map(|left| left - 1);
            assert_ne!(left, Some(0), "the end of this process");
        });
        self.failing.store(self.fails_then.load(Ordering::SeqCst), Ordering::SeqCst);
        applied
    }
}

/// The store's notes behind a door, for whoever has just read one.
pub struct Notes {
    queue: Arc<Queue>,
    /// Behind it the next reader waits; those after it pass.
    read: Mutex<Option<Arc<Door>>>,
}

impl Notes {
    /// The next one who reads a note waits behind this door before it hears what was read.
    pub fn hold_next(&self) -> Arc<Door> {
        let door = Arc::new(Door::default());
        door.shut();
        *self.read.lock().expect("whole") = Some(door.clone());
        door
    }
}

impl JobTable for Notes {
    fn keep_job(&self, job: &StoredJob, forget_before: Instant) -> Result<(), StoreFailure> {
        self.queue.keep_job(job, forget_before)
    }

    fn job(&self, id: &str) -> Result<Option<StoredJob>, StoreFailure> {
        let read = self.queue.job(id);
        let door = self.read.lock().expect("whole").take();
        if let Some(door) = door {
            door.pass();
        }
        read
    }

    fn jobs_of(&self, owner: &str, register: &str, limit: usize) -> Result<Vec<StoredJob>, StoreFailure> {
        self.queue.jobs_of(owner, register, limit)
    }

    fn committed_under(&self, actor: &str, key: &str, after: Seq) -> Result<Option<Seq>, StoreFailure> {
        self.queue.committed_under(actor, key, after)
    }

    fn applying(&self) -> Result<Option<ApplyingImport>, StoreFailure> {
        self.queue.applying()
    }
}

pub struct Office {
    pub jobs: Jobs,
    pub doored: Arc<Doored>,
    pub notes: Arc<Notes>,
    pub queue: Arc<Queue>,
    pub dir: TempDir,
}

/// Milliseconds that have gone by since the beginning.
pub static LATER_MS: AtomicI64 = AtomicI64::new(0);

const BEGINNING: Instant = Instant(1_763_370_000_000);

fn now() -> Instant {
    BEGINNING
}

fn later() -> Instant {
    Instant(BEGINNING.0 + LATER_MS.load(Ordering::SeqCst))
}

fn jobs(layout: &Layout, (doored, table): (&Arc<Doored>, Arc<dyn JobTable>), now: fn() -> Instant) -> Jobs {
    let exe = std::env::current_exe().expect("own path");
    Jobs::new(Parts {
        source: Arc::new(Read { store: Store::open(layout).expect("a store"), doored: doored.clone() }),
        importer: doored.clone(),
        maps: doored.queue.clone(),
        table,
        staging: Staging::new(layout.staging(), exe),
        now,
    })
}

impl Office {
    pub fn new() -> Self {
        Self::at(now)
    }

    /// Whose clock goes by [`LATER_MS`].
    pub fn with_a_clock() -> Self {
        Self::at(later)
    }

    fn at(now: fn() -> Instant) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        let queue = Arc::new(Queue::new(found(&layout, 3)));
        let notes = Arc::new(Notes { queue: queue.clone(), read: Mutex::new(None) });
        let doored = Arc::new(Doored::before(queue.clone()));
        Self { jobs: jobs(&layout, (&doored, notes.clone()), now), doored, notes, queue, dir }
    }

    /// In which nothing is compared yet.
    pub fn shut() -> Self {
        let office = Self::new();
        office.doored.compare.shut();
        office
    }

    pub fn layout(&self) -> Layout {
        Layout::new(self.dir.path().join("data"))
    }

    /// As another process would find it, whom nothing holds up.
    pub fn restarted(&self) -> Jobs {
        let doored = Arc::new(Doored::before(self.queue.clone()));
        jobs(&self.layout(), (&doored, self.queue.clone()), now)
    }

    /// As another process would find it, with the same doors.
    pub fn restarted_behind_doors(self) -> Self {
        let jobs = jobs(&self.layout(), (&self.doored, self.notes.clone()), now);
        Self { jobs, ..self }
    }

    /// What lies in the staging directory, but for the uploads.
    pub fn staged(&self) -> usize {
        let names = std::fs::read_dir(self.layout().staging()).into_iter().flatten().flatten();
        names.filter(|entry| !entry.file_name().to_string_lossy().starts_with("upload-")).count()
    }

    /// Sends a file and begins to try it, under the name of 32 times `digit`.
    pub fn start(&self, actor: &Actor, digit: char, text: &str) -> Result<String, ImportError> {
        let id: String = std::iter::repeat_n(digit, 32).collect();
        let staging = &self.jobs.parts().staging;
        let staged =
            staging.keep(actor, &id, "o-dat.csv", text.as_bytes(), now(), &[]).expect("kept, or there");
        let mapping = self.mapping(&staged.file);
        self.jobs.start(actor, &id, &staged, mapping, None).map(|()| id)
    }

    pub fn mapping(&self, file: &Received) -> Mapping {
        self.proposal(file).mapping
    }

    pub fn proposal(&self, file: &Received) -> Proposal {
        let store = Store::open(&self.layout()).expect("a store");
        let reader = store.reader(&Actor::operator()).expect("a reader");
        look(&reader, self.queue.as_ref(), "plot", file, None).expect("a mapping")
    }

    /// Waits until nobody works on it any more.
    pub fn over(&self, actor: &Actor, id: &str) -> Found {
        self.until(actor, id, |found| found.seen.is_none())
    }

    pub fn until(&self, actor: &Actor, id: &str, enough: impl Fn(&Found) -> bool) -> Found {
        for _ in 0..1_500 {
            let found = self.jobs.find(actor, "plot", id).expect("an import");
            if enough(&found) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it never comes: {:?}", self.jobs.find(actor, "plot", id))
    }

    pub fn head(&self) -> u64 {
        let store = Store::open(&self.layout()).expect("a store");
        store.reader(&Actor::operator()).expect("a reader").head().seq.0
    }

    pub fn sound(&self) {
        let report = verify(&self.dir.path().join("data")).expect("it opens");
        assert_eq!((report.findings, report.notes), (Vec::new(), Vec::new()));
    }
}

pub fn plots(from: u32, count: u32) -> String {
    let mut text = "Số tờ,Số ô,Từ ngày,Địa bàn,Nhóm,Diện tích\n".to_owned();
    for number in from..from + count {
        writeln!(text, "1,{number},10/07/2025,Xã Bình An,Nhóm 1,\"77,7\"").expect("memory");
    }
    text
}

pub fn sender() -> Actor {
    Actor::operator()
}

pub fn somebody_else() -> Actor {
    Actor { id: "nguoi-khac".to_owned(), ..Actor::operator() }
}
