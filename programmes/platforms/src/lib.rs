//! Nền tảng và thủ tục.
//!
//! Digital platforms with their measured use, and administrative procedures by month.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Platforms;

impl Programme for Platforms {
    fn id(&self) -> &'static str {
        "platforms"
    }

    fn title(&self) -> &'static str {
        "Nền tảng và thủ tục"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/platform.toml",
            "registers/platform_month.toml",
            "registers/procedure_month.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/platforms.toml",
            "indicators/platform_users.toml",
            "indicators/procedures_on_time.toml",
            "indicators/procedures_online.toml",
        ]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
