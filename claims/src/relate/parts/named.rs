//! Parts of what has been told by name: "Trong thu nội địa, thu tiền sử dụng đất đạt 5.314 tỷ đồng, …".

use super::super::enumeration::{self, are_people, is_amount};
use super::super::judge::Stated;
use super::super::sum::{holding, sum, takes};
use super::super::{Said, Scene, has_mark, label};
use super::{LEAD, PARTS_MAX};
use crate::lexicon::starts_with;

/// "Trong thu nội địa, thu tiền sử dụng đất đạt 5.314 tỷ đồng, …": parts of what has been told by that name.
pub(super) fn of(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let own = scene.own;
    let head = own.get(at)?;
    let open = head.from.saturating_sub(LEAD);
    let before = head.tokens.get(open..head.from)?;
    let start = before.iter().rposition(|token| token.capital && token.norm == "trong")?;
    let close = start + before.get(start..)?.iter().position(|token| token.is_mark(','))?;
    let clear = !has_mark(before.get(start..)?, &['.', ';']);
    let named = before.get(start + 1..close)?;
    // "Trong đó mầm non 201 trường, …" has begun to tell the parts.
    if starts_with(named, 0, &["đó", "số đó", "số này", "số trên"]) > 0 {
        return None;
    }
    let name = label::content(named);
    if !clear || name.len() < 2 {
        return None;
    }
    let parts = enumeration::parts(own, at, |part| part.alike(head));
    let all = scene.before.iter().chain(own.get(..at)?).rev().take(PARTS_MAX * 2);
    let alike = |total: &Said<'_>| total.alike(head) || are_people(total, head);
    let mut totals = all.filter(|total| alike(total) && is_amount(total) && !total.same_sentence(head));
    let total = totals.find(|total| label::leads(total, &name))?;
    let takes = takes(own, &parts);
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    (outer.len() >= 2).then(|| holding(scene, total, &takes).unwrap_or_else(|| sum(total, &outer, false)))
}
