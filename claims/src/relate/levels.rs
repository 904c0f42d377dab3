//! The two levels a change lies between.

mod named;

use super::bridge::{TIMES, TURNS, in_turn_word, is_bridge, is_link};
use super::share::PLAN;
use super::{Said, Scene, adds, has, has_mark};
use crate::amount::Exact;
use crate::claim::Kind;
use crate::find::Fraction;
use crate::lexicon::ends_with;
use crate::text::{Token, TokenKind};

/// A level now and the level it is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels<'s, 'd> {
    pub(super) new: &'s Said<'d>,
    pub(super) old: &'s Said<'d>,
    /// The words leave no other reading.
    pub(super) sure: bool,
}

/// Words behind a change that is against another level than the one it has moved from.
const OTHER: [&str; 5] = ["cùng kỳ", "tháng trước", "quý trước", "tuần trước", "kỳ trước"];
/// Words that move a level.
const MOVES: [&str; 12] = [
    "lên",
    "xuống",
    "xuống còn",
    "còn",
    "tăng lên",
    "giảm xuống",
    "lên đến",
    "lên tới",
    "giảm còn",
    "thành",
    "đến",
    "tới",
];
/// Numbers around a change that are looked through for its levels.
const NEAR_MAX: usize = 8;
/// Numbers before a change that are looked through for a level.
const BEFORE_MAX: usize = 20;
/// Candidates for the level now.
const NEW_MAX: usize = 12;

/// Whether `change` may have moved `level`.
pub(super) fn comparable(change: &Said<'_>, level: &Said<'_>) -> bool {
    let pure = matches!(change.claim.kind, Kind::Multiple | Kind::Percent);
    let of_kind = match change.claim.kind {
        Kind::Points => level.claim.unit == "%",
        Kind::Count if change.claim.unit == "bậc" => level.claim.kind == Kind::Rank,
        _ => pure || level.alike(change) || is_base_of(change, level),
    };
    let measured = adds(level.claim.kind)
        || matches!(level.claim.kind, Kind::Percent | Kind::Rate | Kind::Score | Kind::Duration | Kind::Rank);
    // "5.343/8.267 xã, tăng 202 xã": what has changed is the part.
    let part = level.fraction != Some(Fraction::Whole) || change.claim.kind == Kind::Rank;
    of_kind && measured && part && level.index != change.index
}

/// "58,6 triệu đồng/người/năm, tăng 4,9 triệu đồng": a change told without what the level is told per.
fn is_base_of(change: &Said<'_>, level: &Said<'_>) -> bool {
    let base = |said: &Said<'_>| said.claim.unit.split('/').next().map(str::to_owned);
    level.claim.kind == Kind::Rate && change.claim.unit == base(level).unwrap_or_default()
}

fn fits(change: &Said<'_>, level: &Said<'_>) -> bool {
    comparable(change, level)
        && (level.is_level() || change.claim.kind == Kind::Points)
        && level.claim.value_to.is_none()
}

/// The claims before one that are looked through, in the order of the text.
pub(super) fn before<'s, 'd>(own: &'s [Said<'d>], at: usize) -> &'s [Said<'d>] {
    own.get(at.saturating_sub(BEFORE_MAX)..at).unwrap_or_default()
}

/// The levels a change may lie between, the likeliest first.
pub(super) fn of<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<Levels<'s, 'd>> {
    let own = scene.own;
    let mut pairs: Vec<Levels<'s, 'd>> = Vec::new();
    pairs.extend(from_to(own, at));
    if let Some((old, sure)) = base_behind(own, at) {
        pairs.extend(against(scene, at, old, sure));
    }
    if !pairs.iter().any(|pair| pair.sure) {
        pairs.extend(in_turn(own, at));
        pairs.extend(compared_before(own, at));
        pairs.extend(named::named_base(own, at));
        pairs.extend(reached(own, at));
        pairs.extend(told_before(own, at));
        pairs.extend(named::base_before(scene, at));
        pairs.extend(named::times_named(own, at));
    }
    pairs
}

/// "từ 4.017 lên 4.607 trạm": the pair nearest to the change.
fn from_to<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<Levels<'s, 'd>> {
    let change = own.get(at)?;
    let near = |said: &Said<'_>| said.same_sentence(change) && comparable(change, said);
    let close = own.get(at.saturating_sub(NEAR_MAX)..own.len().min(at + NEAR_MAX + 1)).unwrap_or_default();
    let pairs = close.windows(2).filter_map(|pair| match pair {
        [old, new]
            if near(old)
                && near(new)
                && (old.claim.unit == new.claim.unit || old.alike(new))
                && moves(old, new) =>
        {
            Some((new, old))
        }
        _ => None,
    });
    let (new, old) = pairs.min_by_key(|(new, _)| new.index.abs_diff(change.index))?;
    let behind = change.tokens.get(change.to..(change.to + 4).min(change.tokens.len())).unwrap_or_default();
    let told = own.iter().any(|other| {
        other.from >= new.to
            && other.to <= change.from
            && other.claim.unit == change.claim.unit
            && !other.is_level()
    });
    let sure = if change.from >= new.to {
        // "…, tăng 15% so với cùng kỳ" has a base of its own, and so has a second change in the same unit.
        is_bridge(new.until(change)) && !has(behind, &OTHER) && !has(behind, &PLAN) && !told
    } else {
        let words = change.until(old);
        words.len() <= 8 && !has_mark(words, &[';', '.']) && !has(words, &TURNS)
    };
    Some(Levels { new, old, sure })
}

/// "từ A lên B", "từ A xuống còn B"
pub(super) fn moves(old: &Said<'_>, new: &Said<'_>) -> bool {
    let words = old.until(new);
    old.follows(&["từ"], 3) && has(words, &MOVES) && words.len() <= 12 && !has_mark(words, &[';'])
}

/// The level that a change is said to be against, behind it: "so với cuối năm 2024 (4.017 trạm)".
fn base_behind<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<(&'s Said<'d>, bool)> {
    let change = own.get(at)?;
    let next = own.get(at + 1)?;
    // "tăng 6,5 tỷ đồng (6,5%) so với …", "tăng 211 tỷ đồng (gấp 1,4 lần mức …)": the same change told otherwise
    // stands between.
    let pure =
        matches!(next.claim.kind, Kind::Percent | Kind::Multiple) && next.claim.kind != change.claim.kind;
    let beside = pure && change.until(next).len() <= 12;
    let old = [Some(next), own.get(at + 2).filter(|_| beside)]
        .into_iter()
        .flatten()
        .find(|old| old.same_sentence(change) && comparable(change, old) && old.claim.value_to.is_none())?;
    let words = change.until(old);
    // "gấp 1,4 lần mức 473 tỷ đồng"
    let plain = words.len() <= 4 && words.iter().all(is_link);
    // "gấp 1,2 lần mục tiêu đề ra là 30.000 tấn"
    let goal = words.len() <= 8 && has(words, &PLAN) && words.iter().all(Token::is_word);
    let times = change.claim.kind == Kind::Multiple && (plain || goal && !has(words, &TURNS));
    // "tăng 38,1 tỷ đồng so với năm trước, đạt 115% kế hoạch 250 tỷ đồng": against a time, not against the plan behind it.
    let planned = old.follows(&PLAN, 2) && has(words, &["năm trước", "cùng kỳ", "năm ngoái"]);
    let sure = if times { true } else { compares(words).filter(|_| !planned)? };
    Some((old, sure))
}

/// Whether the words between a change and a level compare the two, and surely so.
fn compares(words: &[Token]) -> Option<bool> {
    if has_mark(words, &[';']) {
        return None;
    }
    let against = (1..=words.len()).rev().find(|end| ends_with(words, *end, &["so với", "so"]) > 0);
    let open = words.iter().rposition(|token| token.is_mark('('));
    let open = open.filter(|open| !words.iter().skip(*open).any(|token| token.is_mark(')')));
    let part = |from: usize, to: usize| words.get(from..to).unwrap_or_default();
    let clean = |words: &[Token]| !has_mark(words, &[',']) && !has(words, &TURNS);
    let timed = |words: &[Token]| has(words, &TIMES) || has(words, &PLAN);
    match (against, open) {
        (Some(against), Some(open)) if against <= open => {
            let inside = part(open + 1, words.len());
            Some(clean(part(against, open)) && !has(inside, &TURNS))
        }
        (Some(against), _) => {
            let tail = part(against, words.len());
            // "(tăng 16,7% so với quý I), quý III đạt …": the comparison has ended with its bracket.
            let close = tail.iter().position(|token| token.is_mark(')'));
            if close
                .is_some_and(|close| !part(against, against + close).iter().any(|token| token.is_mark('(')))
            {
                return None;
            }
            let comma = tail.iter().rposition(|token| token.is_mark(','));
            match comma {
                None => Some(clean(tail)),
                // "so với cùng kỳ, cùng kỳ năm 2024 là …"
                Some(comma) => {
                    let last = tail.get(comma + 1..).unwrap_or_default();
                    (timed(last) && last.iter().all(|token| is_link(token) || in_turn_word(token)))
                        .then_some(false)
                }
            }
        }
        (None, Some(open)) => {
            let told = timed(part(0, open)) || timed(part(open + 1, words.len()));
            told.then(|| clean(part(0, open)) && !has(part(open + 1, words.len()), &TURNS))
        }
        (None, None) => {
            let from = matches!(words, [.., last] if last.norm == "từ");
            let said = timed(words) && words.iter().all(|token| is_link(token) || in_turn_word(token));
            if from && words.len() <= 4 { Some(true) } else { said.then_some(false) }
        }
    }
}

/// The levels now that may stand against `old`: before the change, or "…, đạt 600 tỷ đồng" behind.
fn against<'s, 'd>(scene: &Scene<'s, 'd>, at: usize, old: &'s Said<'d>, sure: bool) -> Vec<Levels<'s, 'd>> {
    let own = scene.own;
    let Some(change) = own.get(at) else { return Vec::new() };
    let near = |new: &&Said<'_>| new.claim.sentence + 1 >= change.claim.sentence;
    let same = |new: &&Said<'_>| {
        let of_one = new.claim.unit == old.claim.unit || new.alike(old) || is_base_of(old, new);
        fits(change, new) && new.index != old.index && of_one
    };
    let earlier = || before(own, at).iter().rev().filter(near);
    let all = || earlier().chain(scene.before.iter().rev().take(BEFORE_MAX)).filter(same).take(NEW_MAX);
    let plain = all().filter(|new| !new.is_bracketed());
    let mut pairs: Vec<Levels<'s, 'd>> = plain.map(|new| Levels { new, old, sure: false }).collect();
    let direct =
        pairs.first().is_some_and(|pair| pair.new.same_sentence(change) && is_bridge(pair.new.until(change)));
    // "đạt 57% kế hoạch 9.864,3 tỷ đồng, cao hơn 8,4 điểm % so với cùng kỳ (48,6%)": no other level is told in points.
    let only = change.claim.kind == Kind::Points && old.is_bracketed() && {
        let here = |pair: &&Levels<'_, '_>| pair.new.same_sentence(change);
        pairs.iter().filter(here).count() == 1
            && pairs.first().is_some_and(|pair| pair.new.same_sentence(change))
    };
    if let Some(first) = pairs.first_mut() {
        first.sure = sure && (direct || only);
    }
    let behind = own.iter().find(|new| new.index > old.index && same(new) && reaches(old, new));
    pairs.extend(behind.map(|new| Levels { new, old, sure: sure && !direct }));
    if !direct {
        pairs.extend(all().filter(|new| new.is_bracketed()).map(|new| Levels { new, old, sure: false }));
    }
    pairs
}

/// "…, đạt 600 tỷ đồng", "…, lên 600 tỷ đồng"
fn reaches(old: &Said<'_>, new: &Said<'_>) -> bool {
    let words = old.until(new);
    let verb = ["đạt", "ước đạt", "lên", "còn", "xuống còn", "đạt mức", "lên mức", "đạt khoảng"];
    new.same_sentence(old)
        && new.follows(&verb, 2)
        && words.len() <= 8
        && !has_mark(words, &[';'])
        && words.iter().all(|token| is_link(token) || in_turn_word(token))
}

/// "năm 2023 là 40%, năm 2024 là 50%, tăng 10%": two levels of two times, one after the other.
fn in_turn<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Vec<Levels<'s, 'd>> {
    let Some(change) = own.get(at) else { return Vec::new() };
    let mut earlier = before(own, at).iter().rev().filter(|level| fits(change, level));
    let (Some(second), Some(first)) = (earlier.next(), earlier.next()) else { return Vec::new() };
    let words = first.until(second);
    let parted = has(words, &["trong đó", "gồm", "bao gồm"]);
    let here = second.same_sentence(change) && first.same_sentence(change);
    if !here || parted || !has(words, &TIMES) || first.claim.unit != second.claim.unit {
        return Vec::new();
    }
    let end = |said: &Said<'_>| said.claim.time.and_then(|time| time.to);
    let reversed = match (end(first), end(second)) {
        (Some(first), Some(second)) => first > second,
        _ => has(words, &["trong khi", "cùng kỳ", "đầu năm", "năm trước"]),
    };
    // A new subject between the two, or before the change, makes them levels of two things.
    let cut = words.iter().position(|token| matches!(token.kind, TokenKind::Mark(',' | ';')));
    let tail = cut.and_then(|cut| words.get(cut..)).unwrap_or_default();
    let plain = has(tail, &TIMES) && tail.iter().all(in_turn_word);
    let sure = plain && is_bridge(second.until(change)) && agree(first, second);
    let forth = |sure| Levels { new: second, old: first, sure };
    let back = |sure| Levels { new: first, old: second, sure };
    if reversed { vec![back(sure), forth(false)] } else { vec![forth(sure), back(false)] }
}

/// "24.618 hồ sơ, tăng 3.106 hồ sơ so với 21.512 hồ sơ, tức tăng 14,4%"; "so với cùng kỳ (2.140 lượt), … đạt
/// 2.568 lượt, tăng 20%".
fn compared_before<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Vec<Levels<'s, 'd>> {
    let Some(change) = own.get(at) else { return Vec::new() };
    let earlier = before(own, at).iter().rev();
    let levels: Vec<&'s Said<'d>> =
        earlier.filter(|level| level.same_sentence(change) && fits(change, level)).take(3).collect();
    let [second, first, ..] = levels.as_slice() else { return Vec::new() };
    if !second.alike(first) {
        return Vec::new();
    }
    if has(first.until(second), &["so với", "so"]) {
        let told = has(second.until(change), &["tức", "tương ứng", "tương đương", "hay", "bằng"]);
        return vec![Levels { new: first, old: second, sure: told && is_bridge(second.until(change)) }];
    }
    if first.follows(&["so với", "so"], 10) {
        return vec![Levels { new: second, old: first, sure: false }];
    }
    Vec::new()
}

/// "20 cơ quan, sau sắp xếp còn 14 cơ quan (giảm 6 cơ quan)": one level comes to be the other.
fn reached<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Option<Levels<'s, 'd>> {
    let change = own.get(at)?;
    let earlier = before(own, at).iter().rev().filter(|level| level.same_sentence(change));
    let levels: Vec<&'s Said<'d>> = earlier.filter(|level| fits(change, level)).take(3).collect();
    let [new, old, rest @ ..] = levels.as_slice() else { return None };
    let leads = new.follows(&["còn", "chỉ còn", "xuống còn", "giảm còn", "tăng lên", "nâng lên"], 1);
    let pair = leads && new.alike(old) && !has(old.until(new), &["trong đó", "gồm", "bao gồm"]);
    let alone = rest.is_empty() && !has_mark(old.until(new), &[';']) && agree(old, new);
    let sure = alone && is_bridge(new.until(change));
    pair.then_some(Levels { new, old, sure })
}

/// Whether two levels are not told of different things: "118 hộ nghèo", "94 hộ cận nghèo".
fn agree(one: &Said<'_>, other: &Said<'_>) -> bool {
    let (one, other) = (&one.claim.measures.qualifier, &other.claim.measures.qualifier);
    one.is_empty() || other.is_empty() || one.starts_with(other.as_str()) || other.starts_with(one.as_str())
}

/// "Năm 2024 thu 19.000 tỷ đồng. Năm 2025 thu 20.860 tỷ đồng, tăng 9,8%": a level told in a sentence before.
fn told_before<'s, 'd>(own: &'s [Said<'d>], at: usize) -> Vec<Levels<'s, 'd>> {
    let Some(change) = own.get(at) else { return Vec::new() };
    let small = change.claim.kind == Kind::Count && change.value() < Exact::from_integer(10);
    let mut earlier = before(own, at).iter().rev().filter(|level| fits(change, level));
    let new = earlier.next().filter(|new| new.same_sentence(change) && is_bridge(new.until(change)));
    let Some(new) = new.filter(|_| !small) else { return Vec::new() };
    let near = |old: &&Said<'_>| {
        let close = old.claim.sentence + 2 >= change.claim.sentence && !old.same_sentence(change);
        close && old.alike(new) && agree(old, new)
    };
    earlier.filter(near).take(NEW_MAX).map(|old| Levels { new, old, sure: false }).collect()
}

/// Whether the change is one per year: "giảm bình quân 4,6%/năm".
pub(super) fn is_yearly(change: &Said<'_>) -> bool {
    let behind = change.tokens.get(change.to..(change.to + 3).min(change.tokens.len())).unwrap_or_default();
    let per = behind.first().is_some_and(|token| token.is_mark('/'));
    let each = ["mỗi năm", "một năm", "hằng năm", "hàng năm", "mỗi tháng", "mỗi ngày", "mỗi quý"];
    // "thấp hơn bình quân chung cả nước 5 điểm %" compares with a mean.
    let against =
        change.follows(&["hơn bình quân", "hơn trung bình", "hơn mức bình quân", "hơn mức trung bình"], 5);
    let mean = change.claim.kind != Kind::Rate && change.follows(&["bình quân", "trung bình"], 3) && !against;
    per || has(behind, &each) || mean
}
