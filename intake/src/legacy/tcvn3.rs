//! TCVN3 (TCVN 5712:1993, VN3; the fonts call it ABC): one byte for each lower-case letter with marks.
//!
//! Capitals have codes only where the mark is no tone (Ă Â Ê Ô Ơ Ư Đ). Other capitals were written as lower-case
//! letters in a font whose name ends in "H" and whose glyphs are capitals, so their case is not in the bytes.

/// No letter has this code.
const NONE: char = '\0';

/// Letters of the codes A1 to FF.
const LETTERS: [char; 95] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', NONE, // A1 to AF
    NONE, NONE, NONE, NONE, NONE, 'à', 'ả', 'ã', 'á', 'ạ', NONE, 'ằ', 'ẳ', 'ẵ', 'ắ', NONE, // B0 to BF
    NONE, NONE, NONE, NONE, NONE, NONE, 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', NONE, 'ẻ', 'ẽ', // C0 to CF
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', NONE, NONE, NONE, 'ĩ', 'í', 'ị', 'ò', // D0 to DF
    NONE, 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', // E0 to EF
    NONE, 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', NONE, // F0 to FF
];

/// The letter of a byte, where it is one with marks.
pub(super) fn letter(byte: u8) -> Option<char> {
    let at = usize::from(byte.checked_sub(0xA1)?);
    LETTERS.get(at).copied().filter(|letter| *letter != NONE)
}
