//! Base64 (RFC 4648 section 4), strict: padded, no spaces, no stray bits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mc_base::Hash32;

pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

pub(crate) fn hash(text: &str) -> Option<Hash32> {
    // 44 characters are 32 bytes; asking first keeps a long line from being decoded at all.
    if text.len() != 44 {
        return None;
    }
    decode(text)?.try_into().ok().map(Hash32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_one_text() {
        assert_eq!(decode("AAE="), Some(vec![0, 1]));
        for bad in ["AAE", "AAF=", "AAE =", "AAE=\n", "AA-_"] {
            assert_eq!(decode(bad), None, "{bad:?}");
        }
        assert_eq!(hash(&encode(&[9; 32])), Some(Hash32([9; 32])));
        assert_eq!(hash(&encode(&[9; 31])), None);
    }
}
