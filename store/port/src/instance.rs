//! One data directory is one instance.

use mc_base::{Instant, PlaceId, Seq};

/// What an instance is, fixed by its first entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance {
    /// Random identifier, 32 hexadecimal digits; part of every entry.
    pub id: String,
    /// Origin line of its checkpoints.
    pub origin: String,
    /// Generated for showing or testing; can never become real.
    pub illustrative: bool,
    /// The province at home here.
    pub home: PlaceId,
}

/// A position in the ledger and when its entry was recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Size of the tree that includes the entry.
    pub seq: Seq,
    /// Instant written into the entry.
    pub recorded_at: Instant,
}

/// A public key of the ledger: each epoch has its own name, so its own key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogKey {
    /// Number of the epoch, from 1.
    pub epoch: u64,
    /// The key as notes write it: name, number, base64.
    pub vkey: String,
    /// Entries of this ledger up to which the key speaks; `None` for the one that signs now. A checkpoint over more
    /// is of a branch that was lost.
    pub until: Option<u64>,
}
