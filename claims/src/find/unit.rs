//! The unit behind a number, and whether the number is a claim at all.

use super::{Found, hedge, reject};
use crate::claim::Kind;
use crate::lexicon::{any_of, ends_with, unit_at};
use crate::number::{Marks, Quantity, quantity};
use crate::text::{Token, TokenKind};

/// What a number counts.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) unit: String,
    pub(super) kind: Kind,
    /// The token behind it.
    pub(super) end: usize,
}

/// Powers from which on a number without a noun is money.
const MONEY_POWER: u8 = 6;

/// Words that are no nouns: a number before one of them counts nothing that is named.
const NO_NOUN: [&str; 87] = [
    "là", "và", "của", "so", "được", "đã", "đang", "sẽ", "trong", "tại", "với", "để", "từ", "đến", "tới",
    "trên", "dưới", "cho", "theo", "về", "vào", "ra", "lên", "xuống", "còn", "hoặc", "hay", "thì", "mà",
    "nhưng", "như", "bằng", "đạt", "tăng", "giảm", "có", "không", "chưa", "cũng", "này", "đó", "ấy", "kia",
    "nay", "qua", "sau", "trước", "do", "vì", "nếu", "khi", "cùng", "bị", "nằm", "gồm", "chiếm", "thuộc",
    "vượt", "hơn", "gấp", "rõ", "thứ", "đều", "trở", "khác", "nhất", "đầu", "cuối", "sao", "nữa", "tròn",
    "tổng", "ở", "nên", "tuy", "nhờ", "tiếp", "hư", "hỏng", "mới", "cũ", "lớn", "nhỏ", "xây", "sửa", "học",
    "chết",
];

/// The unit that begins at `at`, with what it is divided by: "triệu đồng/người/năm".
pub(super) fn at(tokens: &[Token], at: usize, marks: Marks) -> Option<Measured> {
    let unit = unit_at(tokens, at)?;
    let (mut name, kind, mut end) = (unit.name, unit.kind, at + unit.tokens);
    if kind == Kind::Percent {
        return Some(Measured { unit: name, kind, end });
    }
    if unit.classifier {
        if let Some(noun) = unit_at(tokens, end).filter(|noun| noun.kind == Kind::Count) {
            name = format!("{name} {}", noun.name);
            end += noun.tokens;
        } else if let Some(noun) = tokens.get(end).filter(|word| is_noun(word)) {
            name = format!("{name} {}", noun.norm);
            end += 1;
        }
    }
    Some(per(tokens, Measured { unit: name, kind, end }, marks))
}

/// What is measured, with all that it is divided by.
fn per(tokens: &[Token], mut measured: Measured, marks: Marks) -> Measured {
    while let Some((per, behind)) = divisor(tokens, measured.end, marks) {
        measured = Measured { unit: format!("{}/{per}", measured.unit), kind: Kind::Rate, end: behind };
    }
    measured
}

fn is_noun(word: &Token) -> bool {
    word.is_word() && !word.capital && !NO_NOUN.contains(&word.norm.as_str())
}

/// "/100 hộ", "/vạn dân", "/ha": what a rate is divided by.
fn divisor(tokens: &[Token], at: usize, marks: Marks) -> Option<(String, usize)> {
    tokens.get(at).filter(|mark| mark.is_mark('/'))?;
    let number =
        tokens.get(at + 1).filter(|token| token.is_number()).and_then(|_| quantity(tokens, at + 1, marks));
    let round = any_of(tokens.get(at + 1), &["trăm", "nghìn", "vạn", "triệu"]);
    let noun = number.as_ref().map_or(at + 1 + usize::from(round), |number| number.tokens.end);
    let (name, end) = match unit_at(tokens, noun) {
        Some(unit) => (unit.name, noun + unit.tokens),
        None => {
            let word = tokens.get(noun).filter(|word| is_noun(word) && word.norm.chars().count() > 1)?;
            (word.norm.clone(), noun + 1)
        }
    };
    let times = tokens.get(at + 1).filter(|_| round).map(|word| word.norm.clone());
    let times = times.or_else(|| number.map(|number| crate::print::written(number.amount)));
    Some((times.map_or_else(|| name.clone(), |times| format!("{times} {name}")), end))
}

/// The claim that a number makes with what stands behind it, if it makes one.
pub(super) fn claim(tokens: &[Token], value: Quantity, marks: Marks) -> Option<Found> {
    let measured = measured(tokens, &value, marks)?;
    let tokens_at = value.tokens.start..measured.end;
    let hedge = hedge::of(tokens, value.tokens.start, measured.end);
    let (unit, kind) = (measured.unit, measured.kind);
    Some(Found { value, value_to: None, unit, kind, tokens: tokens_at, hedge, fraction: None })
}

/// What `value` measures; `None` where it claims nothing.
pub(super) fn measured(tokens: &[Token], value: &Quantity, marks: Marks) -> Option<Measured> {
    let (from, end) = (value.tokens.start, value.tokens.end);
    if reject::is_ranked(tokens, from) {
        return Some(Measured { unit: "hạng".to_owned(), kind: Kind::Rank, end });
    }
    let Some(mut measured) = at(tokens, end, marks) else { return unnamed(tokens, value, marks) };
    if value.in_words && value.amount.power == 0 && value.amount.is_plain() && value.amount.digits <= 10 {
        // "một" is an article, and "hai", "ba" count only what can be counted.
        let counts = match measured.kind {
            Kind::Count | Kind::Measure | Kind::Rate => true,
            Kind::Multiple => multiplies(tokens, from),
            _ => false,
        };
        if value.amount.digits <= 1 || !counts {
            return None;
        }
    }
    match measured.kind {
        // "giảm 0,6 ngày so với tháng 9 (3,4 ngày)": parts of a day are never a date.
        Kind::Duration if value.amount.decimals == 0 && !lasts(tokens, from, &measured.unit) => return None,
        Kind::Multiple if !multiplies(tokens, from) => measured.kind = Kind::Count,
        Kind::Count if measured.unit == "cấp" => return None,
        Kind::Count | Kind::Measure
            if value.amount.digits < 10 && value.amount.power == 0 && is_named_level(tokens, from) =>
        {
            return None;
        }
        _ => {}
    }
    Some(measured)
}

/// A number with no known unit behind it: money, a change told with its goal, a noun that is not in the list.
fn unnamed(tokens: &[Token], value: &Quantity, marks: Marks) -> Option<Measured> {
    let end = value.tokens.end;
    if value.amount.power >= MONEY_POWER && !tokens.get(end).is_some_and(is_noun) {
        return Some(Measured { unit: "đồng".to_owned(), kind: Kind::Money, end });
    }
    if value.in_words && value.amount.power == 0 && value.amount.digits < 11 {
        return None;
    }
    if let Some(shared) = shared(tokens, end, marks) {
        return Some(shared);
    }
    let word = tokens.get(end).filter(|word| is_noun(word))?;
    let second = tokens.get(end + 1).filter(|word| is_noun(word) && unit_at(tokens, end + 1).is_none());
    let (unit, end) = match second {
        Some(second) => (format!("{} {}", word.norm, second.norm), end + 2),
        None => (word.norm.clone(), end + 1),
    };
    Some(per(tokens, Measured { unit, kind: Kind::Count, end }, marks))
}

/// "từ 30 xuống 18 ngày": the unit stands behind the second number.
fn shared(tokens: &[Token], at: usize, marks: Marks) -> Option<Measured> {
    let links = [
        "xuống",
        "lên",
        "còn",
        "và",
        "hoặc",
        "đến",
        "xuống còn",
        "lên đến",
        "tới",
        "lên tới",
        "trên tổng số",
        "trong tổng số",
        "trong số",
        "trên",
    ];
    let link = crate::lexicon::starts_with(tokens, at, &links);
    let next = if link > 0 { at + link } else { return None };
    let number = quantity(tokens, next, marks)?;
    let measured = self::at(tokens, number.tokens.end, marks)?;
    let lasting = measured.kind != Kind::Duration
        || matches!(tokens.get(at).map(|word| word.norm.as_str()), Some("xuống" | "còn" | "lên"));
    lasting.then_some(Measured { end: at, ..measured })
}

/// A duration is a claim where it is the duration of something, not the period a sentence speaks of.
fn lasts(tokens: &[Token], from: usize, unit: &str) -> bool {
    const CUES: [&str; 37] = [
        "muộn",
        "được",
        "duy trì",
        "quy định",
        "rút ngắn",
        "giảm",
        "còn",
        "xuống",
        "xuống còn",
        "mất",
        "kéo dài",
        "chờ",
        "chỉ",
        "tiết kiệm",
        "cắt giảm",
        "sớm",
        "sớm hơn",
        "nhanh hơn",
        "lâu hơn",
        "ngắn hơn",
        "chậm",
        "trễ",
        "bình quân",
        "trung bình",
        "thời gian",
        "thời hạn",
        "tuổi thọ",
        "thọ",
        "trung bình là",
        "bình quân là",
        "lên",
        "tăng",
        "thêm",
        "rút xuống",
        "tối đa",
        "không quá",
        "giải quyết",
    ];
    let open = from.saturating_sub(6);
    let cue = (open + 1..=from).rev().any(|end| ends_with(tokens, end, &CUES) > 0);
    let within = ends_with(tokens, from, &["trong", "trong vòng", "sau"]) > 0;
    let ages = unit != "tuổi" || ends_with(tokens, from, &["dưới", "từ", "trên", "đủ", "đến"]) == 0;
    let behind =
        (from + 1..from + 4).any(|at| any_of(tokens.get(at), &["xuống", "đầu", "cuối", "qua", "nay"]));
    let period = behind && !(from + 1..from + 4).any(|at| any_of(tokens.get(at), &["xuống"]));
    let leads_down = (from + 1..from + 5).any(|at| any_of(tokens.get(at), &["xuống"]));
    ages && !within && !period && (cue || leads_down)
}

/// "gấp 3 lần", "tăng 3 lần": times as much, not three occasions.
fn multiplies(tokens: &[Token], from: usize) -> bool {
    let open = from.saturating_sub(4);
    (open + 1..=from)
        .rev()
        .any(|end| ends_with(tokens, end, &["gấp", "tăng", "hơn", "bằng", "giảm", "cao gấp"]) > 0)
}

/// "OCOP 4 sao", "chính quyền 2 cấp": a level that has a name.
fn is_named_level(tokens: &[Token], from: usize) -> bool {
    ends_with(tokens, from, &["chính quyền", "chính quyền địa phương", "mô hình chính quyền"]) > 0
        || tokens
            .get(from.wrapping_sub(1))
            .is_some_and(|token| token.kind == TokenKind::Word && token.norm == "ocop")
}
