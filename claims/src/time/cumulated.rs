//! Money told up to a day: "lũy kế đến ngày 31/10 giải ngân 5.623,7 tỷ đồng", and again without the word.

use super::expression::{Expression, Role};
use super::is_owed;
use crate::claim::{Kind, Time};
use crate::find::Placed;
use crate::text::Token;

/// The part of a year, from its beginning, that a sentence names.
pub(super) fn named(said: &[Expression]) -> Option<Time> {
    let begun = |time: &Time| {
        time.from.zip(time.to).is_some_and(|(from, to)| {
            let year = from.year();
            from.ymd() == (year, 1, 1) && to.year() == year && to.ymd() != (year, 12, 31)
        })
    };
    said.iter().filter(|said| said.role == Role::Own).map(|said| said.time).rfind(begun)
}

/// The time of a claim, where the text has told from when money is cumulated to that day; what is owed is as of it.
pub(super) fn of(tokens: &[Token], placed: &Placed, time: Time, named: Option<Time>) -> Time {
    let spent = placed.claim.kind == Kind::Money && !is_owed(tokens, placed);
    named.filter(|named| spent && time.from.is_none() && time.to == named.to).unwrap_or(time)
}
