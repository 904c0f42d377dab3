//! Ties that no word tells and that fail by two digits the wrong way round: "2.451 cơ sở; tốt 1.016 cơ sở, khá 894 cơ sở,
//! trung bình 631 cơ sở". So rare a slip does not fit by chance where few readings are tried.

use super::super::enumeration::{TOTAL, is_compared, is_total};
use super::super::judge::{self, Stated};
use super::super::left::is_rest;
use super::super::relation::{Formula, Relation, Tie, Verdict};
use super::super::{Said, Scene, adds, has, label, tie};
use super::runs::sum;
use crate::amount::Exact;
use crate::claim::{Claim, Hedge};
use crate::find::Fraction;
use crate::interval::Interval;
use crate::lexicon::starts_with;

/// Digits of a number that is looked at: with fewer some reading fits by chance.
const DIGITS: i64 = 100;
/// A number told to so many may also be tried with a slip in one of its parts.
const FINE: i64 = 1_000;
/// What rounding leaves open is at most one part in so many of the least number.
const OPEN: i128 = 10;
/// Parts of a run.
const PARTS_MAX: usize = 8;
/// Runs that are tried.
const RUNS_MAX: usize = 3;
/// Levels among which a rest is tried.
const LEVELS: usize = 3;

/// Adds what is found for the numbers that nothing right has been said of.
pub(super) fn find(scene: &Scene<'_, '_>, found: &mut Vec<Relation>) {
    for (at, said) in scene.own.iter().enumerate() {
        if is_open(scene, found, said) {
            let mut readings = behind(scene, found, at + 1, said);
            readings.extend(before(scene, at));
            readings.extend(rests(scene, at));
            tell(scene, found, said, &readings);
        }
    }
    // "… đạt 17.286 tỷ đồng. …" / "Cơ cấu thu gồm: thu nội địa 14.618 tỷ đồng, …"
    for total in scene.before {
        if is_open(scene, found, total) {
            let readings = behind(scene, found, 0, total);
            tell(scene, found, total, &readings);
        }
    }
}

fn tell(scene: &Scene<'_, '_>, found: &mut Vec<Relation>, said: &Said<'_>, readings: &[Stated]) {
    let fine = said.claim.value.digits >= FINE;
    let fits = |reading: &&Stated| {
        !scene.holds(reading)
            && is_fine(scene, reading)
            && (scene.is_swapped(reading) || fine && scene.is_any_swapped(reading))
    };
    let mut fits = readings.iter().filter(fits);
    let Some(one) = fits.next().filter(|_| fits.next().is_none()) else { return };
    // "trong đó" parts may overlap, so that nothing is sure of them.
    if found.iter().any(|known| known.kind == one.kind && known.claims == one.claims) {
        return;
    }
    let Some(relation) = judge::judged(scene, &Stated { whole: true, ..one.clone() }) else { return };
    if relation.verdict == Verdict::Mismatch {
        found.push(relation);
    }
}

/// Whether what rounding leaves open is small beside each of the numbers: else any would fit.
fn is_fine(scene: &Scene<'_, '_>, stated: &Stated) -> bool {
    let all: Vec<&Claim> = stated.claims.iter().filter_map(|at| scene.claims.get(*at).copied()).collect();
    let open: Exact =
        all.iter().map(|claim| Interval::of(claim)).map(|within| within.high - within.low).sum();
    all.iter().all(|claim| open * OPEN <= claim.value.exact())
}

/// Whether it may be wrong: a level of enough digits of which nothing right has been said.
fn is_open(scene: &Scene<'_, '_>, found: &[Relation], said: &Said<'_>) -> bool {
    let level = adds(said.claim.kind) && said.is_level() && said.claim.value_to.is_none();
    let exact = said.claim.hedge == Hedge::None && said.claim.value.digits >= DIGITS;
    level && exact && !scene.is_settled(said.index) && !is_right(found, scene, said)
}

/// Whether a tie that holds confirms it: one of amounts, or one told finely enough that a slip would break it.
fn is_right(found: &[Relation], scene: &Scene<'_, '_>, said: &Said<'_>) -> bool {
    let fine = |known: &Relation| {
        let stated = known.claims.first().and_then(|at| scene.claims.get(*at));
        matches!(known.kind, Tie::Sum | Tie::Difference)
            || stated.is_some_and(|claim| claim.value.digits >= DIGITS)
    };
    let told =
        |known: &&Relation| known.claims.contains(&said.index) && known.verdict != Verdict::Insufficient;
    found.iter().filter(told).any(|known| known.verdict == Verdict::Mismatch || fine(known))
}

/// The parts behind a total: all of a thing that stand together, up to the end of its sentence or of one of the next.
fn behind(scene: &Scene<'_, '_>, found: &[Relation], from: usize, total: &Said<'_>) -> Vec<Stated> {
    let part = |said: &&Said<'_>| {
        let level =
            said.is_level() && said.claim.value_to.is_none() && said.fraction != Some(Fraction::Whole);
        said.alike(total) && level && !is_compared(said) && !is_total(said, &TOTAL, 2) && !is_rest(said)
    };
    let all: Vec<&Said<'_>> = scene.own.get(from..).unwrap_or_default().iter().filter(part).collect();
    let Some(first) = all.first() else { return Vec::new() };
    let begins = scene.own.first().is_some_and(|own| own.index == first.index);
    if !begins && first.claim.sentence > total.claim.sentence + 1 {
        return Vec::new();
    }
    let joined =
        |pair: &[&Said<'_>]| matches!(pair, [one, next] if next.claim.sentence <= one.claim.sentence + 1);
    let length = 1 + all.windows(2).take_while(|pair| joined(pair)).count();
    let free = |part: &&Said<'_>| {
        let of_sum = |known: &Relation| known.kind == Tie::Sum && known.verdict != Verdict::Insufficient;
        !found.iter().any(|known| of_sum(known) && known.claims.contains(&part.index))
    };
    let ends = |length: &usize| {
        let next = all.get(*length).zip(all.get(length - 1));
        next.is_none_or(|(next, last)| !next.same_sentence(last))
    };
    let runs = (2..=length.min(PARTS_MAX)).filter(ends).filter_map(|length| all.get(..length));
    runs.filter(|parts| parts.iter().all(free)).take(RUNS_MAX).map(|parts| sum(total, parts)).collect()
}

/// The parts before a total that its words announce: "Cộng cả hai nhóm là 989 hộ".
fn before(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(total) = scene.own.get(at) else { return Vec::new() };
    let clause = label::clause_before(total.tokens, total.from);
    if starts_with(clause, 0, &["tổng", "cộng", "tính chung", "như vậy tổng", "tất cả"]) == 0 {
        return Vec::new();
    }
    let part = |said: &&Said<'_>| {
        let near = said.claim.sentence + 1 >= total.claim.sentence;
        let less = said.value() < total.value() * 2;
        said.alike(total) && said.is_level() && near && less && !is_compared(said) && !said.is_bracketed()
    };
    let all: Vec<&Said<'_>> = scene.own.get(..at).unwrap_or_default().iter().filter(part).collect();
    let runs = (2..=all.len().min(RUNS_MAX + 1)).filter_map(|length| all.get(all.len() - length..));
    runs.map(|parts| sum(total, parts)).collect()
}

/// "Gói thầu 48.600 triệu đồng; trúng giá 46,17 tỷ đồng, tiết kiệm 2.430 triệu đồng": what two levels right before it leave.
fn rests(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    const LEAVES: [&str; 7] =
        ["tiết kiệm", "tiết giảm", "xuất siêu", "nhập siêu", "chênh lệch", "kết dư", "bội chi"];
    let leaves = |rest: &&Said<'_>| has(label::clause_before(rest.tokens, rest.from), &LEAVES);
    let Some(rest) = scene.own.get(at).filter(leaves) else { return Vec::new() };
    let near = |level: &&Said<'_>| {
        let of = level.alike(rest) && level.is_level() && level.claim.value_to.is_none();
        of && (level.claim.sentence + 1 >= rest.claim.sentence || at == 0)
    };
    let before = scene.before.iter().rev().filter(|_| at == 0);
    let levels = scene.own.get(..at).unwrap_or_default().iter().rev().chain(before).filter(near);
    let levels: Vec<&Said<'_>> = levels.take(LEVELS).collect();
    let pairs = levels.iter().enumerate().flat_map(|(nearer, one)| {
        levels.iter().skip(nearer + 1).map(move |other| {
            let (large, small) = if one.value() > other.value() { (one, other) } else { (other, one) };
            tie(Tie::Difference, Formula::Difference, vec![rest.index, large.index, small.index], false)
        })
    });
    pairs.collect()
}
