//! The small world on SQLite, in a directory that goes with it.

use std::path::Path;

use mc_access::Actor;
use mc_base::Instant;
use mc_port::{AccountTable, CommitError, CommitRequest, Receipt, Report, SavedChecks, Snapshot};
use mc_sqlite::{ErasureRequest, Layout, Queue, Reader, Store, StoryWorld, Writer};
use mc_stories::{Erasure, Stage, small};
use tempfile::TempDir;

/// A founded small world.
pub struct SmallInstance {
    dir: TempDir,
    writer: Option<Writer>,
    store: Store,
    now: Instant,
    seed: u64,
}

/// The origin of its checkpoints.
pub const ORIGIN: &str = "minh-hoa/thu-nghiem";

impl SmallInstance {
    /// Founds one; `seed` is where its chance comes from.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let layout = Layout::new(dir.path().join("data"));
        let writer = found(&layout, seed);
        let store = Store::open(&layout).expect("the store opens");
        Self { dir, writer: Some(writer), store, now: small::dawn(), seed }
    }

    /// The data directory.
    #[must_use]
    pub fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("data")
    }

    /// The writer.
    pub fn writer(&mut self) -> &mut Writer {
        self.writer.as_mut().expect("the writer is open")
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// A reader as of now.
    #[must_use]
    pub fn reader(&self, viewer: &Actor) -> Reader {
        self.store.reader(viewer).expect("the store can be read")
    }

    /// Closes everything and gives the directory back, for whoever wants to look at the files.
    #[must_use]
    pub fn close(mut self) -> TempDir {
        self.writer = None;
        self.dir
    }
}

/// Founds a small world in a directory.
#[must_use]
pub fn found(layout: &Layout, seed: u64) -> Writer {
    let world = Box::new(StoryWorld::new(small::dawn(), seed));
    let mut writer = Writer::create(layout, ORIGIN, true, small::PROVINCE, world).expect("a new instance");
    for answer in writer.commit_group(&small::founding()) {
        answer.unwrap_or_else(|error| panic!("the founding is refused: {error}"));
    }
    writer
}

/// Re-reads what lies in a data directory; an instance that does not even open is told as an error.
///
/// # Errors
/// The sentence with which the store refuses to open.
pub fn verify(dir: &Path) -> Result<Report, String> {
    let store = Store::open(&Layout::new(dir)).map_err(|error| error.to_string())?;
    let reader = store.reader(&Actor::operator()).map_err(|error| error.to_string())?;
    reader.verify(&mut |_, _| {}).map_err(|error| error.to_string())
}

impl Stage for SmallInstance {
    fn commit(&mut self, request: &CommitRequest) -> Result<Receipt, CommitError> {
        self.writer().commit(request)
    }

    fn commit_group(&mut self, requests: &[CommitRequest]) -> Vec<Result<Receipt, CommitError>> {
        self.writer().commit_group(requests)
    }

    fn erase(&mut self, erasure: &Erasure) -> Result<Receipt, CommitError> {
        let Erasure { actor, register, key, fields, ground, reason, texts } = erasure.clone();
        self.writer().erase(&ErasureRequest { actor, register, key, fields, ground, reason, texts })
    }

    fn set_clock(&mut self, now: Instant) {
        self.now = now;
        self.seed += 1;
        let world = StoryWorld::new(now, self.seed);
        self.writer().set_world(Box::new(world));
    }

    fn reopen(&mut self) {
        self.writer = None;
        self.seed += 1;
        let layout = Layout::new(self.path());
        let world = Box::new(StoryWorld::new(self.now, self.seed));
        self.writer = Some(Writer::open(&layout, world).expect("the instance opens again"));
        self.store = Store::open(&layout).expect("the store opens again");
    }

    fn read(&self, viewer: &Actor) -> Box<dyn Snapshot> {
        Box::new(self.reader(viewer))
    }

    fn verify(&self) -> Report {
        self.reader(&Actor::operator()).verify(&mut |_, _| {}).expect("everything can be read")
    }

    fn accounts(&mut self, tell: &mut dyn FnMut(&dyn AccountTable)) {
        let queue = Queue::new(self.writer.take().expect("the writer is open"));
        tell(&queue);
        self.writer = Some(queue.into_writer());
    }

    fn saved(&mut self, tell: &mut dyn FnMut(&dyn SavedChecks)) {
        let queue = Queue::new(self.writer.take().expect("the writer is open"));
        tell(&queue);
        self.writer = Some(queue.into_writer());
    }

    fn files_holding(&self, bytes: &[u8]) -> Vec<String> {
        crate::files::holding(&self.path(), bytes)
    }
}

impl std::fmt::Debug for SmallInstance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SmallInstance({})", self.path().display())
    }
}
