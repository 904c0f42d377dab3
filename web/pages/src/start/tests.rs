//! The start page through the router, on a small store.

use axum::http::StatusCode;

use crate::figure::tests::world::World;

const TODAY: &str = "2025-11-17";
const CODE: &str = "HN-1";

fn item<'a>(order: &'a str, kind: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("conference", CODE), ("order", order), ("kind", kind), ("text", text)]
}

/// A conference with ten things said, of which two have figures and one became a task.
fn held(day: &str) -> World {
    let mut world = World::new();
    world.stations("2025-07-10", "201", &["A1", "A2"]);
    let conference = [
        ("code", CODE),
        ("title", "Hội nghị đôn đốc"),
        ("kind", "urging"),
        ("day", day),
        ("part_of_day", "afternoon"),
        ("place", "115"),
        ("chair_position", "Bí thư Tỉnh ủy"),
        ("agency", "so-khcn-15"),
        ("data_day", "2025-10-31"),
        ("demand", "Có sản phẩm dùng được."),
    ];
    world.add("2025-11-10", "conference", &[&conference]);
    let task = [
        ("code", "NV-1"),
        ("since", "2025-11-17"),
        ("state", "assigned"),
        ("title", "Rà soát điểm nghẽn"),
        ("group", "institutions"),
        ("lead", "so-khcn-15"),
        ("place", "115"),
        ("assigned_on", "2025-11-17"),
        ("due_kind", "day"),
        ("due", "2025-11-20"),
        ("product", "Danh mục điểm nghẽn"),
        ("conference", CODE),
    ];
    world.add("2025-11-17", "task", &[&task]);
    let mut stations = item("2", "report", "Trạm trên toàn tỉnh");
    stations.extend([("indicator", "stations"), ("indicator_period", "2025-10")]);
    let mut centres = item("10", "report", "Trung tâm dữ liệu");
    centres.push(("indicator", "data_centres"));
    let mut given = item("11", "instruction", "Rà soát điểm nghẽn");
    given.push(("task", "NV-1"));
    let said = item("3", "report", "Việc chưa có chỉ tiêu");
    world.add("2025-11-17", "conference_item", &[&stations, &centres, &given, &said]);
    world
}

#[test]
fn the_start_page_is_the_conference_in_its_order() {
    let page = held("2025-11-17").get(TODAY, "/");
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.heading(), "Hội nghị đôn đốc");
    let words = page.words();
    for expected in [
        "Chiều, thứ Hai 17/11/2025 · Chủ trì: Bí thư Tỉnh ủy",
        "Có sản phẩm dùng được.",
        "Hãy bấm 2 (trạm trên toàn tỉnh)",
        "Việc chưa có chỉ tiêu",
    ] {
        assert!(words.contains(expected), "{expected}\n{words}");
    }
    let report = page.all("section[aria-labelledby=bao-cao] h3");
    assert_eq!(report, ["Trạm trên toàn tỉnh", "Trung tâm dữ liệu"]);
    let row = page.all("#nhiem-vu tbody tr").concat();
    assert!(row.contains("1. Rà soát điểm nghẽn") && row.contains("còn 3 ngày"), "{row}");
    assert!(row.contains("Sở Khoa học và Công nghệ") && row.contains("20/11/2025"), "{row}");
    page.assert_handles();
}

#[test]
fn what_was_not_published_says_so_and_shows_where_it_can_be_seen() {
    let page = held("2025-11-17").get(TODAY, "/");
    let cards = page.all("section[aria-labelledby=bao-cao] article");
    assert!(
        cards.iter().any(|card| card.contains("Trung tâm dữ liệu chưa công bố xem ở Tỉnh Minh Họa")),
        "{cards:?}"
    );
    assert_eq!(page.all(".foci dt").len(), 3);
    assert!(page.all(".foci dd").iter().all(|focus| focus.starts_with("chưa công bố")));
    assert!(page.words().contains("Chưa có thành viên nào trong sổ."));
}

#[test]
fn another_province_shows_its_own_figures_under_the_same_conference() {
    let mut world = held("2025-11-17");
    world.stations("2025-07-10", "902", &["M1"]);
    let page = world.get(TODAY, "/?dv=MH");
    assert!(page.words().contains("số liệu dưới đây là của Tỉnh Minh Họa"));
    assert_eq!(page.all("section[aria-labelledby=bao-cao] .value .number"), ["1"]);
}

#[test]
fn a_conference_to_come_is_not_shown_and_four_steps_are() {
    let page = held("2025-12-01").get(TODAY, "/");
    assert_eq!(page.heading(), "Lào Cai: bốn bước để bắt đầu");
    let steps = page.all(".steps > li h2");
    assert_eq!(steps.len(), 4);
    assert!(steps[0].contains("đã có bản ghi"), "{steps:?}");
    assert!(steps[1].contains("chưa làm"), "{steps:?}");
}
