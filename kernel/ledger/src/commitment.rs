//! Commitments: what the ledger holds in place of a personal value.

use mc_base::Hash32;

use crate::canon::{self, CanonError, check_key, check_register};
use crate::hash::{SALT_BYTES, TAG_PERSONAL, sha256_parts};
use crate::value::Value;

/// What a commitment binds: the value and the one place in the one version of the one record where it stands,
/// so that it cannot be moved to another person.
#[derive(Clone, Copy, Debug)]
pub struct Commitment<'a> {
    /// Register id.
    pub register: &'a str,
    /// Permanent field number.
    pub field: u16,
    /// Record key.
    pub key: &'a str,
    /// Ordinal of the version within the record, from 1.
    pub ordinal: u32,
    /// 32 random bytes, used for this value and never again; kept with the value and erased with it.
    pub salt: &'a [u8; SALT_BYTES],
}

impl Commitment<'_> {
    /// SHA-256(tag ‖ register ‖ field ‖ key ‖ ordinal ‖ salt ‖ value), each part as in a row leaf.
    ///
    /// # Errors
    /// When register, key or value have no canonical form, or the value is itself a commitment.
    pub fn to(&self, value: &Value) -> Result<Hash32, CanonError> {
        check_register(self.register)?;
        check_key(self.key)?;
        if self.ordinal == 0 {
            return Err(CanonError::OrdinalZero);
        }
        if self.field == 0 {
            return Err(CanonError::FieldZero);
        }
        if matches!(value, Value::Commitment(_)) {
            return Err(CanonError::NestedCommitment);
        }
        let mut head = Vec::with_capacity(64);
        canon::put_register(self.register, &mut head);
        head.extend_from_slice(&self.field.to_be_bytes());
        canon::put_key(self.key, &mut head);
        head.extend_from_slice(&self.ordinal.to_be_bytes());
        let mut encoded = Vec::with_capacity(32);
        canon::encode_value(value, &mut encoded)?;
        Ok(sha256_parts(&[TAG_PERSONAL, &head, self.salt, &encoded]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_holds_for_one_value_in_one_place_only() {
        let salt = [3; 32];
        let here = Commitment { register: "parcel", field: 12, key: "15/26", ordinal: 1, salt: &salt };
        let name = Value::Text("Tên người sử dụng đất".to_owned());
        let all = [
            here.to(&name),
            here.to(&Value::Code("Tên người sử dụng đất".to_owned())),
            here.to(&Value::Null),
            Commitment { register: "village", ..here }.to(&name),
            Commitment { field: 13, ..here }.to(&name),
            Commitment { key: "15/27", ..here }.to(&name),
            Commitment { ordinal: 2, ..here }.to(&name),
            Commitment { salt: &[4; 32], ..here }.to(&name),
        ];
        let mut hashes: Vec<_> = all.into_iter().map(|hash| hash.expect("a commitment")).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 8);
        assert!(here.to(&Value::Commitment(Hash32::ZERO)).is_err());
        assert!(Commitment { ordinal: 0, ..here }.to(&name).is_err());
    }
}
