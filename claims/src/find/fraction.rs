//! "96/99 xã", "2/3 số thôn", "74/115 (64%)".

use super::{Found, hedge, reject, unit};
use crate::amount::Amount;
use crate::claim::{Hedge, Kind};
use crate::lexicon::{any_of, ends_with, starts_with, unit_at};
use crate::number::{Marks, Quantity, quantity};
use crate::text::Token;

/// What one number over another says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fraction {
    /// So many of so many: this is the part.
    Part,
    /// So many of so many: this is the whole.
    Whole,
    /// A result over its target: this is the result.
    Result,
    /// A result over its target: this is the target.
    Target,
    /// The whole says one share: two thirds.
    Share,
}

/// The claims of a fraction whose first number is `first`, and the token behind.
pub(super) fn at(tokens: &[Token], first: &Quantity, marks: Marks) -> Option<(Vec<Found>, usize)> {
    let slash = first.tokens.end;
    if let Some(pair) = same_unit(tokens, first, marks) {
        return Some(pair);
    }
    tokens.get(slash).filter(|mark| mark.is_mark('/'))?;
    let second = quantity(tokens, slash + 1, marks)?;
    if second.in_words || first.in_words {
        return None;
    }
    // "5.304/8.500 tỷ đồng": what stands behind covers both.
    let covered = Quantity { amount: Amount { power: second.amount.power, ..first.amount }, ..first.clone() };
    let first = if first.amount.power == 0 && covered.amount.is_sane() { &covered } else { first };
    let from = first.tokens.start;
    if reject::is_ranked(tokens, from) {
        // "xếp thứ 9/34": the rank is said, and of how many.
        let rank = found(tokens, first.clone(), "hạng", Kind::Rank, first.tokens.end);
        let measured = unit::at(tokens, second.tokens.end, marks);
        let end = measured.as_ref().map_or(second.tokens.end, |measured| measured.end);
        let mut claims = vec![rank];
        if let Some(measured) = measured {
            let mut of = found(tokens, second, &measured.unit, measured.kind, measured.end);
            of.fraction = Some(Fraction::Whole);
            claims.push(of);
        }
        return Some((claims, end));
    }
    let behind = second.tokens.end;
    if starts_with(tokens, behind, &reject::OF_ALL) > 0 && is_simple(first, &second) {
        return Some((vec![share(tokens, first, &second)], behind));
    }
    let measured = match unit::at(tokens, behind, marks) {
        Some(measured) if measured.kind != Kind::Percent => measured,
        // "74/115 (64%)": the share stands beside, the noun before.
        _ if is_share_behind(tokens, behind) => {
            let close =
                tokens.iter().skip(behind).position(|mark| mark.is_mark(')')).map(|at| behind + at + 1);
            let noun = close.and_then(|at| unit::at(tokens, at, marks)).map(|measured| measured.unit);
            unit::Measured { unit: noun.unwrap_or_default(), kind: Kind::Count, end: behind }
        }
        _ => return None,
    };
    let end = measured.end;
    let (part, whole) = kinds(tokens, first, &second);
    let mut one = found(tokens, first.clone(), &measured.unit, measured.kind, first.tokens.end);
    let mut other = found(tokens, second, &measured.unit, measured.kind, end);
    one.fraction = Some(part);
    other.fraction = Some(whole);
    other.hedge = Hedge::None;
    Some((vec![one, other], end))
}

/// "một phần ba số hộ": a fraction in words, and the token behind. "năm phần trăm" is a percentage.
pub(super) fn in_words(tokens: &[Token], at: usize, marks: Marks) -> Option<(Found, usize)> {
    // Both numbers are of one word: what is no fraction is not read twice.
    let parts = at + 2;
    any_of(tokens.get(at + 1), &["phần"]).then_some(())?;
    let first = quantity(tokens, at, marks).filter(|first| first.in_words && first.tokens.end == at + 1)?;
    let second = quarters(tokens, parts)
        .or_else(|| quantity(tokens, parts, marks))
        .filter(|second| second.in_words)?;
    (second.amount.power == 0 && is_simple(&first, &second))
        .then(|| (share(tokens, &first, &second), second.tokens.end))
}

/// "tư" is four behind a fraction's "phần" alone.
fn quarters(tokens: &[Token], at: usize) -> Option<Quantity> {
    let four = any_of(tokens.get(at), &["tư"]);
    four.then(|| Quantity { amount: Amount::whole(4), tokens: at..at + 1, in_words: true })
}

/// Part and whole, or a result and its target.
fn kinds(tokens: &[Token], first: &Quantity, second: &Quantity) -> (Fraction, Fraction) {
    let results = first.amount.exact() > second.amount.exact()
        || ends_with(tokens, first.tokens.start, &["chỉ tiêu", "kế hoạch", "so với kế hoạch"]) > 0;
    if results { (Fraction::Result, Fraction::Target) } else { (Fraction::Part, Fraction::Whole) }
}

/// "8.240 ha/8.000 ha": the unit stands behind both.
fn same_unit(tokens: &[Token], first: &Quantity, marks: Marks) -> Option<(Vec<Found>, usize)> {
    let unit = unit_at(tokens, first.tokens.end).filter(|unit| unit.kind != Kind::Percent)?;
    let slash = first.tokens.end + unit.tokens;
    tokens.get(slash).filter(|mark| mark.is_mark('/'))?;
    let second = quantity(tokens, slash + 1, marks)?;
    let again = unit_at(tokens, second.tokens.end).filter(|again| again.name == unit.name)?;
    let end = second.tokens.end + again.tokens;
    let (part, whole) = kinds(tokens, first, &second);
    let mut one = found(tokens, first.clone(), &unit.name, unit.kind, slash);
    let mut other = found(tokens, second, &again.name, again.kind, end);
    one.fraction = Some(part);
    other.fraction = Some(whole);
    Some((vec![one, other], end))
}

fn found(tokens: &[Token], value: Quantity, unit: &str, kind: Kind, end: usize) -> Found {
    let at = value.tokens.start..end;
    let hedge = hedge::of(tokens, at.start, end);
    Found { value, value_to: None, unit: unit.to_owned(), kind, tokens: at, hedge, fraction: None }
}

fn is_share_behind(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|mark| mark.is_mark('('))
        && tokens.iter().skip(at).take(8).any(|mark| mark.is_mark('%'))
}

/// "2/3", "3/4": not "96/99".
fn is_simple(first: &Quantity, second: &Quantity) -> bool {
    let (a, b) = (first.amount.digits, second.amount.digits);
    a < b && b <= 10
}

/// Two thirds are 66,67%, about.
fn share(tokens: &[Token], first: &Quantity, second: &Quantity) -> Found {
    let (a, b) = (i128::from(first.amount.digits), i128::from(second.amount.digits));
    let hundredths = (a * 20_000 + b) / (2 * b);
    let amount = Amount { digits: i64::try_from(hundredths).unwrap_or(0), decimals: 2, power: 0 };
    let value = Quantity { amount, tokens: first.tokens.start..second.tokens.end, in_words: false };
    let end = second.tokens.end;
    let mut share = found(tokens, value, "%", Kind::Percent, end);
    if share.hedge == Hedge::None {
        share.hedge = Hedge::About;
    }
    share.fraction = Some(Fraction::Share);
    share
}
