//! Making a backup while others read and write.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use mc_access::Actor;
use mc_base::{Hash32, Instant};
use mc_ledger::tree::Frontier;
use mc_register::system;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension};

use super::archive::add;
use super::manifest::{CHECKPOINT, DATABASE, FORMAT, MANIFEST, PARTS_MAX, evidence, plain, staging};
use super::{BackupError, BackupStage, Manifest, Tenths, space};
use crate::ddl::table;
use crate::layout::Layout;
use crate::log::StoredNodes;
use crate::reader::{Reader, Store};
use crate::{StoreError, erase, sealed};

/// Pages copied before the listener hears of it: 16 MiB.
const PAGES_PER_STEP: i32 = 4096;
/// Snapshots taken until the staging file of a half-applied import was still there.
const SNAPSHOTS_MAX: u32 = 10;

/// What is asked of a backup beside its place.
#[derive(Clone, Copy, Debug)]
pub struct BackupRequest<'a> {
    /// Version of the program, for the manifest.
    pub product: &'a str,
    /// The time by the machine's clock, for the manifest.
    pub created_at: Instant,
    /// An existing file of that name may be replaced.
    pub replace: bool,
}

/// Writes a backup of the instance to the file `to`. The signing key is not in it.
///
/// All pages come out of one read snapshot, which blocks no writer; the journal cannot begin anew until the
/// copy is done. A page-stepping copy without that snapshot would start again with every commit of another
/// connection.
///
/// # Errors
/// Why there is none; then neither `to` was touched nor anything left beside it.
pub fn backup(
    layout: &Layout,
    to: &Path,
    asked: &BackupRequest<'_>,
    listener: &mut dyn FnMut(BackupStage, u64),
) -> Result<Manifest, BackupError> {
    if to.exists() && !asked.replace {
        return Err(BackupError::Exists(to.display().to_string()));
    }
    let store = Store::open(layout)?;
    let dir = to.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fresh = Unfinished::begin(beside(to, ".part"))?;
    let copy = Unfinished::begin(beside(to, ".database.part"))?;
    let Snapshot { reader, staged } = Snapshot::take(&store)?;
    // The database twice, as copy and in the archive, and the evidence once.
    let database = page_bytes(reader.db()?)?;
    let files = evidence_files(layout)?;
    let evidence_bytes = files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.1));
    space::check(dir, database.saturating_mul(2).saturating_add(evidence_bytes))?;
    copy_pages(&reader, copy.path(), listener)?;
    let mut manifest = describe(&reader, asked)?;
    let checkpoint = reader.checkpoint()?;
    // From here on writers may let their journal begin anew, and empty it of what was erased meanwhile.
    drop(reader);
    erase::scrub_without_writer(&store)?;
    let mut archive = tar::Builder::new(BufWriter::new(&fresh.file));
    let mut tenths = Tenths::new(BackupStage::Archive, listener);
    let all = database.saturating_add(evidence_bytes);
    let mut put = |name: &str, bytes: u64, from: &mut dyn std::io::Read| -> Result<(), BackupError> {
        manifest.parts.push(add(&mut archive, name, bytes, from)?);
        tenths.at(manifest.bytes(), all);
        Ok(())
    };
    let length = |file: &File, path: &Path| {
        file.metadata().map(|data| data.len()).map_err(BackupError::file("đọc được", path))
    };
    let mut pages = File::open(copy.path()).map_err(BackupError::file("đọc được", copy.path()))?;
    put(DATABASE, length(&pages, copy.path())?, &mut pages)?;
    if let Some(note) = checkpoint {
        put(CHECKPOINT, note.len() as u64, &mut note.as_bytes())?;
    }
    if let Some((name, mut file)) = staged {
        put(&staging(&name), length(&file, Path::new(&name))?, &mut file)?;
    }
    // Listed again: what the snapshot names was durable before it, more does no harm.
    for (path, bytes) in evidence_files(layout)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match File::open(&path) {
            Ok(mut file) => put(&evidence(&name), bytes, &mut file)?,
            // A file goes with an erasure that names it, and meanwhile there may have been one.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(BackupError::file("đọc được", &path)(error)),
        }
    }
    let text = serde_json::to_vec_pretty(&manifest).map_err(StoreError::corrupt)?;
    add(&mut archive, MANIFEST, text.len() as u64, text.as_slice())?;
    let finished = archive.into_inner().and_then(|mut out| out.flush());
    finished.map_err(BackupError::file("ghi được", to))?;
    fresh.publish(to, dir)?;
    Ok(manifest)
}

/// A view of the database, and the staging file of the import that it shows half applied. The file is opened
/// at once: when the import ends it is removed, but stays readable to who has it open.
struct Snapshot {
    reader: Reader,
    staged: Option<(String, File)>,
}

impl Snapshot {
    fn take(store: &Store) -> Result<Self, BackupError> {
        for _ in 0..SNAPSHOTS_MAX {
            let reader = store.reader(&Actor::operator())?;
            let Some(job) = reader.importing() else { return Ok(Self { reader, staged: None }) };
            let path = job.path(store.layout());
            match File::open(&path) {
                Ok(file) => {
                    let staged = Some((job.file.clone(), file));
                    return Ok(Self { reader, staged });
                }
                // The import ended between the two looks.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(BackupError::file("đọc được", &path)(error)),
            }
        }
        Err(StoreError::Missing(
            "thiếu tệp của lần nhập đang áp dụng; hãy chạy `minhchung verify`".to_owned(),
        )
        .into())
    }
}

fn page_bytes(db: &Connection) -> Result<u64, BackupError> {
    let pages: u64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let size: u64 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    Ok(pages.saturating_mul(size))
}

fn copy_pages(
    reader: &Reader,
    to: &Path,
    listener: &mut dyn FnMut(BackupStage, u64),
) -> Result<(), BackupError> {
    let mut copy = Connection::open(to)?;
    // Nobody reads it before it is whole, and it is thrown away where it does not become so.
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    let backup = Backup::new(reader.db()?, &mut copy)?;
    let mut tenths = Tenths::new(BackupStage::Database, listener);
    loop {
        let step = backup.step(PAGES_PER_STEP)?;
        let progress = backup.progress();
        let done = progress.pagecount.saturating_sub(progress.remaining);
        tenths.at(u64::try_from(done).unwrap_or(0), u64::try_from(progress.pagecount).unwrap_or(0));
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(StoreError::Missing("tệp dữ liệu đang bị khóa".to_owned()).into()),
        }
    }
}

/// The manifest of a snapshot, without parts.
fn describe(reader: &Reader, asked: &BackupRequest<'_>) -> Result<Manifest, BackupError> {
    let db = reader.db()?;
    let instance = reader.instance();
    let size = reader.head().seq.0;
    let root: Hash32 = Frontier::restore(size, &StoredNodes(db)).map_err(StoreError::corrupt)?.root();
    let erased = format!("SELECT MAX(seq_from) FROM {}", table(system::ERASURE));
    let erased: Option<u64> = db.query_row(&erased, [], |row| row.get(0)).optional()?.flatten();
    Ok(Manifest {
        format: FORMAT.to_owned(),
        product: asked.product.to_owned(),
        created_at: asked.created_at.0,
        instance: instance.id.clone(),
        origin: instance.origin.clone(),
        vkey: sealed::verifier(db, reader.layout())?.to_string(),
        size,
        root: root.to_string(),
        importing: reader.importing().map(|job| job.seq),
        erased_until: erased.unwrap_or(0),
        parts: Vec::new(),
    })
}

/// Evidence files with their lengths, by name. They are written under another name first and never changed.
fn evidence_files(layout: &Layout) -> Result<Vec<(PathBuf, u64)>, BackupError> {
    let dir = layout.evidence();
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let failed = || BackupError::file("đọc được", &dir);
    let mut files = Vec::new();
    for entry in fs::read_dir(&dir).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let data = entry.metadata().map_err(failed())?;
        if data.is_file() && plain(&entry.file_name().to_string_lossy()) {
            files.push((entry.path(), data.len()));
        }
    }
    if files.len() >= PARTS_MAX {
        return Err(BackupError::archive(format!(
            "có {} tệp minh chứng, nhiều nhất {PARTS_MAX}",
            files.len()
        )));
    }
    files.sort();
    Ok(files)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A file under a name of its own until it is whole; it goes when this is dropped before.
struct Unfinished {
    path: PathBuf,
    file: File,
}

impl Unfinished {
    /// What an earlier run left behind is overwritten; a run that goes on is not disturbed.
    fn begin(path: PathBuf) -> Result<Self, BackupError> {
        let mut options = File::options();
        let file = options
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(BackupError::file("ghi được", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupError::Busy(path.display().to_string())),
            Err(TryLockError::Error(error)) => return Err(BackupError::file("giữ được", &path)(error)),
        }
        // One that was left behind keeps its old mode.
        file.set_permissions(Permissions::from_mode(0o600))
            .and_then(|()| file.set_len(0))
            .map_err(BackupError::file("ghi được", &path))?;
        Ok(Self { path, file })
    }

    fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it durable under its own name.
    fn publish(self, to: &Path, dir: &Path) -> Result<(), BackupError> {
        let published = self.file.sync_all().and_then(|()| fs::rename(&self.path, to));
        let published = published.and_then(|()| File::open(dir)?.sync_all());
        published.map_err(BackupError::file("ghi được", to))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After publishing nothing of this name is left.
        let _ = fs::remove_file(&self.path);
    }
}
