//! Changes whose levels another telling of the same change has settled.

use super::super::judge;
use super::super::levels::{Levels, comparable};
use super::super::relation::{Relation, Tie, Verdict};
use super::super::{Said, Scene, has, has_mark};
use super::{direction, stated};
use crate::claim::Direction;

/// Tokens between two tellings of one change at most.
const BESIDE: usize = 12;

/// "So với cuối tháng 9 (4.190 con), tổng đàn tăng 135 con, tương ứng tăng 2,98%": that the percentage holds between two
/// levels tells what the change lies between, so that it is wrong, whatever slip made it so; and the other way round.
pub(in super::super) fn find(scene: &Scene<'_, '_>, found: &[Relation]) -> Vec<Relation> {
    let told = |at: usize, change: &Said<'_>| {
        let tied = found.iter().any(|known| {
            known.verdict != Verdict::Insufficient && known.claims.first() == Some(&change.index)
        });
        let way = direction(scene.own, at).filter(|_| !tied && change.claim.value_to.is_none())?;
        let mut levels = found.iter().filter_map(|known| settled(scene, known, change));
        let levels = levels.next()?;
        let readings = stated(change, way, levels);
        let holds = readings.iter().any(|reading| scene.holds(reading));
        let relation =
            readings.first().filter(|_| !holds).and_then(|reading| judge::judged(scene, reading))?;
        (relation.verdict == Verdict::Mismatch).then_some(relation)
    };
    scene.own.iter().enumerate().filter_map(|(at, change)| told(at, change)).collect()
}

/// The levels of the change that `known` tells, where that stands beside `change` and is the same.
fn settled<'s, 'd>(scene: &Scene<'s, 'd>, known: &Relation, change: &Said<'_>) -> Option<Levels<'s, 'd>> {
    let &[told, new, old] = known.claims.as_slice() else { return None };
    let (told, new, old) = (scene.said(told)?, scene.said(new)?, scene.said(old)?);
    let right = matches!(known.verdict, Verdict::Ok | Verdict::OkTruncated);
    let of_levels =
        matches!(known.kind, Tie::Growth | Tie::Difference) && [new, old].iter().all(|said| said.is_level());
    let other = (told.claim.unit == "%") != (change.claim.unit == "%");
    let (first, last) = if told.index < change.index { (told, change) } else { (change, told) };
    let words = first.tokens.get(first.to..last.from).unwrap_or_default();
    let tie = ["tương ứng", "tương đương", "tức", "hay", "bằng"];
    let beside = last.index == first.index + 1
        && last.same_sentence(first)
        && words.len() <= BESIDE
        && (has(words, &tie) || matches!(words.last(), Some(mark) if mark.is_mark('(')))
        && !has_mark(words, &[';', '.']);
    let of_change = comparable(change, new) && comparable(change, old);
    // In a difference the levels of a fall stand the other way round.
    let down = known.kind == Tie::Difference && told.direction() == Some(Direction::Down);
    let (new, old) = if down { (old, new) } else { (new, old) };
    (right && of_levels && other && beside && of_change).then_some(Levels { new, old, sure: true })
}
