//! Files that were imported into a register before one of its fields was marked personal: they hold the values
//! in clear. From then on they are treated as any file with personal columns: not kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use mc_base::Hash32;
use rusqlite::{Connection, params};

use super::Job;
use crate::layout::Layout;
use crate::{StoreError, files};

/// Removes them, where the job moves values. What is gone already is no error: a crash may repeat this.
pub(super) fn forget(db: &Connection, layout: &Layout, job: &Job) -> Result<(), StoreError> {
    if job.fields(db)?.is_empty() {
        return Ok(());
    }
    let kept = kept(db, layout, job.register, job.seq)?;
    for path in &kept {
        match fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(files::file("bỏ tệp minh chứng", error));
            }
            _ => {}
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    fs::File::open(layout.evidence())
        .and_then(|dir| dir.sync_all())
        .map_err(|error| files::file("ghi thư mục minh chứng", error))
}

/// The kept files that commits before `seq` imported into the register: a commit's source names its file by hash.
pub(crate) fn kept(
    db: &Connection,
    layout: &Layout,
    register: i64,
    seq: u64,
) -> Result<BTreeSet<PathBuf>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT t.text FROM register_span AS s JOIN entry_text AS t ON t.seq = s.seq AND t.kind = 1
         WHERE s.register = ?1 AND s.seq < ?2",
    )?;
    let mut found = statement.query(params![register, seq])?;
    let mut paths = BTreeSet::new();
    while let Some(row) = found.next()? {
        let source = row.get_ref(0)?.as_str().map_err(StoreError::corrupt)?;
        let words = source.split(|c: char| !c.is_ascii_hexdigit());
        let hashes = words.filter(|word| Hash32::from_hex(word).is_some());
        paths.extend(hashes.map(|hash| layout.evidence().join(hash)).filter(|path| path.is_file()));
    }
    Ok(paths)
}
