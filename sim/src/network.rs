//! Sites, stations and their technologies, spread over the communes of a province.

use mc_base::{AgencyId, Day, PlaceId};
use mc_ledger::value::Point;

use crate::chance::Chance;
use crate::stage::Commune;
use crate::value::{Fields, agency, code, day, on, place, point, scaled, text, to, whole, yes};

/// The operators of the story. None is a real one.
pub(crate) const OPERATORS: [&str; 6] =
    ["Nhà mạng A", "Nhà mạng B", "Nhà mạng C", "Nhà mạng D", "Nhà mạng E", "Nhà mạng F"];
/// As in the names of the files they send.
pub(crate) const OPERATOR_LETTERS: [char; 6] = ['a', 'b', 'c', 'd', 'e', 'f'];

const TOWERS: [&str; 5] = ["self_supporting", "guyed", "rooftop", "camouflaged", "other"];
const TOWER_WEIGHTS: [usize; 5] = [58, 17, 18, 4, 3];
const BACKHAULS: [&str; 3] = ["fibre", "microwave", "satellite"];
const BACKHAUL_WEIGHTS: [usize; 3] = [88, 11, 1];
const POWERS: [&str; 4] = ["grid", "grid_generator", "solar", "hybrid"];
const POWER_WEIGHTS: [usize; 4] = [38, 54, 2, 6];

/// Stations of different operators that share one site at most.
const SHARING_MAX: usize = 3;

/// A place with a tower or equipment.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) code: String,
    pub(crate) place: PlaceId,
    pub(crate) position: Option<Point>,
    pub(crate) from: Day,
    operators: Vec<usize>,
    tower: &'static str,
    backhaul: &'static str,
    power: &'static str,
    height: i64,
}

/// One operator's station at a site.
#[derive(Clone)]
pub(crate) struct Station {
    pub(crate) code: String,
    pub(crate) operator: usize,
    pub(crate) site: String,
    pub(crate) place: PlaceId,
    pub(crate) position: Option<Point>,
    pub(crate) since: Day,
    pub(crate) on_air: Day,
    pub(crate) technologies: Vec<&'static str>,
}

/// A network that grows.
pub(crate) struct Network<'a> {
    prefix: &'static str,
    communes: &'a [Commune],
    weights: Vec<usize>,
    sites: Vec<Vec<Site>>,
    site_count: usize,
    station_count: usize,
    /// Sites made since they were last taken.
    fresh: Vec<(usize, usize)>,
}

impl<'a> Network<'a> {
    /// An empty network; wards get three times as many stations as rural communes, give or take.
    pub(crate) fn new(prefix: &'static str, communes: &'a [Commune], chance: &mut Chance) -> Self {
        let weight = |commune: &Commune, chance: &mut Chance| {
            (if commune.is_ward { 30 } else { 10 }) + chance.below(8)
        };
        let weights = communes.iter().map(|commune| weight(commune, chance)).collect();
        let sites = communes.iter().map(|_| Vec::new()).collect();
        Self { prefix, communes, weights, sites, site_count: 0, station_count: 0, fresh: Vec::new() }
    }

    /// A station somewhere.
    pub(crate) fn station(&mut self, chance: &mut Chance, operator: usize, since: Day) -> Option<Station> {
        let commune = chance.weighted(&self.weights);
        self.station_in(chance, commune, operator, since)
    }

    /// A station in a commune, on a shared site in two of five cases.
    pub(crate) fn station_in(
        &mut self,
        chance: &mut Chance,
        commune: usize,
        operator: usize,
        since: Day,
    ) -> Option<Station> {
        let wants_to_share = chance.percent(40);
        let sites = self.sites.get_mut(commune)?;
        let shared = sites.iter_mut().find(|site| {
            wants_to_share && site.operators.len() < SHARING_MAX && !site.operators.contains(&operator)
        });
        let site = match shared {
            Some(site) => {
                site.operators.push(operator);
                site.clone()
            }
            None => {
                let site = self.site(chance, commune, operator, since)?;
                let sites = self.sites.get_mut(commune)?;
                self.fresh.push((commune, sites.len()));
                sites.push(site.clone());
                site
            }
        };
        self.station_count += 1;
        let on_air = some_day_before(chance, since);
        Some(Station {
            code: format!("{}-{:05}", self.prefix, self.station_count),
            operator,
            site: site.code,
            place: site.place,
            position: site.position,
            since,
            on_air,
            technologies: technologies(chance),
        })
    }

    /// The same station under another code.
    pub(crate) fn duplicate(&mut self, of: &Station) -> Station {
        self.station_count += 1;
        Station { code: format!("{}-{:05}", self.prefix, self.station_count), ..of.clone() }
    }

    /// The sites made since this was last asked, with all their operators of now.
    pub(crate) fn new_sites(&mut self) -> Vec<Site> {
        let fresh = std::mem::take(&mut self.fresh);
        fresh.into_iter().filter_map(|(commune, at)| self.sites.get(commune)?.get(at).cloned()).collect()
    }

    fn site(&mut self, chance: &mut Chance, commune: usize, operator: usize, from: Day) -> Option<Site> {
        let here = self.communes.get(commune)?;
        self.site_count += 1;
        let drawn = |list: &[&'static str], at: usize| list.get(at).copied().unwrap_or("other");
        Some(Site {
            code: format!("VT-{}-{:05}", self.prefix, self.site_count),
            place: here.place,
            position: here.near(chance),
            from,
            operators: vec![operator],
            tower: drawn(&TOWERS, chance.weighted(&TOWER_WEIGHTS)),
            backhaul: drawn(&BACKHAULS, chance.weighted(&BACKHAUL_WEIGHTS)),
            power: drawn(&POWERS, chance.weighted(&POWER_WEIGHTS)),
            height: chance.range(36, 108) * 5,
        })
    }
}

/// A day before `since` on which the station may have gone on air.
fn some_day_before(chance: &mut Chance, since: Day) -> Day {
    let first = day(2009, 1, 1);
    let span = usize::try_from(since.epoch_days() - first.epoch_days()).unwrap_or(0);
    let after = i32::try_from(chance.below(span)).unwrap_or(0);
    first.plus(after).unwrap_or(since)
}

fn technologies(chance: &mut Chance) -> Vec<&'static str> {
    let mut found = Vec::with_capacity(4);
    for (technology, percent) in [("2g", 52), ("3g", 44), ("4g", 100), ("5g", 17)] {
        if chance.percent(percent) {
            found.push(technology);
        }
    }
    found
}

impl Site {
    /// The record of the site.
    pub(crate) fn fields(&self, keeper: &AgencyId) -> Fields {
        vec![
            ("code", code(self.code.clone())),
            ("place", place(self.place)),
            ("position", point(self.position)),
            ("tower", code(self.tower)),
            ("height", scaled(self.height, 1)),
            ("shared", yes(self.operators.len() > 1)),
            ("power", code(self.power)),
            ("backhaul", code(self.backhaul)),
            ("in_use_from", on(self.from)),
            ("agency", agency(keeper)),
        ]
    }
}

impl Station {
    /// The record of the station on air.
    pub(crate) fn fields(&self, keeper: &AgencyId) -> Fields {
        vec![
            ("code", code(self.code.clone())),
            ("since", on(self.since)),
            ("state", code("live")),
            ("site", to("base_site", self.site.clone())),
            ("operator", code(OPERATORS.get(self.operator).copied().unwrap_or_default())),
            ("place", place(self.place)),
            ("position", point(self.position)),
            ("on_air", on(self.on_air)),
            ("agency", agency(keeper)),
        ]
    }

    /// The records of its technologies.
    pub(crate) fn technology_fields(&self) -> impl Iterator<Item = Fields> {
        self.technologies.iter().map(|technology| {
            vec![
                ("station", to("base_station", self.code.clone())),
                ("technology", code(*technology)),
                ("on_air", on(self.since)),
            ]
        })
    }

    /// The keys of its technologies.
    pub(crate) fn technology_keys(&self) -> impl Iterator<Item = String> {
        self.technologies.iter().map(|technology| format!("{}/{technology}", self.code))
    }
}

/// What a file of an operator is called.
pub(crate) fn file_of(operator: usize) -> String {
    format!("bang-tram-nha-mang-{}.xlsx (minh họa)", OPERATOR_LETTERS.get(operator).unwrap_or(&'x'))
}

/// "4.607 trạm" in reasons.
pub(crate) fn counted(count: usize, unit: &str) -> String {
    format!("{} {unit}", mc_base::number::whole(whole(count)))
}

/// A text that says of an invented record which other it repeats.
pub(crate) fn repeats(of: &Station) -> (&'static str, mc_ledger::Value) {
    ("note", text(format!("bản ghi minh họa; cùng vị trí và doanh nghiệp với {}", of.code)))
}
