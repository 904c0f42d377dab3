//! A restored instance is *sealed*: it serves reads, takes no commit and signs nothing, until it is shown to
//! be no older than what is known of its ledger, or begins a new epoch.
//!
//! Two machines that both go on from one backup under one name and key would sign two histories; and a ledger
//! put back to an earlier day would deny what was recorded since. So the state travels inside the database.

use mc_ledger::NoteVerifier;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::layout::Layout;
use crate::reader::Reader;
use crate::writer::Writer;
use crate::{StoreError, files, meta};

/// Name in table `meta`.
const SEALED: &str = "sealed";

/// What is known of the backup that a sealed instance came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sealed {
    /// When it was restored, UTC milliseconds.
    pub restored_at: i64,
    /// Entries in the backup.
    pub size: u64,
    /// Root over them, hexadecimal.
    pub root: String,
    /// The key under which the backup's checkpoints are signed, as `vkey` text.
    pub vkey: String,
    /// Position of the last erasure that the replayed journals know; entries up to there did exist.
    pub journal_until: u64,
}

impl Sealed {
    pub(crate) fn load(db: &Connection) -> Result<Option<Self>, StoreError> {
        meta::get(db, SEALED)?
            .map(|text| serde_json::from_str(&text).map_err(StoreError::corrupt))
            .transpose()
    }

    pub(crate) fn keep(&self, db: &Connection) -> Result<(), StoreError> {
        meta::set(db, SEALED, &serde_json::to_string(self).map_err(StoreError::corrupt)?)
    }

    /// Opens the seal. The caller has a transaction or ends its own.
    pub(crate) fn open(db: &Connection) -> Result<(), StoreError> {
        meta::remove(db, SEALED)
    }
}

/// The public key of the checkpoints being published now. A sealed instance may hold another signing key than
/// its backup was signed with, where the old one was lost.
pub(crate) fn verifier(db: &Connection, layout: &Layout) -> Result<NoteVerifier, StoreError> {
    match Sealed::load(db)? {
        Some(sealed) => NoteVerifier::parse(&sealed.vkey).map_err(StoreError::corrupt),
        // A new epoch changes the origin under readers that are open.
        None => Ok(files::signer(layout, &meta::instance(db)?.origin)?.verifier().clone()),
    }
}

impl Reader {
    /// Whether the instance is a restored copy that takes no commits yet.
    #[must_use]
    pub fn sealed(&self) -> bool {
        self.db().and_then(Sealed::load).is_ok_and(|sealed| sealed.is_some())
    }
}

impl Writer {
    /// Signs what the transaction makes of the log. Nothing is signed while an import is being applied, because
    /// its last slice seals everything, nor while the instance is sealed.
    pub(crate) fn sign(&mut self) -> Result<Option<String>, StoreError> {
        if self.applying.is_some() || self.sealed.is_some() {
            return Ok(None);
        }
        self.log.seal(&self.db, &self.instance.origin, &self.signer).map(Some)
    }
}
