//! Imported files, kept by their hash, so that a commit's source can be held in hand again.

use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;

use mc_base::Hash32;

use crate::{ImportError, Received};

/// The folder of imported files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    dir: PathBuf,
}

impl Evidence {
    /// In this folder of the data directory; it is made when the first file is kept.
    #[must_use]
    pub const fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Where a file of this hash lies, if it was kept.
    #[must_use]
    pub fn path(&self, hash: Hash32) -> PathBuf {
        self.dir.join(hash.to_string())
    }

    /// Keeps a copy, once; a second file of the same bytes is the same file.
    pub(crate) fn keep(&self, file: &Received, hash: Hash32) -> Result<(), ImportError> {
        let path = self.path(hash);
        if path.exists() {
            return Ok(());
        }
        private_dir(&self.dir).map_err(ImportError::disk("tạo được thư mục minh chứng"))?;
        let fresh = path.with_extension("new");
        let copied = File::open(&file.path).and_then(|mut from| {
            let mut to = private_file().truncate(true).create(true).open(&fresh)?;
            std::io::copy(&mut from, &mut to)?;
            to.sync_all()?;
            std::fs::rename(&fresh, &path)?;
            // The new name must outlive a power failure too: the commit will speak of it.
            File::open(&self.dir)?.sync_all()
        });
        copied.map_err(ImportError::disk("lưu được tệp minh chứng"))
    }
}

/// Makes a folder that only its owner may enter.
pub(crate) fn private_dir(path: &std::path::Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// For files that only their owner may read.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}
