//! Totals without a list: which rows of the register `total` stand beside the records of a measure.

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
    [cut, value].map(cut::code_part).join("/")
}

/// The value of which [`totals_cut`] is the text; `None` for a total of another cut.
#[must_use]
pub fn value_of_totals_cut(cut: &str, text: &str) -> Option<String> {
    let (of, value) = text.split_once('/')?;
    (of == cut::code_part(cut)).then(|| cut::code_of_part(value))
}

/// `measure` by the `owner` of its records, alone and beside each of its cuts: what lists say in the scope of a total,
/// which is the records of one agency.
#[must_use]
pub fn listed_of(measure: &Measure, owner: &str) -> Measure {
    let mut cuts = vec![vec![owner.to_owned()]];
    for cut in &measure.cuts {
        let mut owned = cut.clone();
        if !owned.iter().any(|field| field == owner) {
            owned.push(owner.to_owned());
        }
        if owned.len() <= cut::CUT_FIELDS_MAX && !cuts.contains(&owned) {
            cuts.push(owned);
        }
    }
    Measure { id: format!("{}.listed", measure.id), cuts, ..measure.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_total_in_cells_leads_back_to_its_value() {
        for value in ["A", "x%2Fy", "%7E", "~", "50%25", "A/~"] {
            let text = totals_cut("operator+tower", value);
            assert_eq!(value_of_totals_cut("operator+tower", &text).as_deref(), Some(value), "{text}");
            assert_eq!(value_of_totals_cut("operator", &text), None);
        }
    }

    #[test]
    fn a_measure_by_owner_has_the_owner_in_every_cut() {
        let measure = Measure {
            id: "a".to_owned(),
            register: "r".to_owned(),
            filter: None,
            value: "count".to_owned(),
            bound: 1,
            time: TimeRule::Flow { on: "day".to_owned() },
            cuts: vec![vec!["kind".to_owned()], vec!["agency".to_owned()]],
        };
        let listed = listed_of(&measure, "agency");
        assert_eq!(listed.cuts, [vec!["agency"], vec!["kind", "agency"]]);
    }
}
