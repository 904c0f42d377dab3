//! Means per span of time: "khám 1.204.350 lượt; bình quân 120.435 lượt/tháng". The span is no claim, so that the count
//! of its months must be derived.

use super::super::relation::{Relation, Tie, Verdict};
use super::super::{Said, adds, label};
use super::per::{Per, TIMES};
use crate::claim::Kind;
use crate::interval::Interval;
use crate::lexicon::{ends_with, starts_with};
use crate::print;

/// Numbers before a mean that are looked through for its total.
const NEAR_MAX: usize = 16;
/// Tokens before a mean that say per what it is.
const LEAD: usize = 10;

/// Means per span that nothing else explains, each with the nearest total of its unit.
pub(in crate::relate) fn lone(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let derive = |at: usize| {
        let mean = own.get(at)?;
        let tied = known.iter().any(|relation| relation.claims.first() == Some(&mean.index));
        if tied || !(is_mean(mean) || is_rate(mean)) {
            return None;
        }
        let base = mean.claim.unit.split('/').next()?;
        let near = own.get(at.saturating_sub(NEAR_MAX)..at)?.iter();
        let of = |total: &&Said<'_>| {
            let unit = total.claim.unit.as_str();
            let alike = unit == base || begins(unit, base) || begins(base, unit);
            let level = adds(total.claim.kind) && total.is_level() && total.claim.value_to.is_none();
            alike && level && total.value() > mean.value() && total.claim.sentence + 1 >= mean.claim.sentence
        };
        // Of several totals the first of the sentence is what the mean is of, not its parts.
        let nearest = near.clone().rfind(of)?;
        let total = near.clone().filter(of).find(|total| total.same_sentence(nearest))?;
        derived(mean, total)
    };
    (0..own.len()).filter_map(derive).collect()
}

/// "bình quân 120.435 lượt/tháng", "bình quân mỗi tháng 300.000 trang"
fn is_mean(mean: &Said<'_>) -> bool {
    let open = mean.from.saturating_sub(LEAD);
    let words = mean.tokens.get(open..mean.from).unwrap_or_default();
    let cue = (1..=words.len()).rev().find(|end| ends_with(words, *end, &["bình quân", "trung bình"]) > 0);
    let Some(behind) = cue.and_then(|cue| words.get(cue..)) else { return false };
    let each = starts_with(behind, 0, &["mỗi", "một", "hằng", "hàng"]);
    let named = each > 0 && starts_with(behind, each, &TIMES) > 0;
    let per = mean.claim.unit.split_once('/').is_some_and(|(_, per)| TIMES.contains(&per));
    let clause = label::clause_before(mean.tokens, mean.from);
    (named || per || each == 0) && clause.len() < LEAD && mean.is_level() && mean.claim.value_to.is_none()
}

/// "6.450 giường, đạt 38,4 giường/10.000 dân": a rate of things, not of money, whose count is not told.
fn is_rate(mean: &Said<'_>) -> bool {
    let things = mean.claim.unit.split_once('/').is_some_and(|(base, _)| base != "đồng" && base != "USD");
    things && mean.claim.kind == Kind::Rate && mean.is_level() && mean.claim.value_to.is_none()
}

fn begins(longer: &str, shorter: &str) -> bool {
    longer.strip_prefix(shorter).is_some_and(|rest| rest.starts_with(' '))
}

fn derived(mean: &Said<'_>, total: &Said<'_>) -> Option<Relation> {
    let times = Per::of(mean).map_or(1, |per| per.times);
    let spans = Interval::of(total.claim).over(&Interval::of(mean.claim))?.times(times);
    let (low, high) = (print::exact(spans.low, 1), print::exact(spans.high, 1));
    let range = if low == high { low } else { format!("{low} đến {high}") };
    Some(Relation {
        kind: Tie::Mean,
        claims: vec![mean.index, total.index],
        expression: format!(
            "{}{} ÷ {} = {range} (suy ra)",
            print::written(total.claim.value),
            if times == 1 { String::new() } else { format!(" × {}", print::exact(times.into(), 0)) },
            print::written(mean.claim.value)
        ),
        computed: Some(spans),
        verdict: Verdict::Insufficient,
        reason: "bài không nêu số để chia".to_owned(),
    })
}
