//! The verdict on a relation, and the one change that would make it right.

use super::relation::{Formula, Relation, Tie, Verdict};
use super::{Scene, reason};
use crate::amount::{Amount, Exact};
use crate::claim::{Claim, Hedge};
use crate::interval::Interval;
use crate::print;
use num_traits::{CheckedDiv as _, CheckedMul as _};

/// A tie that the text states.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) kind: Tie,
    pub(super) formula: Formula,
    /// The stated claim, then its operands.
    pub(super) claims: Vec<usize>,
    /// The operands are all there are, so that a difference is an error.
    pub(super) whole: bool,
}

/// What the operands give, and the verdict.
pub(super) fn weighed(claims: &[&Claim], stated: &Stated) -> Option<(Interval, Verdict)> {
    let said = claims.get(*stated.claims.first()?).copied()?;
    let operands = operands(claims, stated)?;
    let intervals: Vec<Interval> = operands.iter().map(|claim| Interval::of(claim)).collect();
    let computed = stated.formula.interval(&intervals)?;
    let cut = || {
        // What is cut lies less than one unit above what is written.
        let (value, unit) = (said.value.exact(), said.value.last_place());
        if computed.high < value || computed.low >= value + unit {
            return false;
        }
        let nominal = nominal(stated.formula, &operands);
        said.hedge == Hedge::None && nominal.is_some_and(|value| is_cut(value, said.value))
    };
    // One part alone says of its whole only that it is not less.
    let alone = stated.formula == Formula::Sum && operands.len() == 1;
    let verdict = if alone && !stated.whole {
        Verdict::Insufficient
    } else if computed.meets(&stated.formula.stated(said, said.value)) {
        Verdict::Ok
    } else if cut() {
        Verdict::OkTruncated
    } else if stated.whole && !is_beyond(said, &computed) {
        Verdict::Mismatch
    } else {
        Verdict::Insufficient
    };
    Some((computed, verdict))
}

fn operands<'d>(claims: &[&'d Claim], stated: &Stated) -> Option<Vec<&'d Claim>> {
    Some(stated.claims.get(1..)?.iter().filter_map(|at| claims.get(*at).copied()).collect())
}

/// The relation with its arithmetic written out.
pub(super) fn judged(scene: &Scene<'_, '_>, stated: &Stated) -> Option<Relation> {
    let claims = scene.claims;
    let (computed, mut verdict) = weighed(claims, stated)?;
    let said = claims.get(*stated.claims.first()?).copied()?;
    let operands = operands(claims, stated)?;
    if is_elsewhere(scene, stated) {
        return None;
    }
    // A part beyond its whole that is not surely wrong is a part of another.
    let beyond = operands.iter().any(|part| part.value.exact() > said.value.exact());
    if stated.formula == Formula::Sum && verdict == Verdict::Insufficient && beyond {
        return None;
    }
    let mut reason = match verdict {
        Verdict::Mismatch if !scene.may_search() => "chưa rõ".to_owned(),
        Verdict::Mismatch => reason::of(stated.formula, said, &operands),
        Verdict::Insufficient if !stated.whole => "các số nêu ra chưa chắc là đủ các phần".to_owned(),
        Verdict::Insufficient => "số nêu ra là số ước, lệch về phía có thể".to_owned(),
        Verdict::Ok | Verdict::OkTruncated => reading(stated.kind, said, &operands).to_owned(),
    };
    // A growth that no slip explains may be one of something else than the two levels.
    let other = stated.kind == Tie::Growth && !names_base(scene, stated);
    if verdict == Verdict::Mismatch && other && reason == "chưa rõ" {
        (verdict, reason) = (Verdict::Insufficient, "chưa chắc là mức tăng của hai số này".to_owned());
    }
    let nominal = nominal(stated.formula, &operands);
    Some(Relation {
        kind: stated.kind,
        claims: stated.claims.clone(),
        expression: expression(stated, said, &operands, nominal, verdict),
        computed: Some(computed),
        verdict,
        reason,
    })
}

/// "3.862 tỷ đồng, tăng 17,8% so với cùng kỳ (3.176 tỷ đồng)": the growth names the level that it is of right behind.
fn names_base(scene: &Scene<'_, '_>, stated: &Stated) -> bool {
    let [percent, new, old] = stated.claims.as_slice() else { return false };
    let (Some(percent), Some(new), Some(old)) = (scene.said(*percent), scene.said(*new), scene.said(*old))
    else {
        return false;
    };
    let base = old.is_bracketed() && !percent.is_bracketed() && old.index == percent.index + 1;
    let compared = super::has(percent.until(old), &["so với cùng kỳ", "so cùng kỳ"]);
    base && compared
        && new.index < percent.index
        && new.same_sentence(percent)
        && new.claim.unit == old.claim.unit
}

/// Whether it adds up what is of another place than its total.
pub(super) fn is_elsewhere(scene: &Scene<'_, '_>, stated: &Stated) -> bool {
    let claim = |at: &usize| scene.claims.get(*at).copied();
    let Some(said) = stated.claims.first().and_then(claim) else { return false };
    let mut operands = stated.claims.iter().skip(1).filter_map(claim);
    stated.formula == Formula::Sum && operands.any(|part| lies_elsewhere(part, said))
}

/// Whether a part is of another place than a total of one commune: "phường Yên Bái có 42.350 thửa …; xã Bắc Hà có 28.600
/// thửa". What a province has may be told by its communes.
fn lies_elsewhere(part: &Claim, total: &Claim) -> bool {
    const COMMUNE: usize = 5;
    let places = total.scope.place.as_ref().zip(part.scope.place.as_ref());
    places.is_some_and(|(total, part)| total.len() == COMMUNE && part != total)
}

/// Which of the two readings of "tăng 5%" between percentages holds.
fn reading(kind: Tie, said: &Claim, operands: &[&Claim]) -> &'static str {
    let percents = said.unit == "%" && operands.iter().all(|claim| claim.unit == "%");
    match kind {
        Tie::Difference if percents => "đúng khi hiểu là điểm %",
        Tie::Growth if percents => "đúng khi hiểu là phần trăm của mức trước",
        _ => "",
    }
}

fn points(claims: &[&Claim]) -> Vec<Interval> {
    claims.iter().map(|claim| Interval::point(claim.value.exact())).collect()
}

fn nominal(formula: Formula, operands: &[&Claim]) -> Option<Exact> {
    Some(formula.interval(&points(operands))?.low)
}

/// Whether the operands as written, whatever rounding leaves open, come within the width of the stated number of it.
pub(super) fn is_close(claims: &[&Claim], stated: &Stated) -> bool {
    let said = stated.claims.first().and_then(|at| claims.get(*at));
    let nominal = operands(claims, stated).and_then(|operands| nominal(stated.formula, &operands));
    let Some((said, nominal)) = said.zip(nominal) else { return false };
    let within = stated.formula.stated(said, said.value);
    let width = within.high - within.low;
    within.low - width <= nominal && nominal <= within.high + width
}

/// Whether cutting `value` to the digits of `written` gives it.
fn is_cut(value: Exact, written: Amount) -> bool {
    let place = written.last_place();
    value.checked_div(&place).is_some_and(|count| count.trunc() * place == written.exact())
}

/// A hedged number that lies on its side of the computed one, only further away.
fn is_beyond(said: &Claim, computed: &Interval) -> bool {
    let value = said.value.exact();
    match said.hedge {
        Hedge::Over | Hedge::AtLeast => computed.low >= value,
        Hedge::Under | Hedge::AtMost => computed.high <= value,
        Hedge::About => true,
        Hedge::None => false,
    }
}

/// "1.250 + 308 + 42 = 1.600, không phải 1.672"
fn expression(
    stated: &Stated,
    said: &Claim,
    operands: &[&Claim],
    nominal: Option<Exact>,
    verdict: Verdict,
) -> String {
    let written: Vec<String> = operands.iter().map(|claim| print::written(claim.value)).collect();
    let left = stated.formula.write(&written);
    let percent = if said.unit == "%" { "%" } else { "" };
    let places = u32::from(said.value.decimals).max(u32::from(!percent.is_empty()) * 2);
    let nominal = nominal.filter(|_| !matches!(stated.formula, Formula::Rank | Formula::Within));
    let right = nominal.map_or_else(String::new, |value| {
        let rounded = print::exact_like(value, said.value, places);
        let short = is_short(value, said.value, places);
        let sign = if short { "=" } else { "≈" };
        format!(" {sign} {rounded}{percent}")
    });
    let said = format!("{}{percent}", print::written(said.value));
    if let (Formula::Sum, [part]) = (stated.formula, written.as_slice()) {
        let within = verdict != Verdict::Mismatch;
        return if within { format!("{part} trong {said}") } else { format!("{part} nhiều hơn {said}") };
    }
    match verdict {
        Verdict::Mismatch => format!("{left}{right}, không phải {said}"),
        Verdict::Insufficient => format!("{left}{right}; bài nêu {said}"),
        Verdict::Ok => format!("{left}{right}"),
        Verdict::OkTruncated => format!("{left}{right}, cắt bớt chữ số thành {said}"),
    }
}

/// Whether so many places tell the whole value.
fn is_short(value: Exact, like: Amount, places: u32) -> bool {
    let unit = Exact::from_integer(10_i128.pow(u32::from(like.power)));
    let shown = value
        .checked_div(&unit)
        .and_then(|value| value.checked_mul(&Exact::from_integer(10_i128.pow(places))));
    shown.is_some_and(|shown| shown.is_integer())
}
