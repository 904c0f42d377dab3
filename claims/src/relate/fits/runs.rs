//! Runs of numbers that add up to a total near them.

use super::super::judge::Stated;
use super::super::relation::{Formula, Tie};
use super::super::{Said, Scene, adds, tie};
use crate::claim::Kind;

/// Numbers on each side of a total that are looked at.
const SIDE: usize = 16;
/// Parts of a run.
const PARTS: std::ops::RangeInclusive<usize> = 2..=8;
/// A total of numbers that stand in the same place of lines is told to so many.
const LISTED: i64 = 1_000;
/// Numbers of a line of a list that may be parts.
const COLUMNS: usize = 2;
/// Numbers from one part to the next: each may have a share or a plan beside it.
const STRIDES: std::ops::RangeInclusive<usize> = 1..=3;

/// Runs behind the total at `at`, then runs that end before it.
pub(super) fn sums(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(total) = scene.own.get(at) else { return Vec::new() };
    // Below ten some two others nearly always add up to it.
    if !is_total(total) || total.value() < 10.into() {
        return Vec::new();
    }
    // "xuất khẩu 19,86 tỷ USD, nhập khẩu 18,56 tỷ USD; xuất siêu 1,3 tỷ USD": what lies between two is no part of one.
    let between = |part: &Said<'_>| part.follows(&["xuất siêu", "nhập siêu", "chênh lệch"], 3);
    let fits = |part: &&Said<'_>| {
        part.alike(total) && part.is_level() && part.claim.value_to.is_none() && !between(part)
    };
    let behind = scene.own.get(at + 1..).unwrap_or_default().iter().take(SIDE).filter(fits).collect();
    let before = scene.own.get(..at).unwrap_or_default().iter().rev().take(SIDE).filter(fits).collect();
    let behind: Vec<&Said<'_>> = behind;
    let before: Vec<&Said<'_>> = before;
    let all = runs(&behind).chain(runs(&before)).map(|parts| sum(total, &parts));
    let lines = of_lines(scene.own, total).into_iter().filter(|_| total.claim.value.digits >= LISTED);
    all.chain(lines).collect()
}

/// Numbers behind the total at `at`, one after the other, wherever they begin: a second way to split it.
pub(super) fn again(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(total) = scene.own.get(at).filter(|total| is_total(total)) else { return Vec::new() };
    let fits = |part: &&Said<'_>| part.alike(total) && part.is_level() && part.claim.value_to.is_none();
    let behind = scene.own.get(at + 1..).unwrap_or_default().iter().take(SIDE).filter(fits);
    let behind: Vec<&Said<'_>> = behind.collect();
    let windows = PARTS.rev().flat_map(|length| behind.windows(length));
    let all = windows.map(|parts| sum(total, parts));
    all.chain(of_lines(scene.own, total).into_iter().filter(|_| total.claim.value.digits >= LISTED)).collect()
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
        runs(&own).map(|parts| sum(total, &parts)).chain(of_lines(scene.own, total)).collect::<Vec<_>>()
    };
    totals.take(SIDE).flat_map(of).collect()
}

/// Numbers in the same place of the lines of a list: "- Vốn trung ương giải ngân 3.306 tỷ đồng, đạt …" / "- Vốn địa phương
/// giải ngân 4.821 tỷ đồng, đạt …".
fn of_lines(own: &[Said<'_>], total: &Said<'_>) -> Vec<Stated> {
    let fits = |part: &&Said<'_>| {
        part.item.is_some() && part.alike(total) && part.is_level() && part.claim.value_to.is_none()
    };
    let numbers: Vec<&Said<'_>> =
        own.iter().filter(|part| part.index > total.index && part.line != total.line).filter(fits).collect();
    let lines: Vec<&[&Said<'_>]> = numbers.chunk_by(|one, other| one.line == other.line).collect();
    let columns = (0..COLUMNS).map(|nth| lines.iter().filter_map(|line| line.get(nth).copied()).collect());
    let windows = |column: Vec<&Said<'_>>| {
        let all = PARTS.rev().flat_map(|length| column.windows(length).map(|parts| sum(total, parts)));
        all.collect::<Vec<_>>()
    };
    columns.flat_map(windows).collect()
}

fn is_total(total: &Said<'_>) -> bool {
    total.is_level() && (adds(total.claim.kind) || total.claim.kind == Kind::Percent)
}

pub(super) fn sum(total: &Said<'_>, parts: &[&Said<'_>]) -> Stated {
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
