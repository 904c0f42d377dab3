//! Names of places, agencies and fields of work, handed in by whoever has them.

use std::collections::HashMap;

use super::bodies::Names;
use crate::text::lower;

/// A place a text may name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceName {
    /// Official code.
    pub code: String,
    /// The word before the name: "Tỉnh", "Xã", "Phường", "Thành phố".
    pub type_word: String,
    /// The name alone: "Bát Xát".
    pub name: String,
    /// Code of the province it lies in; `None` for a province.
    pub province: Option<String>,
    /// It was merged into another on 1/7/2025.
    pub merged: bool,
}

/// Names of places, agencies and fields of work, for [`crate::check`].
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<PlaceName>,
    /// By the first word of the name; longest names first.
    by_word: HashMap<String, Vec<(Vec<String>, usize)>>,
    pub(super) agencies: Names,
    pub(super) fields: Names,
}

impl Gazetteer {
    /// A gazetteer of these places.
    #[must_use]
    pub fn of(places: Vec<PlaceName>) -> Self {
        let mut by_word: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        for (index, place) in places.iter().enumerate() {
            let words: Vec<String> =
                place.name.split([' ', '-']).filter(|word| !word.is_empty()).map(lower).collect();
            if let Some(first) = words.first() {
                by_word.entry(first.clone()).or_default().push((words, index));
            }
        }
        for names in by_word.values_mut() {
            names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { places, by_word, ..Self::default() }
    }

    /// The same with the names of agencies and of fields of work: "Sở Y tế", "đất đai".
    #[must_use]
    pub fn with_bodies(self, agencies: &[String], fields: &[String]) -> Self {
        Self { agencies: Names::of(agencies), fields: Names::of(fields), ..self }
    }

    pub(super) fn beginning(&self, word: &str) -> impl Iterator<Item = (&[String], &PlaceName)> {
        let names = self.by_word.get(word).map(Vec::as_slice).unwrap_or_default();
        names.iter().filter_map(|(words, index)| Some((words.as_slice(), self.places.get(*index)?)))
    }
}
