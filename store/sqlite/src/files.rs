//! The small files of a data directory: who may read them, and how one is replaced as a whole.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use mc_base::Hash32;
use mc_ledger::NoteSigner;

use crate::StoreError;
use crate::layout::Layout;
use crate::world::World;

/// The signing key of an instance.
pub(crate) fn signer(layout: &Layout, origin: &str) -> Result<NoteSigner, StoreError> {
    let path = layout.signing_key();
    let text = fs::read_to_string(&path).map_err(|error| file("đọc khóa niêm phong", error))?;
    let seed = Hash32::from_hex(text.trim()).ok_or_else(|| {
        StoreError::Corrupt("khóa niêm phong không phải 64 chữ số thập lục phân".to_owned())
    })?;
    NoteSigner::from_seed(origin, &seed.0).map_err(StoreError::corrupt)
}

/// A key of 32 bytes as its file holds it, 64 hexadecimal digits; `None` where there is none that can be used.
pub(crate) fn key(path: &Path) -> Option<Hash32> {
    let bytes = fs::read(path).ok()?;
    Hash32::from_hex(std::str::from_utf8(&bytes).ok()?.trim())
}

/// The key of a file, made where there is none. One that cannot be used makes room for another.
pub(crate) fn ensure_key(
    layout: &Layout,
    path: &Path,
    what: &str,
    world: &mut dyn World,
) -> Result<Hash32, StoreError> {
    if let Some(key) = key(path) {
        return Ok(key);
    }
    match fs::metadata(path) {
        Ok(_) => fs::remove_file(path).map_err(|error| file(&format!("bỏ {what} hỏng"), error))?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(file(&format!("đọc {what}"), error)),
    }
    let mut made = Hash32::ZERO;
    world.fill(&mut made.0);
    private_dir(&layout.keys())?;
    private_file(path, made.to_string().as_bytes())?;
    Ok(made)
}

pub(crate) fn file(what: &str, error: std::io::Error) -> StoreError {
    StoreError::File { what: what.to_owned(), error }
}

/// The lock of the one writing process. It holds the address of the server that has it, for who is refused.
#[derive(Debug)]
pub struct WriterLock {
    held: File,
}

/// A longer address is none of ours.
const ADDRESS_BYTES_MAX: u64 = 200;

impl WriterLock {
    /// Takes the lock.
    ///
    /// # Errors
    /// When another process has it: names the address at which that one serves, where it does.
    pub(crate) fn take(layout: &Layout) -> Result<Self, StoreError> {
        let held = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .mode(0o600)
            .open(layout.lock())
            .map_err(|error| file("mở khóa ghi", error))?;
        match held.try_lock() {
            Ok(()) => {
                // What a server that died left there.
                held.set_len(0).map_err(|error| file("ghi khóa ghi", error))?;
                Ok(Self { held })
            }
            Err(TryLockError::WouldBlock) => Err(StoreError::Missing(refusal(layout, &held))),
            Err(TryLockError::Error(error)) => Err(file("giữ khóa ghi", error)),
        }
    }

    /// Says where the process that has the lock serves.
    pub(crate) fn serves_at(&mut self, address: &str) -> Result<(), StoreError> {
        self.held
            .set_len(0)
            .and_then(|()| self.held.rewind())
            .and_then(|()| self.held.write_all(address.as_bytes()))
            .map_err(|error| file("ghi khóa ghi", error))
    }
}

fn refusal(layout: &Layout, held: &File) -> String {
    let dir = layout.dir().display();
    let mut address = String::new();
    match held.take(ADDRESS_BYTES_MAX).read_to_string(&mut address) {
        Ok(read) if read > 0 => format!(
            "máy chủ đang chạy tại {address} giữ quyền ghi vào “{dir}”; hãy dùng máy chủ đó hoặc dừng nó trước"
        ),
        _ => format!("một lệnh khác đang ghi vào “{dir}”; hãy đợi lệnh đó xong hoặc dừng nó trước"),
    }
}

/// Creates a directory that only its owner may enter.
pub(crate) fn private_dir(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| file(&format!("tạo thư mục “{}”", path.display()), error))
}

/// Writes a small file that only its owner may read and waits for the disk: after a failure of power it is whole or not
/// there. One that is there already is never replaced: it may be the only copy of a key.
pub(crate) fn private_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let written = match path.symlink_metadata() {
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
        Err(_) => {
            private(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).and_then(|()| sync_dir_of(path))
        }
    };
    written.map_err(|error| file(&format!("ghi “{}”", path.display()), error))
}

/// What a process that ended in between left at `path` is overwritten.
fn private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut out = File::options().create(true).truncate(true).write(true).mode(0o600).open(path)?;
    out.write_all(bytes)?;
    out.sync_all()
}

/// Makes the names in the directory of `path` outlive a failure of power.
fn sync_dir_of(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}

/// Replaces a small file as a whole and waits for the disk: readers see the old one or the new one.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(path, bytes, File::sync_all)
}

/// As [`replace_file`], without waiting for the disk: for what the database holds durably already and a start
/// publishes again. After a failure of power the file may be the one before, or empty.
pub(crate) fn publish_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(path, bytes, |_| Ok(()))
}

fn replace(
    path: &Path,
    bytes: &[u8],
    finish: impl FnOnce(&File) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let written = File::create(&fresh)
        .and_then(|mut out| {
            out.write_all(bytes)?;
            finish(&out)
        })
        .and_then(|()| fs::rename(&fresh, path));
    written.map_err(|error| file(&format!("ghi “{}”", path.display()), error))
}
