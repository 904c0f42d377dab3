//! Declared titles, in the language of the reader.

use mc_register::Title;
use mc_ui::{Lang, lang};

/// What has a text in both languages.
pub(crate) trait Said {
    /// The text in the language spoken now.
    fn said(&self) -> &str;
}

impl Said for Title {
    fn said(&self) -> &str {
        match lang() {
            Lang::Vietnamese => &self.vi,
            Lang::English => &self.en,
        }
    }
}
