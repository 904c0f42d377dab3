//! Totals behind their parts: "1.250 hộ, 308 hộ và 42 hộ, tổng cộng 1.600 hộ".

use super::super::enumeration::{Parts, TOTAL, are_people, is_amount, is_compared, is_total};
use super::super::judge::Stated;
use super::super::sum::{BEGINNINGS_MAX, Take, exceeds, holding, is_close, is_slip, sum};
use super::super::{Said, Scene, label, states};
use super::{PARTS_MAX, is_told};
use crate::amount::Exact;
use crate::claim::Kind;
use crate::lexicon::starts_with;

/// Words before a total that say that the parts before it are all.
const ADDED: [&str; 3] = ["tổng cộng", "cộng", "cộng lại"];
/// Tokens before a part that may name it as its total is named.
const NAME: usize = 8;
/// What is missing of things of several names is at most one in so many.
const NEARLY: i128 = 10;

/// "nâng tổng vốn đăng ký lên 12.181 triệu USD"
fn is_raised(total: &Said<'_>) -> bool {
    total.follows(&["lên", "lên đến", "lên tới", "lên thành"], 1)
        && total.follows(&["nâng tổng", "đưa tổng", "nâng tổng số", "đưa tổng số"], 14)
}

/// What there was with what has come to it, where they give the total that it is raised to.
fn raised(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let total = scene.own.get(at)?;
    let earlier = scene.own.get(at.saturating_sub(PARTS_MAX)..at)?.iter().filter(|part| {
        let near = part.claim.sentence + 1 >= total.claim.sentence;
        part.alike(total) && part.claim.value_to.is_none() && near && !part.is_bracketed()
    });
    let parts: Vec<&Said<'_>> = earlier.collect();
    let pair = parts.len().checked_sub(2).and_then(|from| Take::of(parts.get(from..)?));
    let here = pair.and_then(|pair| holding(scene, total, &[pair]));
    // "quý IV dự kiến đón thêm 560.000 lượt, đưa tổng lượng khách lên 4,2 triệu lượt": what there was may stand further
    // before.
    let added = parts.last().filter(|added| added.follows(&["thêm"], 2) && added.same_sentence(total));
    let was = scene.before.iter().rev().chain(scene.earlier.iter().rev());
    let was =
        was.filter(|was| was.alike(total) && was.is_level() && was.claim.value_to.is_none()).take(PARTS_MAX);
    let takes: Vec<Take<'_, '_>> =
        added.into_iter().flat_map(|added| was.clone().filter_map(|was| Take::of(&[was, added]))).collect();
    let swapped = || {
        let pair = parts.get(parts.len().checked_sub(2)?..)?;
        scene.only_swapped(&[sum(total, pair, false)])
    };
    here.or_else(|| holding(scene, total, &takes).filter(|reading| scene.holds(reading))).or_else(swapped)
}

/// "1.250 hộ, 308 hộ và 42 hộ, tổng cộng 1.600 hộ": the total stands behind its parts.
pub(super) fn find(scene: &Scene<'_, '_>, at: usize, out: &mut Vec<Stated>) {
    let own = scene.own;
    // "chiếm 20,1% tổng số (6.526 người)": in brackets it is what something else is of.
    let Some(total) = own.get(at).filter(|total| at >= 1 && !total.is_bracketed()) else { return };
    if is_raised(total) {
        out.extend(raised(scene, at));
        return;
    }
    if at < 2 {
        return;
    }
    if let Some(column) = column(scene, at) {
        out.push(column);
        return;
    }
    let named = starts_with(label::clause_before(total.tokens, total.from), 0, &TOTAL) > 0;
    if !named && !is_total(total, &TOTAL, 6) {
        return;
    }
    let near = |part: &&Said<'_>| part.claim.sentence + 1 >= total.claim.sentence;
    let fits = |part: &&Said<'_>| is_amount(part) && !part.is_bracketed() && !is_compared(part);
    let earlier = own.get(at.saturating_sub(PARTS_MAX)..at).unwrap_or_default().iter();
    let earlier: Vec<&Said<'_>> = earlier.filter(near).filter(fits).collect();
    let alike: Vec<&Said<'_>> = earlier.iter().copied().filter(|part| part.alike(total)).collect();
    // "36 viên chức và 14 người lao động, tổng cộng 50 người": things of several names, as many as fit.
    let counts =
        earlier.into_iter().filter(|part| [part, total].iter().all(|said| said.claim.kind == Kind::Count));
    let counts: Vec<&Said<'_>> = counts.filter(|_| is_added(total)).collect();
    for parts in [&alike, &counts] {
        let first = parts.len().saturating_sub(BEGINNINGS_MAX);
        let tails = (first..parts.len().saturating_sub(1)).filter_map(|from| Take::of(parts.get(from..)?));
        if let Some(tail) = holding(scene, total, &tails.collect::<Vec<_>>()) {
            // "còn lại 413 tỷ đồng trên tổng số 1.450 tỷ đồng": told as what is left.
            out.extend((!is_told(&tail, out)).then_some(tail));
            return;
        }
    }
    out.extend(wrong(scene, total, &alike).or_else(|| of_names(scene, total, &counts)));
    if named && !is_added(total) && out.iter().all(|sum| sum.claims.first() != Some(&total.index)) {
        out.extend(of_kin(scene, total, &alike));
    }
}

/// Parts of its own sentence that are all there are, and do not give it.
fn wrong(scene: &Scene<'_, '_>, total: &Said<'_>, alike: &[&Said<'_>]) -> Option<Stated> {
    let here: Vec<&Said<'_>> = alike.iter().copied().filter(|part| part.same_sentence(total)).collect();
    let split = states::are_opposites(&here) && exceeds(total, &here);
    let stated = here.len() >= 3 && states::are_states(&here) || split;
    let all = is_added(total) && here.len() >= 2 || stated;
    all.then(|| sum(total, &here, is_close(scene, total, &here, &Parts::default())))
}

/// Parts of several names: people, or things of which nearly all are there.
fn of_names(scene: &Scene<'_, '_>, total: &Said<'_>, counts: &[&Said<'_>]) -> Option<Stated> {
    let counts: Vec<&Said<'_>> = counts.iter().copied().filter(|part| part.same_sentence(total)).collect();
    let people: Vec<&Said<'_>> = counts.iter().copied().filter(|part| are_people(total, part)).collect();
    if people.len() >= 2 {
        return Some(sum(total, &people, is_slip(scene, total, &people)));
    }
    // "312 hợp tác xã, 58 doanh nghiệp, 91 hộ; cộng 451 chủ thể"
    let less = counts.len() >= 2 && counts.iter().all(|part| part.value() < total.value());
    let all: Exact = counts.iter().map(|part| part.value()).sum();
    let apart = (total.value() - all) * NEARLY;
    let near = apart <= total.value() && -apart <= total.value();
    (less && (near || is_slip(scene, total, &counts))).then(|| sum(total, &counts, true))
}

/// "12.418 hộ nghèo và 18.204 hộ cận nghèo, tổng số hộ nghèo và cận nghèo là 36.022 hộ": a total that is told by a name
/// which its parts have too, in its sentence or the one before; wrong where one slip explains it.
fn of_kin(scene: &Scene<'_, '_>, total: &Said<'_>, alike: &[&Said<'_>]) -> Option<Stated> {
    let name = label::content(label::clause_before(total.tokens, total.from));
    let kin = |part: &&&Said<'_>| {
        let before = part.tokens.get(part.from.saturating_sub(NAME)..part.from).unwrap_or_default();
        let told = label::words(part);
        name.iter().any(|word| told.contains(word) || before.iter().any(|token| token.norm == *word))
    };
    let last = alike.last()?.claim.sentence;
    let parts: Vec<&Said<'_>> = alike.iter().filter(|part| part.claim.sentence == last).copied().collect();
    let all = parts.len() >= 2 && parts.iter().all(|part| kin(&part) && part.value() < total.value());
    (all && is_slip(scene, total, &parts)).then(|| sum(total, &parts, true))
}

/// Whether the words say that it is what the parts before it add up to: "tổng cộng ba cơ quan thực hiện 86 nhiệm vụ".
fn is_added(total: &Said<'_>) -> bool {
    is_total(total, &ADDED, 4) || starts_with(label::clause_before(total.tokens, total.from), 0, &ADDED) > 0
}

/// The line below a list that adds it up: "Tổng cộng: 20.525 triệu đồng", column by column.
fn column(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let own = scene.own;
    let total = own.get(at).filter(|total| total.item.is_none())?;
    let opens = own.iter().find(|said| said.line == total.line)?;
    if !is_total(opens, &TOTAL, 6) {
        return None;
    }
    let last = own.get(..at)?.iter().rev().find(|said| said.line < total.line)?;
    let mark = last.item.filter(|_| last.line + 1 == total.line)?;
    let alike = |line: usize| {
        own.iter().filter(move |said| said.line == line && said.alike(total) && is_amount(said))
    };
    let column = alike(total.line).position(|said| said.index == total.index)?;
    let first = own.iter().find(|said| said.line < total.line && said.item == Some(mark))?;
    let lines = (first.line..total.line)
        .filter(|line| own.iter().any(|said| said.line == *line && said.item == Some(mark)));
    // "Cộng năm nhóm: giải ngân 5.623,7 tỷ đồng": a column told by its name.
    let name = label::content(label::clause_before(total.tokens, total.from));
    let named = |line: usize| {
        let told = |cell: &&Said<'_>| {
            let words = label::clause_before(cell.tokens, cell.from);
            !name.is_empty() && name.iter().all(|word| words.iter().any(|token| token.norm == *word))
        };
        alike(line).find(told)
    };
    let cells: Option<Vec<&Said<'_>>> =
        lines.map(|line| named(line).or_else(|| alike(line).nth(column))).collect();
    let cells = cells.filter(|cells| cells.len() >= 2)?;
    Some(sum(total, &cells, is_close(scene, total, &cells, &Parts::default())))
}
