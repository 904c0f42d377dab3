//! The log of entries inside the database: its right edge in memory, its nodes in `tree_node`.

use mc_base::{Day, Hash32, Instant, Seq};
use mc_ledger::tree::{Frontier, Nodes, empty_root, leaf_hash, recheck};
use mc_ledger::{Checkpoint, Entry, InstanceId, NoteSigner};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::convert::hash;

/// The log as of the last entry written by this process.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    instance: InstanceId,
    illustrative: bool,
    frontier: Frontier,
    last: Instant,
    /// Size and root under the newest checkpoint.
    signed: (u64, Hash32),
}

/// Reads nodes of complete subtrees from the database.
pub(crate) struct StoredNodes<'a>(pub(crate) &'a Connection);

impl Nodes for StoredNodes<'_> {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        let bytes: Option<Vec<u8>> = self
            .0
            .prepare_cached("SELECT hash FROM tree_node WHERE level = ?1 AND idx = ?2")
            .and_then(|mut statement| statement.query_row(params![level, index], |row| row.get(0)).optional())
            .ok()
            .flatten();
        bytes.as_deref().and_then(hash)
    }
}

impl Log {
    pub(crate) fn open(
        db: &Connection,
        instance: InstanceId,
        illustrative: bool,
    ) -> Result<Self, StoreError> {
        let (size, last): (u64, i64) = db.query_row(
            "SELECT COALESCE(MAX(seq), 0), COALESCE(MAX(recorded_at), 0) FROM entry",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let frontier = Frontier::restore(size, &StoredNodes(db)).map_err(StoreError::corrupt)?;
        Ok(Self { instance, illustrative, frontier, last: Instant(last), signed: signed(db)? })
    }

    pub(crate) const fn instance(&self) -> InstanceId {
        self.instance
    }

    pub(crate) const fn illustrative(&self) -> bool {
        self.illustrative
    }

    pub(crate) const fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(crate) fn root(&self) -> Hash32 {
        self.frontier.root()
    }

    /// The instant to record: never before the entry before, whatever the clock says.
    pub(crate) fn next_instant(&self, now: Instant) -> Instant {
        now.max(self.last)
    }

    /// The day of the last entry.
    pub(crate) fn day(&self) -> Day {
        self.last.day()
    }

    /// Writes the entry and the nodes that it completes.
    pub(crate) fn append(&mut self, db: &Connection, entry: &Entry) -> Result<(), StoreError> {
        let bytes = entry.encode().map_err(StoreError::corrupt)?;
        db.prepare_cached(
            "INSERT INTO entry (seq, recorded_at, actor, leaf_count, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![entry.seq.0, entry.recorded_at.0, entry.actor, entry.leaf_count, bytes])?;
        let mut nodes = Vec::new();
        self.frontier.append(leaf_hash(&bytes), |level, index, hash| nodes.push((level, index, hash)));
        let mut statement =
            db.prepare_cached("INSERT INTO tree_node (level, idx, hash) VALUES (?1, ?2, ?3)")?;
        for (level, index, hash) in nodes {
            statement.execute(params![level, index, &hash.0[..]])?;
        }
        self.last = entry.recorded_at;
        Ok(())
    }

    /// Signs the log as it is and keeps the note. The caller publishes it once the transaction is durable. The root
    /// is computed anew from what is stored: a wrong bit under a signature could never be taken back.
    pub(crate) fn seal(
        &mut self,
        db: &Connection,
        origin: &str,
        key: &NoteSigner,
    ) -> Result<String, StoreError> {
        let size = self.size();
        let refused = |why: String| StoreError::Corrupt(format!("không ký mốc niêm phong {size}: {why}"));
        let entry = |index| entry_bytes(db, index);
        let root =
            recheck(self.signed, size, &StoredNodes(db), entry).map_err(|it| refused(it.to_string()))?;
        if root != self.root() {
            return Err(refused(format!("mã gốc đang giữ {} khác mã gốc đọc lại {root}", self.root())));
        }
        let checkpoint = Checkpoint { origin: origin.to_owned(), size, root };
        let note = checkpoint.sign(key).map_err(StoreError::corrupt)?;
        self.signed = (size, root);
        db.prepare_cached("INSERT OR IGNORE INTO checkpoint (size, note) VALUES (?1, ?2)")?
            .execute(params![self.size(), note])?;
        Ok(note)
    }
}

/// Size and root under the newest checkpoint; those of the empty tree where there is none.
fn signed(db: &Connection) -> Result<(u64, Hash32), StoreError> {
    let newest: Option<String> = db
        .prepare_cached("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(note) = newest else { return Ok((0, empty_root())) };
    let body = note.split_inclusive("\n\n").next().unwrap_or_default();
    let body = body.strip_suffix('\n').unwrap_or(body);
    let checkpoint = Checkpoint::parse_body(body).map_err(StoreError::corrupt)?;
    Ok((checkpoint.size, checkpoint.root))
}

/// The bytes of the entry at an index of the log, read anew.
pub(crate) fn entry_bytes(db: &Connection, index: u64) -> Option<Vec<u8>> {
    db.prepare_cached("SELECT bytes FROM entry WHERE seq = ?1")
        .and_then(|mut statement| statement.query_row([index + 1], |row| row.get(0)).optional())
        .ok()
        .flatten()
}

/// The last position recorded before `instant`; 0 where there is none.
pub(crate) fn last_before(db: &Connection, instant: Instant) -> Result<Seq, StoreError> {
    let seq = db
        .prepare_cached(
            "SELECT seq FROM entry WHERE recorded_at < ?1 ORDER BY recorded_at DESC, seq DESC LIMIT 1",
        )?
        .query_row([instant.0], |row| row.get(0))
        .optional()?;
    Ok(Seq(seq.unwrap_or(0)))
}
