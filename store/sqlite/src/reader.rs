//! Reading at one snapshot of the database.

mod commits;
mod hold;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Tick};

use mc_access::Actor;
use mc_base::{Day, Instant, Seq};
use mc_figure::{Definition, Indicator};
use mc_port::{AgencyTree, Instance, PlaceTree, Position, Trees};
use mc_register::Schema;
use rusqlite::{Connection, OptionalExtension};

use crate::catalog::Catalog;
use crate::import::Job;
use crate::layout::Layout;
use crate::scan::{self, Scanned};
use crate::world::{SystemWorld, World as _};
use crate::{StoreError, agencies, deadline, log, meta, open, places};

/// Idle connections kept for later readers.
const IDLE_MAX: usize = 8;

/// What all readers of an instance share. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
    pub(crate) snapshot_max: Duration,
    scan_max: Duration,
}

struct Shared {
    layout: Layout,
    instance: Instance,
    idle: Mutex<Vec<Connection>>,
    known: Mutex<Known>,
}

/// Declarations, places and agencies with the positions of the commits that last changed them.
#[derive(Clone, Default)]
struct Known {
    declared_at: String,
    placed_at: String,
    agencies_at: String,
    catalog: Arc<Catalog>,
    places: Arc<PlaceTree>,
    agencies: Arc<AgencyTree>,
    scanned: Arc<Scanned>,
}

/// One consistent view of everything up to a position.
pub struct Reader {
    db: Option<Connection>,
    shared: Arc<Shared>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) places: Arc<PlaceTree>,
    pub(crate) agencies: Arc<AgencyTree>,
    /// Scans of these declarations and places.
    pub(crate) scanned: Arc<Scanned>,
    head: Position,
    viewer: Actor,
    today: Day,
    importing: Option<Job>,
    /// Not given back for pages to use.
    apart: bool,
    taken: Cell<Tick>,
    held: Cell<bool>,
    /// How long the snapshot may be read; long work of the command line has no limit.
    limit: Option<Duration>,
    scan_max: Duration,
    /// Records whose personal values were given, by register.
    revealed: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

impl Store {
    /// Opens an instance for reading.
    ///
    /// # Errors
    /// When there is none or it is damaged.
    pub fn open(layout: &Layout) -> Result<Self, StoreError> {
        if !layout.exists() {
            return Err(StoreError::Missing(format!(
                "“{}” chưa có dữ liệu; hãy chạy `minhchung init` hoặc `minhchung generate` trước",
                layout.dir().display()
            )));
        }
        let db = open::reader(&layout.database())?;
        let instance = meta::instance(&db)?;
        let shared = Shared {
            layout: layout.clone(),
            instance,
            idle: Mutex::new(vec![db]),
            known: Mutex::new(Known::default()),
        };
        Ok(Self { shared: Arc::new(shared), snapshot_max: mc_port::SNAPSHOT_MAX, scan_max: scan::TIME_MAX })
    }

    /// The same with another limit on the snapshots that it gives as a [`mc_port::Source`].
    #[must_use]
    pub fn with_snapshot_max(self, snapshot_max: Duration) -> Self {
        Self { snapshot_max, ..self }
    }

    /// The same with another limit on what a scan may take.
    #[must_use]
    pub fn with_scan_max(self, scan_max: Duration) -> Self {
        Self { scan_max, ..self }
    }

    /// Where the instance lies.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.shared.layout
    }

    /// What the instance is.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.shared.instance
    }

    /// A snapshot as of now, as `viewer` may see it, for as long as it takes: long work (`verify`, proof files,
    /// a backup) takes this one and renews it between its pieces where it can. Pages get theirs of
    /// [`mc_port::Source`], with a limit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reader(&self, viewer: &Actor) -> Result<Reader, StoreError> {
        let idle = lock(&self.shared.idle).pop();
        let db = match idle {
            Some(db) => db,
            None => open::reader(&self.shared.layout.database())?,
        };
        db.execute_batch("BEGIN")?;
        let head = head(&db)?;
        let known = self.known(&db)?;
        let importing = Job::load(&db)?;
        let today = match story(&db)? {
            Some((story, _)) => story.day(),
            None => SystemWorld.now().day(),
        };
        Ok(Reader {
            db: Some(db),
            shared: Arc::clone(&self.shared),
            catalog: known.catalog,
            places: known.places,
            agencies: known.agencies,
            scanned: known.scanned,
            head,
            viewer: viewer.clone(),
            today,
            importing,
            apart: false,
            taken: Cell::new(deadline::now()),
            held: Cell::new(true),
            limit: None,
            scan_max: self.scan_max,
            revealed: RefCell::default(),
        })
    }

    fn known(&self, db: &Connection) -> Result<Known, StoreError> {
        let declared_at = meta::get(db, meta::DECLARED_AT)?.unwrap_or_default();
        let placed_at = meta::get(db, meta::PLACED_AT)?.unwrap_or_default();
        let agencies_at = meta::get(db, meta::AGENCIES_AT)?.unwrap_or_default();
        let mut known = lock(&self.shared.known).clone();
        let fresh = known.declared_at == declared_at && !declared_at.is_empty();
        if !fresh {
            known.catalog = Arc::new(Catalog::load(db)?);
        }
        if !fresh || known.placed_at != placed_at {
            known.places = Arc::new(places::load(db, &known.catalog)?);
            known.scanned = Arc::default();
        }
        if !fresh || known.agencies_at != agencies_at {
            known.agencies = Arc::new(agencies::load(db, &known.catalog)?);
        }
        (known.declared_at, known.placed_at, known.agencies_at) = (declared_at, placed_at, agencies_at);
        *lock(&self.shared.known) = known.clone();
        Ok(known)
    }
}

/// A poisoned lock guards plain data that is always whole: reading goes on.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn head(db: &Connection) -> Result<Position, StoreError> {
    let found = db
        .prepare_cached("SELECT seq, recorded_at FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Position { seq: Seq(row.get(0)?), recorded_at: Instant(row.get(1)?) }))
        .optional()?;
    Ok(found.unwrap_or(Position { seq: Seq(0), recorded_at: Instant(0) }))
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.shared.instance.id)
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader({})", self.head.seq)
    }
}

impl Reader {
    /// The import that is being applied, if there is one.
    pub(crate) const fn importing(&self) -> Option<&Job> {
        self.importing.as_ref()
    }

    pub(crate) const fn viewer(&self) -> &Actor {
        &self.viewer
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.shared.layout
    }

    /// Remembers that personal values of a record were given.
    pub(crate) fn reveal(&self, register: &str, key: &str) {
        let mut revealed = self.revealed.borrow_mut();
        revealed.entry(register.to_owned()).or_default().insert(key.to_owned());
    }

    /// What of personal values was given so far: registers with the keys of their records.
    #[must_use]
    pub fn revealed(&self) -> Vec<(String, Vec<String>)> {
        let of = |(register, keys): (&String, &BTreeSet<String>)| {
            (register.clone(), keys.iter().cloned().collect())
        };
        self.revealed.borrow().iter().map(of).collect()
    }

    /// What the instance is.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.shared.instance
    }

    /// The latest position of the snapshot.
    #[must_use]
    pub const fn head(&self) -> Position {
        self.head
    }

    /// The places of the snapshot.
    #[must_use]
    pub fn places(&self) -> &PlaceTree {
        &self.places
    }

    /// Places and agencies as of today.
    pub(crate) fn trees(&self) -> Trees<'_> {
        Trees { places: &self.places, agencies: &self.agencies, day: self.today }
    }

    /// The agencies of the snapshot.
    #[must_use]
    pub fn agencies(&self) -> &AgencyTree {
        &self.agencies
    }

    /// Current schemas, by register id.
    #[must_use]
    pub fn schemas(&self) -> Vec<Arc<Schema>> {
        self.catalog.registers().map(|info| Arc::clone(&info.schema)).collect()
    }

    /// The current schema of a register.
    #[must_use]
    pub fn schema(&self, register: &str) -> Option<Arc<Schema>> {
        self.catalog.register(register).map(|info| Arc::clone(&info.schema))
    }

    /// The definition of every indicator current at the snapshot.
    #[must_use]
    pub fn indicators(&self) -> Vec<Arc<Definition>> {
        let mut ids: Vec<&str> =
            self.catalog.indicators().iter().map(|info| info.definition.id.as_str()).collect();
        ids.dedup();
        ids.into_iter()
            .filter_map(|id| self.catalog.indicator(id, None, self.head.seq))
            .map(|info| Arc::clone(&info.definition))
            .collect()
    }

    /// A version of an indicator, compiled; without a version, the one current at `at`.
    #[must_use]
    pub fn indicator(&self, id: &str, version: Option<u32>, at: Seq) -> Option<Arc<Indicator>> {
        self.catalog.indicator(id, version, at).map(|info| Arc::clone(&info.indicator))
    }

    /// The last position recorded on `day` or before ("known on").
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn known_on(&self, day: Day) -> Result<Seq, StoreError> {
        let next = day.plus(1).map_or(Instant(i64::MAX), Instant::start_of);
        log::last_before(self.db()?, next)
    }

    /// Searches all registers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(
        &self,
        text: &str,
        within: Option<mc_base::PlaceId>,
        limit: usize,
    ) -> Result<Vec<mc_port::Hit>, StoreError> {
        crate::search::find(self.db()?, &self.catalog, text, within, limit)
    }

    /// The day it is: the machine's own, or the day on which a generated instance stays.
    #[must_use]
    pub const fn today(&self) -> Day {
        self.today
    }

    /// The instant at which a generated instance's story stands, with the clock when it was set; `None` on a
    /// real instance.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn story(&self) -> Result<Option<(Instant, Instant)>, StoreError> {
        story(self.db()?)
    }

    /// How many records a register has now. Lists stop counting at 10,000; this reads all of it.
    ///
    /// # Errors
    /// When the register is not there, or the database cannot be read.
    pub fn current_records(&self, register: &str) -> Result<u64, StoreError> {
        if self.catalog.register(register).is_none() {
            return Err(StoreError::Missing(format!("Không có sổ “{register}”.")));
        }
        let sql = format!("SELECT COUNT(*) FROM {} WHERE seq_to IS NULL", crate::ddl::table(register));
        Ok(self.db()?.query_row(&sql, [], |row| row.get(0))?)
    }

    /// What the instance was generated from, where it was generated to the end.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn generation(&self) -> Result<Option<String>, StoreError> {
        meta::get(self.db()?, meta::GENERATION)
    }
}

fn story(db: &Connection) -> Result<Option<(Instant, Instant)>, StoreError> {
    let text = meta::get(db, meta::STORY_AT)?;
    Ok(text.and_then(|text| {
        let (story, clock) = text.split_once(' ')?;
        Some((Instant(story.parse().ok()?), Instant(clock.parse().ok()?)))
    }))
}
