//! What lies between two numbers of which one stands some paragraphs before.

use super::super::judge::Stated;
use super::super::left::is_rest;
use super::super::relation::{Formula, Tie};
use super::super::{Said, Scene, adds, tie};
use crate::claim::Kind;

/// Numbers of the paragraph that may be one of the two.
const OWN_MAX: usize = 12;
/// A number that its clause says to be what is left, or a change, is told to so many.
const TOLD: i64 = 1_000;
/// A number of which nothing says so is told to so many: with less two others give it by chance.
const BARE: i64 = 10_000;

/// The pairs between which the number at `at` may lie, of its paragraph and those before.
pub(super) fn differences(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let Some(said) = scene.own.get(at).filter(|said| adds(said.claim.kind)) else { return Vec::new() };
    let told = is_rest(said) || said.direction().is_some();
    if said.claim.value.digits < if told { TOLD } else { BARE } {
        return Vec::new();
    }
    // "1.298.450 thẻ … 1.051.744 tài khoản …, còn 246.706 trường hợp": things counted one by one may have other names.
    let counted = |one: &Said<'_>| {
        [one, said].iter().all(|of| of.claim.kind == Kind::Count && of.claim.value.digits >= BARE)
    };
    let fits = |one: &&Said<'_>| {
        one.is_level() && one.claim.value_to.is_none() && (one.alike(said) || told && counted(one))
    };
    let own: Vec<&Said<'_>> = scene.own.iter().take(at).rev().filter(fits).take(OWN_MAX).collect();
    let before: Vec<&Said<'_>> = own.iter().copied().chain(scene.earlier.iter().rev().filter(fits)).collect();
    let between = |one: &Said<'_>, other: &Said<'_>| {
        let (large, small) = if one.value() > other.value() { (one, other) } else { (other, one) };
        tie(Tie::Difference, Formula::Difference, vec![said.index, large.index, small.index], false)
    };
    let pairs = own
        .iter()
        .enumerate()
        .flat_map(|(nth, one)| before.iter().skip(nth + 1).map(move |other| (*one, *other)));
    pairs.map(|(one, other)| between(one, other)).collect()
}
