//! Parts that add up to a total.

mod backward;
mod bracket;
mod named;
mod points;
mod split;

use super::enumeration::{self, Cue, Parts, are_people, is_amount, is_compared};
use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::sum::{BEGINNINGS_MAX, are_hundred, exceeds, holding, is_close, is_slip, sum, swaps, takes};
use super::{Said, Scene, adds, has, has_mark, label, left, states, tie};
use crate::amount::Exact;
use crate::claim::Kind;
use crate::interval::Interval;

/// Tokens before a first part that are looked through where no number stands before it.
const LEAD: usize = 20;
/// Tokens from a whole to the first of some of it, told by another name.
const SOME_MAX: usize = 8;
/// Totals below it are those of the parts right behind alone.
const SMALL: i128 = 30;
/// Totals that parts are tried with.
const TOTALS_MAX: usize = 8;
/// A total of an earlier paragraph is told to one part in so many.
const FINE: i128 = 100;
/// Numbers before a total that are looked through for its parts.
const PARTS_MAX: usize = 24;

/// Sums of a paragraph.
pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    for at in 0..own.len() {
        opened(scene, at, out);
    }
    for (at, total) in own.iter().enumerate() {
        let known = |out: &[Stated]| out.iter().any(|sum| is_sum_of(sum, total));
        let whole = out.iter().any(|sum| is_sum_of(sum, total) && sum.whole);
        if total.claim.value_to.is_some() || whole {
            continue;
        }
        if total.claim.unit == "%" {
            if !known(out) {
                points::find(own, at, out);
            }
        } else if is_amount(total) || total.claim.measures.direction.is_some() {
            if !known(out) {
                out.extend(bracket::of(scene, at));
            }
            if !known(out) {
                split::of_states(scene, at, out);
            }
            if !known(out) {
                out.extend(split::of_split(scene, at));
            }
            if !known(out) {
                split::of_shares(scene, at, out);
            }
            // "…; cộng 38 vụ. Các địa bàn xảy ra nhiều như: …": a total may be told again by some of it.
            if !out.iter().any(|sum| is_sum_of(sum, total) && sum.whole) {
                backward::find(scene, at, out);
            }
            if !known(out) {
                equal(own, at, out);
            }
            if !known(out) {
                out.extend(bracket::each(scene, at));
            }
        }
    }
}

fn is_sum_of(stated: &Stated, total: &Said<'_>) -> bool {
    stated.kind == Tie::Sum && stated.claims.first() == Some(&total.index)
}

/// Parts that a word opens: "…, gồm 1.250 hộ …", "Trong đó, trạm 4G là 3.218 trạm, …".
fn opened(scene: &Scene<'_, '_>, at: usize, out: &mut Vec<Stated>) {
    let own = scene.own;
    let Some(head) = own.get(at).filter(|head| is_amount(head)) else { return };
    let from = at
        .checked_sub(1)
        .and_then(|at| own.get(at))
        .map_or(head.from.saturating_sub(LEAD), |before| before.to);
    let Some(cue) = enumeration::cue(head.tokens.get(from..head.from).unwrap_or_default()) else {
        out.extend(named::of(scene, at));
        return;
    };
    if let Some(found) = named::of(scene, at) {
        out.push(found);
        return;
    }
    if out.iter().any(|sum| {
        sum.kind == Tie::Sum && sum.claims.get(1..).is_some_and(|parts| parts.contains(&head.index))
    }) {
        return;
    }
    let parts = enumeration::parts(own, at, |part| part.alike(head));
    let cue = if is_grouped(own, at, parts.outer.len()) { Cue::All } else { cue };
    // "gồm 2.800 hồ sơ, có 2.672 hồ sơ chưa đến hạn và 128 hồ sơ quá hạn": the first is the whole of the others.
    if let Some(found) = first_of_all(scene, &parts) {
        out.push(found);
        return;
    }
    let totals = totals(scene, at);
    let among = is_among_others(own, &parts);
    // "kỷ luật 07 đảng viên, gồm khiển trách 4 đồng chí, …": of its own sentence before what an earlier one tells.
    let here = totals.iter().any(|total| total.same_sentence(head));
    let beside = || mixed(scene, at, cue).filter(|found| !here && scene.holds(found));
    let found = if totals.is_empty() || parts.outer.len() == 1 || among {
        mixed(scene, at, cue).or_else(|| one_kind(scene, cue, &totals, &parts))
    } else if let Some(beside) = beside() {
        Some(beside)
    } else {
        one_kind(scene, cue, &totals, &parts)
    };
    // Of parts that stand among other things something may be missing.
    let found = found.map(|found| Stated { whole: found.whole && (!among || scene.holds(&found)), ..found });
    let Some(found) = found else { return };
    // What is left of a whole is told as that, unless the words say that the parts are all.
    if cue != Cue::All && is_told(&found, out) {
        return;
    }
    out.retain(|other| {
        other.kind != Tie::Difference || !other.claims.iter().all(|at| found.claims.contains(at))
    });
    out.push(found);
}

/// "gồm 5 đợt mưa lũ, 4 trận dông lốc, 2 đợt rét hại": whether things of another name stand between the parts.
fn is_among_others(own: &[Said<'_>], parts: &Parts) -> bool {
    let (Some(first), Some(last)) = (parts.outer.first(), parts.outer.last()) else { return false };
    let head = own.get(*first);
    // "- Nhóm đạt dưới 10 tiêu chí: 4 xã": what stands between tells the steps.
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    if states::are_bands(&outer) {
        return false;
    }
    let other = |said: &Said<'_>| {
        said.claim.kind == Kind::Count && is_amount(said) && head.is_some_and(|head| !said.alike(head))
    };
    own.get(*first..*last)
        .is_some_and(|between| between.iter().any(|said| other(said) && !said.is_bracketed()))
}

/// The first of the parts as the whole of the others, where it is what they add up to.
fn first_of_all(scene: &Scene<'_, '_>, parts: &Parts) -> Option<Stated> {
    let said: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| scene.own.get(*at)).collect();
    let (first, rest) = said.split_first()?;
    let all: Exact = rest.iter().map(|part| part.value()).sum();
    (rest.len() >= 2 && all == first.value()).then(|| sum(first, rest, true))
}

/// Whether the parts are opened by a number of groups, all of which are told: "gồm 5 dân tộc: Mông 612 hộ, …", "từ 3
/// nguồn: …".
fn is_grouped(own: &[Said<'_>], at: usize, parts: usize) -> bool {
    let (Some(head), Some(groups)) = (own.get(at), at.checked_sub(1).and_then(|at| own.get(at))) else {
        return false;
    };
    let before = groups.tokens.get(groups.from.saturating_sub(3)..groups.from).unwrap_or_default();
    let all = usize::try_from(groups.claim.value.digits).is_ok_and(|count| count == parts && parts > 1);
    groups.claim.kind == Kind::Count
        && !groups.alike(head)
        && groups.until(head).iter().any(|token| token.is_mark(':'))
        && (all || enumeration::cue(before) == Some(Cue::All))
}

/// What the parts from `at` on may be parts of, the likeliest first: of the sentence, of the sentence before, of the
/// paragraph before.
fn totals<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<&'s Said<'d>> {
    let own = scene.own;
    let Some(head) = own.get(at) else { return Vec::new() };
    let fits = |total: &&'s Said<'d>| {
        let amount = adds(total.claim.kind) && total.claim.value_to.is_none();
        // "Dự toán chi năm 2026 là 6.200 tỷ đồng, gồm …": the plan itself is the whole.
        let first = |total: &Said<'_>| {
            let at = own.iter().position(|said| said.index == total.index);
            let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| own.get(at));
            before.is_none_or(|before| !before.same_sentence(total))
        };
        let beside = !first(total) || total.follows(&["so", "cùng kỳ", "bằng"], 8);
        let compared = beside && is_compared(total);
        total.alike(head) && amount && !total.is_bracketed() && !compared
    };
    let earlier = own.get(at.saturating_sub(PARTS_MAX)..at).unwrap_or_default();
    let here = earlier.iter().rev().filter(|total| total.same_sentence(head)).filter(fits);
    let other = earlier.iter().map(|said| said.claim.sentence).filter(|of| *of != head.claim.sentence).max();
    // "quốc lộ 16 vụ, tỉnh lộ 9 vụ, đường xã 13 vụ; cộng 38 vụ. …": the one that adds up before its parts.
    let sentence = || earlier.iter().filter(|total| Some(total.claim.sentence) == other).filter(fits);
    let added = |total: &&Said<'_>| enumeration::is_total(total, &enumeration::TOTAL, 2);
    let sentence = sentence().filter(added).chain(sentence().filter(move |total| !added(total)));
    let before = scene.before.get(scene.before.len().saturating_sub(PARTS_MAX)..).unwrap_or_default();
    // "Phân theo tuyến đường: …": a paragraph that splits what an earlier one has told.
    let first = scene.before.first().map_or(usize::MAX, |first| first.index);
    let finely = |total: &&Said<'_>| {
        let within = Interval::of(total.claim);
        (within.high - within.low) * FINE <= total.value()
    };
    let further = scene.earlier.iter().rev().filter(|total| at == 0 && total.index < first);
    let earlier = further.filter(finely).filter(fits);
    let all = here.chain(sentence).chain(before.iter().filter(fits)).chain(earlier).take(TOTALS_MAX);
    // "500 tỷ đồng, tăng 50 tỷ đồng, gồm …" speaks of the level; "cắt giảm 8 dự án, trong đó …" of the change.
    let (mut totals, changes): (Vec<_>, Vec<_>) = all.partition(|total| total.is_level());
    totals.extend(changes);
    totals
}

fn one_kind(scene: &Scene<'_, '_>, cue: Cue, totals: &[&Said<'_>], parts: &Parts) -> Option<Stated> {
    let own = scene.own;
    let takes = takes(own, parts);
    if let Some(holding) = totals.iter().find_map(|total| holding(scene, total, &takes)) {
        return Some(holding);
    }
    let outer = || parts.outer.iter().filter_map(|at| own.get(*at));
    // Only what the paragraph itself tells can be a whole that the arithmetic does not confirm.
    let Some(total) = totals.iter().find(|total| own.iter().any(|said| said.index == total.index)) else {
        return beyond_paragraph(scene, cue, totals, &outer().collect::<Vec<_>>());
    };
    let outer = outer();
    // "trong đó 3.373 hộ …; hộ cận nghèo có 14.994 hộ": what is more than the whole is of another.
    let within =
        |part: &&Said<'_>| cue == Cue::All || parts.outer.len() == 1 || part.value() <= total.value();
    let outer: Vec<&Said<'_>> = outer.take_while(within).collect();
    let head = outer.first()?;
    if let [part] = outer.as_slice() {
        // A part beyond its whole is wrong whatever the other parts are; within, it says nothing.
        let beyond =
            totals.iter().all(|total| part.value() > total.value()) && part.claim.unit == total.claim.unit;
        let told = cue == Cue::Some && total.same_sentence(part) && !parts.open;
        return told.then(|| sum(total, &outer, beyond && total.same_sentence(part)));
    }
    // "tiếp nhận 642.815 hồ sơ; … trước hạn …, đúng hạn …, quá hạn …": what has come in may still be at work.
    let received = total.follows(&["tiếp nhận", "thụ lý", "nhận"], 8) && !states::tell_pending(&outer);
    let at_work = received && states::are_states(&outer);
    let states = states::are_states(&outer) && outer.len() >= 3 && !at_work;
    // "Tổng số tiền xử phạt 4,82 tỷ đồng: Công an tỉnh 2,15 tỷ đồng, …"
    let colon = cue == Cue::Colon && total.follows(&["tổng", "tổng số", "tổng cộng"], 6);
    let all = cue == Cue::All
        || colon && is_slip(scene, total, &outer)
        || states
        || are_hundred(own, &outer)
        || outer.last().is_some_and(|last| is_other(last));
    let apart = states::are_opposites(&outer) || states::are_states(&outer);
    let beyond = apart && exceeds(total, &outer);
    let beyond = beyond || states::are_rated(&outer) && is_slip(scene, total, &outer);
    // "trong đó: 1.096 người …; 1.254 người …; 542 người …": more than there are, by two digits the wrong way round.
    let beyond = beyond || outer.len() >= 3 && exceeds(total, &outer) && swaps(scene, total, &outer);
    let beyond =
        beyond || states::are_bands(&outer) && exceeds(total, &outer) && is_slip(scene, total, &outer);
    let below = head.item.is_some() && total.line + 1 == head.line;
    let near = below || total.same_sentence(head) || total.claim.sentence + 1 == head.claim.sentence;
    // "b) Chi thường xuyên: 8.425.600 triệu đồng, riêng giáo dục 3.920.400 triệu đồng;": lines with parts of their own.
    let lines = || head.item.is_some() && cue == Cue::All && is_slip(scene, total, &outer);
    let flat = (parts.is_flat() || lines()) && !parts.open && near && !(at_work && cue != Cue::All);
    let whole = flat && (all && is_close(scene, total, &outer, parts) || beyond);
    Some(sum(total, &outer, whole))
}

/// "bác sĩ 4.135, điều dưỡng 5.789, khác 6.661": the last part is all that the others leave, so that they are all.
fn is_other(last: &Said<'_>) -> bool {
    let before = last.tokens.get(..last.from).unwrap_or_default();
    let skipped = before.iter().rev().take_while(|token| token.is_mark(':') || token.norm == "là").count();
    let clause = label::clause_before(last.tokens, last.from.saturating_sub(skipped));
    clause.last().is_some_and(|token| token.norm == "khác") || has(clause, &["còn lại"])
}

/// "Trong số này, vi phạm nồng độ cồn là 8.614 trường hợp; …": some of what the paragraph before begins with.
fn beyond_paragraph(
    scene: &Scene<'_, '_>,
    cue: Cue,
    totals: &[&Said<'_>],
    parts: &[&Said<'_>],
) -> Option<Stated> {
    let head = parts.first().filter(|head| scene.own.first().is_some_and(|own| own.index == head.index))?;
    let mut before =
        scene.before.iter().filter(|total| totals.iter().any(|known| known.index == total.index));
    let total = before.next().filter(|total| parts.iter().all(|part| part.value() < total.value()))?;
    let some = cue == Cue::Some && parts.len() >= 2 && head.line == total.line + 1;
    some.then(|| sum(total, parts, false))
}

/// "15 cán bộ, gồm 04 bác sĩ, 06 điều dưỡng và 05 hộ lý": parts of several names.
fn mixed(scene: &Scene<'_, '_>, at: usize, cue: Cue) -> Option<Stated> {
    let own = scene.own;
    let head = own.get(at)?;
    let total = own.get(..at)?.iter().rev().find(|total| {
        total.same_sentence(head)
            && total.claim.kind == Kind::Count
            && is_amount(total)
            && !total.is_bracketed()
    })?;
    let counted = |part: &Said<'_>| part.claim.kind == Kind::Count && head.claim.kind == Kind::Count;
    let parts = enumeration::parts(own, at, counted);
    let takes = takes(own, &parts);
    if let Some(holding) = holding(scene, total, &takes) {
        return Some(holding);
    }
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    // "1.200 lao động, trong đó 80 người đi làm việc ở nước ngoài"
    if let [part] = outer.as_slice() {
        let told =
            cue == Cue::Some && are_people(total, part) && part.value() <= total.value() && !parts.open;
        return told.then(|| sum(total, &outer, false));
    }
    let people = outer.len() >= 2 && outer.iter().all(|part| are_people(total, part));
    // "60 thiết bị, gồm 35 máy tính và 24 máy in": of other things only where little is missing of many.
    let all: Exact = outer.iter().map(|part| part.value()).sum();
    let apart = (total.value() - all) * 4;
    let many = total.value() >= Exact::from_integer(20) && apart <= total.value() && -apart <= total.value();
    let other = outer.iter().all(|part| !part.alike(total));
    let things = outer.len() >= 2 && cue == Cue::All && many && other && !total.follows(&["mỗi"], 3);
    let less = outer.iter().all(|part| part.value() < total.value());
    let flat_parts = parts.is_flat() && !parts.open;
    let beyond = flat_parts && states::are_opposites(&outer) && exceeds(total, &outer);
    // "64 văn bản, trong đó có 31 kế hoạch, 18 quyết định và 22 công văn": kinds of one thing, and more than there are.
    let kinds = outer
        .iter()
        .enumerate()
        .all(|(nth, one)| outer.iter().skip(nth + 1).all(|other| one.claim.unit != other.claim.unit));
    // "14 văn bản, trong đó có 3 nghị quyết và 6 quyết định": some of what stands right before.
    let beside = cue == Cue::Some && total.index + 1 == head.index && has_mark(total.until(head), &[',']);
    let some = beside && outer.len() >= 2 && total.until(head).len() <= SOME_MAX && other && less;
    if !(people || things || beyond && many && kinds) || !less {
        return some.then(|| sum(total, &outer, false));
    }
    let all = cue == Cue::All || outer.last().is_some_and(|last| is_other(last));
    let rest = outer.last().is_some_and(|last| left::is_left(last));
    let flat = parts.is_flat() && all;
    // "gồm 1.248 bác sĩ, 412 dược sĩ, còn lại 1.863 người": the rest makes them all, whatever they are called.
    let sure = flat && (rest && people || !parts.open && is_slip(scene, total, &outer));
    let whole = (sure || beyond) && is_close(scene, total, &outer, &parts);
    (people || whole).then(|| sum(total, &outer, whole))
}

/// "38 doanh nghiệp; 24 trong nước và 14 nước ngoài": nothing says that they are the parts but that they fit.
fn equal(own: &[Said<'_>], at: usize, out: &mut Vec<Stated>) {
    let Some(total) = own.get(at) else { return };
    let near = |part: &&Said<'_>| part.claim.sentence <= total.claim.sentence + 2;
    let fits = |part: &&Said<'_>| {
        let other = part.alike(total) && part.is_level() && part.fraction.is_none();
        other && (states::is_of_done(part) || !states::are_siblings(total, part))
    };
    let parts: Vec<&Said<'_>> = own
        .get(at + 1..)
        .unwrap_or_default()
        .iter()
        .take_while(near)
        .filter(fits)
        .take(BEGINNINGS_MAX)
        .collect();
    // A small number is by chance what two others of a list add up to.
    let begins = if total.value() < Exact::from_integer(SMALL) { 1 } else { 3 };
    for from in 0..parts.len().min(begins) {
        let mut all = Exact::from_integer(0);
        for (count, part) in (1..=8).zip(parts.iter().skip(from)) {
            all += part.value();
            if all > total.value() {
                break;
            }
            if count >= 2 && all == total.value() {
                let found = match parts.get(from..from + count) {
                    // "2.300 tỷ đồng, đã chi 1.900 tỷ đồng, kết dư 400 tỷ đồng"
                    Some([part, rest]) if left::is_rest(rest) => {
                        let claims = vec![rest.index, total.index, part.index];
                        tie(Tie::Difference, Formula::Difference, claims, true)
                    }
                    parts => sum(total, parts.unwrap_or_default(), true),
                };
                if !is_told(&found, out) {
                    out.push(found);
                }
                return;
            }
        }
    }
}

/// Whether the same numbers are tied otherwise: as what is left of a whole, or as parts of one whole.
fn is_told(found: &Stated, known: &[Stated]) -> bool {
    known.iter().any(|other| {
        let left = other.kind == Tie::Difference && found.claims.iter().all(|at| other.claims.contains(at));
        let beside = other.kind == Tie::Sum
            && other.claims.get(1..).is_some_and(|parts| {
                found.claims.first().is_some_and(|total| parts.contains(total))
                    && found.claims.iter().skip(1).any(|part| parts.contains(part))
            });
        left || beside
    })
}
