//! Cells: sums kept by measure, cut, place and day, brought up to date inside each commit.
//!
//! All amounts come from the measure's own expressions as SQL. A commit's contribution is the sum over the versions
//! it opened minus the sum over the versions it closed. A measure's first build, and `verify`, sum the whole history
//! in the database instead; both ways must agree.

pub(crate) mod columns;
pub(crate) mod commit;

use std::fmt::Write as _;

use mc_figure::measure::{CompiledTime, CompiledValue};
use mc_figure::{CompiledMeasure, Cut};
use mc_register::{Field, FieldType, Schema};
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::ddl::{column, table};
use crate::dialect;

/// The place number under which a record is counted at its own level ("cấp này").
pub(crate) const fn own_level(place: u32) -> i64 {
    -2 * (place as i64)
}

/// The place number of what lies somewhere in `place` ("chưa xác định").
pub(crate) const fn unknown_in(place: u32) -> i64 {
    -2 * (place as i64) - 1
}

/// Deltas are also kept as sums over blocks of 2^15 positions. Smaller blocks would hold hardly fewer rows
/// than deltas where a series has thousands of days; larger ones would leave more deltas to add one by one.
pub(crate) const BLOCK_BITS: u32 = 15;

/// The statements of one measure.
#[derive(Clone, Debug)]
pub(crate) struct MeasureSql {
    /// Number in table `measure`.
    pub(crate) no: i64,
    /// Number in table `register`.
    pub(crate) register: i64,
    /// One statement a cut set, the uncut total first, over the whole history, with the commit's number in the
    /// first column; ?1 is the last position, ?2 the place number of records without a place.
    of_history: Vec<String>,
    /// As many, over versions ?3 to ?4 and without the places above their own.
    of_versions: Vec<String>,
    /// What one version contributes.
    of_row: RowSql,
}

/// A measure's expressions over one version, without aggregation.
#[derive(Clone, Debug)]
pub(crate) struct RowSql {
    /// The first day it counts; NULL where it does not count at all.
    pub(crate) first: String,
    /// The first day it counts no more; NULL where there is none.
    pub(crate) until: String,
    /// Its amount; NULL where it is not reported.
    pub(crate) value: String,
    /// Its place; NULL where it has none.
    pub(crate) place: String,
    /// Its value of each cut set, the uncut total first.
    pub(crate) cuts: Vec<String>,
}

impl RowSql {
    /// First day, end, amount, place, then the cut sets but for the uncut total, which has no text to ask for.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        let fixed = [&self.first, &self.until, &self.value, &self.place];
        fixed.into_iter().chain(self.cuts.iter().skip(1)).map(String::as_str)
    }
}

impl MeasureSql {
    pub(crate) fn new(no: i64, register: i64, measure: &CompiledMeasure, schema: &Schema) -> Self {
        let parts = Parts::of(measure, schema);
        let sets = 1 + measure.cuts.len();
        let cut = |set| parts.cut(measure, schema, set);
        let of_history = (0..sets).map(|set| parts.statement(&cut(set))).collect();
        // The plus keeps the planner to the versions' numbers.
        let of_versions = (0..sets).map(|set| parts.own(&cut(set), "vid BETWEEN ?3 AND ?4 AND +")).collect();
        let of_row = RowSql {
            first: format!("CASE WHEN {} THEN {} END", parts.condition(), parts.first),
            until: parts.until.clone().unwrap_or_else(|| "NULL".to_owned()),
            value: parts.value.clone(),
            place: parts.place.clone(),
            cuts: (0..sets).map(cut).collect(),
        };
        Self { no, register, of_history, of_versions, of_row }
    }

    /// What one version contributes.
    pub(crate) const fn row(&self) -> &RowSql {
        &self.of_row
    }

    /// The statements over the whole history, the uncut total first.
    pub(crate) fn history(&self) -> &[String] {
        &self.of_history
    }

    /// The statements over some versions, the uncut total first.
    pub(crate) fn versions(&self) -> &[String] {
        &self.of_versions
    }

    /// Replays all commits up to `last` into an empty measure, each delta under its own position.
    pub(crate) fn build(&self, db: &Connection, last: u64, unknown_place: i64) -> Result<(), StoreError> {
        clear(db, self.no)?;
        for (set, statement) in self.of_history.iter().enumerate() {
            let set = i64::try_from(set).unwrap_or(i64::MAX);
            db.prepare(&format!(
                "INSERT INTO cell_delta (measure, set_no, place, cut, seq, day, value, n, blank)
                 SELECT {}, {set}, place, cut, seq, day, value, n, blank FROM ({statement})",
                self.no
            ))?
            .execute(params![last, unknown_place])?;
        }
        db.execute(
            "INSERT INTO cell (measure, set_no, place, cut, day, value, n, blank)
             SELECT measure, set_no, place, cut, day, SUM(value), SUM(n), SUM(blank)
             FROM cell_delta WHERE measure = ?1 GROUP BY set_no, place, cut, day",
            [self.no],
        )?;
        db.execute(
            "INSERT INTO cell_month (measure, set_no, place, cut, month, value, n, blank)
             SELECT measure, set_no, place, cut, mc_yyyymm(day), SUM(value), SUM(n), SUM(blank)
             FROM cell WHERE measure = ?1 GROUP BY set_no, place, cut, mc_yyyymm(day)",
            [self.no],
        )?;
        db.execute(
            &format!(
                "INSERT INTO cell_delta_sum (measure, set_no, place, cut, block, day, value, n, blank)
                 SELECT measure, set_no, place, cut, seq >> {BLOCK_BITS}, day, SUM(value), SUM(n), SUM(blank)
                 FROM cell_delta WHERE measure = ?1 GROUP BY set_no, place, cut, seq >> {BLOCK_BITS}, day"
            ),
            [self.no],
        )?;
        db.execute("UPDATE measure SET built_at = ?2 WHERE no = ?1", params![self.no, last])?;
        Ok(())
    }
}

/// Whether a measure's cells are all there.
pub(crate) fn is_built(db: &Connection, measure: i64) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM measure WHERE no = ?1 AND built_at IS NOT NULL")?;
    Ok(statement.exists([measure])?)
}

/// Takes away all cells of a measure.
pub(crate) fn clear(db: &Connection, measure: i64) -> Result<(), StoreError> {
    for name in ["cell", "cell_month", "cell_delta", "cell_delta_sum"] {
        db.prepare_cached(&format!("DELETE FROM {name} WHERE measure = ?1"))?.execute([measure])?;
    }
    Ok(())
}

/// Sums of `event` (by commit, own place, cut and day) in each place where they count; `apart` are columns, each with its
/// comma, that the sums are kept apart by.
pub(crate) fn with_ancestors(apart: &str) -> String {
    format!(
        "SELECT {apart}e.seq AS seq, a.ancestor AS place, e.cut AS cut, e.day AS day,
             SUM(e.value) AS value, SUM(e.n) AS n, SUM(e.blank) AS blank
         FROM event AS e JOIN place_ancestor AS a ON a.place = e.place
         GROUP BY {apart}e.seq, a.ancestor, e.cut, e.day
         HAVING SUM(e.value) <> 0 OR SUM(e.n) <> 0 OR SUM(e.blank) <> 0"
    )
}

/// A measure's expressions as SQL.
struct Parts {
    table: String,
    filter: String,
    value: String,
    place: String,
    first: String,
    until: Option<String>,
}

impl Parts {
    fn of(measure: &CompiledMeasure, schema: &Schema) -> Self {
        let value = match &measure.value {
            CompiledValue::Count => "1".to_owned(),
            CompiledValue::Sum { expr, .. } => dialect::sql(expr),
        };
        let (first, until) = match &measure.time {
            CompiledTime::Stock { from, to } if measure.unknown_from => {
                (format!("COALESCE({}, {DAY_MIN})", dialect::sql(from)), to.as_ref().map(dialect::sql))
            }
            CompiledTime::Stock { from, to } => (dialect::sql(from), to.as_ref().map(dialect::sql)),
            CompiledTime::Flow { on } | CompiledTime::Cumulative { on } => (dialect::sql(on), None),
        };
        let place = measure.place.map_or("NULL".to_owned(), column);
        let filter = measure.filter.as_ref().map_or("TRUE".to_owned(), dialect::sql);
        Self { table: table(&schema.id), filter, value, place, first, until }
    }

    fn cut(&self, measure: &CompiledMeasure, schema: &Schema, set: usize) -> String {
        let cut: Option<&Cut> = set.checked_sub(1).and_then(|at| measure.cuts.get(at));
        let fields = cut.iter().flat_map(|cut| &cut.fields);
        let parts: Vec<String> = fields.filter_map(|no| schema.field_no(*no)).map(cut_text).collect();
        if parts.is_empty() { "''".to_owned() } else { parts.join(" || '/' || ") }
    }

    /// True of a version that counts.
    fn condition(&self) -> String {
        let Self { filter, first, until, .. } = self;
        match until {
            Some(until) => {
                format!("({filter}) AND {first} IS NOT NULL AND ({until} IS NULL OR {first} < {until})")
            }
            None => format!("({filter}) AND {first} IS NOT NULL"),
        }
    }

    /// Sums by commit, place with its ancestors, cut and day.
    fn statement(&self, cut: &str) -> String {
        format!("WITH event AS ({}) {}", self.own(cut, ""), with_ancestors(""))
    }

    /// Sums by commit, own place, cut and day; `only` stands before the bound on the position.
    fn own(&self, cut: &str, only: &str) -> String {
        let Self { table, value, place, first, until, .. } = self;
        let condition = self.condition();
        let mut events = format!(
            "SELECT seq, COALESCE({place}, ?2) AS place, {cut} AS cut, {first} AS day,
                 sign * COALESCE({value}, 0) AS value, sign AS n, sign * (({value}) IS NULL) AS blank
             FROM version WHERE {condition}"
        );
        if let Some(until) = until {
            let _ = write!(
                events,
                "\nUNION ALL SELECT seq, COALESCE({place}, ?2), {cut}, {until},
                     -sign * COALESCE({value}, 0), -sign, -sign * (({value}) IS NULL)
                 FROM version WHERE {condition} AND {until} IS NOT NULL"
            );
        }
        format!(
            "WITH version AS MATERIALIZED (
                 SELECT *, 1 AS sign, seq_from AS seq FROM {table} WHERE {only}seq_from <= ?1
                 UNION ALL SELECT *, -1 AS sign, seq_to AS seq FROM {table} WHERE {only}seq_to <= ?1
             )
             SELECT seq, place, cut, day, SUM(value) AS value, SUM(n) AS n, SUM(blank) AS blank
             FROM ({events}) GROUP BY seq, place, cut, day"
        )
    }
}

/// 0001-01-01: a start that is not known counts from here.
const DAY_MIN: i32 = -719_162;

/// The canonical text of a cut field as SQL; `~` where it is not stated.
fn cut_text(field: &Field) -> String {
    let column = column(field.no);
    let text = match field.kind {
        FieldType::Bool => format!("CASE {column} WHEN 0 THEN 'false' WHEN 1 THEN 'true' END"),
        FieldType::Int | FieldType::Place | FieldType::Instant => format!("CAST({column} AS TEXT)"),
        FieldType::Month => format!("printf('%04d-%02d', {column} / 100, {column} % 100)"),
        FieldType::Text | FieldType::Code | FieldType::Codes | FieldType::Ref | FieldType::Agency => {
            column.clone()
        }
        FieldType::Scaled | FieldType::Day | FieldType::Point | FieldType::File => "NULL".to_owned(),
    };
    // As `Cut::text` writes it: `~` is free for "not stated", `/` for the joint. Most texts hold neither; asking that
    // first spares them two copies.
    format!(
        "CASE WHEN {text} IS NULL THEN '~' WHEN {text} = '~' THEN '%7E' \
             WHEN instr({text}, '%') = 0 AND instr({text}, '/') = 0 THEN {text} \
             ELSE replace(replace({text}, '%', '%25'), '/', '%2F') END"
    )
}
