//! How a percentage stands to the number before it.

use super::super::{Said, has, has_mark, label};
use super::IS;
use crate::text::{Token, TokenKind};

/// What the words between a number and a percentage make of the two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Link<'d> {
    /// The percentage is said of the number: "2.415 hộ phải tái định cư, chiếm 35,3%".
    Direct,
    /// The percentage has a name of its own: "…, tỷ lệ bao phủ 96,4%", "…, hộ nghèo chiếm 14%".
    Subject(Vec<&'d str>),
}

/// Tokens between a number and its percentage at most.
const NEAR: usize = 26;
/// Words that begin to speak of something else.
const TURNS: [&str; 8] =
    ["trong đó", "riêng", "trong khi", "nhưng", "so với", "cùng kỳ", "mục tiêu", "phấn đấu"];

impl<'d> Link<'d> {
    pub(super) fn between(part: &Said<'d>, percent: &Said<'_>) -> Option<Self> {
        let words = part.until(percent);
        if !part.same_sentence(percent) || words.len() > NEAR || has_mark(words, &[';', ':']) {
            return None;
        }
        if words.iter().rev().take(2).any(|mark| mark.is_mark('(')) {
            let clean =
                words.iter().filter(|token| token.is_mark('(')).count() == 1 && !has_mark(words, &[')']);
            return clean.then_some(Self::Direct);
        }
        if has(words, &TURNS) {
            return None;
        }
        let cut =
            words.iter().rposition(|token| matches!(token.kind, TokenKind::Mark(',' | ')' | '–' | '-')));
        let clause = words.get(cut.map_or(0, |cut| cut + 1)..).unwrap_or_default();
        if !has(clause, &IS) {
            return None;
        }
        let Some(subject) = subject(clause, cut.is_some()) else { return Some(Self::Direct) };
        // What stands before the name of the percentage tells what the number counts.
        let rate = clause.iter().position(|token| token.norm == "lệ").unwrap_or(0);
        let own = words.get(..words.len() - clause.len() + rate).unwrap_or_default();
        let before = label::clause_before(part.tokens, part.from);
        let tells = |word: &str| own.iter().chain(before).any(|token| token.norm == word);
        let unit = |word: &str| part.claim.unit.split(' ').any(|of| of == word);
        let told = subject.iter().all(|word| tells(word) || unit(word));
        Some(if told { Self::Direct } else { Self::Subject(subject) })
    }
}

/// What the clause of a percentage speaks of; `None` where it names nothing. A clause that begins with the number
/// itself speaks of that number, up to a rate.
fn subject(clause: &[Token], parted: bool) -> Option<Vec<&str>> {
    let rate = clause.windows(2).position(|pair| matches!(pair, [a, b] if a.norm == "tỷ" && b.norm == "lệ"));
    let from = match rate {
        Some(rate) => rate + 2,
        None if parted => 0,
        None => return None,
    };
    let content = label::content(clause.get(from..).unwrap_or_default());
    (!content.is_empty()).then_some(content)
}
