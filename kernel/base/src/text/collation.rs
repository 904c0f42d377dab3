//! Sort order of the Vietnamese alphabet.

use super::spelling::{to_new_tone, tone_rank};
use unicode_normalization::UnicodeNormalization;

/// The alphabet with the foreign letters f, j, w, z in their Latin places.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

const LEVEL_END: u8 = 0x00;
const SPACE: u8 = 0x02;
const SYMBOL: u8 = 0x03;
const NUMBER: u8 = 0x10;
const FIRST_LETTER: u8 = 0x20;
const OTHER_LETTER: u8 = 0xF0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const NO_TONE: u8 = 1;
const OTHER_MARK: u8 = 0x10;

/// A key whose order by bytes is the order of names in a Vietnamese list.
///
/// First letters, in the order a ă â b c d đ e ê … y, with numbers inside a text by their value (Tổ 9 before
/// Tổ 10); where these are equal, tones, in the order ngang, huyền, hỏi, ngã, sắc, nặng; then case; then the
/// spelling itself, so that only equal texts (up to normal form) have equal keys.
#[must_use]
pub fn collation_key(text: &str) -> Vec<u8> {
    let mut key = Key::default();
    let spelled = to_new_tone(text);
    let mut chars = spelled.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() {
            let mut digits = String::from(c);
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            key.number(&digits);
        } else {
            key.character(c);
        }
    }
    key.finish(&super::nfc(text))
}

#[derive(Default)]
struct Key {
    letters: Vec<u8>,
    tones: Vec<u8>,
    cases: Vec<u8>,
}

impl Key {
    /// Numbers compare by value: the longer one is greater once leading zeros are gone.
    fn number(&mut self, digits: &str) {
        let digits = digits.trim_start_matches('0');
        let length = u32::try_from(digits.len()).unwrap_or(u32::MAX);
        self.letters.push(NUMBER);
        self.letters.extend(length.to_be_bytes());
        self.letters.extend(digits.bytes());
    }

    fn character(&mut self, c: char) {
        if c.is_whitespace() {
            self.letters.push(SPACE);
            return;
        }
        let mut parts = std::iter::once(c).nfd();
        let base = parts.next().unwrap_or(c);
        let (mut letter, case) = lower(base);
        let mut tone = NO_TONE;
        let mut others = Vec::new();
        for mark in parts {
            match (with_shape(letter, mark), tone_rank(mark)) {
                (Some(shaped), _) => letter = shaped,
                (None, Some(rank)) if tone == NO_TONE => tone = rank,
                _ => others.push(mark),
            }
        }
        self.letters.extend(weight(letter));
        self.tones.push(tone);
        self.cases.push(case);
        for mark in others {
            self.tones.push(OTHER_MARK);
            self.tones.extend(code(mark));
        }
    }

    fn finish(self, nfc: &str) -> Vec<u8> {
        let mut key = self.letters;
        for level in [&self.tones, &self.cases, nfc.as_bytes()] {
            key.push(LEVEL_END);
            key.extend(level);
        }
        key
    }
}

fn lower(c: char) -> (char, u8) {
    // Look-alikes of đ sort as đ.
    let c = match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        c => c,
    };
    let small = c.to_lowercase().next().unwrap_or(c);
    (small, if small == c { LOWER } else { UPPER })
}

/// The letter that a vowel becomes with a breve, a circumflex or a horn.
const fn with_shape(letter: char, mark: char) -> Option<char> {
    match (letter, mark) {
        ('a', '\u{306}') => Some('ă'),
        ('a', '\u{302}') => Some('â'),
        ('e', '\u{302}') => Some('ê'),
        ('o', '\u{302}') => Some('ô'),
        ('o', '\u{31B}') => Some('ơ'),
        ('u', '\u{31B}') => Some('ư'),
        _ => None,
    }
}

/// Bytes of a letter; no weight is the beginning of another.
fn weight(letter: char) -> Vec<u8> {
    if let Some(place) = ALPHABET.chars().position(|known| known == letter) {
        return vec![FIRST_LETTER.saturating_add(u8::try_from(place).unwrap_or(u8::MAX))];
    }
    let mut weight = vec![if letter.is_alphabetic() { OTHER_LETTER } else { SYMBOL }];
    weight.extend(code(letter));
    weight
}

fn code(c: char) -> impl Iterator<Item = u8> {
    u32::from(c).to_be_bytes().into_iter().skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
        let mut names = names.to_vec();
        names.sort_by_cached_key(|name| collation_key(name));
        names
    }

    #[track_caller]
    fn assert_order(names: &[&str]) {
        let mut shuffled = names.to_vec();
        shuffled.reverse();
        assert_eq!(sorted(&shuffled), names);
    }

    #[test]
    fn letters_come_in_the_order_of_the_alphabet() {
        assert_order(&[
            "an", "ăn", "ân", "bàn", "cá", "dạ", "đa", "em", "êm", "ga", "ô", "ơi", "uy", "ưa", "va", "yên",
        ]);
        assert_order(&["Bát Xát", "Dần Thàng", "Điện Quan", "Gia Phú"]);
    }

    #[test]
    fn tones_decide_last() {
        assert_order(&["ma", "mà", "mả", "mã", "má", "mạ", "man", "màn"]);
        assert_order(&["hoa", "Hoa", "hòa", "hóa", "Hòa An", "Hoa Bình"]);
        assert_order(&["ba", "ba bể", "bà bể"]);
    }

    #[test]
    fn numbers_inside_sort_by_value() {
        assert_order(&["Tổ 9", "Tổ 10", "Tổ 10a", "Tổ 100", "Tổ A"]);
        assert_order(&["9", "10", "100"]);
        assert_order(&["007", "7a"]);
    }

    #[test]
    fn spelling_and_normal_form_do_not_scatter_names() {
        assert_order(&["Hoà", "Hòa", "Hóa", "Hoại"]);
        assert_eq!(collation_key("Hò"), collation_key("Ho\u{300}"));
        assert_order(&["Da", "\u{D0}a", "Đa", "\u{D0}i", "E"]);
        assert_order(&["cafe", "café", "cafê"]);
    }
}
