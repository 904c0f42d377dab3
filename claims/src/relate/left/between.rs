//! What lies between two numbers: "thu 120 tỷ đồng, chi 85 tỷ đồng; kết dư 35 tỷ đồng".

use super::super::judge::Stated;
use super::super::share::is_pair;
use super::super::{Said, Scene, has_mark, label};
use super::{difference, levels};
use crate::lexicon::{ends_with, starts_with};

/// Before what lies between two numbers.
const BETWEEN: [&str; 5] = ["chênh lệch", "bội chi", "xuất siêu", "nhập siêu", "thặng dư"];
/// Before what is missing to a level that stands behind.
const SHORT: [&str; 4] = ["thiếu", "còn thiếu", "hụt", "vượt"];
/// Before what one level is more or less than another.
const MORE: [&str; 6] = ["thêm", "nhiều hơn", "ít hơn", "cao hơn", "thấp hơn", "bớt"];
/// Levels that one may be more than another of.
const MORE_MAX: usize = 4;
/// Before the name of what is taken out.
const WITHOUT: [&str; 7] =
    ["không kể", "không tính", "chưa kể", "chưa tính", "loại trừ", "ngoại trừ", "trừ đi"];
/// Tokens of the clause that takes something out.
const WITHOUT_MAX: usize = 16;
/// Levels of which one is taken out.
const WITHIN_MAX: usize = 16;

/// Numbers between a pair and what it leaves.
const PAIR_MAX: usize = 5;

/// The two that `at` lies between.
pub(super) fn of(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at)?;
    if names_between(rest) {
        return between(scene, at);
    }
    short(scene, at).or_else(|| more(scene, at)).or_else(|| without(scene, at)).or_else(|| of_pair(scene, at))
}

/// "61/89 xã đạt chuẩn, 28 xã chưa đạt": what a pair leaves.
fn of_pair(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at).filter(|rest| rest.is_level() && rest.fraction.is_none())?;
    let near = scene.own.get(at.saturating_sub(PAIR_MAX)..at)?;
    let pair = near.windows(2).rev().find_map(|pair| match pair {
        [part, whole] if is_pair(part, whole) && whole.alike(rest) => Some((part, whole)),
        _ => None,
    });
    let (part, whole) = pair.filter(|(part, _)| part.claim.sentence + 1 >= rest.claim.sentence)?;
    let exact = whole.value() - part.value() == rest.value();
    exact.then(|| difference(rest, whole, part, false))
}

/// "chênh lệch giữa tổng chi và dự toán thu 92,0 tỷ đồng là 59,2 tỷ đồng"
fn names_between(rest: &Said<'_>) -> bool {
    // "Bội chi (tổng chi trừ tổng thu): 62.500 triệu đồng"
    let explained = rest.from.checked_sub(2).map(|at| rest.tokens.get(at..rest.from).unwrap_or_default());
    let explained = explained.is_some_and(|marks| has_mark(marks, &[')']) && has_mark(marks, &[':']));
    explained && rest.follows(&BETWEEN, 16)
        || rest.follows(&BETWEEN, 2)
        || (rest.follows(&BETWEEN, 18) && rest.follows(&["là", "đạt", "còn", "khoảng"], 2))
}

/// "62/89 xã đạt chuẩn, thiếu 3 xã so với chỉ tiêu 65 xã": where the two levels give it.
fn short(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let (rest, goal) = (scene.own.get(at)?, scene.own.get(at + 1)?);
    let compared = goal.alike(rest) && goal.same_sentence(rest) && goal.follows(&["so với"], 4);
    if !rest.follows(&SHORT, 1) || !compared || !goal.is_level() {
        return None;
    }
    let levels = levels(scene, at).into_iter().filter(|level| level.is_level() && level.same_sentence(rest));
    let mut readings = levels.map(|level| {
        let (large, small) = if level.value() > goal.value() { (level, goal) } else { (goal, level) };
        difference(rest, large, small, false)
    });
    readings.find(|reading| scene.holds(reading))
}

/// "tăng từ 1.204 lên 1.268 người, tức thêm 64 người": where the two levels right before give it.
fn more(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at).filter(|rest| rest.follows(&MORE, 1))?;
    let near = levels(scene, at).into_iter().filter(|level| level.claim.sentence + 1 >= rest.claim.sentence);
    let levels: Vec<&Said<'_>> = near.filter(|level| level.is_level()).take(MORE_MAX).collect();
    let pairs = levels.iter().enumerate().flat_map(|(nearer, one)| {
        levels
            .iter()
            .skip(nearer + 1)
            .map(move |other| if one.value() > other.value() { (one, other) } else { (other, one) })
    });
    let readings: Vec<Stated> = pairs.map(|(large, small)| difference(rest, large, small, false)).collect();
    let holding = readings.iter().find(|reading| scene.holds(reading)).cloned();
    // "phường Yên Bái có 58 tổ dân phố, phường Nam Cường có 31 tổ dân phố, nhiều hơn 27 tổ": of two there is but one.
    let only = match (levels.as_slice(), readings.as_slice()) {
        ([one, other], [reading]) if one.same_sentence(rest) && other.same_sentence(rest) => Some(reading),
        _ => None,
    };
    let compared = rest.follows(&["nhiều hơn", "ít hơn", "cao hơn", "thấp hơn"], 1);
    let only = only.filter(|reading| compared && scene.explains(reading));
    holding.or_else(|| only.map(|reading| Stated { whole: true, ..reading.clone() }))
}

/// "Không kể tiền sử dụng đất, thu nội địa là 12.550 tỷ đồng": the whole that has been told, without what is named.
fn without(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at).filter(|rest| rest.is_level())?;
    let before = rest.tokens.get(rest.from.saturating_sub(WITHOUT_MAX)..rest.from)?;
    let cue = (1..=before.len()).rev().find(|end| ends_with(before, *end, &WITHOUT) > 0)?;
    let named = before.get(cue..)?;
    let close = named.iter().position(|token| token.is_mark(',')).unwrap_or(named.len());
    let name = label::content(named.get(..close)?);
    let earlier = scene.own.get(..at)?.iter().rev().chain(scene.before.iter().rev());
    let levels: Vec<&Said<'_>> =
        earlier.filter(|said| said.alike(rest) && said.is_level()).take(WITHIN_MAX).collect();
    let part = levels.iter().find(|part| !name.is_empty() && label::leads(part, &name))?;
    let wholes = levels.iter().filter(|whole| whole.value() > part.value() && whole.value() > rest.value());
    wholes.map(|whole| difference(rest, whole, part, false)).find(|reading| scene.holds(reading))
}

/// Whether the two levels before are what goes out and what comes in.
fn is_trade(nearest: &[&Said<'_>]) -> bool {
    let goes =
        |said: &Said<'_>, way: &'static str| said.follows(&[way], 6) && !said.follows(&["xuất nhập khẩu"], 6);
    let pair = |one: &Said<'_>, other: &Said<'_>| goes(one, "xuất khẩu") && goes(other, "nhập khẩu");
    matches!(nearest, [one, other, ..] if pair(one, other) || pair(other, one))
}

/// "2. Tổng thu …: 13.642.500" / "3. Tổng chi …: 13.705.000" / "4. Bội chi: 62.500 triệu đồng": the two totals may stand in
/// paragraphs before.
fn of_totals(scene: &Scene<'_, '_>, rest: &Said<'_>) -> Option<Stated> {
    if !rest.follows(&["bội chi", "bội thu", "kết dư"], 16) {
        return None;
    }
    let named = |name: &'static str| {
        let of = move |total: &&Said<'_>| {
            let clause = label::clause_before(total.tokens, total.from.saturating_sub(1));
            total.alike(rest) && total.is_level() && starts_with(clause, 0, &[name]) > 0
        };
        scene.earlier.iter().rev().find(of)
    };
    // What has been told before is told again as the source of something.
    if scene
        .earlier
        .iter()
        .chain(scene.own)
        .any(|said| said.index < rest.index && said.value() == rest.value())
    {
        return None;
    }
    let (thu, chi) = (named("tổng thu")?, named("tổng chi")?);
    let (large, small) = if chi.value() > thu.value() { (chi, thu) } else { (thu, chi) };
    let reading = difference(rest, large, small, true);
    (scene.holds(&reading) || scene.explains(&reading)).then_some(reading)
}

/// Two levels that the number may lie between, where it does, or where they are all it can lie between.
fn between(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at)?;
    let earlier: Vec<&Said<'_>> = levels(scene, at).into_iter().filter(|said| said.is_level()).collect();
    let pairs = earlier.iter().enumerate().flat_map(|(nearer, one)| {
        earlier.iter().skip(nearer + 1).map(move |other| {
            let (large, small) = if one.value() > other.value() { (one, other) } else { (other, one) };
            difference(rest, large, small, false)
        })
    });
    let pairs: Vec<Stated> = pairs.collect();
    if let Some(holding) = pairs.iter().find(|reading| scene.holds(reading)) {
        return Some(holding.clone());
    }
    if let Some(found) = of_totals(scene, rest) {
        return Some(found);
    }
    let trade = rest.follows(&["xuất siêu", "nhập siêu"], 2) && is_trade(&earlier);
    // "gồm vay bù đắp bội chi 318,5 tỷ đồng": a number told again is no difference of itself.
    let other = |said: &&Said<'_>| said.same_sentence(rest) && said.value() != rest.value();
    let here: Vec<&&Said<'_>> = earlier.iter().filter(|said| said.same_sentence(rest)).collect();
    let alone = rest.follows(&["chênh lệch"], 2) && here.len() == 2 && here.iter().all(|said| other(said));
    let first = pairs.into_iter().next()?;
    (trade || alone && scene.explains(&first)).then_some(Stated { whole: true, ..first })
}
