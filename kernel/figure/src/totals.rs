//! Totals without a list: which rows of the register `total` stand beside the records of a measure.

use mc_ledger::Value;

use crate::cut;
use crate::definition::{Measure, TimeRule};

/// Register of totals that have a document but no records behind them.
pub const TOTALS: &str = "total";
/// Greatest amount of one total that is summed.
const BOUND: i64 = 400_000_000_000_000;

/// The fields of register [`TOTALS`] that say of which value of which cut a total is.
const CUT: [&str; 2] = ["cut", "cut_value"];

/// The sum over register [`TOTALS`] that is added to `measure`, with the measure's own kind of time;
/// `None` for a measure over that register itself. Every total counts, whether it is split or not; its one cut tells of
/// which value of which of the measure's cuts it is, see [`totals_cut`].
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
        filter: Some(format!("measure = '{}'", measure.id)),
        value: "sum(amount)".to_owned(),
        bound: BOUND,
        time,
        cuts: vec![CUT.map(str::to_owned).to_vec()],
    })
}

/// In the one cut of [`totals_of`], the text of the totals that are `value` of the measure's own `cut`.
#[must_use]
pub fn totals_cut(cut: &str, value: &str) -> String {
    [cut, value].map(|text| cut::part(&Value::Code(text.to_owned()))).join("/")
}

/// The value of which [`totals_cut`] is the text; `None` for a total of another cut.
#[must_use]
pub fn value_of_totals_cut(cut: &str, text: &str) -> Option<String> {
    let (of, value) = text.split_once('/')?;
    (of == cut::part(&Value::Code(cut.to_owned()))).then(|| cut::unescaped(value))
}
