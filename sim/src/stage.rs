//! Where the story plays: two provinces, their communes and agencies.

use mc_access::{Actor, Factor, Role};
use mc_base::{AgencyId, PlaceId};
use mc_ledger::value::Point;
use mc_reference::{ILLUSTRATIVE_PROVINCE, LAO_CAI, PlaceKind, ReferenceError, TypeWord};

use crate::chance::Chance;

/// Both provinces.
pub(crate) struct Stage {
    pub(crate) lao_cai: Province,
    pub(crate) minh_hoa: Province,
}

/// One province.
pub(crate) struct Province {
    pub(crate) place: PlaceId,
    /// Ends the slug of each of its agencies: `15`, `mh`.
    suffix: &'static str,
    pub(crate) communes: Vec<Commune>,
}

/// One commune of today.
#[derive(Clone)]
pub(crate) struct Commune {
    pub(crate) place: PlaceId,
    pub(crate) name: String,
    pub(crate) is_ward: bool,
    pub(crate) centre: Option<Point>,
    /// Its People's Committee.
    pub(crate) agency: AgencyId,
}

impl Stage {
    pub(crate) fn new() -> Result<Self, ReferenceError> {
        Ok(Self {
            lao_cai: Province::new(LAO_CAI, "15")?,
            minh_hoa: Province::new(ILLUSTRATIVE_PROVINCE, "mh")?,
        })
    }
}

impl Province {
    fn new(place: PlaceId, suffix: &'static str) -> Result<Self, ReferenceError> {
        let rows = mc_reference::places()?;
        let here = rows.iter().filter(|row| row.parent == Some(place) && row.kind == PlaceKind::Commune);
        let communes = here.filter_map(|row| {
            Some(Commune {
                place: row.place,
                name: row.full_name(),
                is_ward: row.type_word == Some(TypeWord::Phuong),
                centre: row.centre,
                agency: AgencyId(format!("ubnd-{}", row.code?.to_lowercase())),
            })
        });
        Ok(Self { place, suffix, communes: communes.collect() })
    }

    /// The province's agency of a function, for example `so-khcn`.
    pub(crate) fn agency(&self, stem: &str) -> AgencyId {
        AgencyId(format!("{stem}-{}", self.suffix))
    }

    /// Records for the whole province.
    pub(crate) fn standing_agency(&self) -> Actor {
        Actor {
            id: format!("thuong-truc-{}", self.suffix),
            role: Role::StandingAgency,
            agency: Some(self.agency("van-phong-tinh-uy")),
            place: Some(self.place),
            factor: Factor::NotAsked,
        }
    }

    /// Records what the agency of that function owns.
    pub(crate) fn focal_officer(&self, stem: &str) -> Actor {
        Actor {
            id: format!("dau-moi-{stem}-{}", self.suffix),
            role: Role::FocalOfficer,
            agency: Some(self.agency(stem)),
            place: Some(self.place),
            factor: Factor::NotAsked,
        }
    }
}

impl Commune {
    /// Its official code, by which its records' codes begin.
    pub(crate) fn code(&self) -> String {
        self.agency.0.trim_start_matches("ubnd-").to_uppercase()
    }

    /// Records what lies in the commune.
    pub(crate) fn officer(&self) -> Actor {
        Actor {
            id: format!("cong-chuc-{}", self.agency),
            role: Role::CommuneOfficer,
            agency: Some(self.agency.clone()),
            place: Some(self.place),
            factor: Factor::NotAsked,
        }
    }

    /// A point within about four kilometres of the centre.
    pub(crate) fn near(&self, chance: &mut Chance) -> Option<Point> {
        const REACH: i64 = 360_000;
        let mut shift = || i32::try_from(chance.range(-REACH, REACH)).unwrap_or(0);
        let (lon, lat) = (shift(), shift());
        self.centre.map(|centre| Point { lon: centre.lon + lon, lat: centre.lat + lat })
    }
}
