//! What one commit adds to the cells: one statement a register reads what each version adds to every measure, the
//! sums are made here, and every cell is written once. (A statement for each measure, cut and table made half of
//! what a correction cost.)

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use mc_base::Day;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

use super::{BLOCK_BITS, MeasureSql};
use crate::StoreError;

/// Measure, cut set, place, cut value, day.
type Cell = (i64, i64, i64, String, i32);

/// What is added to a cell.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Amount {
    value: i64,
    n: i64,
    blank: i64,
}

impl Amount {
    fn negated(self) -> Self {
        Self { value: -self.value, n: -self.n, blank: -self.blank }
    }

    fn add(&mut self, other: Self) -> Result<(), StoreError> {
        self.value = self
            .value
            .checked_add(other.value)
            .ok_or_else(|| StoreError::Corrupt("tổng của một ô vượt 2^63".to_owned()))?;
        self.n += other.n;
        self.blank += other.blank;
        Ok(())
    }
}

/// Measure, cut set, place, cut value, commit, day, then the amount.
pub(crate) const INSERT_DELTA: &str =
    "INSERT INTO cell_delta (measure, set_no, place, cut, seq, day, value, n, blank)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
/// Measure, cut set, place, cut value, block, day, then the amount.
pub(crate) const ADD_TO_BLOCK: &str =
    "INSERT INTO cell_delta_sum (measure, set_no, place, cut, block, day, value, n, blank)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
     ON CONFLICT DO UPDATE SET value = value + excluded.value, n = n + excluded.n,
         blank = blank + excluded.blank";
/// Measure, cut set, place, cut value, day, then the amount.
pub(crate) const ADD_TO_DAY: &str = "INSERT INTO cell (measure, set_no, place, cut, day, value, n, blank)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
     ON CONFLICT DO UPDATE SET value = value + excluded.value, n = n + excluded.n,
         blank = blank + excluded.blank";
/// Measure, cut set, place, cut value, month, then the amount.
pub(crate) const ADD_TO_MONTH: &str =
    "INSERT INTO cell_month (measure, set_no, place, cut, month, value, n, blank)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
     ON CONFLICT DO UPDATE SET value = value + excluded.value, n = n + excluded.n,
         blank = blank + excluded.blank";

/// What a commit did to one register.
pub(crate) struct Commit {
    /// Its number.
    pub(crate) seq: u64,
    /// Number in table `register`.
    pub(crate) register: i64,
    /// First and last version opened; (1, 0) where none was.
    pub(crate) opened: (i64, i64),
    /// The place number of records without a place.
    pub(crate) unknown_place: i64,
}

/// What each version that a commit opened or closed adds to `measures`, all of one register; `None` without
/// measures. ?1 to ?2 are the opened versions, ?3 the commit, ?4 the register.
pub(crate) fn statement<'a>(table: &str, measures: impl Iterator<Item = &'a MeasureSql>) -> Option<String> {
    let columns: Vec<&str> = measures.flat_map(|measure| measure.row().columns()).collect();
    (!columns.is_empty()).then(|| {
        let columns = columns.join(", ");
        format!(
            "SELECT 1, {columns} FROM {table} WHERE vid BETWEEN ?1 AND ?2
             UNION ALL SELECT -1, {columns} FROM {table} WHERE vid IN
                 (SELECT vid FROM row_leaf WHERE seq = ?3 AND register = ?4 AND act = 2)"
        )
    })
}

impl Commit {
    /// Adds what the commit changes in the cells of `measures`, read by their [`statement`].
    pub(crate) fn fold(
        &self,
        db: &Connection,
        statement: &str,
        measures: &[&MeasureSql],
    ) -> Result<(), StoreError> {
        let mut own: BTreeMap<Cell, Amount> = BTreeMap::new();
        let mut statement = db.prepare_cached(statement)?;
        let mut rows = statement.query(params![self.opened.0, self.opened.1, self.seq, self.register])?;
        while let Some(row) = rows.next()? {
            self.add(row, measures, &mut own)?;
        }
        own.retain(|_, amount| *amount != Amount::default());
        write(db, self.seq, &with_ancestors(db, own)?)
    }

    /// Adds one version, in the order of the statement's columns.
    fn add(
        &self,
        row: &Row<'_>,
        measures: &[&MeasureSql],
        cells: &mut BTreeMap<Cell, Amount>,
    ) -> Result<(), StoreError> {
        let sign: i64 = row.get(0)?;
        let mut next = 1;
        for measure in measures {
            let at = next;
            let cuts = measure.row().cuts.len();
            // The uncut total has no text to ask for.
            next += 3 + cuts;
            let Some(first) = row.get::<_, Option<i32>>(at)? else { continue };
            let until: Option<i32> = row.get(at + 1)?;
            let value: Option<i64> = row.get(at + 2)?;
            let place = row.get::<_, Option<i64>>(at + 3)?.unwrap_or(self.unknown_place);
            let amount = Amount {
                value: sign * value.unwrap_or(0),
                n: sign,
                blank: sign * i64::from(value.is_none()),
            };
            for (set, cut) in (0_i64..).zip(0..cuts) {
                let text = if cut == 0 { "" } else { text(row.get_ref(at + 3 + cut)?)? };
                let cell = |day| (measure.no, set, place, text.to_owned(), day);
                cells.entry(cell(first)).or_default().add(amount)?;
                if let Some(until) = until {
                    cells.entry(cell(until)).or_default().add(amount.negated())?;
                }
            }
        }
        Ok(())
    }
}

fn text(value: ValueRef<'_>) -> Result<&str, StoreError> {
    value.as_str().map_err(StoreError::corrupt)
}

/// The cells of each place and of all its ancestors; those that do not change are left out.
fn with_ancestors(
    db: &Connection,
    own: BTreeMap<Cell, Amount>,
) -> Result<BTreeMap<Cell, Amount>, StoreError> {
    let mut known: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut all: BTreeMap<Cell, Amount> = BTreeMap::new();
    for ((measure, set, place, cut, day), amount) in own {
        let ancestors = match known.entry(place) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(slot) => slot.insert(ancestors(db, place)?),
        };
        for ancestor in ancestors {
            all.entry((measure, set, *ancestor, cut.clone(), day)).or_default().add(amount)?;
        }
    }
    all.retain(|_, amount| *amount != Amount::default());
    Ok(all)
}

fn ancestors(db: &Connection, place: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = db.prepare_cached("SELECT ancestor FROM place_ancestor WHERE place = ?1")?;
    Ok(statement.query_map([place], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Writes each table in the order of its key.
fn write(db: &Connection, seq: u64, cells: &BTreeMap<Cell, Amount>) -> Result<(), StoreError> {
    let mut delta = db.prepare_cached(INSERT_DELTA)?;
    let mut months: BTreeMap<Cell, Amount> = BTreeMap::new();
    for ((measure, set, place, cut, day), amount) in cells {
        let Amount { value, n, blank } = amount;
        delta.execute(params![measure, set, place, cut, seq, day, value, n, blank])?;
        let month = Day::from_epoch_days(*day)
            .map(|day| day.month().number())
            .ok_or_else(|| StoreError::Corrupt(format!("ngày số {day} của một ô")))?;
        months.entry((*measure, *set, *place, cut.clone(), month)).or_default().add(*amount)?;
    }
    upsert(db, ADD_TO_DAY, cells)?;
    upsert(db, ADD_TO_MONTH, &months)?;
    let mut sum = db.prepare_cached(ADD_TO_BLOCK)?;
    for ((measure, set, place, cut, day), Amount { value, n, blank }) in cells {
        sum.execute(params![measure, set, place, cut, seq >> BLOCK_BITS, day, value, n, blank])?;
    }
    Ok(())
}

fn upsert(db: &Connection, sql: &str, cells: &BTreeMap<Cell, Amount>) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    for ((measure, set, place, cut, time), Amount { value, n, blank }) in cells {
        statement.execute(params![measure, set, place, cut, time, value, n, blank])?;
    }
    Ok(())
}
