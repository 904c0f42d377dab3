//! Indicators of kind `scan`: a statistic over the records themselves, which does not add up. It is computed at
//! the position read, within limits, and remembered in memory for as long as declarations and places stay.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use mc_base::Day;
use mc_figure::{Amount, Basis, Figure, RecordsBehind};
use mc_port::{FigureError, FigureRequest, PlaceBasis};

use crate::catalog::IndicatorInfo;
use crate::ddl::{column, table};
use crate::figures::{FigureErrorBox, window};
use crate::reader::Reader;
use crate::trace::{in_place, joined};
use crate::{StoreError, deadline, dialect};

/// Records beyond which a scan is refused.
const ROWS_MAX: u64 = 500_000;
/// What a scan may take.
pub(crate) const TIME_MAX: Duration = Duration::from_secs(2);
/// Scans remembered; beyond, the oldest is forgotten.
const REMEMBERED_MAX: usize = 1_000;

/// What a scan depends on, beside the declarations and places under which it is remembered.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    indicator: String,
    version: u32,
    place: i64,
    period: (Day, Day),
    /// An unfinished period ends on it.
    today: Day,
    seq: u64,
    then: bool,
}

/// The statistic, `None` where there is none, and the records behind it.
#[derive(Clone, Default)]
struct Statistic {
    value: Option<String>,
    records: u64,
}

/// Scans that were computed.
#[derive(Default)]
pub(crate) struct Scanned {
    known: Mutex<(HashMap<Key, Statistic>, VecDeque<Key>)>,
}

impl Scanned {
    fn get(&self, key: &Key) -> Option<Statistic> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).0.get(key).cloned()
    }

    fn keep(&self, key: Key, statistic: Statistic) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, order) = &mut *known;
        if found.insert(key.clone(), statistic).is_none() {
            order.push_back(key);
        }
        if order.len() > REMEMBERED_MAX
            && let Some(oldest) = order.pop_front()
        {
            found.remove(&oldest);
        }
    }
}

pub(crate) fn figure(
    reader: &Reader,
    info: &IndicatorInfo,
    request: &FigureRequest,
    place: i64,
) -> Result<Figure, FigureErrorBox> {
    let seq = request.at.unwrap_or(reader.head().seq);
    let key = Key {
        indicator: info.definition.id.clone(),
        version: info.definition.version,
        place,
        period: (request.period.from(), request.period.to()),
        today: request.today,
        seq: seq.0,
        then: request.places == PlaceBasis::Then,
    };
    let found = match reader.scanned.get(&key) {
        Some(known) => known,
        None => {
            let found = in_time(reader, || scan(reader, info, request, (place, seq.0)))?;
            reader.scanned.keep(key, found.clone());
            found
        }
    };
    Ok(Figure {
        id: info.definition.id.clone(),
        version: info.definition.version,
        place: reader.places().code(request.place).to_owned(),
        period: request.period.to_string(),
        seq: seq.0,
        value: found.value.clone(),
        num: found.value,
        den: None,
        unit: info.definition.unit.vi.clone(),
        basis: Basis::Counted,
        listed: None,
        records: found.records,
    })
}

/// Runs `work` within what a scan may take, and the snapshot lasts.
fn in_time<T>(
    reader: &Reader,
    work: impl FnOnce() -> Result<T, FigureErrorBox>,
) -> Result<T, FigureErrorBox> {
    let db = reader.db()?;
    let own = deadline::now() + reader.scan_max();
    let snapshot = reader.until();
    let is_own = snapshot.is_none_or(|snapshot| own < snapshot);
    deadline::set(db, snapshot.map_or(own, |snapshot| own.min(snapshot)))?;
    let done = work();
    match snapshot {
        Some(snapshot) => deadline::set(db, snapshot),
        None => deadline::lift(db),
    }?;
    done.map_err(|error| match error.0 {
        FigureError::Expired if is_own => {
            FigureErrorBox(FigureError::ScanTooSlow(reader.scan_max().as_secs()))
        }
        other => FigureErrorBox(other),
    })
}

fn scan(
    reader: &Reader,
    info: &IndicatorInfo,
    request: &FigureRequest,
    (place, seq): (i64, u64),
) -> Result<Statistic, FigureErrorBox> {
    let measure = reader.catalog.measure(info.num.counted)?;
    let behind = window(measure, request).and_then(|window| RecordsBehind::new(&measure.compiled, window));
    let (Some(behind), Some(scan)) = (behind, &info.indicator.scan) else { return Ok(Statistic::default()) };
    let joined = joined(&reader.places, request.places, place);
    let in_place = in_place(&reader.places, behind.place, place, &joined);
    let from = format!(
        "FROM {} WHERE seq_from <= {seq} AND (seq_to IS NULL OR seq_to > {seq}) AND {in_place} AND ({})",
        table(&behind.register),
        dialect::sql(&behind.condition())
    );
    let db = reader.db()?;
    let records = db.prepare_cached(&format!("SELECT COUNT(*) {from}"))?.query_row([], |row| row.get(0))?;
    if records > ROWS_MAX {
        return Err(FigureErrorBox(FigureError::ScanTooLarge { found: records, most: ROWS_MAX }));
    }
    Ok(Statistic { value: statistic(db, scan, &from, records)?, records })
}

fn statistic(
    db: &rusqlite::Connection,
    scan: &mc_figure::Scan,
    from: &str,
    rows: u64,
) -> Result<Option<String>, StoreError> {
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
