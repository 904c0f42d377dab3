//! "3–5%", "từ 20 đến 25 ngày": one claim with two ends.

use super::{Found, hedge, unit};
use crate::amount::Amount;
use crate::claim::Kind;
use crate::lexicon::{any_of, ends_with};
use crate::number::{Marks, Quantity, quantity};
use crate::text::Token;

/// The range whose low end is `low`, and the token behind.
pub(super) fn at(tokens: &[Token], low: &Quantity, marks: Marks) -> Option<(Found, usize)> {
    let own = unit::at(tokens, low.tokens.end, marks);
    let link = own.as_ref().map_or(low.tokens.end, |own| own.end);
    let dash = tokens.get(link).is_some_and(Token::is_dash);
    let word = any_of(tokens.get(link), &["đến", "tới"]);
    let from = ends_with(tokens, low.tokens.start, &["từ"]) > 0;
    if !dash && !(word && (from || own.is_none())) {
        return None;
    }
    let high = quantity(tokens, link + 1, marks)?;
    let measured = unit::measured(
        tokens,
        &Quantity { tokens: low.tokens.start..high.tokens.end, ..high.clone() },
        marks,
    )?;
    if own.is_some_and(|own| own.unit != measured.unit) || measured.kind == Kind::Rank {
        return None;
    }
    // "2-3 triệu": the word behind the second multiplies both.
    let borrowed = Amount { power: high.amount.power, ..low.amount };
    let amount =
        if low.amount.power == 0 && borrowed.exact() < high.amount.exact() { borrowed } else { low.amount };
    if amount.exact() >= high.amount.exact() {
        return None;
    }
    let end = measured.end;
    let hedge = hedge::of(tokens, low.tokens.start, end);
    let value = Quantity { amount, ..low.clone() };
    let (unit, kind) = (measured.unit, measured.kind);
    let found = Found {
        value,
        value_to: Some(high),
        unit,
        kind,
        tokens: low.tokens.start..end,
        hedge,
        fraction: None,
    };
    Some((found, end))
}
