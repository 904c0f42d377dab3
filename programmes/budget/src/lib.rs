//! Ngân sách.
//!
//! Budget lines and entries, and the totals they are shares of.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Budget;

impl Programme for Budget {
    fn id(&self) -> &'static str {
        "budget"
    }

    fn title(&self) -> &'static str {
        "Ngân sách"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/budget_line.toml",
            "registers/budget_entry.toml",
            "registers/local_budget_total.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/st_spending.toml",
            "indicators/st_spending_st.toml",
            "indicators/st_spending_innovation.toml",
            "indicators/st_spending_digital.toml",
            "indicators/st_allocated.toml",
            "indicators/st_spending_share.toml",
            "indicators/st_spending_share_planned.toml",
            "indicators/st_spending_share_estimated.toml",
        ]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
