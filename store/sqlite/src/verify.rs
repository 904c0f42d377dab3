//! Re-reading everything from bytes. Nothing that was derived is trusted; what is wrong is named, down to the
//! record.
//!
//! What is said holds at the position of the snapshot that `verify` began with. A snapshot held for long would
//! keep the journal from being copied back while the server writes, so the long stages take a new one for each
//! piece and pass over what later commits wrote: up to a position, entries, leaves, versions and deltas stay as
//! they are, but for what a redaction of the same snapshot names.

mod access;
mod cells;
mod contributions;
mod declarations;
mod derived;
mod differing;
mod erased;
mod evidence;
mod find;
mod flags;
mod leaves;
mod log;
mod marked;
mod personal;
mod plain;
mod pool;
pub(crate) mod rows;
mod search;
mod sums;
mod versions;

use std::collections::BTreeMap;

use mc_port::Report;

use crate::StoreError;
use crate::reader::Reader;
use contributions::Totals;
use leaves::Counted;
use log::RowsOf;
use sums::Seed;
use versions::{Plan, Tally};

/// What `verify` is doing, for a progress line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Entries, tree and checkpoints.
    Log,
    /// Schemas, indicators and places.
    Declarations,
    /// Pages of the database file, row leaves and versions.
    Rows,
    /// Cells and search.
    Derived,
}

impl Reader {
    /// Re-reads everything up to the position of this reader and reports what is wrong. The reader then stands
    /// at a later snapshot: take another for anything else.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn verify(&self, progress: &mut dyn FnMut(Stage, u64)) -> Result<Report, StoreError> {
        let mut report = Report::default();
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
        derived::check(self, &mut report)?;
        self.renew()?;
        let mut work = Work { reader: self, seed: Seed::default(), totals: Totals::new(), report };
        work.records(&roots, &mut |done| progress(Stage::Rows, done))?;
        erased::check(self, &mut work.report)?;
        evidence::check(self, &mut work.report)?;
        access::check(self, &mut work.report)?;
        progress(Stage::Derived, 0);
        work.derived()?;
        Ok(work.report)
    }
}

/// The long stages.
struct Work<'r> {
    reader: &'r Reader,
    seed: Seed,
    totals: Totals,
    report: Report,
}

impl Work<'_> {
    /// The file's pages, the leaves of all commits, and the versions of all registers.
    fn records(
        &mut self,
        roots: &BTreeMap<u64, RowsOf>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), StoreError> {
        let (reader, seed) = (self.reader, &self.seed);
        let registers = reader.catalog.registers();
        let plans = registers.map(|info| Plan::new(reader, info)).collect::<Result<Vec<_>, _>>()?;
        let mut tasks = vec![Records::File, Records::Leaves];
        for plan in &plans {
            tasks.extend(versions::Task::all(reader, plan)?.into_iter().map(Records::Versions));
        }
        let (mut done, mut reports) = (0, Reports::default());
        let (mut counted, mut tally) = (Counted::default(), Tally::default());
        progress(done);
        pool::run(
            reader,
            &tasks,
            |reader, task, teller| {
                Ok(match task {
                    Records::File => Done::Report(log::file(reader)?),
                    Records::Leaves => Done::Leaves(Box::new(leaves::check(reader, roots)?)),
                    Records::Versions(task) => {
                        Done::Versions(Box::new(versions::check(reader, task, seed, teller)?))
                    }
                })
            },
            &mut |more| {
                done += more;
                progress(done);
            },
            &mut |number, outcome| match outcome {
                Done::Report(report) => reports.add(number, report),
                Done::Leaves(leaves) => {
                    reports.add(number, leaves.0);
                    counted = leaves.1;
                }
                Done::Versions(outcome) => {
                    tally.add(&outcome);
                    outcome.contributions.merge_into(&mut self.totals);
                    reports.add(number, outcome.report);
                }
            },
        )?;
        reports.absorbed_by(&mut self.report);
        self.tally(&counted, &tally)
    }

    /// What the leaves opened and closed is what the versions say.
    fn tally(&mut self, counted: &Counted, tally: &Tally) -> Result<(), StoreError> {
        self.reader.renew()?;
        for info in self.reader.catalog.registers() {
            let (opened, closed) = tally.of(info.no);
            if opened != counted.opened(info.no) || !self.report.ok() {
                versions::missing(self.reader, info, &mut self.report)?;
            }
            if closed != counted.closed(info.no) || !self.report.ok() {
                versions::forged_closes(self.reader, info, &mut self.report)?;
            }
        }
        Ok(())
    }

    /// What was summed up of the versions against the cells, and the search tables.
    fn derived(&mut self) -> Result<(), StoreError> {
        let (reader, seed, totals) = (self.reader, &self.seed, &self.totals);
        let mut tasks = vec![Derived::Index, Derived::Documents, Derived::Find];
        tasks.extend(cells::numbers(reader)?.into_iter().map(Derived::Measure));
        let mut reports = Reports::default();
        pool::run(
            reader,
            &tasks,
            |reader, task, _| match task {
                Derived::Index => search::index(reader, seed),
                Derived::Documents => search::strays(reader),
                Derived::Find => find::check(reader, seed),
                Derived::Measure(no) => cells::check(reader, *no, totals, seed),
            },
            &mut |_| {},
            &mut |number, report| reports.add(number, report),
        )?;
        reports.absorbed_by(&mut self.report);
        Ok(())
    }
}

/// Reports that come in any order and are told in the order of the tasks.
#[derive(Default)]
struct Reports(BTreeMap<usize, Report>);

impl Reports {
    fn add(&mut self, number: usize, report: Report) {
        if report != Report::default() {
            self.0.insert(number, report);
        }
    }

    fn absorbed_by(self, report: &mut Report) {
        self.0.into_values().for_each(|found| report.absorb(found));
    }
}

/// A task of the stage that reads the ledger's rows.
enum Records<'p> {
    File,
    Leaves,
    Versions(versions::Task<'p>),
}

/// What came of it.
enum Done {
    Report(Report),
    Leaves(Box<(Report, Counted)>),
    Versions(Box<versions::Outcome>),
}

/// A task of the stage that reads the derived tables.
enum Derived {
    Index,
    Documents,
    Find,
    Measure(i64),
}
