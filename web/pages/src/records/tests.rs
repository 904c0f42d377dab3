//! Lists page by page, through the router.

use axum::http::StatusCode;

use crate::figure::tests::world::{Answer, World};

const TODAY: &str = "2025-11-17";
const LIST: &str = "/so/tram-bts?dv=15&loc-state=live&dong=20";

fn names(page: &Answer) -> Vec<String> {
    page.all("#ban-ghi tbody th")
}

/// The only link of that name.
fn link(page: &Answer, words: &str) -> String {
    let links = page.links(words);
    assert_eq!(links.len(), 1, "{words}: {links:?}");
    links.concat()
}

#[test]
fn a_list_is_turned_forth_and_back_and_keeps_its_filters_and_size() {
    let mut world = World::new();
    let codes: Vec<String> = (1..=45).map(|number| format!("T-{number:02}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    world.stations("2025-07-10", "201", &codes);
    for order in ["", "&xep=-operator"] {
        let first = world.get(TODAY, &format!("{LIST}{order}"));
        assert_eq!(names(&first).len(), 20);
        assert!(first.links("Trang trước").is_empty() && first.links("Trang đầu").is_empty());
        let second = world.get(TODAY, &link(&first, "Trang sau"));
        let third = world.get(TODAY, &link(&second, "Trang sau"));
        assert_eq!([names(&first), names(&second), names(&third)].concat().len(), 45, "{order}");
        assert_eq!(names(&third).len(), 5);
        assert!(third.links("Trang sau").is_empty());
        let back = world.get(TODAY, &link(&third, "Trang trước"));
        assert_eq!(names(&back), names(&second), "{order}");
        let start = world.get(TODAY, &link(&back, "Trang trước"));
        assert_eq!(names(&start), names(&first), "{order}");
        assert!(start.links("Trang trước").is_empty(), "nothing lies before it");
        for kept in ["loc-state=live", "dong=20", "dv=15"] {
            assert!(link(&back, "Trang trước").contains(kept), "{kept}");
        }
    }
    let larger = link(&world.get(TODAY, LIST), "100");
    assert_eq!(names(&world.get(TODAY, &larger)).len(), 45);
}

#[test]
fn a_size_that_is_not_offered_and_a_broken_cursor_are_refused() {
    let mut world = World::new();
    for address in
        ["/so/tram-bts?dong=7", "/so/tram-bts?dong=x", "/so/tram-bts?sau=%1Ex", "/so/tram-bts?sau=%1E"]
    {
        assert_eq!(world.get(TODAY, address).status, StatusCode::BAD_REQUEST, "{address}");
    }
}

#[test]
fn the_records_behind_a_figure_are_turned_both_ways() {
    let mut world = World::new();
    let codes: Vec<String> = (1..=30).map(|number| format!("T-{number:02}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    world.stations("2025-07-10", "201", &codes);
    let first = world.get(TODAY, "/chi-tieu/tram-bts?dv=15&ky=2025-10");
    let second = world.get(TODAY, link(&first, "Trang sau").split('#').next().expect("an address"));
    assert_eq!(names(&second).len(), 10);
    let back = world.get(TODAY, link(&second, "Trang trước").split('#').next().expect("an address"));
    assert_eq!(names(&back), names(&first));
}
