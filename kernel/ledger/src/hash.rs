//! SHA-256 with a tag in front, so that bytes hashed for one purpose never stand for another.

use mc_base::Hash32;
use sha2::{Digest, Sha256};

/// Tag of a commit's entry.
pub const TAG_COMMIT: &[u8] = b"minhchung/commit/v1\0";
/// Tag of a row leaf.
pub const TAG_ROW: &[u8] = b"minhchung/row/v1\0";
/// Tag of the commitment to a personal value.
pub const TAG_PERSONAL: &[u8] = b"minhchung/personal/v1\0";

/// Bytes of a salt.
pub const SALT_BYTES: usize = 32;

/// SHA-256 (FIPS 180-4) of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Hash32 {
    Hash32(Sha256::digest(bytes).into())
}

/// SHA-256 of the parts, one after the other with nothing between them.
#[must_use]
pub fn sha256_parts(parts: &[&[u8]]) -> Hash32 {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    Hash32(hasher.finalize().into())
}

/// SHA-256 over bytes that come in pieces: files.
#[derive(Clone, Default)]
pub struct Sha256Stream(Sha256);

impl Sha256Stream {
    /// Takes the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all pieces, one after the other.
    #[must_use]
    pub fn finish(self) -> Hash32 {
        Hash32(self.0.finalize().into())
    }
}

/// Which of an entry's four texts is hashed; each kind has a tag of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TextKind {
    /// Where the data came from.
    Source,
    /// Why the commit was made.
    Reason,
    /// The key by which a repeated request is recognised.
    IdempotencyKey,
    /// The request as received.
    Request,
}

impl TextKind {
    /// The tag hashed before salt and text.
    #[must_use]
    pub const fn tag(self) -> &'static [u8] {
        match self {
            Self::Source => b"minhchung/source/v1\0",
            Self::Reason => b"minhchung/reason/v1\0",
            Self::IdempotencyKey => b"minhchung/idempotency/v1\0",
            Self::Request => b"minhchung/request/v1\0",
        }
    }

    /// SHA-256(tag ‖ salt ‖ text). A request need not be text, so bytes are taken.
    #[must_use]
    pub fn hash(self, salt: &[u8; SALT_BYTES], text: &[u8]) -> Hash32 {
        sha256_parts(&[self.tag(), salt, text])
    }
}

/// A text of an entry with its salt. Both are stored apart from the ledger and may be erased together; the
/// hash that stays cannot then be guessed, because the salt was 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct SaltedText {
    /// 32 random bytes, used once.
    pub salt: [u8; SALT_BYTES],
    /// The text; empty where nothing was said.
    pub text: String,
}

impl SaltedText {
    /// The hash that the entry holds.
    #[must_use]
    pub fn hash(&self, kind: TextKind) -> Hash32 {
        kind.hash(&self.salt, self.text.as_bytes())
    }
}

impl std::fmt::Debug for SaltedText {
    /// Prints neither text nor salt: either may concern a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SaltedText({} byte)", self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_hashes_differently_for_each_purpose_and_salt() {
        let text = SaltedText { salt: [7; 32], text: "nhập sổ trạm".to_owned() };
        let kinds = [TextKind::Source, TextKind::Reason, TextKind::IdempotencyKey, TextKind::Request];
        let mut hashes: Vec<_> = kinds.iter().map(|kind| text.hash(*kind)).collect();
        hashes.push(SaltedText { salt: [8; 32], ..text.clone() }.hash(TextKind::Source));
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 5);
    }

    #[test]
    fn parts_are_hashed_as_one() {
        assert_eq!(sha256_parts(&[b"ab", b"", b"c"]), sha256(b"abc"));
        let mut stream = Sha256Stream::default();
        [&b"ab"[..], b"", b"c"].iter().for_each(|piece| stream.add(piece));
        assert_eq!(stream.finish(), sha256(b"abc"));
    }
}
