//! Windows-1258: letters with circumflex, breve or horn have a byte, tones are combining marks after the vowel.

/// The letters and marks in which it differs from Latin-1, from A0.
const OWN: [(u8, char); 14] = [
    (0xC3, 'Ă'),
    (0xCC, '\u{300}'),
    (0xD0, 'Đ'),
    (0xD2, '\u{309}'),
    (0xD5, 'Ơ'),
    (0xDD, 'Ư'),
    (0xDE, '\u{303}'),
    (0xE3, 'ă'),
    (0xEC, '\u{301}'),
    (0xF0, 'đ'),
    (0xF2, '\u{323}'),
    (0xF5, 'ơ'),
    (0xFD, 'ư'),
    (0xFE, '₫'),
];

/// What 80 to 9F are in every code page of Windows that Vietnamese text was written under: quotes and dashes.
const PUNCTUATION: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', '\u{8A}', '‹', 'Œ', '\u{8D}', '\u{8E}', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', '\u{9A}', '›', 'œ', '\u{9D}', '\u{9E}', 'Ÿ',
];

/// The character of a byte from A0; tones are combining marks.
pub(super) fn character(byte: u8) -> char {
    OWN.iter().find(|(own, _)| *own == byte).map_or(char::from(byte), |(_, c)| *c)
}

/// The byte that a character stands for when text in another encoding was read as this one or as Latin-1.
pub(super) fn byte(c: char) -> Option<u8> {
    match u8::try_from(u32::from(c)) {
        Ok(byte) => Some(byte),
        Err(_) => OWN.iter().find(|(_, own)| *own == c).map(|(byte, _)| *byte),
    }
}

/// A byte as the character of its Latin-1 code, quotes and dashes as what they are.
pub(super) fn as_latin1(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        Some(at) => PUNCTUATION.get(usize::from(at)).copied().unwrap_or(char::from(byte)),
        None => char::from(byte),
    }
}
