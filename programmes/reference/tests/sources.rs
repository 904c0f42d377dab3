//! The embedded tables are what the official lists give, where those lists are at hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use mc_base::text::to_new_tone;
use mc_reference::{Extent, PlaceKind, PlaceRow, places, successions};

/// The rows of an outside list, or `None` with a line that names the skipped test.
fn list(test: &str, file: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let root = std::env::var_os("MINHCHUNG_TESTDATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = root.join("places").join(file);
    if !path.exists() {
        println!("skipped {test}: no {file} below MINHCHUNG_TESTDATA; tests/tables.rs is its twin");
        return None;
    }
    let mut reader = csv::Reader::from_path(path).expect("the list opens");
    Some(reader.deserialize().map(|row| row.expect("the list is CSV")).collect())
}

fn field<'a>(row: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    row.get(name).map_or("", |text| text.trim())
}

fn coded(kinds: &[PlaceKind]) -> BTreeMap<String, PlaceRow> {
    let all = places().expect("the table is sound").into_iter();
    let wanted = all.filter(|place| !place.illustrative && kinds.contains(&place.kind));
    wanted.filter_map(|place| Some((place.code?.to_owned(), place))).collect()
}

/// A decimal number of at most seven digits after the point, × 10⁷.
fn e7(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<7}").parse().expect("a decimal number")
}

#[test]
fn present_communes_are_those_of_the_official_list() {
    let test = "present_communes_are_those_of_the_official_list";
    let Some(rows) = list(test, "vn_34_provinces_3321_communes.csv") else { return };
    let communes = coded(&[PlaceKind::Commune]);
    let provinces = coded(&[PlaceKind::Province]);
    assert_eq!(rows.len(), communes.len());
    for row in &rows {
        let commune = communes.get(field(row, "code")).expect("the commune is in the table");
        let province = provinces.get(field(row, "province_code")).expect("the province is in the table");
        let named = format!("{} {}", field(row, "type"), field(row, "name"));
        assert_eq!(commune.full_name(), to_new_tone(&named));
        assert_eq!(commune.parent, Some(province.place));
        assert_eq!(province.name, to_new_tone(field(row, "province")));
    }
}

#[test]
fn centres_and_areas_of_lao_cai_are_those_of_the_list() {
    let test = "centres_and_areas_of_lao_cai_are_those_of_the_list";
    let Some(rows) = list(test, "lao_cai_99.csv") else { return };
    let communes = coded(&[PlaceKind::Commune]);
    assert_eq!(rows.len(), 99);
    for row in &rows {
        let commune = communes.get(field(row, "code")).expect("the commune is in the table");
        let centre = commune.centre.expect("a commune of Lào Cai has a centre");
        assert_eq!(i64::from(centre.lon), e7(field(row, "lon")), "{}", commune.name);
        assert_eq!(i64::from(centre.lat), e7(field(row, "lat")), "{}", commune.name);
        assert_eq!(
            commune.area_ha.map(i64::from),
            Some(e7(field(row, "area_km2")) / 100_000),
            "{}",
            commune.name
        );
    }
}

#[test]
fn predecessors_of_lao_cai_are_those_of_the_list() {
    let test = "predecessors_of_lao_cai_are_those_of_the_list";
    let Some(rows) = list(test, "lao_cai_old_to_new.csv") else { return };
    let old = coded(&[PlaceKind::OldCommune]);
    let new = coded(&[PlaceKind::Commune]);
    let edges = successions().expect("the table is sound");
    assert_eq!(rows.len(), old.len());
    for row in &rows {
        let from = old.get(field(row, "old_code")).expect("the former commune is in the table");
        let into = new.get(field(row, "new_code")).expect("the commune is in the table");
        assert_eq!(from.full_name().to_lowercase(), to_new_tone(field(row, "old_name")).to_lowercase());
        let edge = edges.iter().find(|edge| edge.old_place == from.place).expect("it has a successor");
        assert_eq!((edge.new_place, edge.extent), (into.place, Extent::Whole), "{}", from.name);
    }
}
