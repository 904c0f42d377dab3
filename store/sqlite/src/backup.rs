//! Backups: one tar file with the database as of one position, the files that stand beside it, and a manifest
//! with the hash of each. What is restored is *sealed*: see [`crate::sealed`].
//!
//! | name in the archive | what |
//! | --- | --- |
//! | `minhchung.sqlite` | the database, copied page by page out of one read snapshot |
//! | `checkpoint` | the newest checkpoint of that snapshot; absent where nothing was sealed |
//! | `staging/<name>` | the staging file of the import that the snapshot shows half applied |
//! | `evidence/<name>` | evidence files |
//! | `manifest.json` | the manifest, last |

mod archive;
mod error;
mod make;
mod manifest;
mod restore;
mod space;

pub use error::BackupError;
pub use make::{BackupRequest, backup};
pub use manifest::{Manifest, Part};
pub use restore::{Restoring, restore};

/// What a backup or a restore is doing, for a progress line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BackupStage {
    /// The database is copied out of its snapshot.
    Database,
    /// Parts are written into the archive.
    Archive,
    /// Parts are taken out of the archive and compared with the manifest.
    Extract,
}

/// Tells a listener how far a stage is, ten times at most.
struct Tenths<'a> {
    stage: BackupStage,
    told: u64,
    listener: &'a mut dyn FnMut(BackupStage, u64),
}

impl<'a> Tenths<'a> {
    fn new(stage: BackupStage, listener: &'a mut dyn FnMut(BackupStage, u64)) -> Self {
        listener(stage, 0);
        Self { stage, told: 0, listener }
    }

    fn at(&mut self, done: u64, all: u64) {
        let tenth = done.saturating_mul(10) / all.max(1);
        if tenth > self.told {
            self.told = tenth;
            (self.listener)(self.stage, tenth * 10);
        }
    }
}
