//! Items that are told one by one: "… sáu giải pháp. Một là, …. Hai là, …", "thứ nhất, …; thứ hai, …".

use crate::lexicon::starts_with;
use crate::text::{Document, Token, TokenKind};

/// The words before the first, second, … item.
const SERIES: [[&str; 10]; 2] = [
    ["một là", "hai là", "ba là", "bốn là", "năm là", "sáu là", "bảy là", "tám là", "chín là", "mười là"],
    [
        "thứ nhất",
        "thứ hai",
        "thứ ba",
        "thứ tư",
        "thứ năm",
        "thứ sáu",
        "thứ bảy",
        "thứ tám",
        "thứ chín",
        "thứ mười",
    ],
];
/// Tokens that are looked through behind a number.
const LENGTH_MAX: usize = 800;
/// Tokens from a number to the first item.
const FIRST_MAX: usize = 24;

/// How many items are told so behind token `from`, the first of them before token `next`; and whether all that may
/// follow was looked through.
pub(super) fn count(document: &Document<'_>, from: usize, next: Option<usize>) -> Option<(i64, bool)> {
    let end = document.tokens.len().min(from + LENGTH_MAX);
    let tokens = document.tokens.get(from..end)?;
    let first_max = next.map_or(FIRST_MAX, |next| FIRST_MAX.min(next.saturating_sub(from)));
    let count = SERIES.iter().find_map(|series| of(series, tokens, first_max)).filter(|count| *count > 1)?;
    Some((count, end == document.tokens.len()))
}

fn of(series: &[&'static str; 10], tokens: &[Token], first_max: usize) -> Option<i64> {
    let mut at = 0;
    let mut count = 0;
    for word in series {
        let close = if count == 0 { first_max.min(tokens.len()) } else { tokens.len() };
        let Some(found) =
            (at..close).find(|at| begins(tokens, *at) && starts_with(tokens, *at, &[*word]) > 0)
        else {
            break;
        };
        at = found + 1;
        count += 1;
    }
    (count > 0).then_some(count)
}

/// Whether a sentence, a clause or a line may begin at token `at`.
fn begins(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let capital = tokens.get(at).is_some_and(|token| token.capital);
    capital || before.is_some_and(|before| matches!(before.kind, TokenKind::Mark(_)))
}
