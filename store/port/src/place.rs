//! The tree of places as it was known at one position.

use std::collections::{BTreeMap, HashMap};

use mc_base::{Day, PlaceId};

/// A place and the codes it has had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Permanent number.
    pub id: PlaceId,
    /// Code of its kind: `country`, `province`, `commune`, `old_province`, `old_commune`, `root`.
    pub kind: String,
    /// Name with its type word, "Xã Bát Xát".
    pub name: String,
    /// First day it existed, where known.
    pub valid_from: Option<Day>,
    /// First day it no longer existed.
    pub valid_until: Option<Day>,
    /// Centre, degrees × 10⁷ (longitude, latitude), where known.
    pub centre: Option<(i32, i32)>,
    /// Parent by administration; `None` for a root.
    pub parent: Option<PlaceId>,
}

/// A code that a place had on the days [from, until).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceCode {
    /// The place.
    pub place: PlaceId,
    /// Official code.
    pub code: String,
    /// First day, where known.
    pub from: Option<Day>,
    /// First day no more.
    pub until: Option<Day>,
}

/// An edge from a place to the place that took it over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Succession {
    /// The place before.
    pub old: PlaceId,
    /// The place after.
    pub new: PlaceId,
    /// The whole of it.
    pub whole: bool,
    /// The day it took effect.
    pub day: Day,
}

/// All places of an instance, with parents, codes and successions.
#[derive(Clone, Debug, Default)]
pub struct PlaceTree {
    places: BTreeMap<PlaceId, Place>,
    children: HashMap<PlaceId, Vec<PlaceId>>,
    codes: HashMap<String, Vec<PlaceCode>>,
    code_of: HashMap<PlaceId, String>,
    /// By the place before.
    successions: Vec<Succession>,
    /// The province of the instance: what lies somewhere in it counts there.
    home: Option<PlaceId>,
}

/// The level above a commune that official lists number with two digits.
const DEPTH_MAX: usize = 16;

impl PlaceTree {
    /// Builds the tree; rows may come in any order.
    #[must_use]
    pub fn new(places: Vec<Place>, codes: Vec<PlaceCode>, mut successions: Vec<Succession>) -> Self {
        successions.sort_by_key(|edge| edge.old);
        let mut tree = Self { successions, ..Self::default() };
        for place in places {
            if let Some(parent) = place.parent {
                tree.children.entry(parent).or_default().push(place.id);
            }
            tree.places.insert(place.id, place);
        }
        for code in codes {
            if code.until.is_none() || !tree.code_of.contains_key(&code.place) {
                tree.code_of.insert(code.place, code.code.clone());
            }
            tree.codes.entry(code.code.clone()).or_default().push(code);
        }
        tree
    }

    /// The same tree with the place in which records without a place lie.
    #[must_use]
    pub fn with_home(mut self, home: PlaceId) -> Self {
        self.home = Some(home);
        self
    }

    /// Whether more than the place's own records may count in it: those of places below it, by today's parents or of
    /// a place that is gone, or those that lie somewhere in it. Its own, with what it took over whole, are all there
    /// is otherwise.
    #[must_use]
    pub fn holds_others(&self, id: PlaceId) -> bool {
        self.home == Some(id) || self.children.contains_key(&id)
    }

    /// One place.
    #[must_use]
    pub fn get(&self, id: PlaceId) -> Option<&Place> {
        self.places.get(&id)
    }

    /// Every place, by number.
    pub fn all(&self) -> impl Iterator<Item = &Place> {
        self.places.values()
    }

    /// The place that has `code` on `day`. Letters are compared without case.
    #[must_use]
    pub fn by_code(&self, code: &str, day: Day) -> Option<&Place> {
        let upper = code.to_uppercase();
        let held = self.codes.get(code).or_else(|| self.codes.get(&upper))?;
        held.iter()
            .find(|c| c.from.is_none_or(|from| from <= day) && c.until.is_none_or(|until| day < until))
            .and_then(|c| self.get(c.place))
    }

    /// The latest code of a place.
    #[must_use]
    pub fn code(&self, id: PlaceId) -> &str {
        self.code_of.get(&id).map_or("", String::as_str)
    }

    /// Children that exist on `day`, by name order of the caller's choosing.
    #[must_use]
    pub fn children(&self, id: PlaceId, day: Day) -> Vec<&Place> {
        let ids = self.children.get(&id).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.get(*id)).filter(|p| p.exists_on(day)).collect()
    }

    /// The place itself, its parent, and so on to the root.
    #[must_use]
    pub fn ancestors(&self, id: PlaceId) -> Vec<PlaceId> {
        let mut line = Vec::new();
        let mut next = self.get(id);
        while let Some(place) = next {
            line.push(place.id);
            if line.len() >= DEPTH_MAX {
                break;
            }
            next = place.parent.and_then(|parent| self.get(parent));
        }
        line
    }

    /// Every place whose cells a record at `id` counts in: itself and its ancestors, and those of each place
    /// that took it over whole, however often it was taken over.
    #[must_use]
    pub fn counting_ancestors(&self, id: PlaceId) -> Vec<PlaceId> {
        let mut counted = self.ancestors(id);
        for successor in self.whole_successors(id) {
            for ancestor in self.ancestors(successor) {
                if !counted.contains(&ancestor) {
                    counted.push(ancestor);
                }
            }
        }
        counted
    }

    /// The edges that lead away from `old`.
    fn edges_of(&self, old: PlaceId) -> &[Succession] {
        let from = self.successions.partition_point(|edge| edge.old < old);
        let rest = self.successions.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|edge| edge.old == old)).unwrap_or_default()
    }

    /// The places that took `id` over whole, however often it was taken over, the first first. A place's
    /// ancestors have successors of their own, which say nothing of where this place went.
    #[must_use]
    pub fn whole_successors(&self, id: PlaceId) -> Vec<PlaceId> {
        let mut line = vec![id];
        let mut at = 0;
        while let Some(here) = line.get(at).copied() {
            for edge in self.edges_of(here).iter().filter(|edge| edge.whole) {
                if !line.contains(&edge.new) {
                    line.push(edge.new);
                }
            }
            at += 1;
        }
        line.remove(0);
        line
    }

    /// Places only a part of which went into `id` or a place below it. One that counts in `id` as a whole all
    /// the same, because it lay inside, is none.
    #[must_use]
    pub fn partial_predecessors(&self, id: PlaceId) -> Vec<PlaceId> {
        self.successions
            .iter()
            .filter(|edge| !edge.whole && self.ancestors(edge.new).contains(&id))
            .filter(|edge| !self.ancestors(edge.old).contains(&id))
            .map(|edge| edge.old)
            .filter(|old| !self.counting_ancestors(*old).contains(&id))
            .collect()
    }

    /// Of `old`, which went into `id` only in part, and the places below it: those whose records may lie in `id` or
    /// not. A place that was taken over whole, or that lies in `id`, has records that are known to lie where they lie.
    #[must_use]
    pub fn unsettled(&self, old: PlaceId, id: PlaceId) -> Vec<PlaceId> {
        let mut below = vec![old];
        let mut at = 0;
        while let Some(here) = below.get(at).copied() {
            let children = self.children.get(&here).map_or(&[][..], Vec::as_slice);
            below.extend(children.iter().filter(|child| !below.contains(child)).copied().collect::<Vec<_>>());
            at += 1;
        }
        below.retain(|place| {
            let settled = !self.whole_successors(*place).is_empty() || self.ancestors(*place).contains(&id);
            *place == old || !settled
        });
        below
    }

    /// Places that count in `id` only because it, or a place below it, took them over whole; of a line of
    /// takeovers the last.
    #[must_use]
    pub fn taken_over(&self, id: PlaceId) -> Vec<PlaceId> {
        let joined = |place: PlaceId| {
            !self.ancestors(place).contains(&id) && self.counting_ancestors(place).contains(&id)
        };
        let whole = self.successions.iter().filter(|edge| edge.whole).map(|edge| edge.old);
        let mut last: Vec<PlaceId> = whole
            .filter(|old| joined(*old) && !self.whole_successors(*old).into_iter().any(joined))
            .collect();
        last.sort_unstable();
        last.dedup();
        last
    }

    /// Places that went into `id`, wholly or in part.
    #[must_use]
    pub fn predecessors(&self, id: PlaceId) -> Vec<(&Place, &Succession)> {
        self.successions
            .iter()
            .filter(|edge| edge.new == id)
            .filter_map(|edge| Some((self.get(edge.old)?, edge)))
            .collect()
    }

    /// Places that `id` went into, wholly or in part.
    #[must_use]
    pub fn successors(&self, id: PlaceId) -> Vec<(&Place, &Succession)> {
        self.edges_of(id).iter().filter_map(|edge| Some((self.get(edge.new)?, edge))).collect()
    }
}

impl Place {
    /// Whether the place exists on `day`.
    #[must_use]
    pub fn exists_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: u32, parent: Option<u32>, until: Option<&str>) -> Place {
        Place {
            id: PlaceId(id),
            kind: "commune".to_owned(),
            name: format!("Xã {id}"),
            valid_from: None,
            valid_until: until.and_then(Day::parse_iso),
            centre: None,
            parent: parent.map(PlaceId),
        }
    }

    fn tree() -> PlaceTree {
        let merger = Day::parse_iso("2025-07-01").expect("a day");
        PlaceTree::new(
            vec![
                place(1, None, None),
                place(2, Some(1), Some("2025-07-01")),
                place(3, Some(1), None),
                place(4, Some(2), Some("2025-07-01")),
                place(5, Some(3), None),
                place(6, Some(2), Some("2025-07-01")),
            ],
            vec![
                PlaceCode { place: PlaceId(2), code: "15".to_owned(), from: None, until: Some(merger) },
                PlaceCode { place: PlaceId(3), code: "15".to_owned(), from: Some(merger), until: None },
            ],
            vec![
                Succession { old: PlaceId(4), new: PlaceId(5), whole: true, day: merger },
                Succession { old: PlaceId(6), new: PlaceId(5), whole: false, day: merger },
            ],
        )
    }

    #[test]
    fn one_code_names_different_places_on_different_days() {
        let tree = tree();
        let before = Day::parse_iso("2025-06-30").expect("a day");
        let after = Day::parse_iso("2025-07-01").expect("a day");
        assert_eq!(tree.by_code("15", before).map(|p| p.id), Some(PlaceId(2)));
        assert_eq!(tree.by_code("15", after).map(|p| p.id), Some(PlaceId(3)));
        assert_eq!(tree.by_code("16", after), None);
    }

    #[test]
    fn a_whole_succession_counts_in_both_lines_and_a_partial_one_in_the_old_line_only() {
        let tree = tree();
        assert_eq!(tree.counting_ancestors(PlaceId(4)), [4, 2, 1, 5, 3].map(PlaceId));
        assert_eq!(tree.counting_ancestors(PlaceId(6)), [6, 2, 1].map(PlaceId));
        assert_eq!(tree.partial_predecessors(PlaceId(3)), [PlaceId(6)]);
        assert_eq!(tree.partial_predecessors(PlaceId(1)), []);
    }
}
