//! Báo cáo.
//!
//! Targets, totals without list, published values and narratives.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Reporting;

impl Programme for Reporting {
    fn id(&self) -> &'static str {
        "reporting"
    }

    fn title(&self) -> &'static str {
        "Báo cáo"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/target.toml",
            "registers/total.toml",
            "registers/published_value.toml",
            "registers/narrative.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        &[]
    }
}
