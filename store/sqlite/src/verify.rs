//! Re-reading everything from bytes. Nothing that was derived is trusted; what is wrong is named, down to the
//! record.

mod declarations;
mod derived;
mod erased;
mod evidence;
mod log;
mod marked;
pub(crate) mod rows;

use mc_port::Report;

use crate::StoreError;
use crate::reader::Reader;

/// What `verify` is doing, for a progress line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Pages of the database file.
    File,
    /// Entries, tree and checkpoints.
    Log,
    /// Row leaves and versions.
    Rows,
    /// Schemas and indicators.
    Declarations,
    /// Cells, spans and ancestors.
    Derived,
}

impl Reader {
    /// Re-reads everything up to the snapshot and reports what is wrong.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn verify(&self, progress: &mut dyn FnMut(Stage, u64)) -> Result<Report, StoreError> {
        let mut report = Report::default();
        progress(Stage::File, 0);
        log::file(self, &mut report)?;
        progress(Stage::Log, 0);
        let mut roots = log::entries(self, &mut report)?;
        if let Some(job) = self.importing() {
            // Its rows are partly in the register and partly in the staging file.
            roots.remove(&job.seq);
            report.notes.push(format!("đang áp dụng {}, {}/{} dòng", job.seq, job.done, job.total));
        }
        log::checkpoints(self, &mut report)?;
        progress(Stage::Declarations, 0);
        declarations::check(self, &mut report)?;
        rows::check(self, &roots, &mut report, &mut |done| progress(Stage::Rows, done))?;
        erased::check(self, &mut report)?;
        evidence::check(self, &mut report);
        progress(Stage::Derived, 0);
        derived::check(self, &mut report)?;
        Ok(report)
    }
}
