//! Dữ liệu đất đai.
//!
//! Parcels by data group, match and obstacle.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Land;

impl Programme for Land {
    fn id(&self) -> &'static str {
        "land"
    }

    fn title(&self) -> &'static str {
        "Dữ liệu đất đai"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts!["registers/parcel.toml",]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/parcels_by_group.toml",
            "indicators/parcels_clean_rate.toml",
            "indicators/parcels_matched_rate.toml",
            "indicators/parcels_obstructed.toml",
            "indicators/parcel_area.toml",
        ]
    }
}
