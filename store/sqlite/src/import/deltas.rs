//! What an import adds to the cells: gathered row by row, summed up by place, and staged in the order of the
//! tables they go to. The conditions and amounts are SQL over the staged rows; here their results are only
//! collected and added up.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::sync_channel;

use mc_base::Day;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::cells::MeasureSql;
use crate::ddl::table;

/// A cell of one cut set: place, number of the cut's text, day.
type Cell = (i64, u32, i32);

/// Value, records, records that reported nothing.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Amount(i64, i64, i64);

impl Amount {
    fn plus(self, other: Self) -> Result<Self, StoreError> {
        let value = self.0.checked_add(other.0);
        let value = value.ok_or_else(|| StoreError::Corrupt("tổng của một ô vượt 2^63".to_owned()))?;
        Ok(Self(value, self.1 + other.1, self.2 + other.2))
    }
}

/// A measure's cut set and its cells.
struct Set {
    measure: i64,
    set_no: i64,
    cells: HashMap<Cell, Amount>,
}

/// The cells of a cut set in the order of the tables, with all places in which they count.
struct Sorted {
    measure: i64,
    set_no: i64,
    cells: Vec<(Cell, Amount)>,
}

/// What an import adds to the cells of every measure.
pub(crate) struct Deltas<'a> {
    measures: Vec<&'a MeasureSql>,
    sets: Vec<Set>,
    columns: String,
    unknown_place: i64,
    /// Texts of cuts by their numbers; the uncut total's is number 0.
    cuts: HashMap<String, u32>,
}

impl<'a> Deltas<'a> {
    pub(crate) fn new(catalog: &'a Catalog, info: &RegisterInfo, unknown_place: i64) -> Self {
        let mut measures: Vec<&MeasureSql> =
            catalog.measures_of(info.no).map(|measure| &measure.sql).collect();
        measures.sort_by_key(|measure| measure.no);
        let mut sets = Vec::new();
        let mut columns = Vec::new();
        for measure in &measures {
            let row = measure.row();
            columns.extend([row.first.clone(), row.until.clone(), row.value.clone(), row.place.clone()]);
            // The uncut total has no text to ask for.
            columns.extend(row.cuts.iter().skip(1).cloned());
            let numbers = (0_i64..).take(row.cuts.len());
            sets.extend(numbers.map(|set_no| Set { measure: measure.no, set_no, cells: HashMap::new() }));
        }
        let cuts = HashMap::from([(String::new(), 0)]);
        Self { measures, sets, columns: columns.join(", "), unknown_place, cuts }
    }

    /// Adds the staged versions, those of dropped edits left out.
    pub(crate) fn add_staged(&mut self, db: &Connection, dropped: &HashSet<u32>) -> Result<(), StoreError> {
        if self.measures.is_empty() {
            return Ok(());
        }
        let sql = format!("SELECT edit, {} FROM version", self.columns);
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if dropped.is_empty() || !dropped.contains(&row.get(0)?) {
                self.add(row, 1)?;
            }
        }
        Ok(())
    }

    /// Takes off the versions that are closed.
    pub(crate) fn take_closed(
        &mut self,
        db: &Connection,
        info: &RegisterInfo,
        closed: impl Iterator<Item = i64>,
    ) -> Result<(), StoreError> {
        if self.measures.is_empty() {
            return Ok(());
        }
        let sql = format!("SELECT vid, {} FROM {} WHERE vid = ?1", self.columns, table(&info.schema.id));
        let mut statement = db.prepare(&sql)?;
        for vid in closed {
            let mut rows = statement.query([vid])?;
            while let Some(row) = rows.next()? {
                self.add(row, -1)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, sign: i64) -> Result<(), StoreError> {
        let (mut at, mut set) = (1, 0);
        for measure in &self.measures {
            let count = measure.row().cuts.len();
            let (column, sets) = (at, self.sets.get_mut(set..set + count).unwrap_or_default());
            at += 3 + count;
            set += count;
            let Some(first) = row.get::<_, Option<i32>>(column)? else { continue };
            let until: Option<i32> = row.get(column + 1)?;
            let value: Option<i64> = row.get(column + 2)?;
            let place = row.get::<_, Option<i64>>(column + 3)?.unwrap_or(self.unknown_place);
            let amount = Amount(sign * value.unwrap_or(0), sign, sign * i64::from(value.is_none()));
            for (cut, set) in sets.iter_mut().enumerate() {
                let text = match cut {
                    0 => 0,
                    _ => number(&mut self.cuts, row.get_ref(column + 3 + cut)?)?,
                };
                set.put((place, text, first), amount)?;
                if let Some(until) = until {
                    set.put((place, text, until), Amount(-amount.0, -amount.1, -amount.2))?;
                }
            }
        }
        Ok(())
    }

    /// Writes the deltas of each place and all its ancestors, by day and by month, in the order of the tables
    /// they go to: one cut set is written while the next one is put in order.
    pub(crate) fn write(self, from: &Connection, db: &Connection) -> Result<(), StoreError> {
        const SETS_WAITING: usize = 1;
        let ancestors = ancestors(from)?;
        let mut texts: Vec<(String, u32)> = self.cuts.into_iter().collect();
        texts.sort_unstable();
        // The number of a text becomes its rank, so that cells sort as their texts do.
        let mut ranks = vec![0; texts.len()];
        for ((_, number), rank) in texts.iter().zip(0_u32..) {
            if let Some(slot) = ranks.get_mut(*number as usize) {
                *slot = rank;
            }
        }
        let mut rows = Rows::new(db, &texts)?;
        std::thread::scope(|scope| {
            let (sender, sorted) = sync_channel(SETS_WAITING);
            let sets = self.sets;
            let (ancestors, ranks) = (&ancestors, &ranks);
            let sorter = scope.spawn(move || {
                sets.into_iter().try_for_each(|set| {
                    // Nobody listens any more only where writing failed, which is reported there.
                    let _ = sender.send(set.sorted(ancestors, ranks)?);
                    Ok(())
                })
            });
            let written = sorted.into_iter().try_for_each(|set| rows.write(&set));
            let done = sorter.join().unwrap_or(Err(StoreError::Stopped));
            written.and(done)
        })
    }
}

impl Set {
    fn put(&mut self, cell: Cell, amount: Amount) -> Result<(), StoreError> {
        let sum = self.cells.entry(cell).or_default();
        *sum = sum.plus(amount)?;
        Ok(())
    }

    fn sorted(self, ancestors: &HashMap<i64, Vec<i64>>, ranks: &[u32]) -> Result<Sorted, StoreError> {
        let mut cells: Vec<(Cell, Amount)> = Vec::with_capacity(self.cells.len() * 4);
        for ((place, cut, day), amount) in self.cells {
            let Some(rank) = ranks.get(cut as usize) else { continue };
            let counting = ancestors.get(&place).into_iter().flatten();
            cells.extend(counting.map(|ancestor| ((*ancestor, *rank, day), amount)));
        }
        cells.sort_unstable_by_key(|(cell, _)| *cell);
        let mut kept: Vec<(Cell, Amount)> = Vec::with_capacity(cells.len());
        for (cell, amount) in cells {
            match kept.last_mut().filter(|last| last.0 == cell) {
                Some(last) => last.1 = last.1.plus(amount)?,
                None => kept.push((cell, amount)),
            }
        }
        kept.retain(|(_, amount)| *amount != Amount::default());
        Ok(Sorted { measure: self.measure, set_no: self.set_no, cells: kept })
    }
}

/// The staged deltas' statements.
struct Rows<'a> {
    texts: &'a [(String, u32)],
    days: Statement<'a>,
    months: Statement<'a>,
    /// Days written.
    written: i64,
}

const DAY: &str = "INSERT INTO delta (measure, set_no, place, cut, value, n, blank, day)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
/// A month names the last one of its days, so that both are folded together.
const MONTH: &str = "INSERT INTO delta_month (measure, set_no, place, cut, value, n, blank, month, last_day)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

impl<'a> Rows<'a> {
    fn new(db: &'a Connection, texts: &'a [(String, u32)]) -> Result<Self, StoreError> {
        Ok(Self { texts, days: db.prepare(DAY)?, months: db.prepare(MONTH)?, written: 0 })
    }

    fn write(&mut self, set: &Sorted) -> Result<(), StoreError> {
        let mut month: Option<(Cell, Amount)> = None;
        for ((place, rank, day), amount) in &set.cells {
            let number = Day::from_epoch_days(*day)
                .ok_or_else(|| StoreError::Corrupt(format!("ngày thứ {day} không có trong lịch")))?
                .month()
                .number();
            let here = (*place, *rank, number);
            if month.is_some_and(|(cell, _)| cell != here) {
                self.month(set, month.take())?;
            }
            let sum = month.map_or(Ok(*amount), |(_, sum)| sum.plus(*amount))?;
            month = Some((here, sum));
            bind(&mut self.days, set, self.texts, (*place, *rank), *amount)?;
            self.days.raw_bind_parameter(8, *day)?;
            self.days.raw_execute()?;
            self.written += 1;
        }
        self.month(set, month)
    }

    fn month(&mut self, set: &Sorted, month: Option<(Cell, Amount)>) -> Result<(), StoreError> {
        let Some(((place, rank, number), sum)) = month else { return Ok(()) };
        bind(&mut self.months, set, self.texts, (place, rank), sum)?;
        self.months.raw_bind_parameter(8, number)?;
        self.months.raw_bind_parameter(9, self.written)?;
        self.months.raw_execute()?;
        Ok(())
    }
}

fn bind(
    statement: &mut Statement<'_>,
    set: &Sorted,
    texts: &[(String, u32)],
    (place, rank): (i64, u32),
    Amount(value, n, blank): Amount,
) -> Result<(), StoreError> {
    let cut = texts.get(rank as usize).map_or("", |(text, _)| text.as_str());
    statement.raw_bind_parameter(1, set.measure)?;
    statement.raw_bind_parameter(2, set.set_no)?;
    statement.raw_bind_parameter(3, place)?;
    statement.raw_bind_parameter(4, cut)?;
    statement.raw_bind_parameter(5, value)?;
    statement.raw_bind_parameter(6, n)?;
    statement.raw_bind_parameter(7, blank)?;
    Ok(())
}

/// The number of a cut's text.
fn number(cuts: &mut HashMap<String, u32>, text: ValueRef<'_>) -> Result<u32, StoreError> {
    let text = text.as_str().map_err(StoreError::corrupt)?;
    if let Some(known) = cuts.get(text) {
        return Ok(*known);
    }
    let number = u32::try_from(cuts.len()).map_err(StoreError::corrupt)?;
    cuts.insert(text.to_owned(), number);
    Ok(number)
}

/// Every place with the places in whose cells it counts.
fn ancestors(db: &Connection) -> Result<HashMap<i64, Vec<i64>>, StoreError> {
    let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut statement = db.prepare("SELECT place, ancestor FROM place_ancestor")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(found)
}
