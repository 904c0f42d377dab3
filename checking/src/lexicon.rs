//! Everything that is known of how texts say what an instance counts.

use std::collections::HashSet;
use std::sync::Arc;

use mc_figure::Definition;
use mc_port::Snapshot;

use crate::sayings::{Saying, Sayings};

/// The indicators of an instance with their sayings.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Each with how it is said.
    pub(crate) known: Vec<(Arc<Definition>, Vec<Saying>)>,
    /// Words of all that is said: a sentence of nothing else speaks of the province's things, and of nobody's own.
    words: HashSet<String>,
}

impl Lexicon {
    /// As declared in `snapshot` now.
    pub(crate) fn of(snapshot: &dyn Snapshot, sayings: &Sayings) -> Self {
        let said = |definition: Arc<Definition>| {
            let sayings = sayings.of(&definition);
            (definition, sayings)
        };
        let known: Vec<(Arc<Definition>, Vec<Saying>)> =
            snapshot.indicators().into_iter().map(said).collect();
        let all = known.iter().flat_map(|(_, sayings)| sayings);
        let words = all.flat_map(Saying::phrases).flatten().cloned().collect();
        Self { known, words }
    }

    /// How an indicator is said.
    pub(crate) fn sayings(&self, definition: &Definition) -> &[Saying] {
        let own = self.known.iter().find(|(known, _)| known.id == definition.id);
        own.map_or(&[], |(_, sayings)| sayings)
    }

    /// Whether any saying has the word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}
