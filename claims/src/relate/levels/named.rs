//! Levels that a change is measured by, told by their names or before the level now.

use super::super::bridge::is_bridge;
use super::super::share::PLAN;
use super::super::{Said, Scene, adds, has, label};
use super::{Levels, NEW_MAX, agree, before, comparable, fits};
use crate::claim::{Kind, Modality};
use crate::lexicon::starts_with;

/// Tokens from "so với" to the level that it names at most.
const BASE: usize = 12;

/// "thấp hơn 26,2 điểm % so với mục tiêu": the base is named behind, its number stands before.
pub(super) fn named_base<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Vec<Levels<'s, 'd>> {
    let Some(change) = own.get(at) else { return Vec::new() };
    let behind = change.tokens.get(change.to..(change.to + 8).min(change.tokens.len())).unwrap_or_default();
    let planned = has(behind, &PLAN);
    let mean = has(behind, &["trung bình", "bình quân", "mức trung bình", "mức bình quân"]);
    if !has(behind, &["so với", "so"]) || !(planned || mean) {
        return Vec::new();
    }
    let earlier = || before(own, at).iter().rev().take(NEW_MAX);
    let near = |said: &&&Said<'_>| said.claim.sentence + 1 >= change.claim.sentence;
    let is_base = |old: &&Said<'_>| {
        let goal = old.claim.modality == Modality::Target || old.follows(&PLAN, 12);
        let average = old.follows(&["trung bình", "bình quân"], 6);
        let rate = old.claim.unit.split('/').next() == Some(change.claim.unit.as_str());
        (planned && goal && comparable(change, old)) || (mean && average && (rate || comparable(change, old)))
    };
    let new = earlier().find(|new| new.same_sentence(change) && fits(change, new) && !is_base(new));
    let Some(new) = new else { return Vec::new() };
    let bases = earlier().filter(|old| near(&old) && is_base(old) && old.index != new.index);
    let mut pairs: Vec<Levels<'s, 'd>> = bases.map(|old| Levels { new, old, sure: false }).collect();
    if let [only] = pairs.as_mut_slice() {
        only.sure = planned && only.old.same_sentence(change) && is_bridge(new.until(change));
    }
    pairs
}

/// "So với cuối năm 2024 (26.942 hộ), số hộ nghèo giảm 8.578 hộ", "Cùng kỳ năm 2024, số thu là 15.352 tỷ đồng; như vậy
/// tăng 1.934 tỷ đồng": the base stands before the change, the level now in an earlier sentence or paragraph.
pub(super) fn base_before<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<Levels<'s, 'd>> {
    let Some(change) = scene.own.get(at) else { return Vec::new() };
    let mut here = before(scene.own, at).iter().rev().filter(|old| old.same_sentence(change));
    let old = here.find(|old| comparable(change, old) && old.is_level());
    let compared = ["so với", "so", "cùng kỳ", "năm trước"];
    let Some(old) = old.filter(|old| old.follows(&compared, BASE)) else { return Vec::new() };
    let levels = before(scene.own, at).iter().rev().chain(scene.earlier.iter().rev());
    let now = levels.filter(|new| !new.same_sentence(change) && !new.is_bracketed());
    let fits = now.filter(|new| fits(change, new) && new.claim.unit == old.claim.unit && agree(old, new));
    fits.take(NEW_MAX).map(|new| Levels { new, old, sure: false }).collect()
}

/// "thu nội địa 11.000 tỷ đồng, gấp bốn lần thu thuế xuất nhập khẩu": the base is named behind, its number stands before.
pub(super) fn times_named<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<Levels<'s, 'd>> {
    let change = own.get(at).filter(|change| change.claim.kind == Kind::Multiple)?;
    let words = label::words_behind(change.tokens, change.to);
    let compared = starts_with(words, 0, &["so với"]);
    let name = label::content(words.get(compared..)?);
    let here =
        |level: &&Said<'_>| level.same_sentence(change) && level.is_level() && level.claim.value_to.is_none();
    let mut earlier = before(own, at).iter().rev().filter(here);
    let new = earlier.next().filter(|new| adds(new.claim.kind))?;
    let mut named = earlier.filter(|old| old.alike(new) && label::leads(old, &name));
    let old = named.next().filter(|_| name.len() >= 2 && named.next().is_none())?;
    Some(Levels { new, old, sure: is_bridge(new.until(change)) })
}
