//! The one form of a declaration that the ledger keeps, and its hash.

use mc_base::Hash32;
use mc_ledger::hash::sha256_parts;

use crate::schema::Schema;

/// Domain tag of [`schema_hash`].
pub const SCHEMA_TAG: &[u8] = b"minhchung/schema/v1\0";

/// The declaration as compact JSON: members in the order of [`Schema`]'s documentation, settings at their
/// default left out, text NFC and unescaped but for `"`, `\` and control characters. Fields keep their
/// declared order, which is the order of forms.
#[must_use]
pub fn canonical_text(schema: &Schema) -> String {
    // Serialising strings, numbers and lists of them has no way to fail.
    serde_json::to_string(schema).unwrap_or_default()
}

/// SHA-256 of the tag `minhchung/schema/v1`, one zero byte and the canonical text. Every row leaf names the
/// schema it was encoded under by this hash.
#[must_use]
pub fn schema_hash(schema: &Schema) -> Hash32 {
    hash_of_text(&canonical_text(schema))
}

/// [`schema_hash`] of a canonical text as read from the ledger.
#[must_use]
pub fn hash_of_text(canonical: &str) -> Hash32 {
    sha256_parts(&[SCHEMA_TAG, canonical.as_bytes()])
}
