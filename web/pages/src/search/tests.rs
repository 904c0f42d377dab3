//! Search stays within the place of the address, and says which it is.

use crate::figure::tests::world::World;

const TODAY: &str = "2025-11-17";

#[test]
fn what_lies_elsewhere_is_not_found_until_the_scope_is_changed() {
    let mut world = World::new();
    world.stations("2025-07-10", "201", &["TRAM-LC"]);
    world.stations("2025-07-10", "902", &["TRAM-MH"]);
    let found = |page: &crate::figure::tests::world::Answer| page.all("main section a");
    let home = world.get(TODAY, "/tim?q=tram-");
    assert!(home.heading().ends_with("ở tỉnh Lào Cai"), "{}", home.heading());
    assert!(found(&home).contains(&"TRAM-LC".to_owned()), "{:?}", found(&home));
    assert!(!found(&home).contains(&"TRAM-MH".to_owned()), "{:?}", found(&home));
    let elsewhere = home.links("Tỉnh Minh Họa");
    assert_eq!(elsewhere, ["/tim?q=tram-&dv=MH"]);
    let other = world.get(TODAY, &elsewhere[0]);
    assert!(found(&other).contains(&"TRAM-MH".to_owned()), "{:?}", found(&other));
    assert!(!found(&other).contains(&"TRAM-LC".to_owned()), "{:?}", found(&other));
    let none = world.get(TODAY, "/tim?q=deo+gio");
    assert!(none.words().contains("ở tỉnh Lào Cai chứa tất cả các từ trên"), "{}", none.words());
    let there = world.get(TODAY, "/tim?q=deo+gio&dv=MH");
    assert_eq!(found(&there), ["Xã Đèo Gió"]);
    let nowhere = world.get(TODAY, "/tim?q=so+khcn");
    assert!(!found(&nowhere).is_empty(), "an agency of the province");
}

#[test]
fn a_phrase_comes_before_its_words_and_the_mark_of_invented_texts_is_no_word() {
    let mut world = World::new();
    let platform = |code: &'static str, name: &'static str| {
        [("code", code), ("name", name), ("kind", "shared"), ("agency", "so-y-te-15"), ("place", "902")]
    };
    let named = [
        platform("P-1", "Số liệu chung (minh họa)"),
        platform("P-2", "Số liệu văn hóa"),
        platform("P-3", "Kho số hóa tài liệu (minh họa)"),
    ];
    world.add("2025-07-10", "platform", &[&named[0], &named[1], &named[2]]);
    let page = world.get(TODAY, "/tim?q=so+hoa&dv=MH");
    let hits = page.all("section[aria-labelledby=tim-so-nen-tang] li a");
    assert_eq!(hits.len(), 2, "{hits:?}");
    assert!(hits[0].contains("Kho số hóa") && hits[1].contains("văn hóa"), "{hits:?}");
}

#[test]
fn an_indicator_is_found_in_either_language() {
    let mut world = World::new();
    for address in ["/tim?q=base+stations", "/tim?q=tram+thu+phat+song", "/tim?q=base+stations&lang=en"] {
        let page = world.get(TODAY, address);
        let hits = page.all("section[aria-labelledby=tim-chi-tieu] li a");
        let title = if address.ends_with("en") {
            "Base stations on air"
        } else {
            "Số trạm thu phát sóng đang hoạt động"
        };
        assert!(hits.contains(&title.to_owned()), "{address}: {hits:?}");
    }
}

#[test]
fn registers_are_found_by_their_names() {
    let mut world = World::new();
    let page = world.get(TODAY, "/tim?q=tram+thu+phat");
    let links = page.links("Trạm thu phát sóng");
    assert_eq!(links.len(), 1, "{}", page.words());
    assert!(links[0].starts_with("/so/"), "{links:?}");
}
