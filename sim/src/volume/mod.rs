//! What a whole province has recorded beside the story: archives taken over when the registers were opened,
//! and the files of the months since. All of it belongs to Tỉnh Minh Họa and is invented.
//!
//! Each [`Load`] is a file that goes through the product's own import; its rows are made one at a time, so that
//! 3.6 million of them need no memory.

mod gate;
mod land;
mod money;
mod months;
pub(crate) mod network;
mod villages;
mod work;

use std::sync::Arc;

use mc_access::Actor;
use mc_base::{Day, Instant, Month};
use mc_ledger::Value;
use mc_register::{Record, Schema};

use crate::chance::Chance;
use crate::evidence::EvidenceFile;
use crate::stage::Province;
use crate::value::{Fields, ILLUSTRATIVE_NOTE, d25, later};
use crate::{Schemas, SimError};

/// Parcels for which the rest is measured.
pub const PARCELS: u64 = 3_600_000;
/// Fewer say nothing of a province.
pub const PARCELS_MIN: u64 = 10_000;

/// A file that is imported: a row that brings a thing up to date names its key and what differs.
pub struct Load {
    /// When it is recorded, in story time.
    pub at: Instant,
    /// Who records it.
    pub actor: Actor,
    /// Whence: the file.
    pub source: String,
    /// Why.
    pub reason: String,
    /// Register id.
    pub register: &'static str,
    /// Its rows, in the order of the file.
    pub rows: Rows,
}

/// Values of rows by field id.
pub(crate) type FieldRows = Box<dyn Iterator<Item = Fields>>;

/// The rows of a [`Load`].
pub struct Rows {
    schema: Arc<Schema>,
    rows: FieldRows,
    /// They add records, which say that they are invented.
    adds: bool,
}

impl Iterator for Rows {
    type Item = Result<Record, SimError>;

    fn next(&mut self) -> Option<Self::Item> {
        let fields = self.rows.next()?;
        let mut record = Record::new();
        if self.adds {
            // Registers without these fields simply do not have them.
            let _ = record.set_id(&self.schema, "illustrative", Value::Bool(true));
            let _ = record.set_id(&self.schema, "note", Value::Text(ILLUSTRATIVE_NOTE.to_owned()));
        }
        Some(crate::play::write(&self.schema, &mut record, &fields).map(|()| record))
    }
}

/// All loads of a province, in order of time.
pub(crate) fn loads(
    schemas: Schemas<'_>,
    province: &Province,
    seed: u64,
    size: Size,
) -> Result<Vec<Load>, SimError> {
    let mut book = Book { seed, size, province, loads: Vec::new() };
    network::write(&mut book);
    villages::write(&mut book);
    land::write(&mut book);
    months::write(&mut book);
    money::write(&mut book);
    gate::write(&mut book);
    work::write(&mut book);
    let mut drafts = book.loads;
    drafts.sort_by_key(|draft| draft.at);
    let load = |draft: Draft| {
        let register = draft.register;
        let schema = schemas(register).ok_or_else(|| SimError::NoRegister(register.to_owned()))?;
        let rows = Rows { schema, rows: draft.rows, adds: draft.adds };
        let Draft { at, actor, source, reason, .. } = draft;
        Ok(Load { at, actor, source, reason, register, rows })
    };
    drafts.into_iter().map(load).collect()
}

/// The evidence files that records of the loads point to.
pub(crate) fn evidence() -> Vec<EvidenceFile> {
    vec![work::minutes()]
}

/// How large everything is: in proportion to the parcels.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) parcels: u64,
}

impl Size {
    /// Out of `full` in a province of [`PARCELS`], as many as this one has; one at least.
    pub(crate) fn of(self, full: usize) -> usize {
        let scaled = u128::from(self.parcels) * (full as u128) / u128::from(PARCELS);
        usize::try_from(scaled).unwrap_or(full).max(1)
    }

    /// The first month of the archives: January 2021 in a full province, later in a smaller one.
    fn first_month(self) -> Month {
        const FULL: usize = 54;
        let back = i32::try_from(self.of(FULL).clamp(2, FULL)).unwrap_or(2);
        opened().plus(1 - back).unwrap_or_else(opened)
    }
}

/// A load without the schema of its register.
struct Draft {
    at: Instant,
    actor: Actor,
    source: String,
    reason: String,
    register: &'static str,
    rows: FieldRows,
    adds: bool,
}

/// Where the loads are written down.
struct Book<'a> {
    seed: u64,
    size: Size,
    province: &'a Province,
    loads: Vec<Draft>,
}

/// What a load says of itself.
struct Said<'a> {
    at: Instant,
    file: &'a str,
    reason: String,
    register: &'static str,
}

impl Book<'_> {
    /// A file of new records.
    fn adds(&mut self, said: Said<'_>, rows: impl Iterator<Item = Fields> + 'static) {
        self.load(said, Box::new(rows), true);
    }

    /// A file that brings records up to date.
    fn updates(&mut self, said: Said<'_>, rows: impl Iterator<Item = Fields> + 'static) {
        self.load(said, Box::new(rows), false);
    }

    fn load(&mut self, said: Said<'_>, rows: FieldRows, adds: bool) {
        let Said { at, file, reason, register } = said;
        let (actor, source) = (self.province.standing_agency(), format!("{file} (minh họa)"));
        self.loads.push(Draft { at, actor, source, reason, register, rows, adds });
    }

    fn chance(&self, part: &str) -> Chance {
        Chance::of(self.seed, part)
    }
}

/// The last month of the archives: the registers were opened on 1 July 2025.
fn opened() -> Month {
    d25(6, 1).month()
}

/// A working day, `count` days after `first` or up to two later.
fn working_day(first: Day, count: usize) -> Day {
    let found = later(first, i32::try_from(count).unwrap_or(0));
    match found.weekday() {
        6 => later(found, 2),
        7 => later(found, 1),
        _ => found,
    }
}

/// Months from `first` up to and with `last`.
fn months_between(first: Month, last: Month) -> Vec<Month> {
    let after = last.next();
    std::iter::successors(Some(first), |month| Some(month.next()).filter(|next| *next < after)).collect()
}
