//! The stations that the operators listed long before the story begins.

use super::{Book, Said, working_day};
use crate::minh_hoa::stations::TOTALS;
use crate::network::{Network, Station, counted};
use crate::stage::Commune;
use crate::value::{at, d25, day, text};

/// Stations in a full province beside those of the story.
const STATIONS: usize = 4_800;
/// Operators of the province.
const OPERATORS: usize = 4;

/// How many stations a province of this size has beside those of the story.
pub(crate) fn stations(size: super::Size) -> usize {
    size.of(STATIONS)
}

pub(super) fn write(book: &mut Book<'_>) {
    let mut chance = book.chance("volume/network");
    // Communes that reported a total without a list go on having none.
    let listed: Vec<Commune> = book
        .province
        .communes
        .iter()
        .enumerate()
        .filter(|(nth, _)| TOTALS.iter().all(|(total, _)| total != nth))
        .map(|(_, commune)| commune.clone())
        .collect();
    let keeper = book.province.agency("so-khcn");
    let mut network = Network::new("MHT", &listed, &mut chance);
    let begins = day(2016, 1, 4);
    let stations: Vec<Station> = (0..stations(book.size))
        .filter_map(|_| {
            let since = working_day(begins, chance.below(3_440));
            let operator = chance.below(OPERATORS);
            network.station(&mut chance, operator, since)
        })
        .collect();
    let sites = network.new_sites();
    let file = "bang-tram-toan-tinh-den-30-6-2025.xlsx";
    let said = |minute: i64, register: &'static str, what: String| Said {
        at: at(d25(7, 2), 20, minute),
        file,
        reason: what,
        register,
    };
    let reason = format!("Vị trí đặt trạm đến 30/6/2025: {}", counted(sites.len(), "vị trí"));
    let owner = keeper.clone();
    book.adds(said(0, "base_site", reason), sites.into_iter().map(move |site| site.fields(&owner)));
    let reason = format!("Trạm đang phát sóng đến 30/6/2025: {}", counted(stations.len(), "trạm"));
    let rows = stations.clone().into_iter().map(move |station| {
        let mut fields = station.fields(&keeper);
        fields.push(("emf_certificate", text(format!("KĐ-{} (minh họa)", station.code))));
        fields
    });
    book.adds(said(10, "base_station", reason), rows);
    let reason = "Công nghệ của các trạm đang phát sóng đến 30/6/2025".to_owned();
    let rows = stations.into_iter().flat_map(|station| station.technology_fields().collect::<Vec<_>>());
    book.adds(said(20, "station_technology", reason), rows);
}
