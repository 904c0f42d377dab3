//! What a written number may stand for: rounding leaves an interval.

use crate::amount::{Amount, Exact, sum};
use crate::claim::{Claim, Hedge, Kind};

/// All numbers between two ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    /// Least number.
    pub low: Exact,
    /// Greatest number.
    pub high: Exact,
    /// `low` itself is outside.
    pub low_open: bool,
    /// `high` itself is outside.
    pub high_open: bool,
}

impl Interval {
    /// One number.
    #[must_use]
    pub fn point(value: Exact) -> Self {
        Self { low: value, high: value, low_open: false, high_open: false }
    }

    fn closed(low: Exact, high: Exact) -> Self {
        Self { low, high, low_open: false, high_open: false }
    }

    /// The numbers that `amount` may be the rounded form of: a written-out count of things is exact unless it
    /// ends in three zeros or more.
    #[must_use]
    pub fn of_amount(amount: Amount, counted: bool) -> Self {
        let value = amount.exact();
        let half = Exact::new(1, 2);
        let rounding = if counted && amount.is_plain() {
            if amount.trailing_zeros() < 3 {
                return Self::point(value);
            }
            amount.round_place()
        } else {
            amount.last_place()
        };
        Self::closed(value - rounding * half, value + rounding * half)
    }

    /// The numbers a claim may stand for, with its hedge.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        Self::with(claim, claim.value)
    }

    /// The same were `amount` written in its place.
    pub(crate) fn with(claim: &Claim, amount: Amount) -> Self {
        let counted = matches!(claim.kind, Kind::Count | Kind::Rank);
        if let Some(to) = claim.value_to {
            let (low, high) = (Self::of_amount(amount, counted), Self::of_amount(to, counted));
            return Self::closed(low.low, high.high);
        }
        let value = amount.exact();
        let place = || amount.round_place();
        match claim.hedge {
            Hedge::None => Self::of_amount(amount, counted),
            Hedge::Over => Self { low: value, high: value + place(), low_open: false, high_open: true },
            Hedge::Under => Self { low: value - place(), high: value, low_open: true, high_open: false },
            Hedge::About => Self::closed(value - place(), value + place()),
            Hedge::AtLeast => Self::closed(value, value + value + place()),
            Hedge::AtMost => Self::closed(Exact::from_integer(0), value),
        }
    }

    /// Whether some number is in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let below = |a: &Self, b: &Self| a.high < b.low || (a.high == b.low && (a.high_open || b.low_open));
        !below(self, other) && !below(other, self)
    }

    /// The sums of a number of each.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            low: sum(self.low, other.low),
            high: sum(self.high, other.high),
            low_open: self.low_open || other.low_open,
            high_open: self.high_open || other.high_open,
        }
    }

    /// The differences of a number of each.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let negative =
            Self { low: -other.high, high: -other.low, low_open: other.high_open, high_open: other.low_open };
        self.plus(&negative)
    }

    /// The quotients of a number of each; `None` where the divisor may be 0 or one may be negative.
    #[must_use]
    pub fn over(&self, other: &Self) -> Option<Self> {
        let zero = Exact::from_integer(0);
        (other.low > zero && self.low >= zero).then(|| Self {
            low: self.low / other.high,
            high: self.high / other.low,
            low_open: self.low_open || other.high_open,
            high_open: self.high_open || other.low_open,
        })
    }

    /// So many times `value`, which is not negative.
    pub(crate) fn of_value(&self, value: Exact) -> Self {
        Self { low: self.low * value, high: self.high * value, ..*self }
    }

    /// Each times `factor`, which is positive.
    #[must_use]
    pub fn times(&self, factor: i128) -> Self {
        Self { low: self.low * factor, high: self.high * factor, ..*self }
    }
}
