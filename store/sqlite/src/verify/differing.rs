//! The rows behind sums that differ.

use std::collections::BTreeMap;

use mc_base::{Day, PlaceId};
use mc_port::{FindingKind, Report};
use rusqlite::{Params, params};

use super::sums::Amount;
use crate::StoreError;
use crate::catalog::MeasureInfo;
use crate::cells::BLOCK_BITS;
use crate::commit::unknown_place;
use crate::reader::Reader;

/// Rows shown of each comparison.
const SHOWN_MAX: usize = 20;

/// A table of sums over the deltas.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Blocks,
    Cells,
    Months,
}

/// Place, cut value and two numbers, then what is stored there and what is computed.
type Rows = BTreeMap<(i64, String, i64, i64), (Option<Amount>, Option<Amount>)>;

/// Looks for the rows of one measure.
pub(super) struct Differing<'a> {
    pub(super) reader: &'a Reader,
    /// Number in table `measure`.
    pub(super) no: i64,
    pub(super) measure: Option<&'a MeasureInfo>,
    pub(super) title: String,
}

impl Differing<'_> {
    /// Whether table `measure` has the number: a measure that no indicator uses any more keeps its cells.
    pub(super) fn is_declared(&self) -> Result<bool, StoreError> {
        Ok(self.reader.db()?.prepare_cached("SELECT 1 FROM measure WHERE no = ?1")?.exists([self.no])?)
    }

    /// Names the deltas of a cut set that differ from the versions.
    pub(super) fn deltas(&self, set: i64, report: &mut Report) -> Result<(), StoreError> {
        let statements = self.measure.map(|measure| measure.sql.history()).unwrap_or_default();
        let statement = usize::try_from(set).ok().and_then(|set| statements.get(set));
        let Some(statement) = statement else {
            let text = format!("có biến động của cách chia số {set} mà độ đo không có");
            report.add(FindingKind::Derived, &self.title, text);
            return Ok(());
        };
        let pending = self.reader.importing().map_or(0, |job| job.seq);
        let key = "place, cut, seq, day, value, n, blank";
        let stored = format!(
            "SELECT {key} FROM cell_delta
             WHERE measure = {} AND set_no = {set} AND seq <= ?1 AND seq <> {pending} AND ?2 = ?2",
            self.no
        );
        let computed = format!("SELECT {key} FROM ({statement}) WHERE seq <> {pending}");
        let parameters = (self.reader.head().seq.0, unknown_place(self.reader.instance().home));
        let rows = self.rows(&stored, &computed, parameters)?;
        if rows.is_empty() {
            report.add(FindingKind::Derived, &self.title, "biến động khác với bản ghi");
        }
        for ((place, cut, seq, day), found) in rows {
            let at = format!("{}, lần ghi {seq}, {}", self.place(place, &cut), shown_day(day));
            report.add(FindingKind::Derived, at, said("biến động khác với bản ghi", found));
        }
        Ok(())
    }

    /// Names the rows of a table of sums that differ from the deltas.
    pub(super) fn sums(
        &self,
        table: Table,
        set: i64,
        place: i64,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let block = format!("seq >> {BLOCK_BITS}, day");
        let (kind, table, own, computed) = match table {
            Table::Blocks => ("tổng từng đoạn biến động", "cell_delta_sum", "block, day", block.as_str()),
            Table::Cells => ("ô theo ngày", "cell", "day, 0", "day, 0"),
            Table::Months => ("ô theo tháng", "cell_month", "month, 0", "mc_yyyymm(day), 0"),
        };
        let about = "measure = ?1 AND set_no = ?2 AND place = ?3";
        let stored = format!(
            "SELECT place, cut, {own}, value, n, blank FROM {table}
             WHERE {about} AND (value <> 0 OR n <> 0 OR blank <> 0)"
        );
        let computed = format!(
            "SELECT place, cut, {computed}, SUM(value) AS v, SUM(n) AS c, SUM(blank) AS b FROM cell_delta
             WHERE {about} GROUP BY 1, 2, 3, 4 HAVING v <> 0 OR c <> 0 OR b <> 0"
        );
        for ((place, cut, first, second), found) in
            self.rows(&stored, &computed, params![self.no, set, place])?
        {
            let time = match table {
                "cell" => shown_day(first),
                "cell_month" => format!("tháng {}/{}", first % 100, first / 100),
                _ => format!("đoạn {first}, {}", shown_day(second)),
            };
            let at = format!("{kind}: {}, {time}", self.place(place, &cut));
            report.add(FindingKind::Derived, at, said("khác với tổng các biến động", found));
        }
        Ok(())
    }

    fn rows(
        &self,
        stored: &str,
        computed: &str,
        parameters: impl Params + Clone,
    ) -> Result<Rows, StoreError> {
        let mut found = Rows::new();
        for (one, other, is_stored) in [(stored, computed, true), (computed, stored, false)] {
            let sql = format!(
                "SELECT * FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})) LIMIT {SHOWN_MAX}"
            );
            let mut statement = self.reader.db()?.prepare(&sql)?;
            let mut rows = statement.query(parameters.clone())?;
            while let Some(row) = rows.next()? {
                let key = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let amount = Some(Amount::read(row, 4)?);
                let held = found.entry(key).or_default();
                *(if is_stored { &mut held.0 } else { &mut held.1 }) = amount;
            }
        }
        Ok(found)
    }

    fn place(&self, place: i64, cut: &str) -> String {
        let (number, part) = match place {
            place if place >= 0 => (place, ""),
            place if place % 2 == 0 => (-place / 2, " (cấp này)"),
            place => ((-place - 1) / 2, " (chưa xác định)"),
        };
        let id = u32::try_from(number).ok().map(PlaceId);
        let known = id.and_then(|id| self.reader.places().get(id));
        let name = known.map_or_else(|| format!("địa bàn số {number}"), |place| place.name.clone());
        let cut = if cut.is_empty() { String::new() } else { format!(", nhóm “{cut}”") };
        format!("{}, {name}{part}{cut}", self.title)
    }
}

fn shown_day(day: i64) -> String {
    let known = i32::try_from(day).ok().and_then(Day::from_epoch_days);
    known.map_or_else(|| format!("ngày số {day}"), |day| format!("ngày {day}"))
}

fn said(what: &str, (stored, computed): (Option<Amount>, Option<Amount>)) -> String {
    let shown = |amount: Option<Amount>| {
        amount.map_or_else(
            || "không có".to_owned(),
            |it| format!("{} ({} bản ghi, {} không báo)", it.value, it.n, it.blank),
        )
    };
    format!("{what}: trong bảng {}, tính lại được {}", shown(stored), shown(computed))
}
