//! Where things lie in a data directory.

use std::path::{Path, PathBuf};

/// Paths inside a data directory.
#[derive(Clone, Debug)]
pub struct Layout {
    dir: PathBuf,
}

impl Layout {
    /// The layout of `dir`.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The directory itself.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.dir.join("minhchung.sqlite")
    }

    /// Secrets; kept apart from the data in a backup.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.dir.join("keys")
    }

    /// The seed that signs checkpoints, 64 hexadecimal digits, mode 0600.
    #[must_use]
    pub fn signing_key(&self) -> PathBuf {
        self.keys().join("checkpoint.seed")
    }

    /// The key of the terms by which records are found by personal values, 64 hexadecimal digits, mode 0600. Not in a
    /// backup: another is made, and the terms with it.
    #[must_use]
    pub fn personal_key(&self) -> PathBuf {
        self.keys().join("personal.key")
    }

    /// The key under which second factors are sealed, 64 hexadecimal digits, mode 0600. Not in a backup: without it no code
    /// can be looked at, and people use a recovery code or get a new slip.
    #[must_use]
    pub fn factor_key(&self) -> PathBuf {
        self.keys().join("factor.key")
    }

    /// The newest published checkpoint, a signed note.
    #[must_use]
    pub fn checkpoint(&self) -> PathBuf {
        self.dir.join("checkpoint")
    }

    /// Evidence files by hash.
    #[must_use]
    pub fn evidence(&self) -> PathBuf {
        self.dir.join("evidence")
    }

    /// Imports that were prepared and are not in the ledger yet, or not wholly.
    #[must_use]
    pub fn staging(&self) -> PathBuf {
        self.dir.join("staging")
    }

    /// Every erasure, outside the database too, so that a restored backup can repeat those made after it.
    #[must_use]
    pub fn erasures(&self) -> PathBuf {
        self.dir.join("erasures.log")
    }

    /// Held by the one process that writes.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.dir.join("writer.lock")
    }

    /// The socket on which a running server takes writing commands.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.dir.join("writer.sock")
    }

    /// Whether an instance lives here.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.database().is_file()
    }
}
