//! What is left of a whole: "…, còn 47 học sinh".

mod between;
pub(super) mod confirmed;

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, adds, has, label, states, tie};
use crate::claim::Direction;
use crate::find::Fraction;
use crate::lexicon::{ends_with, starts_with};
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
const PLAIN: [&str; 39] = [
    "cuối",
    "năm",
    "dư",
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
/// Tokens of "còn phải giải ngân trong những tháng cuối năm là" at most.
const LEFT_MAX: usize = 12;
/// Tokens from the word for a whole to its number at most.
const WHOLE_MAX: usize = 18;
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
        if is_left(rest) || is_left_behind(rest) || is_denied(rest) {
            out.extend(left(scene, at));
        } else {
            out.extend(between::of(scene, at));
        }
    }
}

/// "còn lại 413 tỷ đồng", "vốn còn lại phải giải ngân 413 tỷ đồng"
pub(super) fn is_left(rest: &Said<'_>) -> bool {
    let open = rest.from.saturating_sub(LEFT_MAX);
    (open + 1..=rest.from).any(|end| {
        let words = rest.tokens.get(end..rest.from).unwrap_or_default();
        let must = starts_with(words, 0, &["phải", "cần", "chưa"]) > 0;
        // "số còn lại, trên 550 hộ, sẽ khởi công"
        let apart = matches!(words, [comma, hedge @ ..] if comma.is_mark(',') && hedge.len() <= 1)
            && ends_with(rest.tokens, end, &["còn lại"]) > 0;
        ends_with(rest.tokens, end, &LEFT) > 0
            && (words.len() < 3 || must)
            && (words.iter().all(Token::is_word) || apart)
    })
}

/// "964 tài khoản còn lại bị khóa"
fn is_left_behind(rest: &Said<'_>) -> bool {
    starts_with(rest.tokens, rest.to, &["còn lại"]) > 0
}

/// "Số nhà văn hóa chưa đạt là 41 nhà"
fn is_denied(rest: &Said<'_>) -> bool {
    let clause = label::clause_before(rest.tokens, rest.from);
    starts_with(clause, 0, &["số"]) > 0 && denied(clause).is_some()
}

/// What the words say is not so: "chưa giải ngân", "không tham gia", "chưa có thẻ".
fn denied(words: &[Token]) -> Option<&str> {
    let at = words.iter().position(|token| matches!(token.norm.as_str(), "chưa" | "không"))?;
    let behind = words.get(at + 1..).unwrap_or_default();
    let named = behind.iter().find(|token| !matches!(token.norm.as_str(), "có" | "được" | "đủ"));
    named.or(behind.first()).map(|token| token.norm.as_str())
}

/// Whether it counts those of which the other does not hold: "đã giải ngân 387 tỷ đồng, còn 258 tỷ đồng chưa giải ngân".
fn denies(rest: &Said<'_>, part: &Said<'_>) -> bool {
    let sides = [label::clause_before(rest.tokens, rest.from), label::words_behind(rest.tokens, rest.to)];
    let words = label::words(part);
    let is_so =
        |word: &str| words.contains(&word) && !words.iter().any(|word| matches!(*word, "chưa" | "không"));
    sides.iter().filter_map(|words| denied(words)).any(is_so)
}

/// The levels of the same thing before it in the paragraph, the nearest first.
fn levels<'s, 'd>(scene: &Scene<'s, 'd>, at: usize) -> Vec<&'s Said<'d>> {
    let Some(rest) = scene.own.get(at) else { return Vec::new() };
    // "Còn 858 hộ chưa nhận tiền, …" may open a paragraph.
    let before = scene.before.iter().rev().filter(|_| at == 0);
    let earlier = scene.own.get(..at).unwrap_or_default().iter().rev().chain(before);
    let alike = earlier.filter(|said| said.alike(rest));
    alike.filter(|said| said.claim.value_to.is_none()).take(LEVELS_MAX).collect()
}

fn difference(rest: &Said<'_>, whole: &Said<'_>, part: &Said<'_>, sure: bool) -> Stated {
    tie(Tie::Difference, Formula::Difference, vec![rest.index, whole.index, part.index], sure)
}

fn left(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let rest = scene.own.get(at)?;
    let earlier = levels(scene, at);
    // The whole stands before its part; "còn lại 413 tỷ đồng trong tổng số 1.450 tỷ đồng" names it last.
    let behind = scene.own.get(at + 1).filter(|whole| {
        let of = ["tổng", "tổng số", "trong"];
        whole.alike(rest) && whole.same_sentence(rest) && has(rest.until(whole), &of)
    });
    let readings = readings(rest, &earlier, behind);
    let near = |reading: &&Stated| {
        let said = |at: &usize| earlier.iter().copied().chain(behind).find(|said| said.index == *at);
        reading.claims.iter().filter_map(said).all(|said| said.claim.sentence + 1 >= rest.claim.sentence)
    };
    let holds = |reading: &&Stated| scene.holds(reading);
    // Further off in the paragraph a number of few digits fits by chance.
    let far = |_: &&Stated| rest.claim.value.digits >= 100;
    let holding =
        readings.iter().filter(near).find(holds).or_else(|| readings.iter().filter(far).find(holds));
    if let Some(holding) = holding {
        return Some(holding.clone());
    }
    if let Some(of_total) = of_earlier_total(scene, rest, &earlier) {
        return Some(of_total);
    }
    // "tổng nguồn vốn 9.240 tỷ đồng … giải ngân 6.006 tỷ đồng … Số vốn chưa giải ngân 3.243 tỷ đồng"
    let denied =
        readings.iter().find(|reading| is_of_total(rest, &earlier, reading) && scene.explains(reading));
    if let Some(denied) = denied {
        return Some(Stated { whole: true, ..denied.clone() });
    }
    // "được giao 2.650 tỷ đồng, giải ngân 1.166 tỷ đồng, …, còn 1.448 tỷ đồng": digits that stand the wrong way round.
    if is_left(rest) {
        // "Số vốn còn phải giải ngân là 4.240,6 tỷ đồng" may be a sentence of its own.
        let here = |reading: &&Stated| {
            let said = |at: &usize| earlier.iter().copied().chain(behind).find(|said| said.index == *at);
            let near = |said: &Said<'_>| {
                said.claim.sentence + 1 >= rest.claim.sentence
                    || said.follows(&["tổng", "kế hoạch", "được giao"], WHOLE_MAX)
            };
            reading.claims.iter().skip(1).all(|at| said(at).is_some_and(near))
        };
        let here: Vec<Stated> = readings.iter().filter(here).cloned().collect();
        if let Some(swapped) = scene.only_swapped(&here) {
            return Some(swapped);
        }
    }
    let first = readings.into_iter().next()?;
    is_all_left(scene, rest, &earlier, behind, &first).then_some(Stated { whole: true, ..first })
}

/// "1. Tổng kế hoạch vốn là 14.236 tỷ đồng …" / "2. … giải ngân được 8.127 tỷ đồng …; vốn còn phải giải ngân là 6.109 tỷ
/// đồng": the whole is a total of an earlier paragraph. Only what holds is told.
fn of_earlier_total(scene: &Scene<'_, '_>, rest: &Said<'_>, earlier: &[&Said<'_>]) -> Option<Stated> {
    if rest.claim.value.digits < 100 || !(is_left(rest) || is_denied(rest)) {
        return None;
    }
    let fits = |whole: &&Said<'_>| {
        let total = whole.follows(&["tổng", "kế hoạch", "tiếp nhận", "được giao"], WHOLE_MAX);
        total && whole.alike(rest) && whole.is_level() && whole.claim.value_to.is_none()
    };
    let wholes = scene.earlier.iter().rev().filter(fits).take(LEVELS_MAX);
    let parts =
        || earlier.iter().filter(|part| part.is_level() && part.claim.sentence + 1 >= rest.claim.sentence);
    let readings = wholes.flat_map(|whole| parts().map(|part| difference(rest, whole, part, false)));
    let readings: Vec<Stated> = readings.collect();
    let holding = readings.iter().find(|reading| scene.holds(reading)).cloned();
    holding.or_else(|| scene.only_swapped(&readings))
}

/// Whether it counts those of which the part does not hold, of what is told as a total.
fn is_of_total(rest: &Said<'_>, earlier: &[&Said<'_>], reading: &Stated) -> bool {
    let said = |nth: usize| {
        let at = reading.claims.get(nth)?;
        earlier.iter().find(|said| said.index == *at)
    };
    let (Some(whole), Some(part)) = (said(1), said(2)) else { return false };
    let told = ["tổng", "tổng số", "tổng cộng", "kế hoạch", "toàn bộ"];
    // "tổng nguồn 3.005 triệu đồng; đã chi 1.312 triệu đồng, còn dư 1.693 triệu đồng"
    let next = earlier.first().is_some_and(|near| near.index == part.index)
        && earlier.get(1).is_some_and(|near| near.index == whole.index);
    let left = is_left(rest) && next && is_plain(rest) && part.same_sentence(rest);
    (denies(rest, part) || left) && whole.follows(&told, 8) && !whole.is_bracketed()
}

/// The wholes and parts that may leave it, the nearest first.
fn readings(rest: &Said<'_>, earlier: &[&Said<'_>], behind: Option<&Said<'_>>) -> Vec<Stated> {
    let is_fall = |said: &Said<'_>| said.direction() == Some(Direction::Down);
    let mut readings = Vec::new();
    for (nearer, part) in earlier.iter().enumerate().filter(|(_, part)| part.is_level() || is_fall(part)) {
        // "3.162/3.400 người tham gia": the pair names its part first.
        let whole_first = part.fraction != Some(Fraction::Whole);
        let wholes = earlier
            .iter()
            .skip(nearer + 1)
            .copied()
            .chain(behind)
            .chain(earlier.iter().take(nearer).copied());
        let wholes = wholes.filter(|whole| whole_first && whole.is_level() && whole.value() > part.value());
        readings.extend(wholes.map(|whole| difference(rest, whole, part, false)));
    }
    readings
}

/// Whether a wrong rest is surely wrong: there is but one whole with one part, and the words say that the rest is
/// all that the part leaves.
fn is_all_left(
    scene: &Scene<'_, '_>,
    rest: &Said<'_>,
    earlier: &[&Said<'_>],
    behind: Option<&Said<'_>>,
    reading: &Stated,
) -> bool {
    let part = reading.claims.get(2).and_then(|at| earlier.iter().copied().find(|said| said.index == *at));
    let (Some(part), Some(nearest)) = (part, earlier.first()) else { return false };
    let of_one =
        earlier.len() == if behind.is_some_and(|said| reading.claims.contains(&said.index)) { 1 } else { 2 };
    let here = nearest.same_sentence(rest);
    let last: Vec<_> = earlier.iter().filter(|said| said.claim.sentence == nearest.claim.sentence).collect();
    let next = nearest.claim.sentence + 1 == rest.claim.sentence && last.len() == 2;
    // "428 vụ, giảm 36 vụ (7,8%); đã làm rõ 379 vụ, còn 49 vụ": a change beside the whole is none of its parts.
    let of_levels = here && earlier.iter().filter(|said| said.is_level()).count() == 2 && part.is_level();
    let contrary = states::are_opposites(&[part, rest]) && earlier.len() == 2;
    // "đã thông quan 80 tấn, còn 30 tấn chờ kiểm dịch, 5 tấn hư hỏng": one of several, or of another kind.
    let at = scene.own.iter().position(|said| said.index == rest.index).unwrap_or(0);
    let more = scene.own.get(at + 1).filter(|more| more.same_sentence(rest) && more.alike(rest));
    let listed = behind.is_none() && more.is_some_and(|more| more.is_level() && more.value() < rest.value());
    if listed {
        return false;
    }
    let told = is_bare(rest) || denies(rest, part) || scene.explains(reading);
    (is_left(rest) && here && of_one && is_plain(rest) && told)
        || (is_left(rest) && (here && of_one || next) && denies(rest, part))
        || (is_left_behind(rest) && here && of_one
            || contrary
            || is_left(rest) && of_levels && is_plain(rest))
            && scene.explains(reading)
}

/// Whether no words behind it tell of what kind it is: "còn 85 tỷ đồng chưa có khối lượng nghiệm thu".
fn is_bare(rest: &Said<'_>) -> bool {
    let behind = label::content(label::words_behind(rest.tokens, rest.to));
    behind.iter().all(|word| PLAIN.contains(word))
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
