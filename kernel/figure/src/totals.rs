//! Totals without a list: which rows of the register `total` stand beside the records of a measure.

use crate::definition::{Measure, TimeRule};

/// Register of totals that have a document but no records behind them.
pub const TOTALS: &str = "total";
/// Greatest amount of one total that is summed.
const BOUND: i64 = 400_000_000_000_000;

/// The sum over register [`TOTALS`] that is added to `measure`, with the measure's own kind of time;
/// `None` for a measure over that register itself.
#[must_use]
pub fn totals_of(measure: &Measure) -> Option<Measure> {
    if measure.register == TOTALS {
        return None;
    }
    let day = || "day".to_owned();
    let time = match measure.time {
        TimeRule::Stock { .. } => TimeRule::Stock { from: day(), to: Some("until".to_owned()) },
        TimeRule::Flow { .. } => TimeRule::Flow { on: day() },
        TimeRule::Cumulative { .. } => TimeRule::Cumulative { on: day() },
    };
    Some(Measure {
        id: format!("{}.total", measure.id),
        register: TOTALS.to_owned(),
        filter: Some(format!("measure = '{}' AND cut = '-'", measure.id)),
        value: "sum(amount)".to_owned(),
        bound: BOUND,
        time,
        cuts: Vec::new(),
    })
}
