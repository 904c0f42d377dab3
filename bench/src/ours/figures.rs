//! One figure out of 3.6 million records.

use anyhow::Context as _;
use mc_base::PlaceId;
use mc_port::By;

use super::{Ours, request};
use crate::data::{COMMUNES, FIRST_COMMUNE, mix};
use crate::measure::Samples;
use crate::world::PROVINCE;

/// The months of the line, and the periods that single figures are asked for.
pub const MONTHS: [&str; 12] = [
    "2024-11", "2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07",
    "2025-08", "2025-09", "2025-10",
];
/// Days in the middle of months: whole months and some days have to be added.
pub const DAYS: [&str; 4] = ["2024-08-17", "2025-02-11", "2025-06-30", "2025-10-31"];

/// Latencies of each question.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Parcels of a commune at a day.
    pub commune: Samples,
    /// Parcels of the province at a day.
    pub province: Samples,
    /// The share of clean ones, two measures.
    pub rate: Samples,
    /// Parcels of the province by group.
    pub by_cut: Samples,
    /// Parcels of each of the 99 communes.
    pub communes: Samples,
    /// Parcels of the province at the end of twelve months.
    pub line: Samples,
    /// A snapshot opened and one figure read.
    pub opened: Samples,
}

/// The commune and the day of question number `at`.
#[must_use]
pub fn question(at: u64) -> (u32, &'static str) {
    let chance = mix(at);
    let commune = FIRST_COMMUNE + u32::try_from(chance % u64::from(COMMUNES)).unwrap_or(0);
    let day = usize::try_from((chance >> 32) % 4).ok().and_then(|at| DAYS.get(at));
    (commune, day.copied().unwrap_or("2025-10-31"))
}

/// Asks everything; the first, cold answers count.
///
/// # Errors
/// When a figure is refused.
pub fn run(ours: &Ours) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let reader = ours.reader()?;
    for at in 0..1_000 {
        let (commune, day) = question(at);
        let asked = request("parcels", PlaceId(commune), day, None)?;
        figures.commune.time(|| reader.figure(&asked))?;
        let asked = request("parcels", PROVINCE, day, None)?;
        figures.province.time(|| reader.figure(&asked))?;
        let asked = request("parcels_clean_rate", PROVINCE, day, None)?;
        figures.rate.time(|| reader.figure(&asked))?;
    }
    for at in 0..200 {
        let asked = request("parcels", PROVINCE, question(at).1, None)?;
        let parts = figures.by_cut.time(|| reader.figure_by(&asked, &By::Cut("group".to_owned())))?;
        anyhow::ensure!(parts.len() == 4, "four groups, not {}", parts.len());
        let parts = figures.communes.time(|| reader.figure_by(&asked, &By::Place))?;
        anyhow::ensure!(parts.len() == 99, "99 communes, not {}", parts.len());
        let months = MONTHS.map(|month| request("parcels", PROVINCE, month, None));
        let months = months.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        figures.line.time(|| months.iter().try_for_each(|month| reader.figure(month).map(drop)))?;
    }
    drop(reader);
    for at in 0..200 {
        let asked = request("parcels", PROVINCE, question(at).1, None)?;
        figures.opened.time(|| ours.reader().and_then(|reader| Ok(reader.figure(&asked)?)))?;
    }
    Ok(figures)
}

/// The number of parcels of a place at a day, as the product says it.
///
/// # Errors
/// When there is none.
pub fn parcels(ours: &Ours, place: PlaceId, day: &str) -> anyhow::Result<String> {
    let figure = ours.reader()?.figure(&request("parcels", place, day, None)?)?;
    figure.value.context("no value")
}
