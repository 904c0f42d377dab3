//! Covers: lists take the place of a total that stood without one.
//!
//! Nothing is subtracted by itself. What lists recorded since a total say in its scope is a proposal; a
//! person confirms by how much and from which day the total counts less, and one commit then holds both the
//! total's new versions and the record of register `cover` that says why.

mod act;
mod error;

pub use act::{Confirmation, Covering, edits};
pub use error::CoverError;

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

/// What lists add in a total's scope, in the smallest unit of the measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// On the total's first day; of a flow, in its period.
    pub at_start: i64,
    /// On its last day, or after all changes known so far; of a flow, in its period.
    pub at_end: i64,
    /// The day from which all the records behind `at_end` count; of a level.
    pub full_from: Option<Day>,
}

impl Listed {
    /// Adds, or takes off where `sign` is -1, a record that counts on [first, until) with `amount`.
    pub fn add(&mut self, scope: ScopeDays, sign: i64, first: Day, until: Option<Day>, amount: i64) {
        let amount = amount.saturating_mul(sign);
        match scope {
            ScopeDays::Within { first: from, last } => {
                if (from..=last).contains(&first) {
                    self.at_start = self.at_start.saturating_add(amount);
                    self.at_end = self.at_end.saturating_add(amount);
                }
            }
            ScopeDays::Level { from, until: end } => {
                let counts_on = |day: Day| first <= day && until.is_none_or(|until| day < until);
                if counts_on(from) {
                    self.at_start = self.at_start.saturating_add(amount);
                }
                let at_end = match end.and_then(|end| end.plus(-1)) {
                    Some(last) => counts_on(last),
                    None => until.is_none(),
                };
                if at_end {
                    self.at_end = self.at_end.saturating_add(amount);
                    if sign > 0 {
                        self.full_from = self.full_from.max(Some(first.max(from)));
                    }
                }
            }
        }
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
