//! Năng lực.
//!
//! Training and research institutions, science organisations and expert groups.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Capacity;

impl Programme for Capacity {
    fn id(&self) -> &'static str {
        "capacity"
    }

    fn title(&self) -> &'static str {
        "Năng lực"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/training_institution.toml",
            "registers/st_organisation.toml",
            "registers/expert_group.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/training_institutions.toml",
            "indicators/st_organisations.toml",
            "indicators/expert_groups.toml",
        ]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
