//! Why a backup was not made or not restored.

use std::path::Path;

use crate::StoreError;

/// Why a backup was not made or not restored; then nothing is left behind. `Display` is the sentence that the
/// operator reads.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("Không {what}: {error}")]
    File {
        /// What was tried.
        what: String,
        /// Why it failed.
        error: std::io::Error,
    },
    /// The target is there already.
    #[error("Đã có tệp “{0}”; chọn tên khác, hoặc thêm --replace để thay tệp cũ.")]
    Exists(String),
    /// Another process writes the same backup.
    #[error("Một lần sao lưu khác đang ghi “{0}”; hãy chờ nó xong.")]
    Busy(String),
    /// The place to restore into is not empty.
    #[error("Thư mục “{0}” không rỗng; chỉ phục hồi vào thư mục mới hoặc rỗng.")]
    NotEmpty(String),
    /// The remains of a restore that was interrupted.
    #[error("Còn thư mục “{0}” của một lần phục hồi dở dang; hãy xóa nó rồi chạy lại.")]
    Remains(String),
    /// Not enough room.
    #[error("Ổ đĩa của “{place}” còn trống {free} byte, cần ít nhất {needed} byte.")]
    NoSpace {
        /// Directory.
        place: String,
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        free: u64,
    },
    /// The file is no whole backup of ours.
    #[error("Tệp sao lưu không dùng được: {0}.")]
    Archive(String),
    /// The key file holds no key, or that of another instance.
    #[error("Tệp khóa không dùng được: {0}.")]
    Key(String),
    /// The erasure journal cannot be used.
    #[error("Nhật ký xóa không dùng được: {0}.")]
    Journal(String),
}

impl BackupError {
    /// For `map_err`: what was being done to which file.
    pub(super) fn file(what: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let what = format!("{what} “{}”", path.display());
        move |error| Self::File { what, error }
    }

    pub(super) fn archive(text: impl Into<String>) -> Self {
        Self::Archive(text.into())
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
