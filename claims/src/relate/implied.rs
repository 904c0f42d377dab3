//! What two numbers say without a third: the share of "96/99 xã", the difference of "từ 30 xuống 18 ngày" (definitions 7
//! and 8). Nothing is stated that could be wrong, so they hold.

use super::Said;
use super::levels::moves;
use super::relation::{Formula, Relation, Tie, Verdict};
use super::share::is_pair;
use crate::amount::Exact;
use crate::find::Fraction;
use crate::interval::Interval;
use crate::print;

/// Pairs that no other tie has both numbers of.
pub(super) fn find(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let pairs = own.windows(2).filter_map(|pair| match pair {
        [one, other] => Some((one, other)),
        _ => None,
    });
    let tied = |one: &Said<'_>, other: &Said<'_>, kind: Tie| {
        let both = |relation: &Relation| {
            relation.claims.contains(&one.index) && relation.claims.contains(&other.index)
        };
        known.iter().filter(|relation| relation.kind == kind).any(both)
    };
    let implied = |(one, other): (&Said<'_>, &Said<'_>)| {
        if !one.same_sentence(other) {
            None
        } else if is_pair(one, other) && one.fraction == Some(Fraction::Part) && !tied(one, other, Tie::Share)
        {
            share(one, other)
        } else if one.alike(other) && moves(one, other) && !tied(one, other, Tie::Difference) {
            difference(one, other)
        } else {
            None
        }
    };
    pairs.filter_map(implied).collect()
}

fn share(part: &Said<'_>, whole: &Said<'_>) -> Option<Relation> {
    relation(Tie::Share, Formula::Share, (part, whole), |value| format!("{}%", print::exact(value, 2)))
}

fn difference(from: &Said<'_>, to: &Said<'_>) -> Option<Relation> {
    let pair = if from.value() >= to.value() { (from, to) } else { (to, from) };
    let like = from.claim.value;
    let shown = |value| print::exact_like(value, like, u32::from(like.decimals));
    relation(Tie::Difference, Formula::Difference, pair, shown)
}

fn relation(
    kind: Tie,
    formula: Formula,
    (one, other): (&Said<'_>, &Said<'_>),
    shown: impl Fn(Exact) -> String,
) -> Option<Relation> {
    let computed = formula.interval(&[Interval::point(one.value()), Interval::point(other.value())])?;
    let written = [print::written(one.claim.value), print::written(other.claim.value)];
    let value = shown(computed.low);
    // A share of 96 in 99 is cut to two decimals.
    let sign = if kind == Tie::Share { "≈" } else { "=" };
    Some(Relation {
        kind,
        claims: vec![one.index.min(other.index), one.index.max(other.index)],
        expression: format!("{} {sign} {value}", formula.write(&written)),
        computed: Some(computed),
        verdict: Verdict::Ok,
        reason: String::new(),
    })
}
