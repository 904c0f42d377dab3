//! "Vì sao thay đổi?": two readings of a figure's numerator, taken apart record by record.

use mc_figure::changes::{Cause, Decomposition, History, RecordChange, decompose};
use mc_figure::measure::CompiledValue;
use mc_port::{FigureError, FigureRequest, PlaceTree};
use mc_register::{SINCE, UNTIL, thing_of_key};
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::catalog::{MeasureInfo, RegisterInfo};
use crate::ddl::table;
use crate::dialect;
use crate::figures::FigureErrorBox;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};
use crate::trace::behind;

/// Records that may differ; beyond, the page says so and offers narrower places.
const RECORDS_MAX: usize = 50_000;

/// A record's amounts: at A, at A under B's definition, at B.
struct Amounts {
    key: String,
    at_a: i64,
    at_a_redefined: i64,
    at_b: i64,
}

impl Reader {
    /// Why the numerator differs between two requests. The groups add up to the difference exactly.
    ///
    /// # Errors
    /// As [`Reader::figure`], or when too many records differ.
    pub fn changes(
        &self,
        before: &FigureRequest,
        after: &FigureRequest,
    ) -> Result<Decomposition, FigureError> {
        self.changes_boxed(&*self.pinned(before)?, &*self.pinned(after)?).map_err(|error| error.0)
    }

    fn changes_boxed(
        &self,
        before: &FigureRequest,
        after: &FigureRequest,
    ) -> Result<Decomposition, FigureErrorBox> {
        let at = |request: &FigureRequest| request.at.unwrap_or(self.head().seq);
        let measure = |request: &FigureRequest| -> Result<&MeasureInfo, FigureErrorBox> {
            let info = self.catalog.indicator(&request.indicator, request.version, at(request));
            let info =
                info.ok_or_else(|| FigureErrorBox(FigureError::NoIndicator(request.indicator.clone())))?;
            Ok(self.catalog.measure(info.num.counted)?)
        };
        let (first, second) = (measure(before)?, measure(after)?);
        let a = amounts(&self.places, first, before, at(before).0);
        let redefined = amounts(&self.places, second, before, at(before).0);
        let b = amounts(&self.places, second, after, at(after).0);
        let register = self.catalog.register(&second.definition.register);
        let Some(info) = register.filter(|_| first.definition.register == second.definition.register) else {
            return Err(FigureErrorBox(FigureError::Store(
                "hai định nghĩa đếm trên hai sổ khác nhau, không so từng bản ghi được".to_owned(),
            )));
        };
        let db = self.db()?;
        let differing = differing(db, &a, &redefined, &b)?;
        let (sum_a, sum_b) = (total(db, &a)?, total(db, &b)?);
        let mut changes = Vec::with_capacity(differing.len());
        for amounts in differing {
            let cause = self.cause(db, info, &amounts.key, at(before).0, at(after).0)?;
            changes.push(RecordChange {
                key: amounts.key,
                at_a: amounts.at_a,
                at_a_redefined: amounts.at_a_redefined,
                at_b: amounts.at_b,
                cause,
            });
        }
        // Records that add the same to both readings were left out: they are in neither difference.
        Ok(Decomposition { a: i128::from(sum_a), b: i128::from(sum_b), ..decompose(changes) })
    }

    fn cause(
        &self,
        db: &Connection,
        info: &RegisterInfo,
        key: &str,
        seq_a: u64,
        seq_b: u64,
    ) -> Result<Cause, StoreError> {
        let sql =
            format!("SELECT {} FROM {} WHERE key = ?1 ORDER BY ord", info.columns, table(&info.schema.id));
        let versions = rows::collect(db.prepare_cached(&sql)?.query([key])?, info, &self.catalog)?;
        let open = |seq: u64| {
            let held = |v: &&StoredVersion| v.seq_from.0 <= seq && v.seq_to.is_none_or(|to| to.0 > seq);
            versions.iter().find(held)
        };
        let (at_a, at_b) = (open(seq_a), open(seq_b));
        let missing_at = if at_a.is_none() { seq_a } else { seq_b };
        let (is_spell, ended_spell, rewritten) = match (at_a, at_b) {
            (Some(a), Some(b)) => {
                (false, a.ordinal != b.ordinal && ended(info, a, b), a.ordinal != b.ordinal)
            }
            _ => (self.other_spell(db, info, key, missing_at)?, false, false),
        };
        Ok(Cause::of(History {
            at_a: at_a.is_some(),
            at_b: at_b.is_some(),
            is_spell,
            ended_spell,
            rewritten,
        }))
    }

    /// Whether another spell of the thing was open at `seq`.
    fn other_spell(
        &self,
        db: &Connection,
        info: &RegisterInfo,
        key: &str,
        seq: u64,
    ) -> Result<bool, StoreError> {
        if !info.schema.has_spells() {
            return Ok(false);
        }
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {} WHERE key > ?1 || '/' AND key < ?1 || '0' AND key <> ?2
                 AND seq_from <= ?3 AND (seq_to IS NULL OR seq_to > ?3))",
            table(&info.schema.id)
        );
        let thing = thing_of_key(&info.schema, key);
        Ok(db.prepare_cached(&sql)?.query_row(params![thing, key, seq], |row| row.get(0))?)
    }
}

/// Two versions of a spell that differ in its end alone.
fn ended(info: &RegisterInfo, a: &StoredVersion, b: &StoredVersion) -> bool {
    let until = info.schema.field(UNTIL).map(|field| field.no);
    info.schema.field(SINCE).is_some() && a.record.differences(&b.record).iter().all(|d| Some(d.no) == until)
}

/// What each record adds to a reading, as a query of (key, amount).
fn amounts(places: &PlaceTree, measure: &MeasureInfo, request: &FigureRequest, seq: u64) -> String {
    let value = match &measure.compiled.value {
        CompiledValue::Count => "1".to_owned(),
        CompiledValue::Sum { expr, .. } => format!("COALESCE({}, 0)", dialect::sql(expr)),
    };
    match behind(places, measure, request, seq) {
        Some(behind) => {
            format!(
                "SELECT key, {value} AS amount FROM {} WHERE {}",
                table(&behind.register),
                behind.condition
            )
        }
        None => "SELECT '' AS key, 0 AS amount WHERE FALSE".to_owned(),
    }
}

fn total(db: &Connection, amounts: &str) -> Result<i64, StoreError> {
    Ok(db.query_row(&format!("SELECT COALESCE(SUM(amount), 0) FROM ({amounts})"), [], |row| row.get(0))?)
}

fn differing(db: &Connection, a: &str, redefined: &str, b: &str) -> Result<Vec<Amounts>, FigureErrorBox> {
    let sql = format!(
        "SELECT key, SUM(a) AS a, SUM(r) AS r, SUM(b) AS b FROM (
             SELECT key, amount AS a, 0 AS r, 0 AS b FROM ({a})
             UNION ALL SELECT key, 0, amount, 0 FROM ({redefined})
             UNION ALL SELECT key, 0, 0, amount FROM ({b})
         ) GROUP BY key HAVING SUM(a) <> SUM(b) OR SUM(a) <> SUM(r) ORDER BY key LIMIT {}",
        RECORDS_MAX + 1
    );
    let mut statement = db.prepare(&sql)?;
    let found = statement
        .query_map([], |row| {
            Ok(Amounts {
                key: row.get(0)?,
                at_a: row.get(1)?,
                at_a_redefined: row.get(2)?,
                at_b: row.get(3)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    if found.len() > RECORDS_MAX {
        return Err(FigureErrorBox(FigureError::Store(format!(
            "hơn {RECORDS_MAX} bản ghi khác nhau; hãy chọn địa bàn nhỏ hơn hoặc kỳ gần hơn"
        ))));
    }
    Ok(found)
}
