//! Percentages of a whole that the text names.

mod among;
mod base;
pub(super) mod confirmed;
mod joint;
mod link;
mod turn;
mod whole;

use super::judge::Stated;
use super::relation::{Formula, Relation, Tie, Verdict};
use super::{Said, Scene, adds, complement, has, has_mark, label, tie};
use crate::claim::{Hedge, Kind};
use crate::find::Fraction;
use crate::interval::Interval;
use crate::print;

use base::Base;
use link::Link;

/// Words between a part and its percentage.
const IS: [&str; 10] =
    ["chiếm", "bằng", "tương đương", "tương ứng", "đạt", "tỷ lệ", "tức", "hay", "lấp đầy", "tỷ lệ là"];
/// Words before a plan.
pub(super) const PLAN: [&str; 9] = [
    "kế hoạch",
    "chỉ tiêu",
    "dự toán",
    "mục tiêu",
    "kế hoạch giao",
    "dự toán giao",
    "vốn được giao",
    "kinh phí được giao",
    "số được giao",
];
/// Words before a whole whose part stands before it.
pub(super) const OF: [&str; 13] = [
    "trong tổng số",
    "trên tổng số",
    "trên tổng",
    "trong số",
    "trong tổng",
    "trên",
    "trong",
    "so với tổng số",
    "trên tổng chiều dài",
    "trên tổng diện tích",
    "trên dân số",
    "tổng số",
    "của",
];

/// Words behind a percentage that may make it a bound.
const BOUND: usize = 6;
/// Claims between two percentages of one enumeration at most.
const NEAR: usize = 4;
/// Percentages of one number, one after the other.
const CHAIN_MAX: usize = 4;

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    turn::find(scene, out);
    for (at, percent) in scene.own.iter().enumerate() {
        if !is_share(percent) || out.iter().any(|known| known.claims.first() == Some(&percent.index)) {
            continue;
        }
        if let Some(rest) = complement::of(scene, at, out) {
            out.push(rest);
            continue;
        }
        let mut readings = ahead(scene, at);
        if readings.is_empty() {
            readings = whole::beside(scene, at, out);
        }
        readings.extend(whole::named(scene, at, out));
        readings.extend(in_line(scene.own, at));
        // Where the words leave other readings, only the arithmetic says which it is.
        readings.sort_by_key(|reading| !reading.whole);
        let swapped = || scene.only_swapped(&readings);
        let certain = |chosen: &Stated| {
            scene.holds(chosen)
                || chosen.whole
                    && (is_certain(scene, chosen)
                        || is_of_siblings(scene, chosen, out)
                        || is_only_reading(scene, chosen))
        };
        let chosen = scene.choose(&readings).filter(certain).or_else(swapped);
        out.extend(chosen.or_else(|| joint::of(scene, at, out)));
    }
}

/// "(iii) Ban nông nghiệp: kế hoạch 1.275 tỷ đồng; giải ngân 492,3 tỷ đồng; tỷ lệ 38,6%": a line that tells a plan, what
/// is done of it, and the rate.
fn in_line(own: &[Said<'_>], at: usize) -> Option<Stated> {
    let percent = own.get(at).filter(|percent| percent.item.is_some() && percent.follows(&["tỷ lệ"], 2))?;
    let (part, whole) = (own.get(at.checked_sub(1)?)?, own.get(at.checked_sub(2)?)?);
    let lines = [part, whole].iter().all(|said| said.line == percent.line && said.is_level());
    let within = whole.alike(part) && part.value() <= whole.value() && is_part(part);
    let planned = whole.follows(&PLAN, 3) || whole.follows(&["được giao", "giao"], 3);
    (lines && within && planned).then(|| share(percent, part, whole, false))
}

/// Whether a share that does not hold is surely wrong: its whole stands beside it, or one slip explains it.
fn is_certain(scene: &Scene<'_, '_>, share: &Stated) -> bool {
    let beside = match share.claims.as_slice() {
        [percent, part, whole] => {
            *whole == part + 1 || *whole == percent + 1 || (whole + 1 == *part && part + 1 == *percent)
        }
        _ => false,
    };
    beside || scene.explains(share)
}

/// Whether nothing else near makes it hold: no other number that the part may be of, no whole that only another
/// percentage names ("bằng 41,3% chi thường xuyên; … bằng 10%"), and no rest, which may be of what was left out.
fn is_only_reading(scene: &Scene<'_, '_>, told: &Stated) -> bool {
    let &[percent, part, whole] = told.claims.as_slice() else { return false };
    let (Some(percent), Some(part)) = (scene.said(percent), scene.said(part)) else { return false };
    let mut others = scene.own.iter().chain(scene.before).filter(|other| other.index != whole);
    let fits = |other: &Said<'_>| other.alike(part) && scene.holds(&share(percent, part, other, false));
    let rest = part.follows(&["còn lại", "còn", "lại"], 3);
    let beside =
        |other: &&Said<'_>| is_share(other) && other.index < percent.index && other.same_sentence(percent);
    let elsewhere = Base::of(percent) == Base::Unsaid
        && scene.own.iter().filter(beside).any(|other| matches!(Base::of(other), Base::Named(_)));
    !rest && !elsewhere && !others.any(fits)
}

/// "nồng độ cồn 9.518 trường hợp, chiếm 23,0% tổng số vi phạm; tốc độ 11.876 trường hợp, chiếm 26,8%": whether another share
/// of its sentence is of the same whole, and holds.
fn is_of_siblings(scene: &Scene<'_, '_>, share: &Stated, known: &[Stated]) -> bool {
    let (Some(percent), Some(whole)) =
        (share.claims.first().and_then(|at| scene.said(*at)), share.claims.get(2))
    else {
        return false;
    };
    let sibling = |other: &&Stated| {
        let near = other.claims.first().and_then(|at| scene.said(*at));
        let near = near
            .is_some_and(|other| other.same_sentence(percent) && percent.index.abs_diff(other.index) <= NEAR);
        other.kind == Tie::Share && near && other.claims.get(2) == Some(whole)
    };
    let holding = known.iter().filter(sibling).filter(|other| scene.holds(other)).count();
    // "luồng xanh 1.391 tờ khai (65%), luồng vàng 642 tờ khai (30%), luồng đỏ 107 tờ khai (15%)"
    let bracketed = percent.is_bracketed() && percent.claim.hedge == Hedge::None;
    percent.follows(&["chiếm"], 2) && holding > 0 || bracketed && holding > 1
}

/// A percentage that may be a share: no change, no range, no bound as of "đạt từ 83% dự toán trở lên".
fn is_share(percent: &Said<'_>) -> bool {
    let behind = label::words_behind(percent.tokens, percent.to);
    let bound = has(behind.get(..behind.len().min(BOUND)).unwrap_or_default(), &["trở lên", "trở xuống"]);
    percent.claim.unit == "%" && percent.is_level() && percent.claim.value_to.is_none() && !bound
}

fn share(percent: &Said<'_>, part: &Said<'_>, whole: &Said<'_>, sure: bool) -> Stated {
    tie(Tie::Share, Formula::Share, vec![percent.index, part.index, whole.index], sure)
}

/// "lấp đầy 62,5%, tương ứng 150 ha trên 240 ha", "94,7% (71/75 trạm)": part and whole stand behind.
fn ahead(scene: &Scene<'_, '_>, at: usize) -> Vec<Stated> {
    let own = scene.own;
    let (Some(percent), Some(part)) = (own.get(at), own.get(at + 1)) else { return Vec::new() };
    let words = percent.until(part);
    let same = has(words, &["tương ứng", "tương đương", "tức", "hay"]) || has_mark(words, &['(']);
    let clean = !has_mark(words, &['.', ';', ')']) && words.len() <= 12 && part.same_sentence(percent);
    if let Some(told) = of_whole(own, at) {
        return vec![told];
    }
    if !same || !clean || !adds(part.claim.kind) || !part.is_level() {
        return Vec::new();
    }
    let whole = own.get(at + 2).filter(|whole| whole.same_sentence(part) && whole.alike(part));
    let pair = whole.filter(|whole| {
        let words = part.until(whole);
        let told = words.len() <= 14 && has(words, &OF) && !has_mark(words, &[';', '.']);
        is_pair(part, whole) || (told && whole.value() >= part.value())
    });
    if let Some(whole) = pair {
        return vec![share(percent, part, whole, is_pair(part, whole) || whole.follows(&OF, 2))];
    }
    // "Toàn xã có 2.000 hộ, hộ nghèo chiếm 12,5% (250 hộ)"
    let planned = matches!(Base::of(percent), Base::Plan | Base::Earlier);
    let before = at.checked_sub(1).and_then(|before| own.get(before));
    let whole = before.filter(|whole| {
        whole.alike(part) && whole.is_level() && whole.value() >= part.value() && whole.same_sentence(percent)
    });
    whole.filter(|_| !planned).map(|whole| share(percent, part, whole, false)).into_iter().collect()
}

/// "Hơn 60% trong số 1.482 thôn có tổ công nghệ số, cụ thể là 871 thôn": the whole, then its part.
fn of_whole(own: &[Said<'_>], at: usize) -> Option<Stated> {
    let (percent, whole, part) = (own.get(at)?, own.get(at + 1)?, own.get(at + 2)?);
    let of = has(percent.until(whole), &OF) && percent.until(whole).len() <= 6;
    let told = has(whole.until(part), &["cụ thể", "tương ứng", "tương đương", "tức"]);
    let clean = !has_mark(part.tokens.get(percent.to..part.from)?, &[';', '.', ':']);
    let here = whole.same_sentence(percent) && part.same_sentence(percent) && clean;
    let within = whole.alike(part) && part.is_level() && part.value() <= whole.value();
    (of && told && here && within && adds(part.claim.kind)).then(|| share(percent, part, whole, true))
}

/// "96/99 xã"
pub(super) fn is_pair(part: &Said<'_>, whole: &Said<'_>) -> bool {
    matches!(
        (part.fraction, whole.fraction),
        (Some(Fraction::Part), Some(Fraction::Whole)) | (Some(Fraction::Result), Some(Fraction::Target))
    )
}

/// Numbers that can be the part of something, or the result of a plan.
fn is_part(part: &Said<'_>) -> bool {
    let measured = adds(part.claim.kind) || part.claim.kind == Kind::Rate;
    measured && part.claim.value_to.is_none()
}

/// The number that a percentage is said of: right before it, or that of the percentage before.
fn part_of<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<(&'s Said<'d>, Link<'d>)> {
    let mut at = at;
    for _ in 0..CHAIN_MAX {
        let (percent, before) = (own.get(at)?, at.checked_sub(1)?);
        let part = own.get(before)?;
        match chained(own, at) {
            Some(other) => at = other,
            None => {
                if let Some(told) =
                    before_bracket(own, before, percent).or_else(|| before_change(own, before, percent))
                {
                    return Some((told, Link::Direct));
                }
                if let Some(told) = of_base_behind(own, at) {
                    return Some((told, Link::Direct));
                }
                let link = Link::between(part, percent)?;
                // "12 dự án giải ngân dưới 30%, chiếm 7,8%": the bound names the part.
                let part = before
                    .checked_sub(1)
                    .and_then(|at| own.get(at))
                    .filter(|led| bounds(led, part))
                    .unwrap_or(part);
                // "tăng thêm 12.500 người, đạt 104,2% kế hoạch": a change may be what was planned.
                let planned = Base::of(percent) == Base::Plan;
                return (is_part(part) && (part.is_level() || planned)).then_some((part, link));
            }
        }
    }
    None
}

/// "cắt giảm 214,5 tỷ đồng của 6 dự án, tương đương 2,2% tổng kế hoạch (9.864,3 tỷ đồng)": the number that is told as its
/// base is, not the things beside it.
fn of_base_behind<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<&'s Said<'d>> {
    let (percent, base) = (own.get(at)?, own.get(at + 1)?);
    let (part, beside) = (own.get(at.checked_sub(2)?)?, own.get(at - 1)?);
    let of = part.until(beside).len() <= 2 && has(part.until(beside), &["của", "cho"]);
    let words = beside.until(percent);
    let told = words.len() <= 6 && has(words, &["tương đương", "tương ứng", "bằng", "chiếm"]);
    let behind = base.is_bracketed() && base.same_sentence(percent) && percent.until(base).len() <= 8;
    let alike = base.alike(part) && !base.alike(beside) && part.same_sentence(percent);
    (of && told && behind && alike && is_part(part)).then_some(part)
}

/// "672.400 tấn, tăng 11.300 tấn so với năm 2024, bằng 101,7% so với năm trước": the level, not its change.
fn before_change<'s, 'd>(own: &'s [Said<'d>], before: usize, percent: &Said<'_>) -> Option<&'s Said<'d>> {
    let change = own.get(before).filter(|change| change.direction().is_some())?;
    let level = own.get(before.checked_sub(1)?).filter(|level| level.alike(change) && level.is_level())?;
    let told = Base::of(percent) == Base::Earlier && has(change.until(percent), &["bằng"]);
    let here = level.same_sentence(percent) && change.until(percent).len() <= 12;
    (told && here && is_part(level)).then_some(level)
}

/// "3.128.400 lượt khách, tăng 13,6% so với quý I năm 2025 (2.752.900 lượt khách), bằng 27,2% kế hoạch năm": the base of a
/// change stands between the number and its percentage.
fn before_bracket<'s, 'd>(own: &'s [Said<'d>], before: usize, percent: &Said<'_>) -> Option<&'s Said<'d>> {
    let base = own.get(before).filter(|base| base.is_bracketed() && !percent.is_bracketed())?;
    let words = base.until(percent);
    let plain =
        words.len() <= 10 && has(words, &["bằng", "đạt", "chiếm"]) && !has_mark(words, &[';', '.', ':']);
    let change = own.get(before.checked_sub(1)?).filter(|change| change.direction().is_some())?;
    let told = own
        .get(before.checked_sub(2)?)
        .filter(|told| told.alike(base) && told.is_level() && is_part(told))?;
    let here = told.same_sentence(percent) && change.same_sentence(percent) && !told.is_bracketed();
    let compared = has(change.until(base), &["so với", "so", "cùng kỳ"]);
    (plain && here && compared && is_share(percent)).then_some(told)
}

/// Whether a percentage only names the number before it.
fn bounds(led: &Said<'_>, bound: &Said<'_>) -> bool {
    let words = led.until(bound);
    let hedged = matches!(bound.claim.hedge, Hedge::Over | Hedge::Under | Hedge::AtLeast | Hedge::AtMost);
    bound.claim.unit == "%"
        && hedged
        && adds(led.claim.kind)
        && led.same_sentence(bound)
        && words.iter().all(|token| token.is_word())
        && !has(words, &["chiếm", "đạt tỷ lệ", "bằng", "tương ứng"])
}

/// "bằng 62,4% kế hoạch Trung ương giao (8.500 tỷ đồng) và bằng 58,9% kế hoạch tỉnh giao": the percentage before that is
/// said of the same number.
fn chained(own: &[Said<'_>], at: usize) -> Option<usize> {
    let (percent, before) = (own.get(at)?, at.checked_sub(1)?);
    let last = own.get(before)?;
    let words = last.until(percent);
    let base = last.claim.unit != "%" && last.is_bracketed() && has_mark(words, &[')']);
    let other = if base { before.checked_sub(1)? } else { before };
    let first = own.get(other).filter(|first| is_share(first) && first.same_sentence(percent))?;
    if has_mark(words, &[';', '.', ':', '(']) || words.len() > 16 {
        return None;
    }
    let cut =
        words.iter().rposition(|token| token.is_mark(',') || token.norm == "và" || token.is_mark(')'))?;
    let clause = words.get(cut + 1..).unwrap_or_default();
    let bases = [Base::of(first), Base::of(percent)];
    let plans = bases.iter().all(|base| matches!(base, Base::Plan | Base::Earlier));
    let told = (base || bases.iter().all(|base| *base != Base::Unsaid)) && has(clause, &IS);
    let bare = label::content(clause).is_empty();
    (bare && (plans || told)).then_some(other)
}

/// "ít nhất 95% kế hoạch, tương đương khoảng 13.524 tỷ đồng", "tiết kiệm 10% chi thường xuyên với số tiền 318 tỷ đồng": the
/// part that stands behind its percentage.
fn part_behind<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<(&'s Said<'d>, Link<'d>)> {
    const TELLS: [&str; 6] =
        ["tương đương", "tương ứng", "với số tiền", "tức", "tương ứng với", "tương đương với"];
    let (percent, part) = (own.get(at)?, own.get(at + 1)?);
    let words = percent.until(part);
    let near = words.len() <= 14 && part.same_sentence(percent) && !has_mark(words, &[';', '.', '(']);
    let named = matches!(Base::of(percent), Base::Plan | Base::Named(_));
    let last = words.get(words.len().saturating_sub(5)..).unwrap_or_default();
    (near && named && has(last, &TELLS) && is_part(part) && part.is_level()).then_some((part, Link::Direct))
}

/// Shares whose whole the text does not give: what the whole must be.
pub(super) fn lone(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let derive = |at: usize, percent: &Said<'_>| {
        let part = is_share(percent).then(|| part_of(own, at).or_else(|| part_behind(own, at))).flatten();
        let (part, link) = part?;
        // As a level that a change is measured by it may still be a share: "bằng 62,4% kế hoạch, thấp hơn 4,1 điểm %".
        let stated = |relation: &Relation| {
            relation.kind != Tie::SharesTo100 && relation.claims.first() == Some(&percent.index)
        };
        let told = |relation: &Relation| {
            relation.claims.contains(&percent.index)
                && matches!(
                    relation.kind,
                    Tie::Share | Tie::Complement | Tie::Sum | Tie::Growth | Tie::Multiple
                )
        };
        let tied = known.iter().any(|relation| stated(relation) || told(relation));
        let base = Interval::point(part.claim.value.exact()).over(&Interval::of(percent.claim))?.times(100);
        let unit = &part.claim.unit;
        let end = |value| print::exact_like(value, part.claim.value, 0);
        // "45 xã đạt từ 80%" tells a step, not a share.
        let step = percent.follows(&["từ", "dưới"], 1);
        (!tied && !step && link == Link::Direct).then(|| Relation {
            kind: Tie::Share,
            claims: vec![percent.index, part.index],
            expression: format!(
                "{} {unit} = {}% của {} đến {} {unit} (suy ra)",
                print::written(part.claim.value),
                print::plain(percent.claim.value),
                end(base.low),
                end(base.high)
            ),
            computed: Some(base),
            verdict: Verdict::Insufficient,
            reason: "bài không nêu tổng".to_owned(),
        })
    };
    own.iter().enumerate().filter_map(|(at, percent)| derive(at, percent)).collect()
}
