//! Changes: differences, growth, multiples.

use super::judge::{self, Stated};
use super::relation::{Formula, Relation, Tie, Verdict};
use super::share::PLAN;
use super::{Said, Scene, adds, has, has_mark, tie};
use crate::claim::{Direction, Kind};
use crate::print;

/// A level now and the level it is compared with.
type Levels<'s, 'd> = (&'s Said<'d>, &'s Said<'d>);

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    for (at, change) in own.iter().enumerate() {
        if change.claim.value_to.is_some() {
            continue;
        }
        let Some(direction) = direction(own, at) else { continue };
        let mut readings: Vec<Stated> =
            levels(scene, at).into_iter().filter_map(|levels| stated(change, direction, levels)).collect();
        // "1.331 vụ, giảm 598 vụ (31%)"
        if change.claim.unit == "%" {
            readings.extend(by_change(scene, at, direction));
        }
        out.extend(scene.choose(readings));
    }
}

/// The way of a change: its own, that of the change it stands beside, up for a multiple.
fn direction(own: &[Said<'_>], at: usize) -> Option<Direction> {
    let change = own.get(at)?;
    let multiple = change.claim.kind == Kind::Multiple;
    change.claim.measures.direction.or(multiple.then_some(Direction::Up)).or_else(|| bracketed(own, at))
}

/// "(−31%)", "hay 3,6%" beside a change is of its direction.
fn bracketed(own: &[Said<'_>], at: usize) -> Option<Direction> {
    let (percent, change) = (own.get(at)?, own.get(at.checked_sub(1)?)?);
    let words = change.until(percent);
    let tied = has_mark(words, &['(']) || has(words, &["tương ứng", "tương đương", "bằng", "tức", "hay"]);
    let near = words.len() <= if has_mark(words, &['(']) { 4 } else { 14 };
    let beside = percent.claim.unit == "%"
        && near
        && tied
        && change.claim.unit != "%"
        && !has_mark(words, &['.', ';']);
    change.claim.measures.direction.filter(|_| beside)
}

fn stated(change: &Said<'_>, direction: Direction, (new, old): Levels<'_, '_>) -> Option<Stated> {
    let claims = |a: &Said<'_>, b: &Said<'_>| vec![change.index, a.index, b.index];
    if change.claim.kind == Kind::Multiple {
        return Some(tie(Tie::Multiple, Formula::Quotient, claims(new, old), true));
    }
    let (a, b) = if direction == Direction::Up { (new, old) } else { (old, new) };
    let difference = tie(Tie::Difference, Formula::Difference, claims(a, b), true);
    if change.claim.unit != "%" {
        return Some(difference);
    }
    let growth = tie(Tie::Growth, Formula::Growth, claims(new, old), true);
    if new.claim.unit != "%" {
        return Some(growth);
    }
    // "tăng 5%" between two percentages may mean points or percent: right where either is.
    let all = [change.claim, a.claim, b.claim];
    let points = judge::holds(Formula::Difference, &all);
    let percent = judge::holds(Formula::Growth, &[change.claim, new.claim, old.claim]);
    Some(if percent && !points { growth } else { difference })
}

fn comparable(change: &Said<'_>, level: &Said<'_>) -> bool {
    let pure = matches!(change.claim.kind, Kind::Multiple | Kind::Percent);
    let of_kind = match change.claim.kind {
        Kind::Points => level.claim.unit == "%",
        Kind::Count if change.claim.unit == "bậc" => level.claim.kind == Kind::Rank,
        _ => pure || level.alike(change),
    };
    let measured = adds(level.claim.kind)
        || matches!(level.claim.kind, Kind::Percent | Kind::Rate | Kind::Score | Kind::Duration | Kind::Rank);
    of_kind && measured && level.index != change.index
}

/// The levels now and before that a change may lie between, the likeliest first.
fn levels<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<Levels<'s, 'd>> {
    let own = scene.own;
    let Some(change) = own.get(at) else { return Vec::new() };
    if let Some(pair) = from_to(own, change) {
        return vec![pair];
    }
    let near = |said: &&Said<'_>| said.claim.sentence + 1 >= change.claim.sentence;
    let earlier = || own.get(..at).unwrap_or_default().iter().rev().filter(near);
    let fits = |level: &&Said<'_>| {
        comparable(change, level) && (level.is_level() || change.claim.kind == Kind::Points)
    };
    // "4.607 trạm, tăng 590 trạm so với cuối năm 2024 (4.017 trạm)"
    let behind = own.get(at + 1..).unwrap_or_default().iter();
    let old = behind.take_while(|level| level.same_sentence(change)).find(|level| comparable(change, level));
    let compared = |old: &&Said<'_>| {
        let words = change.until(old);
        let tied =
            has(words, &["so với", "so", "cùng kỳ", "năm trước", "năm", "từ", "mức"]) || has(words, &PLAN);
        tied && !has_mark(words, &[';'])
    };
    let mut pairs: Vec<Levels<'s, 'd>> = Vec::new();
    if let Some(old) = old.filter(compared) {
        let now = || {
            earlier()
                .chain(scene.before.iter().rev())
                .filter(fits)
                .filter(|level| level.claim.unit == old.claim.unit || level.alike(old))
        };
        pairs.extend(now().filter(|level| !level.is_bracketed()).map(|new| (new, old)));
        pairs.extend(now().filter(|level| level.is_bracketed()).map(|new| (new, old)));
        // "1.120 hồ sơ, tăng 100 hồ sơ so với 1.020 hồ sơ, tức tăng 9,8%"
        return pairs;
    }
    pairs.extend(in_turn(own, at));
    if pairs.is_empty() {
        // "24.618 hồ sơ, tăng 3.106 hồ sơ so với 21.512 hồ sơ, tức tăng 14,4%": compared before.
        let levels: Vec<&'s Said<'d>> =
            earlier().filter(|level| level.same_sentence(change)).filter(fits).collect();
        if let [old, new, ..] = levels.as_slice() {
            let words = new.until(old);
            if has(words, &["so với", "so"]) && new.alike(old) {
                pairs.push((new, old));
            }
        }
    }
    pairs
}

/// "từ 4.017 lên 4.607 trạm": the pair nearest to the change.
fn from_to<'s, 'd>(own: &'s [Said<'d>], change: &Said<'_>) -> Option<Levels<'s, 'd>> {
    let pairs = own.windows(2).filter_map(|pair| match pair {
        [old, new] if old.claim.unit == new.claim.unit && moves(old, new) => Some((new, old)),
        _ => None,
    });
    pairs
        .filter(|(new, old)| {
            new.index != change.index && comparable(change, new) && old.index != change.index
        })
        .min_by_key(|(new, _)| new.index.abs_diff(change.index))
}

/// "từ A lên B", "từ A xuống còn B"
fn moves(old: &Said<'_>, new: &Said<'_>) -> bool {
    let words = old.until(new);
    let leads =
        ["lên", "xuống", "xuống còn", "còn", "tăng lên", "giảm xuống", "lên đến", "lên tới", "giảm còn"];
    old.follows(&["từ"], 3)
        && new.same_sentence(old)
        && has(words, &leads)
        && words.len() <= 12
        && !has_mark(words, &[';'])
}

/// "năm 2023 là 40%, năm 2024 là 50%, tăng 10%": two levels of two times, one after the other.
fn in_turn<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<Levels<'s, 'd>> {
    let change = own.get(at)?;
    let plain = |level: &&Said<'_>| comparable(change, level) && level.is_level();
    let mut earlier = own.get(..at)?.iter().rev().filter(plain);
    let (second, first) = (earlier.next()?, earlier.next()?);
    if !second.same_sentence(change) || !first.same_sentence(change) {
        return None;
    }
    let words = first.until(second);
    let times =
        ["năm", "cùng kỳ", "tháng", "quý", "trong khi", "đầu năm", "năm trước", "năm học", "kỳ trước"];
    let parts = has(words, &["trong đó", "gồm", "bao gồm"]);
    if first.claim.unit != second.claim.unit || !has(words, &times) || parts {
        return None;
    }
    let end = |said: &Said<'_>| said.claim.time.and_then(|time| time.to);
    let reversed = match (end(first), end(second)) {
        (Some(first), Some(second)) => first > second,
        _ => has(words, &["trong khi", "cùng kỳ", "đầu năm", "năm trước"]),
    };
    Some(if reversed { (first, second) } else { (second, first) })
}

/// A percentage beside a change, of the level that has changed.
fn by_change(scene: &Scene<'_, '_>, at: usize, direction: Direction) -> Vec<Stated> {
    let own = scene.own;
    let (Some(percent), Some(change)) = (own.get(at), at.checked_sub(1).and_then(|at| own.get(at))) else {
        return Vec::new();
    };
    let changes = change.claim.measures.direction == Some(direction) && change.claim.unit != "%";
    let words = change.until(percent);
    let tied = has_mark(words, &['(']) || has(words, &["tương ứng", "tương đương", "tức", "hay", "bằng"]);
    if !changes || words.len() > if tied { 14 } else { 5 } || has_mark(words, &['.', ';']) {
        return Vec::new();
    }
    let earlier = own.get(..at - 1).unwrap_or_default().iter().rev();
    let near = earlier
        .filter(|level| level.claim.sentence + 1 >= change.claim.sentence)
        .chain(scene.before.iter().rev());
    let formula = if direction == Direction::Up { Formula::GrowthUp } else { Formula::GrowthDown };
    near.filter(|level| level.alike(change) && level.is_level())
        .map(|level| tie(Tie::Growth, formula, vec![percent.index, change.index, level.index], true))
        .collect()
}

/// Changes whose other level the text does not give.
pub(super) fn lone(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let mut found: Vec<Relation> = Vec::new();
    for (at, change) in own.iter().enumerate() {
        let tied = known.iter().any(|relation| relation.claims.contains(&change.index));
        if tied || direction(own, at).is_none() || change.claim.value_to.is_some() {
            continue;
        }
        let here = own.get(..at).unwrap_or_default().iter().rev().filter(|level| level.same_sentence(change));
        let level = here.into_iter().find(|level| {
            let rank = level.claim.kind == Kind::Rank && change.claim.unit == "bậc";
            rank || (comparable(change, level) && level.is_level() && level.claim.unit != "%")
                || (change.claim.unit != "%" && comparable(change, level) && level.is_level())
        });
        let Some(level) = level else { continue };
        let percent = change.claim.unit == "%";
        found.push(Relation {
            kind: if percent {
                Tie::Growth
            } else if change.claim.kind == Kind::Multiple {
                Tie::Multiple
            } else {
                Tie::Difference
            },
            claims: vec![change.index, level.index],
            expression: format!(
                "{} {}, mức so sánh không nêu",
                print::written(level.claim.value),
                level.claim.unit
            ),
            computed: None,
            verdict: Verdict::Insufficient,
            reason: "bài không nêu mức so sánh".to_owned(),
        });
    }
    found
}
