//! Phrases looked for before and behind a number.

use crate::text::Token;

/// Phrases of one meaning, each of words with a space between.
pub(crate) type Phrases = [&'static str];

/// The number of tokens of the longest of `phrases` that ends right before `end`; 0 for none.
pub(crate) fn ends_with(tokens: &[Token], end: usize, phrases: &Phrases) -> usize {
    let before = tokens.get(..end).unwrap_or_default();
    // Nearly every look ends here: one byte is cheaper than a comparison of words.
    let Some(byte) = before.last().and_then(|token| token.norm.as_bytes().last()) else { return 0 };
    let near = phrases.iter().filter(|phrase| phrase.as_bytes().last() == Some(byte));
    near.filter_map(|phrase| suffix(before, phrase)).max().unwrap_or(0)
}

/// The tokens of `phrase` where `before` ends with it.
fn suffix(before: &[Token], phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    for (count, token) in (1..).zip(before.iter().rev()) {
        rest = rest.strip_suffix(token.norm.as_str())?;
        if rest.is_empty() {
            return Some(count);
        }
        rest = rest.strip_suffix(' ')?;
    }
    None
}

/// The number of tokens of the longest of `phrases` that begins at `at`; 0 for none.
pub(crate) fn starts_with(tokens: &[Token], at: usize, phrases: &Phrases) -> usize {
    let behind = tokens.get(at..).unwrap_or_default();
    let Some(byte) = behind.first().and_then(|token| token.norm.as_bytes().first()) else { return 0 };
    let near = phrases.iter().filter(|phrase| phrase.as_bytes().first() == Some(byte));
    near.filter_map(|phrase| prefix(behind, phrase)).max().unwrap_or(0)
}

/// The tokens of `phrase` where `behind` begins with it.
fn prefix(behind: &[Token], phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    for (count, token) in (1..).zip(behind) {
        rest = rest.strip_prefix(token.norm.as_str())?;
        if rest.is_empty() {
            return Some(count);
        }
        rest = rest.strip_prefix(' ')?;
    }
    None
}

/// Whether the token is one of `words`.
pub(crate) fn any_of(token: Option<&Token>, words: &Phrases) -> bool {
    token.is_some_and(|token| words.contains(&token.norm.as_str()))
}
