//! Changes: differences, growth, multiples.

pub(super) mod confirmed;

use super::bridge::is_bridge;
use super::judge::Stated;
use super::levels::{self, Levels, is_yearly};
use super::relation::{Formula, Tie};
use super::{Said, Scene, has, has_mark, label, tie};
use crate::amount::Exact;
use crate::claim::{Direction, Kind};
use crate::interval::Interval;
use num_traits::CheckedDiv as _;

/// Numbers of the paragraph before that are looked through for a level.
const NEAR_MAX: usize = 20;
/// Tokens from "so với cùng kỳ" to a change.
const COMPARED: usize = 14;
/// Tokens from "so với" to the bracket with the level that it names.
const BASE: usize = 10;

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    for (at, change) in own.iter().enumerate() {
        if change.claim.value_to.is_some() || is_yearly(change) {
            continue;
        }
        let Some(direction) = direction(own, at) else { continue };
        let levels = levels::of(scene, at);
        let mut readings: Vec<Stated> =
            levels.into_iter().flat_map(|levels| stated(change, direction, levels)).collect();
        // "1.331 vụ, giảm 598 vụ (31%)"
        if change.claim.unit == "%" {
            readings.extend(by_change(scene, at, direction));
        }
        readings.sort_by_key(|reading| !reading.whole);
        // Where the words leave other readings, only the arithmetic says that these are the levels.
        let certain = |chosen: &Stated| chosen.whole || scene.holds(chosen);
        let chosen = scene.choose(&readings).filter(certain).or_else(|| scene.only_swapped(&readings));
        // "418 hộ, giảm 96 hộ, còn 322 hộ": told as what is left.
        let told = |chosen: &Stated| {
            out.iter().any(|other| {
                other.kind == Tie::Difference && chosen.claims.iter().all(|at| other.claims.contains(at))
            })
        };
        if let Some(chosen) = chosen.filter(|chosen| !told(chosen)) {
            out.push(chosen);
        }
    }
}

/// The way of a change: its own, that of the change it stands beside, up for a multiple.
pub(super) fn direction(own: &[Said<'_>], at: usize) -> Option<Direction> {
    let change = own.get(at)?;
    let multiple = change.claim.kind == Kind::Multiple;
    change
        .direction()
        .or(multiple.then_some(Direction::Up))
        .or_else(|| bracketed(own, at))
        .or_else(|| behind_base(own, at))
}

/// "(−31%)", "hay 3,6%" beside a change is of its direction.
fn bracketed(own: &[Said<'_>], at: usize) -> Option<Direction> {
    let (percent, change) = (own.get(at)?, own.get(at.checked_sub(1)?)?);
    let words = change.until(percent);
    let tied = has_mark(words, &['(']) || has(words, &["tương ứng", "tương đương", "bằng", "tức", "hay"]);
    let near = words.len() <= if has_mark(words, &['(']) { 6 } else { 14 };
    // "tăng 11.300 tấn so với năm 2024, bằng 101,7% so với năm trước": the level by that of the year before.
    if percent.value() >= 100.into() && has(words, &["bằng"]) {
        return None;
    }
    let beside = percent.claim.unit == "%"
        && near
        && tied
        && change.claim.unit != "%"
        && percent.same_sentence(change)
        && !has_mark(words, &['.', ';']);
    change.direction().filter(|_| beside)
}

/// "giảm 24 vụ so với cùng kỳ (210 vụ), tương đương 11,4%": of the direction of the change before the base.
fn behind_base(own: &[Said<'_>], at: usize) -> Option<Direction> {
    let (percent, base, change) = (own.get(at)?, own.get(at.checked_sub(1)?)?, own.get(at.checked_sub(2)?)?);
    let words = base.until(percent);
    let tied = has(words, &["tương ứng", "tương đương", "tức", "hay"]) && words.len() <= 8;
    let percent = percent.claim.unit == "%" && change.claim.unit != "%";
    let beside = percent && base.is_bracketed() && base.alike(change) && base.same_sentence(change);
    change.direction().filter(|_| beside && tied)
}

/// What a change between two levels may mean.
fn stated(change: &Said<'_>, direction: Direction, levels: Levels<'_, '_>) -> Vec<Stated> {
    let Levels { new, old, sure } = levels;
    let claims = |a: &Said<'_>, b: &Said<'_>| vec![change.index, a.index, b.index];
    // A reading that nothing but the arithmetic speaks for goes the way the change is told to go.
    let up = direction == Direction::Up;
    let contrary = if up { new.value() < old.value() } else { new.value() > old.value() };
    if !sure && contrary && new.claim.kind != Kind::Rank {
        return Vec::new();
    }
    if change.claim.kind == Kind::Multiple {
        // "giảm 2 lần, từ 48 vụ xuống 24 vụ"
        let (a, b) = if direction == Direction::Up { (new, old) } else { (old, new) };
        return vec![tie(Tie::Multiple, Formula::Quotient, claims(a, b), sure)];
    }
    let (a, b) = if direction == Direction::Up { (new, old) } else { (old, new) };
    let difference = || tie(Tie::Difference, Formula::Difference, claims(a, b), sure);
    let growth = || tie(Tie::Growth, Formula::Growth, claims(new, old), sure);
    match (change.claim.unit.as_str(), new.claim.unit.as_str()) {
        // "tăng 5%" between two percentages may mean points or percent: right where either is.
        ("%", "%") if grows(change, new, old) => vec![growth(), difference()],
        ("%", "%") => vec![difference(), growth()],
        ("%", _) => vec![growth()],
        _ => vec![difference()],
    }
}

/// Whether the change is what one level has grown by, and nearer to that than to what lies between them.
fn grows(change: &Said<'_>, new: &Said<'_>, old: &Said<'_>) -> bool {
    let between = |one: Exact, other: Exact| if one > other { one - other } else { other - one };
    let difference = between(new.value(), old.value());
    let growth = difference.checked_div(&old.value()).map(|part| part * Exact::from_integer(100));
    let stated = Interval::of(change.claim);
    growth.is_some_and(|growth| {
        stated.meets(&Interval::point(growth))
            && between(growth, change.value()) < between(difference, change.value())
    })
}

/// A percentage beside a change, of the level that has changed.
fn by_change(scene: &Scene<'_, '_>, at: usize, direction: Direction) -> Vec<Stated> {
    let own = scene.own;
    let (Some(percent), Some(before)) = (own.get(at), at.checked_sub(1)) else { return Vec::new() };
    if let Some(behind) = amount_behind(own, at, direction) {
        return vec![behind];
    }
    let Some(change) = own.get(before) else { return Vec::new() };
    if let Some(of_base) = of_bracketed_base(own, at, direction) {
        return vec![of_base];
    }
    let changes = change.direction() == Some(direction) && change.claim.unit != "%";
    let words = change.until(percent);
    let tied = has_mark(words, &['(']) || has(words, &["tương ứng", "tương đương", "tức", "hay", "bằng"]);
    let beside = tied || words.len() <= 5;
    let near = words.len() <= 14 && change.same_sentence(percent);
    if !changes || !near || has_mark(words, &['.', ';']) {
        return Vec::new();
    }
    let earlier = levels::before(own, before).iter().rev();
    let close = earlier
        .filter(|level| level.claim.sentence + 1 >= change.claim.sentence)
        .chain(scene.before.iter().rev().take(NEAR_MAX));
    let formula = if direction == Direction::Up { Formula::GrowthUp } else { Formula::GrowthDown };
    let direct = |level: &Said<'_>| level.same_sentence(change) && is_bridge(level.until(change));
    let levels = close.filter(|level| level.alike(change) && level.is_level()).take(8);
    // "So với cùng kỳ (540.000 tấn), tăng 72.000 tấn, bằng 13,3%": the level before it is the one it is measured by.
    let base = |level: &Said<'_>| {
        level.is_bracketed() && level.follows(&["so với", "so"], BASE) && level.same_sentence(change)
    };
    let reading = |level: &Said<'_>| {
        let (formula, sure) =
            if base(level) { (Formula::Share, direct(level)) } else { (formula, direct(level)) };
        tie(Tie::Growth, formula, vec![percent.index, change.index, level.index], beside && sure)
    };
    let levels: Vec<&Said<'_>> = levels.collect();
    let mut readings: Vec<Stated> = levels.iter().map(|level| reading(level)).collect();
    // Only the nearest level is surely the one that has changed.
    for reading in readings.iter_mut().skip(1) {
        reading.whole = false;
    }
    // "làm chết 31 người, bị thương 44 người; …, giảm 05 người chết (16,1%)": told by the same word, and divided by the
    // level now.
    let name = label::content(label::words_behind(change.tokens, change.to));
    let named = levels.iter().position(|level| !name.is_empty() && label::tells(level, &name));
    let divided = |reading: &&mut Stated| {
        scene.holds(&Stated { formula: Formula::Share, ..(**reading).clone() }) && !scene.holds(reading)
    };
    if let Some(reading) = named.and_then(|at| readings.get_mut(at)).filter(divided) {
        reading.whole = beside;
    }
    // "163 vụ, làm chết 74 người, …. So với cùng kỳ, giảm 41 vụ (20,1%), giảm 12 người chết (14%)": the only level of the
    // thing, or the only one told by its word.
    let mut tells =
        levels.iter().enumerate().filter(|(_, level)| !name.is_empty() && label::tells(level, &name));
    let by_name = tells.next().filter(|_| tells.next().is_none()).map(|(at, _)| at);
    let alone = levels.first().filter(|level| is_only(scene, change, level)).map(|_| 0);
    let compared = change.follows(&["so với", "so", "cùng kỳ"], COMPARED * 2) && has_mark(words, &['(']);
    let told = alone.or(by_name).filter(|_| compared);
    if let Some(reading) = told.and_then(|at| readings.get_mut(at)) {
        reading.whole = true;
    }
    // "giảm 318 vụ (14,8%) so với 2.146 vụ cùng kỳ"
    let old = own.get(at + 1).filter(|old| old.alike(change) && old.is_level() && old.same_sentence(change));
    let against = old.filter(|old| has(percent.until(old), &["so với", "so"]));
    let of_old = |old: &Said<'_>| {
        tie(Tie::Growth, Formula::Share, vec![percent.index, change.index, old.index], false)
    };
    readings.extend(against.map(of_old));
    readings
}

/// Whether nothing else of the thing is told around: no other level, and no base in a bracket behind.
fn is_only(scene: &Scene<'_, '_>, change: &Said<'_>, level: &Said<'_>) -> bool {
    let other = |said: &&Said<'_>| {
        said.alike(change) && said.index != level.index && said.index != change.index && said.is_level()
    };
    let near = level.claim.sentence + 1 >= change.claim.sentence && level.index < change.index;
    !level.is_bracketed()
        && near
        && level.claim.value_to.is_none()
        && !scene.own.iter().any(|said| other(&said))
}

/// "giảm 24 vụ so với cùng kỳ (210 vụ), tương đương 11,4%": the base stands between the change and its percentage.
fn of_bracketed_base(own: &[Said<'_>], at: usize, direction: Direction) -> Option<Stated> {
    let (percent, base, change) = (own.get(at)?, own.get(at.checked_sub(1)?)?, own.get(at.checked_sub(2)?)?);
    let told = base.is_bracketed() && !change.is_bracketed() && base.is_level() && base.alike(change);
    let compared = has(change.until(base), &["so với", "so"]) && change.direction() == Some(direction);
    let tied = has(base.until(percent), &["tương ứng", "tương đương", "tức", "hay", "bằng"]);
    let near = base.until(percent).len() <= 8 && change.same_sentence(percent);
    (told && compared && tied && near)
        .then(|| tie(Tie::Growth, Formula::Share, vec![percent.index, change.index, base.index], true))
}

/// "18.240 tấn, tăng 3,5% (620 tấn)": the change itself stands behind its percentage.
fn amount_behind(own: &[Said<'_>], at: usize, direction: Direction) -> Option<Stated> {
    let (percent, amount, level) = (own.get(at)?, own.get(at + 1)?, own.get(at.checked_sub(1)?)?);
    let words = percent.until(amount);
    let told = matches!(words, [open, ..] if open.is_mark('(') && words.len() <= 2)
        || (has(words, &["tương ứng", "tương đương", "tức"]) && words.len() <= 4);
    let of_level = level.alike(amount) && level.is_level() && is_bridge(level.until(percent));
    let formula = if direction == Direction::Up { Formula::GrowthUp } else { Formula::GrowthDown };
    let ties = told && of_level && amount.same_sentence(level) && amount.value() < level.value();
    ties.then(|| tie(Tie::Growth, formula, vec![percent.index, amount.index, level.index], false))
}
