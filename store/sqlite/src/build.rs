//! A measure declared over records that are there already. The commit that declares it at position P leaves it
//! *building*: a job in table `meta`, `measure.built_at` NULL, and every figure on it answers "đang tính". What the
//! commits up to P contributed is computed beside the writer into a staging file and written in short
//! transactions; commits after P fold what they add into the same cells meanwhile. With the last row the measure is
//! *current*.

mod job;
mod stage;

use mc_port::CommitError;

pub(crate) use job::{Job, forget};
pub(crate) use stage::{CellRow, Order, Staged};

use crate::commit::unknown_place;
use crate::import::{StageFile, next_slice, now};
use crate::reader::Reader;
use crate::writer::Writer;
use crate::{StoreError, rows};

/// Versions of a register up to which its measures are built in the transaction that declares them.
pub(crate) const AT_ONCE: u64 = 2_000;
/// Rows of the first slice.
pub(crate) const FIRST_SLICE: u64 = 500;

/// What became of a slice of cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Written {
    /// So many rows are written, by this slice or others.
    UpTo(u64),
    /// The measure is current, or nobody wants it any more.
    Over,
}

impl Writer {
    /// Lets later commits build measures themselves only over registers of at most `versions` versions; the others
    /// are left to [`crate::Queue::settle`]. Unless set, 2,000.
    pub const fn build_at_once(&mut self, versions: u64) {
        self.at_once = versions;
    }

    /// The next measure to build, if there is one.
    pub(crate) fn build_order(&mut self) -> Result<Option<Order>, CommitError> {
        self.order().map_err(failed)
    }

    fn order(&mut self) -> Result<Option<Order>, StoreError> {
        for job in Job::all(&self.db)? {
            // A measure whose indicator was retired has no job: see `leave_retired`.
            let measure = self.catalog.measures().iter().find(|measure| measure.sql.no == job.measure);
            let info = measure.and_then(|measure| self.catalog.register_no(measure.sql.register));
            let Some((measure, info)) = measure.zip(info) else { continue };
            let mut name = [0; 16];
            self.world.fill(&mut name);
            return Ok(Some(Order {
                file: StageFile::create(&self.layout, &name)?,
                layout: self.layout.clone(),
                measure: measure.sql.clone(),
                seq: job.seq,
                last: rows::last_vid(&self.db, &info.schema.id)?,
                unknown_place: unknown_place(self.instance.home),
            }));
        }
        Ok(None)
    }

    /// Writes `rows`, those after the first `done`, unless others were there first; `size` becomes how many the
    /// next slice should take.
    pub(crate) fn build_slice(
        &mut self,
        staged: &Staged,
        rows: &[CellRow],
        done: u64,
        size: &mut u64,
    ) -> Result<Written, CommitError> {
        let began = now();
        let written = self.transaction(|writer| writer.slice(staged, rows, done)).map_err(failed)?;
        *size = next_slice(*size, now().duration_since(began));
        Ok(written)
    }

    fn slice(&self, staged: &Staged, rows: &[CellRow], done: u64) -> Result<Written, StoreError> {
        let job = Job::find(&self.db, staged.measure)?.filter(|job| job.seq == staged.seq);
        let Some(mut job) = job else { return Ok(Written::Over) };
        if job.done > 0 && job.total != staged.total {
            // Rows of another making were begun with: all anew, from here on.
            if let Some(applying) = &self.applying {
                return Err(StoreError::Missing(applying.busy().to_string()));
            }
            Job::begin(&self.db, job.measure, self.log.size())?;
            return Ok(Written::Over);
        }
        if job.done != done {
            return Ok(Written::UpTo(job.done));
        }
        stage::write(&self.db, job.measure, rows)?;
        job.done += rows.len() as u64;
        job.total = staged.total;
        if job.done == job.total {
            job.end(&self.db)?;
            return Ok(Written::Over);
        }
        job.save(&self.db)?;
        Ok(Written::UpTo(job.done))
    }

    /// Builds what is to be built, to the end.
    pub(crate) fn build_rest(&mut self, tell: &mut dyn FnMut(Settling)) -> Result<(), CommitError> {
        while let Some(order) = self.build_order()? {
            let staged = computed(order, tell)?;
            let (mut done, mut size) = (0, FIRST_SLICE);
            let total = staged.total;
            loop {
                let rows = staged.rows(done, size).map_err(failed)?;
                match self.build_slice(&staged, &rows, done, &mut size)? {
                    Written::UpTo(to) => done = to,
                    Written::Over => break,
                }
                tell(Settling::Built { done, total });
            }
        }
        Ok(())
    }
}

impl Reader {
    /// How many measures are being built.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn building(&self) -> Result<usize, StoreError> {
        Ok(Job::all(self.db()?)?.len())
    }
}

/// Computes the cells of an order.
pub(crate) fn computed(order: Order, tell: &mut dyn FnMut(Settling)) -> Result<Staged, CommitError> {
    order.compute(&mut |done, total| tell(Settling::Counted { done, total })).map_err(failed)
}

fn failed(error: StoreError) -> CommitError {
    CommitError::Store(error.to_string())
}

/// How far the work is that a declaration leaves behind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settling {
    /// Versions that follow a new schema, of all.
    Moved {
        /// Done.
        done: u64,
        /// In all.
        total: u64,
    },
    /// Versions that are read for a new measure, of all.
    Counted {
        /// Read.
        done: u64,
        /// In all.
        total: u64,
    },
    /// Rows of a new measure's cells that are written, of all.
    Built {
        /// Written.
        done: u64,
        /// In all.
        total: u64,
    },
}

impl Settling {
    /// As done, of all.
    #[must_use]
    pub const fn share(self) -> (u64, u64) {
        match self {
            Self::Moved { done, total } | Self::Counted { done, total } | Self::Built { done, total } => {
                (done, total)
            }
        }
    }
}
