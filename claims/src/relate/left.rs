//! What is left of a whole: "…, còn 47 học sinh".

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, adds, has, label, tie};
use crate::claim::Direction;
use crate::lexicon::ends_with;
use crate::text::{Token, TokenKind};

/// Before what is left.
const LEFT: [&str; 11] = [
    "còn",
    "còn lại",
    "còn lại là",
    "chỉ còn",
    "hiện còn",
    "số còn lại là",
    "chưa giải ngân là",
    "chưa thực hiện là",
    "còn thiếu",
    "phần còn lại",
    "phần còn lại là",
];
/// Before what lies between two numbers.
const BETWEEN: [&str; 5] = ["chênh lệch", "bội chi", "xuất siêu", "nhập siêu", "thặng dư"];
/// Words of a clause whose number is what two others leave between them.
const REST: [&str; 22] = [
    "còn",
    "chênh lệch",
    "bội chi",
    "xuất siêu",
    "nhập siêu",
    "thặng dư",
    "kết dư",
    "tiết kiệm",
    "tiết giảm",
    "thiếu",
    "dư",
    "vượt",
    "nhiều hơn",
    "ít hơn",
    "cao hơn",
    "thấp hơn",
    "hụt",
    "chưa",
    "không",
    "lãi",
    "lợi nhuận",
    "cắt giảm",
];
/// Words of a clause that names what is left and nothing else.
const PLAIN: [&str; 36] = [
    "còn",
    "lại",
    "là",
    "hiện",
    "nay",
    "đến",
    "chỉ",
    "số",
    "phần",
    "chưa",
    "giải",
    "ngân",
    "thực",
    "xử",
    "lý",
    "quyết",
    "khoảng",
    "gần",
    "hơn",
    "tiền",
    "vốn",
    "kinh",
    "phí",
    "thiếu",
    "vẫn",
    "toàn",
    "tỉnh",
    "xã",
    "phường",
    "và",
    "hoàn",
    "thành",
    "do",
    "đó",
    "như",
    "vậy",
];
/// Levels that are tried.
const LEVELS_MAX: usize = 8;

/// Whether its clause says that it is what is left, or what lies between two numbers.
pub(super) fn is_rest(said: &Said<'_>) -> bool {
    has(label::clause_before(said.tokens, said.from), &REST)
}

/// What is left of a whole, and what lies between two numbers.
pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    for (at, rest) in scene.own.iter().enumerate() {
        if !adds(rest.claim.kind) || rest.claim.value_to.is_some() {
            continue;
        }
        if is_left(rest) {
            out.extend(left(scene, at));
        } else if names_between(rest) {
            out.extend(between(scene, at));
        }
    }
}

fn is_left(rest: &Said<'_>) -> bool {
    let open = rest.from.saturating_sub(3);
    (open + 1..=rest.from).any(|end| {
        let words = rest.tokens.get(end..rest.from).unwrap_or_default();
        ends_with(rest.tokens, end, &LEFT) > 0 && words.iter().all(Token::is_word)
    })
}

/// "chênh lệch giữa tổng chi và dự toán thu 92,0 tỷ đồng là 59,2 tỷ đồng"
fn names_between(rest: &Said<'_>) -> bool {
    rest.follows(&BETWEEN, 2)
        || (rest.follows(&BETWEEN, 18) && rest.follows(&["là", "đạt", "còn", "khoảng"], 2))
}

fn levels<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<&'s Said<'d>> {
    let own = scene.own;
    let Some(rest) = own.get(at) else { return Vec::new() };
    let near = |said: &&Said<'_>| said.claim.sentence + 1 >= rest.claim.sentence;
    let earlier = own.get(..at).unwrap_or_default().iter().rev().filter(near);
    earlier.filter(|said| said.alike(rest) && said.claim.value_to.is_none()).take(LEVELS_MAX).collect()
}

fn difference(rest: &Said<'_>, whole: &Said<'_>, part: &Said<'_>, sure: bool) -> Stated {
    tie(Tie::Difference, Formula::Difference, vec![rest.index, whole.index, part.index], sure)
}

fn left(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at)?;
    let earlier = levels(scene, at);
    let is_fall = |said: &Said<'_>| said.direction() == Some(Direction::Down);
    let mut readings = Vec::new();
    for (nearer, part) in earlier.iter().enumerate().filter(|(_, part)| part.is_level() || is_fall(part)) {
        // The whole stands before its part; "còn lại 413 tỷ đồng trong tổng số 1.450 tỷ đồng" names it last.
        let behind = scene.own.get(at + 1).filter(|whole| {
            whole.alike(rest)
                && whole.same_sentence(rest)
                && has(rest.until(whole), &["tổng", "tổng số", "trong"])
        });
        let wholes = earlier
            .iter()
            .skip(nearer + 1)
            .copied()
            .chain(behind)
            .chain(earlier.iter().take(nearer).copied());
        let wholes = wholes.filter(|whole| whole.is_level() && whole.value() > part.value());
        readings.extend(wholes.map(|whole| difference(rest, whole, part, false)));
    }
    if let Some(holding) = readings.iter().find(|reading| scene.holds(reading)) {
        return Some(holding.clone());
    }
    // A wrong one is surely wrong where there is but one whole with one part, and the clause has no other subject.
    let behind =
        readings.first().is_some_and(|reading| reading.claims.get(1).is_some_and(|at| *at > rest.index));
    let near = earlier.first().is_some_and(|part| part.same_sentence(rest));
    let sure = near && is_plain(rest) && earlier.len() == if behind { 1 } else { 2 };
    readings.into_iter().next().map(|reading| Stated { whole: sure, ..reading }).filter(|_| sure)
}

/// Whether the clause before what is left names nothing but the unit and that it is left.
fn is_plain(rest: &Said<'_>) -> bool {
    let open = rest.from.saturating_sub(14);
    let before = rest.tokens.get(open..rest.from).unwrap_or_default();
    let from = before.iter().rposition(|token| matches!(token.kind, TokenKind::Mark(_)) || token.is_number());
    let clause = before.get(from.map_or(0, |from| from + 1)..).unwrap_or_default();
    let unit = |token: &Token| rest.claim.unit.split([' ', '/', ',']).any(|word| word == token.norm);
    clause.iter().all(|token| PLAIN.contains(&token.norm.as_str()) || unit(token))
}

/// Whether the two levels before are what goes out and what comes in.
fn is_trade(nearest: &[&Said<'_>]) -> bool {
    let goes =
        |said: &Said<'_>, way: &'static str| said.follows(&[way], 6) && !said.follows(&["xuất nhập khẩu"], 6);
    let pair = |one: &Said<'_>, other: &Said<'_>| goes(one, "xuất khẩu") && goes(other, "nhập khẩu");
    matches!(nearest, [one, other, ..] if pair(one, other) || pair(other, one))
}

/// Two levels that the number may lie between, where it does.
fn between(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at)?;
    let earlier: Vec<&Said<'_>> = levels(scene, at).into_iter().filter(|said| said.is_level()).collect();
    let pairs = earlier.iter().enumerate().flat_map(|(nearer, one)| {
        earlier.iter().skip(nearer + 1).map(move |other| {
            let (large, small) = if one.value() > other.value() { (one, other) } else { (other, one) };
            difference(rest, large, small, false)
        })
    });
    let pairs: Vec<Stated> = pairs.collect();
    let trade = rest.follows(&["xuất siêu", "nhập siêu"], 2) && is_trade(&earlier);
    let holding = pairs.iter().find(|reading| scene.holds(reading)).cloned();
    holding.or_else(|| {
        pairs.into_iter().next().filter(|_| trade).map(|reading| Stated { whole: true, ..reading })
    })
}
