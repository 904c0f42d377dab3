//! Covers: lists take the place of a total that stood without one.
//!
//! Nothing is subtracted by itself. What lists recorded since a total say in its scope is a proposal; a
//! person confirms by how much and from which day the total counts less, and one commit then holds both the
//! total's new versions and the record of register `cover` that says why.

mod act;
mod error;

pub use act::{Confirmation, Covering, edits};
pub use error::CoverError;

use std::collections::BTreeMap;

use mc_base::{AgencyId, Day, PlaceId};
use mc_ledger::Value;
use mc_register::{Record, Schema};
use serde::Serialize;

use crate::figure::Amount;
use crate::measure::CompiledTime;

/// The cut, and the cut value, of a total that is not split.
pub const UNCUT: &str = "-";

/// A total without a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Total {
    /// Record key.
    pub key: String,
    /// Version ordinal.
    pub ordinal: u32,
    /// All its values.
    pub record: Record,
    /// Id of the measure it stands for.
    pub measure: String,
    /// Where; with everything below.
    pub place: PlaceId,
    /// Who reported it.
    pub agency: AgencyId,
    /// The measure's cut it is one part of; [`UNCUT`] for none.
    pub cut: String,
    /// Which part.
    pub cut_value: String,
    /// First day of a level, or the day of a flow.
    pub day: Day,
    /// First day on which a level is true no more.
    pub until: Option<Day>,
    /// In the smallest unit of the measure.
    pub amount: i64,
}

impl Total {
    /// Reads a record of register `total`; `None` where a value that every total has is missing.
    #[must_use]
    pub fn read(schema: &Schema, key: &str, ordinal: u32, record: &Record) -> Option<Self> {
        let code = |id: &str| match record.get_id(schema, id) {
            Some(Value::Code(text)) => Some(text.clone()),
            _ => None,
        };
        let day = |id: &str| match record.get_id(schema, id) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        };
        let (Some(Value::Place(place)), Some(Value::Agency(agency)), Some(Value::Int(amount))) = (
            record.get_id(schema, "place"),
            record.get_id(schema, "agency"),
            record.get_id(schema, "amount"),
        ) else {
            return None;
        };
        Some(Self {
            key: key.to_owned(),
            ordinal,
            record: record.clone(),
            measure: code("measure")?,
            place: *place,
            agency: agency.clone(),
            cut: code("cut")?,
            cut_value: code("cut_value")?,
            day: day("day")?,
            until: day("until"),
            amount: *amount,
        })
    }

    /// The days on which a record must count to lie in the total's scope.
    #[must_use]
    pub fn days(&self, time: &CompiledTime) -> ScopeDays {
        let (year, _, _) = self.day.ymd();
        match time {
            CompiledTime::Stock { .. } => ScopeDays::Level { from: self.day, until: self.until },
            // A flow is reported by month unless the total says until when it runs.
            CompiledTime::Flow { .. } => ScopeDays::Within {
                first: if self.until.is_some() { self.day } else { self.day.month().first_day() },
                last: self.until.and_then(|until| until.plus(-1)).unwrap_or(self.day.month().last_day()),
            },
            CompiledTime::Cumulative { .. } => {
                ScopeDays::Within { first: Day::new(year, 1, 1).unwrap_or(self.day), last: self.day }
            }
        }
    }

    /// Whether two totals of one measure split the same things differently, on some of the same days: then both are
    /// counted, though one may hold the other.
    #[must_use]
    pub fn overlaps(&self, other: &Self, time: &CompiledTime) -> bool {
        (&self.measure, self.place, &self.agency) == (&other.measure, other.place, &other.agency)
            && self.cut != other.cut
            && self.days(time).meet(other.days(time))
    }

    /// Whether two totals say the same of different days.
    fn same_scope(&self, other: &Self) -> bool {
        (&self.measure, self.place, &self.agency, &self.cut, &self.cut_value)
            == (&other.measure, other.place, &other.agency, &other.cut, &other.cut_value)
    }

    /// Whether the total counts on `day`: a level on all its days, a flow on its own.
    fn counts_on(&self, level: bool, day: Day) -> bool {
        if level { self.day <= day && self.until.is_none_or(|until| day < until) } else { self.day == day }
    }
}

/// Days of a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeDays {
    /// A level, true on the days [from, until).
    Level {
        /// First day.
        from: Day,
        /// First day no more.
        until: Option<Day>,
    },
    /// Flows of the days first to last.
    Within {
        /// First day.
        first: Day,
        /// Last day.
        last: Day,
    },
}

impl ScopeDays {
    /// Whether two scopes share a day.
    fn meet(self, other: Self) -> bool {
        let span = |scope| match scope {
            Self::Level { from, until } => (from, until.and_then(|until| until.plus(-1))),
            Self::Within { first, last } => (first, Some(last)),
        };
        let ((a, a_last), (b, b_last)) = (span(self), span(other));
        a_last.is_none_or(|last| b <= last) && b_last.is_none_or(|last| a <= last)
    }
}

/// What lists add in a total's scope, in the smallest unit of the measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// On the total's first day; of a flow, in its period.
    pub at_start: i64,
    /// On its last day, or after all changes known so far; of a flow, in its period.
    pub at_end: i64,
    /// The day from which lists never say less than `at_end`; of a level.
    pub full_from: Option<Day>,
}

impl Listed {
    /// What changes by day come to: a level changes by them from each day on, a flow has them on its days.
    #[must_use]
    pub fn of(scope: ScopeDays, changes: &BTreeMap<Day, i64>) -> Self {
        match scope {
            ScopeDays::Within { first, last } => {
                let sum =
                    changes.range(first..=last).fold(0_i64, |sum, (_, change)| sum.saturating_add(*change));
                Self { at_start: sum, at_end: sum, full_from: None }
            }
            ScopeDays::Level { from, until } => Self::of_level(from, until, changes),
        }
    }

    fn of_level(from: Day, until: Option<Day>, changes: &BTreeMap<Day, i64>) -> Self {
        let (mut at_start, mut later) = (0_i64, Vec::new());
        for (day, change) in changes.iter().filter(|(day, _)| until.is_none_or(|until| **day < until)) {
            if *day <= from {
                at_start = at_start.saturating_add(*change);
            } else {
                later.push((*day, *change));
            }
        }
        let at_end = later.iter().fold(at_start, |sum, (_, change)| sum.saturating_add(*change));
        // From the day on which the lists say as much as in the end, and never less again.
        let (mut full_from, mut level) = (from, at_start);
        for (day, change) in later {
            if level < at_end {
                full_from = day;
            }
            level = level.saturating_add(change);
        }
        Self { at_start, at_end, full_from: (at_end > 0).then_some(full_from) }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            at_start: self.at_start.saturating_add(other.at_start),
            at_end: self.at_end.saturating_add(other.at_end),
            full_from: self.full_from.max(other.full_from),
        }
    }

    /// Whether the lists say anything.
    #[must_use]
    pub const fn any(self) -> bool {
        self.at_start > 0 || self.at_end > 0
    }
}

/// A total that stands, and what lists recorded after it say in its scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StandingTotal {
    /// The total.
    pub total: Total,
    /// Its measure is a level, so that a cover may begin later than the total.
    pub level: bool,
    /// Digits after the point of amounts.
    pub scale: u8,
    /// Lists recorded after the total.
    pub listed: Listed,
    /// What earlier covers have taken off already.
    pub covered: i64,
    /// Covers so far, also of earlier lives of the same key.
    pub covers: u32,
    /// Another total of the same measure, place and agency that is split otherwise and counts on some of the same days.
    pub overlap: Option<Box<Total>>,
}

/// A total beside the records of a figure, for programs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TotalNote {
    /// Key of the total.
    pub total: String,
    /// What it counts, as a decimal.
    pub amount: String,
    /// What lists recorded after it say in its scope and no cover has taken off.
    pub listed: String,
    /// The lists say more than the total: a contradiction; both are counted.
    pub contradiction: bool,
    /// Key of another total of the same scope that is split otherwise; both are counted.
    pub overlaps: Option<String>,
}

/// What to do about a total, for a person to confirm, change or leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// By how much it should count less; at most its amount.
    pub by: i64,
    /// From which day.
    pub from: Day,
    /// What the lists say beyond the total: a contradiction to be shown.
    pub excess: i64,
}

impl Proposal {
    /// Whether nothing of the total remains.
    #[must_use]
    pub const fn is_whole(self, total: &Total) -> bool {
        self.by == total.amount
    }
}

impl StandingTotal {
    /// What the lists say that no cover has taken off: on which day, and how much.
    fn open(&self) -> (i64, Day) {
        let left = |listed: i64| listed.saturating_sub(self.covered);
        if !self.level || self.listed.at_start > 0 {
            return (left(self.listed.at_start), self.total.day);
        }
        (left(self.listed.at_end), self.listed.full_from.unwrap_or(self.total.day))
    }

    /// Lists that no cover answers yet; 0 where there are none.
    #[must_use]
    pub fn listed(&self) -> i64 {
        self.open().0.max(0)
    }

    /// The total and its lists in numbers.
    #[must_use]
    pub fn note(&self) -> TotalNote {
        let text = |mantissa: i64| Amount { mantissa: i128::from(mantissa), scale: self.scale }.to_string();
        TotalNote {
            total: self.total.key.clone(),
            amount: text(self.total.amount),
            listed: text(self.listed()),
            contradiction: self.proposal().is_some_and(|proposal| proposal.excess > 0),
            overlaps: self.overlap.as_ref().map(|other| other.key.clone()),
        }
    }

    /// The proposal; `None` where the lists say nothing new or the total is not an amount to be reduced.
    #[must_use]
    pub fn proposal(&self) -> Option<Proposal> {
        let (listed, from) = self.open();
        let amount = self.total.amount;
        (listed > 0 && amount > 0).then(|| Proposal {
            by: listed.min(amount),
            from,
            excess: (listed - amount).max(0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of_month: i8) -> Day {
        Day::new(2025, 10, of_month).expect("a day")
    }

    fn listed(until: Option<i8>, changes: &[(i8, i64)]) -> (i64, i64, Option<Day>) {
        let changes = changes.iter().map(|(at, change)| (day(*at), *change)).collect();
        let found = Listed::of(ScopeDays::Level { from: day(5), until: until.map(day) }, &changes);
        (found.at_start, found.at_end, found.full_from)
    }

    #[test]
    fn lists_are_full_from_the_day_on_which_they_never_say_less_again() {
        assert_eq!(listed(None, &[(1, 3)]), (3, 3, Some(day(5))), "before the total began");
        assert_eq!(listed(None, &[(1, 3), (9, 4), (12, 2)]), (3, 9, Some(day(12))));
        assert_eq!(listed(None, &[(9, 9), (12, 2), (20, -2)]), (0, 9, Some(day(9))), "for some days more");
        assert_eq!(listed(None, &[(9, 9), (12, -4), (20, 4)]), (0, 9, Some(day(20))), "for some days less");
        assert_eq!(listed(Some(12), &[(9, 9), (12, 5)]), (0, 9, Some(day(9))), "after the total ended");
        assert_eq!(listed(None, &[(1, 3), (9, -3)]), (3, 0, None));
    }

    #[test]
    fn a_flow_has_what_lies_in_its_days() {
        let changes = [(1, 3), (5, 2), (9, 4), (10, 8)].map(|(at, change)| (day(at), change)).into();
        let found = Listed::of(ScopeDays::Within { first: day(5), last: day(9) }, &changes);
        assert_eq!((found.at_start, found.at_end, found.full_from), (6, 6, None));
    }
}
