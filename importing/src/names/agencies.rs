//! Names of agencies: ids, names, abbreviations and former names; those of the nearest province come first, and what is
//! gone leads to what took it over.

use std::collections::HashMap;

use mc_base::{AgencyId, Day, PlaceId};
use mc_port::{AgencyTree, PlaceTree, Seat};
use mc_register::Resolved;

use super::{choose, in_brackets, loose, near};

/// How far an agency is from where the name is typed: in the same province, at home, elsewhere.
type Far = u8;

/// All agencies that a name may mean.
#[derive(Debug, Default)]
pub(super) struct Agencies {
    by_name: HashMap<String, Vec<(Far, AgencyId)>>,
    names: HashMap<AgencyId, String>,
    /// Names to offer: those of the nearest.
    offered: Vec<String>,
}

impl Agencies {
    pub(super) fn new(
        tree: &AgencyTree,
        places: &PlaceTree,
        (scope, home): (PlaceId, PlaceId),
        today: Day,
    ) -> Self {
        let mut agencies = Self::default();
        let line = places.ancestors(scope);
        for agency in tree.all() {
            let far = match agency.place.map(|place| places.ancestors(place)) {
                Some(above) if above.contains(&scope) => 0,
                Some(above) if above.first().is_some_and(|place| line.contains(place)) => 0,
                Some(above) if above.contains(&home) => 1,
                _ => 2,
            };
            let meant = meant(tree, &agency.id, today);
            let called = [agency.name.as_str(), &agency.abbreviation, &agency.id.0];
            let called = called.into_iter().chain(agency.other_names.iter().map(String::as_str));
            for key in called.map(loose).filter(|key| !key.is_empty()) {
                let known = agencies.by_name.entry(key).or_default();
                for id in &meant {
                    if !known.iter().any(|(_, known)| known == id) {
                        known.push((far, id.clone()));
                    }
                }
            }
            if far == 0 {
                agencies.offered.push(agency.name.clone());
            }
            agencies.names.insert(agency.id.clone(), agency.name.clone());
        }
        agencies
    }

    pub(super) fn find(&self, text: &str) -> Resolved<AgencyId> {
        // An id is taken as it is, of an agency that is gone too: old files speak of old agencies.
        if let Some(id) = self.id(text.trim()) {
            return Resolved::One(id);
        }
        let mut found = self.by_name.get(&loose(text)).cloned().unwrap_or_default();
        let nearest = found.iter().map(|(far, _)| *far).min();
        found.retain(|(far, _)| Some(*far) == nearest);
        if found.is_empty() {
            // A name may end in brackets of its own, so what stands in them is an id only where nothing has it.
            let offered = || Resolved::Unknown(near(text, self.offered.iter().map(String::as_str)));
            return in_brackets(text).and_then(|typed| self.id(typed)).map_or_else(offered, Resolved::One);
        }
        choose(found.into_iter().map(|(_, id)| id).collect(), |id| {
            format!("{} ({id})", self.names.get(id).map_or("", String::as_str))
        })
    }

    fn id(&self, typed: &str) -> Option<AgencyId> {
        AgencyId::parse(typed).filter(|id| self.names.contains_key(id))
    }
}

/// What is meant today by the name of an agency: itself, the one that took it over, or those that have a part of it.
fn meant(tree: &AgencyTree, id: &AgencyId, today: Day) -> Vec<AgencyId> {
    match tree.seat(id, today) {
        Seat::At(seat) => vec![seat],
        Seat::Unsettled => {
            let edges = tree.successors(id).iter().filter(|edge| edge.day <= today);
            let parts: Vec<AgencyId> = edges
                .filter_map(|edge| match tree.seat(&edge.new, today) {
                    Seat::At(seat) => Some(seat),
                    Seat::Unsettled => None,
                })
                .collect();
            if parts.is_empty() { vec![id.clone()] } else { parts }
        }
    }
}
