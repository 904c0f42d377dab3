//! The words that name a number.

use super::Said;
use crate::find::Fraction;
use crate::text::{Token, TokenKind};

/// Words that are in no name of a thing.
const PLAIN: [&str; 71] = [
    "là", "đạt", "có", "số", "các", "và", "của", "được", "đã", "chiếm", "tỷ", "lệ", "tổng", "còn", "bằng",
    "khoảng", "năm", "trong", "riêng", "đó", "này", "với", "lượng", "toàn", "cả", "trên", "địa", "bàn",
    "gần", "hơn", "ước", "hiện", "nay", "đến", "tính", "tương", "ứng", "đương", "tức", "hay", "chỉ", "mới",
    "thì", "cho", "theo", "những", "mức", "kết", "quả", "như", "cũng", "cùng", "kỳ", "tháng", "quý", "so",
    "nói", "chung", "phần", "đang", "tới", "lên", "khi", "do", "hết", "từ", "đầu", "cuối", "tại", "ở", "ra",
];
/// Words for the place a text speaks of, behind "toàn", "cả", "của".
const HERE: [&str; 12] =
    ["tỉnh", "xã", "phường", "ngành", "thôn", "trường", "huyện", "bản", "đơn", "vị", "thành", "phố"];
/// Tokens of a clause that are looked through.
const CLAUSE_MAX: usize = 16;
/// Tokens behind a number that may name it.
const BEHIND_MAX: usize = 12;

/// The words of the clause that ends at token `end`.
pub(super) fn clause_before(tokens: &[Token], end: usize) -> &[Token] {
    let open = end.saturating_sub(CLAUSE_MAX);
    let before = tokens.get(open..end).unwrap_or_default();
    let from = (0..before.len()).rev().find(|at| ends_clause(before, *at)).map_or(0, |at| at + 1);
    let clause = before.get(from..).unwrap_or_default();
    // What stands behind a number and before "và" names that number.
    let after_number = from.checked_sub(1).and_then(|at| before.get(at)).is_some_and(Token::is_number);
    let join = clause.iter().rposition(|token| token.norm == "và").filter(|_| after_number);
    clause.get(join.map_or(0, |join| join + 1)..).unwrap_or_default()
}

/// Whether the clause before `at` is another: at a mark or a number, but not within a date.
fn ends_clause(before: &[Token], at: usize) -> bool {
    let Some(token) = before.get(at) else { return false };
    let led = at.checked_sub(1).and_then(|led| before.get(led));
    let dated = led
        .is_some_and(|led| matches!(led.norm.as_str(), "năm" | "tháng" | "ngày" | "quý") || led.is_mark('/'));
    match token.kind {
        TokenKind::Number => !dated,
        TokenKind::Mark('/') => false,
        TokenKind::Mark(_) => true,
        TokenKind::Word | TokenKind::Code => false,
    }
}

/// The words right behind token `from`, up to a mark or a number.
pub(super) fn words_behind(tokens: &[Token], from: usize) -> &[Token] {
    let behind = tokens.get(from..(from + BEHIND_MAX).min(tokens.len())).unwrap_or_default();
    let word = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::Code);
    let to = behind.iter().position(|token| !word(token)).unwrap_or(behind.len());
    behind.get(..to).unwrap_or_default()
}

/// Those of `words` that may stand in the name of a thing.
pub(super) fn content(words: &[Token]) -> Vec<&str> {
    let led = |at: usize| {
        let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
        before.iter().any(|token| matches!(token.norm.as_str(), "toàn" | "cả" | "của" | "bàn"))
    };
    let named = words.iter().enumerate().filter(|(at, token)| {
        let word = token.norm.as_str();
        token.is_word() && !PLAIN.contains(&word) && !(HERE.contains(&word) && led(*at))
    });
    named.map(|(_, token)| token.norm.as_str()).collect()
}

/// All words that name a number: of its clause before, its unit, and those behind it. "87/143 xã đạt chuẩn": what stands
/// behind a pair names its part.
pub(super) fn words<'d>(said: &Said<'d>) -> Vec<&'d str> {
    let before = clause_before(said.tokens, said.from);
    let inside = said.tokens.get(said.from..said.to).unwrap_or_default();
    let behind = match said.fraction {
        Some(Fraction::Whole | Fraction::Target) => &[],
        Some(Fraction::Part | Fraction::Result) => {
            let pair = said.tokens.get(said.to..).unwrap_or_default().iter();
            let skipped = pair.take_while(|token| token.is_mark('/') || token.is_number()).count();
            words_behind(said.tokens, said.to + skipped)
        }
        _ => words_behind(said.tokens, said.to),
    };
    before.iter().chain(inside).chain(behind).map(|token| token.norm.as_str()).collect()
}

/// Whether the words that lead to a number, over commas and colons, and those behind it tell all of `content`.
pub(super) fn leads(said: &Said<'_>, content: &[&str]) -> bool {
    let open = said.from.saturating_sub(CLAUSE_MAX);
    let before = said.tokens.get(open..said.from).unwrap_or_default();
    let ends = |at: &usize| {
        let open =
            before.get(*at).is_some_and(|token| matches!(token.kind, TokenKind::Mark(',' | ':' | '-' | '–')));
        ends_clause(before, *at) && !open
    };
    let from = (0..before.len()).rev().find(ends).map_or(0, |at| at + 1);
    let before = before.get(from..).unwrap_or_default();
    let words: Vec<&str> = before.iter().map(|token| token.norm.as_str()).chain(words(said)).collect();
    content.iter().all(|word| words.contains(word))
}

/// Whether the words around a number tell all of `content`.
pub(super) fn tells(said: &Said<'_>, content: &[&str]) -> bool {
    let words = words(said);
    let unit = |word: &str| said.claim.unit.split([' ', '/', ',']).any(|of| of == word);
    content.iter().all(|word| words.contains(word) || unit(word))
}

/// Words that turn a thing into its contrary.
const NOT: [&str; 9] = ["chưa", "không", "quá", "trễ", "chậm", "hết", "thiếu", "hỏng", "vi"];

/// Whether the words deny something.
pub(super) fn denies(words: &[Token]) -> bool {
    words.iter().any(|token| NOT.contains(&token.norm.as_str()))
}
