//! The same questions to the summary table, and to the rows.

use mc_base::Period;
use postgres::Client;

use crate::data::{COMMUNES, FIRST_COMMUNE};
use crate::measure::Samples;
use crate::ours::figures::{MONTHS, question};
use crate::world::PROVINCE;

/// The last day of a period as ISO text: days go over as text, no calendar library is needed for that.
fn day(period: &str) -> anyhow::Result<String> {
    Ok(Period::parse(period).map_err(|error| anyhow::anyhow!("{period}: {error}"))?.to().to_string())
}

/// Latencies of each question.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Parcels of a commune at a day.
    pub commune: Samples,
    /// Parcels of the province at a day.
    pub province: Samples,
    /// The share of clean ones.
    pub rate: Samples,
    /// Parcels of the province by group.
    pub by_cut: Samples,
    /// Parcels of each of the 99 communes.
    pub communes: Samples,
    /// Parcels of the province at the end of twelve months.
    pub line: Samples,
}

/// Asks the summary table.
///
/// # Errors
/// When the server refuses.
pub fn summary(client: &mut Client) -> anyhow::Result<Figures> {
    let one = client.prepare(
        "SELECT SUM(parcels)::bigint FROM parcel_summary WHERE place = $1 AND day <= $2::text::date",
    )?;
    let rate = client.prepare(
        "SELECT SUM(clean)::bigint, SUM(parcels)::bigint FROM parcel_summary
         WHERE place = $1 AND day <= $2::text::date",
    )?;
    let by_group = client.prepare(
        "SELECT grp, SUM(parcels)::bigint FROM parcel_summary WHERE place = $1 AND day <= $2::text::date GROUP BY grp",
    )?;
    let communes = client.prepare(
        "SELECT place, SUM(parcels)::bigint FROM parcel_summary
         WHERE place BETWEEN $1 AND $2 AND day <= $3::text::date GROUP BY place",
    )?;
    let line = client.prepare(
        "SELECT m.day, SUM(s.parcels)::bigint
         FROM unnest($2::text[]::date[]) AS m (day) JOIN parcel_summary AS s ON s.place = $1 AND s.day <= m.day
         GROUP BY m.day",
    )?;
    let province = i32::try_from(PROVINCE.0)?;
    let (first, last) = (i32::try_from(FIRST_COMMUNE)?, i32::try_from(FIRST_COMMUNE + COMMUNES - 1)?);
    let mut figures = Figures::default();
    for at in 0..1_000 {
        let (commune, period) = question(at);
        let (commune, day) = (i32::try_from(commune)?, day(period)?);
        figures.commune.time(|| client.query_one(&one, &[&commune, &day]))?;
        figures.province.time(|| client.query_one(&one, &[&province, &day]))?;
        figures.rate.time(|| client.query_one(&rate, &[&province, &day]))?;
    }
    let months = MONTHS.iter().map(|month| day(month)).collect::<anyhow::Result<Vec<_>>>()?;
    for at in 0..200 {
        let day = day(question(at).1)?;
        let groups = figures.by_cut.time(|| client.query(&by_group, &[&province, &day]))?;
        anyhow::ensure!(groups.len() == 4, "four groups");
        let places = figures.communes.time(|| client.query(&communes, &[&first, &last, &day]))?;
        anyhow::ensure!(places.len() == 99, "99 communes");
        figures.line.time(|| client.query(&line, &[&province, &months]))?;
    }
    Ok(figures)
}

/// Counts the rows themselves.
///
/// # Errors
/// When the server refuses.
pub fn group_by(client: &mut Client) -> anyhow::Result<Figures> {
    const WHERE: &str = "since <= $1::text::date AND (until IS NULL OR until > $1::text::date)";
    let commune = client.prepare(&format!("SELECT COUNT(*) FROM parcel WHERE {WHERE} AND place = $2"))?;
    let province = client.prepare(&format!("SELECT COUNT(*) FROM parcel WHERE {WHERE}"))?;
    let rate = client.prepare(&format!(
        "SELECT COUNT(*) FILTER (WHERE grp = '1' AND match = 'matched'), COUNT(*) FROM parcel WHERE {WHERE}"
    ))?;
    let groups = client.prepare(&format!("SELECT grp, COUNT(*) FROM parcel WHERE {WHERE} GROUP BY grp"))?;
    let communes =
        client.prepare(&format!("SELECT place, COUNT(*) FROM parcel WHERE {WHERE} GROUP BY place"))?;
    let mut figures = Figures::default();
    for at in 0..5 {
        let (place, period) = question(at);
        let (place, on) = (i32::try_from(place)?, day(period)?);
        figures.commune.time(|| client.query_one(&commune, &[&on, &place]))?;
        figures.province.time(|| client.query_one(&province, &[&on]))?;
        figures.rate.time(|| client.query_one(&rate, &[&on]))?;
        figures.by_cut.time(|| client.query(&groups, &[&on]))?;
        figures.communes.time(|| client.query(&communes, &[&on]))?;
    }
    figures.line.time(|| {
        MONTHS.iter().try_for_each(|month| {
            client.query_one(&province, &[&day(month)?])?;
            anyhow::Ok(())
        })
    })?;
    Ok(figures)
}

/// The number of parcels of a place at a day, as the summary table says it.
///
/// # Errors
/// When the server refuses.
pub fn parcels(client: &mut Client, place: u32, period: &str) -> anyhow::Result<String> {
    let row = client.query_one(
        "SELECT SUM(parcels)::text FROM parcel_summary WHERE place = $1 AND day <= $2::text::date",
        &[&i32::try_from(place)?, &day(period)?],
    )?;
    Ok(row.get(0))
}
