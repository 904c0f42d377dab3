//! What can go wrong inside the store.

/// A failure of the store itself; the texts are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused or failed.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
    /// The snapshot was held longer than a page may.
    #[error("{}", mc_port::StoreFailure::Expired)]
    Expired,
    /// A file could not be read or written.
    #[error("{what}: {error}")]
    File {
        /// What was tried.
        what: String,
        /// Why it failed.
        error: std::io::Error,
    },
    /// The tables are of another version of the program.
    #[error("các bảng dữ liệu có phiên bản {found}, chương trình này cần {expected}")]
    TablesVersion {
        /// In the file.
        found: i64,
        /// In the program.
        expected: i64,
    },
    /// A setting on which durability rests did not hold.
    #[error("thiết lập {name} của sqlite là {found}, cần {expected}")]
    Setting {
        /// Name.
        name: &'static str,
        /// Value found.
        found: String,
        /// Value needed.
        expected: String,
    },
    /// Stored bytes are not what they must be.
    #[error("dữ liệu hỏng: {0}")]
    Corrupt(String),
    /// Something that must exist does not.
    #[error("{0}")]
    Missing(String),
    /// An input or output error was seen; nothing more is written until the next start.
    #[error("đã có lỗi đọc ghi ổ đĩa: ngừng ghi, chỉ đọc; hãy khởi động lại và chạy `minhchung verify`")]
    Stopped,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if crate::deadline::stopped(&error) { Self::Expired } else { Self::Sqlite(error) }
    }
}

impl StoreError {
    /// For `map_err` on stored bytes that do not decode.
    pub(crate) fn corrupt(error: impl std::fmt::Display) -> Self {
        Self::Corrupt(error.to_string())
    }
}
