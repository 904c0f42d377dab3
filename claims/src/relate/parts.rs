//! Parts that add up, and shares that are the whole together.

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, adds, has, has_mark, tie};
use crate::amount::Exact;
use crate::claim::Kind;
use crate::find::Fraction;

/// Words before parts that are all there are.
const ALL: [&str; 9] = [
    "gồm",
    "bao gồm",
    "gồm có",
    "chia ra",
    "cụ thể",
    "cụ thể là",
    "trong đó gồm",
    "lần lượt là",
    "chia theo",
];
/// Words before some parts.
const SOME: [&str; 8] =
    ["trong đó", "như", "điển hình", "điển hình là", "tiêu biểu", "nhất là", "riêng", "đáng chú ý"];
/// Words before a total that follows its parts.
const TOTAL: [&str; 8] =
    ["tổng cộng", "cộng", "tổng cộng là", "tổng số là", "nâng tổng số", "đưa tổng số", "tổng", "tổng là"];

/// States of one set of tasks: all there are.
const STATES: [&str; 7] =
    ["hoàn thành", "trong hạn", "quá hạn", "đang thực hiện", "chưa thực hiện", "đúng hạn", "trễ hạn"];
/// Before what is left of a whole.
const LEFT: [&str; 6] = ["còn", "còn lại", "còn lại là", "chỉ còn", "hiện còn", "số còn lại là"];

/// Sums of a paragraph, and what is left of a whole.
pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    for at in 0..own.len() {
        opened(scene, at, out);
        left(scene, at, out);
    }
    for (at, total) in own.iter().enumerate() {
        let known = |out: &[Stated]| {
            out.iter().any(|stated| stated.kind == Tie::Sum && stated.claims.first() == Some(&total.index))
        };
        if total.claim.value_to.is_some() || known(out) {
            continue;
        }
        if total.claim.unit == "%" {
            contributions(own, at, out);
        } else if adds(total.claim.kind) {
            states(own, at, out);
            if !known(out) {
                backward(own, at, out);
            }
            if !known(out) {
                equal(own, at, out);
            }
        }
    }
}

/// Parts that a word opens: "…, gồm 1.250 hộ …", "Trong đó, trạm 4G là 3.218 trạm, …".
fn opened(scene: &Scene<'_, '_>, at: usize, out: &mut Vec<Stated>) {
    let own = scene.own;
    let Some(head) = own.get(at).filter(|head| adds(head.claim.kind) && head.is_level()) else { return };
    let from =
        at.checked_sub(1).and_then(|at| own.get(at)).map_or(head.from.saturating_sub(20), |before| before.to);
    let words = head.tokens.get(from..head.from).unwrap_or_default();
    let some = has(words, &SOME);
    let all = !some && (has(words, &ALL) || has_mark(words, &[':']));
    if !some && !all {
        return;
    }
    if out.iter().any(|sum| sum.claims.get(1..).is_some_and(|parts| parts.contains(&head.index))) {
        return;
    }
    let parts = run(own, at);
    let Some(total) = total_of(scene, at, &parts) else { return };
    let indices: Vec<usize> = parts.iter().filter_map(|at| own.get(*at)).map(|part| part.index).collect();
    let larger = head.value() > total.value() && head.claim.unit == total.claim.unit;
    let mut claims = vec![total.index];
    claims.extend(&indices);
    let open = head.tokens.get(head.to..).unwrap_or_default().iter().take(60).any(|token| token.is_mark('…'));
    if indices.len() >= 2 {
        out.push(tie(Tie::Sum, Formula::Sum, claims, all && !open));
    } else if larger && some {
        out.push(tie(Tie::Sum, Formula::Sum, claims, true));
    }
}

/// The parts from `at` on: of one kind, up to the end of the sentence or list, or a word that opens others.
fn run(own: &[Said<'_>], at: usize) -> Vec<usize> {
    let Some(head) = own.get(at) else { return Vec::new() };
    let mut parts = Vec::new();
    let mut last = head;
    for (index, part) in own.iter().enumerate().skip(at) {
        let words = if index == at { &[][..] } else { last.until(part) };
        if index > at && (has(words, &SOME) || has(words, &ALL) || part.follows(&TOTAL, 3)) {
            break;
        }
        let listed = words.iter().filter(|token| token.is_mark('-') || token.is_mark('+')).count() > 0;
        if part.alike(head) && part.is_level() && !part.is_bracketed() {
            if !part.same_sentence(head) && !listed {
                break;
            }
            // "42/50 xã": the whole of a fraction is no part of its own.
            if part.fraction != Some(Fraction::Whole) {
                parts.push(index);
            }
            last = part;
        }
    }
    parts
}

/// What the parts from `at` on are parts of: before them in the sentence; or what the sentence before speaks of.
fn total_of<'s, 'd>(scene: &Scene<'s, 'd>, at: usize, parts: &[usize]) -> Option<&'s Said<'d>> {
    let (own, head) = (scene.own, scene.own.get(at)?);
    let sum: Exact = parts.iter().filter_map(|at| own.get(*at)).map(Said::value).sum();
    let fits = |total: &&Said<'_>| total.alike(head) && total.is_level() && total.claim.value_to.is_none();
    let here = own
        .get(..at)?
        .iter()
        .rev()
        .filter(fits)
        .filter(|total| total.same_sentence(head) && !total.is_bracketed());
    let sentences: Vec<usize> = own
        .get(..at)?
        .iter()
        .map(|said| said.claim.sentence)
        .filter(|of| *of != head.claim.sentence)
        .collect();
    let last = sentences.last().copied();
    let earlier = own
        .get(..at)?
        .iter()
        .filter(fits)
        .filter(|total| Some(total.claim.sentence) == last && !total.is_bracketed());
    let before = scene.before.iter().filter(fits).filter(|total| !total.is_bracketed());
    let candidates: Vec<&Said<'_>> = here.chain(earlier).collect();
    let equal = candidates.iter().copied().chain(before).find(|total| total.value() == sum);
    equal.or_else(|| candidates.first().copied())
}

fn sum(own: &[Said<'_>], at: usize, parts: &[usize], whole: bool) -> Option<Stated> {
    let index = |at: usize| own.get(at).map(|said| said.index);
    let claims = std::iter::once(at).chain(parts.iter().copied()).map(index).collect::<Option<_>>()?;
    Some(tie(Tie::Sum, Formula::Sum, claims, whole))
}

fn is_followed(said: &Said<'_>, phrases: &[&'static str]) -> bool {
    let behind = said.tokens.get(said.to..(said.to + 4).min(said.tokens.len())).unwrap_or_default();
    has(behind, phrases)
}

/// "128 nhiệm vụ, đã hoàn thành 87 nhiệm vụ, trong hạn 36 nhiệm vụ, quá hạn 5 nhiệm vụ"
fn states(own: &[Said<'_>], at: usize, out: &mut Vec<Stated>) {
    let Some(total) = own.get(at) else { return };
    let stated = |part: &Said<'_>| part.follows(&STATES, 6) || is_followed(part, &STATES);
    let parts: Vec<usize> = (at + 1..own.len())
        .take_while(|at| own.get(*at).is_some_and(|part| part.same_sentence(total)))
        .filter(|at| own.get(*at).is_some_and(|part| part.alike(total) && part.is_level() && stated(part)))
        .collect();
    let own_state = is_followed(total, &STATES) || total.follows(&STATES, 4);
    if !own_state && parts.len() >= 3 {
        out.extend(sum(own, at, &parts, true));
    }
}

fn backward(own: &[Said<'_>], at: usize, out: &mut Vec<Stated>) {
    let Some(total) = own.get(at) else { return };
    if !total.follows(&TOTAL, 6) || at < 2 {
        return;
    }
    let sure = total.follows(&["tổng cộng", "cộng", "cộng lại"], 4);
    let first = own.iter().position(|part| part.same_sentence(total)).unwrap_or(0);
    let alike = |at: &usize| own.get(*at).is_some_and(|part| part.alike(total) && part.is_level());
    let alike: Vec<usize> = (first..at).filter(alike).collect();
    for skip in 0..alike.len().saturating_sub(1) {
        let parts = alike.get(skip..).unwrap_or_default();
        if adds_up(own, at, parts) {
            out.extend(sum(own, at, parts, true));
            return;
        }
    }
    if alike.len() >= 2 {
        out.extend(sum(own, at, &alike, sure));
        return;
    }
    // "36 viên chức và 14 người lao động, tổng cộng 50 người": things of several names, as many as fit.
    let counts =
        |from: usize| (from..at).all(|at| own.get(at).is_some_and(|part| part.claim.kind == Kind::Count));
    for from in (first..at.saturating_sub(1)).rev().filter(|_| sure) {
        let parts: Vec<usize> = (from..at).collect();
        if counts(from) && adds_up(own, at, &parts) {
            out.extend(sum(own, at, &parts, true));
            return;
        }
    }
}

fn adds_up(own: &[Said<'_>], at: usize, parts: &[usize]) -> bool {
    let value = |at: usize| own.get(at).map(Said::value);
    let all: Option<Exact> = parts.iter().map(|at| value(*at)).sum();
    all.is_some() && all == value(at)
}

/// "38 doanh nghiệp; 24 trong nước và 14 nước ngoài": nothing says that they are the parts but that they fit.
fn equal(own: &[Said<'_>], at: usize, out: &mut Vec<Stated>) {
    let Some(total) = own.get(at) else { return };
    let near = |part: &Said<'_>| part.claim.sentence <= total.claim.sentence + 2;
    let parts: Vec<usize> = (at + 1..own.len())
        .filter(|at| {
            own.get(*at).is_some_and(|part| {
                part.alike(total) && part.is_level() && near(part) && part.fraction.is_none()
            })
        })
        .collect();
    for from in 0..parts.len().min(3) {
        let mut all = Exact::from_integer(0);
        for (count, part) in (1..=8).zip(parts.iter().skip(from)) {
            all += own.get(*part).map_or(Exact::from_integer(0), Said::value);
            if all > total.value() {
                break;
            }
            if count >= 2 && all == total.value() {
                out.extend(sum(own, at, parts.get(from..from + count).unwrap_or_default(), true));
                return;
            }
        }
    }
}

/// "8,4%, trong đó nông nghiệp đóng góp 0,7 điểm %, …"
fn contributions(own: &[Said<'_>], at: usize, out: &mut Vec<Stated>) {
    let points = own.iter().enumerate().skip(at + 1).take_while(|(_, said)| said.claim.kind == Kind::Points);
    let parts: Vec<usize> = points.map(|(at, _)| at).collect();
    if parts.len() >= 2 {
        out.extend(sum(own, at, &parts, false));
    }
}

/// "1.136 học sinh, 1.089 học sinh đăng ký thi, còn 47 học sinh": what is left of a whole.
fn left(scene: &Scene<'_, '_>, at: usize, out: &mut Vec<Stated>) {
    let own = scene.own;
    let Some(rest) = own.get(at).filter(|rest| adds(rest.claim.kind)) else { return };
    let said = rest.follows(&LEFT, 2)
        || rest.follows(&["chưa giải ngân là", "chưa thực hiện là", "còn lại là", "còn lại"], 3);
    if !said {
        return;
    }
    let near = |said: &&Said<'_>| said.claim.sentence + 1 >= rest.claim.sentence;
    let alike: Vec<&Said<'_>> = own
        .get(..at)
        .unwrap_or_default()
        .iter()
        .filter(near)
        .filter(|said| said.alike(rest) && said.is_level())
        .collect();
    let mut readings = Vec::new();
    for (later, part) in alike.iter().enumerate().rev() {
        for whole in alike
            .get(..later)
            .unwrap_or_default()
            .iter()
            .rev()
            .chain(alike.get(later + 1..).unwrap_or_default())
        {
            if whole.value() > part.value() {
                readings.push(tie(
                    Tie::Difference,
                    Formula::Difference,
                    vec![rest.index, whole.index, part.index],
                    true,
                ));
            }
        }
    }
    let sure = alike.len() == 2;
    out.extend(scene.choose(readings).map(|stated| Stated { whole: sure, ..stated }));
}
