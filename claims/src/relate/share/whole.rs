//! The whole that a part is a share of.

use super::super::enumeration::are_people;
use super::super::judge::Stated;
use super::super::{Said, Scene, has, has_mark, label};
use super::base::{Base, Fit};
use super::link::Link;
use super::{OF, PLAN, is_pair, is_part, part_of, share};
use crate::claim::{Hedge, Modality};
use crate::lexicon::ends_with;
use crate::relate::Tie;

/// Wholes that a part is tried with.
const WHOLES_MAX: usize = 16;
/// Words between a whole and some of its parts.
const AMONG: [&str; 5] = ["trong đó", "trong số đó", "trong số này", "gồm", "bao gồm"];
/// Words right before a whole.
const WHOLE: [&str; 7] =
    ["trong tổng số", "tổng số", "tổng", "trong số", "trong", "trên tổng số", "tổng cộng"];
/// What is done to a set as a whole, before its number.
const TAKEN: [&str; 22] = [
    "tiếp nhận",
    "khảo sát",
    "kiểm tra",
    "rà soát",
    "xét nghiệm",
    "thẩm định",
    "phát hiện",
    "thụ lý",
    "thanh tra",
    "giám sát",
    "đánh giá",
    "phỏng vấn",
    "tuyển",
    "đăng ký",
    "lấy",
    "được giao",
    "giao",
    "phải",
    "thu gom",
    "nhận",
    "phân công",
    "lập hồ sơ",
];
/// What is done to some of a set, before their number.
const DONE: [&str; 30] = [
    "giải quyết",
    "xử lý",
    "hoàn thành",
    "khởi tố",
    "phát hiện",
    "xử phạt",
    "thu hồi",
    "có",
    "trả",
    "thực hiện",
    "giải ngân",
    "bàn giao",
    "cho thấy",
    "công nhận",
    "khắc phục",
    "trả lời",
    "phê duyệt",
    "cấp",
    "chấp thuận",
    "số hóa",
    "thì có",
    "đạt",
    "triển khai",
    "kết luận",
    "đưa ra xét xử",
    "chi trả",
    "hòa giải",
    "điều tra",
    "xóa",
    "kết nối",
];

/// Words between two levels of two times.
const LATER: [&str; 9] = ["nay", "còn", "năm", "tháng", "tăng", "giảm", "cùng kỳ", "trước", "hiện"];

/// The readings of a percentage that stands beside its part, the likeliest first.
pub(super) fn beside(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Vec<Stated> {
    let own = scene.own;
    let (Some(percent), Some((part, link))) = (own.get(at), part_of(own, at)) else { return Vec::new() };
    let direct = link == Link::Direct;
    let one = at.checked_sub(2).and_then(|at| own.get(at)).filter(|one| one.same_sentence(part));
    if let Some(one) = one.filter(|one| is_pair(one, part)) {
        return vec![share(percent, one, part, true)];
    }
    // "73.418 hồ sơ trong tổng số 97.200 hồ sơ, tương đương 75,5%"
    if let Some(one) = one.filter(|one| one.alike(part) && one.is_level() && is_of(one, part)) {
        let rate = direct || has(part.until(percent), &["tỷ lệ"]);
        return vec![share(percent, one, part, rate)];
    }
    let base = Base::of(percent);
    if let Some(next) = behind(own, at, part, &base) {
        return vec![share(percent, part, next, direct)];
    }
    match base {
        Base::Plan => planned(scene, at, part, direct),
        Base::Earlier => Vec::new(),
        _ => wholes(scene, at, part, &base, direct, known),
    }
}

/// Whether `whole` is named as that of `part` right before it: "73.418 hồ sơ trong tổng số 97.200 hồ sơ".
fn is_of(part: &Said<'_>, whole: &Said<'_>) -> bool {
    let words = part.until(whole);
    let of = ends_with(words, words.len(), &OF) > 0;
    of && words.len() <= 14 && !has_mark(words, &[';', '.', ',', '(']) && whole.value() >= part.value()
}

/// "chiếm 62% tổng số 1.250 hộ", "đạt 42,3% kế hoạch năm 2025 (5.872 tỷ đồng)": the whole stands behind.
fn behind<'s, 'd>(own: &'s [Said<'d>], at: usize, part: &Said<'_>, base: &Base<'_>) -> Option<&'s Said<'d>> {
    let percent = own.get(at)?;
    let next = own.get(at + 1).filter(|whole| whole.alike(part) && whole.is_level())?;
    let words = percent.until(next);
    let open = words.iter().rposition(|token| token.is_mark('('));
    let inside = words.get(open.map_or(0, |open| open + 1)..).unwrap_or_default();
    let goal = matches!(base, Base::Plan | Base::Earlier);
    // "đạt 92,4% (năm 2024: 1.284 tin)" tells another year.
    let clean = goal || !has(inside, &["năm", "cùng kỳ", "tăng", "giảm", "tháng"]);
    let tied = open.is_some() && inside.len() <= 6
        || has(words, &["tổng", "tổng số", "của", "so với"])
        || has(words, &OF)
        || goal && words.len() <= 6;
    let larger = goal || next.value() >= part.value();
    let near = words.len() <= 14 && next.same_sentence(percent) && !has_mark(words, &[';', '.', ')', ',']);
    (near && tied && clean && larger && !has(words, &["tăng", "giảm", "trong đó"])).then_some(next)
}

/// Those before the percentage, the nearest first: of its paragraph, then of the one before.
fn earlier<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> impl Iterator<Item = &'s Said<'d>> {
    scene.own.get(..at.saturating_sub(1)).unwrap_or_default().iter().rev().chain(scene.before.iter().rev())
}

/// "Kế hoạch … 12.400 người; đến nay thực hiện 11.036 người, đạt 89% kế hoạch"
fn planned(scene: &Scene<'_, '_>, at: usize, part: &Said<'_>, direct: bool) -> Vec<Stated> {
    let Some(percent) = scene.own.get(at) else { return Vec::new() };
    let fits = |plan: &&Said<'_>| plan.alike(part) && plan.is_level() && plan.claim.value_to.is_none();
    let goal = |plan: &&Said<'_>| plan.follows(&PLAN, 12) || plan.claim.modality == Modality::Target;
    let goals: Vec<&Said<'_>> = earlier(scene, at).filter(fits).filter(goal).take(WHOLES_MAX).collect();
    // "dự toán Trung ương giao …, dự toán tỉnh giao …": of several the words behind the percentage may name one.
    let only = goals.len() == 1;
    let sure = |plan: &Said<'_>| direct && only && agree(part, plan);
    let mut readings: Vec<Stated> = goals.iter().map(|plan| share(percent, part, plan, sure(plan))).collect();
    // "đạt 71,5% kế hoạch; còn lại … trong tổng số 1.450 tỷ đồng"
    let near = |said: &&Said<'_>| said.claim.sentence.abs_diff(percent.claim.sentence) <= 1;
    let totals = scene.own.iter().filter(near).filter(fits).filter(|total| total.index != part.index);
    let told = totals.filter(|total| total.follows(&["tổng số", "tổng", "giao", "được giao", "vốn"], 6));
    readings.extend(told.take(WHOLES_MAX).map(|total| share(percent, part, total, false)));
    readings
}

/// Whether a part is of what the whole counts: what sets the whole off from its kind is not denied by the part.
fn agree(part: &Said<'_>, whole: &Said<'_>) -> bool {
    let (one, all) = (&part.claim.measures.qualifier, &whole.claim.measures.qualifier);
    let shares = |one: &str, all: &str| one.split(' ').any(|word| all.split(' ').any(|other| other == word));
    one.is_empty() || all.is_empty() || shares(one, all)
}

/// The wholes a part may be of.
fn wholes(
    scene: &Scene<'_, '_>,
    at: usize,
    part: &Said<'_>,
    base: &Base<'_>,
    direct: bool,
    known: &[Stated],
) -> Vec<Stated> {
    let Some(percent) = scene.own.get(at) else { return Vec::new() };
    let of_sum = total_of(scene, part, known);
    if let Some(total) = of_sum.filter(|total| base.fit(total) != Fit::Other) {
        return vec![share(percent, part, total, direct)];
    }
    let near = |whole: &&Said<'_>| whole.claim.sentence + 3 >= percent.claim.sentence;
    let own = scene.own.get(..at.saturating_sub(1)).unwrap_or_default().iter().rev().filter(near);
    let candidates = own.chain(scene.before.iter().rev()).filter(|whole| may_hold(whole, part));
    let mut readings = Vec::new();
    for whole in candidates.take(WHOLES_MAX) {
        let fit = base.fit(whole);
        let strong = is_strong(whole, part) || opens(whole, part);
        let exact = whole.claim.hedge == Hedge::None && part.claim.hedge == Hedge::None;
        match fit {
            Fit::Other if strong && exact => readings.push(share(percent, part, whole, false)),
            Fit::Other => {}
            Fit::Named | Fit::Open => {
                let named = fit == Fit::Named && is_same_time(whole, part) && agree(part, whole);
                let counted = base != &Base::Unsaid && is_counted(whole, part);
                let taken = is_taken(scene.own, at, whole) || is_all(scene.own, whole, part);
                let sure = strong || named || counted || taken;
                readings.push(share(
                    percent,
                    part,
                    whole,
                    sure && direct && (whole.alike(part) || are_people(whole, part)),
                ));
            }
        }
    }
    readings
}

/// "873 vụ vi phạm, khởi tố 141 vụ, chiếm 16,1% số vụ": one unit, one time, and not the same thing twice.
fn is_counted(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let words = part.tokens.get(whole.to..part.from).unwrap_or_default();
    let qualifier = &whole.claim.measures.qualifier;
    let twice = !qualifier.is_empty() && *qualifier == part.claim.measures.qualifier;
    whole.same_sentence(part)
        && whole.claim.unit == part.claim.unit
        && is_same_time(whole, part)
        && !twice
        && !has(words, &LATER)
}

/// The total of a sum that has `part` among its parts.
fn total_of<'s, 'd>(scene: &Scene<'s, 'd>, part: &Said<'_>, known: &[Stated]) -> Option<&'s Said<'d>> {
    let sum = known
        .iter()
        .find(|sum| sum.kind == Tie::Sum && sum.claims.iter().skip(1).any(|at| *at == part.index))?;
    scene.said(*sum.claims.first()?)
}

/// Whether `whole` may be the whole of `part`: of its kind and no less; people may be told by other names.
fn may_hold(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let among = has(whole.until(part), &["trong đó"]);
    let people = whole.claim.kind == part.claim.kind
        && whole.same_sentence(part)
        && (among || are_people(whole, part) && whole.follows(&WHOLE, 3));
    let kind = whole.alike(part) || people;
    kind && whole.is_level()
        && whole.index != part.index
        && whole.value() >= part.value()
        && whole.claim.value_to.is_none()
}

/// Whether the words between them, or before the whole, say that the part is one of it.
fn is_strong(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let words = part.tokens.get(whole.to..part.from).unwrap_or_default();
    let named = whole.follows(&WHOLE, 3) && words.len() <= 30 || whole.follows(&["trong"], 1);
    whole.same_sentence(part) && !whole.is_bracketed() && (has(words, &AMONG) || named)
}

/// "… 1.286.400 lượt khách. Trong đó, khách quốc tế là 392.700 lượt khách": the sentence before tells the whole.
fn opens(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let words = part.tokens.get(whole.to..part.from).unwrap_or_default();
    let dot = words.iter().rposition(|token| token.is_mark('.'));
    let led = dot.map(|dot| words.get(dot + 1..(dot + 5).min(words.len())).unwrap_or_default());
    whole.claim.sentence + 1 == part.claim.sentence
        && led.is_some_and(|led| has(led, &["trong đó", "trong số đó", "trong số này"]))
        && !whole.is_bracketed()
        && is_part(whole)
}

/// "Toàn tỉnh có 186.240 hộ; số hộ nghèo là 22.349 hộ, chiếm 12%": all there are, and nothing else that may be meant.
fn is_all(own: &[Said<'_>], whole: &Said<'_>, part: &Said<'_>) -> bool {
    let words = part.tokens.get(whole.to..part.from).unwrap_or_default();
    let others = own.iter().filter(|other| other.index != part.index && other.from < part.from);
    let only = others.filter(|other| other.same_sentence(part) && may_hold(other, part)).count() == 1;
    whole.follows(&["toàn", "cả", "tổng số"], 10)
        && whole.same_sentence(part)
        && whole.claim.measures.qualifier.is_empty()
        && is_same_time(whole, part)
        && only
        && !has(words, &LATER)
}

/// "khảo sát 248 doanh nghiệp cho thấy 62 doanh nghiệp (25%)": what was taken, and how many of it.
fn is_taken(own: &[Said<'_>], at: usize, whole: &Said<'_>) -> bool {
    let (Some(part), Some(before)) =
        (at.checked_sub(1).and_then(|at| own.get(at)), at.checked_sub(2).and_then(|at| own.get(at)))
    else {
        return false;
    };
    if before.index != whole.index || !whole.same_sentence(part) || !is_same_time(whole, part) {
        return false;
    }
    let words = whole.until(part);
    let cut = words.iter().rposition(|token| token.is_mark(','));
    let clause = words.get(cut.map_or(0, |cut| cut + 1)..).unwrap_or_default();
    whole.follows(&TAKEN, 5)
        && has(clause, &DONE)
        && !has(clause, &LATER)
        && !has_mark(words, &[';', '(', '.'])
        && agree(part, whole)
}

fn is_same_time(one: &Said<'_>, other: &Said<'_>) -> bool {
    let (Some(one), Some(other)) = (one.claim.time, other.claim.time) else { return true };
    one == other
}

/// "vi phạm nồng độ cồn chiếm 33,4%": the part is named, its number stands before.
pub(super) fn named(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Vec<Stated> {
    let Some(percent) = scene.own.get(at) else { return Vec::new() };
    let open = percent.from.saturating_sub(4);
    let verb = (open..percent.from).rev().find(|at| {
        percent.tokens.get(*at).is_some_and(|token| matches!(token.norm.as_str(), "chiếm" | "đạt" | "bằng"))
    });
    let Some(verb) = verb else { return Vec::new() };
    let shares = percent.tokens.get(verb).is_some_and(|token| token.norm == "chiếm");
    let subject = label::content(label::clause_before(percent.tokens, verb));
    if subject.is_empty() {
        return Vec::new();
    }
    let fits = |part: &&Said<'_>| is_part(part) && part.is_level() && label::tells(part, &subject);
    let parts: Vec<&Said<'_>> = earlier(scene, at + 1).filter(fits).take(4).collect();
    let base = Base::of(percent);
    let only = parts.len() == 1;
    let mut readings = Vec::new();
    for part in parts {
        if base == Base::Plan {
            continue;
        }
        let total = total_of(scene, part, known);
        let total = total.filter(|total| base.fit(total) != Fit::Other);
        readings.extend(total.map(|total| share(percent, part, total, shares && only)));
        let all = scene.own.iter().rev().chain(scene.before.iter().rev());
        let wholes = all.filter(|whole| may_hold(whole, part) && base.fit(whole) == Fit::Named);
        let wholes: Vec<&Said<'_>> = wholes.filter(|whole| !label::tells(whole, &subject)).take(4).collect();
        let sure = shares && only && wholes.len() == 1;
        readings.extend(
            wholes.iter().map(|whole| share(percent, part, whole, sure && is_same_time(whole, part))),
        );
    }
    readings
}
