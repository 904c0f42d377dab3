//! The whole that a part is a share of.

use super::super::judge::Stated;
use super::super::{Said, Scene, has, has_mark, label};
use super::among::{WHOLES_MAX, agree, is_same_time, may_hold, total_of, wholes};
use super::base::{Base, Fit};
use super::link::Link;
use super::{OF, PLAN, bounds, is_pair, is_part, is_share, part_of, share};
use crate::claim::{Hedge, Kind, Modality};
use crate::lexicon::{ends_with, starts_with};
use crate::relate::Tie;

/// Tokens from the word for a plan of an earlier paragraph to its number at most.
const PLAN_MAX: usize = 18;
/// Items of an enumeration that are looked through for what their percentages are of.
const ITEMS_MAX: usize = 8;

/// The readings of a percentage that stands beside its part, the likeliest first.
pub(super) fn beside(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Vec<Stated> {
    let own = scene.own;
    let (Some(percent), Some((part, link))) = (own.get(at), part_of(own, at)) else { return Vec::new() };
    // "12/16 khoản thu đạt trên 80% dự toán": the percentage names what is counted.
    if bounds(part, percent) {
        return Vec::new();
    }
    let direct = link == Link::Direct;
    let one = at.checked_sub(2).and_then(|at| own.get(at)).filter(|one| one.same_sentence(part));
    // "73.418 hồ sơ trong tổng số 97.200 hồ sơ, tương đương 75,5%"
    let pair = |one: &&Said<'_>| is_pair(one, part) || one.alike(part) && one.is_level() && is_of(one, part);
    if let Some(one) = one.filter(pair) {
        // "5/9 huyện đạt tỷ lệ này dưới 3%" tells another rate of theirs; "…, tỷ lệ bao phủ 96,4%" may be one.
        let bound = percent.claim.hedge != Hedge::None && has(part.until(percent), &["tỷ lệ"]);
        let other = bound || has(part.until(percent), &["này", "đó", "nói trên"]);
        let told = share(percent, one, part, true);
        let sure = !other && (direct || scene.explains(&told));
        return vec![Stated { whole: sure, ..told }];
    }
    let base = base_of(own, at, part);
    // "trung ương 6.274 tỷ đồng, chiếm 40,5%; địa phương 7.938 tỷ đồng, chiếm 51,3%; …": all of one whole.
    if let Some(whole) = whole_of_siblings(scene, at, part, known).filter(|_| base == Base::Unsaid) {
        return vec![share(percent, part, whole, direct)];
    }
    if let Some(next) = behind(own, at, part, &base) {
        return vec![share(percent, part, next, direct)];
    }
    match base {
        Base::Plan => {
            let mut readings = planned(scene, at, part, direct, known);
            readings.extend(unlike(own, at, part));
            readings
        }
        Base::Earlier => Vec::new(),
        _ => {
            let mut readings = wholes(scene, at, part, &base, direct, known);
            readings.extend(unlike(own, at, part));
            readings
        }
    }
}

/// The whole that the percentages before it in the enumeration are of.
fn whole_of_siblings<'s, 'd>(
    scene: &Scene<'s, 'd>,
    at: usize,
    part: &Said<'_>,
    known: &[Stated],
) -> Option<&'s Said<'d>> {
    let before = |back: usize| at.checked_sub(back).and_then(|at| scene.own.get(at));
    let taken = |said: &Said<'_>| said.follows(&["chiếm"], 2) && said.same_sentence(part);
    let second = before(2).filter(|second| taken(second))?;
    // One is enough where it names what it is of.
    let named = matches!(Base::of(second), Base::Named(_));
    let first = before(4).filter(|first| taken(first)).or(Some(second).filter(|_| named))?;
    if !scene.own.get(at).is_some_and(taken) {
        return None;
    }
    let whole = |percent: &Said<'_>| {
        let share = known
            .iter()
            .find(|share| share.kind == Tie::Share && share.claims.first() == Some(&percent.index));
        share.filter(|share| scene.holds(share))?.claims.get(2).copied()
    };
    let (one, other) = (whole(first)?, whole(second)?);
    scene.said(one).filter(|whole| one == other && whole.alike(part) && whole.value() >= part.value())
}

/// What the percentage is said to be of; in an enumeration the last may tell it for all.
fn base_of<'d>(own: &[Said<'d>], at: usize, part: &Said<'_>) -> Base<'d> {
    let Some(percent) = own.get(at) else { return Base::Unsaid };
    let base = Base::of(percent);
    if base != Base::Unsaid {
        return base;
    }
    let later = own.get(at..).unwrap_or_default().windows(2).take(ITEMS_MAX);
    let told = later.filter_map(|pair| match pair {
        [one, other] if is_share(other) && other.same_sentence(percent) && one.alike(part) => {
            Some(Base::of(other))
        }
        _ => None,
    });
    told.into_iter().find(|base| matches!(base, Base::Named(_))).unwrap_or(Base::Unsaid)
}

/// "612.450 tài khoản, đạt 98,7% so với dân số từ đủ 14 tuổi trở lên (620.517 người)": things told by those who have them.
fn unlike(own: &[Said<'_>], at: usize, part: &Said<'_>) -> Option<Stated> {
    let (percent, whole) = (own.get(at)?, own.get(at + 1)?);
    let words = percent.until(whole);
    let told = words.last().is_some_and(|last| last.is_mark('('))
        && has(words, &["so với", "tổng số", "dân số", "trên"]);
    let base = |said: &Said<'_>| said.claim.unit.split('/').next().map(str::to_owned);
    // "62 triệu đồng/năm, bằng 103% kế hoạch (60 triệu đồng)"
    let planned = Base::of(percent) == Base::Plan
        && base(part) == base(whole)
        && words.last().is_some_and(|last| last.is_mark('('));
    if planned {
        return Some(share(percent, part, whole, false));
    }
    let counts = [part, whole].iter().all(|said| said.claim.kind == Kind::Count);
    let near = words.len() <= 14 && !has_mark(words, &[',', ';', '.']);
    (told && counts && near && whole.value() >= part.value()).then(|| share(percent, part, whole, false))
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
fn planned(scene: &Scene<'_, '_>, at: usize, part: &Said<'_>, direct: bool, known: &[Stated]) -> Vec<Stated> {
    let Some(percent) = scene.own.get(at) else { return Vec::new() };
    let fits = |plan: &&Said<'_>| plan.alike(part) && plan.is_level() && plan.claim.value_to.is_none();
    let given = ["được giao", "được phân bổ", "phân bổ", "được bố trí", "giao"];
    let goal = |plan: &&Said<'_>| {
        plan.follows(&PLAN, 12) || plan.follows(&given, 5) || plan.claim.modality == Modality::Target
    };
    let goals: Vec<&Said<'_>> = earlier(scene, at).filter(fits).filter(goal).take(WHOLES_MAX).collect();
    // "được giao 11.840 tỷ đồng, gồm vốn trung ương 4.620 tỷ đồng và vốn địa phương 7.220 tỷ đồng": the parts are none.
    let is_part = |plan: &Said<'_>| {
        let mut sums = known.iter().filter(|sum| sum.kind == Tie::Sum && scene.holds(sum));
        sums.any(|sum| {
            let (total, parts) = (sum.claims.first(), sum.claims.get(1..).unwrap_or_default());
            parts.contains(&plan.index) && goals.iter().any(|goal| Some(&goal.index) == total)
        })
    };
    let goals: Vec<&Said<'_>> = goals.iter().copied().filter(|plan| !is_part(plan)).collect();
    // "dự toán Trung ương giao …, dự toán tỉnh giao …": of several the words behind the percentage may name one.
    let only = goals.len() == 1;
    let sure = |plan: &Said<'_>| direct && only && agree(part, plan) && is_plan_of(part, plan);
    let mut readings: Vec<Stated> = goals.iter().map(|plan| share(percent, part, plan, sure(plan))).collect();
    // "1. Tổng kế hoạch vốn năm 2025 của tỉnh là 14.236 tỷ đồng" / "2. … giải ngân được 8.127 tỷ đồng, đạt 57,1% kế hoạch"
    let far = |plan: &&Said<'_>| {
        plan.follows(&PLAN, PLAN_MAX) && !goals.iter().any(|near| near.index == plan.index)
    };
    let further = scene.earlier.iter().rev().filter(fits).filter(far).take(WHOLES_MAX);
    readings.extend(further.map(|plan| share(percent, part, plan, false)));
    // "đạt 71,5% kế hoạch; còn lại … trong tổng số 1.450 tỷ đồng"
    let near = |said: &&Said<'_>| said.claim.sentence.abs_diff(percent.claim.sentence) <= 1;
    let totals = scene.own.iter().filter(near).filter(fits).filter(|total| total.index != part.index);
    let funds = |total: &Said<'_>| {
        let clause = label::clause_before(total.tokens, total.from);
        starts_with(clause, 0, &["kinh phí", "tổng kinh phí", "nguồn vốn", "tổng vốn", "vốn"]) > 0
    };
    let told = totals
        .filter(|total| funds(total) || total.follows(&["tổng số", "tổng", "giao", "được giao", "vốn"], 6));
    readings.extend(told.take(WHOLES_MAX).map(|total| share(percent, part, total, false)));
    readings
}

/// Whether nothing says that the plan is of something else: it is no bracket beside another result, and the clause of
/// the result has no subject that the plan lacks.
fn is_plan_of(part: &Said<'_>, plan: &Said<'_>) -> bool {
    const DONE: [&str; 28] = [
        "giải",
        "ngân",
        "thực",
        "hiện",
        "hoàn",
        "thành",
        "thu",
        "được",
        "ngày",
        "đạt",
        "lũy",
        "kế",
        "cấp",
        "nhập",
        "cả",
        "tỉnh",
        "xã",
        "phường",
        "toàn",
        "tổ",
        "chức",
        "trồng",
        "mới",
        "xây",
        "i",
        "ii",
        "iii",
        "iv",
    ];
    let between = part.tokens.get(plan.to..part.from).unwrap_or_default();
    let subject = label::content(label::clause_before(part.tokens, part.from));
    let subject: Vec<&str> = subject.into_iter().filter(|word| !DONE.contains(word)).collect();
    !plan.is_bracketed() && !has(between, &["trong đó", "riêng"]) && label::leads(plan, &subject)
}

/// "vi phạm nồng độ cồn chiếm 33,4%": the part is named, its number stands before.
pub(super) fn named(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Vec<Stated> {
    let Some(percent) = scene.own.get(at) else { return Vec::new() };
    let open = percent.from.saturating_sub(4);
    let verb = (open..percent.from).rev().find(|at| {
        percent.tokens.get(*at).is_some_and(|token| matches!(token.norm.as_str(), "chiếm" | "đạt" | "bằng"))
    });
    // "tỷ lệ hoàn thành đạt 61,2%, tỷ lệ quá hạn 7%"
    let rate = starts_with(label::clause_before(percent.tokens, percent.from), 0, &["tỷ lệ"]) > 0;
    let Some(verb) = verb.or(rate.then_some(percent.from)) else { return Vec::new() };
    let shares = percent.tokens.get(verb).is_some_and(|token| token.norm == "chiếm");
    let subject = label::content(label::clause_before(percent.tokens, verb));
    if subject.is_empty() {
        return Vec::new();
    }
    let fits = |part: &&Said<'_>| is_part(part) && part.is_level() && label::tells(part, &subject);
    let mut parts: Vec<&Said<'_>> = earlier(scene, at + 1).filter(fits).take(4).collect();
    let base = Base::of(percent);
    let only = parts.len() == 1;
    let mut readings = Vec::new();
    // "Thu nội địa bằng 80,3% dự toán năm (18.200 tỷ đồng)": its part may be told some paragraphs before.
    let plan = scene.own.get(at + 1).filter(|plan| plan.is_bracketed() && plan.same_sentence(percent));
    if base == Base::Plan && plan.is_some() {
        let first = scene.before.first().map_or(usize::MAX, |first| first.index);
        parts.extend(scene.earlier.iter().rev().filter(|part| part.index < first).filter(fits).take(4));
    }
    for part in parts {
        if base == Base::Plan {
            let plan = plan.filter(|plan| plan.alike(part) && percent.until(plan).len() <= 6);
            readings.extend(plan.map(|plan| share(percent, part, plan, only)));
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
