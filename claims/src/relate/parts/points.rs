//! Points of growth: "8,4%, trong đó nông nghiệp đóng góp 0,7 điểm %, …".

use super::super::judge::Stated;
use super::super::sum::sum;
use super::super::{Said, has, label};
use super::LEAD;
use crate::claim::Kind;
use crate::find::Fraction;

/// "8,4%, trong đó nông nghiệp đóng góp 0,7 điểm %, …"
pub(super) fn find(own: &[Said<'_>], at: usize, out: &mut Vec<Stated>) {
    let Some(last) = own.get(at) else { return };
    // "8,04%, đứng thứ 11 cả nước; trong đó nông nghiệp đóng góp …"
    let behind = own
        .iter()
        .skip(at + 1)
        .skip_while(|said| said.claim.kind == Kind::Rank || said.fraction == Some(Fraction::Whole));
    let points = behind.take_while(|said| said.claim.kind == Kind::Points);
    let parts: Vec<&Said<'_>> = points.collect();
    let words = parts.first().map(|first| last.until(first)).unwrap_or_default();
    // "tăng 9,7%; riêng chế biến tăng 11,2%, đóng góp 7,4 điểm % vào mức tăng chung"
    let behind = parts.first().map(|first| label::words_behind(first.tokens, first.to)).unwrap_or_default();
    let of_all =
        has(behind, &["mức tăng chung", "tăng trưởng chung", "tăng chung", "mức tăng của toàn ngành"]);
    let first = own.iter().find(|said| said.claim.unit == "%" && said.same_sentence(last));
    // "… đóng góp 5,7 điểm phần trăm, … 2,1 điểm phần trăm vào mức tăng 11,4%"
    let next =
        own.get(at + 1 + parts.len()).filter(|next| next.claim.unit == "%" && next.same_sentence(last));
    let next =
        next.filter(|next| next.follows(&["vào mức tăng", "vào tốc độ tăng", "vào mức tăng chung"], 2));
    let total = next.or(first.filter(|_| of_all)).unwrap_or(last);
    let given = parts.first().is_some_and(|first| first.follows(&["đóng góp", "góp"], 6))
        || has(words, &["đóng góp"]);
    if parts.len() >= 2 && given {
        out.push(sum(total, &parts, false));
    } else {
        out.extend(of_growth(own, at));
    }
}

/// "… ước tăng 10,12%, …. Trong mức tăng chung, nông nghiệp đóng góp 0,62 điểm %, …": points of the growth that the sentence
/// before begins with.
fn of_growth(own: &[Said<'_>], at: usize) -> Option<Stated> {
    let total = own.get(at).filter(|total| total.direction().is_some())?;
    let first = own.iter().find(|said| said.claim.unit == "%" && said.same_sentence(total))?;
    let behind = own.iter().filter(|said| said.claim.sentence == total.claim.sentence + 1);
    let parts: Vec<&Said<'_>> = behind.take_while(|said| said.claim.kind == Kind::Points).collect();
    let lead = parts.first().map(|head| head.tokens.get(head.from.saturating_sub(LEAD)..head.from))??;
    let growth =
        ["trong mức tăng chung", "trong mức tăng trưởng chung", "trong mức tăng", "trong tăng trưởng chung"];
    let told = has(lead, &growth) && has(lead, &["đóng góp"]);
    (parts.len() >= 2 && told && first.index == total.index).then(|| sum(total, &parts, false))
}
