//! Everything that a server needs to take imports in.

use std::sync::Arc;

use mc_port::ColumnMaps;

use crate::Staging;
use crate::jobs::{Jobs, Parts};

/// What the page is given by whoever starts the server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Imports on their way.
    pub jobs: Jobs,
}

impl Desk {
    /// With nothing on it yet.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self { jobs: Jobs::new(parts) }
    }

    /// Where uploads wait.
    #[must_use]
    pub fn staging(&self) -> &Staging {
        &self.jobs.parts().staging
    }

    /// Where mappings are remembered.
    #[must_use]
    pub fn maps(&self) -> &Arc<dyn ColumnMaps> {
        &self.jobs.parts().maps
    }
}
