//! "3 trọng điểm là A, B và C": as many as are listed.

use std::ops::Range;

use super::Said;
use super::relation::{Relation, Tie, Verdict};
use crate::amount::Exact;
use crate::claim::{Hedge, Kind};
use crate::interval::Interval;
use crate::lexicon::starts_with;
use crate::text::{Token, TokenKind};

/// Words before a list.
const LISTS: [&str; 9] =
    ["gồm", "bao gồm", "gồm có", "là", "đó là", "cụ thể là", "lần lượt là", "gồm các", "trong đó có"];
/// Tokens between the number and the word before the list.
const PHRASE_MAX: usize = 14;
/// A list longer than this is not looked through.
const LIST_MAX: i64 = 20;

pub(super) fn find(all: &[Token], sentence: &Range<usize>, own: &[Said<'_>]) -> Vec<Relation> {
    let tokens = all.get(..sentence.end).unwrap_or_default();
    let here = |said: &Said<'_>| sentence.contains(&said.from);
    let next = |at: usize| own.get(at + 1).filter(|next| here(next));
    own.iter()
        .enumerate()
        .filter(|(_, said)| here(said))
        .filter_map(|(at, said)| one(tokens, said, next(at)))
        .collect()
}

fn one(tokens: &[Token], said: &Said<'_>, next: Option<&Said<'_>>) -> Option<Relation> {
    let counted =
        said.claim.kind == Kind::Count && said.claim.hedge == Hedge::None && said.claim.value_to.is_none();
    let stated = said.claim.value;
    if !counted || !stated.is_plain() || !(2..=LIST_MAX).contains(&stated.digits) || said.fraction.is_some() {
        return None;
    }
    let end = next.map_or(tokens.len(), |next| next.from);
    let (cue, from) = cue(tokens, said.to, end)?;
    let items = tokens.get(from..).unwrap_or_default();
    let close = items.iter().position(|token| matches!(token.kind, TokenKind::Mark('.' | '!' | '?')));
    let items = items.get(..close.unwrap_or(items.len())).unwrap_or_default();
    let open = items.iter().any(|token| token.is_mark('…'));
    // Numbers among the items make it a breakdown, not a list.
    if open || items.is_empty() || next.is_some_and(|next| next.alike(said)) {
        return None;
    }
    let (least, most, sure) = count(items);
    let plain_verb = cue == "là" && most < 2;
    if plain_verb || most < 2 {
        return None;
    }
    let number = stated.digits;
    let holds = (least..=most).contains(&number);
    if !holds && !sure {
        return None;
    }
    // "A, B và C": the "và" joins the last item, or stands inside it.
    let doubtful = holds && number < most && number == least && sure;
    let verdict = match (holds, doubtful) {
        (true, false) => Verdict::Ok,
        (true, true) => Verdict::Insufficient,
        (false, _) => Verdict::Mismatch,
    };
    let listed = if holds { number } else { least };
    let expression =
        if holds { format!("kể ra {listed}") } else { format!("kể ra {listed}, không phải {number}") };
    let computed = Interval {
        low: Exact::from_integer(i128::from(least)),
        high: Exact::from_integer(i128::from(most)),
        low_open: false,
        high_open: false,
    };
    let reason = if holds { String::new() } else { format!("nếu {least} thì khớp") };
    Some(Relation {
        kind: Tie::ListCount,
        claims: vec![said.index],
        expression,
        computed: Some(computed),
        verdict,
        reason,
    })
}

/// The word before the list, and where the list begins.
fn cue(tokens: &[Token], from: usize, end: usize) -> Option<(&'static str, usize)> {
    for at in from..end.min(from + PHRASE_MAX) {
        if tokens.get(at).is_some_and(|token| token.is_mark(':')) {
            return Some((":", at + 1));
        }
        if tokens.get(at).is_some_and(|token| matches!(token.kind, TokenKind::Mark(';' | '(' | '.'))) {
            return None;
        }
        let words = starts_with(tokens, at, &LISTS);
        if words > 0 {
            let colon = tokens.get(at + words).is_some_and(|token| token.is_mark(':'));
            let word = if colon {
                ":"
            } else if starts_with(tokens, at, &["là"]) == words {
                "là"
            } else {
                "gồm"
            };
            return Some((word, at + words + usize::from(colon)));
        }
    }
    None
}

/// Least and greatest number of items, and whether a number outside is surely wrong: "và" may stand inside an item.
fn count(items: &[Token]) -> (i64, i64, bool) {
    // "gồm: (1) …; (2) …": the items are numbered.
    let is_number = |token: &Token| token.is_number() && token.norm.len() <= 2;
    let numbered = items.windows(3).filter(|window| {
        matches!(window, [open, number, close] if open.is_mark('(') && is_number(number) && close.is_mark(')'))
    });
    let numbered = i64::try_from(numbered.count()).unwrap_or(0);
    if numbered > 1 {
        return (numbered, numbered, true);
    }
    let marks = |mark: char| {
        i64::try_from(items.iter().filter(|token| token.is_mark(mark)).count()).unwrap_or(i64::MAX)
    };
    let semicolons = marks(';');
    let ands = i64::try_from(items.iter().filter(|token| token.norm == "và").count()).unwrap_or(0);
    if semicolons > 0 {
        let last_and = items
            .iter()
            .rposition(|token| token.is_mark(';'))
            .is_some_and(|last| items.iter().skip(last).take(2).any(|token| token.norm == "và"));
        let extra = i64::from(ands > 0 && !last_and);
        return (semicolons + 1, semicolons + 1 + extra, true);
    }
    let commas = marks(',');
    // The last "và" joins the last item; what stands behind it may hold a comma of its own, and so may an "và"
    // before it stand inside an item.
    let last = items.iter().rposition(|token| token.norm == "và").unwrap_or(items.len());
    let inside = items.iter().skip(last).filter(|token| token.is_mark(',')).count();
    let inside = i64::try_from(inside).unwrap_or(0);
    (commas - inside + 1, commas + 1 + ands, ands <= 1 && inside == 0 && commas > 0)
}
