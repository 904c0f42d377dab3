//! Identifiers. Each is a newtype, so that one kind can never be passed for another.

use std::fmt;

/// Permanent number of a place of one instance; an official code is an attribute of it with valid dates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceId(pub u32);

/// Permanent slug of an agency, for example `so-khcn`; names and succession are attributes of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AgencyId(pub String);

/// Position in the ledger: the size of the tree that includes the commit. The first commit has 1; 0 is the
/// empty ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Seq(pub u64);

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash32(pub [u8; 32]);

impl PlaceId {
    /// Reads a positive decimal number without sign or leading zero; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        plain.then(|| text.parse().ok().map(Self))?
    }
}

impl AgencyId {
    /// Greatest length of a slug, in bytes.
    pub const LENGTH_MAX: usize = 64;

    /// Takes a slug of ASCII lower-case letters and digits in words joined by single `-`; `None` for anything
    /// else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        (text.len() <= Self::LENGTH_MAX && text.split('-').all(word)).then(|| Self(text.to_owned()))
    }
}

impl Hash32 {
    /// The hash that stands where there is no previous version.
    pub const ZERO: Self = Self([0; 32]);

    /// Reads 64 hexadecimal digits; `None` for anything else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut out = [0; 32];
        for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Self(out))
    }
}

impl fmt::Display for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash32({self})")
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_id_has_one_text() {
        assert_eq!(PlaceId::parse("15"), Some(PlaceId(15)));
        for text in ["", "0", "015", "+5", "-5", "4294967296", "1 "] {
            assert_eq!(PlaceId::parse(text), None, "{text}");
        }
        assert_eq!(AgencyId::parse("so-khcn").map(|a| a.to_string()).as_deref(), Some("so-khcn"));
        for text in ["", "-", "so--khcn", "so-", "Sở", "SO", "so_khcn", &"a".repeat(65)] {
            assert_eq!(AgencyId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn hashes_read_both_cases_of_hexadecimal() {
        let hash = Hash32([0xAB; 32]);
        assert_eq!(Hash32::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(Hash32::from_hex(&hash.to_string().to_uppercase()), Some(hash));
        assert_eq!(Hash32::from_hex("ab"), None);
        assert_eq!(Hash32::from_hex(&"+b".repeat(32)), None);
    }
}
