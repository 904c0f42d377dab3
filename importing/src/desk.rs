//! Everything that a server needs to take imports in.

use std::sync::Arc;

use mc_port::{ColumnMaps, Importer};

use crate::Staging;

/// What the page is given by whoever starts the server.
#[derive(Clone)]
pub struct Desk {
    /// Where rows go.
    pub importer: Arc<dyn Importer>,
    /// Where mappings are remembered.
    pub maps: Arc<dyn ColumnMaps>,
    /// Where uploads wait.
    pub staging: Staging,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Desk({:?})", self.staging)
    }
}
