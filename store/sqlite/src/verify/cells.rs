//! The cells of one measure: its deltas against the versions they came from, its cells, months and blocks of
//! positions against the deltas. Where sums differ, the rows that do are looked for and named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mc_base::Day;
use mc_port::{FindingKind, Report};
use rusqlite::params;

use super::contributions::Totals;
use super::differing::{Differing, Table};
use super::leaves::name;
use super::sums::{Amount, Seed, Sums};
use crate::StoreError;
use crate::build::Job;
use crate::catalog::MeasureInfo;
use crate::cells::BLOCK_BITS;
use crate::reader::Reader;

/// What is stored of one cut set in one place.
#[derive(Clone, Copy, Default)]
struct Bucket {
    /// The deltas of the commits that are read, by commit and day.
    delta: Sums,
    /// All deltas, by day, by month, and by block and day.
    day: Sums,
    month: Sums,
    block: Sums,
    /// What the three tables hold.
    cells: Sums,
    months: Sums,
    blocks: Sums,
    /// A delta that changes nothing is one too many.
    zeros: u64,
}

type Buckets = BTreeMap<(i64, i64), Bucket>;

/// Checks everything that is stored under measure number `no`.
pub(super) fn check(reader: &Reader, no: i64, totals: &Totals, seed: &Seed) -> Result<Report, StoreError> {
    let mut report = Report::default();
    if Job::find(reader.db()?, no)?.is_some() {
        // Its cells are still being written, and no figure reads them.
        return Ok(report);
    }
    let mut buckets = Buckets::new();
    stored(reader, no, seed, &mut buckets)?;
    let measure = reader.catalog.measures().iter().find(|measure| measure.sql.no == no);
    let about = Differing { reader, no, measure, title: title(reader, no)? };
    let mut named = BTreeSet::new();
    if let Some(measure) = measure {
        let mut expected = expected(reader, measure, totals)?;
        for ((set, place), bucket) in &buckets {
            let expected = expected.remove(&(*set, *place)).unwrap_or_default();
            if expected != bucket.delta || bucket.zeros > 0 {
                named.insert(*set);
            }
        }
        named.extend(expected.iter().filter(|(_, sums)| **sums != Sums::default()).map(|((set, _), _)| *set));
        for set in named {
            about.deltas(set, &mut report)?;
        }
    } else if !buckets.is_empty() && !about.is_declared()? {
        report.add(FindingKind::Derived, &about.title, "có ô số liệu của một độ đo không khai báo");
    }
    for ((set, place), bucket) in &buckets {
        let pairs = [
            (Table::Blocks, bucket.block, bucket.blocks),
            (Table::Cells, bucket.day, bucket.cells),
            (Table::Months, bucket.month, bucket.months),
        ];
        for (table, expected, found) in pairs {
            if expected != found {
                about.sums(table, *set, *place, &mut report)?;
            }
        }
    }
    Ok(report)
}

/// What the versions add up to in every place in whose cells they count.
fn expected(
    reader: &Reader,
    measure: &MeasureInfo,
    totals: &Totals,
) -> Result<HashMap<(i64, i64), Sums>, StoreError> {
    let mut expected: HashMap<(i64, i64), Sums> = HashMap::new();
    let sets = i64::try_from(measure.sql.row().cuts.len()).unwrap_or(0);
    let mut statement = reader.db()?.prepare_cached("SELECT place, ancestor FROM place_ancestor")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (place, ancestor): (i64, i64) = (row.get(0)?, row.get(1)?);
        for set in 0..sets {
            if let Some(sums) = totals.get(&(measure.sql.no, set, place)) {
                expected.entry((set, ancestor)).or_default().merge(*sums);
            }
        }
    }
    Ok(expected)
}

/// Reads the four tables of a measure.
fn stored(reader: &Reader, no: i64, seed: &Seed, buckets: &mut Buckets) -> Result<(), StoreError> {
    let db = reader.db()?;
    let (head, pending) = (reader.head().seq.0, reader.importing().map(|job| job.seq));
    let tables = ["cell_delta", "cell_delta_sum", "cell", "cell_month"];
    let keys = ["seq, day", "block, day", "day, 0", "month, 0"];
    for (table, key) in tables.into_iter().zip(keys) {
        let sql =
            format!("SELECT set_no, place, cut, {key}, value, n, blank FROM {table} WHERE measure = ?1");
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![no])?;
        let mut at = ((0, 0), Bucket::default());
        while let Some(row) = rows.next()? {
            let here = (row.get(0)?, row.get(1)?);
            if here != at.0 {
                let next = buckets.get(&here).copied().unwrap_or_default();
                put(buckets, std::mem::replace(&mut at, (here, next)));
            }
            let cut = seed.hash(row.get_ref(2)?.as_str().map_err(StoreError::corrupt)?);
            let (first, second): (i64, i64) = (row.get(3)?, row.get(4)?);
            let (amount, bucket) = (Amount::read(row, 5)?, &mut at.1);
            match table {
                "cell_delta" => {
                    let seq = u64::try_from(first).unwrap_or(0);
                    if seq <= head && Some(seq) != pending {
                        bucket.delta.add(seed.hash((cut, seq, second)), amount, 1);
                        bucket.zeros += u64::from(amount.is_zero());
                    }
                    bucket.day.add(seed.hash((cut, second)), amount, 1);
                    bucket.month.add(seed.hash((cut, month(second))), amount, 1);
                    bucket.block.add(seed.hash((cut, first >> BLOCK_BITS, second)), amount, 1);
                }
                "cell_delta_sum" => bucket.blocks.add(seed.hash((cut, first, second)), amount, 1),
                "cell" => bucket.cells.add(seed.hash((cut, first)), amount, 1),
                _ => bucket.months.add(seed.hash((cut, first)), amount, 1),
            }
        }
        put(buckets, at);
    }
    Ok(())
}

fn put(buckets: &mut Buckets, (here, bucket): ((i64, i64), Bucket)) {
    if here.0 > 0 || here.1 != 0 {
        buckets.insert(here, bucket);
    }
}

/// The number of the month of a day, as `mc_yyyymm` gives it.
fn month(day: i64) -> i64 {
    let day = i32::try_from(day).ok().and_then(Day::from_epoch_days);
    day.map_or(i64::MIN, |day| i64::from(day.month().number()))
}

/// Numbers under which anything is stored, also those of no measure.
pub(super) fn numbers(reader: &Reader) -> Result<Vec<i64>, StoreError> {
    let db = reader.db()?;
    let mut found: BTreeSet<i64> = reader.catalog.measures().iter().map(|measure| measure.sql.no).collect();
    for table in ["cell", "cell_month", "cell_delta", "cell_delta_sum"] {
        // Each step seeks the next number: the table itself is not read.
        let sql = format!("SELECT MIN(measure) FROM {table} WHERE measure > ?1");
        let mut statement = db.prepare(&sql)?;
        let mut last = i64::MIN;
        while let Some(next) = statement.query_row([last], |row| row.get::<_, Option<i64>>(0))? {
            found.insert(next);
            last = next;
        }
    }
    Ok(found.into_iter().collect())
}

fn title(reader: &Reader, no: i64) -> Result<String, StoreError> {
    let mut statement = reader.db()?.prepare_cached("SELECT id, register FROM measure WHERE no = ?1")?;
    let mut rows = statement.query([no])?;
    Ok(match rows.next()? {
        Some(row) => format!("sổ {}, độ đo {}", name(reader, row.get(1)?), row.get::<_, String>(0)?),
        None => format!("độ đo số {no}"),
    })
}
