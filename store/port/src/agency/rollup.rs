//! Records of agencies put on the tree: which agency each counts at, and who stands over whom.

use std::collections::{BTreeMap, BTreeSet};

use mc_base::text::collation_key;
use mc_base::{AgencyId, Day};

use super::{AgencyTree, DEPTH_MAX, Seat};
use crate::PlaceBasis;

/// An agency on the tree of a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The agency.
    pub agency: AgencyId,
    /// The one above it in this tree.
    pub under: Option<AgencyId>,
    /// How many stand above it.
    pub depth: usize,
    /// Whose records count at the agency itself: its own, and those of agencies that it took over whole.
    pub own: Vec<AgencyId>,
    /// An agency only a part of which went into this one or one below it: as agencies are now this one has no number.
    pub refused_for: Option<AgencyId>,
}

/// How agencies are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    /// As they are now or as they were.
    pub basis: PlaceBasis,
    /// The day whose tree it is.
    pub day: Day,
    /// The first day from which records count; `None`: from the beginning.
    pub since: Option<Day>,
}

/// Who stands above whom in one figure.
type Above = BTreeMap<AgencyId, Option<AgencyId>>;

impl AgencyTree {
    /// The tree over the agencies that have records, `present`, and over `also`, which may have none: parents before
    /// their children, these in the order of their names. Every record counts at exactly one agency, so that the
    /// children and the agency's own add up to it.
    #[must_use]
    pub fn branches(&self, present: &[AgencyId], also: Option<&AgencyId>, view: View) -> Vec<Branch> {
        let mut own: BTreeMap<AgencyId, Vec<AgencyId>> = BTreeMap::new();
        for agency in present {
            own.entry(self.seated(agency, view)).or_default().push(agency.clone());
        }
        let mut above = Above::new();
        for agency in own.keys().chain(also) {
            self.place(agency, view, &mut above);
        }
        let refused = self.refused(&own, &above, view);
        let mut children: BTreeMap<Option<AgencyId>, Vec<AgencyId>> = BTreeMap::new();
        for (agency, parent) in above {
            children.entry(parent).or_default().push(agency);
        }
        for units in children.values_mut() {
            units.sort_by_cached_key(|id| collation_key(self.name(id)));
        }
        let mut branches = Vec::new();
        let mut open: Vec<(AgencyId, Option<AgencyId>, usize)> = Vec::new();
        let push = |open: &mut Vec<_>, under: Option<AgencyId>, depth: usize| {
            let units = children.get(&under).into_iter().flatten();
            open.extend(units.rev().map(|unit| (unit.clone(), under.clone(), depth)));
        };
        push(&mut open, None, 0);
        while let Some((agency, under, depth)) = open.pop() {
            push(&mut open, Some(agency.clone()), depth + 1);
            branches.push(Branch {
                own: own.get(&agency).cloned().unwrap_or_default(),
                refused_for: refused.get(&agency).cloned(),
                agency,
                under,
                depth,
            });
        }
        branches
    }

    /// The agency at which records of `agency` count.
    fn seated(&self, agency: &AgencyId, view: View) -> AgencyId {
        match (view.basis, self.seat(agency, view.day)) {
            (PlaceBasis::Now, Seat::At(seat)) => seat,
            (PlaceBasis::Then, _) | (PlaceBasis::Now, Seat::Unsettled) => agency.clone(),
        }
    }

    /// Adds an agency with those above it. A circle in the records ends where it would close.
    fn place(&self, agency: &AgencyId, view: View, above: &mut Above) {
        let mut walked: Vec<AgencyId> = Vec::new();
        let mut here = agency.clone();
        while !above.contains_key(&here) {
            walked.push(here.clone());
            let parent = self.parent(&here, view.day).map(|parent| self.seated(parent, view));
            let parent = parent.filter(|next| walked.len() < DEPTH_MAX && !walked.contains(next));
            above.insert(here, parent.clone());
            let Some(parent) = parent else { return };
            here = parent;
        }
    }

    /// The agencies of which nothing can be said as they are now, each with the one that went into it in part.
    fn refused(
        &self,
        own: &BTreeMap<AgencyId, Vec<AgencyId>>,
        above: &Above,
        view: View,
    ) -> BTreeMap<AgencyId, AgencyId> {
        let mut refused = BTreeMap::new();
        if view.basis == PlaceBasis::Then {
            return refused;
        }
        let line = |agency: &AgencyId| {
            let mut line = vec![agency.clone()];
            while let Some(Some(parent)) = line.last().and_then(|last| above.get(last)) {
                line.push(parent.clone());
            }
            line
        };
        for old in own.keys() {
            let kept: BTreeSet<AgencyId> = line(old).into_iter().collect();
            for new in self.heirs(old, view) {
                for agency in line(&new).into_iter().filter(|agency| !kept.contains(agency)) {
                    refused.entry(agency).or_insert_with(|| old.clone());
                }
            }
        }
        refused
    }

    /// The agencies that may have records of `old` which still count at `old`, however often they were taken over.
    fn heirs(&self, old: &AgencyId, view: View) -> Vec<AgencyId> {
        let is_open = self.seat(old, view.day) == Seat::Unsettled;
        // What an agency that goes on recorded after it gave a part away is its own.
        let matters = |day: Day| is_open || view.since.is_none_or(|since| since < day);
        let mut heirs: Vec<AgencyId> = Vec::new();
        let first = self.successors(old).iter().filter(|edge| matters(edge.day));
        let mut next: Vec<&AgencyId> =
            first.filter(|edge| edge.day <= view.day).map(|edge| &edge.new).collect();
        while let Some(new) = next.pop() {
            let seat = self.seated(new, view);
            if heirs.contains(&seat) || seat == *old {
                continue;
            }
            if self.seat(new, view.day) == Seat::Unsettled {
                let further = self.successors(new).iter().filter(|edge| edge.day <= view.day);
                next.extend(further.map(|edge| &edge.new));
            }
            heirs.push(seat);
        }
        heirs
    }
}
