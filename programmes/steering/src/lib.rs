//! Chỉ đạo, điều hành.
//!
//! Conferences, directives, tasks and the members of the Steering Committee.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Steering;

impl Programme for Steering {
    fn id(&self) -> &'static str {
        "steering"
    }

    fn title(&self) -> &'static str {
        "Chỉ đạo, điều hành"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/conference.toml",
            "registers/conference_item.toml",
            "registers/member.toml",
            "registers/directive.toml",
            "registers/need.toml",
            "registers/task.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/tasks.toml",
            "indicators/tasks_done.toml",
            "indicators/tasks_overdue.toml",
            "indicators/tasks_done_late.toml",
            "indicators/members.toml",
        ]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
