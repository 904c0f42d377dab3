//! Công cụ chính sách.
//!
//! Regulations on the venture-capital fund, the regulatory sandbox and priority procurement.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Instruments;

impl Programme for Instruments {
    fn id(&self) -> &'static str {
        "instruments"
    }

    fn title(&self) -> &'static str {
        "Công cụ chính sách"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts!["registers/regulation.toml",]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts!["indicators/regulations.toml",]
    }
    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
