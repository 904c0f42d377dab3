//! Parts that no word opens: told by the states of one set, by one attribute, by their shares.

use super::super::enumeration::{self, is_amount, is_compared};
use super::super::judge::Stated;
use super::super::relation::Tie;
use super::super::sum::{are_hundred, exceeds, holding, is_close, is_slip, sum, takes};
use super::super::{Said, Scene, states};
use crate::amount::Exact;

/// Numbers behind a total that may be its parts by one attribute.
const SPLIT_MAX: usize = 16;

/// "128 nhiệm vụ, đã hoàn thành 87 nhiệm vụ, trong hạn 36 nhiệm vụ, quá hạn 5 nhiệm vụ"; "Trong 45 xã, 12 xã …, 20 xã …
/// và 13 xã …"
pub(super) fn of_states(scene: &Scene<'_, '_>, at: usize, out: &mut Vec<Stated>) {
    let own = scene.own;
    let Some(total) = own.get(at) else { return };
    let next =
        (at + 1..(at + 5).min(own.len())).find(|at| own.get(*at).is_some_and(|part| part.alike(total)));
    let Some((first, head)) = next.and_then(|at| Some((at, own.get(at)?))) else { return };
    // "Toàn xã có 18 thôn. Có 11 thôn đạt chuẩn, 7 thôn chưa đạt.": the states may stand in the next sentence.
    let beside =
        |said: Option<&Said<'_>>| said.is_some_and(|said| said.same_sentence(total) && said.alike(total));
    let alone = !beside(at.checked_sub(1).and_then(|at| own.get(at))) && first == at + 1;
    let next = head.claim.sentence == total.claim.sentence + 1 && head.line == total.line && alone;
    let fits = head.alike(total) && (head.same_sentence(total) || next) && is_amount(total);
    let led = total.follows(&["trong", "trong số", "trong tổng số"], 1);
    let told = |part: &Said<'_>| led || states::has_state(part);
    if !fits || !told(head) || states::is_stated(total) || total.is_bracketed() {
        return;
    }
    let parts = enumeration::parts(own, first, |part| part.alike(total) && told(part));
    let takes = takes(own, &parts);
    if let Some(holding) = holding(scene, total, &takes) {
        out.push(holding);
        return;
    }
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    let taken = |part: &&Said<'_>| {
        out.iter()
            .any(|sum| sum.kind == Tie::Sum && sum.claims.get(1..).is_some_and(|of| of.contains(&part.index)))
    };
    if outer.iter().any(taken) {
        return;
    }
    let flat = parts.is_flat() && !parts.open;
    let sure = flat && states::are_states(&outer);
    let beyond =
        flat && exceeds(total, &outer) && (states::are_opposites(&outer) || states::are_bands(&outer));
    if outer.len() >= 3 {
        out.push(sum(total, &outer, (sure || beyond) && is_close(scene, total, &outer, &parts)));
    } else if sure && exceeds(total, &outer) {
        out.push(sum(total, &outer, true));
    } else if sure && states::are_all(&outer) {
        out.push(sum(total, &outer, is_slip(scene, total, &outer)));
    }
}

/// "8.412 em, nam 4.021 em, nữ 4.931 em": parts by one attribute that are more than the whole, though no word opens
/// them.
pub(super) fn of_split(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let own = scene.own;
    let total = own.get(at)?;
    // "1.512 hộ với 7.340 nhân khẩu; Mông 812 hộ, …"
    let first = (at + 1..at + 3).find(|at| own.get(*at).is_some_and(|head| head.alike(total)))?;
    let head = own.get(first)?;
    let within = head.value() <= total.value() && head.alike(total) && head.same_sentence(total);
    let near = own.get(first..)?.iter().take(SPLIT_MAX).take_while(|part| part.same_sentence(total));
    let all: Exact = near.filter(|part| part.alike(total)).map(Said::value).sum();
    let more = all > total.value();
    let long = own.get(at + SPLIT_MAX).is_some_and(|far| far.same_sentence(total) && far.alike(total));
    if !within || !more || long || !is_amount(total) || total.is_bracketed() || states::has_family(total) {
        return None;
    }
    let parts = enumeration::parts(own, first, |part| part.alike(total));
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    let beyond = exceeds(total, &outer) && parts.is_flat() && !parts.open && states::are_opposites(&outer);
    (beyond && is_close(scene, total, &outer, &parts)).then(|| sum(total, &outer, true))
}

/// "356 tỷ đồng; ngân sách 214 tỷ đồng, chiếm 60,1%; …": parts whose shares are the whole.
pub(super) fn of_shares(scene: &Scene<'_, '_>, at: usize, out: &mut Vec<Stated>) {
    let own = scene.own;
    let (Some(total), Some(head)) = (own.get(at), own.get(at + 1)) else { return };
    let shared = own.get(at + 2).is_some_and(|share| share.claim.unit == "%");
    let fits = shared && head.same_sentence(total) && head.alike(total);
    if !fits || total.is_bracketed() || is_compared(total) {
        return;
    }
    let parts = enumeration::parts(own, at + 1, |part| part.alike(total));
    let outer: Vec<&Said<'_>> = parts.outer.iter().filter_map(|at| own.get(*at)).collect();
    let within = outer.len() >= 2 && parts.is_flat() && are_hundred(own, &outer);
    if within && is_amount(total) {
        out.push(sum(total, &outer, !parts.open && is_close(scene, total, &outer, &parts)));
    }
}
