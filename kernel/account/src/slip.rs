//! First passwords on paper: made once, shown once, changed at the first sign-in.

/// Groups of a first password.
const GROUPS: usize = 4;
/// Characters of a group.
const GROUP: usize = 4;
/// Random bytes that one takes.
pub const BYTES: usize = GROUPS * GROUP;
/// How long a slip works, in milliseconds: two weeks.
pub const WORKS_MILLIS: i64 = 14 * 24 * 60 * 60 * 1_000;
/// Characters that nobody mistakes on paper: no 0/o, 1/l/i, 2/z, 5/s, no vowel that makes a word.
const ALPHABET: &[u8; 16] = b"bcdfghkmnprt3479";

/// A first password such as "kmrt-9bfd-h3pn-cg74": sixteen characters of sixteen, 64 bits.
#[must_use]
pub fn first_password(random: &[u8; BYTES]) -> String {
    let letters: Vec<char> = letters(random).chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A character of the alphabet for each random byte.
pub(crate) fn letters(random: &[u8]) -> String {
    random
        .iter()
        .map(|byte| ALPHABET.get(usize::from(byte % 16)).map_or('b', |letter| char::from(*letter)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_is_read_in_groups() {
        let bytes: Vec<u8> = (0..16).collect();
        let random: [u8; BYTES] = bytes.try_into().expect("sixteen bytes");
        assert_eq!(first_password(&random), "bcdf-ghkm-nprt-3479");
        assert_eq!(first_password(&[255; BYTES]), "9999-9999-9999-9999");
    }
}
