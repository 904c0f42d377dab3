//! Keeping the file of an import: sealed before its commit, under its name with it.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use mc_base::Hash32;
use mc_port::SourceFile;
use rusqlite::{Connection, OptionalExtension, params};

use super::{list, list_path, path, sealed};
use crate::StoreError;
use crate::files::{file, private_dir};
use crate::layout::Layout;

/// The file of a prepared import, still where its sender or the server put it.
#[derive(Debug)]
pub(crate) struct Source {
    file: SourceFile,
    key: [u8; 32],
    /// Name until the commit.
    name: [u8; 16],
    /// Of which records it speaks, as [`super::thing_hash`] has them.
    things: Vec<u64>,
}

/// A sealed file that no commit speaks of yet; it goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Unkept {
    fresh: Fresh,
    hash: Hash32,
    bytes: u64,
    key: [u8; 32],
    list: Hash32,
}

/// Names until the commit. What still lies there goes when this is dropped; what a crash leaves, the next start
/// removes.
#[derive(Debug)]
struct Fresh {
    sealed: PathBuf,
    list: PathBuf,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.sealed);
        let _ = fs::remove_file(&self.list);
    }
}

impl Source {
    /// `noise` is random.
    pub(crate) fn new(file: SourceFile, things: Vec<u64>, noise: &mut dyn FnMut(&mut [u8])) -> Self {
        let (mut key, mut name) = ([0; 32], [0; 16]);
        noise(&mut key);
        noise(&mut name);
        Self { file, key, name, things }
    }

    /// Seals it, durably, beside the files that are kept.
    pub(crate) fn seal(mut self, layout: &Layout) -> Result<Unkept, StoreError> {
        private_dir(&layout.evidence())?;
        let name = format!("{:032x}", u128::from_be_bytes(self.name));
        let fresh = Fresh {
            sealed: layout.evidence().join(format!("{name}.new")),
            list: layout.evidence().join(format!("{name}.list.new")),
        };
        let hash = self.file.hash;
        let sealed = File::open(&self.file.path).and_then(|from| {
            let mut from = BufReader::new(from);
            durable(&fresh.sealed, |to| sealed::seal(&mut from, to, &self.key, hash))
        });
        let bytes = sealed.map_err(|error| file("lưu tệp minh chứng", error))?;
        let list = durable(&fresh.list, |to| list::write(&mut self.things, to))
            .map_err(|error| file("lưu danh sách của tệp minh chứng", error))?;
        Ok(Unkept { fresh, hash, bytes, key: self.key, list })
    }
}

/// Writes a new file that only its owner may read and waits for the disk.
fn durable<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<T>,
) -> std::io::Result<T> {
    let mut to = BufWriter::new(File::options().create_new(true).write(true).mode(0o600).open(path)?);
    let written = write(&mut to)?;
    to.flush()?;
    to.get_ref().sync_all()?;
    Ok(written)
}

impl Unkept {
    /// Gives the file its name and its row, in the open transaction of commit `seq` of register number `register`.
    /// A file that is kept already keeps its first sealing; only its list is added.
    pub(crate) fn keep(
        self,
        db: &Connection,
        layout: &Layout,
        seq: u64,
        register: i64,
    ) -> Result<(), StoreError> {
        let no = match kept(db, self.hash)? {
            Some(no) => no,
            None => self.add(db, layout)?,
        };
        let list = list_path(layout, self.list);
        fs::rename(&self.fresh.list, list)
            .map_err(|error| file("lưu danh sách của tệp minh chứng", error))?;
        db.prepare_cached(
            "INSERT INTO evidence_use (seq, evidence, register, list) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![seq, no, register, &self.list.0[..]])?;
        // The new names must outlive a power failure too: the commit speaks of them.
        File::open(layout.evidence())
            .and_then(|dir| dir.sync_all())
            .map_err(|error| file("ghi thư mục minh chứng", error))
    }

    fn add(&self, db: &Connection, layout: &Layout) -> Result<i64, StoreError> {
        let hash = &self.hash.0[..];
        let before: u32 = db
            .prepare_cached("SELECT COUNT(*) FROM evidence WHERE hash = ?1")?
            .query_row([hash], |row| row.get(0))?;
        let ordinal = before + 1;
        db.prepare_cached("INSERT INTO evidence (hash, ordinal, bytes) VALUES (?1, ?2, ?3)")?
            .execute(params![hash, ordinal, self.bytes])?;
        let no = db.last_insert_rowid();
        db.prepare_cached("INSERT INTO evidence_key (no, key) VALUES (?1, ?2)")?
            .execute(params![no, &self.key[..]])?;
        fs::rename(&self.fresh.sealed, path(layout, self.hash, ordinal))
            .map_err(|error| file("lưu tệp minh chứng", error))?;
        Ok(no)
    }
}

/// The number of a file whose key is there.
fn kept(db: &Connection, hash: Hash32) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT e.no FROM evidence AS e JOIN evidence_key AS k ON k.no = e.no WHERE e.hash = ?1",
        )?
        .query_row([&hash.0[..]], |row| row.get(0))
        .optional()?)
}
