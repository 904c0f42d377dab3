//! Lists page by page, through the router.

use axum::http::StatusCode;

use crate::figure::tests::world::{Answer, World};

const TODAY: &str = "2025-11-17";
const LIST: &str = "/so/tram-bts?dv=15&loc-state=live&dong=20";

/// A register whose lists are filtered by a reference.
const INSPECTIONS: &str = r#"
id = "inspection"
slug = "kiem-tra"
programme = "infrastructure"
title = { vi = "Lần kiểm tra", en = "Inspection" }
unit = { vi = "lần", en = "inspections" }
description = { vi = "Mỗi bản ghi là một lần kiểm tra.", en = "One record is one inspection." }
key = ["code"]

[[field]]
no = 1
id = "code"
type = "code"
title = { vi = "Mã", en = "Code" }
required = true
list = true
length_max = 40

[[field]]
no = 2
id = "village"
type = "ref"
title = { vi = "Thôn", en = "Village" }
list = true
index = true
register = "village"
"#;

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

/// Four villages, the last one retired after it was inspected; one inspection each of the first two and the last.
fn inspected() -> World {
    let mut world = World::new();
    world.register("2025-07-02", INSPECTIONS);
    let village = |code, name| {
        [("code", code), ("since", "2025-07-01"), ("name", name), ("place", "201"), ("signal", "none")]
    };
    let villages = [("TH-1", "Bản Qua"), ("TH-2", "Bản Vược"), ("TH-3", "Mường Hum"), ("TH-4", "Nậm Chạc")];
    let villages = villages.map(|(code, name)| village(code, name));
    world.add("2025-07-03", "village", &villages.each_ref().map(<[_; 5]>::as_slice));
    let inspections = [("K-1", "TH-1"), ("K-2", "TH-2"), ("K-4", "TH-4")];
    let inspections = inspections.map(|(code, village)| [("code", code), ("village", village)]);
    world.add("2025-07-04", "inspection", &inspections.each_ref().map(<[_; 2]>::as_slice));
    world.retire("2025-07-05", "village", "TH-4/2025-07-01");
    world
}

#[test]
fn a_list_is_filtered_by_a_record_as_forms_name_it() {
    let mut world = inspected();
    let found = [
        ("TH-1", vec!["K-1"]),
        ("Bản+Qua", vec!["K-1"]),
        ("ban+vuoc", vec!["K-2"]),
        ("TH-3", vec![]),
        ("TH-4", vec!["K-4"]),
        ("~", vec![]),
    ];
    for (typed, codes) in found {
        let page = world.get(TODAY, &format!("/so/kiem-tra?loc-village={typed}"));
        assert_eq!(
            (page.status, names(&page)),
            (StatusCode::OK, codes.iter().map(ToString::to_string).collect())
        );
    }
}

#[test]
fn a_record_that_is_not_there_is_refused_with_the_sentence_of_forms() {
    let mut world = inspected();
    let page = world.get(TODAY, "/so/kiem-tra?loc-village=TH-9");
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.words());
    let said = "“TH-9” không có trong danh mục; cần khóa hoặc tên của một bản ghi trong sổ “village”";
    assert!(page.words().contains(said), "{}", page.words());
    assert!(page.text.contains("value=\"TH-9\""), "what was typed stands in its field");
}

#[test]
fn a_place_that_is_typed_is_a_code_or_a_name_before_it_is_a_number() {
    let mut world = World::new();
    let children = |world: &mut World, typed: &str| {
        let page = world.get(TODAY, &format!("/so/dia-ban-cap-tren?loc-parent={typed}"));
        (page.status, names(&page).len())
    };
    for typed in ["15", "Lào+Cai", "115"] {
        assert_eq!(children(&mut world, typed), (StatusCode::OK, 3), "{typed}");
    }
    assert_eq!(children(&mut world, "77777").0, StatusCode::UNPROCESSABLE_ENTITY);
}
