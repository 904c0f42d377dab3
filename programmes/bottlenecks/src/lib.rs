//! Điểm nghẽn.
//!
//! Obstacles under the three foci, from detection to confirmation by whoever raised them.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Bottlenecks;

impl Programme for Bottlenecks {
    fn id(&self) -> &'static str {
        "bottlenecks"
    }

    fn title(&self) -> &'static str {
        "Điểm nghẽn"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts!["registers/bottleneck.toml",]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts!["indicators/bottlenecks_open.toml",]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
