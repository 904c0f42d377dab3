//! Số hóa tài liệu.
//!
//! How far each agency has digitised its files, by month.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Digitisation;

impl Programme for Digitisation {
    fn id(&self) -> &'static str {
        "digitisation"
    }

    fn title(&self) -> &'static str {
        "Số hóa tài liệu"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts!["registers/digitisation_progress.toml",]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts!["indicators/digitisation_rate.toml", "indicators/digitisation_rate_all.toml",]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
