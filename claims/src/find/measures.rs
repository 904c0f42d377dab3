//! What a number is said of.

use std::ops::Range;

use super::Found;
use crate::claim::{Direction, Kind, Measures};
use crate::lexicon::{any_of, ends_with, starts_with};
use crate::text::{Token, TokenKind, lower};

/// Tokens of a phrase at most.
const PHRASE_MAX: usize = 14;
/// Tokens before a number that are looked through for what it is said of.
const SUBJECT_MAX: usize = 60;
/// Words that end the noun phrase of a counted thing.
const VERBS: [&str; 44] = [
    "là", "đã", "đang", "sẽ", "được", "có", "đạt", "tăng", "giảm", "chiếm", "so", "do", "tại", "trong",
    "trên", "với", "để", "từ", "đến", "và", "bị", "gồm", "bằng", "vượt", "thuộc", "ở", "còn", "hoàn", "trị",
    "tham", "phục", "nằm", "hoạt", "góp", "đưa", "theo", "cho", "về", "thì", "mà", "tổng", "chưa", "không",
    "liên",
];
const UP: [&str; 8] =
    ["tăng", "tăng thêm", "cao hơn", "vượt", "nhiều hơn", "tăng lên", "tăng được", "lâu hơn"];
const DOWN: [&str; 9] =
    ["giảm", "giảm được", "thấp hơn", "ít hơn", "cắt giảm", "hụt", "rút ngắn", "nhanh hơn", "ngắn hơn"];

pub(super) fn of(text: &str, tokens: &[Token], found: &Found) -> Measures {
    let direction = direction(tokens, found.tokens.start);
    let behind = behind(tokens, found.tokens.end);
    let named = matches!(found.kind, Kind::Count | Kind::Measure | Kind::Rate);
    let qualifier = words(tokens, found.tokens.end, behind);
    let phrase = if named {
        format!("{} {qualifier}", found.unit).trim().to_owned()
    } else {
        subject(text, tokens, found.tokens.start).unwrap_or_default()
    };
    Measures { phrase, qualifier: if named { qualifier } else { String::new() }, direction }
}

/// A change is said in the words right before the number: "tăng hơn 5%"; "giá trị gia tăng 5 tỷ" is none.
fn direction(tokens: &[Token], at: usize) -> Option<Direction> {
    // "thấp hơn bình quân chung cả nước 5 điểm %": what it is compared with stands between.
    let means = [
        "bình quân chung",
        "bình quân chung cả nước",
        "bình quân cả nước",
        "mức bình quân",
        "trung bình cả nước",
    ];
    let mean = ends_with(tokens, at, &means);
    let open = (at - mean).saturating_sub(4);
    let clear = |end: &usize| {
        let between = tokens.get(*end..at).unwrap_or_default();
        !between.iter().any(|token| matches!(token.kind, TokenKind::Mark(',' | ';' | '.' | ':')))
    };
    (open + 1..=at).rev().take_while(clear).find_map(|end| {
        // "2 nhóm giảm giá và 1 nhóm ổn định": a price that moves is a property.
        let priced = any_of(tokens.get(end), &["giá"]) && end < at;
        let up =
            ends_with(tokens, end, &UP) > 0 && ends_with(tokens, end, &["gia tăng", "điều chỉnh tăng"]) == 0;
        if priced {
            None
        } else if up {
            Some(Direction::Up)
        } else if ends_with(tokens, end, &DOWN) > 0 {
            Some(Direction::Down)
        } else {
            None
        }
    })
}

fn ends_phrase(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(_) | TokenKind::Number | TokenKind::Code)
        || VERBS.contains(&token.norm.as_str())
}

fn behind(tokens: &[Token], from: usize) -> usize {
    from + tokens.iter().skip(from).take(PHRASE_MAX).take_while(|token| !ends_phrase(token)).count()
}

fn words(tokens: &[Token], from: usize, to: usize) -> String {
    let words: Vec<&str> =
        tokens.get(from..to).unwrap_or_default().iter().map(|token| token.norm.as_str()).collect();
    words.join(" ")
}

/// What a number without a noun behind it is said of: the words before the verb of its clause ("mức đầu tư" of "mức đầu
/// tư đạt 574 tỷ đồng"), or all of them where it has none ("thu nội địa 3.120 tỷ đồng"); for what goes on with a clause
/// before ("…, tăng 31%") that of the clause.
fn subject(text: &str, tokens: &[Token], at: usize) -> Option<String> {
    let floor = at.saturating_sub(SUBJECT_MAX);
    // "21,46/34,2 tỷ đồng": what both are said of stands before the first.
    let fraction = at.checked_sub(2).filter(|first| {
        let number = tokens.get(*first).is_some_and(Token::is_number);
        number && tokens.get(first + 1).is_some_and(|mark| mark.is_mark('/'))
    });
    let mut end = fraction.unwrap_or(at);
    let mut own = true;
    while end > floor {
        let begin = (floor..end)
            .rev()
            .find(|at| tokens.get(*at).is_some_and(parts_clauses))
            .map_or(floor, |mark| mark + 1);
        if let Some(phrase) = clause_subject(text, tokens, begin..end, own) {
            return Some(phrase);
        }
        (end, own) = (begin.checked_sub(1)?, false);
    }
    None
}

fn parts_clauses(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(',' | ';' | ':' | '(' | ')' | '.'))
}

/// The subject of the clause between two tokens; of another's than the number's own only with its verb.
fn clause_subject(text: &str, tokens: &[Token], of: Range<usize>, own: bool) -> Option<String> {
    let Range { start: begin, end } = of;
    const CARRY: [&str; 13] =
        ["đạt", "là", "chiếm", "tăng", "giảm", "còn", "bằng", "ước", "có", "lên", "vượt", "xuống", "gấp"];
    const LEADS: [&str; 8] = ["trong đó", "bao gồm", "gồm", "riêng", "và", "cụ thể", "tức", "như vậy"];
    // The mark of a line of a list is none of its words: "- Số trạm phát sóng 5G …".
    let marks = tokens.get(begin..end)?.iter().take_while(|token| matches!(token.kind, TokenKind::Mark(_)));
    let begin = begin + marks.count();
    let from = begin + starts_with(tokens, begin, &LEADS);
    let verb = (from..end).find(|at| any_of(tokens.get(*at), &CARRY));
    const HEDGES: [&str; 8] = ["hơn", "gần", "khoảng", "trên", "dưới", "ước", "xấp xỉ", "mới"];
    let to = verb.or(own.then_some(end))?;
    let to = to.saturating_sub(ends_with(tokens, to, &HEDGES)).max(from);
    let clause = tokens.get(from..to)?;
    // "bằng 138,7% dự toán Trung ương giao và tăng 31%": what follows a percentage is what that is of.
    let based = clause.iter().any(|token| token.is_mark('%')) || before_is_percent(tokens, from);
    let named = clause.iter().any(|token| token.is_word()) && clause.len() <= PHRASE_MAX + 4 && !based;
    let compared = starts_with(tokens, from, &["so", "so với"]) > 0;
    let (first, last) = (clause.first()?, clause.last()?);
    let phrase = text.get(first.at.start..last.at.end)?;
    (named && !compared).then(|| lower(phrase))
}

fn before_is_percent(tokens: &[Token], from: usize) -> bool {
    from.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|mark| mark.is_mark('%'))
}
