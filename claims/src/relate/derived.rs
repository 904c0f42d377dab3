//! Changes whose other level the text does not give: what it must have been, within rounding.

use super::bridge::is_bridge;
use super::change::direction;
use super::enumeration::is_compared;
use super::levels::{comparable, is_yearly};
use super::relation::{Relation, Tie, Verdict};
use super::share::PLAN;
use super::{Said, adds, has, has_mark, label};
use crate::amount::Exact;
use crate::claim::{Direction, Kind};
use crate::interval::Interval;
use crate::print;
use crate::text::Token;

/// Numbers before a change that are looked through for its level.
const NEAR_MAX: usize = 16;

/// Tokens before a change that say what it is against.
const AROUND: usize = 10;

/// Changes that nothing else explains, each with the level it follows.
pub(super) fn find(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let mut found: Vec<Relation> = Vec::new();
    for (at, change) in own.iter().enumerate() {
        let tied = |all: &[Relation]| all.iter().any(|relation| relation.claims.contains(&change.index));
        if tied(known) || tied(&found) || change.claim.value_to.is_some() || is_yearly(change) {
            continue;
        }
        let level = |at: usize| {
            if names_other(change) {
                about(own, at)
            } else {
                moved(own, at).or_else(|| behind_parts(own, at, known)).or_else(|| named(own, at))
            }
        };
        let level = direction(own, at).and_then(|direction| Some((direction, level(at)?)));
        found.extend(level.and_then(|(direction, level)| derived(change, direction, level)));
    }
    found
}

/// "28 dự án với tổng vốn 9.860 tỷ đồng, tăng 12% về số dự án và gấp 1,7 lần về số vốn": the level that is named behind.
fn about<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<&'s Said<'d>> {
    let change = own.get(at)?;
    let name = label::content(label::words_behind(change.tokens, change.to + 1));
    let money = ["vốn", "tiền", "kinh", "giá"].iter().any(|word| name.first() == Some(word));
    let fits = |level: &&Said<'_>| {
        let unit = level.claim.unit.split(' ').next();
        let told =
            unit.is_some_and(|unit| name.first() == Some(&unit)) || money && level.claim.kind == Kind::Money;
        told && level.is_level() && comparable(change, level) && level.same_sentence(change)
    };
    own.get(at.saturating_sub(NEAR_MAX)..at)?.iter().rev().find(fits)
}

/// "đạt 95% tổng kế hoạch 9.864,3 tỷ đồng": the plan that a percentage is of.
fn is_plan(level: &Said<'_>) -> bool {
    let before = level.tokens.get(level.from.saturating_sub(AROUND)..level.from).unwrap_or_default();
    let percent = before.iter().rposition(|token| token.is_mark('%'));
    let words = percent.and_then(|percent| before.get(percent + 1..)).unwrap_or_default();
    has(words, &PLAN) && words.iter().all(Token::is_word)
}

/// "9.370 tỷ đồng, đạt 95% kế hoạch (9.864,3 tỷ đồng), tăng 21,3%": what it is of its plan stands between a level and its
/// change.
fn is_over_plan(own: &[Said<'_>], level: &Said<'_>, at: usize) -> bool {
    let from = own.iter().position(|said| said.index == level.index).unwrap_or(at);
    match own.get(from + 1..at) {
        Some([percent, plan]) => {
            let change = own.get(at).map(|change| plan.until(change)).unwrap_or_default();
            let planned = is_plan(plan) && plan.alike(level) && percent.claim.unit == "%";
            planned && is_bridge(level.until(percent)) && is_bridge(change)
        }
        _ => false,
    }
}

/// "tăng 20% về số dự án": of another thing than the level before.
fn names_other(change: &Said<'_>) -> bool {
    change.tokens.get(change.to).is_some_and(|token| token.norm == "về")
}

/// The level a change follows directly, or leads to: "tăng 14%, đạt 500 tỷ đồng".
fn moved<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<&'s Said<'d>> {
    let change = own.get(at)?;
    let fits = |level: &&Said<'_>| {
        // "43,8%, tăng 5%" may mean points or percent.
        let unclear = change.claim.unit == "%" && level.claim.unit == "%";
        // "684.200 con (trâu …, bò …), giảm 2,1%": behind a bracket it is the number before that has changed.
        let inside = level.is_bracketed() && !change.is_bracketed();
        // "968.200 lượt khách, chiếm 30,9% lượng khách, gấp 1,2 lần": a share is not what has multiplied; nor is a plan.
        let share = change.claim.kind == Kind::Multiple && level.follows(&["chiếm"], 2);
        comparable(change, level)
            && level.is_level()
            && !(inside || share)
            && (change.claim.kind == Kind::Rank || !is_plan(level))
            && level.same_sentence(change)
            && !unclear
            && level.claim.value_to.is_none()
    };
    let pure = matches!(change.claim.kind, Kind::Percent | Kind::Multiple);
    // A percentage is of the amount right before it, be that a level or not.
    let near = |level: &&Said<'_>| {
        fits(level)
            || (pure
                && adds(level.claim.kind)
                && !level.is_bracketed()
                && !is_plan(level)
                && level.same_sentence(change))
    };
    let before = own.get(at.saturating_sub(NEAR_MAX)..at)?.iter().rev().find(near);
    let before =
        before.filter(fits).filter(|level| is_bridge(level.until(change)) || is_over_plan(own, level, at));
    let behind = own.get(at + 1).filter(fits).filter(|level| {
        let words = change.until(level);
        let reaches = ["đạt", "ước đạt", "còn", "lên", "xuống còn"];
        level.follows(&reaches, 2) && (is_bridge(words) || words.len() <= 2)
    });
    before.or(behind)
}

/// "31 vụ cháy, gồm 19 vụ …, 7 vụ …, 5 vụ …; tăng 24%": behind its parts the whole has changed.
fn behind_parts<'s, 'd>(own: &'s [Said<'d>], at: usize, known: &[Relation]) -> Option<&'s Said<'d>> {
    let (change, last) = (own.get(at)?, own.get(at.checked_sub(1)?)?);
    let opens =
        has_mark(last.until(change), &[';']) && label::clause_before(change.tokens, change.from).len() <= 2;
    let of = |relation: &&Relation| {
        relation.kind == Tie::Sum && relation.claims.iter().skip(1).any(|part| *part == last.index)
    };
    let total = known.iter().find(of).filter(|_| opens)?.claims.first()?;
    let level = own.iter().find(|said| said.index == *total)?;
    (level.same_sentence(change) && comparable(change, level) && level.is_level()).then_some(level)
}

/// "… làm chết 94 người, bị thương 156 người. So với cùng kỳ, giảm 12 người chết", "số hộ nghèo giảm 610 hộ": the level
/// before that is told by the same name, or is the only one of its unit.
fn named<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<&'s Said<'d>> {
    let change = own.get(at)?;
    let percent = change.claim.unit == "%";
    let fits = |level: &&Said<'_>| {
        comparable(change, level)
            && level.is_level()
            && !(percent && level.claim.unit == "%")
            && level.claim.value_to.is_none()
            && !is_compared(level)
            && level.claim.sentence + 1 >= change.claim.sentence
            && level.fraction.is_none()
    };
    let near = || own.get(at.saturating_sub(NEAR_MAX)..at).unwrap_or_default().iter().rev().filter(fits);
    let name = subject(change);
    let told = near().find(|level| !name.is_empty() && tells(level, &name));
    // "Sở được giao 386 nhiệm vụ. … số nhiệm vụ được giao tăng 16,4%"
    let by_words = || {
        let mut named = near().filter(|level| name.len() >= 2 && label::tells(level, &name));
        named.next().filter(|_| named.next().is_none())
    };
    let told = told.or_else(by_words);
    // "So với cùng kỳ, giảm 14 vụ"
    let alone = || {
        let clause = change.tokens.get(change.from.saturating_sub(AROUND)..change.from)?;
        let compared = has(clause, &["so với", "so"]) && !percent;
        let mut before = near().filter(|level| !level.same_sentence(change));
        before.next().filter(|_| compared && before.next().is_none())
    };
    told.or_else(alone)
}

/// Whether the item of a level has the words of a name, one after the other.
fn tells(level: &Said<'_>, name: &[&str]) -> bool {
    let before = label::clause_before(level.tokens, level.from).len();
    let behind = label::words_behind(level.tokens, level.to).len();
    let item = level.tokens.get(level.from - before..level.to + behind).unwrap_or_default();
    item.windows(name.len()).any(|words| words.iter().zip(name).all(|(word, name)| word.norm == *name))
}

/// The words that name what has changed: "số hộ nghèo giảm …", or behind its number: "giảm 12 người chết".
fn subject<'d>(change: &Said<'d>) -> Vec<&'d str> {
    let clause = label::clause_before(change.tokens, change.from);
    let verb = clause.iter().rposition(|token| matches!(token.norm.as_str(), "tăng" | "giảm")).unwrap_or(0);
    let turn = |token: &Token| matches!(token.norm.as_str(), "song" | "nhưng" | "còn" | "và");
    let from = clause.iter().rposition(turn).map_or(0, |turn| turn + 1);
    let before = label::content(clause.get(from..verb).unwrap_or_default());
    if !before.is_empty() {
        return before;
    }
    let behind = label::words_behind(change.tokens, change.to);
    let joint = behind.iter().position(|token| token.norm == "và").unwrap_or(behind.len());
    label::content(behind.get(..joint).unwrap_or_default())
}

fn derived(change: &Said<'_>, direction: Direction, level: &Said<'_>) -> Option<Relation> {
    let up = direction == Direction::Up;
    let now = Interval::point(level.value());
    let by = Interval::of(change.claim);
    let percent = change.claim.unit == "%";
    let (kind, base) = match change.claim.kind {
        Kind::Multiple if up => (Tie::Multiple, now.over(&by)),
        // "giảm 3 lần": three times as much before.
        Kind::Multiple => (Tie::Multiple, Some(by.of_value(level.value()))),
        _ if percent => {
            let hundred = Interval::point(Exact::from_integer(100));
            let of = if up { hundred.plus(&by) } else { hundred.minus(&by) };
            (Tie::Growth, now.over(&of).map(|base| base.times(100)))
        }
        // A better position is a smaller number.
        _ => {
            let less = up != (level.claim.kind == Kind::Rank);
            (Tie::Difference, Some(if less { now.minus(&by) } else { now.plus(&by) }))
        }
    };
    let base = base.filter(|base| base.low >= Exact::from_integer(0))?;
    let places = u32::from(level.claim.value.decimals) + u32::from(kind == Tie::Difference);
    let end = |value| print::exact_like(value, level.claim.value, places);
    let (low, high) = (end(base.low), end(base.high));
    let range = if low == high { low } else { format!("{low} đến {high}") };
    let way = if up { "tăng" } else { "giảm" };
    let by = format!(
        "{}{}",
        print::written(change.claim.value),
        match change.claim.kind {
            Kind::Percent => "%",
            Kind::Multiple => " lần",
            _ => "",
        }
    );
    Some(Relation {
        kind,
        claims: vec![change.index, level.index],
        expression: format!(
            "{} {unit}, {way} {by}: mức so sánh {range} {unit} (suy ra)",
            print::written(level.claim.value),
            unit = level.claim.unit
        ),
        computed: Some(base),
        verdict: Verdict::Insufficient,
        reason: "bài không nêu mức so sánh".to_owned(),
    })
}
