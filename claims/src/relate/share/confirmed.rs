//! Shares whose part and whole another tie of the text has settled.

use super::super::relation::{Relation, Tie, Verdict};
use super::super::{Said, Scene, judge};
use super::base::Base;
use super::link::Link;
use super::{is_only_reading, is_share, part_of, share};

/// "kế hoạch vốn 15.248 tỷ đồng; giải ngân được 10.216 tỷ đồng, đạt 61,0%; số vốn còn lại 5.032 tỷ đồng": that the rest
/// holds tells what is a part of what, so that the percentage is wrong, whatever slip made it so.
pub(in super::super) fn find(scene: &Scene<'_, '_>, found: &[Relation]) -> Vec<Relation> {
    let told = |at: usize, percent: &Said<'_>| {
        let tied = found.iter().any(|known| {
            known.kind != Tie::SharesTo100
                && known.verdict != Verdict::Insufficient
                && known.claims.contains(&percent.index)
        });
        let (part, link) = part_of(scene.own, at).filter(|_| is_share(percent) && !tied)?;
        let base = Base::of(percent);
        if link != Link::Direct || base == Base::Earlier {
            return None;
        }
        let mut wholes = found.iter().filter_map(|known| whole_of(scene, known, found, part, &base));
        let whole = wholes.next().filter(|one| wholes.all(|other| other.value() == one.value()))?;
        let told = share(percent, part, whole, true);
        let relation = judge::judged(scene, &told)?;
        (relation.verdict == Verdict::Mismatch && is_only_reading(scene, &told)).then_some(relation)
    };
    scene.own.iter().enumerate().filter_map(|(at, percent)| told(at, percent)).collect()
}

/// The whole of `part` in a sum or a rest that holds.
fn whole_of<'s, 'd>(
    scene: &Scene<'s, 'd>,
    known: &Relation,
    found: &[Relation],
    part: &Said<'_>,
    base: &Base<'_>,
) -> Option<&'s Said<'d>> {
    if !is_right(known) || known.claims.len() < 3 || !known.claims.contains(&part.index) {
        return None;
    }
    // A part of a sum may have a plan of its own: "trung ương 4.517 tỷ đồng, đạt 76,3%"; or all parts a larger whole:
    // "11.306 hộ nghèo (2,9%) và 17.418 hộ cận nghèo (4,4%), tổng số 28.724 hộ".
    let sibling = |other: &Relation| {
        other.kind == Tie::Share && is_right(other) && other.claims.get(2) == known.claims.first()
    };
    let fits = match known.kind {
        Tie::Sum => *base != Base::Plan && found.iter().any(sibling),
        Tie::Difference => true,
        _ => false,
    };
    let all: Option<Vec<&Said<'d>>> = known.claims.iter().map(|at| scene.said(*at)).collect();
    let all = all.filter(|all| fits && all.iter().all(|said| said.is_level() && said.alike(part)))?;
    let whole = all.into_iter().max_by_key(|said| said.value())?;
    (whole.index != part.index && base.fit(whole) != super::base::Fit::Other).then_some(whole)
}

fn is_right(known: &Relation) -> bool {
    matches!(known.verdict, Verdict::Ok | Verdict::OkTruncated)
}
