//! At what time a claim is compared: a stock at a day, a flow over its period.

use mc_base::{Day, Period};
use mc_claims::{Claim, Kind, Time};
use mc_figure::{Definition, TimeRule};

/// The period in which `definition` can answer `claim` of a text of `date`, or why there is none.
pub(crate) fn period(claim: &Claim, definition: &Definition, date: Day) -> Result<Period, &'static str> {
    let Time { from, to } = claim.time.unwrap_or(Time { from: None, to: None });
    let to = to.unwrap_or(date);
    if to > date {
        return Err("bài nói đến một ngày sau ngày của bài");
    }
    match (&definition.num.time, from) {
        (TimeRule::Stock { .. }, None) => Ok(Period::of_day(to)),
        (TimeRule::Stock { .. }, Some(from)) if from == to => Ok(Period::of_day(to)),
        // A share "in October" is that of its last day; a count "in October" may be what was new in it.
        (TimeRule::Stock { .. }, Some(_)) if claim.kind == Kind::Percent => Ok(Period::of_day(to)),
        (TimeRule::Stock { .. }, Some(_)) => Err("sổ đếm tại một ngày, bài nói về cả một kỳ"),
        (TimeRule::Cumulative { .. }, Some(from)) if is_new_year(from, to) => {
            Ok(whole(from, to).unwrap_or(Period::of_day(to)))
        }
        (TimeRule::Cumulative { .. }, None) if claim.time.is_some() => Ok(Period::of_day(to)),
        (TimeRule::Flow { .. }, Some(from)) => {
            whole(from, to).ok_or("sổ không có kỳ nào đúng từ ngày đến ngày như bài nêu")
        }
        (TimeRule::Cumulative { .. }, Some(_)) => Err("sổ cộng từ đầu năm, bài nói về một kỳ khác"),
        (TimeRule::Cumulative { .. } | TimeRule::Flow { .. }, None) => Err("bài không nêu kỳ của số này"),
    }
}

fn is_new_year(from: Day, to: Day) -> bool {
    Day::new(to.year(), 1, 1) == Some(from)
}

/// The period with just these ends.
pub(crate) fn whole(from: Day, to: Day) -> Option<Period> {
    let (year, month, _) = to.ymd();
    let weeks = (1..=53).filter_map(|week| Period::of_week(year, week));
    let candidates = [
        (from == to).then(|| Period::of_day(to)),
        Some(Period::of_month(to.month())),
        Period::of_quarter(year, (month + 2) / 3),
        Period::of_first_months(year, month),
        Period::of_second_half(year),
    ];
    candidates.into_iter().flatten().chain(weeks).find(|period| (period.from(), period.to()) == (from, to))
}
