//! What a text ties together, and whether it holds.

use crate::amount::{Amount, Exact};
use crate::claim::{Claim, Hedge};
use crate::interval::Interval;
use crate::print;

/// A stated number and what it is tied to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    /// How they are tied.
    pub kind: Tie,
    /// Indices of the claims: the stated one first, then its operands in the order of the text.
    pub claims: Vec<usize>,
    /// The arithmetic as a person writes it: "1.250 + 308 + 42 = 1.600, không phải 1.672".
    pub expression: String,
    /// What the operands give, as far as rounding lets them.
    pub computed: Option<Interval>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What would make it hold, or why nothing can be said.
    pub reason: String,
}

/// How numbers are tied.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Parts add up to the stated number.
    Sum,
    /// The stated percentage is a part of a whole.
    Share,
    /// The stated percentage is what is left of a whole.
    Complement,
    /// The stated number is what lies between two others.
    Difference,
    /// The stated percentage is a change by its base.
    Growth,
    /// The stated number is one over another.
    Multiple,
    /// The stated number is a total by a count.
    Mean,
    /// Percentages that together are the whole.
    #[serde(rename = "shares_to_100")]
    SharesTo100,
    /// The stated number is that of the things listed behind it.
    ListCount,
    /// A position, of so many.
    Rank,
}

/// Whether a relation holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds within rounding.
    Ok,
    /// It holds when digits are cut instead of rounded.
    OkTruncated,
    /// It does not.
    Mismatch,
    /// The text does not say enough.
    Insufficient,
}

/// What a tie computes from its operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Formula {
    /// a + b + …
    Sum,
    /// 100 · a ÷ b
    Share,
    /// 100 · (b + c + …) ÷ a
    SharesOf,
    /// 100 · (a − b) ÷ a
    Complement,
    /// |a − b|
    Difference,
    /// 100 · |a − b| ÷ b
    Growth,
    /// 100 · a ÷ (b − a): the level b has grown by a.
    GrowthUp,
    /// 100 · a ÷ (b + a): the level b has fallen by a.
    GrowthDown,
    /// a ÷ b
    Quotient,
    /// a ÷ b, where a is told in a unit so many times as large.
    Converted(i128),
    /// a ÷ b, where b is told in a unit so many times as large.
    Finer(i128),
    /// From the first position to the a-th.
    Rank,
    /// From nothing to a.
    Within,
}

impl Formula {
    /// What the stated number may stand for, were `amount` written: a mean of things counted is a whole number only by
    /// rounding.
    pub(super) fn stated(self, said: &Claim, amount: Amount) -> Interval {
        let mean = matches!(self, Self::Quotient | Self::Converted(_) | Self::Finer(_));
        if mean && said.hedge == Hedge::None && said.value_to.is_none() {
            Interval::of_amount(amount, false)
        } else {
            Interval::with(said, amount)
        }
    }

    pub(super) fn interval(self, of: &[Interval]) -> Option<Interval> {
        let hundred = |part: &Interval, whole: &Interval| Some(part.over(whole)?.times(100));
        match (self, of) {
            (Self::Sum, [first, rest @ ..]) => Some(rest.iter().fold(*first, |sum, part| sum.plus(part))),
            (Self::Share, [part, whole]) => hundred(part, whole),
            (Self::SharesOf, [whole, first, rest @ ..]) => {
                hundred(&rest.iter().fold(*first, |sum, part| sum.plus(part)), whole)
            }
            (Self::Complement, [whole, part]) => {
                let hundred_all = Interval::point(Exact::from_integer(100));
                Some(hundred_all.minus(&hundred(part, whole)?))
            }
            (Self::Difference, [a, b]) => Some(if a.low >= b.low { a.minus(b) } else { b.minus(a) }),
            (Self::Growth, [a, b]) => {
                let all = a.over(b)?.times(100);
                let base = Interval::point(Exact::from_integer(100));
                Some(if a.low >= b.low { all.minus(&base) } else { base.minus(&all) })
            }
            (Self::GrowthUp, [change, level]) => hundred(change, &level.minus(change)),
            (Self::GrowthDown, [change, level]) => hundred(change, &level.plus(change)),
            (Self::Quotient, [a, b]) => a.over(b),
            (Self::Converted(times), [a, b]) => Some(a.over(b)?.times(times)),
            (Self::Finer(times), [a, b]) => a.over(&b.times(times)),
            (Self::Rank, [of]) => Some(Interval {
                low: Exact::from_integer(1),
                high: of.high,
                low_open: false,
                high_open: false,
            }),
            (Self::Within, [of]) => Some(Interval { low: Exact::from_integer(0), low_open: false, ..*of }),
            _ => None,
        }
    }

    /// The arithmetic in the signs of schoolbooks.
    pub(super) fn write(self, of: &[String]) -> String {
        match (self, of) {
            (Self::Sum, parts) => parts.join(" + "),
            (Self::Share, [part, whole]) => format!("{part} ÷ {whole}"),
            (Self::SharesOf, [whole, parts @ ..]) => format!("({}) ÷ {whole}", parts.join(" + ")),
            (Self::Complement, [whole, part]) => format!("({whole} − {part}) ÷ {whole}"),
            (Self::Difference, [a, b]) => format!("{a} − {b}"),
            (Self::Growth, [a, b]) => format!("({a} − {b}) ÷ {b}"),
            (Self::GrowthUp, [change, level]) => format!("{change} ÷ ({level} − {change})"),
            (Self::GrowthDown, [change, level]) => format!("{change} ÷ ({level} + {change})"),
            (Self::Quotient, [a, b]) => format!("{a} ÷ {b}"),
            (Self::Finer(times), [a, b]) => format!(
                "{a} ÷ ({b} × {})",
                print::plain(Amount::whole(i64::try_from(times).unwrap_or(i64::MAX)))
            ),
            (Self::Converted(times), [a, b]) => format!(
                "{a} × {} ÷ {b}",
                print::plain(Amount::whole(i64::try_from(times).unwrap_or(i64::MAX)))
            ),
            (Self::Rank | Self::Within, [of]) => format!("trong {of}"),
            _ => of.join("; "),
        }
    }
}
