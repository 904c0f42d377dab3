//! The two placements of the tone mark: *hoà, thuỷ* (on the last vowel) and *hòa, thủy* (the article's).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const TILDE: char = '\u{303}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// Writes the tone of open *oa, oe, uy* on the first vowel: hoà is hòa, uỷ is ủy. Closed syllables (hoàn),
/// *qu* (quý) and everything else stay. The result is NFC.
#[must_use]
pub fn to_new_tone(text: &str) -> String {
    let mut chars: Vec<char> = text.nfc().collect();
    for at in 1..chars.len() {
        let before = at.checked_sub(2).and_then(|at| chars.get(at)).copied();
        let after = chars.get(at + 1).copied();
        let pair = chars.get(at - 1).copied().zip(chars.get(at).copied());
        let Some((first, second)) = pair.and_then(|(first, second)| moved(before, first, second, after))
        else {
            continue;
        };
        if let Some([one, other]) = chars.get_mut(at - 1..=at) {
            (*one, *other) = (first, second);
        }
    }
    chars.into_iter().collect()
}

/// Whether two texts are spelled alike but for case, normal form and the placement of tones.
#[must_use]
pub fn same_spelling(one: &str, other: &str) -> bool {
    let plain = |text: &str| to_new_tone(&text.to_lowercase());
    plain(one) == plain(other)
}

/// The vowels with the tone moved to the first, where it stands on the second of an open syllable.
fn moved(before: Option<char>, first: char, second: char, after: Option<char>) -> Option<(char, char)> {
    if after.is_some_and(|c| c.is_alphabetic() || is_combining_mark(c)) {
        return None;
    }
    let (vowel, tone) = toned(second)?;
    let open =
        matches!((first.to_ascii_lowercase(), vowel.to_ascii_lowercase()), ('o', 'a' | 'e') | ('u', 'y'));
    if !open || before.is_some_and(|c| matches!(c, 'q' | 'Q')) {
        return None;
    }
    Some((compose(first, tone)?, vowel))
}

/// The plain vowel and the tone of a, e or y with a tone and no other mark.
fn toned(c: char) -> Option<(char, char)> {
    let mut parts = std::iter::once(c).nfd();
    let (vowel, mark) = (parts.next()?, parts.next()?);
    let tone = matches!(mark, GRAVE | ACUTE | TILDE | HOOK | DOT);
    (tone && parts.next().is_none()).then_some((vowel, mark))
}

/// Rank of a tone in the order of dictionaries: none 1, huyền 2, hỏi 3, ngã 4, sắc 5, nặng 6; `None` for
/// other marks.
pub(super) const fn tone_rank(mark: char) -> Option<u8> {
    match mark {
        GRAVE => Some(2),
        HOOK => Some(3),
        TILDE => Some(4),
        ACUTE => Some(5),
        DOT => Some(6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_move_to_the_first_vowel_of_open_syllables() {
        let cases = [
            ("hoà", "hòa"),
            ("HOÁ", "HÓA"),
            ("uỷ ban", "ủy ban"),
            ("Thuỷ", "Thủy"),
            ("khoẻ", "khỏe"),
            ("đại uý", "đại úy"),
            ("loã xoã", "lõa xõa"),
            ("tuỳ, uỵ.", "tùy, ụy."),
        ];
        for (old, new) in cases {
            assert_eq!(to_new_tone(old), new);
            assert_eq!(to_new_tone(new), new);
        }
        for same in ["hoàn", "quý", "quỹ", "khuỷu", "thuế", "ngoẹo", "Mường Khương", "xoáy", "hoá\u{5d0}", ""]
        {
            assert_eq!(to_new_tone(same), same);
        }
        assert_eq!(to_new_tone("hoa\u{301}"), "hóa");
    }

    #[test]
    fn spellings_compare() {
        assert!(same_spelling("Hoà Bình", "hòa bình"));
        assert!(same_spelling("THUỶ", "thủy"));
        assert!(!same_spelling("hòa", "hóa"));
        assert!(!same_spelling("hoa", "hòa"));
    }
}
