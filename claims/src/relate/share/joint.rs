//! "trước hạn 311.598 hồ sơ, đúng hạn 84.220 hồ sơ, … Tỷ lệ trước và đúng hạn đạt 99,4%": the share of two parts together.

use super::super::judge::Stated;
use super::super::relation::{Formula, Tie};
use super::super::{Scene, label, tie};

/// Parts of which two may be told together.
const PARTS_MAX: usize = 8;
/// A percentage is told to so many: with less two parts give it by chance.
const FINE: i64 = 100;

/// The two parts of a known sum that make the percentage at `at` together, where its clause joins two things.
pub(super) fn of(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Option<Stated> {
    let percent = scene.own.get(at).filter(|percent| percent.claim.value.digits >= FINE)?;
    let clause = label::clause_before(percent.tokens, percent.from);
    let joint = clause.iter().any(|token| token.norm == "và");
    let sums = known.iter().filter(|sum| joint && sum.kind == Tie::Sum && sum.claims.len() <= PARTS_MAX + 1);
    let of_sum = |sum: &Stated| {
        let (total, parts) = sum.claims.split_first()?;
        let pairs = parts.iter().enumerate().flat_map(|(nth, one)| {
            parts.iter().skip(nth + 1).map(move |other| vec![percent.index, *total, *one, *other])
        });
        let mut holding = pairs
            .map(|claims| tie(Tie::Share, Formula::SharesOf, claims, false))
            .filter(|stated| scene.holds(stated));
        holding.next().filter(|_| holding.next().is_none())
    };
    sums.filter_map(of_sum).next()
}
