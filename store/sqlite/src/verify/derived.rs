//! Derived tables against the ledger: deltas against the versions they came from, cells against the deltas.

use mc_port::{FindingKind, Report};

use crate::StoreError;
use crate::cells::BLOCK_BITS;
use crate::commit::unknown_place;
use crate::places;
use crate::reader::Reader;

const SHOWN_MAX: i64 = 20;

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    ancestors(reader, report)?;
    deltas(reader, report)?;
    sums(reader, report)
}

fn ancestors(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let mut stored = db
        .prepare("SELECT place, ancestor FROM place_ancestor ORDER BY place, ancestor")?
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut expected = places::pairs(reader.places());
    stored.sort_unstable();
    expected.sort_unstable();
    if stored != expected {
        let text =
            format!("{} cặp địa bàn - cấp trên trong bảng, tính lại được {}", stored.len(), expected.len());
        report.add(FindingKind::Derived, "cây địa bàn", text);
    }
    Ok(())
}

/// Recomputes every delta from the versions and compares it with the stored one.
fn deltas(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let unknown = unknown_place(reader.instance().home);
    let last = reader.head().seq.0;
    // The deltas of an import that is being applied come with its slices, apart from the rows they are of.
    let pending = reader.importing().map_or(0, |job| job.seq);
    for measure in reader.catalog.measures() {
        for (set, statement) in measure.sql.history().iter().enumerate() {
            let set = i64::try_from(set).unwrap_or(i64::MAX);
            let key = "place, cut, seq, day, value, n, blank";
            let stored = format!(
                "SELECT {key} FROM cell_delta WHERE measure = {} AND set_no = {set} AND seq <= ?1 AND seq <> {pending}",
                measure.sql.no
            );
            let computed = format!("SELECT {key} FROM ({statement}) WHERE seq <> {pending}");
            let differing = format!(
                "SELECT (SELECT COUNT(*) FROM (SELECT * FROM ({stored}) EXCEPT SELECT * FROM ({computed})))
                      + (SELECT COUNT(*) FROM (SELECT * FROM ({computed}) EXCEPT SELECT * FROM ({stored})))"
            );
            let count: i64 = db.query_row(&differing, rusqlite::params![last, unknown], |row| row.get(0))?;
            if count > 0 {
                let name = format!("độ đo {}, cách chia {set}", measure.definition.id);
                report.add(FindingKind::Derived, name, format!("{count} biến động khác với bản ghi"));
            }
        }
    }
    Ok(())
}

/// Every cell and every block of positions is the sum of its deltas, every month the sum of its days.
fn sums(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let key = "measure, set_no, place, cut";
    let block = format!("seq >> {BLOCK_BITS}");
    let comparisons = [
        (
            "tổng từng đoạn biến động",
            "cell_delta_sum",
            format!("{key}, block, day"),
            "cell_delta",
            format!("{key}, {block}, day"),
        ),
        ("ô theo ngày", "cell", format!("{key}, day"), "cell_delta", format!("{key}, day")),
        ("ô theo tháng", "cell_month", format!("{key}, month"), "cell", format!("{key}, mc_yyyymm(day)")),
    ];
    for (name, table, columns, from, grouped) in comparisons {
        let stored = format!(
            "SELECT {columns}, value, n, blank FROM {table} WHERE value <> 0 OR n <> 0 OR blank <> 0"
        );
        let computed = format!(
            "SELECT {grouped}, SUM(value) AS v, SUM(n) AS c, SUM(blank) AS b FROM {from} GROUP BY {grouped}
             HAVING v <> 0 OR c <> 0 OR b <> 0"
        );
        let sql = format!(
            "SELECT * FROM (SELECT * FROM ({stored}) EXCEPT SELECT * FROM ({computed}))
             UNION ALL SELECT * FROM (SELECT * FROM ({computed}) EXCEPT SELECT * FROM ({stored})) LIMIT {SHOWN_MAX}"
        );
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let place = format!("{name}: độ đo {}, địa bàn {}", row.get::<_, i64>(0)?, row.get::<_, i64>(2)?);
            report.add(FindingKind::Derived, place, "khác với tổng các biến động");
        }
    }
    Ok(())
}
