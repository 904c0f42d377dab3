//! The import of the big file, with another register being corrected meanwhile.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use mc_access::Actor;
use mc_base::{Day, PlaceId};
use mc_ledger::Value;
use mc_port::{EditRequest, ImportRequest, ImportRow, Importer as _, RejectedRow, Sink as _};
use mc_register::{Edit, Record, Schema, parse_canonical};
use mc_sqlite::ImportStep;
use mc_stories::small;

use super::Ours;
use crate::data::{COLUMNS, COMMUNES, FIRST_COMMUNE};
use crate::measure::{Samples, SizeWatch, forget_peak, millis, now, peak_memory, rate, timed};

/// Records of the register that is corrected during the import.
pub const SITES: u64 = 1_000;

/// What the import took.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Rows added.
    pub rows: u64,
    /// From the file opened to the rows visible.
    pub took: Duration,
    /// Of that, without the write lock.
    pub prepare: Duration,
    /// Greatest resident memory, KiB.
    pub memory: u64,
    /// Greatest size of the journal, bytes.
    pub wal: u64,
    /// Slices with their commits: what another writer may have to wait for.
    pub slices: Samples,
    /// The last transaction, which shows the rows.
    pub shown: Duration,
    /// Corrections of another register while rows were prepared and applied.
    pub corrections: Samples,
    /// Of these, the ones made while slices were applied.
    pub corrections_applying: Samples,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let apply = self.took.saturating_sub(self.prepare);
        writeln!(f, "{} rows, {:.0} rows/s", self.rows, rate(self.rows, self.took))?;
        writeln!(f, "prepare {:.2} s, apply {:.2} s", self.prepare.as_secs_f64(), apply.as_secs_f64())?;
        writeln!(f, "slices {}, the greatest {} ms", self.slices, millis(self.slices.percentile(100)))?;
        writeln!(f, "last transaction {} ms", millis(self.shown))?;
        writeln!(f, "another register, whole import {}", self.corrections)?;
        writeln!(f, "another register, while slices are applied {}", self.corrections_applying)?;
        write!(f, "peak memory {} MiB, WAL {} MB", self.memory.div_ceil(1024), self.wal.div_ceil(1_000_000))
    }
}

/// Imports `file` into register `register`; with `disturbed`, another register is corrected meanwhile.
///
/// # Errors
/// When the import is refused or rejects a row.
pub fn run(ours: &Ours, register: &str, file: &Path, disturbed: bool) -> anyhow::Result<Imported> {
    let (stop, applying) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let corrector = disturbed.then(|| {
        let (ours, stop, applying) = (ours.clone(), stop.clone(), applying.clone());
        thread::spawn(move || correct_sites(&ours, &stop, &applying))
    });
    let wal = SizeWatch::start(&ours.layout.database().with_extension("sqlite-wal"));
    forget_peak();
    let start = now();
    let (prepared, prepare) = timed(|| prepare(ours, register, file));
    let prepared = prepared?;
    let rows = prepared.counts.added;
    applying.store(true, Ordering::Relaxed);
    let (mut slices, mut shown, mut last) = (Samples::default(), Duration::ZERO, now());
    let receipt = ours.queue.apply_steps(prepared, false, &mut |step| match step {
        ImportStep::More { took, .. } => {
            slices.add(took);
            last = now();
        }
        ImportStep::Done => shown = last.elapsed(),
    })?;
    receipt.context("the import changed nothing")?;
    let took = start.elapsed();
    let memory = peak_memory();
    stop.store(true, Ordering::Relaxed);
    let (corrections, corrections_applying) = match corrector {
        Some(thread) => thread.join().map_err(|_| anyhow::anyhow!("the corrector panicked"))??,
        None => (Samples::default(), Samples::default()),
    };
    Ok(Imported {
        rows,
        took,
        prepare,
        memory,
        wal: wal.finish(),
        slices,
        shown,
        corrections,
        corrections_applying,
    })
}

fn prepare(ours: &Ours, register: &str, file: &Path) -> anyhow::Result<mc_port::Prepared> {
    let schema = ours.queue.with(|writer| writer.schema(register)).context("no such register")?;
    let mut reader = csv::Reader::from_reader(File::open(file)?);
    let fields = columns(&schema, reader.headers()?)?;
    let mapped = fields.iter().map(|(_, field)| field.no).collect();
    let mut number = 1;
    let mut line = csv::StringRecord::new();
    let mut rows = std::iter::from_fn(|| {
        number += 1;
        match reader.read_record(&mut line) {
            Ok(false) => None,
            Ok(true) => Some(row(number, &line, &fields)),
            Err(error) => Some(Err(rejected(number, None, error.to_string()))),
        }
    });
    let request = ImportRequest {
        actor: Actor::operator(),
        source: file.display().to_string(),
        reason: "đo tốc độ nhập".to_owned(),
        idempotency_key: format!("{register} {}", file.display()),
        register: register.to_owned(),
        upsert: true,
        mapped,
        evidence: None,
    };
    Ok(ours.queue.prepare(&request, &mut rows, &mut |_| {})?)
}

fn columns<'s>(
    schema: &'s Schema,
    headers: &csv::StringRecord,
) -> anyhow::Result<Vec<(usize, &'s mc_register::Field)>> {
    anyhow::ensure!(headers.iter().eq(COLUMNS), "another file: {headers:?}");
    let field = |(at, id)| Ok((at, schema.field(id).with_context(|| format!("no field {id}"))?));
    headers.iter().enumerate().map(field).collect()
}

fn row(
    number: u64,
    line: &csv::StringRecord,
    fields: &[(usize, &mc_register::Field)],
) -> Result<ImportRow, RejectedRow> {
    let mut record = Record::new();
    for (at, field) in fields {
        let text = line.get(*at).unwrap_or_default();
        if !text.is_empty() {
            let value = parse_canonical(field, text)
                .ok_or_else(|| rejected(number, Some(&field.id), format!("không đọc được “{text}”")))?;
            record.set(field.no, value);
        }
    }
    Ok(ImportRow { row: number, edit: Edit::Insert { record } })
}

fn rejected(row: u64, field: Option<&str>, message: String) -> RejectedRow {
    RejectedRow { row, field: field.map(str::to_owned), message }
}

/// Site number `number` with a height.
fn site(number: u64, height: i64) -> anyhow::Result<Record> {
    let place = FIRST_COMMUNE + u32::try_from(number)? % COMMUNES;
    let since = Day::new(2025, 1, 1).context("a day")?;
    let values = BTreeMap::from([
        (1, Value::Code(format!("S{number}"))),
        (2, Value::Place(PlaceId(place))),
        (3, Value::Day(since)),
        (4, Value::Int(height)),
    ]);
    Ok(values.into_iter().collect())
}

/// Puts the sites in place.
///
/// # Errors
/// When that is refused.
pub fn sites(ours: &Ours) -> anyhow::Result<()> {
    let edits = (0..SITES).map(|number| {
        Ok(EditRequest { register: "site".to_owned(), edit: Edit::Insert { record: site(number, 30)? } })
    });
    ours.queue.commit(small::request(edits.collect::<anyhow::Result<_>>()?))?;
    Ok(())
}

/// Corrects one site after the other, twenty a second, until told to stop.
fn correct_sites(
    ours: &Ours,
    stop: &AtomicBool,
    applying: &AtomicBool,
) -> anyhow::Result<(Samples, Samples)> {
    const PAUSE: Duration = Duration::from_millis(50);
    let (mut all, mut during) = (Samples::default(), Samples::default());
    let mut done: u64 = 0;
    while !stop.load(Ordering::Relaxed) {
        let (number, ordinal) = (done % SITES, u32::try_from(done / SITES)? + 1);
        let edit = Edit::Correct {
            key: format!("S{number}"),
            expected_ordinal: ordinal,
            record: site(number, 31 + i64::from(ordinal))?,
        };
        let request = small::request(vec![EditRequest { register: "site".to_owned(), edit }]);
        let was_applying = applying.load(Ordering::Relaxed);
        let (answer, took) = timed(|| ours.queue.commit(request));
        answer.context("a site's correction is refused")?;
        all.add(took);
        if was_applying {
            during.add(took);
        }
        done += 1;
        thread::sleep(PAUSE);
    }
    Ok((all, during))
}
