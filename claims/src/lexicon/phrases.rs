//! Phrases looked for before and behind a number.

use crate::text::Token;

/// Phrases of one meaning, each of words with a space between.
pub(crate) type Phrases = [&'static str];

/// The number of tokens of the longest of `phrases` that ends right before `end`; 0 for none.
pub(crate) fn ends_with(tokens: &[Token], end: usize, phrases: &Phrases) -> usize {
    let fits = |phrase: &&&str| {
        let mut at = end;
        phrase.rsplit(' ').all(|word| {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            at = at.saturating_sub(1);
            before.is_some_and(|token| token.norm == word)
        })
    };
    phrases.iter().filter(fits).map(|phrase| phrase.split(' ').count()).max().unwrap_or(0)
}

/// The number of tokens of the longest of `phrases` that begins at `at`; 0 for none.
pub(crate) fn starts_with(tokens: &[Token], at: usize, phrases: &Phrases) -> usize {
    let fits = |phrase: &&&str| {
        phrase
            .split(' ')
            .enumerate()
            .all(|(shift, word)| tokens.get(at + shift).is_some_and(|token| token.norm == word))
    };
    phrases.iter().filter(fits).map(|phrase| phrase.split(' ').count()).max().unwrap_or(0)
}

/// Whether the token is one of `words`.
pub(crate) fn any_of(token: Option<&Token>, words: &Phrases) -> bool {
    token.is_some_and(|token| words.contains(&token.norm.as_str()))
}
