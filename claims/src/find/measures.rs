//! What a number is said of.

use super::Found;
use crate::claim::{Direction, Kind, Measures};
use crate::lexicon::{any_of, ends_with};
use crate::text::{Token, TokenKind};

/// Tokens of a phrase at most.
const PHRASE_MAX: usize = 14;
/// Words that end the noun phrase of a counted thing.
const VERBS: [&str; 44] = [
    "là", "đã", "đang", "sẽ", "được", "có", "đạt", "tăng", "giảm", "chiếm", "so", "do", "tại", "trong",
    "trên", "với", "để", "từ", "đến", "và", "bị", "gồm", "bằng", "vượt", "thuộc", "ở", "còn", "hoàn", "trị",
    "tham", "phục", "nằm", "hoạt", "góp", "đưa", "theo", "cho", "về", "thì", "mà", "tổng", "chưa", "không",
    "liên",
];
const UP: [&str; 7] = ["tăng", "tăng thêm", "cao hơn", "vượt", "nhiều hơn", "tăng lên", "tăng được"];
const DOWN: [&str; 7] = ["giảm", "giảm được", "thấp hơn", "ít hơn", "cắt giảm", "hụt", "rút ngắn"];

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
    let open = at.saturating_sub(4);
    let clear = |end: &usize| {
        let between = tokens.get(*end..at).unwrap_or_default();
        !between.iter().any(|token| matches!(token.kind, TokenKind::Mark(',' | ';' | '.' | ':')))
    };
    (open + 1..=at).rev().take_while(clear).find_map(|end| {
        let up = ends_with(tokens, end, &UP) > 0 && ends_with(tokens, end, &["gia tăng"]) == 0;
        if up {
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

/// The words before the verb that carries the number: "mức đầu tư" of "mức đầu tư đạt 574 tỷ đồng".
fn subject(_text: &str, tokens: &[Token], at: usize) -> Option<String> {
    const CARRY: [&str; 12] =
        ["đạt", "là", "chiếm", "tăng", "giảm", "còn", "bằng", "ước", "có", "lên", "vượt", "xuống"];
    let verb = (at.saturating_sub(PHRASE_MAX)..at).rev().find(|at| any_of(tokens.get(*at), &CARRY))?;
    let open = (0..verb)
        .rev()
        .find(|at| tokens.get(*at).is_some_and(|token| matches!(token.kind, TokenKind::Mark(_))));
    let from = open.map_or(0, |open| open + 1);
    let phrase = words(tokens, from.max(verb.saturating_sub(PHRASE_MAX)), verb);
    (!phrase.is_empty()).then_some(phrase)
}
