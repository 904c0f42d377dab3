//! Totals without a list, and what lists recorded after them say in their scope.

mod listed;

use mc_base::Seq;
use mc_figure::TOTALS;
use mc_figure::cover::{Listed, StandingTotal, Total};
use mc_port::{FigureError, TOTALS_MAX, TotalsAsked};
use mc_register::system;
use rusqlite::types::Value as Column;
use rusqlite::{Connection, params, params_from_iter};

use crate::StoreError;
use crate::catalog::{Catalog, MeasureInfo, RegisterInfo};
use crate::ddl::{column, table};
use crate::figures::FigureErrorBox;
use crate::reader::Reader;
use crate::{rows, trace};

use listed::Scope;
pub(crate) use listed::{Staged, staged};

/// The position from which on lists are new to a total: where its present life began.
struct Since(Seq);

impl Reader {
    /// Totals without a list that stand, with what lists say in their scope.
    ///
    /// # Errors
    /// When the database cannot be read, or the figure asked for cannot be given.
    pub fn totals(&self, asked: &TotalsAsked) -> Result<Vec<StandingTotal>, FigureError> {
        self.totals_boxed(asked).map_err(|error| error.0)
    }

    fn totals_boxed(&self, asked: &TotalsAsked) -> Result<Vec<StandingTotal>, FigureErrorBox> {
        let Some(info) = self.catalog.register(TOTALS) else { return Ok(Vec::new()) };
        let mut at = self.latest_of(info);
        let found = match asked {
            TotalsAsked::Key(key) => open(self.db()?, &self.catalog, info, at, "key = ?1", vec![text(key)])?,
            TotalsAsked::Of(register) => of_register(self.db()?, &self.catalog, info, at, register)?,
            TotalsAsked::Behind(request) => {
                let request = &*self.pinned(request).map_err(FigureErrorBox)?;
                at = request.at.unwrap_or(at);
                let indicator = self.catalog.indicator(&request.indicator, request.version, at);
                let operands = indicator.into_iter().flat_map(|it| [Some(it.num), it.den]).flatten();
                let mut found = Vec::new();
                for totals in operands.filter_map(|operand| operand.totals) {
                    let measure = self.catalog.measure(totals)?;
                    let Some(behind) = trace::behind(&self.places, measure, request, at.0) else { continue };
                    found.extend(open(self.db()?, &self.catalog, info, at, &behind.condition, Vec::new())?);
                }
                found
            }
        };
        let mut standing = Vec::with_capacity(found.len());
        for total in found {
            standing.extend(self.standing(info, total, at)?);
        }
        Ok(standing)
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
        let listed = match self.catalog.register(&measure.compiled.register) {
            Some(register) => {
                let at = at.min(self.latest_of(register));
                match Scope::of(&total, measure, register, &self.places, self.instance().home) {
                    Some(scope) => scope.between(db, since.0, at)?,
                    None => Listed::default(),
                }
            }
            None => Listed::default(),
        };
        Ok(Some(StandingTotal {
            level: measure.is_level(),
            scale: measure.compiled.scale(),
            total,
            listed,
            covered,
            covers,
        }))
    }
}

fn text(text: &str) -> Column {
    Column::Text(text.to_owned())
}

/// The measure of that id; of several versions the latest.
fn measure_of<'c>(catalog: &'c Catalog, id: &str) -> Option<&'c MeasureInfo> {
    catalog.measures().iter().rev().find(|measure| measure.definition.id == id)
}

/// Whether the measure of that id is a level; `None` where it is not declared.
pub(crate) fn is_level(catalog: &Catalog, measure: &str) -> Option<bool> {
    measure_of(catalog, measure).map(MeasureInfo::is_level)
}

/// The totals of every measure over a register that stand at a position.
pub(crate) fn of_register(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    at: Seq,
    register: &str,
) -> Result<Vec<Total>, StoreError> {
    let Some(field) = info.schema.field("measure") else { return Ok(Vec::new()) };
    let measures: Vec<Column> = catalog
        .measures()
        .iter()
        .filter(|measure| measure.definition.register == register)
        .map(|measure| text(&measure.definition.id))
        .collect();
    let marks: Vec<String> = (1..=measures.len()).map(|at| format!("?{at}")).collect();
    let condition = format!("{} IN ({})", column(field.no), marks.join(", "));
    open(db, catalog, info, at, &condition, measures)
}

fn open(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    Seq(at): Seq,
    condition: &str,
    values: Vec<Column>,
) -> Result<Vec<Total>, StoreError> {
    let sql = format!(
        "SELECT {} FROM {} WHERE ({condition}) AND seq_from <= {at} AND (seq_to IS NULL OR seq_to > {at})
         ORDER BY key LIMIT {TOTALS_MAX}",
        info.columns,
        table(TOTALS)
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = rows::collect(statement.query(params_from_iter(values))?, info, catalog)?;
    Ok(found
        .into_iter()
        .filter_map(|version| Total::read(&info.schema, &version.key, version.ordinal, &version.record))
        .collect())
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
