//! Trying an import without writing, and writing it.

mod blame;
mod rows;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use mc_access::Actor;
use mc_base::{Hash32, PlaceId};
use mc_intake::header::Numbers;
use mc_intake::report::Verdicts;
use mc_intake::{Converter, Format, Mapping, RowStream};
use mc_ledger::hash::sha256;
use mc_port::{ColumnMaps, CommitError, ImportRequest, Importer, Prepared, Receipt, Source, SourceFile};
use mc_register::Schema;

use crate::constants::Constants;
use crate::{ImportError, Names, Outcome, Received, Refused, cover, look};
use rows::{Rows, Told};

/// How often a file is compared anew because others wrote to its records meanwhile; then its sender is asked.
const COMPARED_AGAIN_MAX: u32 = 2;

/// One file on its way into one register.
pub struct Job<'a> {
    /// Where snapshots come from.
    pub source: &'a dyn Source,
    /// Where rows go.
    pub importer: &'a dyn Importer,
    /// Where mappings are remembered.
    pub maps: &'a dyn ColumnMaps,
    /// Who imports.
    pub actor: &'a Actor,
    /// The file.
    pub file: &'a Received,
    /// Which column is which field; names the register.
    pub mapping: &'a Mapping,
    /// The place that the file is sent for: its names are meant first; without one it is the province at home.
    pub scope: Option<PlaceId>,
    /// Set by whoever wants it to end before anything is written.
    pub stop: &'a AtomicBool,
}

/// How far an import has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// The file is open; how many rows it seems to have.
    Open(Option<u64>),
    /// Rows read, checked and compared.
    Compared(u64),
    /// All rows were compared; what they come to is summed up.
    Summing,
    /// Versions written, of all.
    Written {
        /// So far.
        done: u64,
        /// In the end.
        total: u64,
    },
}

/// What an import would do; nothing is written yet.
#[derive(Debug)]
pub struct Trial {
    /// Counts and refused rows; `seq` is not set.
    pub outcome: Outcome,
    /// What became of each row, for the workbook with the reasons.
    pub verdicts: Verdicts,
    /// What the sender should know of whole columns.
    pub remarks: Vec<String>,
    /// A number that can be read in two ways: how the file writes numbers is to be said.
    pub unclear_number: Option<String>,
    /// SHA-256 of the file.
    pub hash: Hash32,
    /// Which column is which field; how the file writes numbers may have shown only in later rows.
    pub mapping: Mapping,
    /// How the file writes numbers where nobody said so, and by which row.
    numbers: Option<(Numbers, u32)>,
    schema: Arc<Schema>,
    /// What the store has put aside, until it is written.
    prepared: Option<Prepared>,
}

/// Converts every row and compares it with the register.
///
/// # Errors
/// When the file cannot be read, the mapping does not fit, or the store fails. A refused row is no error.
pub fn trial(job: &Job<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Trial, ImportError> {
    let (hash, lines) = job.file.hash()?;
    let tried = prepare(job, (hash, lines), &key(hash, job.mapping, job.scope), progress)?;
    let numbers = tried.numbers.filter(|_| tried.unclear_number.is_some());
    let Some((style, _)) = numbers else { return Ok(tried) };
    // The first rows did not show how the file writes numbers, but a later one does.
    drop(tried);
    let mapping = Mapping { numbers: Some(style), ..job.mapping.clone() };
    let job = &Job { mapping: &mapping, ..*job };
    let tried = prepare(job, (hash, lines), &key(hash, &mapping, job.scope), progress)?;
    Ok(tried.told_by(numbers))
}

/// Writes what was tried. With refused rows nothing is written, unless only the good rows are wanted: where rows
/// came to be refused since, what comes back can still be decided on ([`Trial::is_open`]).
///
/// The mapping is remembered before, the file kept as evidence with the commit.
///
/// # Errors
/// When the store refuses or fails; then nothing was written, or the next start goes on with what was begun.
pub fn write(
    job: &Job<'_>,
    mut trial: Trial,
    good_rows: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Trial, ImportError> {
    if trial.waits(good_rows) {
        return Ok(trial);
    }
    let mapping = trial.mapping.clone();
    let job = &Job { mapping: &mapping, ..*job };
    // A person has said which column is what, whatever becomes of the rows.
    if let Err(error) = look::keep(job.maps, &trial.schema, job.mapping, job.scope) {
        tracing::error!(%error, "the columns of an import could not be remembered");
    }
    let key = key(trial.hash, job.mapping, job.scope);
    let mut receipt = apply(job, &mut trial, &key, good_rows, progress)?;
    if receipt.is_some_and(|receipt| receipt.repeated) {
        // The file was imported before, and the register differs from it again, or nothing would have been asked
        // for: it is put right, as a new import.
        let again = format!("{key}@{}", job.source.snapshot(job.actor)?.head().seq);
        trial = trial.compared_again(job, &again, progress)?;
        receipt = apply(job, &mut trial, &again, good_rows, progress)?;
    }
    trial.outcome.seq = receipt.map(|receipt| receipt.seq);
    if !trial.is_open()
        && let Err(error) = trial.look_again(job)
    {
        // What is written is written: the proposals stay those of the trial.
        tracing::error!(%error, "the totals beside an import could not be read");
    }
    Ok(trial)
}

/// Writes what was prepared; `None` where nothing was. Where much of the register, its declarations or the places
/// changed since, the file is compared once more, and `trial` tells of that; rows that are refused by then stop
/// it, unless only the good ones are wanted.
fn apply(
    job: &Job<'_>,
    trial: &mut Trial,
    key: &str,
    good_rows: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Receipt>, ImportError> {
    let mut left = COMPARED_AGAIN_MAX;
    while !trial.waits(good_rows) {
        let Some(prepared) = trial.prepared.take() else { break };
        match write_prepared(job, prepared, &mut trial.outcome, good_rows, progress) {
            Err(ImportError::Commit(CommitError::Moved(_))) if left > 0 => left -= 1,
            done => return done,
        }
        *trial = trial.compared_again(job, key, progress)?;
    }
    Ok(None)
}

/// Holds the register, brings what was prepared up to date, and writes it.
fn write_prepared(
    job: &Job<'_>,
    prepared: Prepared,
    outcome: &mut Outcome,
    good_rows: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Receipt>, ImportError> {
    let (rejected, listed) = (prepared.counts.rejected, prepared.listed.clone());
    let prepared = job.importer.claim(prepared)?;
    let counts = prepared.counts;
    if counts.rejected > rejected {
        // Its sender is to be told why: that needs the cells of the file.
        return Err(CommitError::Moved("có dòng nay không nhập được nữa".to_owned()).into());
    }
    (outcome.added, outcome.changed, outcome.unchanged) = (counts.added, counts.changed, counts.unchanged);
    if prepared.listed != listed {
        let snapshot = job.source.snapshot(job.actor)?;
        outcome.covers = cover::before(snapshot.as_ref(), &prepared.listed)?;
    }
    let mut tell = |done, total| progress(Progress::Written { done, total });
    Ok(job.importer.apply(prepared, good_rows, &mut tell)?)
}

/// How many rows a sheet seems to have: as its workbook says, or by the lines of a text.
fn rows_of(stream: &RowStream, sheet: u16, lines: u64) -> Option<u64> {
    let book = stream.book();
    match book.format {
        Format::Csv { .. } => Some(lines),
        _ => book.sheets.get(usize::from(sheet)).and_then(|sheet| sheet.rows).map(u64::from),
    }
}

/// Under which a repeated import is known: the file, what its columns are, and where its names are looked up.
pub(crate) fn key(hash: Hash32, mapping: &Mapping, scope: Option<PlaceId>) -> String {
    let mut text = format!("minhchung/import/v1\n{hash}\n{}", mapping.canonical_text());
    if let Some(place) = scope {
        text.push_str(&format!("\n@{}", place.0));
    }
    format!("tep-{}", sha256(text.as_bytes()))
}

fn prepare(
    job: &Job<'_>,
    (hash, lines): (Hash32, u64),
    key: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<Trial, ImportError> {
    let names = Names::new(job.source, job.actor, job.scope)?;
    let illustrative = names.with_snapshot(|snapshot| Ok(snapshot.instance().illustrative))?;
    let schema = look::importable(job.source.snapshot(job.actor)?.as_ref(), &job.mapping.register)?;
    let request = ImportRequest {
        actor: job.actor.clone(),
        source: format!("Tệp “{}”, SHA-256 {hash}", job.file.name),
        reason: format!("Nhập tệp vào sổ {}", schema.title.vi),
        idempotency_key: key.to_owned(),
        register: schema.id.clone(),
        upsert: true,
        // An empty cell says nothing: what is stored stays.
        mapped: Vec::new(),
        evidence: Some(SourceFile { path: job.file.path.clone(), hash }),
    };
    let stream = job.file.rows(job.mapping.sheet)?;
    let converter = Converter::new(&schema, job.mapping, stream.book(), &names)?;
    let marks = illustrative.then(|| schema.field("illustrative").map(|field| field.no)).flatten();
    let constants = Constants::of(&schema, job.mapping);
    progress(Progress::Open(rows_of(&stream, job.mapping.sheet, lines)));
    let told = Told { progress, stop: job.stop };
    let mut rows = Rows::new(stream, converter, &schema, &names, constants, marks, told);
    let prepared = job.importer.prepare(&request, &mut rows, &mut |_| {});
    let read = rows.finish()?;
    let prepared = prepared?;
    let mut trial = Trial {
        outcome: Outcome::default(),
        verdicts: read.verdicts,
        remarks: read.remarks,
        unclear_number: read.unclear_number,
        hash,
        mapping: job.mapping.clone(),
        numbers: read.numbers.filter(|_| job.mapping.numbers.is_none()),
        schema,
        prepared: None,
    };
    trial.blame(job, &read.sheet, &prepared.rejected)?;
    trial.count(&prepared);
    let snapshot = job.source.snapshot(job.actor)?;
    trial.outcome.covers = cover::before(snapshot.as_ref(), &prepared.listed)?;
    trial.prepared = Some(prepared);
    Ok(trial)
}

impl Trial {
    /// Whether somebody has still to decide: nothing of it is written.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.prepared.is_some()
    }

    /// Whether it cannot be written as it is: no row is good, or not all are and only the whole file is wanted.
    pub(crate) fn waits(&self, good_rows: bool) -> bool {
        self.outcome.good() == 0 || (!self.outcome.rejected.is_empty() && !good_rows)
    }

    /// The same file compared with the register as it stands now.
    fn compared_again(
        &self,
        job: &Job<'_>,
        key: &str,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, ImportError> {
        Ok(prepare(job, job.file.hash()?, key, progress)?.told_by(self.numbers))
    }

    /// Tells which row proved how the file writes numbers, where it was read so.
    fn told_by(mut self, numbers: Option<(Numbers, u32)>) -> Self {
        if let Some((style, row)) = numbers.filter(|(style, _)| self.mapping.numbers == Some(*style)) {
            let words = style.words();
            self.remarks.push(format!("Các số trong tệp được đọc theo {words}, vì dòng {row} viết như vậy."));
            self.numbers = numbers;
        }
        self
    }

    /// What is proposed for the totals now, after the commit.
    fn look_again(&mut self, job: &Job<'_>) -> Result<(), ImportError> {
        let covered: Vec<String> = self.outcome.covers.iter().map(|cover| cover.total.clone()).collect();
        self.outcome.covers = cover::after(job.source.snapshot(job.actor)?.as_ref(), &covered)?;
        Ok(())
    }

    fn count(&mut self, prepared: &Prepared) {
        let counts = prepared.counts;
        self.outcome = Outcome {
            added: counts.added,
            changed: counts.changed,
            unchanged: counts.unchanged,
            rejected: self.verdicts.rejected.values().filter_map(|errors| Refused::of(errors)).collect(),
            ..Outcome::default()
        };
    }
}

impl std::fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Job({} → {})", self.file.name, self.mapping.register)
    }
}
