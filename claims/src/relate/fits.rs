//! Numbers that fit though no word says how: where a stated number is what two others near it give, and so precisely
//! that chance is unlikely, they are tied. Only what holds is told, or what fails by two digits the wrong way round.

mod far;
mod runs;
mod swapped;

use super::judge::{self, Stated};
use super::left::is_rest;
use super::relation::{Formula, Relation, Tie, Verdict};
use super::share::PLAN;
use super::{Said, Scene, adds, has, label, tie};
use crate::claim::{Direction, Hedge, Kind};
use crate::interval::Interval;
use crate::lexicon::starts_with;
use num_traits::CheckedDiv as _;

/// Numbers around a stated one that are looked at.
const NEAR: usize = 12;
/// Readings that are tried for a number of so many digits: with more, one would fit by chance.
const READINGS: [usize; 5] = [0, 1, 12, 40, 80];
/// The numbers of a sum that no word tells are told to one part in so many.
const FINE: i128 = 40;
/// A stated number is told to one part in so many.
const ROUGH: i128 = 4;
/// A total that is split twice is told to so many: with less another run fits by chance.
const FINELY: i64 = 1_000;
/// Tokens before a number that say what it is.
const CUE: usize = 8;

/// Ties for the numbers of a paragraph that have none yet, or only one that nothing can be said of.
pub(super) fn find(scene: &Scene<'_, '_>, found: &mut Vec<Relation>) {
    tied(scene, found, is_settled, readings);
    tied(scene, found, is_settled, |scene, at| {
        let tries = scene.own.get(at).map_or(0, tries);
        runs::sums(scene, at).into_iter().take(tries).collect()
    });
    // "Số đang giải quyết là 14.182 hồ sơ, gồm …": what is left may also be split.
    let settled = |relation: &Relation| is_settled(relation) && relation.kind != Tie::Sum;
    tied(scene, found, settled, far::differences);
    // A total may be split twice: "18.452 hồ sơ (trực tuyến …, trực tiếp …); đã giải quyết …, đang giải quyết …".
    let mut more: Vec<Stated> = if scene.may_look() { runs::of_before(scene) } else { Vec::new() };
    for (at, total) in scene.own.iter().enumerate() {
        let split = |known: &Relation| known.kind == Tie::Sum && known.claims.first() == Some(&total.index);
        if total.claim.value.digits >= FINELY && found.iter().any(split) && scene.may_look() {
            more.extend(runs::again(scene, at).into_iter().filter(|stated| is_tight(scene, stated)));
        }
    }
    for stated in more {
        if !shares(&stated, found) && scene.holds(&stated) {
            found.extend(judge::judged(scene, &stated));
        }
    }
    swapped::find(scene, found);
}

/// Whether some of its parts have been added up already, or told as what is left.
fn shares(stated: &Stated, found: &[Relation]) -> bool {
    let sums = found.iter().filter(|known| known.kind == Tie::Sum && known.verdict != Verdict::Insufficient);
    if is_told(stated, found) {
        return true;
    }
    let parts = |claims: &[usize]| claims.get(1..).unwrap_or_default().to_vec();
    let own = parts(&stated.claims);
    sums.map(|known| parts(&known.claims)).any(|known| known.iter().any(|part| own.contains(part)))
}

/// Whether something is said of its number.
fn is_settled(relation: &Relation) -> bool {
    relation.verdict != Verdict::Insufficient
}

fn tied(
    scene: &Scene<'_, '_>,
    found: &mut Vec<Relation>,
    is_settled: impl Fn(&Relation) -> bool,
    readings: impl Fn(&Scene<'_, '_>, usize) -> Vec<Stated>,
) {
    for (at, said) in scene.own.iter().enumerate() {
        let told = |relation: &&Relation| relation.claims.first() == Some(&said.index);
        let settled = found.iter().filter(told).any(&is_settled);
        if settled || said.claim.value_to.is_some() || !scene.may_look() {
            continue;
        }
        let fits =
            |stated: &Stated| scene.holds(stated) && is_tight(scene, stated) && !is_told(stated, found);
        let fits = readings(scene, at).into_iter().find(fits);
        let Some(relation) = fits.and_then(|stated| judge::judged(scene, &stated)) else { continue };
        found.retain(|known| known.claims.first() != Some(&said.index) || known.kind != relation.kind);
        found.push(relation);
    }
}

/// Whether the same numbers are tied already: a part of a sum is also what the others leave.
fn is_told(stated: &Stated, found: &[Relation]) -> bool {
    let all = |relation: &Relation| stated.claims.iter().all(|claim| relation.claims.contains(claim));
    found.iter().any(|relation| relation.verdict != Verdict::Insufficient && all(relation))
}

/// Whether the numbers are told so finely that they do not fit by chance: none only as a bound, and those of a sum to
/// a small part of the largest.
fn is_tight(scene: &Scene<'_, '_>, stated: &Stated) -> bool {
    let bound = |at: &usize| {
        let hedge = scene.claims.get(*at).map(|claim| claim.hedge);
        matches!(hedge, Some(Hedge::AtLeast | Hedge::AtMost))
    };
    // "dưới 100%" is any share.
    let said = stated.claims.first().and_then(|at| scene.claims.get(*at)).map(|claim| Interval::of(claim));
    let rough = said.is_some_and(|within| (within.high - within.low) * ROUGH > within.high);
    if stated.claims.iter().any(bound) || rough {
        return false;
    }
    // Only of many parts what rounding leaves open may add up.
    if stated.kind != Tie::Sum && !judge::is_close(scene.claims, stated) {
        return false;
    }
    if !matches!(stated.kind, Tie::Sum | Tie::Difference) {
        return true;
    }
    let all = || stated.claims.iter().filter_map(|at| scene.claims.get(*at));
    let Some(largest) = all().map(|claim| claim.value.exact()).max() else { return false };
    all().map(|claim| Interval::of(claim)).all(|within| (within.high - within.low) * FINE <= largest)
}

/// How many readings may be tried without one fitting by chance: fewer where the number is told roughly.
fn tries(said: &Said<'_>) -> usize {
    let within = Interval::of(said.claim);
    let width = within.high - within.low;
    let steps =
        said.value().checked_div(&width).map_or(said.claim.value.digits.into(), |steps| steps.to_integer());
    let digits = steps.checked_ilog10().map_or(1, |log| log + 1) as usize;
    READINGS.get(digits).or(READINGS.last()).copied().unwrap_or_default()
}

/// What the number may be, likeliest first.
fn readings(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(said) = scene.own.get(at) else { return Vec::new() };
    let near = near(scene, at);
    let mut readings = beside(scene, at);
    let mut further = Vec::new();
    let alone = !is_of_rates(scene, said);
    for (one, other) in pairs(&near) {
        if alone || [one, other].iter().any(|of| of.same_sentence(said)) {
            further.extend(of_pair(said, one, other));
        }
    }
    // "tỷ lệ đúng hạn 95,4%" is first of those that are told, then of what others leave.
    let left = is_left(said);
    further.sort_by_key(|stated| stated.kind == Tie::Complement && !left);
    further.truncate(tries(said));
    readings.extend(further);
    readings.sort_by_key(|stated| stated.kind == Tie::Complement && !left);
    readings
}

/// "Công suất phòng đạt 82%, khách sạn 91%, nhà dân 76%": a sentence of rates, of no amounts told elsewhere.
fn is_of_rates(scene: &Scene<'_, '_>, said: &Said<'_>) -> bool {
    let here = || scene.own.iter().filter(|other| other.same_sentence(said));
    said.claim.unit == "%"
        && here().filter(|other| other.claim.unit == "%").count() >= 3
        && !here().any(|other| other.follows(&["chiếm"], 2))
        && !here().any(|other| adds(other.claim.kind))
}

/// Shares and changes of the number right before: that it stands there says that it is the part, so that its whole may
/// be anywhere before.
fn beside(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let (Some(said), Some(part)) = (scene.own.get(at), at.checked_sub(1).and_then(|at| scene.own.get(at)))
    else {
        return Vec::new();
    };
    if said.claim.unit != "%" || !part.same_sentence(said) || !adds(part.claim.kind) {
        return Vec::new();
    }
    let earlier = scene.own.get(..at - 1).unwrap_or_default().iter().rev().chain(scene.earlier.iter().rev());
    let wholes =
        earlier.filter(|whole| whole.alike(part) && whole.is_level() && whole.claim.value_to.is_none());
    wholes.take(tries(said) * 2).flat_map(|whole| of_pair(said, part, whole)).collect()
}

/// What two numbers may make of a third.
fn of_pair(said: &Said<'_>, one: &Said<'_>, other: &Said<'_>) -> Vec<Stated> {
    let of = |kind: Tie, formula: Formula, a: &Said<'_>, b: &Said<'_>| {
        tie(kind, formula, vec![said.index, a.index, b.index], false)
    };
    let (large, small) = if one.value() >= other.value() { (one, other) } else { (other, one) };
    let levels = one.is_level() && other.is_level() && one.alike(other);
    let amounts = levels && adds(one.claim.kind);
    let beyond = said.claim.value.exact() > 100.into();
    let (part, whole) = if beyond { (large, small) } else { (small, large) };
    if is_of_plan(said) && !whole.follows(&PLAN, CUE) {
        return Vec::new();
    }
    let share = || of(Tie::Share, Formula::Share, part, whole);
    // "Mức tăng này tương ứng 5,3%"
    let (up, down) = (has(before_words(said), &["mức tăng"]), has(before_words(said), &["mức giảm"]));
    let told = up.then_some(Direction::Up).or(down.then_some(Direction::Down));
    match (said.claim.unit.as_str(), said.direction().or(told)) {
        ("%", None) if amounts => {
            // "77 vụ, chiếm 24,7%" is a share of something, whatever else fits.
            let taken = said.follows(&["chiếm"], 2);
            let left = is_left(said) || said.claim.value.digits >= 100 && !taken;
            // "172.914 tờ khai, bằng 98,7%, còn lại 2.277 tờ khai": beside a number it is the share of that number.
            let beside = whole.index + 1 == said.index && said.follows(&["bằng", "chiếm"], 2);
            let left = (left && !beside).then(|| of(Tie::Complement, Formula::Complement, whole, part));
            // "74/115 xã đạt, 36% chưa đạt. Số chưa đạt là 41 xã": of the pair that stands before it.
            let before = part.index < said.index && whole.index < said.index;
            let readings = std::iter::once(share()).filter(|_| before || !is_denied(said));
            readings.chain(left).collect()
        }
        // Percentages of percentages are too many for one not to fit.
        ("%", None) if one.alike(other) && one.direction() == other.direction() => {
            (one.claim.unit != "%").then(share).into_iter().collect()
        }
        ("%", Some(way)) if amounts => {
            let (level, base) = if way == Direction::Up { (large, small) } else { (small, large) };
            // "vượt tiến độ (82,3%)": no change, though its verb is one of change; "tăng 13,9%" is no share.
            let level_told = told.is_none() && !said.follows(&["tăng", "giảm"], 2);
            let reached = level_told.then(share);
            std::iter::once(of(Tie::Growth, Formula::Growth, level, base)).chain(reached).collect()
        }
        ("%", Some(way)) if one.alike(other) && adds(one.claim.kind) => {
            let changed = small.direction() == Some(way) && large.is_level();
            let formula = if way == Direction::Up { Formula::GrowthUp } else { Formula::GrowthDown };
            changed.then(|| of(Tie::Growth, formula, small, large)).into_iter().collect()
        }
        ("điểm %", _) if levels && one.claim.unit == "%" => {
            vec![of(Tie::Difference, Formula::Difference, large, small)]
        }
        (_, None) => ratio(said, large, small).or_else(|| left(said, large, small)).into_iter().collect(),
        (_, Some(_)) if levels && one.alike(said) => {
            vec![of(Tie::Difference, Formula::Difference, large, small)]
        }
        _ => Vec::new(),
    }
}

/// "thu 120 tỷ đồng, chi 85 tỷ đồng; kết dư 35 tỷ đồng": what lies between two numbers that stand before it.
fn left(said: &Said<'_>, large: &Said<'_>, small: &Said<'_>) -> Option<Stated> {
    let between = adds(said.claim.kind) && large.alike(small) && large.alike(said);
    let before = [large, small].iter().all(|one| one.index.abs_diff(said.index) <= 5);
    // "còn 12.418 hộ nghèo và 18.204 hộ cận nghèo, tổng số … là 30.622 hộ": a total behind both is their sum.
    let added = large.index > said.index.max(small.index)
        && starts_with(label::clause_before(large.tokens, large.from), 0, &["tổng", "cộng"]) > 0;
    let told = !added && has(before_words(said), &["còn lại", "còn", "chênh lệch", "thiếu", "dư"]);
    let sure = told || said.claim.value.digits >= 100 && said.fraction.is_none();
    let levels = large.is_level() == small.is_level() && said.is_level();
    if !told && is_rest(small) {
        // Told for the one that is left.
        return None;
    }
    if !told && between && levels {
        let (one, other) = if said.index < small.index { (said, small) } else { (small, said) };
        return (before && sure)
            .then(|| tie(Tie::Sum, Formula::Sum, vec![large.index, one.index, other.index], false));
    }
    (between && before && sure && levels)
        .then(|| tie(Tie::Difference, Formula::Difference, vec![said.index, large.index, small.index], false))
}

/// A level by two others: per head, on average, times as many.
fn ratio(said: &Said<'_>, large: &Said<'_>, small: &Said<'_>) -> Option<Stated> {
    let (one, other) = (large, small);
    let of = |kind: Tie, formula: Formula, a: &Said<'_>, b: &Said<'_>| {
        Some(tie(kind, formula, vec![said.index, a.index, b.index], false))
    };
    if !(one.is_level() && other.is_level()) {
        return None;
    }
    // "gấp 1,6 lần" of two percentages somewhere would fit by chance.
    let told = adds(one.claim.kind) && (one.same_sentence(said) || other.same_sentence(said));
    if said.claim.kind == Kind::Multiple && one.alike(other) && told {
        return of(Tie::Multiple, Formula::Quotient, large, small);
    }
    if let Some((unit, per)) = said.claim.unit.split_once('/') {
        let total = |total: &Said<'_>| total.claim.unit == unit || total.claim.unit.starts_with(unit);
        let count = |count: &Said<'_>| count.claim.kind == Kind::Count && count.claim.unit.starts_with(per);
        return match (total(one) && count(other), total(other) && count(one)) {
            (true, _) => of(Tie::Mean, Formula::Quotient, one, other),
            (_, true) => of(Tie::Mean, Formula::Quotient, other, one),
            _ => None,
        };
    }
    // "trên mức bình quân chung, 11 chủ đầu tư …" compares with a mean and tells none.
    let words = before_words(said);
    let compared = has(words, &["bình quân chung", "mức bình quân", "mức trung bình", "trung bình chung"]);
    if has(words, &["bình quân", "trung bình"]) && !compared {
        let count = |count: &Said<'_>| count.claim.kind == Kind::Count && !count.alike(said);
        return match (one.alike(said) && count(other), other.alike(said) && count(one)) {
            (true, _) => of(Tie::Mean, Formula::Quotient, one, other),
            (_, true) => of(Tie::Mean, Formula::Quotient, other, one),
            _ => None,
        };
    }
    None
}

/// "75% dự toán": of a plan, which another amount of the text is not.
fn is_of_plan(said: &Said<'_>) -> bool {
    let behind = said.tokens.get(said.to..(said.to + 4).min(said.tokens.len()));
    said.claim.unit == "%" && behind.is_some_and(|words| has(words, &PLAN))
}

/// Whether the words say that it is what is not done or not there.
fn is_left(said: &Said<'_>) -> bool {
    has(label::clause_before(said.tokens, said.from), &["còn", "chưa", "không"]) || is_denied(said)
}

/// "36% chưa đạt": of those of which it does not hold.
fn is_denied(said: &Said<'_>) -> bool {
    let behind = label::words_behind(said.tokens, said.to);
    behind.first().is_some_and(|token| matches!(token.norm.as_str(), "chưa" | "không"))
}

fn before_words<'d>(said: &Said<'d>) -> &'d [crate::text::Token] {
    said.tokens.get(said.from.saturating_sub(CUE)..said.from).unwrap_or_default()
}

/// Numbers around the one at `at`, the nearest first; those of the paragraph before come last.
fn near<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<&'s Said<'d>> {
    let own = scene.own.get(at.saturating_sub(NEAR)..(at + NEAR).min(scene.own.len())).unwrap_or_default();
    let Some((index, line)) = scene.own.get(at).map(|said| (said.index, said.line)) else {
        return Vec::new();
    };
    // What a line says is of what stands before it, not of the lines below.
    let may = |said: &&Said<'_>| said.index != index && said.line <= line;
    let mut near: Vec<&Said<'d>> = own.iter().filter(may).collect();
    near.sort_by_key(|said| said.index.abs_diff(index));
    near.extend(scene.earlier.iter().rev());
    near.retain(|said| said.claim.value_to.is_none());
    near.truncate(NEAR);
    near
}

/// All pairs, those of near numbers first.
fn pairs<'s, 'd>(near: &[&'s Said<'d>]) -> Vec<(&'s Said<'d>, &'s Said<'d>)> {
    let mut pairs = Vec::new();
    for (far, one) in near.iter().enumerate() {
        pairs.extend(near.iter().take(far).map(|other| (*other, *one)));
    }
    pairs
}
