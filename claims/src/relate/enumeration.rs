//! Numbers one after the other that may be the parts of something.

use super::share::PLAN;
use super::{Said, adds, has, has_mark};
use crate::claim::Kind;
use crate::find::Fraction;
use crate::lexicon::{any_of, ends_with};
use crate::text::{Token, TokenKind};

/// Words before parts that are all there are.
const ALL: [&str; 12] = [
    "gồm",
    "bao gồm",
    "gồm có",
    "chia ra",
    "chia làm",
    "chia thành",
    "chia theo",
    "phân ra",
    "phân theo",
    "phân thành",
    "lần lượt là",
    "cơ cấu gồm",
];
/// Words before some parts.
const SOME: [&str; 13] = [
    "trong đó",
    "trong số đó",
    "trong số này",
    "như",
    "điển hình",
    "điển hình là",
    "tiêu biểu",
    "nhất là",
    "riêng",
    "đáng chú ý",
    "cụ thể",
    "cụ thể là",
    "chủ yếu là",
];
/// Words before a total that follows its parts.
pub(super) const TOTAL: [&str; 12] = [
    "tổng cộng",
    "cộng",
    "tổng cộng là",
    "tổng số là",
    "nâng tổng số",
    "đưa tổng số",
    "tổng",
    "tổng là",
    "tất cả",
    "cả hai",
    "cả ba",
    "cả bốn",
];
/// Words before a level that something is compared with.
const COMPARED: [&str; 3] = ["cùng kỳ", "năm trước", "kỳ trước"];
/// Words that begin an item without a number.
const UNCOUNTED: [&str; 11] = ["các", "những", "một", "nhiều", "còn", "số", "phần", "vài", "mấy", "v", "vv"];
/// Tokens looked through behind the last part for items without a number.
const TAIL: usize = 12;
/// Parts that have parts of their own, in one enumeration.
const NESTED_MAX: usize = 6;
/// Tokens of an enumeration that are looked through.
const LENGTH_MAX: usize = 400;

/// What a word before the first part says of the parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cue {
    /// They are all there are.
    All,
    /// They are some.
    Some,
    /// They are told behind a colon, which does not say whether they are all.
    Colon,
}

/// The cue in the words before a first part.
pub(super) fn cue(words: &[Token]) -> Option<Cue> {
    if has(words, &SOME) || has(words, &["không gồm", "không bao gồm", "chưa bao gồm"]) {
        let none = has(words, &["không gồm", "không bao gồm", "chưa bao gồm"]);
        return (!none).then_some(Cue::Some);
    }
    if has(words, &ALL) {
        return Some(Cue::All);
    }
    // "…, gồm hai đợt: 35 thôn, 23 thôn"; in "hộ cận nghèo: 23.836 hộ" it is the name that ends so.
    let colon = words.iter().position(|token| token.is_mark(':'))?;
    let before = words.get(..colon).unwrap_or_default();
    let sentence = before.iter().rposition(|token| token.is_mark('.')).map_or(0, |point| point + 1);
    let parted = has_mark(before.get(sentence..).unwrap_or_default(), &[',', ';', '-', '+', '–']);
    (!parted).then_some(Cue::Colon)
}

/// The parts from one on.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Those of the enumeration itself, as places among the claims of the paragraph.
    pub(super) outer: Vec<usize>,
    /// With the parts of parts.
    pub(super) all: Vec<usize>,
    /// Items that are named without a number: each may be one more.
    pub(super) uncounted: usize,
    /// Some item says that there are more than are counted.
    pub(super) open: bool,
}

impl Parts {
    /// Whether no part has parts of its own.
    pub(super) fn is_flat(&self) -> bool {
        self.outer.len() == self.all.len()
    }
}

/// The parts from `at` on that `fits`: up to the end of the sentence or list, or a word that opens others.
pub(super) fn parts(own: &[Said<'_>], at: usize, fits: impl Fn(&Said<'_>) -> bool) -> Parts {
    let mut parts = Parts::default();
    let (mut nested, mut opened) = (false, 0);
    let mut left_out: Vec<usize> = Vec::new();
    let head = own.get(at);
    // Behind another number of its line it begins an enumeration within an item: "- Tổng nợ 2.104 tỷ đồng, gồm: …".
    let first = |head: &Said<'_>| {
        at.checked_sub(1).and_then(|before| own.get(before)).is_none_or(|before| before.line != head.line)
    };
    let list = head.is_some_and(|head| head.item.is_some() && first(head) || is_item(head));
    let mark = head.and_then(|head| head.item);
    for (index, part) in own.iter().enumerate().skip(at) {
        if let Some(before) =
            index.checked_sub(1).filter(|before| *before >= at).and_then(|before| own.get(before))
        {
            let words = before.until(part);
            let line = part.item.is_some() && part.line > before.line;
            let dashed = || {
                words.iter().any(|token| matches!(token.kind, TokenKind::Mark('-' | '+' | '•' | '*' | '–')))
            };
            let listed = list && (line || dashed());
            if opened > NESTED_MAX || !(part.same_sentence(before) || listed) || is_total(part, &TOTAL, 3) {
                break;
            }
            match opens(words) {
                Some(true) => break,
                Some(false) => {
                    nested = true;
                    opened += 1;
                }
                // "- Thu nội địa …; + thuế …; + phí …; - Thu khác …": lines of another mark are parts of a part.
                None if listed && mark.is_some() && part.item != mark => nested = true,
                None => nested = nested && !listed && !has_mark(words, &[';']),
            }
        }
        let level = part.is_level() && !part.is_bracketed() && part.fraction != Some(Fraction::Whole);
        let each = led_by(part, &["bình quân", "trung bình", "mỗi"], 5);
        if fits(part) && level && !each && !is_compared(part) {
            parts.all.push(index);
            if !nested {
                parts.outer.push(index);
            }
        } else if fits(part) {
            left_out.push(part.line);
        }
    }
    // A line of a list whose number is no part leaves it open what the parts add up to.
    let told = |line: &usize| parts.all.iter().filter_map(|at| own.get(*at)).any(|part| part.line == *line);
    parts.open = list && !left_out.iter().all(told);
    look_through(own, at, &mut parts);
    parts
}

/// Whether the line of a number is an item of a list: then the lines behind may be items too.
fn is_item(said: &Said<'_>) -> bool {
    let before = said.tokens.get(said.from.saturating_sub(TAIL)..said.from).unwrap_or_default();
    let mark =
        before.iter().rposition(|token| matches!(token.kind, TokenKind::Mark('-' | '+' | '•' | '*' | '–')));
    mark.is_some_and(|mark| {
        let led = before.get(..mark).and_then(<[_]>::last);
        led.is_none_or(|led| matches!(led.kind, TokenKind::Mark(':' | '.' | ';' | ',')))
    })
}

/// Whether the words open parts of a part, or (true) begin something else.
fn opens(words: &[Token]) -> Option<bool> {
    let opened = (1..=words.len())
        .find(|end| ends_with(words, *end, &SOME) > 0 || ends_with(words, *end, &ALL) > 0)?;
    let before = words.get(..opened).unwrap_or_default();
    Some(has_mark(before, &[';', '.']))
}

/// Whether it is the level that another is compared with, or a plan.
pub(super) fn is_compared(said: &Said<'_>) -> bool {
    let named = said.follows(&["chương trình mục tiêu", "chương trình , mục tiêu", "có mục tiêu"], 5);
    led_by(said, &["so với", "so"], 4) || led_by(said, &COMPARED, 2) || led_by(said, &PLAN, 4) && !named
}

/// Whether one of `phrases` stands before it in its own item: "12 khoản vượt dự toán, 4 khoản không đạt".
fn led_by(said: &Said<'_>, phrases: &[&'static str], window: usize) -> bool {
    let clear = |distance: usize| {
        let words = said.tokens.get(said.from - distance..said.from).unwrap_or_default();
        !has_mark(words, &[',', ';']) && !words.iter().any(|token| token.norm == "và")
    };
    said.distance_to(phrases, window).is_some_and(clear)
}

/// Items without a number, between the parts and right behind the last.
fn look_through(own: &[Said<'_>], at: usize, parts: &mut Parts) {
    let (Some(head), Some(last)) = (own.get(at), parts.all.last().and_then(|last| own.get(*last))) else {
        return;
    };
    let end = last.tokens.len().min(last.to + TAIL).min(head.from + LENGTH_MAX);
    let region = last.tokens.get(head.from..end).unwrap_or_default();
    let behind = last.to.saturating_sub(head.from);
    let close = region
        .iter()
        .enumerate()
        .skip(behind)
        .find(|(_, token)| matches!(token.kind, TokenKind::Mark('.' | ';' | '!' | '?')));
    let region = region.get(..close.map_or(region.len(), |(at, _)| at)).unwrap_or_default();
    parts.open |= region.iter().any(|token| token.is_mark('…')) || region.windows(2).any(dots);
    let mut from = 0;
    for end in 0..=region.len() {
        let parted = region.get(end).is_none_or(|token| {
            matches!(token.kind, TokenKind::Mark(',' | ';' | '(' | ')')) || token.norm == "và"
        });
        if !parted {
            continue;
        }
        let item = region.get(from..end).unwrap_or_default();
        // "A 20 ha, B 30 ha và C": the last item has no number.
        let first_joint = region.iter().position(|token| token.norm == "và");
        let joined = from > behind && first_joint.is_some_and(|joint| joint + 1 == from) && item.len() <= 6;
        from = end + 1;
        if item.is_empty() || item.iter().any(Token::is_number) {
            continue;
        }
        parts.uncounted += 1;
        let rest = any_of(item.first(), &UNCOUNTED) && !any_of(item.get(1), &["đó"]);
        let other = item.iter().any(|token| token.norm == "khác");
        parts.open |= rest || other || joined;
    }
}

fn dots(pair: &[Token]) -> bool {
    pair.iter().all(|token| token.is_mark('.'))
}

/// Whether the tokens right before a total name it as one: "cộng đồng" does not.
pub(super) fn is_total(said: &Said<'_>, phrases: &[&'static str], window: usize) -> bool {
    let open = said.from.saturating_sub(window);
    (open + 1..=said.from).any(|end| {
        ends_with(said.tokens, end, phrases) > 0
            && !any_of(said.tokens.get(end), &["đồng", "tác", "hòa", "sự", "hưởng"])
            && ends_with(said.tokens, end, &["công cộng"]) == 0
    })
}

/// Kinds of people: "15 cán bộ, gồm 4 bác sĩ, 6 điều dưỡng và 5 hộ lý" counts one set.
const PEOPLE: [&str; 57] = [
    "nhân khẩu",
    "khẩu",
    "bộ đội",
    "công an",
    "kiểm lâm",
    "thí sinh",
    "bệnh nhân",
    "du khách",
    "dân phòng",
    "hướng dẫn viên",
    "nghệ nhân",
    "diễn viên",
    "người",
    "cán bộ",
    "nhân viên",
    "thành viên",
    "đại biểu",
    "bác sĩ",
    "điều dưỡng",
    "dược sĩ",
    "hộ sinh",
    "giáo viên",
    "học sinh",
    "sinh viên",
    "công chức",
    "viên chức",
    "lao động",
    "người lao động",
    "đảng viên",
    "đoàn viên",
    "hội viên",
    "ủy viên",
    "trưởng ban",
    "phó trưởng ban",
    "phó ban",
    "đồng chí",
    "chiến sĩ",
    "kỹ sư",
    "công nhân",
    "chuyên gia",
    "hộ lý",
    "kỹ thuật viên",
    "y sĩ",
    "thạc sĩ",
    "tiến sĩ",
    "biên chế",
    "vận động viên",
    "huấn luyện viên",
    "tình nguyện viên",
    "đối tượng",
    "nhân lực",
    "quản lý",
    "dân quân",
    "thanh niên",
    "phụ nữ",
    "nông dân",
    "hộ viên",
];

/// Whether both count people.
pub(super) fn are_people(one: &Said<'_>, other: &Said<'_>) -> bool {
    one.claim.kind == Kind::Count && is_of_people(one) && is_of_people(other)
}

/// Whether it counts people.
pub(super) fn is_of_people(said: &Said<'_>) -> bool {
    PEOPLE.iter().any(|unit| said.claim.unit.starts_with(unit))
}

/// Whether it can be a total or a part.
pub(super) fn is_amount(said: &Said<'_>) -> bool {
    adds(said.claim.kind) && said.is_level() && said.claim.value_to.is_none()
}
