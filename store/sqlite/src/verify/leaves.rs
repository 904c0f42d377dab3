//! The row leaves in the order of the ledger: the root of each commit's rows, closes and erasures, and the
//! spans of version numbers that commits opened.

use std::collections::{BTreeMap, HashMap};

use mc_ledger::Act;
use mc_ledger::tree::Frontier;
use mc_port::{FindingKind, Report};
use rusqlite::{OptionalExtension, params};

use super::log::RowsOf;
use super::rows::{LEAF_COLUMNS, Leaf, one};
use crate::StoreError;
use crate::convert::hash;
use crate::reader::Reader;

/// Leaves read in one snapshot.
const BATCH: u64 = 20_000;
const SHOWN_MAX: u32 = 20;

/// Leaves that opened and closed versions, by register number.
#[derive(Default)]
pub(super) struct Counted {
    opened: HashMap<i64, u64>,
    closed: HashMap<i64, u64>,
}

impl Counted {
    /// Leaves that opened versions of a register.
    pub(super) fn opened(&self, register: i64) -> u64 {
        self.opened.get(&register).copied().unwrap_or(0)
    }

    /// Leaves that closed versions of a register.
    pub(super) fn closed(&self, register: i64) -> u64 {
        self.closed.get(&register).copied().unwrap_or(0)
    }
}

/// Versions that one commit opened in one register.
#[derive(Default)]
struct Span {
    count: i64,
    least: Option<i64>,
    greatest: i64,
}

struct Walk<'a> {
    reader: &'a Reader,
    roots: &'a BTreeMap<u64, RowsOf>,
    pending: Option<u64>,
    report: Report,
    counted: Counted,
    /// The commit whose leaves are being read; 0 before the first.
    seq: u64,
    tree: Frontier,
    spans: BTreeMap<i64, Span>,
    /// Last version number of each register so far.
    last: HashMap<i64, i64>,
    spans_checked: i64,
    strangers: u64,
}

/// Reads all leaves of the commits in `roots`.
pub(super) fn check(reader: &Reader, roots: &BTreeMap<u64, RowsOf>) -> Result<(Report, Counted), StoreError> {
    let mut walk = Walk {
        reader,
        roots,
        pending: reader.importing().map(|job| job.seq),
        report: Report::default(),
        counted: Counted::default(),
        seq: 0,
        tree: Frontier::new(),
        spans: BTreeMap::new(),
        last: HashMap::new(),
        spans_checked: 0,
        strangers: 0,
    };
    walk.all()?;
    walk.end()
}

impl Walk<'_> {
    fn all(&mut self) -> Result<(), StoreError> {
        let reader = self.reader;
        let sql = format!(
            "SELECT {LEAF_COLUMNS}, seq FROM row_leaf
             WHERE (seq, idx) > (?1, ?2) AND seq <= ?3 ORDER BY seq, idx LIMIT {BATCH}"
        );
        let mut after = (0, -1);
        loop {
            reader.renew()?;
            let mut statement = reader.db()?.prepare_cached(&sql)?;
            let mut rows = statement.query(params![after.0, after.1, reader.head().seq.0])?;
            let mut read = 0;
            while let Some(row) = rows.next()? {
                after = (row.get(7)?, row.get(0)?);
                self.leaf(row, after.0, after.1)?;
                read += 1;
            }
            if read < BATCH {
                return Ok(());
            }
        }
    }

    fn leaf(&mut self, row: &rusqlite::Row<'_>, seq: u64, index: i64) -> Result<(), StoreError> {
        if seq != self.seq {
            self.finish(seq)?;
        }
        let (register, act, vid) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let act = Act::from_code(act);
        self.count(register, act, vid);
        if self.pending == Some(seq) {
            return Ok(());
        }
        if !self.roots.contains_key(&seq) {
            self.strangers += 1;
            return Ok(());
        }
        if index != i64::try_from(self.tree.size()).unwrap_or(-1) {
            let place = format!("lần ghi {seq}, dòng {}", index + 1);
            self.report.add(FindingKind::Row, place, "thiếu dòng trước đó");
        }
        self.tree.push(row.get_ref(6)?.as_blob().ok().and_then(hash).unwrap_or_default());
        // What a leaf opened is compared where the versions are read.
        if act == Some(Act::Open) && self.reader.catalog.register_no(register).is_some() {
            *self.counted.opened.entry(register).or_default() += 1;
            self.report.records += 1;
        } else {
            if act == Some(Act::Close) {
                *self.counted.closed.entry(register).or_default() += 1;
            }
            one(self.reader, seq, &Leaf::read(row)?, &mut self.report)?;
        }
        Ok(())
    }

    fn count(&mut self, register: i64, act: Option<Act>, vid: i64) {
        if !matches!(act, Some(Act::Open | Act::Close)) {
            return;
        }
        let span = self.spans.entry(register).or_default();
        if act == Some(Act::Open) {
            span.count += 1;
            span.least = Some(span.least.map_or(vid, |least| least.min(vid)));
            span.greatest = span.greatest.max(vid);
        }
    }

    /// All leaves of the commit at hand are read; `next` is the next commit that has any.
    fn finish(&mut self, next: u64) -> Result<(), StoreError> {
        if self.seq > 0 {
            let tree = std::mem::take(&mut self.tree);
            self.root(self.seq, &tree);
            self.spans()?;
        }
        let without = self.seq + 1..next.max(self.seq + 1);
        let roots = self.roots;
        for (seq, _) in roots.range(without) {
            self.root(*seq, &Frontier::new());
        }
        self.seq = next;
        Ok(())
    }

    fn root(&mut self, seq: u64, tree: &Frontier) {
        let Some(expected) = self.roots.get(&seq) else { return };
        let place = format!("lần ghi {seq}");
        if tree.size() != expected.count {
            let text = format!("mục ghi nói {} dòng, trong bảng có {}", expected.count, tree.size());
            self.report.add(FindingKind::Row, &place, text);
        }
        if tree.root() != expected.root {
            self.report.add(FindingKind::Row, place, "mã gốc của các dòng khác với mục ghi");
        }
    }

    /// The spans that the commit's leaves make are the stored ones.
    fn spans(&mut self) -> Result<(), StoreError> {
        let mut stored = self
            .reader
            .db()?
            .prepare_cached("SELECT vid_from, vid_to FROM register_span WHERE register = ?1 AND seq = ?2")?;
        for (register, span) in std::mem::take(&mut self.spans) {
            let last = self.last.entry(register).or_default();
            let expected = (*last + 1, *last + span.count);
            *last = expected.1;
            if self.pending == Some(self.seq) || !self.roots.contains_key(&self.seq) {
                continue;
            }
            let place = format!("lần ghi {}, sổ {}", self.seq, name(self.reader, register));
            if span.least.is_some_and(|least| (least, span.greatest) != expected) {
                let text = format!(
                    "các phiên bản mở mang số {} đến {}, phải là {} đến {}",
                    span.least.unwrap_or(0),
                    span.greatest,
                    expected.0,
                    expected.1
                );
                self.report.add(FindingKind::Derived, &place, text);
            }
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let found: Option<(i64, i64)> = stored.query_row(params![register, self.seq], read).optional()?;
            self.spans_checked += i64::from(found.is_some());
            if found != Some(expected) {
                let found =
                    found.map_or("không có".to_owned(), |(from, to)| format!("ghi {from} đến {to}"));
                let text = format!(
                    "khoảng số phiên bản trong bảng {found}, tính lại được {} đến {}",
                    expected.0, expected.1
                );
                self.report.add(FindingKind::Derived, place, text);
            }
        }
        Ok(())
    }

    fn end(mut self) -> Result<(Report, Counted), StoreError> {
        self.finish(self.reader.head().seq.0 + 1)?;
        self.reader.renew()?;
        let db = self.reader.db()?;
        // Leaves beyond the position that is read, of commits that are not in the ledger now either.
        let beyond: u64 = db.query_row(
            "SELECT COUNT(*) FROM row_leaf WHERE seq > ?1 AND seq NOT IN (SELECT seq FROM entry)",
            [self.reader.head().seq.0],
            |row| row.get(0),
        )?;
        let strangers = self.strangers + beyond;
        if strangers > 0 {
            self.report.add(FindingKind::Row, "lá dòng", format!("{strangers} lá không thuộc lần ghi nào"));
        }
        self.stray_spans()?;
        Ok((self.report, self.counted))
    }

    fn stray_spans(&mut self) -> Result<(), StoreError> {
        let db = self.reader.db()?;
        let (head, pending) = (self.reader.head().seq.0, self.pending.unwrap_or(0));
        let stored: i64 = db.query_row(
            "SELECT COUNT(*) FROM register_span
             WHERE (seq <= ?1 AND seq <> ?2) OR seq NOT IN (SELECT seq FROM entry)",
            params![head, pending],
            |row| row.get(0),
        )?;
        if stored == self.spans_checked {
            return Ok(());
        }
        let mut statement = db.prepare(&format!(
            "SELECT register, seq FROM register_span AS s
             WHERE (seq <= ?1 AND seq <> ?2 AND NOT EXISTS (
                 SELECT 1 FROM row_leaf AS l WHERE l.seq = s.seq AND l.register = s.register AND l.act <> 3
             )) OR seq NOT IN (SELECT seq FROM entry) LIMIT {SHOWN_MAX}"
        ))?;
        let mut rows = statement.query(params![head, pending])?;
        while let Some(row) = rows.next()? {
            let place = format!("lần ghi {}, sổ {}", row.get::<_, i64>(1)?, name(self.reader, row.get(0)?));
            self.report.add(
                FindingKind::Derived,
                place,
                "có khoảng số phiên bản mà lần ghi không đụng tới sổ",
            );
        }
        Ok(())
    }
}

/// A register by its number, as a person knows it.
pub(super) fn name(reader: &Reader, register: i64) -> String {
    reader
        .catalog
        .register_no(register)
        .map_or_else(|| format!("số {register}"), |info| info.schema.id.clone())
}
