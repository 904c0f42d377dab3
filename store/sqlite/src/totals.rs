//! Totals without a list, and what lists recorded after them say in their scope.

mod kept;
mod listed;
mod rows;

use mc_base::Seq;
use mc_figure::cover::{StandingTotal, Total};
use mc_figure::{CompiledTime, TOTALS};
use mc_port::{FigureError, TOTALS_MAX, TotalsAsked, TotalsPage};
use mc_register::system;
use rusqlite::{Connection, params};

use crate::catalog::{Catalog, MeasureInfo, RegisterInfo};
use crate::ddl::{column, table};
use crate::figures::FigureErrorBox;
use crate::reader::Reader;
use crate::{StoreError, trace};

pub(crate) use rows::{Staged, staged};

/// The position from which on lists are new to a total: where its present life began.
struct Since(Seq);

/// Which totals: a condition over their columns, and the text that is its ?1.
struct Wanted {
    condition: String,
    text: String,
}

impl Reader {
    /// Some of the totals without a list that stand, with what lists say in their scope.
    ///
    /// # Errors
    /// When the database cannot be read, or the figure asked for cannot be given.
    pub fn totals(
        &self,
        asked: &TotalsAsked,
        after: Option<&str>,
        limit: usize,
    ) -> Result<TotalsPage, FigureError> {
        self.totals_boxed(asked, after, limit).map_err(|error| error.0)
    }

    fn totals_boxed(
        &self,
        asked: &TotalsAsked,
        after: Option<&str>,
        limit: usize,
    ) -> Result<TotalsPage, FigureErrorBox> {
        let Some(info) = self.catalog.register(TOTALS) else { return Ok(TotalsPage::default()) };
        let mut at = self.latest_of(info);
        let wanted = match asked {
            TotalsAsked::Key(key) => Wanted { condition: "key = ?1".to_owned(), text: key.clone() },
            TotalsAsked::Of(register) => of_register(&self.catalog, info, register)?,
            TotalsAsked::Behind(request) => {
                let request = &*self.pinned(request).map_err(FigureErrorBox)?;
                at = request.at.unwrap_or(at);
                let indicator = self.catalog.indicator(&request.indicator, request.version, at);
                let operands = indicator.into_iter().flat_map(|it| [Some(it.num), it.den]).flatten();
                let mut either = Vec::new();
                for totals in operands.filter_map(|operand| operand.totals) {
                    let measure = self.catalog.measure(totals)?;
                    let behind = trace::behind(&self.places, measure, request, at.0);
                    either.extend(behind.map(|behind| format!("({})", behind.condition)));
                }
                if either.is_empty() {
                    return Ok(TotalsPage::default());
                }
                Wanted { condition: format!("({}) AND ?1 = ''", either.join(" OR ")), text: String::new() }
            }
        };
        let db = self.db()?;
        let mut found = open(db, &self.catalog, info, (at, after.unwrap_or_default(), limit), &wanted)?;
        let next = found.next.take();
        let mut rows = Vec::with_capacity(found.totals.len());
        for total in found.totals {
            rows.extend(self.standing(info, total, at)?);
        }
        let count =
            if after.is_none() && next.is_none() { rows.len() as u64 } else { count(db, at, &wanted)? };
        Ok(TotalsPage { rows, count, next })
    }

    /// `None` where the total's measure is not declared.
    fn standing(
        &self,
        info: &RegisterInfo,
        total: Total,
        at: Seq,
    ) -> Result<Option<StandingTotal>, StoreError> {
        let Some(measure) = measure_of(&self.catalog, &total.measure) else { return Ok(None) };
        let db = self.db()?;
        let since = since(db, info, &total.key, at)?;
        let (covered, covers) = covered(db, &self.catalog, &total, since.0, at)?;
        let listed = self.listed(&total, measure, since.0, at)?;
        let overlap = overlap(db, &self.catalog, info, (&total, &measure.compiled.time), at)?;
        Ok(Some(StandingTotal {
            level: measure.is_level(),
            scale: measure.compiled.scale(),
            total,
            listed,
            covered,
            covers,
            overlap: overlap.map(Box::new),
        }))
    }
}

/// The measure of that id; of several versions the latest.
fn measure_of<'c>(catalog: &'c Catalog, id: &str) -> Option<&'c MeasureInfo> {
    catalog.measures().iter().rev().find(|measure| measure.definition.id == id)
}

/// Whether the measure of that id is a level; `None` where it is not declared.
pub(crate) fn is_level(catalog: &Catalog, measure: &str) -> Option<bool> {
    measure_of(catalog, measure).map(MeasureInfo::is_level)
}

/// The totals of every measure over a register.
fn of_register(catalog: &Catalog, info: &RegisterInfo, register: &str) -> Result<Wanted, StoreError> {
    let measures = catalog.measures().iter().filter(|measure| measure.definition.register == register);
    let measures: Vec<&str> = measures.map(|measure| measure.definition.id.as_str()).collect();
    let measure = info.schema.field("measure").map_or_else(|| "NULL".to_owned(), |field| column(field.no));
    Ok(Wanted {
        condition: format!("{measure} IN (SELECT value FROM json_each(?1))"),
        text: serde_json::to_string(&measures).map_err(StoreError::corrupt)?,
    })
}

/// Some totals in key order.
#[derive(Default)]
struct Found {
    totals: Vec<Total>,
    next: Option<String>,
}

fn stands(Seq(at): Seq) -> String {
    format!("seq_from <= {at} AND (seq_to IS NULL OR seq_to > {at})")
}

/// Those that stand at a position, after a key, at most so many.
fn open(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    (at, after, limit): (Seq, &str, usize),
    wanted: &Wanted,
) -> Result<Found, StoreError> {
    let limit = limit.min(TOTALS_MAX);
    let sql = format!(
        "SELECT {} FROM {} WHERE ({}) AND {} AND key > ?2 ORDER BY key LIMIT ?3",
        info.columns,
        table(TOTALS),
        wanted.condition,
        stands(at)
    );
    let mut statement = db.prepare_cached(&sql)?;
    let more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = crate::rows::collect(statement.query(params![wanted.text, after, more])?, info, catalog)?;
    let next = (found.len() > limit).then(|| {
        found.truncate(limit);
        found.last().map_or_else(String::new, |version| version.key.clone())
    });
    let totals = found
        .into_iter()
        .filter_map(|version| Total::read(&info.schema, &version.key, version.ordinal, &version.record));
    Ok(Found { totals: totals.collect(), next })
}

fn count(db: &Connection, at: Seq, wanted: &Wanted) -> Result<u64, StoreError> {
    let sql =
        format!("SELECT COUNT(*) FROM {} WHERE ({}) AND {}", table(TOTALS), wanted.condition, stands(at));
    Ok(db.prepare_cached(&sql)?.query_row([&wanted.text], |row| row.get(0))?)
}

/// A total of the same measure, place and agency that is split otherwise and counts on some of the same days.
fn overlap(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    (total, time): (&Total, &CompiledTime),
    at: Seq,
) -> Result<Option<Total>, StoreError> {
    // The key begins with these three and the cut; '0' follows '/'.
    let part = |number: usize| {
        let end = total.key.match_indices('/').nth(number)?.0;
        total.key.get(..end)
    };
    let (Some(scope), Some(cut)) = (part(2), part(3)) else { return Ok(None) };
    for (mut after, below) in
        [(format!("{scope}/"), format!("{cut}/")), (format!("{cut}0"), format!("{scope}0"))]
    {
        let wanted = Wanted { condition: "key < ?1".to_owned(), text: below };
        loop {
            let found = open(db, catalog, info, (at, &after, TOTALS_MAX), &wanted)?;
            let other = found.totals.into_iter().find(|other| total.overlaps(other, time));
            if other.is_some() {
                return Ok(other);
            }
            match found.next {
                Some(next) => after = next,
                None => break,
            }
        }
    }
    Ok(None)
}

/// A correction goes on where the version before it ended; after a retirement a new life begins.
fn since(db: &Connection, info: &RegisterInfo, key: &str, Seq(at): Seq) -> Result<Since, StoreError> {
    let table = table(&info.schema.id);
    let sql = format!(
        "SELECT COALESCE(MAX(v.seq_from), 0) FROM {table} AS v
         WHERE v.key = ?1 AND v.seq_from <= ?2
             AND NOT EXISTS (SELECT 1 FROM {table} AS p WHERE p.key = v.key AND p.seq_to = v.seq_from)"
    );
    Ok(Since(Seq(db.prepare_cached(&sql)?.query_row(params![key, at], |row| row.get(0))?)))
}

/// What covers recorded after `since` took off, and how many covers of this key there are in all. One that begins
/// later than the total took nothing off it: it ended it.
fn covered(
    db: &Connection,
    catalog: &Catalog,
    of: &Total,
    Seq(since): Seq,
    Seq(at): Seq,
) -> Result<(i64, u32), StoreError> {
    let Some(info) = catalog.register(system::COVER) else { return Ok((0, 0)) };
    let no = |id: &str| info.schema.field(id).map(|field| column(field.no));
    let (Some(total), Some(amount), Some(day)) = (no("total"), no("amount"), no("day")) else {
        return Ok((0, 0));
    };
    let sql = format!(
        "SELECT COALESCE(SUM({amount}) FILTER (WHERE seq_from > ?2 AND {day} = ?4), 0), COUNT(*)
         FROM {} WHERE {total} = ?1 AND seq_from <= ?3",
        table(system::COVER)
    );
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(db.prepare_cached(&sql)?.query_row(params![of.key, since, at, of.day.epoch_days()], read)?)
}
