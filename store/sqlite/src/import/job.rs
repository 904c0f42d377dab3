//! The one import that is being applied: its lease, kept in table `import_job` until its last slice.

use std::path::PathBuf;

use mc_base::Hash32;
use mc_port::{CommitError, CommitRequest};
use rusqlite::{Connection, OptionalExtension, params};

use super::fold::Months;
use crate::catalog::Catalog;
use crate::convert::hash;
use crate::erase::Erasing;
use crate::layout::Layout;
use crate::{StoreError, places};

/// An import whose entry is written and whose rows are not all in the register yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Job {
    /// Number of the register.
    pub(crate) register: i64,
    /// Its entry.
    pub(crate) seq: u64,
    /// Name of its staging file.
    pub(crate) file: String,
    /// Hash of that file.
    pub(crate) hash: Hash32,
    /// Leaves applied.
    pub(crate) done: u64,
    /// Leaves in all.
    pub(crate) total: u64,
    /// Last version number of the register before it.
    pub(crate) vid_base: i64,
    pub(crate) opened: u64,
    pub(crate) closed: u64,
}

impl Job {
    /// The import being applied, if there is one.
    pub(crate) fn load(db: &Connection) -> Result<Option<Self>, StoreError> {
        let found = db
            .prepare_cached(
                "SELECT register, seq, file, hash, done, total, vid_base, opened, closed FROM import_job",
            )?
            .query_row([], |row| {
                Ok(Self {
                    register: row.get(0)?,
                    seq: row.get(1)?,
                    file: row.get(2)?,
                    hash: hash(&row.get::<_, Vec<u8>>(3)?).unwrap_or_default(),
                    done: row.get(4)?,
                    total: row.get(5)?,
                    vid_base: row.get(6)?,
                    opened: row.get(7)?,
                    closed: row.get(8)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    /// Takes the lease: from here to the last slice the register is shown as it was before.
    pub(crate) fn begin(&self, db: &Connection) -> Result<(), StoreError> {
        db.prepare_cached(
            "INSERT INTO import_job (only, register, seq, file, hash, done, total, vid_base, opened, closed)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            self.register,
            self.seq,
            self.file,
            &self.hash.0[..],
            self.done,
            self.total,
            self.vid_base,
            self.opened,
            self.closed,
        ])?;
        db.prepare_cached("UPDATE register SET visible_seq = ?2 WHERE no = ?1")?
            .execute(params![self.register, self.seq - 1])?;
        Ok(())
    }

    /// Gives the lease back: the register is shown as it is.
    pub(crate) fn end(&self, db: &Connection) -> Result<(), StoreError> {
        db.prepare_cached("UPDATE register SET visible_seq = NULL WHERE no = ?1")?
            .execute([self.register])?;
        db.prepare_cached("DELETE FROM import_job")?.execute([])?;
        Ok(())
    }

    pub(crate) fn path(&self, layout: &Layout) -> PathBuf {
        layout.staging().join(&self.file)
    }
}

/// The import that a writer is applying.
#[derive(Debug)]
pub(crate) struct Applying {
    pub(crate) job: Job,
    /// Register id and title.
    pub(crate) register: String,
    pub(crate) title: String,
    /// Leaves of the next part of a slice.
    pub(super) part: u64,
    /// Deltas that come with the leaves.
    pub(super) months: Months,
}

impl Applying {
    /// With the staging file attached to `db`.
    pub(crate) fn new(db: &Connection, job: Job, catalog: &Catalog) -> Result<Self, StoreError> {
        const FIRST_PART: u64 = 100;
        let info = catalog
            .register_no(job.register)
            .ok_or_else(|| StoreError::Corrupt(format!("không có sổ số {}", job.register)))?;
        let (register, title) = (info.schema.id.clone(), info.schema.title.vi.clone());
        Ok(Self { job, register, title, part: FIRST_PART, months: Months::read(db)? })
    }

    pub(crate) fn busy(&self) -> CommitError {
        CommitError::Importing { register: self.title.clone(), done: self.job.done, total: self.job.total }
    }

    /// Refuses what would touch the register, or the declarations and places on which the staged deltas rest.
    pub(crate) fn admit(&self, request: &CommitRequest, erasing: &Erasing) -> Result<(), CommitError> {
        let held = |register: &str| {
            register == self.register
                || register == mc_register::system::SCHEMA
                || register == mc_register::system::INDICATOR
                || places::REGISTERS.contains(&register)
        };
        let edits = request.edits.iter().any(|edit| held(&edit.register));
        let erased = erasing.values.iter().any(|value| value.register == self.register);
        if edits || erased { Err(self.busy()) } else { Ok(()) }
    }
}
