//! Runs of numbers that add up to a total near them.

use super::super::judge::Stated;
use super::super::relation::{Formula, Tie};
use super::super::{Said, Scene, adds, tie};
use crate::claim::Kind;

/// Numbers on each side of a total that are looked at.
const SIDE: usize = 16;
/// Parts of a run.
const PARTS: std::ops::RangeInclusive<usize> = 2..=8;
/// Numbers from one part to the next: each may have a share or a plan beside it.
const STRIDES: std::ops::RangeInclusive<usize> = 1..=3;

/// Runs behind the total at `at`, then runs that end before it.
pub(super) fn sums(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(total) = scene.own.get(at) else { return Vec::new() };
    // Below ten some two others nearly always add up to it.
    if !is_total(total) || total.value() < 10.into() {
        return Vec::new();
    }
    let fits = |part: &&Said<'_>| part.alike(total) && part.is_level() && part.claim.value_to.is_none();
    let behind = scene.own.get(at + 1..).unwrap_or_default().iter().take(SIDE).filter(fits).collect();
    let before = scene.own.get(..at).unwrap_or_default().iter().rev().take(SIDE).filter(fits).collect();
    let behind: Vec<&Said<'_>> = behind;
    let before: Vec<&Said<'_>> = before;
    runs(&behind).chain(runs(&before)).map(|parts| sum(total, &parts)).collect()
}

/// Numbers behind the total at `at`, one after the other, wherever they begin: a second way to split it.
pub(super) fn again(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(total) = scene.own.get(at).filter(|total| is_total(total)) else { return Vec::new() };
    let fits = |part: &&Said<'_>| part.alike(total) && part.is_level() && part.claim.value_to.is_none();
    let behind = scene.own.get(at + 1..).unwrap_or_default().iter().take(SIDE).filter(fits);
    let behind: Vec<&Said<'_>> = behind.collect();
    let windows = PARTS.rev().flat_map(|length| behind.windows(length));
    windows.map(|parts| sum(total, parts)).collect()
}

/// Runs at the head of the paragraph that add up to a total of the paragraph before: "Theo nguồn vốn, …".
pub(super) fn of_before(scene: &Scene<'_, '_>) -> Vec<Stated> {
    let totals = scene.before.iter().rev().filter(|total| {
        // With fewer digits a run fits by chance.
        is_total(total) && total.claim.value.digits >= 1_000 && total.claim.value_to.is_none()
    });
    let of = |total: &Said<'_>| {
        let fits = |part: &&Said<'_>| part.alike(total) && part.is_level() && part.claim.value_to.is_none();
        let own: Vec<&Said<'_>> = scene.own.iter().take(SIDE).filter(fits).collect();
        let heads = heads(&scene.own.iter().filter(fits).collect::<Vec<_>>());
        let of_items = (heads.len() >= 2).then(|| sum(total, &heads));
        of_items.into_iter().chain(runs(&own).map(|parts| sum(total, &parts))).collect::<Vec<_>>()
    };
    totals.take(SIDE).flat_map(of).collect()
}

/// The first number of each line of a list.
fn heads<'s, 'd>(numbers: &[&'s Said<'d>]) -> Vec<&'s Said<'d>> {
    let mut heads: Vec<&Said<'_>> = numbers.iter().copied().filter(|said| said.item.is_some()).collect();
    heads.dedup_by_key(|said| said.line);
    heads
}

fn is_total(total: &Said<'_>) -> bool {
    total.is_level() && (adds(total.claim.kind) || total.claim.kind == Kind::Percent)
}

fn sum(total: &Said<'_>, parts: &[&Said<'_>]) -> Stated {
    let mut claims: Vec<usize> = parts.iter().map(|part| part.index).collect();
    claims.sort_unstable();
    claims.insert(0, total.index);
    tie(Tie::Sum, Formula::Sum, claims, false)
}

/// Runs that begin at one of the first numbers, the longest first.
fn runs<'s, 'd>(numbers: &[&'s Said<'d>]) -> impl Iterator<Item = Vec<&'s Said<'d>>> {
    let mut runs = Vec::new();
    for stride in STRIDES {
        for from in 0..stride {
            let all: Vec<&Said<'_>> = numbers.iter().skip(from).step_by(stride).copied().collect();
            runs.extend(PARTS.rev().filter_map(|length| all.get(..length).map(<[_]>::to_vec)));
        }
    }
    runs.into_iter()
}
