//! Words, numbers and marks of a text, each with its place.

use std::ops::Range;

use mc_base::text::{nfc, to_new_tone};

/// A word, number or mark.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// Bytes of the text.
    pub(crate) at: Range<usize>,
    /// In lower case, composed, with tone marks where the article sets them.
    pub(crate) norm: String,
    /// It begins with a capital.
    pub(crate) capital: bool,
    /// Nothing stands between it and the token before.
    pub(crate) glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with points and commas between them.
    Number,
    /// Letters and digits in one: 5G, QL32, 060a3664.
    Code,
    /// Anything else but white space.
    Mark(char),
}

impl Token {
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    pub(crate) fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// A dash between numbers, of any length.
    pub(crate) fn is_dash(&self) -> bool {
        matches!(self.kind, TokenKind::Mark('-' | '–' | '—' | '−'))
    }
}

/// Units that are written without a space behind the digits.
const GLUED: [&str; 27] = [
    "km", "m", "ha", "kg", "tr", "tỷ", "tấn", "tạ", "kw", "kwh", "kwp", "mw", "mwp", "gb", "tb", "mbps",
    "cm", "mm", "m2", "m3", "m²", "m³", "km2", "km²", "đ", "vnd", "usd",
];

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn digits_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = from;
    loop {
        let mark = matches!(bytes.get(at), Some(b'.' | b',')) && at > from && digit(at + 1);
        if digit(at) || mark {
            at += 1;
        } else {
            return at;
        }
    }
}

fn letters_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices().find(|(_, c)| !is_letter(*c)).map_or(text.len(), |(at, _)| from + at)
}

/// The tokens of `text[range]`.
pub(crate) fn tokens(text: &str, range: Range<usize>, out: &mut Vec<Token>) {
    let mut at = range.start;
    let mut end_before = usize::MAX;
    while at < range.end {
        let Some(c) = text.get(at..range.end).and_then(|rest| rest.chars().next()) else { return };
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let kind;
        if c.is_ascii_digit() {
            let digits = digits_end(text, at);
            let letters = letters_end(text, digits);
            let tail = lower(text.get(digits..letters).unwrap_or_default());
            if letters == digits || GLUED.contains(&tail.as_str()) {
                (kind, at) = (TokenKind::Number, digits);
            } else {
                (kind, at) = (TokenKind::Code, letters);
            }
        } else if is_letter(c) {
            at = letters_end(text, at);
            let word = text.get(start..at).unwrap_or_default();
            let mixed = word.chars().any(|c| c.is_ascii_digit()) && !GLUED.contains(&lower(word).as_str());
            kind = if mixed { TokenKind::Code } else { TokenKind::Word };
        } else {
            at += c.len_utf8();
            kind = TokenKind::Mark(c);
        }
        let word = text.get(start..at).unwrap_or_default();
        let norm = if kind == TokenKind::Word { lower(word) } else { word.to_owned() };
        out.push(Token { kind, at: start..at, norm, capital: c.is_uppercase(), glued: end_before == start });
        end_before = at;
    }
}

/// Lower case, composed, tone marks in one place, one spelling of "tỷ".
pub(crate) fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = to_new_tone(&nfc(&word.to_lowercase()));
    // The one word with two spellings that stands in numbers and in rates alike.
    if lower == "tỉ" { "tỷ".to_owned() } else { lower }
}
