//! The names of Lào Cai as a resolver, from the reference data; a store looks them up in its registers
//! instead.

use mc_base::text::{fold_loose, squeeze};
use mc_base::{AgencyId, Day, PlaceId};
use mc_reference::{AgencyRow, ILLUSTRATIVE_PROVINCE, LAO_CAI, PlaceKind, PlaceRow, agencies, places};
use mc_register::{Resolved, Resolver};

pub struct Names {
    places: Vec<PlaceRow>,
    agencies: Vec<AgencyRow>,
}

impl Names {
    /// And of the invented province beside it.
    pub fn lao_cai() -> Self {
        let places = places().expect("places");
        let provinces = [LAO_CAI, ILLUSTRATIVE_PROVINCE];
        let here = |p: &PlaceRow| {
            provinces.contains(&p.place) || p.parent.is_some_and(|parent| provinces.contains(&parent))
        };
        let places = places.into_iter().filter(here).collect();
        Self { places, agencies: agencies("15").expect("agencies") }
    }
}

fn key(text: &str) -> String {
    squeeze(&fold_loose(text)).to_lowercase()
}

fn one<T: Clone>(hits: Vec<(T, String)>) -> Resolved<T> {
    match hits.as_slice() {
        [] => Resolved::Unknown(Vec::new()),
        [(hit, _)] => Resolved::One(hit.clone()),
        several => Resolved::Several(several.iter().map(|(_, name)| name.clone()).collect()),
    }
}

impl Resolver for Names {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        let wanted = key(text);
        let current = |place: &&PlaceRow| matches!(place.kind, PlaceKind::Commune | PlaceKind::Province);
        let named = |place: &&PlaceRow| {
            key(&place.full_name()) == wanted || key(place.name) == wanted || place.code == Some(text.trim())
        };
        one(self.places.iter().filter(current).filter(named).map(|p| (p.place, p.full_name())).collect())
    }

    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        let wanted = key(text);
        let named = |agency: &&AgencyRow| {
            key(&agency.name) == wanted || agency.other_names.iter().any(|name| key(name) == wanted)
        };
        one(self.agencies.iter().filter(named).map(|a| (a.agency.clone(), a.name.clone())).collect())
    }

    fn reference(&self, _register: &str, _text: &str) -> Resolved<String> {
        Resolved::Unknown(Vec::new())
    }

    fn reference_day(&self) -> Day {
        Day::parse_iso("2025-11-17").expect("a day")
    }
}
