//! One parcel corrected, durable, with history and five measures kept by triggers.

use std::sync::atomic::{AtomicBool, Ordering};

use postgres::Client;

use crate::data::parcel;
use crate::measure::Samples;

/// Corrects `count` parcels, one transaction each, from number `first` on.
///
/// # Errors
/// When the server refuses.
pub fn run(client: &mut Client, first: u64, count: u64) -> anyhow::Result<Samples> {
    let statement = client.prepare(
        "UPDATE parcel SET area = area + 0.1, grp = $3 WHERE code = $1 AND since = $2::text::date",
    )?;
    let mut samples = Samples::default();
    for row in first..first + count {
        let parcel = parcel(row)?;
        let group = if parcel.group == "2" { "3" } else { "2" };
        let since = parcel.since.to_string();
        let changed = samples.time(|| client.execute(&statement, &[&parcel.code, &since, &group]))?;
        anyhow::ensure!(changed == 1, "parcel {row} is not there");
    }
    Ok(samples)
}

/// Reads as visitors do, until told to stop: figures, figures by group, first pages. Says how many.
///
/// # Errors
/// When the server refuses.
pub fn read_along(client: &mut Client, stop: &AtomicBool) -> anyhow::Result<u64> {
    let figure = client.prepare(
        "SELECT SUM(parcels)::bigint FROM parcel_summary WHERE place = 2 AND day <= DATE '2025-10-31'",
    )?;
    let groups = client.prepare(
        "SELECT grp, SUM(parcels)::bigint FROM parcel_summary WHERE place = 2 AND day <= DATE '2025-10-31' GROUP BY grp",
    )?;
    let list = client.prepare("SELECT * FROM parcel ORDER BY code, since LIMIT 50")?;
    let mut reads = 0;
    while !stop.load(Ordering::Relaxed) {
        client.query(&figure, &[])?;
        client.query(&groups, &[])?;
        client.query(&list, &[])?;
        reads += 3;
    }
    Ok(reads)
}
