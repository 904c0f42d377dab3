//! How a snapshot is held, and for how long.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant as Tick};

use rusqlite::Connection;

use super::{IDLE_MAX, Reader, lock};
use crate::{StoreError, deadline, open};

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(db) = self.db.take().filter(|_| !self.apart) else { return };
        let mut idle = lock(&self.shared.idle);
        let ended = deadline::lift(&db).is_ok() && (!self.held.get() || db.execute_batch("COMMIT").is_ok());
        if ended && idle.len() < IDLE_MAX {
            idle.push(db);
        }
    }
}

impl Reader {
    pub(crate) fn db(&self) -> Result<&Connection, StoreError> {
        let db = self.db.as_ref().ok_or(StoreError::Stopped)?;
        if !self.held.replace(true) {
            db.execute_batch("BEGIN")?;
            self.begin(db)?;
        }
        match self.limit {
            Some(limit) if self.age() > limit => Err(StoreError::Expired),
            _ => Ok(db),
        }
    }

    /// The clock of the snapshot starts.
    fn begin(&self, db: &Connection) -> Result<(), StoreError> {
        self.taken.set(deadline::now());
        self.until().map_or(Ok(()), |until| deadline::set(db, until))
    }

    /// When the snapshot is over.
    pub(crate) fn until(&self) -> Option<Tick> {
        self.limit.map(|limit| self.taken.get() + limit)
    }

    /// What a scan may take.
    pub(crate) const fn scan_max(&self) -> Duration {
        self.scan_max
    }

    /// The same, readable for `limit` at most.
    pub(crate) fn within(mut self, limit: Duration) -> Result<Self, StoreError> {
        self.limit = Some(limit);
        self.begin(self.db.as_ref().ok_or(StoreError::Stopped)?)?;
        Ok(self)
    }

    /// How long the snapshot has been held.
    #[must_use]
    pub fn age(&self) -> Duration {
        deadline::now() - self.taken.get()
    }

    /// Ends the snapshot before work that takes long; what is read afterwards is the newest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn let_go(&self) -> Result<(), StoreError> {
        let db = self.db.as_ref().ok_or(StoreError::Stopped)?;
        if self.held.replace(false) {
            deadline::lift(db)?;
            db.execute_batch("COMMIT")?;
        }
        Ok(())
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
            agencies: Arc::clone(&self.agencies),
            scanned: Arc::clone(&self.scanned),
            head: self.head,
            viewer: self.viewer.clone(),
            today: self.today,
            importing: self.importing.clone(),
            apart: true,
            taken: Cell::new(deadline::now()),
            held: Cell::new(true),
            limit: None,
            scan_max: self.scan_max,
            revealed: std::cell::RefCell::default(),
        })
    }

    /// Lets go of the snapshot, which keeps the journal from being copied back, and takes the newest.
    pub(crate) fn renew(&self) -> Result<(), StoreError> {
        Ok(self.db()?.execute_batch("COMMIT; BEGIN")?)
    }
}
