//! Cửa khẩu thông minh.
//!
//! Milestones of the smart border gate, and its traffic by day.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Gate;

impl Programme for Gate {
    fn id(&self) -> &'static str {
        "gate"
    }

    fn title(&self) -> &'static str {
        "Cửa khẩu thông minh"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts!["registers/gate_milestone.toml", "registers/gate_day.toml",]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts!["indicators/gate_vehicles.toml", "indicators/gate_minutes_per_vehicle.toml",]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
