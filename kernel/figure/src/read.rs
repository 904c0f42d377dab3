//! Which cells make up a figure: whole calendar months and at most 31 single days per open end.

use mc_base::{Day, Month};

use crate::measure::CompiledTime;

/// How a measure is read over a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// The level at the end of the period.
    Stock,
    /// What happened in the period.
    Flow,
    /// What happened from 1 January of the period's year to its end.
    Cumulative,
}

/// The days whose changes a figure sums. Bounds are inclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// Everything up to the end of this day.
    UpTo(Day),
    /// Everything from the first to the last day.
    Within(Day, Day),
}

/// The cells of a figure: its value is Σ `cell_month` over `months` + Σ `cell` over `days`. Bounds are
/// inclusive.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CellRange {
    /// First and last whole month.
    pub months: Option<(Month, Month)>,
    /// Ranges of single days, none longer than 31 days, at most one per open end.
    pub days: Vec<(Day, Day)>,
}

impl Rule {
    /// The days to read for the period `from` to `to` (both inclusive) when today is `today`; an unfinished
    /// period ends today. `None` where the period has not begun.
    #[must_use]
    pub fn window(self, from: Day, to: Day, today: Day) -> Option<Window> {
        if from > to || from > today {
            return None;
        }
        let end = to.min(today);
        Some(match self {
            Self::Stock => Window::UpTo(end),
            Self::Flow => Window::Within(from, end),
            Self::Cumulative => Window::Within(Day::new(from.ymd().0, 1, 1)?, end),
        })
    }
}

impl From<&CompiledTime> for Rule {
    fn from(time: &CompiledTime) -> Self {
        match time {
            CompiledTime::Stock { .. } => Self::Stock,
            CompiledTime::Flow { .. } => Self::Flow,
            CompiledTime::Cumulative { .. } => Self::Cumulative,
        }
    }
}

impl Window {
    /// Whether changes of `day` are summed.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        match self {
            Self::UpTo(last) => day <= last,
            Self::Within(first, last) => (first..=last).contains(&day),
        }
    }

    /// The cells whose sum is the sum over these days.
    #[must_use]
    pub fn cells(self) -> CellRange {
        let (first, last) = match self {
            // The first day there is; no record can lie before it.
            Self::UpTo(last) => (Day::new(1, 1, 1).unwrap_or(last), last),
            Self::Within(first, last) => (first, last),
        };
        split(first, last)
    }
}

fn last_day(month: Month) -> Day {
    let next = month.next();
    let after = if next > month { next.first_day().plus(-1) } else { Day::new(9999, 12, 31) };
    after.unwrap_or_else(|| month.first_day())
}

/// The whole months of [first, last] and the days left over at each end.
fn split(first: Day, last: Day) -> CellRange {
    if first > last {
        return CellRange::default();
    }
    let (first_month, last_month) = (first.month(), last.month());
    let starts_whole = first == first_month.first_day();
    let ends_whole = last == last_day(last_month);
    if first_month == last_month {
        return if starts_whole && ends_whole {
            CellRange { months: Some((first_month, last_month)), days: Vec::new() }
        } else {
            CellRange { months: None, days: vec![(first, last)] }
        };
    }
    let mut days = Vec::with_capacity(2);
    if !starts_whole {
        days.push((first, last_day(first_month)));
    }
    if !ends_whole {
        days.push((last_month.first_day(), last));
    }
    let from = if starts_whole { first_month } else { first_month.next() };
    let to = if ends_whole { Some(last_month) } else { last_month.first_day().plus(-1).map(Day::month) };
    let months = to.filter(|to| from <= *to).map(|to| (from, to));
    CellRange { months, days }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect("a day")
    }

    fn month(text: &str) -> Month {
        Month::parse_iso(text).expect("a month")
    }

    #[test]
    fn a_whole_month_is_one_cell() {
        let window = Rule::Flow.window(day("2025-10-01"), day("2025-10-31"), day("2025-11-17"));
        assert_eq!(
            window.map(Window::cells),
            Some(CellRange { months: Some((month("2025-10"), month("2025-10"))), days: vec![] })
        );
    }

    #[test]
    fn an_unfinished_month_ends_today() {
        let window = Rule::Cumulative.window(day("2025-11-01"), day("2025-11-30"), day("2025-11-17"));
        assert_eq!(
            window.map(Window::cells),
            Some(CellRange {
                months: Some((month("2025-01"), month("2025-10"))),
                days: vec![(day("2025-11-01"), day("2025-11-17"))],
            })
        );
    }

    #[test]
    fn a_period_that_has_not_begun_has_no_figure() {
        assert_eq!(Rule::Stock.window(day("2025-12-01"), day("2025-12-31"), day("2025-11-17")), None);
    }

    #[test]
    fn a_stock_reads_all_months_and_the_days_of_the_last() {
        let cells = Rule::Stock
            .window(day("2025-11-17"), day("2025-11-17"), day("2025-11-17"))
            .map(Window::cells)
            .expect("a window");
        assert_eq!(cells.months.map(|(_, last)| last), Some(month("2025-10")));
        assert_eq!(cells.days, vec![(day("2025-11-01"), day("2025-11-17"))]);
    }
}
