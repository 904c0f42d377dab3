//! What parts add up to, and when a wrong sum can only be an error.

use super::enumeration::Parts;
use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, reason, tie};
use crate::amount::Exact;
use crate::claim::{Hedge, Kind};
use crate::interval::Interval;

/// Beginnings of an enumeration that are tried as all of it.
pub(super) const BEGINNINGS_MAX: usize = 10;

/// Numbers behind an enumeration that may still be of it.
const BEHIND_MAX: usize = 4;

/// The tie of a total to its parts.
pub(super) fn sum(total: &Said<'_>, parts: &[&Said<'_>], whole: bool) -> Stated {
    let claims = std::iter::once(total).chain(parts.iter().copied()).map(|said| said.index).collect();
    tie(Tie::Sum, Formula::Sum, claims, whole)
}

/// One way to take an enumeration, with what it adds up to.
#[derive(Debug)]
pub(super) struct Take<'s, 'd> {
    /// Its parts.
    pub(super) parts: Vec<&'s Said<'d>>,
    all: Interval,
}

impl<'s, 'd> Take<'s, 'd> {
    /// Of at least one part.
    pub(super) fn of(parts: &[&'s Said<'d>]) -> Option<Self> {
        let all = parts.iter().map(|part| Interval::of(part.claim)).reduce(|all, part| all.plus(&part))?;
        Some(Self { parts: parts.to_vec(), all })
    }
}

/// The ways to take an enumeration: as it stands, as far as some item, with the parts of parts for their whole.
pub(super) fn takes<'s, 'd>(own: &'s [Said<'d>], parts: &Parts) -> Vec<Take<'s, 'd>> {
    let said = |at: &[usize]| -> Vec<&'s Said<'d>> { at.iter().filter_map(|at| own.get(*at)).collect() };
    let outer = said(&parts.outer);
    let mut takes: Vec<Take<'s, 'd>> = Take::of(&outer).into_iter().collect();
    let beginnings = (2..outer.len().min(BEGINNINGS_MAX)).rev();
    takes.extend(beginnings.filter_map(|length| Take::of(outer.get(..length)?)));
    if !parts.is_flat() {
        let all = said(&parts.all);
        let nested = parts.all.len().min(BEGINNINGS_MAX);
        takes.extend((2..=nested).filter_map(|length| Take::of(all.get(..length)?)));
        // "500 ha, trong đó quế 320 ha, bồ đề 180 ha, và 140 ha": behind the parts of a part the rest goes on.
        takes.extend((outer.len()..nested).filter_map(|from| {
            let rest = all.get(from..nested)?.iter().copied();
            Take::of(&outer.iter().take(BEGINNINGS_MAX).copied().chain(rest).collect::<Vec<_>>())
        }));
    }
    takes.extend(going_on(own, &outer));
    takes.retain(|take| take.parts.len() >= 2);
    takes
}

/// The enumeration with the next numbers of its sentence: words of a name may have seemed to end it.
fn going_on<'s, 'd>(own: &'s [Said<'d>], outer: &[&'s Said<'d>]) -> Vec<Take<'s, 'd>> {
    let Some(last) = outer.last() else { return Vec::new() };
    let fits = |next: &&Said<'_>| {
        next.index > last.index && next.same_sentence(last) && next.alike(last) && next.is_level()
    };
    let behind: Vec<&Said<'_>> = own.iter().filter(fits).take(BEHIND_MAX).collect();
    let with = |length: usize| {
        let parts: Vec<&Said<'_>> = outer.iter().chain(behind.get(..length)?).copied().collect();
        (parts.len() <= BEGINNINGS_MAX).then(|| Take::of(&parts)).flatten()
    };
    (1..=behind.len()).filter_map(with).collect()
}

/// The first way that gives `total`.
pub(super) fn holding(scene: &Scene<'_, '_>, total: &Said<'_>, takes: &[Take<'_, '_>]) -> Option<Stated> {
    let wanted = Interval::of(total.claim);
    let meets = takes.iter().find(|take| take.all.meets(&wanted)).map(|take| sum(total, &take.parts, true));
    let whole = || takes.first().map(|take| sum(total, &take.parts, true)).filter(|whole| scene.holds(whole));
    meets.or_else(whole)
}

/// Whether what is missing can only be an error: not a few items without a number, not some of the parts alone, and
/// not so far off that the total must be another.
pub(super) fn is_close(scene: &Scene<'_, '_>, total: &Said<'_>, parts: &[&Said<'_>], known: &Parts) -> bool {
    let all: Exact = parts.iter().map(|part| part.value()).sum();
    let missing = total.value() - all;
    let uncounted = Exact::from_integer(i128::try_from(known.uncounted).unwrap_or(i128::MAX));
    let zero = Exact::from_integer(0);
    if total.claim.kind == Kind::Count && missing > zero && missing <= uncounted {
        return false;
    }
    let apart = if missing < zero { -missing } else { missing };
    let near = apart * 2 <= total.value() && parts.iter().all(|part| part.value() <= total.value());
    near && !some_hold(total, parts) || is_slip(scene, total, parts)
}

/// Whether leaving out one part gives the total: then it may be a part of another.
fn some_hold(total: &Said<'_>, parts: &[&Said<'_>]) -> bool {
    let all: Exact = parts.iter().map(|part| part.value()).sum();
    parts.len() > 2 && parts.iter().any(|part| all - part.value() == total.value())
}

/// Whether one slip of the pen explains it.
pub(super) fn is_slip(scene: &Scene<'_, '_>, total: &Said<'_>, parts: &[&Said<'_>]) -> bool {
    let operands: Vec<_> = parts.iter().filter_map(|part| scene.claims.get(part.index).copied()).collect();
    scene.may_search() && reason::of(Formula::Sum, total.claim, &operands).starts_with("nếu")
}

/// Whether two digits of one number, the wrong way round, explain it.
pub(super) fn swaps(scene: &Scene<'_, '_>, total: &Said<'_>, parts: &[&Said<'_>]) -> bool {
    let operands: Vec<_> = parts.iter().filter_map(|part| scene.claims.get(part.index).copied()).collect();
    scene.may_search() && reason::of(Formula::Sum, total.claim, &operands).contains("đảo chữ số")
}

/// Whether the parts are more than the whole, and none of them alone.
pub(super) fn exceeds(total: &Said<'_>, parts: &[&Said<'_>]) -> bool {
    if parts.iter().any(|part| part.value() > total.value()) {
        return false;
    }
    let all = parts.iter().map(|part| Interval::of(part.claim)).reduce(|all, part| all.plus(&part));
    all.is_some_and(|all| all.low > Interval::of(total.claim).high)
}

/// Whether each part has its share beside it, and these are the whole together.
pub(super) fn are_hundred(own: &[Said<'_>], parts: &[&Said<'_>]) -> bool {
    let shares = parts.iter().map(|part| {
        let at = own.iter().position(|said| said.index == part.index)?;
        let share = own.get(at + 1).filter(|share| share.claim.unit == "%" && share.is_level())?;
        // "11 chủ đầu tư ở mức từ 50% đến 72% và 8 chủ đầu tư dưới 50%" tells bounds.
        let bound = matches!(share.claim.hedge, Hedge::Over | Hedge::Under | Hedge::AtLeast | Hedge::AtMost);
        if bound || share.claim.value_to.is_some() {
            return None;
        }
        (part.until(share).len() <= 6).then(|| Interval::of(share.claim))
    });
    let shares: Option<Vec<Interval>> = shares.collect();
    let all = shares.and_then(|shares| shares.into_iter().reduce(|all, share| all.plus(&share)));
    all.is_some_and(|all| all.meets(&Interval::point(Exact::from_integer(100))))
}
