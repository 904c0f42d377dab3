//! The places of the country as a text may name them, those from before 1/7/2025 too.

use std::collections::BTreeMap;

use crate::error::ReferenceError;
use crate::place::{PlaceKind, PlaceRow, places};
use mc_claims::{Gazetteer, PlaceName};

/// All places that have a code and a word for what they are.
///
/// # Errors
/// When the table of places cannot be read.
pub fn gazetteer() -> Result<Gazetteer, ReferenceError> {
    let all = places()?;
    let code_of: BTreeMap<_, _> = all.iter().map(|row| (row.place, row.code)).collect();
    let name = |row: &PlaceRow| {
        let province = match row.kind {
            PlaceKind::Province | PlaceKind::OldProvince => None,
            PlaceKind::Commune | PlaceKind::OldDistrict | PlaceKind::OldCommune => {
                let parent = row.parent.and_then(|parent| code_of.get(&parent).copied().flatten());
                Some(parent.unwrap_or_default().to_owned())
            }
            _ => return None,
        };
        Some(PlaceName {
            code: row.code?.to_owned(),
            type_word: row.type_word.map(|word| word.word().to_owned())?,
            name: row.name.to_owned(),
            province,
            merged: row.valid_until.is_some(),
        })
    };
    Ok(Gazetteer::of(all.iter().filter_map(name).collect()))
}
