//! The entry: what one commit puts into the log.

use std::fmt;

use mc_base::{Hash32, Instant, Seq};

use crate::canon::value::check_instant;
use crate::canon::{CanonError, Reader};
use crate::hash::TAG_COMMIT;
use crate::tree::{self, leaf_hash};

/// Most bytes of an entry. The log format allows 65,535.
pub const ENTRY_BYTES_MAX: usize = 4_096;
/// Most bytes of an actor id.
pub const ACTOR_BYTES_MAX: usize = 64;

const FLAG_ILLUSTRATIVE: u8 = 1;

/// The instance a ledger belongs to: 16 random bytes fixed when it is created.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId(pub [u8; 16]);

impl InstanceId {
    /// Reads 32 lower-case hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(|number| Self(number.to_be_bytes()))
    }
}

impl fmt::Display for InstanceId {
    /// 32 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InstanceId({self})")
    }
}

/// Who, when, why, from what, and the root over the rows: one leaf of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The data are invented. Fixed by entry 1 and the same in every entry, so that an illustrative ledger
    /// can never pass for a real one, whole or in part.
    pub illustrative: bool,
    /// The instance.
    pub instance: InstanceId,
    /// Tree size that includes this commit, from 1; the entry's index in the log is `seq` − 1.
    pub seq: Seq,
    /// When it was recorded: the greater of the clock and the entry before.
    pub recorded_at: Instant,
    /// Who: a permanent id of ASCII letters, digits and `-._:`, never a name.
    pub actor: String,
    /// Salted hash of the source.
    pub source: Hash32,
    /// Salted hash of the reason.
    pub reason: Hash32,
    /// Salted hash of the idempotency key.
    pub idempotency_key: Hash32,
    /// Salted hash of the request.
    pub request: Hash32,
    /// Number of row leaves, at least 1.
    pub leaf_count: u64,
    /// RFC 6962 root over the row leaves in their order.
    pub rows_root: Hash32,
}

/// Why an entry was not written or not accepted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EntryError {
    /// The bytes do not have the form of an entry.
    #[error("mục ghi hỏng: {0}")]
    Form(#[from] CanonError),
    /// Longer than allowed.
    #[error("mục ghi dài {found} byte, nhiều nhất {ENTRY_BYTES_MAX}")]
    TooLong {
        /// Bytes there are.
        found: usize,
    },
    /// A flag bit without meaning is set.
    #[error("mục ghi có cờ lạ: {0:#010b}; chỉ bit cuối (minh họa) được dùng")]
    Flags(u8),
    /// Sequence number 0 or beyond what a log can hold.
    #[error("số thứ tự lần ghi {0} ngoài phạm vi")]
    Seq(u64),
    /// The actor id has another form.
    #[error("mã người ghi không đúng dạng: 1 đến 64 chữ cái không dấu, chữ số hoặc - . _ :")]
    Actor,
    /// A commit without rows.
    #[error("lần ghi không có dòng nào")]
    NoRows,
    /// More rows than a tree can hold.
    #[error("lần ghi có {0} dòng, quá giới hạn")]
    TooManyRows(u64),
}

impl Entry {
    /// The canonical bytes (section 5 of the specification).
    ///
    /// # Errors
    /// When a part is out of range.
    pub fn encode(&self) -> Result<Vec<u8>, EntryError> {
        self.check()?;
        let mut out = Vec::with_capacity(352);
        out.extend_from_slice(TAG_COMMIT);
        out.push(if self.illustrative { FLAG_ILLUSTRATIVE } else { 0 });
        out.extend_from_slice(&self.instance.0);
        out.extend_from_slice(&self.seq.0.to_be_bytes());
        out.extend_from_slice(&self.recorded_at.0.to_be_bytes());
        out.push(self.actor.len() as u8);
        out.extend_from_slice(self.actor.as_bytes());
        for hash in [&self.source, &self.reason, &self.idempotency_key, &self.request] {
            out.extend_from_slice(&hash.0);
        }
        out.extend_from_slice(&self.leaf_count.to_be_bytes());
        out.extend_from_slice(&self.rows_root.0);
        Ok(out)
    }

    /// Reads an entry that fills `bytes`.
    ///
    /// # Errors
    /// When `bytes` are not exactly what [`Entry::encode`] would write for some entry.
    pub fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > ENTRY_BYTES_MAX {
            return Err(EntryError::TooLong { found: bytes.len() });
        }
        let mut reader = Reader::new(bytes);
        reader.tag(TAG_COMMIT, "minhchung/commit/v1")?;
        let flags = reader.u8()?;
        if flags & !FLAG_ILLUSTRATIVE != 0 {
            return Err(EntryError::Flags(flags));
        }
        let instance = InstanceId(reader.array()?);
        let seq = Seq(reader.u64()?);
        let recorded_at = Instant(reader.i64()?);
        let length = usize::from(reader.u8()?);
        let actor = std::str::from_utf8(reader.take(length)?).map_err(|_| EntryError::Actor)?.to_owned();
        let entry = Self {
            illustrative: flags & FLAG_ILLUSTRATIVE != 0,
            instance,
            seq,
            recorded_at,
            actor,
            source: Hash32(reader.array()?),
            reason: Hash32(reader.array()?),
            idempotency_key: Hash32(reader.array()?),
            request: Hash32(reader.array()?),
            leaf_count: reader.u64()?,
            rows_root: Hash32(reader.array()?),
        };
        reader.finish()?;
        entry.check()?;
        Ok(entry)
    }

    /// The RFC 6962 hash of the encoded entry: its leaf in the log.
    ///
    /// # Errors
    /// As [`Entry::encode`].
    pub fn hash(&self) -> Result<Hash32, EntryError> {
        self.encode().map(|bytes| leaf_hash(&bytes))
    }

    fn check(&self) -> Result<(), EntryError> {
        if self.seq.0 == 0 || self.seq.0 > tree::SIZE_MAX {
            return Err(EntryError::Seq(self.seq.0));
        }
        check_instant(self.recorded_at)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b':');
        if self.actor.is_empty() || self.actor.len() > ACTOR_BYTES_MAX || !self.actor.bytes().all(plain) {
            return Err(EntryError::Actor);
        }
        match self.leaf_count {
            0 => Err(EntryError::NoRows),
            1..=tree::SIZE_MAX => Ok(()),
            more => Err(EntryError::TooManyRows(more)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            illustrative: true,
            instance: InstanceId([0xa5; 16]),
            seq: Seq(7),
            recorded_at: Instant(1_763_377_200_000),
            actor: "khach-minh-hoa".to_owned(),
            source: Hash32([1; 32]),
            reason: Hash32([2; 32]),
            idempotency_key: Hash32([3; 32]),
            request: Hash32([4; 32]),
            leaf_count: 3_600_000,
            rows_root: Hash32([5; 32]),
        }
    }

    #[test]
    fn an_entry_comes_back_from_its_bytes() {
        let bytes = entry().encode().expect("an entry");
        assert_eq!(bytes.len(), 20 + 1 + 16 + 8 + 8 + 1 + 14 + 4 * 32 + 8 + 32);
        assert_eq!(Entry::decode(&bytes), Ok(entry()));
    }

    #[test]
    fn every_cut_and_every_extra_byte_is_refused() {
        let bytes = entry().encode().expect("an entry");
        for end in 0..bytes.len() {
            assert!(Entry::decode(&bytes[..end]).is_err(), "cut at {end}");
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(Entry::decode(&longer), Err(EntryError::Form(CanonError::Trailing(1))));
        assert_eq!(Entry::decode(&[0; 5_000]), Err(EntryError::TooLong { found: 5_000 }));
    }

    #[test]
    fn parts_out_of_range_are_refused_both_ways() {
        let cases = [
            Entry { seq: Seq(0), ..entry() },
            Entry { seq: Seq(u64::MAX), ..entry() },
            Entry { actor: String::new(), ..entry() },
            Entry { actor: "Nguyễn Văn A".to_owned(), ..entry() },
            Entry { actor: "a".repeat(65), ..entry() },
            Entry { leaf_count: 0, ..entry() },
            Entry { recorded_at: Instant(i64::MAX), ..entry() },
        ];
        for case in cases {
            assert!(case.encode().is_err(), "{case:?}");
        }
        let mut bytes = entry().encode().expect("an entry");
        bytes[20] = 3;
        assert_eq!(Entry::decode(&bytes), Err(EntryError::Flags(3)));
    }

    #[test]
    fn an_instance_id_has_one_text() {
        let id = InstanceId([0x0f; 16]);
        assert_eq!(InstanceId::from_hex(&id.to_string()), Some(id));
        for bad in ["", "+f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f", &"0F".repeat(16), &"0f".repeat(17)] {
            assert_eq!(InstanceId::from_hex(bad), None, "{bad}");
        }
    }
}
