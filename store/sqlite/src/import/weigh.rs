//! Rules over the staged versions, and what they add to the cells. The conditions and amounts are SQL over
//! the staged rows; here their results are only collected and added up.

use std::collections::{BTreeMap, HashMap, HashSet};

use mc_base::Day;
use mc_port::RejectedRow;
use mc_register::Severity;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::cells::MeasureSql;
use crate::ddl::table;

/// Runs the register's rules over the staged versions. Rows that break one are refused or flagged; edits in
/// `dropped` are passed over, those refused are added to it.
pub(crate) fn rules(
    db: &Connection,
    info: &RegisterInfo,
    explained: bool,
    dropped: &mut HashSet<u32>,
) -> Result<Vec<RejectedRow>, StoreError> {
    let mut rejected = Vec::new();
    if info.rules.is_empty() {
        return Ok(rejected);
    }
    let broken: Vec<String> = info.rules.iter().map(|rule| format!("NOT ({rule})")).collect();
    // A rule that is NULL (a value is not known) is not broken.
    let sql = format!(
        "SELECT row, edit, line, key, {} FROM version WHERE ({}) ORDER BY row",
        broken.join(", "),
        broken.join(") OR (")
    );
    let mut statement = db.prepare(&sql)?;
    let mut flag = db.prepare("INSERT OR IGNORE INTO flag (row, rule) VALUES (?1, ?2)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let edit: u32 = row.get(1)?;
        if dropped.contains(&edit) {
            continue;
        }
        for (at, rule) in info.schema.rule.iter().enumerate() {
            if row.get::<_, Option<bool>>(4 + at)? != Some(true) {
                continue;
            }
            if rule.severity == Severity::Warn || (rule.severity == Severity::Explain && explained) {
                flag.execute(params![row.get::<_, i64>(0)?, rule.id])?;
                continue;
            }
            let advice = match rule.severity {
                Severity::Explain => " Nếu đúng là như vậy, hãy kèm văn bản và lý do (giải trình).",
                Severity::Refuse | Severity::Warn => "",
            };
            let (title, key) = (&info.schema.title.vi, row.get::<_, String>(3)?);
            let message = format!("{title} ({key}): {}{advice}", rule.message.vi);
            rejected.push(RejectedRow { row: row.get(2)?, field: None, message });
            dropped.insert(edit);
            break;
        }
    }
    Ok(rejected)
}

/// A cell's coordinates: measure and cut set together, place, cut value, day.
type Cell = (u32, i64, u32, i32);

/// Value, records, records that reported nothing.
#[derive(Clone, Copy, Default)]
struct Amount(i64, i64, i64);

/// What an import adds to the cells of every measure.
pub(crate) struct Deltas<'a> {
    measures: Vec<&'a MeasureSql>,
    /// Measure number and cut set by the first coordinate of a cell.
    sets: Vec<(i64, i64)>,
    columns: String,
    unknown_place: i64,
    cuts: HashMap<String, u32>,
    cells: HashMap<Cell, Amount>,
}

impl<'a> Deltas<'a> {
    pub(crate) fn new(catalog: &'a Catalog, info: &RegisterInfo, unknown_place: i64) -> Self {
        let measures: Vec<&MeasureSql> = catalog.measures_of(info.no).map(|measure| &measure.sql).collect();
        let mut sets = Vec::new();
        let mut columns = Vec::new();
        for measure in &measures {
            let row = measure.row();
            columns.extend([row.first.clone(), row.until.clone(), row.value.clone(), row.place.clone()]);
            // The uncut total has no text to ask for.
            columns.extend(row.cuts.iter().skip(1).cloned());
            sets.extend((0_i64..).take(row.cuts.len()).map(|set| (measure.no, set)));
        }
        let columns = columns.join(", ");
        Self { measures, sets, columns, unknown_place, cuts: HashMap::new(), cells: HashMap::new() }
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
        let mut at = 1;
        let mut set = 0_u32;
        for index in 0..self.measures.len() {
            let count = self.measures.get(index).map_or(0, |measure| measure.row().cuts.len());
            let columns = (at, set);
            at += 3 + count;
            set += u32::try_from(count).unwrap_or(0);
            let Some(first) = row.get::<_, Option<i32>>(columns.0)? else { continue };
            let until: Option<i32> = row.get(columns.0 + 1)?;
            let value: Option<i64> = row.get(columns.0 + 2)?;
            let place: Option<i64> = row.get(columns.0 + 3)?;
            let amount = Amount(sign * value.unwrap_or(0), sign, sign * i64::from(value.is_none()));
            for (cut, number) in (0..count).zip(columns.1..) {
                let text = if cut == 0 { 0 } else { self.cut(row.get_ref(columns.0 + 3 + cut)?)? + 1 };
                let place = place.unwrap_or(self.unknown_place);
                self.put((number, place, text, first), amount)?;
                if let Some(until) = until {
                    self.put((number, place, text, until), Amount(-amount.0, -amount.1, -amount.2))?;
                }
            }
        }
        Ok(())
    }

    /// The number of a cut's text.
    fn cut(&mut self, text: ValueRef<'_>) -> Result<u32, StoreError> {
        let text = text.as_str().map_err(StoreError::corrupt)?;
        if let Some(known) = self.cuts.get(text) {
            return Ok(*known);
        }
        let number = u32::try_from(self.cuts.len()).map_err(StoreError::corrupt)?;
        self.cuts.insert(text.to_owned(), number);
        Ok(number)
    }

    fn put(&mut self, cell: Cell, amount: Amount) -> Result<(), StoreError> {
        let sum = self.cells.entry(cell).or_default();
        let added =
            sum.0.checked_add(amount.0).map(|value| Amount(value, sum.1 + amount.1, sum.2 + amount.2));
        *sum = added.ok_or_else(|| StoreError::Corrupt("tổng của một ô vượt 2^63".to_owned()))?;
        Ok(())
    }

    /// Writes the deltas of each place and all its ancestors, in the order of the tables they go to.
    pub(crate) fn write(&self, from: &Connection, db: &Connection) -> Result<(), StoreError> {
        let ancestors = ancestors(from)?;
        let mut texts: Vec<&str> = vec![""; self.cuts.len() + 1];
        for (text, number) in &self.cuts {
            if let Some(slot) = texts.get_mut(*number as usize + 1) {
                *slot = text;
            }
        }
        let mut deltas: BTreeMap<(i64, i64, i64, &str, i32), Amount> = BTreeMap::new();
        for ((set, place, cut, day), amount) in &self.cells {
            let (Some((measure, set)), Some(text)) = (self.sets.get(*set as usize), texts.get(*cut as usize))
            else {
                continue;
            };
            for ancestor in ancestors.get(place).into_iter().flatten() {
                let sum = deltas.entry((*measure, *set, *ancestor, text, *day)).or_default();
                *sum = Amount(sum.0 + amount.0, sum.1 + amount.1, sum.2 + amount.2);
            }
        }
        let mut statement = db.prepare(
            "INSERT INTO delta (measure, set_no, place, cut, day, month, value, n, blank)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for ((measure, set, place, cut, day), Amount(value, n, blank)) in deltas {
            if (value, n, blank) == (0, 0, 0) {
                continue;
            }
            let month = Day::from_epoch_days(day).map(|day| day.month().number());
            statement.execute(params![measure, set, place, cut, day, month, value, n, blank])?;
        }
        Ok(())
    }
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
