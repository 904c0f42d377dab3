//! What an import adds to the cells where its records lie, gathered row by row. The conditions and amounts are SQL
//! over the staged rows; here their results are only collected and added up.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use rusqlite::{Connection, Row};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::cells::MeasureSql;
use crate::cells::columns::{Columns, MeasureColumns};
use crate::ddl::table;

/// Value, records, records that reported nothing.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount(pub(super) i64, pub(super) i64, pub(super) i64);

impl Amount {
    pub(super) fn plus(self, other: Self) -> Result<Self, StoreError> {
        let value = self.0.checked_add(other.0);
        let value = value.ok_or_else(|| StoreError::Corrupt("tổng của một ô vượt 2^63".to_owned()))?;
        Ok(Self(value, self.1 + other.1, self.2 + other.2))
    }

    const fn negated(self) -> Self {
        Self(-self.0, -self.1, -self.2)
    }
}

/// Place and day.
pub(super) type Spot = (i64, i32);

/// Numbers given to keys in the order in which they come.
struct Numbers<K> {
    known: HashMap<K, u32, RandomState>,
}

impl<K: Eq + std::hash::Hash> Numbers<K> {
    fn of(&mut self, key: K) -> Result<u32, StoreError> {
        let next = u32::try_from(self.known.len()).map_err(StoreError::corrupt)?;
        Ok(*self.known.entry(key).or_insert(next))
    }
}

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self { known: HashMap::default() }
    }
}

/// A measure's cut set and its cells.
pub(super) struct Set {
    pub(super) measure: i64,
    pub(super) set_no: i64,
    cells: Cells,
}

/// Amounts by the number of their spot; where there is a cut, by its text's number too. Measures of one register
/// mostly count at the same spots, so that a spot is looked up once for all of them.
enum Cells {
    Uncut(Vec<Amount>),
    Cut(HashMap<(u32, u32), Amount, RandomState>),
}

impl Set {
    fn new(measure: i64, set_no: i64) -> Self {
        let cells = if set_no == 0 { Cells::Uncut(Vec::new()) } else { Cells::Cut(HashMap::default()) };
        Self { measure, set_no, cells }
    }

    fn put(&mut self, spot: u32, cut: u32, amount: Amount) -> Result<(), StoreError> {
        let sum = match &mut self.cells {
            Cells::Cut(cells) => cells.entry((spot, cut)).or_default(),
            Cells::Uncut(cells) => {
                let at = spot as usize;
                if at >= cells.len() {
                    cells.resize(at + 1, Amount::default());
                }
                match cells.get_mut(at) {
                    Some(sum) => sum,
                    None => return Ok(()),
                }
            }
        };
        *sum = sum.plus(amount)?;
        Ok(())
    }

    /// Numbers of spot and text with their amounts, in no order.
    pub(super) fn into_cells(self) -> Box<dyn Iterator<Item = (u32, u32, Amount)>> {
        match self.cells {
            Cells::Uncut(cells) => Box::new((0..).zip(cells).map(|(spot, amount)| (spot, 0, amount))),
            Cells::Cut(cells) => Box::new(cells.into_iter().map(|((spot, cut), amount)| (spot, cut, amount))),
        }
    }
}

/// The cells of some measures of one register.
pub(super) struct Gatherer {
    measures: Vec<MeasureColumns>,
    columns: Columns,
    pub(super) sets: Vec<Set>,
    spots: Numbers<Spot>,
    cuts: Numbers<Box<str>>,
    /// Of the row at hand, the number of each cut column's text.
    texts: HashMap<usize, u32, RandomState>,
}

impl Gatherer {
    /// `unknown_place` is where records without a place count.
    pub(super) fn new(measures: &[&MeasureSql], unknown_place: i64) -> Result<Self, StoreError> {
        let mut columns = Columns::new("1");
        let measures: Vec<MeasureColumns> =
            measures.iter().map(|measure| MeasureColumns::of(measure, unknown_place, &mut columns)).collect();
        let numbered =
            |it: &MeasureColumns| (0_i64..).zip(0..it.sets()).map(|(set, _)| set).collect::<Vec<_>>();
        let sets =
            measures.iter().flat_map(|it| numbered(it).into_iter().map(|set| Set::new(it.measure, set)));
        let sets = sets.collect();
        let mut cuts = Numbers::default();
        // The uncut total's text is number 0.
        cuts.of(Box::default())?;
        Ok(Self { measures, columns, sets, spots: Numbers::default(), cuts, texts: HashMap::default() })
    }

    /// Adds the staged versions, those of dropped edits left out.
    pub(super) fn add_staged(
        &mut self,
        staging: &Connection,
        dropped: &HashSet<u32>,
    ) -> Result<(), StoreError> {
        let dropped = serde_json::to_string(dropped).map_err(StoreError::corrupt)?;
        let kept = if dropped == "[]" { "?1 = ?1" } else { "edit NOT IN (SELECT value FROM json_each(?1))" };
        let mut statement =
            staging.prepare(&format!("SELECT {} FROM version WHERE {kept}", self.columns.list()))?;
        let mut rows = statement.query([dropped])?;
        while let Some(row) = rows.next()? {
            self.add(row, 1)?;
        }
        Ok(())
    }

    /// Takes off the versions that are closed.
    pub(super) fn take_closed(
        &mut self,
        db: &Connection,
        info: &RegisterInfo,
        closed: &[i64],
    ) -> Result<(), StoreError> {
        let table = table(&info.schema.id);
        let mut statement =
            db.prepare(&format!("SELECT {} FROM {table} WHERE vid = ?1", self.columns.list()))?;
        for vid in closed {
            let mut rows = statement.query([vid])?;
            while let Some(row) = rows.next()? {
                self.add(row, -1)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, sign: i64) -> Result<(), StoreError> {
        self.texts.clear();
        let mut set = 0;
        let mut last: Option<(Spot, u32)> = None;
        for measure in &self.measures {
            let sets = self.sets.get_mut(set..set + measure.sets()).unwrap_or_default();
            set += measure.sets();
            let Some(first) = row.get::<_, Option<i32>>(measure.first)? else { continue };
            let until: Option<i32> = row.get(measure.until)?;
            let value: Option<i64> = row.get(measure.value)?;
            let place: i64 = row.get(measure.place)?;
            let amount = Amount(sign * value.unwrap_or(0), sign, sign * i64::from(value.is_none()));
            let from = match last {
                Some((spot, number)) if spot == (place, first) => number,
                _ => self.spots.of((place, first))?,
            };
            last = Some(((place, first), from));
            let to = until.map(|until| self.spots.of((place, until))).transpose()?;
            for (set, column) in
                sets.iter_mut().zip(std::iter::once(None).chain(measure.cuts.iter().map(Some)))
            {
                let cut = match column {
                    None => 0,
                    Some(column) => text(&mut self.texts, &mut self.cuts, row, *column)?,
                };
                set.put(from, cut, amount)?;
                if let Some(to) = to {
                    set.put(to, cut, amount.negated())?;
                }
            }
        }
        Ok(())
    }

    /// What was gathered: the sets, the spots by their numbers, and the texts by theirs.
    pub(super) fn finish(self) -> (Vec<Set>, Vec<Spot>, Vec<Box<str>>) {
        (self.sets, listed(self.spots), listed(self.cuts))
    }
}

/// The number of a cut's text, looked up once a row.
fn text(
    known: &mut HashMap<usize, u32, RandomState>,
    cuts: &mut Numbers<Box<str>>,
    row: &Row<'_>,
    column: usize,
) -> Result<u32, StoreError> {
    if let Some(number) = known.get(&column) {
        return Ok(*number);
    }
    let text = row.get_ref(column)?.as_str().map_err(StoreError::corrupt)?;
    let number = match cuts.known.get(text) {
        Some(number) => *number,
        None => cuts.of(text.into())?,
    };
    known.insert(column, number);
    Ok(number)
}

/// The keys in the order of their numbers.
fn listed<K: Ord>(numbers: Numbers<K>) -> Vec<K> {
    let mut keys: Vec<(K, u32)> = numbers.known.into_iter().collect();
    keys.sort_unstable_by_key(|(_, number)| *number);
    keys.into_iter().map(|(key, _)| key).collect()
}
