//! The tree of agencies: who stands under whom, since when, and who took whom over.
//!
//! The rules are those of places, with one difference: parents of one agency change, so every question names a day.

mod rollup;

use std::collections::{BTreeMap, HashMap};

use mc_base::{AgencyId, Day, PlaceId};

pub use rollup::{Branch, View};

/// An agency by its current record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agency {
    /// Permanent slug.
    pub id: AgencyId,
    /// Full name.
    pub name: String,
    /// Abbreviation used in document symbols; empty where there is none.
    pub abbreviation: String,
    /// Former names and other spellings.
    pub other_names: Vec<String>,
    /// What it does; empty where nothing is said.
    pub function: String,
    /// Where it works.
    pub place: Option<PlaceId>,
    /// First day it existed, where known.
    pub valid_from: Option<Day>,
    /// First day it no longer existed.
    pub valid_until: Option<Day>,
}

/// An agency stood under another on the days [from, until).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgencyParent {
    /// The agency.
    pub agency: AgencyId,
    /// The one above it.
    pub parent: AgencyId,
    /// First day.
    pub from: Day,
    /// First day no more.
    pub until: Option<Day>,
}

/// An edge from an agency to one that took it over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgencySuccession {
    /// The agency before.
    pub old: AgencyId,
    /// The agency after.
    pub new: AgencyId,
    /// The whole of it.
    pub whole: bool,
    /// The day it took effect.
    pub day: Day,
    /// By which document; empty where nothing is said.
    pub document: String,
}

/// Where the records of an agency count as agencies are on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seat {
    /// At this agency: itself, or the one that took it over whole, however often it was taken over.
    At(AgencyId),
    /// It is gone, and nobody said which one agency has the whole of it.
    Unsettled,
}

/// All agencies of an instance, with parents and successions.
#[derive(Clone, Debug, Default)]
pub struct AgencyTree {
    agencies: BTreeMap<AgencyId, Agency>,
    /// By agency, in the order of their first days.
    parents: HashMap<AgencyId, Vec<AgencyParent>>,
    /// By the agency before, in the order of their days.
    successions: BTreeMap<AgencyId, Vec<AgencySuccession>>,
}

/// Levels of agencies, and takeovers in a row. What lies beyond is a circle in the records.
const DEPTH_MAX: usize = 16;

impl AgencyTree {
    /// Builds the tree; rows may come in any order.
    #[must_use]
    pub fn new(
        agencies: Vec<Agency>,
        mut parents: Vec<AgencyParent>,
        mut successions: Vec<AgencySuccession>,
    ) -> Self {
        parents.sort_by_key(|edge| edge.from);
        successions.sort_by(|a, b| (a.day, &a.new).cmp(&(b.day, &b.new)));
        let mut tree = Self::default();
        tree.agencies.extend(agencies.into_iter().map(|agency| (agency.id.clone(), agency)));
        for edge in parents {
            tree.parents.entry(edge.agency.clone()).or_default().push(edge);
        }
        for edge in successions {
            tree.successions.entry(edge.old.clone()).or_default().push(edge);
        }
        tree
    }

    /// One agency.
    #[must_use]
    pub fn get(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.get(id)
    }

    /// Every agency, by slug.
    pub fn all(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.values()
    }

    /// The name of an agency, or its slug where it has no record.
    #[must_use]
    pub fn name<'t>(&'t self, id: &'t AgencyId) -> &'t str {
        self.get(id).map_or(id.0.as_str(), |agency| agency.name.as_str())
    }

    /// The agency directly above on `day`; after the last day recorded the last one.
    #[must_use]
    pub fn parent(&self, id: &AgencyId, day: Day) -> Option<&AgencyId> {
        let begun = self.parents.get(id)?.iter().filter(|edge| edge.from <= day);
        let edge = begun.max_by_key(|edge| (edge.until.is_none_or(|until| day < until), edge.from))?;
        Some(&edge.parent)
    }

    /// The agency itself, the one above it on `day`, and so on.
    #[must_use]
    pub fn line(&self, id: &AgencyId, day: Day) -> Vec<AgencyId> {
        let mut line = vec![id.clone()];
        while let Some(parent) = line.last().and_then(|last| self.parent(last, day)) {
            if line.len() >= DEPTH_MAX || line.contains(parent) {
                break;
            }
            line.push(parent.clone());
        }
        line
    }

    /// Agencies directly under `id` that exist on `day`, by slug.
    #[must_use]
    pub fn units(&self, id: &AgencyId, day: Day) -> Vec<&Agency> {
        self.all()
            .filter(|unit| self.parent(&unit.id, day) == Some(id) && self.exists_on(&unit.id, day))
            .collect()
    }

    /// Agencies that went into `id`, wholly or in part.
    #[must_use]
    pub fn predecessors(&self, id: &AgencyId) -> Vec<&AgencySuccession> {
        self.successions.values().flatten().filter(|edge| edge.new == *id).collect()
    }

    /// The edges that lead away from `id`.
    #[must_use]
    pub fn successors(&self, id: &AgencyId) -> &[AgencySuccession] {
        self.successions.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether the agency exists on `day`: between its days, and not taken over whole by then.
    #[must_use]
    pub fn exists_on(&self, id: &AgencyId, day: Day) -> bool {
        let begun = self.get(id).and_then(|agency| agency.valid_from).is_none_or(|from| from <= day);
        begun && self.seat(id, day) == Seat::At(id.clone())
    }

    /// Where the records of `id` count as agencies are on `day`.
    #[must_use]
    pub fn seat(&self, id: &AgencyId, day: Day) -> Seat {
        let (mut here, mut arrived) = (id, None);
        for _ in 0..DEPTH_MAX {
            // An agency that was set up again after it had been taken over is not taken over a second time by
            // the same edge.
            let mut next: Vec<&AgencySuccession> = (self.successors(here).iter())
                .filter(|edge| edge.whole && edge.day <= day && Some(edge.day) >= arrived)
                .collect();
            next.dedup_by_key(|edge| &edge.new);
            match next.as_slice() {
                [] if self.is_gone(here, day) => return Seat::Unsettled,
                [] => return Seat::At(here.clone()),
                [edge] => (here, arrived) = (&edge.new, Some(edge.day)),
                _ => return Seat::Unsettled,
            }
        }
        Seat::Unsettled
    }

    fn is_gone(&self, id: &AgencyId, day: Day) -> bool {
        self.get(id).and_then(|agency| agency.valid_until).is_some_and(|until| until <= day)
    }

    /// Everybody who stands over a record of `id` on `day`: the agency and those above it, and where it was taken
    /// over the ones who have it now.
    #[must_use]
    pub fn answerable(&self, id: &AgencyId, day: Day) -> Vec<AgencyId> {
        let mut line = self.line(id, day);
        if let Seat::At(seat) = self.seat(id, day) {
            for agency in self.line(&seat, day) {
                if !line.contains(&agency) {
                    line.push(agency);
                }
            }
        }
        line
    }
}

#[cfg(test)]
mod tests;
