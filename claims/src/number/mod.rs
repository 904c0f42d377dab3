//! Numbers in figures and in words, with the words that multiply them.

mod figures;
mod words;

use std::ops::Range;

pub(crate) use figures::Marks;

use crate::amount::{Amount, POWER_MAX};
use crate::text::Token;

/// A number of the text.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    pub(crate) amount: Amount,
    /// Its tokens, with the words that multiply it.
    pub(crate) tokens: Range<usize>,
    /// Written in words.
    pub(crate) in_words: bool,
}

/// Powers of ten that stand behind a number.
fn power_of(word: &str) -> Option<u8> {
    Some(match word {
        "chục" => 1,
        "trăm" => 2,
        "nghìn" | "ngàn" => 3,
        "vạn" => 4,
        "triệu" | "tr" => 6,
        "tỷ" => 9,
        _ => return None,
    })
}

/// The number that begins at token `at`.
pub(crate) fn quantity(tokens: &[Token], at: usize, marks: Marks) -> Option<Quantity> {
    let first = tokens.get(at)?;
    if first.is_number() {
        let amount = figures::read(&first.norm, marks)?;
        let (amount, end) = multiplied(tokens, at + 1, amount);
        let (amount, end) = with_rest(tokens, end, amount, marks);
        return amount.is_sane().then_some(Quantity { amount, tokens: at..end, in_words: false });
    }
    let (amount, end) = words::read(tokens, at)?;
    let (amount, end) = multiplied(tokens, end, amount);
    amount.is_sane().then_some(Quantity { amount, tokens: at..end, in_words: true })
}

/// "nghìn tỷ" multiplies by both.
fn multiplied(tokens: &[Token], mut at: usize, mut amount: Amount) -> (Amount, usize) {
    while let Some(power) = tokens.get(at).filter(|word| word.is_word()).and_then(|word| power_of(&word.norm))
    {
        if amount.power + power > POWER_MAX {
            break;
        }
        amount.power += power;
        at += 1;
    }
    if amount.power > 0 && tokens.get(at).is_some_and(|word| word.norm == "rưỡi") && amount.decimals == 0 {
        amount = Amount { digits: amount.digits * 10 + 5, decimals: 1, power: amount.power };
        at += 1;
    }
    (amount, at)
}

/// "4 tỷ 500 triệu": the smaller part follows.
fn with_rest(tokens: &[Token], at: usize, amount: Amount, marks: Marks) -> (Amount, usize) {
    let whole = |amount: &Amount| amount.power > 0 && amount.decimals == 0;
    let next = tokens.get(at).filter(|token| token.is_number()).filter(|_| whole(&amount));
    let Some(rest) = next.and_then(|token| figures::read(&token.norm, marks)) else { return (amount, at) };
    let (rest, end) = multiplied(tokens, at + 1, rest);
    if !whole(&rest) || rest.power >= amount.power || rest.exact() >= amount.last_place() {
        return (amount, at);
    }
    let shift = 10_i64.checked_pow(u32::from(amount.power - rest.power));
    let digits = shift.and_then(|shift| amount.digits.checked_mul(shift)?.checked_add(rest.digits));
    digits.map_or((amount, at), |digits| (Amount { digits, decimals: 0, power: rest.power }, end))
}
