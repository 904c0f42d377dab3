//! Reading at one snapshot of the database.

use std::sync::{Arc, Mutex, PoisonError};

use mc_access::Actor;
use mc_base::{Day, Instant, Seq};
use mc_figure::{Definition, Indicator};
use mc_port::{Commit, Instance, PlaceTree, Position};
use mc_register::Schema;
use rusqlite::{Connection, OptionalExtension, params};

use crate::catalog::Catalog;
use crate::import::Job;
use crate::layout::Layout;
use crate::world::{SystemWorld, World as _};
use crate::{StoreError, log, meta, open, places};

/// Idle connections kept for later readers.
const IDLE_MAX: usize = 8;

/// What all readers of an instance share. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    layout: Layout,
    instance: Instance,
    idle: Mutex<Vec<Connection>>,
    known: Mutex<Known>,
}

/// Declarations and places with the positions of the commits that last changed them.
#[derive(Clone, Default)]
struct Known {
    declared_at: String,
    placed_at: String,
    catalog: Arc<Catalog>,
    places: Arc<PlaceTree>,
}

/// One consistent view of everything up to a position.
pub struct Reader {
    db: Option<Connection>,
    shared: Arc<Shared>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) places: Arc<PlaceTree>,
    head: Position,
    viewer: Actor,
    today: Day,
    importing: Option<Job>,
    /// Not given back for pages to use.
    apart: bool,
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
        Ok(Self { shared: Arc::new(shared) })
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

    /// A snapshot as of now, as `viewer` may see it.
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
            head,
            viewer: viewer.clone(),
            today,
            importing,
            apart: false,
        })
    }

    fn known(&self, db: &Connection) -> Result<Known, StoreError> {
        let declared_at = meta::get(db, meta::DECLARED_AT)?.unwrap_or_default();
        let placed_at = meta::get(db, meta::PLACED_AT)?.unwrap_or_default();
        let mut known = lock(&self.shared.known).clone();
        let fresh = known.declared_at == declared_at && !declared_at.is_empty();
        if !fresh {
            known.catalog = Arc::new(Catalog::load(db)?);
        }
        if !fresh || known.placed_at != placed_at {
            known.places = Arc::new(places::load(db, &known.catalog)?);
        }
        (known.declared_at, known.placed_at) = (declared_at, placed_at);
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

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(db) = self.db.take().filter(|_| !self.apart) else { return };
        let mut idle = lock(&self.shared.idle);
        if db.execute_batch("COMMIT").is_ok() && idle.len() < IDLE_MAX {
            idle.push(db);
        }
    }
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
    pub(crate) fn db(&self) -> Result<&Connection, StoreError> {
        self.db.as_ref().ok_or(StoreError::Stopped)
    }

    /// Another connection for long work, at the same position with the same declarations and places: what it sees
    /// of later commits, the work passes over. Temporary tables may be made, in a file; all else is read only.
    pub(crate) fn beside(&self) -> Result<Self, StoreError> {
        let db = open::reader(&self.shared.layout.database())?;
        db.execute_batch("PRAGMA query_only = OFF; PRAGMA temp_store = FILE; BEGIN")?;
        Ok(Self {
            db: Some(db),
            shared: Arc::clone(&self.shared),
            catalog: Arc::clone(&self.catalog),
            places: Arc::clone(&self.places),
            head: self.head,
            viewer: self.viewer.clone(),
            today: self.today,
            importing: self.importing.clone(),
            apart: true,
        })
    }

    /// Lets go of the snapshot, which keeps the journal from being copied back, and takes the newest.
    pub(crate) fn renew(&self) -> Result<(), StoreError> {
        Ok(self.db()?.execute_batch("COMMIT; BEGIN")?)
    }

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

    /// Commits, the latest first, from `before` downwards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn commits(&self, before: Option<Seq>, limit: usize) -> Result<Vec<Commit>, StoreError> {
        let mut statement = self.db()?.prepare_cached(
            "SELECT e.seq, e.recorded_at, e.actor, s.text, r.text, e.leaf_count, n.hash
             FROM entry AS e
             LEFT JOIN entry_text AS s ON s.seq = e.seq AND s.kind = 1
             LEFT JOIN entry_text AS r ON r.seq = e.seq AND r.kind = 2
             JOIN tree_node AS n ON n.level = 0 AND n.idx = e.seq - 1
             WHERE e.seq < ?1 ORDER BY e.seq DESC LIMIT ?2",
        )?;
        let before = before.map_or(i64::MAX, |seq| i64::try_from(seq.0).unwrap_or(i64::MAX));
        let limit = i64::try_from(limit.min(mc_port::PAGE_MAX)).unwrap_or(0);
        let rows = statement.query_map(params![before, limit], |row| {
            let hash: Vec<u8> = row.get(6)?;
            Ok(Commit {
                seq: Seq(row.get(0)?),
                recorded_at: Instant(row.get(1)?),
                actor: row.get(2)?,
                source: row.get(3)?,
                reason: row.get(4)?,
                leaf_count: row.get(5)?,
                leaf: crate::convert::hash(&hash).unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One commit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn commit(&self, seq: Seq) -> Result<Option<Commit>, StoreError> {
        let found = self.commits(Some(Seq(seq.0 + 1)), 1)?.pop();
        Ok(found.filter(|commit| commit.seq == seq))
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

    /// The newest checkpoint kept in the database, a signed note.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        Ok(self
            .db()?
            .prepare_cached("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?)
    }

    /// The records that a commit opened or closed, in the order of its rows, as (register, key, opened).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of(&self, seq: Seq, limit: usize) -> Result<Vec<(String, String, bool)>, StoreError> {
        let db = self.db()?;
        let limit = i64::try_from(limit.min(mc_port::PAGE_MAX)).unwrap_or(0);
        let leaves = db
            .prepare_cached("SELECT register, vid, act FROM row_leaf WHERE seq = ?1 ORDER BY idx LIMIT ?2")?
            .query_map(params![seq.0, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<Vec<(i64, i64, u8)>, _>>()?;
        let mut rows = Vec::with_capacity(leaves.len());
        for (register, vid, act) in leaves {
            let Some(info) = self.catalog.register_no(register) else { continue };
            let sql = format!("SELECT key FROM {} WHERE vid = ?1", crate::ddl::table(&info.schema.id));
            let key = db.prepare_cached(&sql)?.query_row([vid], |row| row.get(0))?;
            rows.push((info.schema.id.clone(), key, act == mc_ledger::Act::Open.code()));
        }
        Ok(rows)
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
