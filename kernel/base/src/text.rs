//! Vietnamese text: normal form, folding for search, spelling variants, sort order, cleaning.

mod clean;
mod collation;
mod find;
mod fold;
mod spelling;

pub use clean::{Cleaned, Confusable, REPORT_MAX, Removed, RemovedKind, clean, confusable_d, fix_d};
pub use collation::collation_key;
pub use find::{HITS_MAX, find_folded};
pub use fold::{fold, fold_loose, search_key, slug, squeeze};
pub use spelling::{same_spelling, to_new_tone};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Normalisation Form C, in which every text is stored (Unicode Standard Annex 15).
#[must_use]
pub fn nfc(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        _ => text.nfc().collect(),
    }
}

/// Whether a text is in Normalisation Form C already.
#[must_use]
pub fn is_nfc(text: &str) -> bool {
    // ASCII is its own normal form; asking that first spares most values the tables.
    text.is_ascii() || unicode_normalization::is_nfc(text)
}
