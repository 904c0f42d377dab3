//! Vietnamese letters taken apart: base letter and tone.

/// Number of tones, the level one included.
const TONES: usize = 6;

/// Each vowel with its tones: ngang, huyền, hỏi, ngã, sắc, nặng.
const VOWELS: [[char; TONES]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// A tone of a vowel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tone {
    Level,
    Grave,
    Hook,
    Tilde,
    Acute,
    Dot,
}

const ALL: [Tone; TONES] = [Tone::Level, Tone::Grave, Tone::Hook, Tone::Tilde, Tone::Acute, Tone::Dot];

/// The lower-case vowel without tone, and its tone; `None` for what is no Vietnamese vowel in lower case.
pub(super) fn split(vowel: char) -> Option<(char, Tone)> {
    VOWELS.iter().find_map(|row| {
        let at = row.iter().position(|c| *c == vowel)?;
        Some((*row.first()?, *ALL.get(at)?))
    })
}

/// The vowel with a tone, in the case of the vowel; `None` for what is no toneless vowel.
pub(super) fn join(vowel: char, tone: Tone) -> Option<char> {
    let lower = lower(vowel);
    let row = VOWELS.iter().find(|row| row.first() == Some(&lower))?;
    let joined = *row.get(ALL.iter().position(|one| *one == tone)?)?;
    Some(if lower == vowel { joined } else { upper(joined) })
}

/// In lower case; each of these letters is one character in both cases.
pub(super) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// In upper case.
pub(super) fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowels_are_split_and_joined_back() {
        for row in VOWELS {
            for (tone, vowel) in ALL.into_iter().zip(row) {
                assert_eq!(split(vowel), Some((row[0], tone)));
                assert_eq!(join(row[0], tone), Some(vowel));
                assert_eq!(join(upper(row[0]), tone), Some(upper(vowel)));
            }
        }
        assert_eq!(split('đ'), None);
        assert_eq!(join('b', Tone::Acute), None);
    }
}
