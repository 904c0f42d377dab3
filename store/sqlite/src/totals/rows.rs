//! Records in the scope of totals, row by row: those that an import has staged, and those of a register between two
//! positions.

use std::collections::{BTreeMap, HashMap, HashSet};

use mc_base::{Day, PlaceId, Seq};
use mc_figure::TOTALS;
use mc_figure::cover::{Listed, Total, UNCUT};
use mc_port::{PlaceTree, TOTALS_MAX};
use rusqlite::{Connection, Params};

use super::{measure_of, of_register, open};
use crate::StoreError;
use crate::catalog::{Catalog, MeasureInfo, RegisterInfo};
use crate::ddl::{column, table};

/// The records of a measure's register, by what the scope of a total asks for.
pub(super) struct Lists<'a> {
    measure: &'a MeasureInfo,
    register: &'a RegisterInfo,
    places: &'a PlaceTree,
    home: PlaceId,
}

/// Totals of one measure and cut, and what lists change in the scope of each by day.
struct Scopes<'t> {
    totals: Vec<(&'t Total, BTreeMap<Day, i64>)>,
    /// Their numbers by agency and cut value.
    named: HashMap<(&'t str, &'t str), Vec<usize>>,
}

impl<'t> Scopes<'t> {
    fn new(totals: impl IntoIterator<Item = &'t Total>) -> Self {
        let totals: Vec<_> = totals.into_iter().map(|total| (total, BTreeMap::new())).collect();
        let mut named: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (at, (total, _)) in totals.iter().enumerate() {
            named.entry((&total.agency.0, cut_value(total))).or_default().push(at);
        }
        Self { totals, named }
    }

    /// Adds what records of one owner, place, cut value and span of days change.
    fn add(&mut self, row: &Row, above: &[PlaceId]) {
        let Self { totals, named } = self;
        // Records that name no owner are not known to be another agency's: a person decides.
        let numbers: Vec<usize> = match &row.owner {
            Some(owner) => named.get(&(owner.as_str(), row.cut.as_str())).cloned().unwrap_or_default(),
            None => (0..totals.len()).collect(),
        };
        for at in numbers {
            let Some((total, changes)) = totals.get_mut(at) else { continue };
            if cut_value(total) != row.cut || !above.contains(&total.place) {
                continue;
            }
            let mut change = |day: Day, amount: i64| {
                let sum = changes.entry(day).or_default();
                *sum = sum.saturating_add(amount);
            };
            change(row.first, row.amount);
            row.until.into_iter().for_each(|until| change(until, row.amount.saturating_neg()));
        }
    }
}

/// The value that a record of the scope has in the cut that is read; none is read for a total that is not split.
fn cut_value(total: &Total) -> &str {
    if total.cut == UNCUT { "" } else { &total.cut_value }
}

/// Records of one place, owner, cut value and span of days.
struct Row {
    place: PlaceId,
    first: Day,
    until: Option<Day>,
    owner: Option<String>,
    cut: String,
    amount: i64,
}

impl<'a> Lists<'a> {
    pub(super) const fn new(
        measure: &'a MeasureInfo,
        register: &'a RegisterInfo,
        places: &'a PlaceTree,
        home: PlaceId,
    ) -> Self {
        Self { measure, register, places, home }
    }

    /// What the register says in the scope of `total` at `at` beyond what it said at `since`.
    pub(super) fn between(
        &self,
        db: &Connection,
        total: &Total,
        Seq(since): Seq,
        Seq(at): Seq,
    ) -> Result<Listed, StoreError> {
        let no = self.register.no;
        let opened = format!(
            "vid > (SELECT COALESCE(MAX(vid_to), 0) FROM register_span WHERE register = {no} AND seq <= {since})
             AND seq_from <= {at} AND (seq_to IS NULL OR seq_to > {at})"
        );
        let closed = format!("seq_to > {since} AND seq_to <= {at} AND seq_from <= {since}");
        let mut scopes = Scopes::new([total]);
        for (sign, span) in [(1, opened), (-1, closed)] {
            self.collect((db, &table(&self.register.schema.id), &span), (), sign, &mut scopes)?;
        }
        Ok(self.said(&scopes).pop().map(|(_, listed)| listed).unwrap_or_default())
    }

    /// Adds the records of `table` for which `span` is true to the scopes, all of one cut.
    fn collect(
        &self,
        (db, table, span): (&Connection, &str, &str),
        parameters: impl Params,
        sign: i64,
        scopes: &mut Scopes<'_>,
    ) -> Result<(), StoreError> {
        let row = self.measure.sql.row();
        let owner = self.register.schema.owner.as_deref().and_then(|id| self.register.schema.field(id));
        let owner = owner.map_or_else(|| "NULL".to_owned(), |field| column(field.no));
        let cut = match scopes.totals.first() {
            Some((total, _)) if total.cut != UNCUT => {
                let at = self.measure.compiled.cuts.iter().position(|cut| cut.name == total.cut);
                // A total that names a cut which its measure has not has no lists.
                let Some(cut) = at.and_then(|at| row.cuts.get(at + 1)) else { return Ok(()) };
                cut.as_str()
            }
            Some(_) => "''",
            None => return Ok(()),
        };
        // By number: a column of the register must not be taken for one of these.
        let sql = format!(
            "SELECT {}, {}, {}, {owner}, {cut}, SUM({}) FROM {table}
             WHERE {span} AND ({}) IS NOT NULL GROUP BY 1, 2, 3, 4, 5",
            row.place, row.first, row.until, row.value, row.first
        );
        let mut above: HashMap<PlaceId, Vec<PlaceId>> = HashMap::new();
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query(parameters)?;
        while let Some(row) = rows.next()? {
            let day = |at: usize| -> Result<Option<Day>, StoreError> {
                Ok(row.get::<_, Option<i32>>(at)?.and_then(Day::from_epoch_days))
            };
            let Some(first) = day(1)? else { continue };
            let row = Row {
                place: row.get::<_, Option<u32>>(0)?.map_or(self.home, PlaceId),
                first,
                until: day(2)?,
                owner: row.get(3)?,
                cut: row.get(4)?,
                amount: row.get::<_, Option<i64>>(5)?.unwrap_or(0).saturating_mul(sign),
            };
            let above = above.entry(row.place).or_insert_with(|| self.places.counting_ancestors(row.place));
            scopes.add(&row, above);
        }
        Ok(())
    }

    fn said<'t>(&self, scopes: &Scopes<'t>) -> Vec<(&'t Total, Listed)> {
        let time = &self.measure.compiled.time;
        scopes.totals.iter().map(|(total, changes)| (*total, Listed::of(total.days(time), changes))).collect()
    }
}

/// What an import of `info` is compared with.
pub(crate) struct Staged<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) staging: &'a Connection,
    pub(crate) catalog: &'a Catalog,
    pub(crate) places: &'a PlaceTree,
    pub(crate) home: PlaceId,
    pub(crate) position: Seq,
}

/// What staged versions list in the scope of each total that stands, beyond the versions they close. The staged
/// versions are read once for each measure and cut of a thousand totals.
pub(crate) fn staged(
    ground: &Staged<'_>,
    info: &RegisterInfo,
    closed: &[i64],
    dropped: &HashSet<u32>,
) -> Result<Vec<(String, Listed)>, StoreError> {
    let mut listed = Vec::new();
    let Some(totals) = ground.catalog.register(TOTALS) else { return Ok(listed) };
    let wanted = of_register(ground.catalog, totals, &info.schema.id)?;
    let closed = serde_json::to_string(closed).map_err(StoreError::corrupt)?;
    let dropped = serde_json::to_string(dropped).map_err(StoreError::corrupt)?;
    let mut after = String::new();
    loop {
        let found = open(ground.db, ground.catalog, totals, (ground.position, &after, TOTALS_MAX), &wanted)?;
        let mut together: BTreeMap<(&str, &str), Vec<&Total>> = BTreeMap::new();
        for total in &found.totals {
            together.entry((&total.measure, &total.cut)).or_default().push(total);
        }
        for ((measure, _), totals) in together {
            let Some(measure) = measure_of(ground.catalog, measure) else { continue };
            let lists = Lists::new(measure, info, ground.places, ground.home);
            let mut scopes = Scopes::new(totals);
            let kept = "edit NOT IN (SELECT value FROM json_each(?1))";
            lists.collect((ground.staging, "version", kept), [&dropped], 1, &mut scopes)?;
            let now = (ground.db, &*table(&info.schema.id), "vid IN (SELECT value FROM json_each(?1))");
            lists.collect(now, [&closed], -1, &mut scopes)?;
            let said = lists.said(&scopes).into_iter().filter(|(_, listed)| listed.any());
            listed.extend(said.map(|(total, listed)| (total.key.clone(), listed)));
        }
        match found.next {
            Some(next) => after = next,
            None => return Ok(listed),
        }
    }
}
