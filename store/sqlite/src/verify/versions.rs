//! The versions of every register in the order of their numbers, each against its leaf. The same reading
//! gathers what the derived tables must hold: see [`super::flags`], [`super::cells`] and [`super::search`].

use std::collections::HashMap;

use mc_base::Seq;
use mc_ledger::Act;
use mc_port::{FindingKind, Report};
use rusqlite::types::ValueRef;
use rusqlite::{Row, params};

use super::contributions::{self, Contributions};
use super::flags::{FlagColumns, Flags};
use super::personal::Values;
use super::plain::Plain;
use super::pool::Teller;
use super::rows::{LEAF_COLUMNS, Leaf, one};
use super::sums::Seed;
use super::{erased, search};
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::cells::columns::{Columns, MeasureColumns};
use crate::convert::hash;
use crate::ddl::table;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

/// Versions of a task: read in one snapshot.
const CHUNK: i64 = 10_000;
const TOLD_EVERY: u64 = 2_000;
const SHOWN_MAX: u32 = 100;

/// How the versions of one register are read.
pub(super) struct Plan {
    /// Number of the register.
    pub(super) register: i64,
    sql: String,
    /// Columns of a version row; those of its leaf, then its document follow the [`Columns`].
    leaf: usize,
    document: Option<usize>,
    flags: FlagColumns,
    measures: Vec<MeasureColumns>,
}

impl Plan {
    pub(super) fn new(reader: &Reader, info: &RegisterInfo) -> Result<Self, StoreError> {
        let mut columns = Columns::new(&info.columns);
        let flags = FlagColumns::new(reader, info, &mut columns)?;
        let measures = contributions::columns(reader, info.no, &mut columns);
        let searched = crate::search::is_searched(&info.schema);
        let leaf = columns.count();
        let (document, join) = match searched {
            true => (
                ", d.id, d.place, d.title",
                "LEFT JOIN search_document AS d ON d.register = ?3 AND d.key = v.key AND v.seq_to IS NULL",
            ),
            false => ("", ""),
        };
        let sql = format!(
            "SELECT v.*, l.register, l.act, l.vid, l.hash{document}
             FROM (SELECT {} FROM {} WHERE vid BETWEEN ?1 AND ?2) AS v
             LEFT JOIN row_leaf AS l ON l.seq = v.seq_from AND l.idx = v.leaf {join}
             WHERE ?3 = ?3 ORDER BY v.vid",
            columns.list(),
            table(&info.schema.id)
        );
        let document = searched.then_some(leaf + 4);
        Ok(Self { register: info.no, sql, leaf, document, flags, measures })
    }
}

/// Versions `from` to `to` of a register.
pub(super) struct Task<'p> {
    plan: &'p Plan,
    from: i64,
    to: i64,
}

impl<'p> Task<'p> {
    /// The tasks of a register: they cover every number there can be, and as many of those there are each.
    pub(super) fn all(reader: &Reader, plan: &'p Plan) -> Result<Vec<Self>, StoreError> {
        let Some(info) = reader.catalog.register_no(plan.register) else { return Ok(Vec::new()) };
        let sql = format!("SELECT COUNT(*) FROM {}", table(&info.schema.id));
        let count: i64 = reader.db()?.query_row(&sql, [], |row| row.get(0))?;
        let tasks = 1.max(count.div_euclid(CHUNK) + i64::from(count % CHUNK > 0));
        Ok((0..tasks)
            .map(|at| Self {
                plan,
                from: if at == 0 { i64::MIN } else { at * CHUNK + 1 },
                to: if at + 1 == tasks { i64::MAX } else { (at + 1) * CHUNK },
            })
            .collect())
    }
}

/// What came of a task.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) register: i64,
    pub(super) report: Report,
    /// Versions with the leaf that opened them, of commits that are read.
    pub(super) opened: u64,
    /// Versions closed by commits that are read.
    pub(super) closed: u64,
    pub(super) contributions: Contributions,
}

/// Reads one task.
pub(super) fn check<O>(
    reader: &Reader,
    task: &Task<'_>,
    seed: &Seed,
    teller: &Teller<O>,
) -> Result<Outcome, StoreError> {
    let Some(info) = reader.catalog.register_no(task.plan.register) else { return Ok(Outcome::default()) };
    let db = reader.db()?;
    let span = params![info.no, task.from, task.to];
    let mut values = db.prepare_cached(Values::SQL)?;
    let mut flags = db.prepare_cached(Flags::SQL)?;
    let is_settled = search::is_settled(reader, info)?;
    let mut chunk = Chunk {
        reader,
        info,
        plan: task.plan,
        pending: reader.importing().map(|job| Seq(job.seq)),
        document: task.plan.document.filter(|_| is_settled),
        values: Values::new(values.query(span)?)?,
        flags: Flags::new(flags.query(span)?)?,
        plain: Plain::new(reader, info),
        outcome: Outcome {
            register: info.no,
            contributions: Contributions::new(&task.plan.measures, seed.clone()),
            ..Outcome::default()
        },
    };
    let mut statement = db.prepare_cached(&task.plan.sql)?;
    let mut rows = statement.query(params![task.from, task.to, info.no])?;
    let mut told = 0;
    while let Some(row) = rows.next()? {
        chunk.version(row)?;
        told += 1;
        if told == TOLD_EVERY {
            teller.more(std::mem::take(&mut told));
        }
    }
    teller.more(told);
    let Chunk { mut values, mut flags, mut outcome, .. } = chunk;
    flags.rest(info, &mut outcome.report)?;
    values.skip_to(i64::MAX)?;
    if values.strays {
        erased::strays(reader, info, (task.from, task.to), &mut outcome.report)?;
    }
    Ok(outcome)
}

struct Chunk<'c> {
    reader: &'c Reader,
    info: &'c RegisterInfo,
    plan: &'c Plan,
    pending: Option<Seq>,
    /// Where the columns of the document stand, if they are to be looked at.
    document: Option<usize>,
    values: Values<'c>,
    flags: Flags<'c>,
    plain: Plain<'c>,
    outcome: Outcome,
}

impl Chunk<'_> {
    fn version(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let version = match rows::read(row, self.info, &self.reader.catalog) {
            Ok(version) => version,
            // A value that no value of its type looks like: the row is damaged, and reading goes on.
            Err(StoreError::Corrupt(why)) => return self.unreadable(row, &why),
            Err(error) => return Err(error),
        };
        self.values.skip_to(version.vid)?;
        let is_plain = match self.leaf(row, &version)? {
            None => {
                self.found(&version, FindingKind::Version, "được thêm vào bảng mà không có lần ghi nào");
                false
            }
            Some(leaf) => {
                let is_plain = self.plain.holds(&version, &leaf, &mut self.values)?;
                if !is_plain {
                    one(self.reader, version.seq_from.0, &leaf, &mut self.outcome.report)?;
                }
                if self.is_read(version.seq_from) {
                    self.outcome.opened += 1;
                }
                is_plain
            }
        };
        self.close(&version)?;
        self.flags.check(row, &version, is_plain, (self.info, &self.plan.flags), &mut self.outcome.report)?;
        if let Some(at) = self.document {
            search::document(row, at, self.info, &version, &mut self.outcome.report)?;
        }
        if self.is_read(version.seq_from) {
            let closed = version.seq_to.filter(|seq| self.is_read(*seq));
            self.outcome.contributions.add(row, &self.plan.measures, (version.seq_from, closed))?;
        }
        Ok(())
    }

    /// Whether the commit is among those that are read: not later, and not the one being applied.
    fn is_read(&self, seq: Seq) -> bool {
        seq <= self.reader.head().seq && Some(seq) != self.pending
    }

    /// The leaf that opened the version, if it is there and is about this version.
    fn leaf(&self, row: &Row<'_>, version: &StoredVersion) -> Result<Option<Leaf>, StoreError> {
        let at = self.plan.leaf;
        if row.get_ref(at)? == ValueRef::Null {
            return Ok(None);
        }
        let leaf = Leaf {
            index: version.leaf,
            register: row.get(at)?,
            act: Act::from_code(row.get(at + 1)?),
            vid: row.get(at + 2)?,
            field: 0,
            nonce: None,
            hash: row.get_ref(at + 3)?.as_blob().ok().and_then(hash),
        };
        let own = leaf.register == self.info.no && leaf.act == Some(Act::Open) && leaf.vid == version.vid;
        Ok(own.then_some(leaf))
    }

    fn close(&mut self, version: &StoredVersion) -> Result<(), StoreError> {
        let Some(seq) = version.seq_to else { return Ok(()) };
        if self.is_read(seq) {
            self.outcome.closed += 1;
        } else if Some(seq) != self.pending {
            let recorded = self
                .reader
                .db()?
                .prepare_cached("SELECT 1 FROM entry WHERE seq = ?1")?
                .exists([i64::try_from(seq.0).unwrap_or(i64::MAX)])?;
            if !recorded {
                self.found(version, FindingKind::Version, CLOSED);
            }
        }
        Ok(())
    }

    fn found(&mut self, version: &StoredVersion, kind: FindingKind, message: &str) {
        self.outcome.report.add(kind, name(self.info, &version.key, version.ordinal), message);
    }

    fn unreadable(&mut self, row: &Row<'_>, why: &str) -> Result<(), StoreError> {
        let (seq, leaf): (i64, i64) = (row.get(3)?, row.get(5)?);
        let name = format!("{}, lần ghi {seq}, dòng {}", self.info.schema.id, leaf + 1);
        self.outcome.report.add(FindingKind::Version, name, format!("không đọc được: {why}"));
        self.outcome.opened += 1;
        Ok(())
    }
}

const CLOSED: &str = "bị khép trong bảng mà không có lần ghi nào";

/// A version, as a person can find it.
pub(super) fn name(info: &RegisterInfo, key: &str, ordinal: impl std::fmt::Display) -> String {
    format!("{}/{key}, phiên bản {ordinal}", info.schema.id)
}

/// Leaves whose version is not there, or says that another leaf opened it.
pub(super) fn missing(reader: &Reader, info: &RegisterInfo, report: &mut Report) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {LEAF_COLUMNS}, seq FROM row_leaf AS l
         WHERE register = ?1 AND act = 1 AND seq <= ?2 AND seq <> ?3 AND NOT EXISTS (
             SELECT 1 FROM {} AS v WHERE v.vid = l.vid AND v.seq_from = l.seq AND v.leaf = l.idx
         ) LIMIT {SHOWN_MAX}",
        table(&info.schema.id)
    );
    let pending = reader.importing().map_or(0, |job| job.seq);
    let mut statement = reader.db()?.prepare(&sql)?;
    let mut rows = statement.query(params![info.no, reader.head().seq.0, pending])?;
    while let Some(row) = rows.next()? {
        one(reader, row.get(7)?, &Leaf::read(row)?, report)?;
    }
    Ok(())
}

/// Versions that say they are closed, which no leaf closed.
pub(super) fn forged_closes(
    reader: &Reader,
    info: &RegisterInfo,
    report: &mut Report,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT key, ord FROM {} WHERE seq_to <= ?2 AND seq_to <> ?3 AND (vid, seq_to) NOT IN (
             SELECT vid, seq FROM row_leaf WHERE register = ?1 AND act = 2
         ) LIMIT {SHOWN_MAX}",
        table(&info.schema.id)
    );
    let pending = reader.importing().map_or(0, |job| job.seq);
    let mut statement = reader.db()?.prepare(&sql)?;
    let mut rows = statement.query(params![info.no, reader.head().seq.0, pending])?;
    while let Some(row) = rows.next()? {
        let name = name(info, &row.get::<_, String>(0)?, row.get::<_, i64>(1)?);
        report.add(FindingKind::Version, name, CLOSED);
    }
    Ok(())
}

/// Whether what the leaves opened and closed is what the versions say.
#[derive(Default)]
pub(super) struct Tally(HashMap<i64, (u64, u64)>);

impl Tally {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        let tally = self.0.entry(outcome.register).or_default();
        *tally = (tally.0 + outcome.opened, tally.1 + outcome.closed);
    }

    /// Versions opened and closed in a register.
    pub(super) fn of(&self, register: i64) -> (u64, u64) {
        self.0.get(&register).copied().unwrap_or_default()
    }
}
