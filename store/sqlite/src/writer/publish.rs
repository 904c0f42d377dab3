//! The newest checkpoint as a file of its own. The note itself is durable in the database together with its commit,
//! so a file that cannot be written fails no commit: it is owed, and the next commit or start publishes again.

use std::fs;
use std::io::ErrorKind;
use std::thread::sleep;
use std::time::Duration;

use mc_ledger::Checkpoint;
use rusqlite::{Connection, OptionalExtension, params};

use super::Writer;
use crate::files::{file, publish_file, replace_file};
use crate::reader::Reader;
use crate::{StoreError, evidence};

/// A commit is durable for a moment before its checkpoint is published.
const LOOKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(50);

impl Writer {
    /// Publishes the note of a commit that is durable already.
    pub(crate) fn publish(&self, note: &str) {
        // What fails is owed: `Reader::unpublished` tells the operator.
        let _ = publish_file(&self.layout.checkpoint(), note.as_bytes());
    }

    /// Finishes what a process that ended in between left undone: the journal of an erasure, the published
    /// checkpoint.
    pub(super) fn recover(&mut self) -> Result<(), StoreError> {
        self.empty_journal()?;
        self.unswept = evidence::sweep_all(&self.db, &self.layout).err();
        let Some(note) = newest(&self.db)? else { return Ok(()) };
        let path = self.layout.checkpoint();
        match fs::read_to_string(&path) {
            Ok(published) if published == note => return Ok(()),
            // Published, and the machine went down before its bytes reached the disk.
            Ok(published) if published.is_empty() => {}
            // Anything else is left for `verify` to name.
            Ok(published) if !self.is_older(&published)? => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(file("đọc mốc niêm phong", error)),
        }
        // Owed as after a commit; the ledger can be written and read without it.
        let _ = replace_file(&path, note.as_bytes());
        Ok(())
    }

    /// Whether a published checkpoint is one of ours. One that knows more entries than there are is evidence of a
    /// ledger put back to an earlier state: then nothing may be signed.
    fn is_older(&self, published: &str) -> Result<bool, StoreError> {
        if let Ok(checkpoint) = Checkpoint::verify(published, self.signer.verifier())
            && checkpoint.size > self.log.size()
        {
            return Err(StoreError::Corrupt(format!(
                "mốc niêm phong đã công bố ghi {} lần ghi, sổ cái chỉ còn {}; không được ký tiếp",
                checkpoint.size,
                self.log.size()
            )));
        }
        is_kept(&self.db, published)
    }
}

impl Reader {
    /// Whether the newest checkpoint is kept in the database and could not be published as a file yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unpublished(&self) -> Result<bool, StoreError> {
        let Some(note) = self.checkpoint()? else { return Ok(false) };
        for look in 0..LOOKS {
            if look > 0 {
                sleep(PAUSE);
            }
            match fs::read_to_string(self.layout().checkpoint()) {
                Ok(published) if published == note => return Ok(false),
                Ok(published) if published.is_empty() => {}
                // Newer than this snapshot, or nothing of ours.
                Ok(published) if !is_kept(self.db()?, &published)? => return Ok(false),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(true)
    }
}

fn newest(db: &Connection) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// Whether the database keeps this very note.
fn is_kept(db: &Connection, note: &str) -> Result<bool, StoreError> {
    let size: Option<u64> = note.lines().nth(1).and_then(|line| line.parse().ok());
    let Some(size) = size else { return Ok(false) };
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM checkpoint WHERE size = ?1 AND note = ?2)")?
        .query_row(params![size, note], |row| row.get(0))?)
}
