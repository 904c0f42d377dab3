//! Places as they are now and as they were, across a whole and a partial edge.

use axum::http::StatusCode;

use super::TODAY;
use super::world::World;

const NOW: &str = "/chi-tieu/tram-bts?dv=02683&ky=2025-10";
const SPLIT: &str = "/chi-tieu/tram-bts?dv=03006&ky=2025-10";

/// Two earlier communes: Mường Vi went into Bát Xát whole, Tả Phời in parts into Sa Pa and the commune with
/// the long name.
fn merged() -> World {
    let mut world = World::new();
    for (number, name) in [("301", "Mường Vi"), ("302", "Tả Phời")] {
        let place = [
            ("place_no", number),
            ("kind", "old_commune"),
            ("name", name),
            ("type_word", "xa"),
            ("valid_until", "2025-07-01"),
        ];
        world.add("2025-07-01", "place", &[&place]);
        let parent = [("place", number), ("parent", "115"), ("valid_from", "2004-07-08")];
        world.add("2025-07-01", "place_parent", &[&parent]);
    }
    let edge = |old, new, extent| {
        [
            ("old_place", old),
            ("new_place", new),
            ("extent", extent),
            ("day", "2025-07-01"),
            ("document", "NQ"),
        ]
    };
    let edges = [edge("301", "201", "whole"), edge("302", "202", "partial"), edge("302", "203", "partial")];
    world.add("2025-07-01", "succession", &[&edges[0], &edges[1], &edges[2]]);
    world.stations("2025-07-10", "201", &["A1"]);
    world.stations("2025-07-10", "301", &["A2"]);
    world.stations("2025-07-10", "202", &["B1"]);
    world.stations("2025-07-10", "302", &["B2"]);
    // A pinned page reads as of the day of its position, which has to come after the period.
    world.stations("2025-11-05", "902", &["Z1"]);
    world
}

#[test]
fn a_place_counts_what_it_took_over_or_only_what_was_recorded_there() {
    let mut world = merged();
    let now = world.get(TODAY, NOW);
    assert!(now.heading().starts_with("Xã Bát Xát có 2 trạm"), "{}", now.heading());
    assert_eq!(now.all("#ban-ghi tbody th a"), ["A1", "A2"]);
    let links = now.links("Địa giới lúc đó");
    assert_eq!(links, [format!("{NOW}&places=then")]);
    let then = world.get(TODAY, &links[0]);
    assert!(then.heading().starts_with("Xã Bát Xát có 1 trạm"), "{}", then.heading());
    assert!(then.heading().ends_with("theo địa giới lúc đó"), "{}", then.heading());
    assert_eq!(then.all("#ban-ghi tbody th a"), ["A1"], "the records are those that were counted");
    assert!(then.all("#cau").concat().contains("theo địa giới lúc đó"));
    assert_eq!(then.links("Địa giới hiện nay"), [NOW]);
    then.assert_handles();
    let proof = world.get(TODAY, &then.links("Tải bằng chứng")[0]);
    let file = mc_ledger::ProofFile::from_json(&proof.text).expect("a proof file");
    let claim = file.figure.expect("a figure");
    assert_eq!((claim["value"].as_str(), claim["places"].as_str()), (Some("1"), Some("then")));
}

#[test]
fn across_a_partial_edge_there_is_no_number_and_the_page_says_why() {
    let mut world = merged();
    let now = world.get(TODAY, SPLIT);
    assert_eq!(now.status, StatusCode::OK);
    assert!(now.heading().contains("không quy đổi được"), "{}", now.heading());
    assert!(now.words().contains("một phần địa bàn cũ “Xã Tả Phời” đã nhập vào đây"), "{}", now.words());
    assert!(now.all("main .number").is_empty());
    let links = now.links("Xem theo địa giới lúc đó");
    assert_eq!(links, [format!("{SPLIT}&places=then")]);
    let then = world.get(TODAY, &links[0]);
    assert!(then.heading().starts_with("Phường Sa Pa có 1 trạm"), "{}", then.heading());
    let proof = world.get(TODAY, "/chi-tieu/tram-bts/bang-chung?dv=03006&ky=2025-10");
    assert_eq!(proof.status, StatusCode::NOT_FOUND);
}

#[test]
fn the_table_by_place_says_it_of_each_place_and_still_adds_up() {
    let mut world = merged();
    let row = |page: &super::world::Answer, name: &str| {
        let names = page.all("#theo-dia-ban tbody th");
        let at = names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name}: {names:?}"));
        page.all("#theo-dia-ban tbody td")[at].clone()
    };
    let now = world.get(TODAY, "/chi-tieu/tram-bts?dv=15&ky=2025-10");
    assert_eq!(row(&now, "Xã Bát Xát"), "2");
    assert_eq!(row(&now, "Phường Sa Pa"), "không quy đổi được");
    assert_eq!(row(&now, "Chưa xác định địa bàn"), "1");
    assert_eq!(now.all("#theo-dia-ban tfoot td"), ["4"]);
    assert!(!now.words().contains("không bằng số chung"), "the parts add up");
    let then = world.get(TODAY, "/chi-tieu/tram-bts?dv=15&ky=2025-10&places=then");
    assert_eq!(row(&then, "Xã Bát Xát"), "1");
    assert_eq!(row(&then, "Phường Sa Pa"), "1");
    assert_eq!(row(&then, "Địa bàn đã thôi tồn tại, hoặc chưa xác định"), "2");
    assert_eq!(then.all("#theo-dia-ban tfoot td"), ["4"]);
    assert!(!then.words().contains("không bằng số chung"), "the parts add up");
}

#[test]
fn another_way_of_counting_places_is_refused_with_a_sentence() {
    let page = World::new().get(TODAY, "/chi-tieu/tram-bts?dv=15&ky=2025-10&places=khac");
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.words().contains("cần now (địa giới hiện nay) hoặc then (địa giới lúc đó)"));
}
