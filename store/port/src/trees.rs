//! Places and agencies together: who stands over a record.

use mc_access::Object;
use mc_base::{AgencyId, Day, PlaceId};

use crate::{AgencyTree, PlaceTree};

/// Both trees as of a day.
#[derive(Clone, Copy, Debug)]
pub struct Trees<'a> {
    /// The places.
    pub places: &'a PlaceTree,
    /// The agencies.
    pub agencies: &'a AgencyTree,
    /// The day whose agencies decide.
    pub day: Day,
}

impl Trees<'_> {
    /// What a record of `agency` at `place` is to the access rules.
    #[must_use]
    pub fn object(&self, agency: Option<&AgencyId>, place: Option<PlaceId>) -> Object {
        Object {
            agencies: agency.map(|agency| self.agencies.answerable(agency, self.day)).unwrap_or_default(),
            places: place.map(|place| self.places.ancestors(place)).unwrap_or_default(),
        }
    }
}
