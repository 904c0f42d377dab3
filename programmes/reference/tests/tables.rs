//! The embedded tables hold together.

use std::collections::{BTreeMap, BTreeSet};

use mc_base::{Day, PlaceId};
use mc_reference::{Extent, PlaceKind, PlaceRow, agencies, former_agencies, places, successions};

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day of the test")
}

fn by_number() -> BTreeMap<PlaceId, PlaceRow> {
    places().expect("the table is sound").into_iter().map(|place| (place.place, place)).collect()
}

fn count(kind: PlaceKind, illustrative: bool) -> usize {
    by_number().values().filter(|place| place.kind == kind && place.illustrative == illustrative).count()
}

#[test]
fn the_official_counts_are_met() {
    assert_eq!(count(PlaceKind::Province, false), 34);
    assert_eq!(count(PlaceKind::Commune, false), 3_321);
    assert_eq!(count(PlaceKind::OldCommune, false), 319);
    assert_eq!(count(PlaceKind::OldProvince, false), 2);
    assert_eq!(count(PlaceKind::OldDistrict, false), 18);
    assert_eq!(count(PlaceKind::Province, true), 1);
    assert_eq!(count(PlaceKind::Commune, true), 24);
    let all = by_number();
    let of_lao_cai = all.values().filter(|place| place.parent == Some(mc_reference::LAO_CAI));
    assert_eq!(of_lao_cai.filter(|place| place.centre.is_some() && place.area_ha.is_some()).count(), 99);
}

#[test]
fn lao_cai_is_as_large_as_its_communes() {
    let all = by_number();
    let communes = all.values().filter(|place| place.parent == Some(mc_reference::LAO_CAI));
    let sum: u32 = communes.filter_map(|place| place.area_ha).sum();
    assert_eq!(all.get(&mc_reference::LAO_CAI).and_then(|place| place.area_ha), Some(sum));
    assert_eq!(sum, 1_325_661);
}

#[test]
fn every_parent_is_there_and_real_and_invented_places_never_mix() {
    let all = by_number();
    for place in all.values() {
        let Some(parent) = place.parent else {
            assert!(matches!(place.kind, PlaceKind::Root | PlaceKind::Country), "{place:?}");
            continue;
        };
        let parent = all.get(&parent).expect("a parent is in the table");
        assert_eq!(parent.illustrative, place.illustrative, "{place:?}");
    }
}

#[test]
fn a_code_names_one_place_of_a_level_on_any_day() {
    let all = by_number();
    for on in [day("2025-06-30"), day("2025-07-01"), day("2025-11-17")] {
        let mut seen = BTreeSet::new();
        for place in all.values().filter(|place| place.exists_on(on)) {
            let Some(code) = place.code else { continue };
            assert!(seen.insert(code), "{code} on {on:?}");
        }
    }
}

#[test]
fn province_15_was_yen_bai_and_is_lao_cai() {
    let all = by_number();
    let named = |on: Day| {
        let provinces = |place: &&PlaceRow| {
            place.code == Some("15") && matches!(place.kind, PlaceKind::Province | PlaceKind::OldProvince)
        };
        all.values().filter(|place| place.exists_on(on)).find(provinces).map(|place| place.name)
    };
    assert_eq!(named(day("2025-06-30")), Some("Yên Bái"));
    assert_eq!(named(day("2025-07-01")), Some("Lào Cai"));
}

#[test]
fn every_former_commune_has_a_successor_and_a_whole_edge_stands_alone() {
    let all = by_number();
    let edges = successions().expect("the table is sound");
    let mut by_old: BTreeMap<PlaceId, Vec<Extent>> = BTreeMap::new();
    for edge in &edges {
        let old = all.get(&edge.old_place).expect("the old place is in the table");
        let new = all.get(&edge.new_place).expect("the new place is in the table");
        assert_eq!((old.valid_until, new.valid_from), (Some(edge.day), Some(edge.day)), "{edge:?}");
        assert_eq!(old.illustrative, new.illustrative, "{edge:?}");
        by_old.entry(edge.old_place).or_default().push(edge.extent);
    }
    for place in all.values().filter(|place| place.kind == PlaceKind::OldCommune) {
        let extents = by_old.get(&place.place).map(Vec::as_slice).unwrap_or_default();
        match extents {
            [Extent::Whole] => {}
            [_, _, ..] => assert!(extents.iter().all(|extent| *extent == Extent::Partial), "{place:?}"),
            _ => panic!("{place:?}: {extents:?}"),
        }
    }
    assert!(edges.iter().any(|edge| edge.extent == Extent::Partial));
}

#[test]
fn invented_communes_bear_no_real_name_and_lie_outside_the_country() {
    let all = by_number();
    let real: BTreeSet<&str> =
        all.values().filter(|place| !place.illustrative).map(|place| place.name).collect();
    let invented: Vec<&PlaceRow> = all
        .values()
        .filter(|place| {
            place.illustrative && matches!(place.kind, PlaceKind::Commune | PlaceKind::OldCommune)
        })
        .collect();
    for place in &invented {
        assert!(!real.contains(place.name), "{}", place.name);
        if let Some(centre) = place.centre {
            assert!(centre.lon < 1_000_000_000, "{}: Việt Nam lies east of 102° E", place.name);
        }
    }
    assert_eq!(invented.iter().filter(|place| place.centre.is_some()).count(), 24);
}

#[test]
fn agencies_have_one_slug_each_a_parent_that_exists_and_the_wanted_names() {
    for (code, communes) in [("15", 99), ("MH", 24), ("01", 126)] {
        let all = agencies(code).expect("the province is there");
        let slugs: BTreeSet<&str> = all.iter().map(|agency| agency.agency.0.as_str()).collect();
        assert_eq!(slugs.len(), all.len(), "{code}");
        for agency in &all {
            if let Some(parent) = &agency.parent {
                assert!(slugs.contains(parent.0.as_str()), "{agency:?}");
            }
            assert!(!agency.name.contains(['{', '}', '\\']), "{agency:?}");
            assert!(
                agency.agency.0.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            );
        }
        let of_communes = all.iter().filter(|agency| agency.level == mc_reference::AgencyLevel::Commune);
        assert_eq!(of_communes.count(), communes, "{code}");
    }
    let lao_cai = agencies("15").expect("the province is there");
    let name = |slug: &str| lao_cai.iter().find(|one| one.agency.0 == slug).map(|one| one.name.as_str());
    assert_eq!(name("so-vhttdl-15"), Some("Sở Văn hóa, Thể thao và Du lịch"));
    assert_eq!(name("tinh-uy-15"), Some("Tỉnh ủy Lào Cai"));
    assert_eq!(name("ubnd-02647"), Some("Ủy ban nhân dân phường Lào Cai"));
    assert_eq!(name("cong-an-15"), Some("Công an tỉnh"));
    let ha_noi = agencies("01").expect("the province is there");
    assert!(ha_noi.iter().any(|agency| agency.name == "Thành ủy Hà Nội"));
    assert!(agencies("10").is_err(), "the former code of Lào Cai names no present province");
}

#[test]
fn former_agencies_went_into_present_ones_and_only_the_invented_province_has_any() {
    assert_eq!(former_agencies("15").expect("the province is there"), Vec::new());
    let present = agencies("MH").expect("the province is there");
    let is_present = |slug: &mc_base::AgencyId| present.iter().any(|agency| agency.agency == *slug);
    let former = former_agencies("MH").expect("the province is there");
    for old in &former {
        assert!(!is_present(&old.row.agency), "{old:?}");
        assert!(old.row.illustrative && !old.into.is_empty(), "{old:?}");
        assert!(old.into.iter().all(is_present), "{old:?}");
    }
    let parted = former.iter().filter(|old| old.extent() == Extent::Partial).count();
    assert_eq!((former.len(), parted), (6, 1));
}
