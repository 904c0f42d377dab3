//! The manifest: what a backup holds, and as of when.

use serde::{Deserialize, Serialize};

use super::BackupError;

/// Format of archive and manifest.
pub(super) const FORMAT: &str = "minhchung-backup/1";
/// Most files of a backup.
pub(super) const PARTS_MAX: usize = 1_000_000;
/// Most bytes of a manifest: a part takes less than 256.
pub(super) const MANIFEST_BYTES_MAX: u64 = 256 << 20;

/// Name of the manifest in the archive; it is the last part.
pub(super) const MANIFEST: &str = "manifest.json";
/// Name of the database in archive and directory.
pub(super) const DATABASE: &str = "minhchung.sqlite";
/// Name of the published checkpoint.
pub(super) const CHECKPOINT: &str = "checkpoint";
const EVIDENCE: &str = "evidence/";
const STAGING: &str = "staging/";
const NAME_BYTES_MAX: usize = 128;

/// What a backup holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of archive and manifest.
    pub format: String,
    /// Version of the program that made it.
    pub product: String,
    /// When, in UTC milliseconds by the machine's clock.
    pub created_at: i64,
    /// Identifier of the instance.
    pub instance: String,
    /// Origin line of its checkpoints.
    pub origin: String,
    /// Public key of its checkpoints, as `vkey` text.
    pub vkey: String,
    /// Entries in the ledger of the snapshot.
    pub size: u64,
    /// Root over them, hexadecimal.
    pub root: String,
    /// Position of the import that is half applied in the snapshot.
    pub importing: Option<u64>,
    /// Position of the last erasure in the snapshot; 0 where nothing was ever erased.
    pub erased_until: u64,
    /// Every file but the manifest itself, in the order of the archive.
    pub parts: Vec<Part>,
}

/// One file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its place in the data directory.
    pub name: String,
    /// Length.
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn read(text: &[u8]) -> Result<Self, BackupError> {
        let unreadable = |error| BackupError::archive(format!("bản kê {MANIFEST} không đọc được ({error})"));
        // The format first: a later one may have other fields.
        let value: serde_json::Value = serde_json::from_slice(text).map_err(unreadable)?;
        let found = value.get("format").and_then(serde_json::Value::as_str).unwrap_or_default();
        if found != FORMAT {
            return Err(BackupError::archive(format!(
                "bản kê có dạng “{found}”, chương trình này đọc “{FORMAT}”"
            )));
        }
        serde_json::from_value(value).map_err(unreadable)
    }

    /// Bytes of all parts.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.parts.iter().fold(0, |sum, part| sum.saturating_add(part.bytes))
    }
}

/// Whether a part of this name belongs into a data directory. Anything else in an archive is refused, so that
/// none can name a file outside it.
pub(super) fn known(name: &str) -> bool {
    if name == DATABASE || name == CHECKPOINT {
        return true;
    }
    name.strip_prefix(EVIDENCE).or_else(|| name.strip_prefix(STAGING)).is_some_and(plain)
}

/// A file name without folder, hidden or half-written files.
pub(super) fn plain(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    !name.is_empty()
        && name.len() <= NAME_BYTES_MAX
        && !name.starts_with('.')
        && !name.ends_with(".new")
        && name.bytes().all(letters)
}

pub(super) fn evidence(name: &str) -> String {
    format!("{EVIDENCE}{name}")
}

pub(super) fn staging(name: &str) -> String {
    format!("{STAGING}{name}")
}
