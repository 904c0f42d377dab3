//! Evidence files of the story: short minutes that say they are illustrative.

use mc_base::{Day, Hash32};
use mc_ledger::hash::sha256;

/// A file that records of the story point to by its hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceFile {
    /// SHA-256 of the bytes of `text`; what the record holds.
    pub hash: Hash32,
    /// File name.
    pub name: String,
    /// Plain text, UTF-8.
    pub text: String,
}

impl EvidenceFile {
    /// Minutes of what was found on a day about a record.
    pub(crate) fn minutes(kind: &str, record: &str, on: Day, finding: &str) -> Self {
        let text = format!(
            "{kind} (bản ghi minh họa)\nBản ghi: {record}\nNgày: {}\nKết quả: {finding}\n",
            mc_base::date::short(on)
        );
        let slug = record.to_lowercase();
        Self { hash: sha256(text.as_bytes()), name: format!("bien-ban-{slug}-{on}.txt"), text }
    }
}
