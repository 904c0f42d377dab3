//! Parts of what has been told by name: "Trong thu nội địa, thu tiền sử dụng đất đạt 5.314 tỷ đồng, …".

use super::super::enumeration::{self, are_people, is_amount};
use super::super::judge::Stated;
use super::super::sum::{holding, is_slip, sum, takes};
use super::super::{Said, Scene, has_mark, label, states};
use super::{LEAD, PARTS_MAX};
use crate::lexicon::starts_with;
use crate::text::Token;

/// "Trong thu nội địa, thu tiền sử dụng đất đạt 5.314 tỷ đồng, …", "Thu bổ sung chia ra: …": parts of what has been told
/// by that name.
pub(super) fn of(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let own = scene.own;
    let head = own.get(at)?;
    let open = head.from.saturating_sub(LEAD);
    let before = head.tokens.get(open..head.from)?;
    let (named, split) =
        within(before).map(|named| (named, false)).or_else(|| Some((divided(before)?, true)))?;
    let name = label::content(named);
    if name.len() < 2 {
        return None;
    }
    let parts = enumeration::parts(own, at, |part| part.alike(head));
    let all = scene.before.iter().chain(own.get(..at)?).rev().take(PARTS_MAX * 2);
    let alike = |total: &Said<'_>| total.alike(head) || are_people(total, head);
    let mut totals = all.filter(|total| alike(total) && is_amount(total) && !total.same_sentence(head));
    let takes = takes(own, &parts);
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    let holds = |total: &Said<'_>| outer.iter().all(|part| part.value() <= total.value());
    let total = totals.find(|total| label::leads(total, &name) && holds(total))?;
    // "Trong số hồ sơ đã giải quyết có 764 hồ sơ trước hạn, 149 hồ sơ đúng hạn và 8 hồ sơ quá hạn": the states are all.
    let stated = || outer.len() >= 3 && states::are_states(&outer) && !parts.open;
    let whole = || parts.is_flat() && (split && is_slip(scene, total, &outer) || stated());
    (outer.len() >= 2).then(|| holding(scene, total, &takes).unwrap_or_else(|| sum(total, &outer, whole())))
}

/// "Trong thu nội địa, …": the name.
fn within(before: &[Token]) -> Option<&[Token]> {
    let start = before.iter().rposition(|token| token.capital && token.norm == "trong")?;
    let closes = |token: &Token| token.is_mark(',') || matches!(token.norm.as_str(), "có" | "thì");
    let close = start + before.get(start..)?.iter().position(closes)?;
    let clear = !has_mark(before.get(start..)?, &['.', ';']);
    let named = before.get(start + 1..close)?;
    // "Trong đó mầm non 201 trường, …" has begun to tell the parts.
    let told = starts_with(named, 0, &["đó", "số đó", "số này", "số trên"]) == 0;
    (clear && told).then_some(named)
}

/// "Thu bổ sung chia ra: …", at the head of a sentence: the name.
fn divided(before: &[Token]) -> Option<&[Token]> {
    const ALL: [&str; 8] =
        ["chia ra", "gồm", "bao gồm", "gồm có", "được chia ra", "chia theo", "phân theo", "được phân bổ"];
    let cue = (0..before.len()).rev().find(|at| starts_with(before, *at, &ALL) > 0)?;
    let start = before.get(..cue)?.iter().rposition(|token| token.is_mark('.')).map(|point| point + 1)?;
    let named = before.get(start..cue)?;
    let words = named.first().is_some_and(|first| first.capital) && named.iter().all(Token::is_word);
    words.then_some(named)
}
