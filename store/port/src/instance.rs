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
