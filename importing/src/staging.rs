//! Uploads that wait for their mapping to be confirmed: each in a folder of its own under a random name, for
//! an hour at most.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use mc_access::Actor;
use mc_base::Instant;
use mc_intake::read_prose_in_child;

use crate::{ImportError, Received};

/// Bytes of an upload.
pub const UPLOAD_BYTES_MAX: usize = 20 << 20;
/// How long an upload is kept.
pub const STAGED_SECONDS_MAX: u64 = 3_600;
/// Uploads kept at the same time.
const STAGED_MAX: usize = 64;
const NAME_CHARS_MAX: usize = 200;
const PREFIX: &str = "upload-";
/// Before the name of the import whose reasons a workbook holds.
const WHY: &str = "why-";
/// Workbooks with reasons kept of one upload.
const WHYS_MAX: usize = 8;

/// The folder of uploads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Staging {
    dir: PathBuf,
    exe: PathBuf,
}

/// An upload that was kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Staged {
    /// 32 hexadecimal digits that nobody can guess.
    pub id: String,
    /// The file.
    pub file: Received,
}

impl Staging {
    /// In this folder of the data directory; `exe` is what reads the files.
    #[must_use]
    pub const fn new(dir: PathBuf, exe: PathBuf) -> Self {
        Self { dir, exe }
    }

    /// Keeps what `actor` sent, under the random `id`. Uploads older than an hour go, but for those `in_use`.
    ///
    /// # Errors
    /// When it is too large or cannot be written.
    pub fn keep(
        &self,
        actor: &Actor,
        id: &str,
        name: &str,
        bytes: &[u8],
        now: Instant,
        in_use: &[String],
    ) -> Result<Staged, ImportError> {
        if bytes.len() > UPLOAD_BYTES_MAX {
            return Err(ImportError::TooLarge(UPLOAD_BYTES_MAX as u64 >> 20));
        }
        self.sweep(now, in_use);
        let dir = self.folder(id).ok_or(ImportError::Gone)?;
        let name = plain_name(name);
        let written = private_dir(&dir).and_then(|()| {
            for (file, contents) in
                [("file", bytes), ("name", name.as_bytes()), ("owner", actor.id.as_bytes())]
            {
                private_file().create_new(true).open(dir.join(file))?.write_all(contents)?;
            }
            Ok(())
        });
        written.map_err(ImportError::disk("lưu được tệp tải lên"))?;
        Ok(Staged { id: id.to_owned(), file: self.received(dir.join("file"), name) })
    }

    /// The text of a document, read in the limited process; nothing of it is kept.
    ///
    /// # Errors
    /// When it is too large, cannot be written, or holds no text that can be read.
    pub fn prose(&self, id: &str, name: &str, bytes: &[u8]) -> Result<String, ImportError> {
        if bytes.len() > UPLOAD_BYTES_MAX {
            return Err(ImportError::TooLarge(UPLOAD_BYTES_MAX as u64 >> 20));
        }
        let dir = self.folder(id).ok_or(ImportError::Gone)?;
        let path = dir.join("file");
        let written = private_dir(&dir)
            .and_then(|()| private_file().create_new(true).open(&path)?.write_all(bytes))
            .map_err(ImportError::disk("lưu được tệp tải lên"));
        let prose = written.and_then(|()| Ok(read_prose_in_child(&self.exe, &path, &plain_name(name))?));
        self.remove(id);
        Ok(prose?.text)
    }

    /// What `actor` sent earlier. Whoever else asks hears that it is gone.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn find(&self, actor: &Actor, id: &str) -> Result<Staged, ImportError> {
        let dir = self.folder(id).ok_or(ImportError::Gone)?;
        let text = |file: &str| std::fs::read_to_string(dir.join(file)).map_err(|_| ImportError::Gone);
        if text("owner")? != actor.id {
            return Err(ImportError::Gone);
        }
        Ok(Staged { id: id.to_owned(), file: self.received(dir.join("file"), text("name")?) })
    }

    /// Forgets an upload.
    pub fn remove(&self, id: &str) {
        if let Some(dir) = self.folder(id) {
            // An upload that is gone already is what was wanted.
            let _gone = std::fs::remove_dir_all(dir);
        }
    }

    /// Keeps the sender's own rows with the reasons that the import `job` of an upload gave.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_why(&self, id: &str, job: &str, workbook: &[u8]) -> Result<(), ImportError> {
        let path = self.why_path(id, job).ok_or(ImportError::Gone)?;
        let mut file = private_file();
        let opened = file.create(true).truncate(true).open(&path);
        let written = opened.and_then(|mut file| file.write_all(workbook));
        written.map_err(ImportError::disk("lưu được tệp kèm cột “Vì sao”"))?;
        if let Some(dir) = path.parent() {
            forget_oldest_whys(dir);
        }
        Ok(())
    }

    /// The sender's own rows with the reasons that the import `job` of an upload gave, while they are kept.
    #[must_use]
    pub fn why(&self, id: &str, job: &str) -> Option<Vec<u8>> {
        std::fs::read(self.why_path(id, job)?).ok()
    }

    fn why_path(&self, id: &str, job: &str) -> Option<PathBuf> {
        let dir = self.folder(id)?;
        Self::is_name(job).then(|| dir.join(format!("{WHY}{job}.xlsx")))
    }

    /// Forgets uploads older than an hour before `now`, and the oldest beyond the number kept; not those `in_use`.
    pub fn sweep(&self, now: Instant, in_use: &[String]) {
        let Ok(entries) = std::fs::read_dir(&self.dir) else { return };
        let mut kept: Vec<(SystemTime, PathBuf)> = entries
            .flatten()
            .filter(|entry| {
                let name = entry.file_name();
                let id = name.to_string_lossy();
                id.strip_prefix(PREFIX).is_some_and(|id| !in_use.iter().any(|used| used == id))
            })
            .filter_map(|entry| Some((entry.metadata().and_then(|data| data.modified()).ok()?, entry.path())))
            .collect();
        kept.sort();
        let too_many = kept.len().saturating_sub(STAGED_MAX - 1);
        let since_epoch = Duration::from_millis(u64::try_from(now.0).unwrap_or(0));
        let oldest =
            SystemTime::UNIX_EPOCH + since_epoch.saturating_sub(Duration::from_secs(STAGED_SECONDS_MAX));
        for (_, path) in kept
            .into_iter()
            .enumerate()
            .filter(|(at, (since, _))| *at < too_many || *since < oldest)
            .map(|(_, one)| one)
        {
            let _gone = std::fs::remove_dir_all(path);
        }
    }

    /// Whether this is 32 hexadecimal digits: no other name is ever part of a path.
    pub(crate) fn is_name(id: &str) -> bool {
        id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    fn folder(&self, id: &str) -> Option<PathBuf> {
        Self::is_name(id).then(|| self.dir.join(format!("{PREFIX}{id}")))
    }

    fn received(&self, path: PathBuf, name: String) -> Received {
        Received { exe: self.exe.clone(), path, name }
    }
}

/// One upload may be tried any number of times: only the newest workbooks with reasons stay.
fn forget_oldest_whys(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut whys: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(WHY))
        .filter_map(|entry| Some((entry.metadata().and_then(|data| data.modified()).ok()?, entry.path())))
        .collect();
    whys.sort();
    let too_many = whys.len().saturating_sub(WHYS_MAX);
    for (_, path) in whys.into_iter().take(too_many) {
        let _gone = std::fs::remove_file(path);
    }
}

/// A browser may send a whole path; only its last part names the file.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    if plain.trim().is_empty() { "tệp".to_owned() } else { plain }
}

/// Makes a folder that only its owner may enter.
fn private_dir(path: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// For files that only their owner may read.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}
