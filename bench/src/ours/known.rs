//! What was known at an earlier position, out of very many deltas.

use std::time::Duration;

use anyhow::Context as _;
use mc_base::{Day, PlaceId, Seq};
use mc_ledger::Value;
use mc_port::{EditRequest, FigureRequest};
use mc_register::{Edit, Record};
use mc_stories::small;
use rusqlite::{Connection, OpenFlags};

use super::{Ours, request};
use crate::data::{FIRST_COMMUNE, mix};
use crate::measure::{Samples, timed};
use crate::world::PROVINCE;

/// Cells of the province that the deltas of `event` fall into.
const CELLS: u64 = 1_000;
/// Commits in one transaction.
const GROUP: u64 = 5_000;

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Deltas in each of the two registers.
    pub deltas: u64,
    /// How long the commits took that made them.
    pub commits: Duration,
    /// Known-on with the deltas in 1,000 cells.
    pub spread: Samples,
    /// A recount of the same from the versions.
    pub spread_recount: Samples,
    /// Known-on with all deltas in one cell.
    pub hot: Samples,
    /// A recount of the same.
    pub hot_recount: Samples,
}

fn event(number: u64, day: Day) -> anyhow::Result<Record> {
    let mut record = Record::new();
    record.set(1, Value::Int(i64::try_from(number)?));
    record.set(2, Value::Day(day));
    record.set(3, Value::Place(PlaceId(FIRST_COMMUNE)));
    Ok(record)
}

/// Makes `deltas` commits, each of which adds an event on one of 1,000 days and one on the same day always;
/// then asks what was known at positions all over them.
///
/// # Errors
/// When a commit is refused, or an answer differs from the recount.
pub fn run(ours: &Ours, deltas: u64) -> anyhow::Result<Known> {
    let before = ours.reader()?.head().seq;
    let (made, commits) = timed(|| make(ours, deltas));
    made?;
    let mut known = Known { deltas, commits, ..Known::default() };
    let reader = ours.reader()?;
    let db = Connection::open_with_flags(ours.layout.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    for at in 0..200 {
        let position = Seq(before.0 + 1 + mix(at) % deltas.saturating_sub(1).max(1));
        // In the middle of a month: whole months alone do not answer it.
        let spread = request("events", PROVINCE, "2024-08-17", Some(position))?;
        let hot = request("hot_events", PROVINCE, "2025-10-31", Some(position))?;
        let one = known.spread.time(|| reader.figure(&spread))?.value.context("no value")?;
        let two = known.hot.time(|| reader.figure(&hot))?.value.context("no value")?;
        if at < 10 {
            let count = |samples: &mut Samples, table, request: &FigureRequest| {
                samples.time(|| recount(&db, table, position, request))
            };
            let recounted = count(&mut known.spread_recount, "r_event", &spread)?;
            anyhow::ensure!(one == recounted, "known at {position}: {one}, recounted {recounted}");
            let recounted = count(&mut known.hot_recount, "r_hot_event", &hot)?;
            anyhow::ensure!(two == recounted, "known at {position}: {two}, recounted {recounted}");
        }
    }
    Ok(known)
}

fn make(ours: &Ours, deltas: u64) -> anyhow::Result<()> {
    let first = Day::new(2023, 1, 1).context("a day")?;
    let hot = Day::new(2025, 3, 3).context("a day")?;
    for start in (0..deltas).step_by(usize::try_from(GROUP)?) {
        let requests = (start..deltas.min(start + GROUP)).map(|number| {
            let day = first.plus(i32::try_from(mix(number) % CELLS)?).context("a day")?;
            let edit = |register: &str, record| EditRequest {
                register: register.to_owned(),
                edit: Edit::Insert { record },
            };
            let edits = vec![edit("event", event(number, day)?), edit("hot_event", event(number, hot)?)];
            Ok(small::request(edits))
        });
        let requests: Vec<_> = requests.collect::<anyhow::Result<_>>()?;
        for answer in ours.queue.with(|writer| writer.commit_group(&requests)) {
            answer.context("an event is refused")?;
        }
    }
    Ok(())
}

fn recount(db: &Connection, table: &str, at: Seq, request: &FigureRequest) -> rusqlite::Result<String> {
    let sql = format!(
        "SELECT COUNT(*) FROM {table} WHERE seq_from <= ?1 AND (seq_to IS NULL OR seq_to > ?1) AND f2 <= ?2"
    );
    let count: i64 =
        db.query_row(&sql, rusqlite::params![at.0, request.period.to().epoch_days()], |row| row.get(0))?;
    Ok(count.to_string())
}
