//! Hạ tầng số.
//!
//! Sites, base stations, their technologies, data centres and village coverage.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Infrastructure;

impl Programme for Infrastructure {
    fn id(&self) -> &'static str {
        "infrastructure"
    }

    fn title(&self) -> &'static str {
        "Hạ tầng số"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/base_site.toml",
            "registers/base_station.toml",
            "registers/station_technology.toml",
            "registers/data_centre.toml",
            "registers/village.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/stations.toml",
            "indicators/base_sites.toml",
            "indicators/station_technologies.toml",
            "indicators/data_centres.toml",
            "indicators/villages.toml",
            "indicators/villages_without_signal.toml",
            "indicators/villages_weak_signal.toml",
            "indicators/villages_broadband_share.toml",
            "indicators/households_internet_share.toml",
        ]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
