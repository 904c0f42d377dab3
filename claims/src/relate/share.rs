//! Percentages of a whole that the text names.

use super::judge::Stated;
use super::relation::{Formula, Relation, Tie, Verdict};
use super::{Said, Scene, adds, has, has_mark, tie};
use crate::claim::Kind;
use crate::find::Fraction;
use crate::interval::Interval;
use crate::print;
use crate::text::{Token, TokenKind};

/// Words between a part and its percentage.
const IS: [&str; 11] = [
    "chiếm",
    "bằng",
    "tương đương",
    "tương ứng",
    "đạt",
    "đạt tỷ lệ",
    "tỷ lệ",
    "chiếm tỷ lệ",
    "đạt khoảng",
    "chiếm khoảng",
    "tương ứng với",
];
/// Words before a plan.
pub(super) const PLAN: [&str; 6] =
    ["kế hoạch", "chỉ tiêu", "dự toán", "mục tiêu", "kế hoạch giao", "dự toán giao"];
/// Words before a whole whose part stands before it.
const OF: [&str; 9] = [
    "trong tổng số",
    "trên tổng số",
    "trên tổng",
    "trong số",
    "trong tổng",
    "trên",
    "trong",
    "so với tổng số",
    "trên tổng chiều dài",
];
/// Words that are in no name of a thing.
const PLAIN: [&str; 20] = [
    "là", "đạt", "có", "số", "các", "và", "của", "được", "đã", "chiếm", "tỷ", "lệ", "tổng", "còn", "bằng",
    "khoảng", "năm", "thu", "chi", "trong",
];
/// Tokens between a part and its percentage.
const NEAR: usize = 8;

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    for (at, percent) in scene.own.iter().enumerate() {
        if percent.claim.unit != "%" || !percent.is_level() || percent.claim.value_to.is_some() {
            continue;
        }
        if let Some(left) = complement(scene.own, at) {
            out.push(left);
            continue;
        }
        let found = match part_of(scene.own, at) {
            Some(part) => beside(scene, at, part, out),
            None => named(scene, at, out),
        };
        out.extend(found);
    }
}

fn share(percent: &Said<'_>, part: &Said<'_>, whole: &Said<'_>, sure: bool) -> Stated {
    tie(Tie::Share, Formula::Share, vec![percent.index, part.index, whole.index], sure)
}

/// A percentage beside its part.
fn beside(scene: &Scene<'_, '_>, at: usize, part: &Said<'_>, known: &[Stated]) -> Option<Stated> {
    let own = scene.own;
    let percent = own.get(at)?;
    if let Some((part, whole)) = over(own, at) {
        return Some(share(percent, part, whole, true));
    }
    // "73.418 hồ sơ trong tổng số 97.200 hồ sơ, tương đương 75,5%"
    let one = at.checked_sub(2).and_then(|at| own.get(at)).filter(|one| one.alike(part) && one.is_level());
    if let Some(one) = one.filter(|one| part.follows(&OF, 1) && one.until(part).len() <= 6) {
        return Some(share(percent, one, part, true));
    }
    if let Some(next) = following(own, at, part) {
        return Some(share(percent, part, next, true));
    }
    let fits = |whole: &&Said<'_>| whole.alike(part) && whole.is_level() && whole.index != part.index;
    let earlier = || own.get(..at.saturating_sub(1)).unwrap_or_default().iter().rev();
    if is_plan(percent) {
        let plan =
            earlier().chain(scene.before.iter().rev()).filter(fits).find(|whole| whole.follows(&PLAN, 8));
        return plan.map(|plan| share(percent, part, plan, true));
    }
    // A part of a sum is a part of its total.
    let of_sum = known.iter().find(|sum| {
        sum.kind == Tie::Sum && sum.claims.get(1..).is_some_and(|parts| parts.contains(&part.index))
    });
    let total = of_sum.and_then(|sum| sum.claims.first()).and_then(|total| scene.said(*total));
    if let Some(total) = total {
        return Some(share(percent, part, total, true));
    }
    let larger = |whole: &&Said<'_>| whole.value() >= part.value();
    let words = |whole: &Said<'_>| part.tokens.get(whole.to..part.from).unwrap_or_default();
    let people = |whole: &&Said<'_>| {
        whole.claim.kind == Kind::Count
            && part.claim.kind == Kind::Count
            && whole.is_level()
            && has(words(whole), &["trong đó"])
    };
    let candidates: Vec<&Said<'_>> = earlier()
        .filter(|whole| fits(whole) || people(whole))
        .filter(|whole| whole.claim.sentence + 2 >= percent.claim.sentence)
        .chain(scene.before.iter().rev().filter(fits))
        .filter(larger)
        .collect();
    let strong = |whole: &Said<'_>| {
        let total = whole.follows(&["trong tổng số", "tổng số", "tổng", "trong số"], 3)
            || whole.follows(&["trong"], 1);
        let holds = has(words(whole), &["trong đó", "trong số đó", "gồm", "bao gồm"]);
        whole.same_sentence(part) && !whole.is_bracketed() && (holds || total)
    };
    let same_unit = behind(percent, 4).iter().any(|token| token.norm == part.claim.unit)
        && behind(percent, 2).iter().any(|token| matches!(token.norm.as_str(), "số" | "tổng"));
    let sure = candidates.iter().copied().find(|whole| strong(whole));
    let sure =
        sure.or_else(|| candidates.iter().copied().find(|whole| same_unit && whole.same_sentence(part)));
    let mut readings: Vec<Stated> = sure.iter().map(|whole| share(percent, part, whole, true)).collect();
    readings.extend(candidates.iter().map(|whole| share(percent, part, whole, false)));
    let chosen = scene.choose(readings)?;
    // Nothing but the arithmetic says that it is the whole.
    (chosen.whole || scene.holds(&chosen)).then_some(chosen)
}

/// "chiếm 62% tổng số 1.250 hộ": the whole stands behind.
fn following<'s, 'd>(own: &'s [Said<'d>], at: usize, part: &Said<'_>) -> Option<&'s Said<'d>> {
    let percent = own.get(at)?;
    let next = own.get(at + 1).filter(|whole| whole.alike(part) && whole.is_level())?;
    let words = percent.until(next);
    let tied = has(words, &["tổng", "tổng số", "của", "so với"]) || has(words, &OF) || has(words, &PLAN);
    let larger = next.value() >= part.value() || has(words, &PLAN);
    (words.len() <= 8 && tied && larger && !has_mark(words, &[';', '.'])).then_some(next)
}

/// "trong 320 công trình còn 40 chưa hoàn thành; tỷ lệ hoàn thành đạt 87,5%"
fn complement(own: &[Said<'_>], at: usize) -> Option<Stated> {
    let (percent, part, whole) = (own.get(at)?, own.get(at.checked_sub(1)?)?, own.get(at.checked_sub(2)?)?);
    let rate = ["tỷ lệ hoàn thành", "tỷ lệ đã", "tỷ lệ đạt", "tỷ lệ còn", "tỷ lệ đúng"];
    let missing = ["chưa", "không", "hết", "chậm", "quá hạn", "trễ"];
    let rest = has(part.until(percent), &missing) && has(part.until(percent), &rate);
    let pair = whole.alike(part) && whole.value() > part.value();
    let claims = vec![percent.index, whole.index, part.index];
    (rest && pair).then(|| tie(Tie::Complement, Formula::Complement, claims, true))
}

/// "vi phạm nồng độ cồn chiếm 33,4%": the part is named, its number stands before.
fn named(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Option<Stated> {
    let percent = scene.own.get(at)?;
    // "khu công nghiệp lấp đầy 62,5%, tương ứng 150 ha trên 240 ha"
    if let (Some(part), Some(whole)) = (scene.own.get(at + 1), scene.own.get(at + 2)) {
        let words = percent.until(part);
        let same = has(words, &["tương ứng", "tương đương", "tức"]) || has_mark(words, &['(']);
        // "tỷ lệ đạt 62,5% (150/240 ha)"
        let pair = part.fraction == Some(Fraction::Part) && whole.fraction == Some(Fraction::Whole);
        let tied =
            same && words.len() <= 10 && !has_mark(words, &['.', ';']) && (pair || whole.follows(&OF, 1));
        if tied && part.alike(whole) && part.same_sentence(percent) {
            return Some(share(percent, part, whole, true));
        }
    }
    let verb = (percent.from.saturating_sub(3)..percent.from).rev().find(|at| {
        percent.tokens.get(*at).is_some_and(|token| matches!(token.norm.as_str(), "chiếm" | "đạt" | "là"))
    })?;
    let subject = clause_before(percent.tokens, verb);
    let content: Vec<&str> =
        subject.iter().map(|token| token.norm.as_str()).filter(|word| !PLAIN.contains(word)).collect();
    let is_share = percent.tokens.get(verb).is_some_and(|token| token.norm == "chiếm");
    if content.is_empty() || !is_share {
        return None;
    }
    let mut readings = Vec::new();
    for sum in known.iter().filter(|sum| sum.kind == Tie::Sum) {
        let Some((total, parts)) = sum.claims.split_first() else { continue };
        let fits = |part: &&Said<'_>| {
            let label = label(part);
            content.iter().all(|word| label.iter().any(|token| token.norm == **word))
        };
        let parts: Vec<&Said<'_>> = parts.iter().filter_map(|part| scene.said(*part)).filter(fits).collect();
        if let ([part], Some(total)) = (parts.as_slice(), scene.said(*total)) {
            readings.push(share(percent, part, total, true));
        }
    }
    scene.choose(readings)
}

/// The words of the clause that ends at token `end`.
fn clause_before(tokens: &[Token], end: usize) -> &[Token] {
    let open = (end.saturating_sub(12)..end).rev().find(|at| {
        tokens.get(*at).is_some_and(|token| !matches!(token.kind, TokenKind::Word | TokenKind::Code))
    });
    tokens.get(open.map_or(end.saturating_sub(12), |open| open + 1)..end).unwrap_or_default()
}

/// The words around a number that name it.
fn label<'d>(said: &Said<'d>) -> Vec<&'d Token> {
    let before = clause_before(said.tokens, said.from);
    let end = (said.to..(said.to + 10).min(said.tokens.len()))
        .find(|at| {
            said.tokens
                .get(*at)
                .is_some_and(|token| matches!(token.kind, TokenKind::Mark(_) | TokenKind::Number))
        })
        .unwrap_or(said.to);
    let inside = said.tokens.get(said.from..said.to).unwrap_or_default();
    let behind = said.tokens.get(said.to..end).unwrap_or_default();
    before.iter().chain(inside).chain(behind).collect()
}

/// The number that the percentage stands beside.
fn part_of<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<&'s Said<'d>> {
    let (percent, part) = (own.get(at)?, own.get(at.checked_sub(1)?)?);
    let words = part.until(percent);
    let near = words.len() <= NEAR && !has_mark(words, &[';', '.']);
    let tied = has(words, &IS) || words.iter().rev().take(2).any(|mark| mark.is_mark('('));
    (near && tied && part.is_level() && adds(part.claim.kind)).then_some(part)
}

/// "96/99 xã (96,97%)"
fn over<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<(&'s Said<'d>, &'s Said<'d>)> {
    let (part, whole) = (own.get(at.checked_sub(2)?)?, own.get(at - 1)?);
    let pair = matches!(
        (part.fraction, whole.fraction),
        (Some(Fraction::Part), Some(Fraction::Whole)) | (Some(Fraction::Result), Some(Fraction::Target))
    );
    pair.then_some((part, whole))
}

fn behind<'d>(said: &Said<'d>, count: usize) -> &'d [Token] {
    said.tokens.get(said.to..(said.to + count).min(said.tokens.len())).unwrap_or_default()
}

fn is_plan(percent: &Said<'_>) -> bool {
    has(behind(percent, 4), &PLAN)
}

/// Shares whose whole the text does not give: what the whole must be.
pub(super) fn lone(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let derive = |at: usize, percent: &Said<'_>| {
        let level = percent.claim.unit == "%" && percent.is_level() && percent.claim.value_to.is_none();
        let part = level.then(|| part_of(own, at)).flatten()?;
        let tied = known.iter().any(|relation| relation.claims.contains(&percent.index));
        let base = Interval::point(part.claim.value.exact()).over(&Interval::of(percent.claim))?.times(100);
        let unit = &part.claim.unit;
        let end = |value| print::exact_like(value, part.claim.value, 0);
        (!tied).then(|| Relation {
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
