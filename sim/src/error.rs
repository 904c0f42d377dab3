//! Why the story cannot be told under the declarations at hand.

use mc_reference::ReferenceError;
use mc_register::{ChangeError, KeyError};

/// Why the story cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// A register is not declared.
    #[error("Câu chuyện minh họa cần sổ “{0}”, chưa được khai báo.")]
    NoRegister(String),
    /// A field is not declared.
    #[error("Câu chuyện minh họa cần trường “{field}” trong sổ “{register}”, chưa được khai báo.")]
    NoField {
        /// Register id.
        register: String,
        /// Field id.
        field: String,
    },
    /// The record has no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// An edit does not fit what the story told before.
    #[error("Lần ghi minh họa “{reason}”, sổ “{register}”: {source}")]
    Change {
        /// Why the chapter is recorded.
        reason: String,
        /// Register id.
        register: String,
        /// The reason of the refusal.
        source: Box<ChangeError>,
    },
    /// Nothing by that name was told before.
    #[error("Câu chuyện minh họa sửa “{thing}” của sổ “{register}” trước khi ghi nó lần đầu.")]
    Unknown {
        /// Register id.
        register: String,
        /// Key of the thing.
        thing: String,
    },
    /// One chapter edits a thing twice.
    #[error("Lần ghi minh họa “{reason}” sửa “{thing}” của sổ “{register}” hai lần.")]
    Twice {
        /// Why the chapter is recorded.
        reason: String,
        /// Register id.
        register: String,
        /// Key of the thing.
        thing: String,
    },
    /// A reference table is damaged.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
}
