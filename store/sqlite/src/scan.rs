//! Indicators of kind `scan`: a statistic over the records themselves, which does not add up and is never
//! kept.

use mc_figure::{Amount, Basis, Figure, RecordsBehind};
use mc_port::{FigureError, FigureRequest};

use crate::catalog::IndicatorInfo;
use crate::ddl::{column, table};
use crate::dialect;
use crate::figures::{FigureErrorBox, window};
use crate::reader::Reader;
use crate::trace::{in_place, joined};

/// Records beyond which a scan is refused.
const ROWS_MAX: u64 = 500_000;

pub(crate) fn figure(
    reader: &Reader,
    info: &IndicatorInfo,
    request: &FigureRequest,
    place: i64,
) -> Result<Figure, FigureErrorBox> {
    let seq = request.at.unwrap_or(reader.head().seq);
    let measure = reader.catalog.measure(info.num.counted)?;
    let mut found = (0_u64, None);
    let behind = window(measure, request).and_then(|window| RecordsBehind::new(&measure.compiled, window));
    if let (Some(behind), Some(scan)) = (behind, &info.indicator.scan) {
        let in_place = in_place(behind.place, place, &joined(&reader.places, request.places, place));
        let from = format!(
            "FROM {} WHERE seq_from <= {} AND (seq_to IS NULL OR seq_to > {}) AND {in_place} AND ({})",
            table(&behind.register),
            seq.0,
            seq.0,
            dialect::sql(&behind.condition())
        );
        let db = reader.db()?;
        found.0 = db.prepare_cached(&format!("SELECT COUNT(*) {from}"))?.query_row([], |row| row.get(0))?;
        if found.0 > ROWS_MAX {
            return Err(FigureErrorBox(FigureError::Store(format!(
                "chỉ tiêu này quét từng bản ghi, nhiều nhất {ROWS_MAX}; ở đây có {}",
                found.0
            ))));
        }
        found.1 = statistic(db, scan, &from, found.0)?;
    }
    Ok(Figure {
        id: info.definition.id.clone(),
        version: info.definition.version,
        place: reader.places().code(request.place).to_owned(),
        period: request.period.to_string(),
        seq: seq.0,
        value: found.1.clone(),
        num: found.1,
        den: None,
        unit: info.definition.unit.vi.clone(),
        basis: Basis::Counted,
        listed: None,
        records: found.0,
    })
}

fn statistic(
    db: &rusqlite::Connection,
    scan: &mc_figure::Scan,
    from: &str,
    rows: u64,
) -> Result<Option<String>, FigureErrorBox> {
    use mc_figure::Scan;
    let (expr, share) = match scan {
        Scan::Distinct(no) => {
            let sql = format!("SELECT COUNT(DISTINCT {}) {from}", column(*no));
            let count: u64 = db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
            return Ok((rows > 0).then(|| count.to_string()));
        }
        Scan::Median(expr) => (expr, 50),
        Scan::P90(expr) => (expr, 90),
    };
    let scale = match expr.ty() {
        mc_figure::Type::Scaled { scale, .. } => *scale,
        _ => 0,
    };
    let expr = dialect::sql(expr);
    // Nearest rank: the least value that at least `share` percent of the records do not exceed.
    let sql = format!(
        "WITH v AS (SELECT {expr} AS x {from} AND {expr} IS NOT NULL),
              c AS (SELECT COUNT(*) AS n FROM v)
         SELECT x FROM v ORDER BY x LIMIT 1 OFFSET (SELECT MAX(0, (n * {share} + 99) / 100 - 1) FROM c)"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query([])?;
    Ok(match found.next()? {
        Some(row) => row
            .get::<_, Option<i64>>(0)?
            .map(|mantissa| Amount { mantissa: i128::from(mantissa), scale }.to_string()),
        None => None,
    })
}
