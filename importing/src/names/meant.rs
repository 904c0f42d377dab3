//! What the names of a file turned out to mean, told by province: names recur in every province, and whoever sends a
//! file is to see whose records it writes.

use std::collections::{BTreeMap, BTreeSet};

use mc_base::{AgencyId, PlaceId, number::whole};
use mc_port::{Snapshot, StoreFailure};

use super::{Names, places::province};

/// Names remembered of each kind; beyond, they are counted no more.
const MET_MAX: usize = 10_000;
/// Agencies of a province told by name.
const TOLD_MAX: usize = 5;

/// Places and agencies that a file names.
#[derive(Debug, Default)]
pub(super) struct Met {
    places: BTreeSet<PlaceId>,
    agencies: BTreeSet<AgencyId>,
}

impl Met {
    pub(super) fn place(&mut self, id: PlaceId) {
        if self.places.len() < MET_MAX {
            self.places.insert(id);
        }
    }

    pub(super) fn agency(&mut self, id: &AgencyId) {
        if self.agencies.len() < MET_MAX {
            self.agencies.insert(id.clone());
        }
    }
}

impl Names<'_> {
    /// Whose names the file uses: a sentence for each province, first those of agencies.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn meant(&self) -> Result<Vec<String>, StoreFailure> {
        let met = self.met.borrow();
        self.with_snapshot(|snapshot| {
            let ours = province_of(snapshot, self.scope);
            let mut told = Vec::new();
            for (province, agencies) in agencies_by_province(snapshot, &met.agencies) {
                told.push(format!(
                    "Cơ quan trong tệp được hiểu là của {}: {}.",
                    called(snapshot, province, ours),
                    listed(&agencies)
                ));
            }
            let mut places: BTreeMap<Option<PlaceId>, u64> = BTreeMap::new();
            for place in &met.places {
                *places.entry(province_of(snapshot, *place)).or_default() += 1;
            }
            for (province, count) in places {
                told.push(format!(
                    "Địa bàn trong tệp được hiểu là của {}: {} địa bàn.",
                    called(snapshot, province, ours),
                    whole(count)
                ));
            }
            Ok(told)
        })
    }
}

fn province_of(snapshot: &dyn Snapshot, place: PlaceId) -> Option<PlaceId> {
    province(snapshot.places(), &snapshot.places().ancestors(place))
}

fn agencies_by_province(
    snapshot: &dyn Snapshot,
    agencies: &BTreeSet<AgencyId>,
) -> BTreeMap<Option<PlaceId>, Vec<String>> {
    let mut all: BTreeMap<Option<PlaceId>, Vec<String>> = BTreeMap::new();
    for agency in agencies.iter().filter_map(|id| snapshot.agencies().get(id)) {
        let province = agency.place.and_then(|place| province_of(snapshot, place));
        all.entry(province).or_default().push(agency.name.clone());
    }
    all
}

/// The name of a province, and that it is not the one the file is sent for.
fn called(snapshot: &dyn Snapshot, province: Option<PlaceId>, ours: Option<PlaceId>) -> String {
    let name = |id: PlaceId| snapshot.places().get(id).map(|place| place.name.clone());
    let Some(its) = province.and_then(name) else { return "cả nước".to_owned() };
    match ours.and_then(name).filter(|_| province != ours) {
        Some(here) => format!("{its} (ngoài phạm vi {here})"),
        None => its,
    }
}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(TOLD_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(TOLD_MAX) {
        0 => shown,
        more => format!("{shown} và {} cơ quan khác", whole(more as u64)),
    }
}
