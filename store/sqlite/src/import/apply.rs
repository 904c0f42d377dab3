//! Phase two: the entry with a lease on the register, the rows and their deltas in slices, then one row that
//! shows them.

use std::collections::BTreeMap;
use std::time::Duration;

use mc_base::Seq;
use mc_figure::TOTALS;
use mc_ledger::hash::sha256;
use mc_port::{
    CommitError, CommitRequest, ImportRequest, ImportRow, Prepared, Receipt, RejectedRow, RowRefusal,
};
use rusqlite::{Connection, params};

use super::failed;
use super::job::{Applying, Job};
use super::pace::{Journal, Turn, now};
use super::prepare::{Staged, keep_source};
use super::slice::{parts, slice};
use super::stage::{self, StageFile};
use crate::catalog::RegisterInfo;
use crate::commit::{Fault, Made, Texts, remember, repeated};
use crate::writer::Writer;
use crate::{StoreError, open, rows};

/// Leaves up to which everything goes into one transaction.
const ONE_TRANSACTION: u64 = 1_000;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportStep {
    /// Leaves applied, of all.
    More {
        /// Applied.
        done: u64,
        /// In all.
        total: u64,
        /// How long the slice took with its commit, the wait for the write lock left out.
        took: Duration,
    },
    /// Everything is in the register and shown.
    Done,
}

/// What became of a prepared import at its start.
pub(crate) enum Begun {
    /// Nothing differs.
    Nothing,
    /// It was written before, or just now in one transaction.
    Done(Receipt),
    /// The entry is written; `import_step` does the rest.
    Running(Receipt),
}

impl Writer {
    /// Prepares an import: see [`mc_port::Importer::prepare`].
    ///
    /// # Errors
    /// When nothing can be prepared at all.
    pub fn prepare(
        &mut self,
        request: &ImportRequest,
        rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Prepared, CommitError> {
        let ground = self.ground().map_err(failed)?;
        super::prepare(&ground, request, rows, &mut |bytes| self.world.fill(bytes), progress)
    }

    /// Applies a prepared import to the end: see [`mc_port::Importer::apply`].
    ///
    /// # Errors
    /// Why it is refused; then nothing was written. After the entry is written, a failure of the store: the
    /// next start goes on with it.
    pub fn apply(
        &mut self,
        prepared: Prepared,
        good_rows_only: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Receipt>, CommitError> {
        let prepared = keep_source(prepared, good_rows_only).map_err(failed)?;
        match self.import_begin(prepared, good_rows_only)? {
            Begun::Nothing => Ok(None),
            Begun::Done(receipt) => Ok(Some(receipt)),
            Begun::Running(receipt) => {
                let mut journal = Journal::open(self)?;
                while let ImportStep::More { done, total, .. } = self.import_step(&Turn::alone())? {
                    progress(done, total);
                    journal.after_slice().map_err(failed)?;
                }
                self.spent = None;
                Ok(Some(receipt))
            }
        }
    }

    /// Finishes the import that an earlier process began.
    pub(crate) fn finish_import(&mut self) -> Result<(), StoreError> {
        if self.applying.is_none() {
            return Ok(());
        }
        let said = |error: CommitError| StoreError::Missing(error.to_string());
        let mut journal = Journal::open(self).map_err(said)?;
        while self.import_step(&Turn::alone()).map_err(said)? != ImportStep::Done {
            journal.after_slice()?;
        }
        self.spent = None;
        Ok(())
    }

    /// Writes the entry of a prepared import and takes the lease.
    pub(crate) fn import_begin(
        &mut self,
        prepared: Prepared,
        good_rows_only: bool,
    ) -> Result<Begun, CommitError> {
        let Ok(staged) = prepared.staged.downcast::<Staged>() else {
            return Err(CommitError::Store("tệp đã chuẩn bị thuộc kho khác".to_owned()));
        };
        let staged = *staged;
        if prepared.counts.rejected > 0 && !good_rows_only {
            return Err(CommitError::Rows(refusals(&staged.request.register, prepared.rejected)));
        }
        if staged.opened + staged.closed == 0 {
            return Ok(Begun::Nothing);
        }
        if open::io_failed() {
            return Err(failed(StoreError::Stopped));
        }
        if self.sealed.is_some() {
            return Err(CommitError::Sealed);
        }
        if let Some(applying) = &self.applying {
            return Err(applying.busy());
        }
        if staged.lease.is_none()
            && let Some(busy) = self.leases.busy(&self.catalog, &staged.request.register)
        {
            return Err(busy);
        }
        let request = commit_request(&staged.request);
        let hash = request_hash(&staged.request);
        match repeated(&self.db, &request, hash) {
            Ok(()) => {}
            Err(Fault::Repeated(receipt)) => return Ok(Begun::Done(receipt)),
            Err(Fault::Refused(error)) => return Err(error),
        }
        self.unmoved(&staged)?;
        attach(&self.db, staged.file.path()).map_err(failed)?;
        let begun = self
            .db
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(failed)
            .and_then(|()| self.enter(staged, &request, hash).map_err(failed));
        begun.inspect_err(|_| self.abandon())
    }

    /// Puts memory and connection back to what the file says, after a failure.
    fn abandon(&mut self) {
        let _ = self.db.execute_batch("ROLLBACK");
        let _ = self.reload();
        if self.applying.is_none() {
            let _ = self.db.execute_batch("DETACH stage");
        }
    }

    fn enter(
        &mut self,
        mut staged: Staged,
        request: &CommitRequest,
        hash: mc_base::Hash32,
    ) -> Result<Begun, StoreError> {
        let Some(info) = self.catalog.register(&staged.request.register).cloned() else {
            return Err(StoreError::Missing(format!("không có sổ {}", staged.request.register)));
        };
        let seq = self.log.size() + 1;
        let texts = Texts::of(request, hash, self.world.as_mut());
        let recorded_at = self.log.next_instant(self.world.now());
        let total = staged.opened + staged.closed;
        let entry = texts.entry(&self.log, request, recorded_at, (total, staged.root));
        self.log.append(&self.db, &entry)?;
        texts.write(&self.db, seq)?;
        if let Some(unkept) = staged.unkept.take() {
            unkept.keep(&self.db, &self.layout, seq, info.no)?;
        }
        let (opened, closed) = (staged.opened, staged.closed);
        let receipt =
            Receipt { seq: Seq(seq), recorded_at, rows_root: staged.root, opened, closed, repeated: false };
        let made = Made { receipt, touched: BTreeMap::new(), keys: BTreeMap::new(), request: entry.request };
        remember(&self.db, request, &made).map_err(|fault| match fault {
            Fault::Refused(error) => StoreError::Missing(error.to_string()),
            Fault::Repeated(_) => StoreError::Missing("lần ghi đã có".to_owned()),
        })?;
        let name = staged.file.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let job = Job {
            register: info.no,
            seq,
            file: name.to_owned(),
            hash: staged.hash,
            done: 0,
            total,
            vid_base: rows::last_vid(&self.db, &info.schema.id)?,
            opened,
            closed,
        };
        job.begin(&self.db)?;
        let mut applying = Applying::new(&self.db, job, &self.catalog)?;
        if total <= ONE_TRANSACTION {
            slice(&self.db, &self.catalog, &info, &mut applying, total)?;
            self.show(&info, &applying.job)?;
            drop(staged);
            return Ok(Begun::Done(receipt));
        }
        // Whether or not this reaches the disk: the file must be there if it does.
        staged.file.keep();
        self.db.execute_batch("COMMIT; PRAGMA wal_autocheckpoint = 0")?;
        self.applying = Some(applying);
        Ok(Begun::Running(receipt))
    }

    /// Applies the next slice, or shows everything after the last one.
    ///
    /// # Errors
    /// A failure of the store; the import goes on with the next call or the next start.
    pub(crate) fn import_step(&mut self, turn: &Turn<'_>) -> Result<ImportStep, CommitError> {
        let step = self.step(turn);
        step.inspect_err(|_| {
            let _ = self.reload();
        })
        .map_err(failed)
    }

    fn step(&mut self, turn: &Turn<'_>) -> Result<ImportStep, StoreError> {
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        let Some(mut applying) = self.applying.take() else { return Ok(ImportStep::Done) };
        let before = applying.job.clone();
        let stepped = self.step_of(&mut applying, turn);
        if stepped.is_err() {
            let _ = self.db.execute_batch("ROLLBACK");
        }
        // A failed slice is rolled back with all its parts: what the file says is done is done.
        let stored = Job::load(&self.db);
        match (&stepped, stored) {
            (Ok(ImportStep::Done), _) => {}
            (Ok(ImportStep::More { .. }), _) => self.applying = Some(applying),
            (Err(_), Err(_)) => self.applying = Some(Applying { job: before, ..applying }),
            (Err(_), Ok(job)) => {
                self.applying = job.map(|job| Applying { job, ..applying });
            }
        }
        stepped
    }

    fn step_of(&mut self, applying: &mut Applying, turn: &Turn<'_>) -> Result<ImportStep, StoreError> {
        let Some(info) = self.catalog.register(&applying.register).cloned() else {
            return Err(StoreError::Missing(format!("không có sổ {}", applying.register)));
        };
        let began = now();
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let total = applying.job.total;
        if applying.job.done < total {
            parts(self, &info, applying, turn, began)?;
            self.db.execute_batch("COMMIT")?;
            let took = now().duration_since(began);
            return Ok(ImportStep::More { done: applying.job.done, total, took });
        }
        let path = applying.job.path(&self.layout);
        self.show(&info, &applying.job)?;
        self.spent = Some(StageFile::spent(path));
        Ok(ImportStep::Done)
    }

    /// Shows the register at its entry, seals, and commits.
    fn show(&mut self, info: &RegisterInfo, job: &Job) -> Result<(), StoreError> {
        let vid_to = job.vid_base + i64::try_from(job.opened).unwrap_or(i64::MAX);
        self.db
            .prepare_cached(
                "INSERT INTO register_span (register, seq, vid_from, vid_to) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![info.no, job.seq, job.vid_base + 1, vid_to])?;
        job.end(&self.db)?;
        // No total is made beside a short import, and a long one leaves those that were to its end.
        let seq = self.log.size();
        if (job.total > ONE_TRANSACTION || info.schema.id == TOTALS) && self.keep_listed(None, seq)? {
            self.build_measures(seq, false)?;
        }
        let note = self.sign()?;
        self.db.execute_batch("COMMIT")?;
        if open::io_failed() {
            return Err(StoreError::Stopped);
        }
        self.copier.written();
        // The import is durable and shown: nothing that fails from here on makes it a failed one.
        if let Some(note) = note {
            self.publish(&note);
        }
        let _ = self.db.execute_batch(open::AUTOCHECKPOINT);
        let _ = self.db.execute_batch("DETACH stage");
        Ok(())
    }

    /// Takes up the import that an earlier process left in the middle.
    pub(crate) fn take_up_import(&mut self) -> Result<(), StoreError> {
        let job = Job::load(&self.db)?;
        let path = job.as_ref().map(|job| job.path(&self.layout));
        stage::sweep(&self.layout, path.as_deref())?;
        let (Some(job), Some(path)) = (job, path) else { return Ok(()) };
        let damaged = |what: &str| {
            StoreError::Corrupt(format!(
                "lần ghi {} đang áp dụng {}/{} dòng, {what} “{}”",
                job.seq,
                job.done,
                job.total,
                path.display()
            ))
        };
        if !path.is_file() {
            return Err(damaged("thiếu tệp"));
        }
        if stage::digest(&path)? != job.hash {
            return Err(damaged("tệp đã bị sửa:"));
        }
        attach(&self.db, &path)?;
        self.db.execute_batch("PRAGMA wal_autocheckpoint = 0")?;
        self.applying = Some(Applying::new(&self.db, job, &self.catalog)?);
        Ok(())
    }
}

fn refusals(register: &str, rejected: Vec<RejectedRow>) -> Vec<RowRefusal> {
    rejected
        .into_iter()
        .map(|row| RowRefusal {
            register: register.to_owned(),
            key: String::new(),
            field: row.field,
            message: format!("Dòng {}: {}", row.row, row.message),
        })
        .collect()
}

/// The entry's texts, as of a commit without edits of its own.
fn commit_request(request: &ImportRequest) -> CommitRequest {
    CommitRequest {
        actor: request.actor.clone(),
        source: request.source.clone(),
        reason: request.reason.clone(),
        idempotency_key: request.idempotency_key.clone(),
        edits: Vec::new(),
    }
}

/// The rows are named by the idempotency key, which is a hash of the file.
fn request_hash(request: &ImportRequest) -> mc_base::Hash32 {
    let text = format!(
        "import\0{}\0{}\0{}\0{:?}\0{}",
        request.actor.id, request.register, request.upsert, request.mapped, request.idempotency_key
    );
    sha256(text.as_bytes())
}

fn attach(db: &Connection, path: &std::path::Path) -> Result<(), StoreError> {
    let path = path
        .to_str()
        .ok_or_else(|| StoreError::Missing(format!("đường dẫn “{}” không phải UTF-8", path.display())))?;
    // Left by an import whose file could not be let go when it ended.
    let _ = db.execute_batch("DETACH stage");
    db.execute("ATTACH ?1 AS stage", [path])?;
    db.execute_batch("PRAGMA stage.cache_size = -16384")?;
    Ok(())
}
