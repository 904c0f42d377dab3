//! What is left of a whole that a share has settled.

use super::super::judge::{self, Stated};
use super::super::relation::{Relation, Tie, Verdict};
use super::super::{Said, Scene, adds};
use super::{denies, difference, is_denied, is_left, is_left_behind, is_plain};

/// "đã kiểm đếm 5.126/6.842 hộ, đạt 74,9%, còn 1.116 hộ chưa kiểm đếm": that the share holds tells what is a part of what,
/// so that a rest which it does not leave is wrong, whatever slip made it so.
pub(in super::super) fn find(scene: &Scene<'_, '_>, found: &[Relation]) -> Vec<Relation> {
    let told = |rest: &Said<'_>| {
        let is_rest = is_left(rest) || is_left_behind(rest) || is_denied(rest);
        let plain = adds(rest.claim.kind) && rest.claim.value_to.is_none() && rest.is_level();
        let tied = found.iter().any(|known| {
            known.verdict != Verdict::Insufficient
                && matches!(known.kind, Tie::Difference | Tie::Sum)
                && known.claims.contains(&rest.index)
        });
        if !is_rest || !plain || tied {
            return None;
        }
        let mut shares = found.iter().rev().filter_map(|known| settled(scene, known, rest));
        let (part, whole) = shares.next()?;
        // The number right before it is the part that leaves it.
        let between = |other: &&Said<'_>| {
            other.alike(rest)
                && other.index > part.index.max(whole.index)
                && other.index < rest.index
                && other.is_level()
        };
        let next = !scene.own.iter().any(|other| between(&other));
        let said = denies(rest, part) || is_plain(rest);
        let told: Stated = difference(rest, whole, part, true);
        let relation = judge::judged(scene, &told)?;
        (next
            && said
            && shares.all(|(_, other)| other.value() == whole.value() || other.value() < part.value()))
        .then_some(relation)
        .filter(|relation| relation.verdict == Verdict::Mismatch)
    };
    scene.own.iter().filter_map(told).collect()
}

/// Part and whole of a share that holds, of what the rest counts, right before it.
fn settled<'s, 'd>(
    scene: &Scene<'s, 'd>,
    known: &Relation,
    rest: &Said<'_>,
) -> Option<(&'s Said<'d>, &'s Said<'d>)> {
    let &[percent, part, whole] = known.claims.as_slice() else { return None };
    let holds = matches!(known.verdict, Verdict::Ok | Verdict::OkTruncated) && known.kind == Tie::Share;
    let (part, whole) = (scene.said(part)?, scene.said(whole)?);
    let near = percent < rest.index && part.claim.sentence + 1 >= rest.claim.sentence;
    let alike = part.alike(rest) && whole.alike(rest) && part.value() < whole.value();
    (holds && near && alike).then_some((part, whole))
}
