//! What lists say in the scope of a total: out of the cells of its measure by owner, out of the rows where these
//! are not there yet.

use std::collections::BTreeMap;

use mc_base::{Day, Seq};
use mc_figure::cover::{Listed, Total, UNCUT};
use mc_figure::cut::{NOT_STATED, code_part};
use rusqlite::{Connection, params};

use super::rows::Lists;
use crate::StoreError;
use crate::catalog::{Catalog, MeasureInfo, RegisterInfo};
use crate::cells::{BLOCK_BITS, is_built};
use crate::reader::Reader;

impl Reader {
    /// What the register of a total's measure says at `at` in its scope beyond what it said at `since`.
    pub(super) fn listed(
        &self,
        total: &Total,
        measure: &MeasureInfo,
        since: Seq,
        at: Seq,
    ) -> Result<Listed, StoreError> {
        let Some(register) = self.catalog.register(&measure.compiled.register) else {
            return Ok(Listed::default());
        };
        let db = self.db()?;
        let at = at.min(self.latest_of(register));
        if let Some(cells) = Cells::of(&self.catalog, total, measure, register)
            && is_built(db, cells.measure)?
        {
            let changes = cells.changes(db, (since, at))?;
            return Ok(Listed::of(total.days(&measure.compiled.time), &changes));
        }
        Lists::new(measure, register, &self.places, self.instance().home).between(db, total, since, at)
    }
}

/// The cells in which a list in the scope of a total counts.
struct Cells {
    measure: i64,
    set: i64,
    place: i64,
    cuts: Vec<String>,
}

impl Cells {
    /// `None` where the store keeps none.
    fn of(catalog: &Catalog, total: &Total, measure: &MeasureInfo, register: &RegisterInfo) -> Option<Self> {
        let kept = match &register.schema.owner {
            Some(_) => catalog.listed_of(measure)?,
            None => measure,
        };
        let (name, cuts) = match &register.schema.owner {
            Some(owner) => by_owner(total, owner),
            None if total.cut == UNCUT => (String::new(), vec![String::new()]),
            None => (total.cut.clone(), vec![total.cut_value.clone()]),
        };
        let set = if name.is_empty() {
            0
        } else {
            i64::try_from(kept.compiled.cuts.iter().position(|cut| cut.name == name)? + 1).ok()?
        };
        Some(Self { measure: kept.sql.no, set, place: i64::from(total.place.0), cuts })
    }

    /// What changed by day between two positions.
    fn changes(&self, db: &Connection, span: (Seq, Seq)) -> Result<BTreeMap<Day, i64>, StoreError> {
        let mut changes: BTreeMap<Day, i64> = BTreeMap::new();
        for (first, last, sql) in pieces(span) {
            let mut statement = db.prepare_cached(sql)?;
            for cut in &self.cuts {
                let mut rows =
                    statement.query(params![self.measure, self.set, self.place, cut, first, last])?;
                while let Some(row) = rows.next()? {
                    let day = Day::from_epoch_days(row.get(0)?)
                        .ok_or_else(|| StoreError::Corrupt("một ô có ngày không đọc được".to_owned()))?;
                    let sum = changes.entry(day).or_default();
                    *sum = sum.saturating_add(row.get(1)?);
                }
            }
        }
        Ok(changes)
    }
}

/// The cut that tells whose records are in the scope, and its values there: the agency's, and those of nobody. A record
/// that names no owner is not known to be another agency's: a person decides.
fn by_owner(total: &Total, owner: &str) -> (String, Vec<String>) {
    let owners = [code_part(&total.agency.0), NOT_STATED.to_owned()];
    if total.cut == UNCUT {
        return (owner.to_owned(), owners.to_vec());
    }
    match total.cut.split('+').position(|field| field == owner) {
        Some(at) => {
            let said = total.cut_value.split('/').nth(at);
            let own = said.is_some_and(|said| owners.iter().any(|owner| owner == said));
            (total.cut.clone(), own.then(|| total.cut_value.clone()).into_iter().collect())
        }
        None => (
            format!("{}+{owner}", total.cut),
            owners.into_iter().map(|owner| format!("{}/{owner}", total.cut_value)).collect(),
        ),
    }
}

const DELTAS: &str = "SELECT day, SUM(value) FROM cell_delta
     WHERE measure = ?1 AND set_no = ?2 AND place = ?3 AND cut = ?4 AND seq BETWEEN ?5 AND ?6 GROUP BY day";
const BLOCKS: &str = "SELECT day, SUM(value) FROM cell_delta_sum
     WHERE measure = ?1 AND set_no = ?2 AND place = ?3 AND cut = ?4 AND block BETWEEN ?5 AND ?6 GROUP BY day";

/// The deltas after one position up to another: whole blocks as a whole, those at the ends one by one.
fn pieces((Seq(since), Seq(at)): (Seq, Seq)) -> Vec<(u64, u64, &'static str)> {
    let (first, last) = (since + 1, at);
    if first > last {
        return Vec::new();
    }
    let (block, last_block) = (first >> BLOCK_BITS, last >> BLOCK_BITS);
    if block == last_block {
        return vec![(first, last, DELTAS)];
    }
    let mut pieces = vec![(first, ((block + 1) << BLOCK_BITS) - 1, DELTAS)];
    if block + 1 < last_block {
        pieces.push((block + 1, last_block - 1, BLOCKS));
    }
    pieces.push((last_block << BLOCK_BITS, last, DELTAS));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_lies_in_one_piece() {
        const BLOCK: u64 = 1 << BLOCK_BITS;
        for (since, at) in
            [(5, 5), (0, 9), (7, BLOCK - 1), (7, BLOCK), (BLOCK - 1, 2 * BLOCK), (3, 5 * BLOCK + 2)]
        {
            let counted: u64 = pieces((Seq(since), Seq(at)))
                .iter()
                .map(|(first, last, sql)| (last - first + 1) * if *sql == BLOCKS { BLOCK } else { 1 })
                .sum();
            assert_eq!(counted, at - since, "{since} to {at}");
        }
    }
}
