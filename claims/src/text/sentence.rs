//! Where sentences end.

use super::token::{Token, TokenKind};

/// Words before a point that do not end a sentence.
const SHORT: [&str; 22] = [
    "tp", "tx", "tt", "ts", "ths", "gs", "pgs", "bs", "ks", "cn", "nxb", "st", "vs", "no", "tr", "ubnd", "q",
    "p", "h", "x", "ô", "đ",
];

/// Tokens of a sentence at most: a longer one is read in parts, so that time grows with length.
const TOKENS_MAX: usize = 400;

/// Ends of the sentences of a line, as indices of its tokens; the last is its length.
pub(super) fn ends(tokens: &[Token]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if at - ends.last().copied().unwrap_or(0) >= TOKENS_MAX {
            ends.push(at);
        }
        if closes(tokens, at) {
            let mut end = at + 1;
            while tokens.get(end).is_some_and(|token| token.glued && is_closing(token)) {
                end += 1;
            }
            if end < tokens.len() && ends.last() != Some(&end) {
                ends.push(end);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    if !tokens.is_empty() {
        ends.push(tokens.len());
    }
    ends
}

fn is_closing(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark('”' | '"' | '’' | ')' | '»' | '.' | '!' | '?' | '…'))
}

fn closes(tokens: &[Token], at: usize) -> bool {
    let Some(mark) = tokens.get(at) else { return false };
    match mark.kind {
        TokenKind::Mark('!' | '?' | '…') => {}
        TokenKind::Mark('.') => {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            if before.is_some_and(|word| mark.glued && is_short(word)) {
                return false;
            }
        }
        _ => return false,
    }
    let next = tokens.iter().skip(at + 1).find(|token| !(token.glued && is_closing(token)));
    // A sentence begins with a capital, a number or an opening mark.
    next.is_none_or(|token| {
        !token.glued
            && (token.capital
                || token.is_number()
                || matches!(token.kind, TokenKind::Mark('“' | '"' | '-' | '–' | '+' | '(')))
    })
}

fn is_short(word: &Token) -> bool {
    word.is_word() && word.capital && (SHORT.contains(&word.norm.as_str()) || word.norm.chars().count() == 1)
}
