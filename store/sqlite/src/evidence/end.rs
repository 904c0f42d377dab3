//! Ending a file: its key goes by an erasure, like a personal value, and the file with it. Its hash stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use mc_access::{Act, Actor, Object, decide};
use mc_base::Hash32;
use mc_port::{CommitError, Receipt};
use mc_register::thing_of_key;
use rusqlite::{Connection, OptionalExtension, params};

use super::{EVIDENCE_NO, KEY, Row, checked_list, list, list_path, path, rows, thing_hash};
use crate::catalog::RegisterInfo;
use crate::convert::hash;
use crate::erase::{Erasing, SCRUB_DUE, redaction};
use crate::files::file;
use crate::layout::Layout;
use crate::reader::Reader;
use crate::writer::Writer;
use crate::{StoreError, meta};

/// A file whose key is to go.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ErasedFile {
    pub(crate) no: i64,
    pub(crate) hash: Hash32,
    pub(crate) ordinal: u32,
}

/// Which file is to be ended, and why. For what a file holds and no record does: rows that were refused, columns
/// that were not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceErasure {
    /// Who; needs the right to erase.
    pub actor: Actor,
    /// SHA-256 of the file as it was sent.
    pub hash: Hash32,
    /// Legal ground.
    pub ground: String,
    /// Reason; must not repeat what is erased.
    pub reason: String,
}

impl Writer {
    /// Takes the key of a kept file away, and the file with it.
    ///
    /// # Errors
    /// Why it is refused; or a failure of the store.
    pub fn erase_evidence(&mut self, asked: &EvidenceErasure) -> Result<Receipt, CommitError> {
        decide(&asked.actor, Act::Erase, &Object::default())
            .map_err(|why| CommitError::Denied { register: "tệp minh chứng".to_owned(), why })?;
        let kept = rows(self.db()).map_err(|error| CommitError::Store(error.to_string()))?;
        let files: BTreeSet<ErasedFile> = kept
            .iter()
            .filter(|row| row.hash == asked.hash && row.key.is_some())
            .map(Row::to_erase)
            .collect();
        if files.is_empty() {
            return Err(CommitError::Unchanged);
        }
        self.erase_all(&asked.actor, Erasing { files, ..Erasing::default() }, &asked.ground, &asked.reason)
    }
}

/// The kept files that speak of a record. A list that cannot be read, or is not the one that its name says,
/// speaks of every record.
pub(crate) fn speaking_of(
    db: &Connection,
    layout: &Layout,
    info: &RegisterInfo,
    keys: &BTreeSet<&str>,
) -> Result<BTreeSet<ErasedFile>, StoreError> {
    let things: BTreeSet<u64> = keys.iter().map(|key| thing_hash(thing_of_key(&info.schema, key))).collect();
    let mut statement = db.prepare_cached(
        "SELECT e.no, e.hash, e.ordinal, u.list FROM evidence_use AS u JOIN evidence AS e ON e.no = u.evidence
         JOIN evidence_key AS k ON k.no = e.no WHERE u.register = ?1",
    )?;
    let mut found = statement.query([info.no])?;
    let mut files = BTreeSet::new();
    while let Some(row) = found.next()? {
        let list = hash(&row.get::<_, Vec<u8>>(3)?).unwrap_or_default();
        let path = list_path(layout, list);
        let is_whole = checked_list(layout, list).unwrap_or(false);
        if !is_whole || things.iter().any(|thing| list::contains(&path, *thing).unwrap_or(true)) {
            let hash = hash(&row.get::<_, Vec<u8>>(1)?).unwrap_or_default();
            files.insert(ErasedFile { no: row.get(0)?, hash, ordinal: row.get(2)? });
        }
    }
    Ok(files)
}

/// The file of a keeping, where its key is still there.
pub(crate) fn still_kept(
    db: &Connection,
    hash: Hash32,
    ordinal: u32,
) -> Result<Option<ErasedFile>, StoreError> {
    let no: Option<i64> = db
        .prepare_cached(
            "SELECT e.no FROM evidence AS e JOIN evidence_key AS k ON k.no = e.no
             WHERE e.hash = ?1 AND e.ordinal = ?2",
        )?
        .query_row(params![&hash.0[..], ordinal], |row| row.get(0))
        .optional()?;
    Ok(no.map(|no| ErasedFile { no, hash, ordinal }))
}

/// Takes the keys away, in the open transaction of commit `seq`.
pub(crate) fn end(db: &Connection, seq: u64, files: &BTreeSet<ErasedFile>) -> Result<(), StoreError> {
    for file in files {
        redaction(db, seq, EVIDENCE_NO, file.no, KEY)?;
        db.prepare_cached("DELETE FROM evidence_key WHERE no = ?1")?.execute([file.no])?;
        meta::set(db, SCRUB_DUE, &seq.to_string())?;
    }
    Ok(())
}

/// Removes the files whose keys are gone, and the lists that belong to none that is kept.
pub(crate) fn sweep(db: &Connection, layout: &Layout) -> Result<(), StoreError> {
    remove(db, layout, |name| !name.ends_with(FRESH))
}

/// The same and what imports left that came to no commit: while none is being prepared.
pub(crate) fn sweep_all(db: &Connection, layout: &Layout) -> Result<(), StoreError> {
    remove(db, layout, |_| true)
}

const FRESH: &str = ".new";
/// A file stays for a moment after its key went.
const LOOKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(50);

fn remove(db: &Connection, layout: &Layout, is_meant: impl Fn(&str) -> bool) -> Result<(), StoreError> {
    let Ok(entries) = fs::read_dir(layout.evidence()) else { return Ok(()) };
    let (wanted, _) = named(layout, &rows(db)?);
    let mut removed = Ok(());
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) && is_meant(&name) && !wanted.contains(&path) {
            // One that stays keeps no other.
            removed = removed.and(gone(&path));
        }
    }
    removed
}

/// Files that the ledger names: those whose keys are there, with their lists, and those whose keys went.
fn named(layout: &Layout, rows: &[Row]) -> (BTreeSet<PathBuf>, BTreeSet<PathBuf>) {
    let of = |is_kept: bool| {
        let rows = rows.iter().filter(move |row| row.key.is_some() == is_kept);
        rows.flat_map(|row| {
            let lists = row.lists.iter().map(|(_, list)| list_path(layout, *list));
            lists.chain([path(layout, row.hash, row.ordinal)])
        })
        .collect()
    };
    (of(true), of(false))
}

impl Reader {
    /// Names of files whose keys an erasure destroyed, and of their lists, that lie in `evidence/` all the same:
    /// they could not be removed. A writer removes them a moment after the erasure, so they are looked for some times,
    /// each in the newest snapshot.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unswept(&self) -> Result<Vec<String>, StoreError> {
        let mut left: Vec<PathBuf> = Vec::new();
        for look in 0..LOOKS {
            if look > 0 {
                self.let_go()?;
                sleep(PAUSE);
            }
            let (wanted, ended) = named(self.layout(), &rows(self.db()?)?);
            left =
                ended.difference(&wanted).filter(|path| path.symlink_metadata().is_ok()).cloned().collect();
            if left.is_empty() {
                break;
            }
        }
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(left.iter().filter_map(name).collect())
    }
}

/// A file named by its bare hash is evidence that a record points to: not an import's.
fn is_ours(name: &str) -> bool {
    let Some((stem, rest)) = name.split_once('.') else { return false };
    let kept = rest == "list" || rest.parse::<u32>().is_ok();
    name.ends_with(FRESH) || (kept && Hash32::from_hex(stem).is_some())
}

fn gone(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(file("bỏ tệp minh chứng", error)),
        _ => Ok(()),
    }
}
