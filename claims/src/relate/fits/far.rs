//! What lies between two numbers of which one stands some paragraphs before.

use super::super::judge::Stated;
use super::super::left::is_rest;
use super::super::relation::{Formula, Tie};
use super::super::{Said, Scene, adds, tie};
use crate::claim::Kind;
use crate::interval::Interval;

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
    let own: Vec<Level<'_, '_>> =
        scene.own.iter().take(at).rev().filter(fits).take(OWN_MAX).map(Level::of).collect();
    let earlier = scene.earlier.iter().rev().filter(fits).map(Level::of);
    let all: Vec<Level<'_, '_>> = own.iter().copied().chain(earlier).collect();
    let rest = Level::of(said);
    let pairs = own.iter().enumerate().flat_map(|(nth, one)| {
        all.iter().skip(nth + 1).filter(move |other| rest.may_lie_between(one, other)).map(move |other| {
            let (large, small) = if one.whole > other.whole { (one, other) } else { (other, one) };
            let claims = vec![said.index, large.said.index, small.said.index];
            tie(Tie::Difference, Formula::Difference, claims, false)
        })
    });
    pairs.collect()
}

/// A number in whole units, with how far it may be off: whether two may give a third is asked of very many.
#[derive(Clone, Copy)]
struct Level<'s, 'd> {
    said: &'s Said<'d>,
    whole: i128,
    off: i128,
}

impl<'s, 'd> Level<'s, 'd> {
    fn of(said: &'s Said<'d>) -> Self {
        let within = Interval::of(said.claim);
        let width = within.high - within.low;
        Self { said, whole: said.value().to_integer(), off: width.to_integer() + 1 }
    }

    fn may_lie_between(&self, one: &Self, other: &Self) -> bool {
        let between = (one.whole - other.whole).abs();
        (between - self.whole).abs() <= self.off + one.off + other.off
    }
}
