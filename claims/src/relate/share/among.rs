//! Wholes that stand before their part.

use super::super::enumeration::{are_people, is_of_people};
use super::super::judge::Stated;
use super::super::{Said, Scene, has, has_mark, label};
use super::base::{Base, Fit};
use super::{is_part, share};
use crate::amount::Exact;
use crate::claim::Hedge;
use crate::relate::Tie;

/// Wholes that a part is tried with.
pub(super) const WHOLES_MAX: usize = 16;
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

/// What has things: "xã có 2.240 hộ".
const HOLDERS: [&str; 9] =
    ["tỉnh", "xã", "phường", "huyện", "thôn", "trường", "ngành", "thành phố", "đảng bộ"];
/// Words between two levels of two times.
const LATER: [&str; 9] = ["nay", "còn", "năm", "tháng", "tăng", "giảm", "cùng kỳ", "trước", "hiện"];

/// The wholes a part may be of, the nearest first.
pub(super) fn wholes(
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
        // "chi đầu tư 1.596,7 tỷ đồng, đạt 119,07%" is of its own plan.
        let plan = *base == Base::Unsaid && percent.follows(&["đạt"], 2) && !is_strong(total, part);
        let told = share(percent, part, total, direct && !plan && !are_of_more(scene, total, known));
        if !plan || scene.holds(&told) {
            return vec![told];
        }
        // Only the arithmetic may say which plan it is of.
        let plans =
            scene.before.iter().rev().filter(|plan| may_hold(plan, part) && plan.index != total.index);
        return plans.take(WHOLES_MAX).map(|plan| share(percent, part, plan, false)).collect();
    }
    let near = |whole: &&Said<'_>| whole.claim.sentence + 3 >= percent.claim.sentence;
    let own = scene.own.get(..at.saturating_sub(1)).unwrap_or_default().iter().rev().filter(near);
    // "đạt 90% số hộ đăng ký và chiếm 65% tổng số hộ": what one share is of, another of the same part is not.
    let used = |whole: &Said<'_>| {
        known.iter().any(|share| {
            share.kind == Tie::Share && share.claims.get(1..) == Some(&[part.index, whole.index])
        })
    };
    let candidates =
        own.chain(scene.before.iter().rev()).filter(|whole| may_hold(whole, part) && !used(whole));
    let candidates: Vec<(&Said<'_>, Fit)> =
        candidates.take(WHOLES_MAX).map(|whole| (whole, base.fit(whole))).collect();
    let count = |fit: Fit| candidates.iter().filter(|(_, of)| *of == fit).count();
    // "14 điểm đen; đã xử lý 9 điểm, đạt 64,3%": nothing else is there that it may be of.
    let only = candidates.len() == 1
        && *base == Base::Unsaid
        && percent.follows(&["đạt", "chiếm", "bằng", "đạt tỷ lệ", "tỷ lệ"], 1)
        && is_done(part);
    // What the words behind the percentage name is the whole where nothing else has the name.
    let is_named = |fit: Fit| match fit {
        Fit::Named => count(Fit::Named) == 1,
        Fit::Likely => count(Fit::Named) == 0 && count(Fit::Likely) == 1,
        Fit::Open | Fit::Other => false,
    };
    let reading = |(whole, fit): &(&Said<'_>, Fit)| {
        let strong = is_strong(whole, part) || opens(whole, part);
        if *fit == Fit::Other {
            let exact = whole.claim.hedge == Hedge::None && part.claim.hedge == Hedge::None;
            return (strong && exact).then(|| share(percent, part, whole, false));
        }
        let named = is_named(*fit) && is_same_time(whole, part) && agree(part, whole);
        let counted = *base != Base::Unsaid && is_counted(whole, part);
        let taken = is_taken(scene.own, at, whole) || is_all(scene.own, whole, part);
        let only = only && is_near(whole, part) && is_same_time(whole, part) && agree(part, whole);
        let taken = taken || only;
        let told = whole.follows(&WHOLE, 3) || has(whole.until(part), &AMONG);
        let of_kind = whole.alike(part) || are_people(whole, part) && told;
        Some(share(percent, part, whole, (strong || named || counted || taken) && direct && of_kind))
    };
    candidates.iter().filter_map(reading).collect()
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
pub(super) fn total_of<'s, 'd>(
    scene: &Scene<'s, 'd>,
    part: &Said<'_>,
    known: &[Stated],
) -> Option<&'s Said<'d>> {
    let sum = known
        .iter()
        .find(|sum| sum.kind == Tie::Sum && sum.claims.iter().skip(1).any(|at| *at == part.index))?;
    // "mất trắng 148,2 ha …; cộng thêm 87 ha": a total that is less than its part is none.
    scene.said(*sum.claims.first()?).filter(|total| total.value() >= part.value())
}

/// "12.418 hộ nghèo (3,1%) và 18.204 hộ cận nghèo (4,6%), tổng số 30.622 hộ": percentages beside the parts of a sum that
/// are far from a hundred together are of something larger.
fn are_of_more(scene: &Scene<'_, '_>, total: &Said<'_>, known: &[Stated]) -> bool {
    let sum = known.iter().find(|sum| sum.kind == Tie::Sum && sum.claims.first() == Some(&total.index));
    let beside = |part: &usize| {
        let share = scene.said(part + 1).filter(|share| share.claim.unit == "%" && share.is_level())?;
        (scene.said(*part)?.until(share).len() <= 4).then(|| share.value())
    };
    let shares: Vec<Exact> =
        sum.into_iter().flat_map(|sum| sum.claims.iter().skip(1)).filter_map(beside).collect();
    let all: Exact = shares.iter().sum();
    shares.len() >= 2 && all * 2 < Exact::from_integer(100)
}

/// Whether `whole` may be the whole of `part`: of its kind and no less; people may be told by other names.
pub(super) fn may_hold(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let level = whole.is_level() && whole.index != part.index && whole.claim.value_to.is_none();
    let heads = |said: &Said<'_>| matches!(said.claim.unit.as_str(), "người" | "nhân khẩu" | "khẩu" | "dân");
    let of_kind = || whole.alike(part) || heads(whole) && heads(part);
    let people = || {
        let near = whole.same_sentence(part) && whole.claim.kind == part.claim.kind;
        // "khám cho 842 công nhân, phát hiện 97 trường hợp tăng huyết áp"
        let cases = || matches!(part.claim.unit.as_str(), "trường hợp" | "ca") && is_of_people(whole);
        near && (are_people(whole, part) || cases() || has(whole.until(part), &["trong đó"]))
    };
    level && whole.value() >= part.value() && (of_kind() || people())
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
    let near = |other: &Said<'_>| other.claim.sentence + 1 >= part.claim.sentence;
    let others = own.iter().filter(|other| other.from < part.from && near(other) && may_hold(other, part));
    let holds = whole.follows(&HOLDERS, 10) && whole.follows(&["có"], 3);
    (whole.follows(&["toàn", "cả", "tổng số"], 10) || holds)
        && near(whole)
        && !whole.is_bracketed()
        && whole.claim.measures.qualifier.is_empty()
        && is_same_time(whole, part)
        && others.count() == 1
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

/// Whether its clause tells what has been done to it.
fn is_done(part: &Said<'_>) -> bool {
    let clause = label::clause_before(part.tokens, part.from);
    let behind = label::words_behind(part.tokens, part.to);
    has(clause, &["đã"])
        || has(clause, &DONE)
        || has(behind.get(..behind.len().min(2)).unwrap_or_default(), &["đã"])
}

/// Whether a whole stands in the sentence of its part or the one before, with no other time between.
fn is_near(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let words = part.tokens.get(whole.to..part.from).unwrap_or_default();
    whole.claim.sentence + 1 >= part.claim.sentence
        && !whole.is_bracketed()
        && !has(words, &["cùng kỳ", "tăng", "giảm", "năm trước", "tháng trước"])
}

pub(super) fn is_same_time(one: &Said<'_>, other: &Said<'_>) -> bool {
    let (Some(one), Some(other)) = (one.claim.time, other.claim.time) else { return true };
    one == other
}

/// Whether a part is of what the whole counts: what sets the whole off from its kind is not denied by the part.
pub(super) fn agree(part: &Said<'_>, whole: &Said<'_>) -> bool {
    let (one, all) = (&part.claim.measures.qualifier, &whole.claim.measures.qualifier);
    let shares = |one: &str, all: &str| one.split(' ').any(|word| all.split(' ').any(|other| other == word));
    one.is_empty() || all.is_empty() || shares(one, all)
}
