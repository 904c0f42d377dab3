//! What an import adds to the cells of every measure: gathered on two threads, summed up by place, and staged in the
//! order of the tables it goes to.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use mc_base::Day;
use rusqlite::{Connection, Statement};

use super::gather::{Amount, Gatherer, Set, Spot};
use super::stage::{self, StageFile};
use crate::catalog::{Catalog, RegisterInfo};
use crate::cells::MeasureSql;
use crate::layout::Layout;
use crate::{StoreError, open};

/// A cell of one cut set: place, rank of the cut's text, day.
type Cell = (i64, u32, i32);

/// The cells of a cut set in the order of the tables, with all places in which they count.
struct Sorted {
    measure: i64,
    set_no: i64,
    cells: Vec<(Cell, Amount)>,
    texts: Arc<Vec<Box<str>>>,
}

/// What an import adds to the cells of every measure.
pub(super) struct Deltas(Vec<Gatherer>);

/// What the deltas are gathered from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) layout: &'a Layout,
    pub(super) info: &'a RegisterInfo,
    /// The staging file; no transaction writes to it meanwhile.
    pub(super) file: &'a StageFile,
    /// Edits that are left out.
    pub(super) dropped: &'a HashSet<u32>,
    /// Versions that are closed.
    pub(super) closed: &'a [i64],
}

impl Deltas {
    /// Nothing yet, of all measures of a register. `unknown_place` is where records without a place count.
    pub(super) fn new(
        catalog: &Catalog,
        info: &RegisterInfo,
        unknown_place: i64,
    ) -> Result<Self, StoreError> {
        const THREADS: usize = 2;
        let mut measures: Vec<_> = catalog.measures_of(info.no).map(|measure| &measure.sql).collect();
        measures.sort_by_key(|measure| std::cmp::Reverse(measure.row().cuts.len()));
        let mut shares: [(usize, Vec<&MeasureSql>); THREADS] = Default::default();
        for measure in measures {
            if let Some((sets, share)) = shares.iter_mut().min_by_key(|(sets, _)| *sets) {
                *sets += measure.row().cuts.len();
                share.push(measure);
            }
        }
        let shares = shares.iter().filter(|(_, share)| !share.is_empty());
        Ok(Self(shares.map(|(_, share)| Gatherer::new(share, unknown_place)).collect::<Result<_, _>>()?))
    }

    /// Gathers them, a thread for each share of the measures, while `beside` is done.
    pub(super) fn gather<T>(
        &mut self,
        from: Source<'_>,
        beside: impl FnOnce() -> T,
    ) -> Result<T, StoreError> {
        std::thread::scope(|scope| {
            let gathering: Vec<_> =
                self.0.iter_mut().map(|share| scope.spawn(move || from.into(share))).collect();
            let done = beside();
            for thread in gathering {
                thread.join().unwrap_or(Err(StoreError::Stopped))?;
            }
            Ok(done)
        })
    }

    /// Writes the deltas of each place and all its ancestors, by day and by month, in the order of the tables
    /// they go to: one cut set is written while the next one is put in order.
    pub(super) fn write(self, from: &Connection, db: &Connection) -> Result<(), StoreError> {
        const SETS_WAITING: usize = 1;
        let ancestors = ancestors(from)?;
        let mut rows = Rows::new(db)?;
        std::thread::scope(|scope| {
            let (sender, sorted) = sync_channel(SETS_WAITING);
            let (shares, ancestors) = (self.0, &ancestors);
            let sorter = scope.spawn(move || sort(shares, ancestors, &sender));
            let written = sorted.into_iter().try_for_each(|set| rows.write(&set));
            let done = sorter.join().unwrap_or(Err(StoreError::Stopped));
            written.and(done)
        })
    }
}

impl Source<'_> {
    fn into(self, share: &mut Gatherer) -> Result<(), StoreError> {
        if !self.closed.is_empty() {
            share.take_closed(&open::reader(&self.layout.database())?, self.info, self.closed)?;
        }
        share.add_staged(&stage::connect(self.file.path())?, self.dropped)
    }
}

/// What the numbers of a share mean.
struct Key {
    spots: Vec<Spot>,
    /// Ranks of texts by their numbers: cells sort by rank as their texts do.
    ranks: Vec<u32>,
    /// Texts by their ranks.
    texts: Arc<Vec<Box<str>>>,
}

impl Key {
    fn new(spots: Vec<Spot>, texts: Vec<Box<str>>) -> Self {
        let mut order: Vec<(Box<str>, usize)> = texts.into_iter().zip(0..).collect();
        order.sort_unstable();
        let mut ranks = vec![0; order.len()];
        for ((_, number), rank) in order.iter().zip(0_u32..) {
            if let Some(slot) = ranks.get_mut(*number) {
                *slot = rank;
            }
        }
        Self { spots, ranks, texts: Arc::new(order.into_iter().map(|(text, _)| text).collect()) }
    }
}

/// Sends every cut set in the order of the tables.
fn sort(
    shares: Vec<Gatherer>,
    ancestors: &HashMap<i64, Vec<i64>>,
    sender: &SyncSender<Sorted>,
) -> Result<(), StoreError> {
    let mut sets: Vec<(Set, Arc<Key>)> = Vec::new();
    for share in shares {
        let (some, spots, texts) = share.finish();
        let key = Arc::new(Key::new(spots, texts));
        sets.extend(some.into_iter().map(|set| (set, Arc::clone(&key))));
    }
    sets.sort_by_key(|(set, _)| (set.measure, set.set_no));
    for (set, key) in sets {
        let (measure, set_no) = (set.measure, set.set_no);
        let cells = sorted(set, &key, ancestors)?;
        // Nobody listens any more only where writing failed, which is reported there.
        let _ = sender.send(Sorted { measure, set_no, cells, texts: Arc::clone(&key.texts) });
    }
    Ok(())
}

fn sorted(
    set: Set,
    key: &Key,
    ancestors: &HashMap<i64, Vec<i64>>,
) -> Result<Vec<(Cell, Amount)>, StoreError> {
    let mut cells: Vec<(Cell, Amount)> = Vec::new();
    for (spot, cut, amount) in set.into_cells().filter(|(.., amount)| *amount != Amount::default()) {
        let (Some((place, day)), Some(rank)) = (key.spots.get(spot as usize), key.ranks.get(cut as usize))
        else {
            continue;
        };
        let counting = ancestors.get(place).into_iter().flatten();
        cells.extend(counting.map(|ancestor| ((*ancestor, *rank, *day), amount)));
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
    Ok(kept)
}

/// The staged deltas' statements.
struct Rows<'a> {
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
    fn new(db: &'a Connection) -> Result<Self, StoreError> {
        Ok(Self { days: db.prepare(DAY)?, months: db.prepare(MONTH)?, written: 0 })
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
            bind(&mut self.days, set, (*place, *rank), *amount)?;
            self.days.raw_bind_parameter(8, *day)?;
            self.days.raw_execute()?;
            self.written += 1;
        }
        self.month(set, month)
    }

    fn month(&mut self, set: &Sorted, month: Option<(Cell, Amount)>) -> Result<(), StoreError> {
        let Some(((place, rank, number), sum)) = month else { return Ok(()) };
        bind(&mut self.months, set, (place, rank), sum)?;
        self.months.raw_bind_parameter(8, number)?;
        self.months.raw_bind_parameter(9, self.written)?;
        self.months.raw_execute()?;
        Ok(())
    }
}

fn bind(
    statement: &mut Statement<'_>,
    set: &Sorted,
    (place, rank): (i64, u32),
    Amount(value, n, blank): Amount,
) -> Result<(), StoreError> {
    let cut = set.texts.get(rank as usize).map_or("", |text| text);
    statement.raw_bind_parameter(1, set.measure)?;
    statement.raw_bind_parameter(2, set.set_no)?;
    statement.raw_bind_parameter(3, place)?;
    statement.raw_bind_parameter(4, cut)?;
    statement.raw_bind_parameter(5, value)?;
    statement.raw_bind_parameter(6, n)?;
    statement.raw_bind_parameter(7, blank)?;
    Ok(())
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
