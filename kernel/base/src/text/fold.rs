//! Folding: what is left of a text when marks, tones and case do not matter.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A text without marks, tones and case: `Số hóa Đất đai` is `so hoa dat dai`.
///
/// Both placements of the tone (hoà, hòa) and both normal forms fold alike; đ and its look-alikes Ð (U+00D0)
/// and Ɖ (U+0189) become `d`. Folding a folded text changes nothing. Spaces, digits and punctuation stay.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |folded| out.push(folded));
    }
    out
}

/// [`fold`], and `y` that ends a syllable right after its consonants becomes `i`, because there both
/// spellings are current: kỹ/kĩ, lý/lí, Mỹ/Mĩ, quý/quí, y/i. Where y and i are different sounds they stay:
/// tay/tai, thúy/thúi.
#[must_use]
pub fn fold_loose(text: &str) -> String {
    loosen(&fold(text))
}

/// A text with one space for each run of white space and none at the ends.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// [`fold`] and [`squeeze`]: the form in which names are stored to be searched and compared.
#[must_use]
pub fn search_key(text: &str) -> String {
    squeeze(&fold(text))
}

/// The ASCII word of a text for URLs and file names: `Trạm BTS` is `tram-bts`. Empty where nothing is left.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Gives the folded characters of one character; none for a combining mark.
///
/// Marks are dropped, so their canonical order does not matter and a text folds character by character.
pub(super) fn fold_char(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        return push(c.to_ascii_lowercase());
    }
    decompose_canonical(c, |part| match part {
        'đ' | 'Đ' | 'Ð' | 'ð' | 'Ɖ' | 'ɖ' => push('d'),
        part if is_combining_mark(part) => {}
        // Lower case may bring marks of its own (İ), and letters that decompose again.
        part => part.to_lowercase().for_each(|lower| {
            decompose_canonical(lower, |lower| {
                if !is_combining_mark(lower) {
                    push(lower);
                }
            });
        }),
    });
}

/// The y of [`fold_loose`] in a folded text. Every byte keeps its place.
pub(super) fn loosen(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for word in folded.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        match letters.strip_suffix('y') {
            Some(onset) if onset == "qu" || onset.bytes().all(is_consonant) => {
                out.push_str(onset);
                out.push('i');
                out.push_str(&word[letters.len()..]);
            }
            _ => out.push_str(word),
        }
    }
    out
}

const fn is_consonant(byte: u8) -> bool {
    byte.is_ascii_lowercase() && !matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_marks_tones_case_and_every_d() {
        assert_eq!(fold("Số hóa Đất đai"), "so hoa dat dai");
        assert_eq!(fold("SỐ HOÁ"), "so hoa");
        assert_eq!(fold("\u{D0}ịa bàn \u{189}ường"), "dia ban duong");
        assert_eq!(fold("So\u{302}\u{301} ho\u{301}a"), "so hoa");
        assert_eq!(fold("İ"), "i");
        assert_eq!(fold("Quý III/2025, 84,2%"), "quy iii/2025, 84,2%");
    }

    #[test]
    fn y_and_i_meet_only_where_spelling_varies() {
        let pairs = [
            ("kỹ thuật", "kĩ thuật"),
            ("Lý", "lí"),
            ("quý", "quí"),
            ("ý kiến", "í kiến"),
            ("công ty", "công ti"),
        ];
        for (one, other) in pairs {
            assert_eq!(fold_loose(one), fold_loose(other));
        }
        for (one, other) in [("tay", "tai"), ("thúy", "thúi"), ("cây", "câi"), ("yên", "iên")] {
            assert_ne!(fold_loose(one), fold_loose(other));
        }
        assert_eq!(fold_loose("Mỹ, Lý; quy"), "mi, li; qui");
    }

    #[test]
    fn squeezes_every_kind_of_space() {
        assert_eq!(squeeze("  Lào\u{a0} Cai\t\n tỉnh "), "Lào Cai tỉnh");
        assert_eq!(search_key(" Y  Tý "), "y ty");
    }

    #[test]
    fn slugs_are_ascii_words() {
        assert_eq!(slug("  Trạm BTS – Lào Cai! "), "tram-bts-lao-cai");
        assert_eq!(slug("…"), "");
    }
}
