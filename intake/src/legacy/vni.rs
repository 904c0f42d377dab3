//! VNI for Windows: a vowel is followed by a byte for its marks; some letters have bytes of their own.
//!
//! Each code of a capital is 0x20 below that of the small letter. In a pair the vowel gives the case.

use super::letters::{self, Tone};

/// What a byte after a vowel adds to it.
struct Mark {
    /// Vowels that can bear it, with what they become.
    vowels: &'static [(char, char)],
    tone: Tone,
}

const CIRCUMFLEX: &[(char, char)] = &[('a', 'â'), ('e', 'ê'), ('o', 'ô')];
const BREVE: &[(char, char)] = &[('a', 'ă')];
const PLAIN: &[(char, char)] =
    &[('a', 'a'), ('e', 'e'), ('i', 'i'), ('o', 'o'), ('u', 'u'), ('y', 'y'), ('ơ', 'ơ'), ('ư', 'ư')];

fn mark(byte: u8) -> Option<Mark> {
    let (vowels, tone) = match small(byte) {
        0xE2 => (CIRCUMFLEX, Tone::Level),
        0xE0 => (CIRCUMFLEX, Tone::Grave),
        0xE5 => (CIRCUMFLEX, Tone::Hook),
        0xE3 => (CIRCUMFLEX, Tone::Tilde),
        0xE1 => (CIRCUMFLEX, Tone::Acute),
        0xE4 => (CIRCUMFLEX, Tone::Dot),
        0xEA => (BREVE, Tone::Level),
        0xE8 => (BREVE, Tone::Grave),
        0xFA => (BREVE, Tone::Hook),
        0xFC => (BREVE, Tone::Tilde),
        0xE9 => (BREVE, Tone::Acute),
        0xEB => (BREVE, Tone::Dot),
        0xF8 => (PLAIN, Tone::Grave),
        0xFB => (PLAIN, Tone::Hook),
        0xF5 => (PLAIN, Tone::Tilde),
        0xF9 => (PLAIN, Tone::Acute),
        0xEF => (PLAIN, Tone::Dot),
        _ => return None,
    };
    Some(Mark { vowels, tone })
}

/// The letter that a byte is by itself.
pub(super) fn letter(byte: u8) -> Option<char> {
    let letter = match small(byte) {
        0xF1 => 'đ',
        0xF4 => 'ơ',
        0xF6 => 'ư',
        0xEC => 'ì',
        0xE6 => 'ỉ',
        0xF3 => 'ĩ',
        0xED => 'í',
        0xF2 => 'ị',
        0xEE => 'ỵ',
        _ => return None,
    };
    Some(if small(byte) == byte { letter } else { letters::upper(letter) })
}

/// The letter of a vowel (ASCII, or ơ or ư) and the byte after it, where they are a pair.
pub(super) fn pair(vowel: char, byte: u8) -> Option<char> {
    let mark = mark(byte)?;
    let lower = letters::lower(vowel);
    let (_, marked) = mark.vowels.iter().find(|(plain, _)| *plain == lower)?;
    let marked = if lower == vowel { *marked } else { letters::upper(*marked) };
    letters::join(marked, mark.tone)
}

const fn small(byte: u8) -> u8 {
    if matches!(byte, 0xC0..=0xDE) { byte + 0x20 } else { byte }
}
