//! The tree of agencies by examples, and laws of its figures under any records.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::PlaceBasis;

fn id(slug: &str) -> AgencyId {
    AgencyId(slug.to_owned())
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

fn agency(slug: &str, until: Option<Day>) -> Agency {
    Agency {
        id: id(slug),
        name: format!("Sở {slug}"),
        abbreviation: String::new(),
        other_names: Vec::new(),
        function: String::new(),
        place: None,
        valid_from: None,
        valid_until: until,
    }
}

fn parent(agency: &str, parent: &str, from: Day, until: Option<Day>) -> AgencyParent {
    AgencyParent { agency: id(agency), parent: id(parent), from, until }
}

fn went(old: &str, new: &str, whole: bool, day: Day) -> AgencySuccession {
    AgencySuccession { old: id(old), new: id(new), whole, day, document: String::new() }
}

#[test]
fn a_parent_is_that_of_the_day() {
    let tree = AgencyTree::new(
        vec![agency("a", None), agency("b", None), agency("c", None)],
        vec![
            parent("c", "b", day("2025-07-01"), None),
            parent("c", "a", day("2020-01-01"), Some(day("2025-07-01"))),
        ],
        Vec::new(),
    );
    assert_eq!(tree.parent(&id("c"), day("2019-12-31")), None);
    assert_eq!(tree.parent(&id("c"), day("2025-06-30")), Some(&id("a")));
    assert_eq!(tree.parent(&id("c"), day("2025-07-01")), Some(&id("b")));
    assert_eq!(tree.units(&id("a"), day("2025-07-01")), Vec::<&Agency>::new());
    assert_eq!(tree.line(&id("c"), day("2025-07-01")), [id("c"), id("b")]);
}

#[test]
fn a_seat_is_where_the_whole_of_an_agency_went() {
    let (first, second, today) = (day("2021-01-01"), day("2025-03-01"), day("2025-11-17"));
    let tree = AgencyTree::new(
        vec![
            agency("a", Some(first)),
            agency("b", Some(second)),
            agency("c", None),
            agency("d", Some(second)),
            agency("e", Some(second)),
        ],
        Vec::new(),
        vec![
            went("a", "b", true, first),
            went("b", "c", true, second),
            went("d", "c", true, second),
            went("d", "b", true, second),
            went("e", "c", false, second),
        ],
    );
    assert_eq!(tree.seat(&id("a"), today), Seat::At(id("c")));
    assert_eq!(tree.seat(&id("a"), day("2024-12-31")), Seat::At(id("b")));
    assert_eq!(tree.seat(&id("a"), day("2020-12-31")), Seat::At(id("a")));
    assert_eq!(tree.seat(&id("d"), today), Seat::Unsettled, "the whole of it cannot be in two");
    assert_eq!(tree.seat(&id("e"), today), Seat::Unsettled);
    assert!(!tree.exists_on(&id("a"), today));
    assert!(tree.exists_on(&id("c"), today));
    assert_eq!(tree.answerable(&id("a"), today), [id("a"), id("c")]);
}

#[test]
fn an_agency_that_was_set_up_again_is_itself() {
    let tree = AgencyTree::new(
        vec![agency("a", None), agency("b", None)],
        Vec::new(),
        vec![went("a", "b", true, day("2021-01-01")), went("b", "a", true, day("2024-01-01"))],
    );
    let today = day("2025-11-17");
    assert_eq!(tree.seat(&id("a"), today), Seat::At(id("a")));
    assert_eq!(tree.seat(&id("b"), today), Seat::At(id("a")));
    assert_eq!(tree.seat(&id("a"), day("2022-01-01")), Seat::At(id("b")));
}

#[test]
fn what_an_agency_recorded_after_it_gave_a_part_away_is_its_own() {
    let (moved, today) = (day("2025-03-01"), day("2025-11-17"));
    let tree = AgencyTree::new(
        vec![agency("a", None), agency("b", None)],
        Vec::new(),
        vec![went("a", "b", false, moved)],
    );
    let refused = |since: Option<Day>| {
        let view = View { basis: PlaceBasis::Now, day: today, since };
        let branches = tree.branches(&[id("a"), id("b")], None, view);
        branches
            .iter()
            .filter(|branch| branch.refused_for.is_some())
            .map(|branch| branch.agency.clone())
            .collect::<Vec<_>>()
    };
    let none: Vec<AgencyId> = Vec::new();
    assert_eq!(refused(Some(moved)), none);
    assert_eq!(refused(day("2025-02-28").into()), [id("b")]);
    assert_eq!(refused(None), [id("b")]);
}

/// Any records of parents and takeovers among nine agencies, circles and contradictions too.
fn any_tree(with_successions: bool) -> impl Strategy<Value = AgencyTree> {
    let slug = || (0_u8..9).prop_map(|number| format!("a{number}"));
    let any_day = || (0_i32..40).prop_map(|number| day("2025-01-01").plus(number * 10).expect("a day"));
    let parents = prop::collection::vec((slug(), slug(), any_day(), prop::option::of(any_day())), 0..12);
    let fixed = prop::collection::vec((slug(), slug()), 0..12);
    let edges = prop::collection::vec((slug(), slug(), any::<bool>(), any_day()), 0..10);
    let ends = prop::collection::vec(prop::option::of(any_day()), 9);
    (parents, fixed, edges, ends).prop_map(move |(parents, fixed, edges, ends)| {
        let agencies = (0..9)
            .zip(ends)
            .map(|(number, until)| agency(&format!("a{number}"), until.filter(|_| with_successions)));
        let changing = parents.into_iter().filter(|_| with_successions);
        let changing = changing.map(|(agency, above, from, until)| parent(&agency, &above, from, until));
        let fixed = fixed.into_iter().map(|(agency, above)| parent(&agency, &above, day("1900-01-01"), None));
        let edges = edges.into_iter().filter(|_| with_successions);
        let edges = edges.map(|(old, new, whole, day)| went(&old, &new, whole, day));
        AgencyTree::new(
            agencies.collect(),
            changing.chain(fixed).filter(|edge| edge.agency != edge.parent).collect(),
            edges.filter(|edge| edge.old != edge.new).collect(),
        )
    })
}

fn any_view() -> impl Strategy<Value = View> {
    let offset = |most: i32| (0..most).prop_map(|number| day("2025-01-01").plus(number).expect("a day"));
    (any::<bool>(), offset(450), prop::option::of(offset(450))).prop_map(|(now, day, since)| View {
        basis: if now { PlaceBasis::Now } else { PlaceBasis::Then },
        day,
        since,
    })
}

proptest! {
    #[test]
    fn every_record_counts_at_one_agency_of_a_forest(
        tree in any_tree(true),
        present in prop::collection::btree_set(0_u8..9, 0..9),
        view in any_view(),
    ) {
        let present: Vec<AgencyId> = present.into_iter().map(|number| id(&format!("a{number}"))).collect();
        let branches = tree.branches(&present, Some(&id("a0")), view);
        let mut counted: Vec<AgencyId> = branches.iter().flat_map(|branch| branch.own.clone()).collect();
        counted.sort();
        prop_assert_eq!(counted, present);
        let mut seen: BTreeMap<AgencyId, usize> = BTreeMap::new();
        for branch in &branches {
            let depth = match &branch.under {
                None => 0,
                Some(under) => *seen.get(under).expect("parents stand first") + 1,
            };
            prop_assert_eq!(branch.depth, depth);
            prop_assert!(seen.insert(branch.agency.clone(), depth).is_none(), "no agency stands twice");
        }
        prop_assert!(seen.contains_key(&id("a0")));
        if view.basis == PlaceBasis::Then {
            prop_assert!(branches.iter().all(|branch| branch.refused_for.is_none()));
        }
    }

    #[test]
    fn without_succession_now_is_then(
        tree in any_tree(false),
        present in prop::collection::btree_set(0_u8..9, 0..9),
        view in any_view(),
        later in 0_i32..400,
    ) {
        let present: BTreeSet<AgencyId> = present.into_iter().map(|number| id(&format!("a{number}"))).collect();
        let present: Vec<AgencyId> = present.into_iter().collect();
        let now = View { basis: PlaceBasis::Now, day: view.day.plus(later).expect("a day"), ..view };
        let then = View { basis: PlaceBasis::Then, ..view };
        prop_assert_eq!(tree.branches(&present, None, now), tree.branches(&present, None, then));
    }
}
