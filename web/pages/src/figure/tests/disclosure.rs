//! Figures of few records of persons are told on no surface, nor what they could be worked out from.

use axum::http::StatusCode;
use serde_json::Value;

use super::TODAY;
use super::world::World;

const MEMBERS: &str = "thanh-vien";
const TASKS: &str = "nhiem-vu";

/// So many members at each place, as the public sees them. The register holds their names.
pub(super) fn members(counts: &[(&str, usize)]) -> World {
    let mut world = World::new();
    for (place, count) in counts {
        for nth in 0..*count {
            let code = format!("TV-{place}-{nth}");
            let fields = [
                ("code", code.as_str()),
                ("position", "Giám đốc sở"),
                ("role", "member"),
                ("agency", "so-khcn-15"),
                ("place", place),
                ("serves_from", "2025-07-01"),
            ];
            world.add("2025-07-05", "member", &[&fields]);
        }
    }
    world
}

/// So many tasks of each agency of the province. The register holds the names of officers.
fn tasks(counts: &[(&str, usize)]) -> World {
    let mut world = World::new();
    let agency = |slug, name| [("agency", slug), ("name", name), ("level", "province"), ("place", "115")];
    world.add("2025-07-01", "agency", &[&agency("so-xay-dung-15", "Sở Xây dựng")]);
    for (lead, count) in counts {
        for nth in 0..*count {
            let code = format!("NV-{lead}-{nth}");
            let fields = [
                ("code", code.as_str()),
                ("since", "2025-07-05"),
                ("state", "in_progress"),
                ("title", "Rà soát hạ tầng"),
                ("lead", lead),
                ("place", "115"),
                ("due_kind", "standing"),
                ("assigned_on", "2025-07-05"),
            ];
            world.add("2025-07-05", "task", &[&fields]);
        }
    }
    world
}

fn json(world: &mut World, query: &str) -> Value {
    let answer = world.get(TODAY, &format!("/api/v1/figures/{query}&period=2025-10"));
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("JSON")
}

/// Why and what the interface tells: ("few", null).
fn told(figure: &Value) -> (Option<&str>, Option<&str>) {
    if figure["hidden"].is_string() {
        for member in ["value", "num", "den", "listed", "records"] {
            assert!(figure[member].is_null(), "{member}: {figure}");
        }
    }
    (figure["hidden"].as_str(), figure["value"].as_str())
}

/// Value and basis of the members in the catalogue.
fn listed(world: &mut World, place: &str) -> (String, String) {
    let page = world.get(TODAY, &format!("/chi-tieu?dv={place}&ky=2025-10"));
    let of = |column: &str| page.all(&format!("#chi-tieu-steering tbody {column}"));
    let rows = of("th").into_iter().zip(of("td:nth-child(2)").into_iter().zip(of("td:nth-child(4)")));
    let mut found = rows.filter(|(title, _)| title == "Số thành viên Ban Chỉ đạo");
    found.next().expect("the indicator").1
}

#[test]
fn a_small_figure_is_hidden_in_the_catalogue_and_for_programs() {
    let mut inside = members(&[("115", 4)]);
    assert_eq!(listed(&mut inside, "15"), ("4".to_owned(), "đếm từ bản ghi, 100% có danh sách".to_owned()));
    assert_eq!(told(&json(&mut inside, "members?place=15")), (None, Some("4")));
    let mut outside = inside.outside();
    assert_eq!(listed(&mut outside, "15"), ("dưới 5".to_owned(), String::new()));
    let figure = json(&mut outside, "members?place=15&by=role");
    assert_eq!(told(&figure), (Some("few"), None));
    assert!(figure["totals_count"].is_null() && figure["explained"].is_null(), "{figure}");
    assert!(figure["rows"].as_array().expect("rows").iter().all(|row| told(row).0.is_some()), "{figure}");
    let mut enough = members(&[("115", 5)]).outside();
    assert_eq!(listed(&mut enough, "15").0, "5");
    assert_eq!(told(&json(&mut enough, "members?place=15")), (None, Some("5")));
}

#[test]
fn a_place_does_not_tell_what_the_table_above_it_keeps_back() {
    let mut world = members(&[("201", 4), ("202", 6), ("203", 7)]).outside();
    let province = world.get(TODAY, "/chi-tieu/thanh-vien?dv=15&ky=2025-10");
    assert!(province.heading().contains("có 17 thành viên"), "{}", province.heading());
    let cells = province.all("#theo-dia-ban tbody td");
    assert_eq!(cells.iter().filter(|cell| *cell == "7").count(), 1, "{cells:?}");
    assert!(cells.contains(&"dưới 5".to_owned()) && cells.contains(&"không nêu".to_owned()), "{cells:?}");
    for (code, words, hidden) in
        [("02683", "dưới 5", Some("few")), ("03006", "không nêu", Some("derivable")), ("03007", "7", None)]
    {
        let page = world.get(TODAY, &format!("/chi-tieu/{MEMBERS}?dv={code}&ky=2025-10"));
        assert_eq!(page.all("main .number").is_empty(), hidden.is_some(), "{code}: {}", page.words());
        assert_eq!(listed(&mut world, code).0, words, "{code}");
        let proof = world.get(TODAY, &format!("/chi-tieu/{MEMBERS}/bang-chung?dv={code}&ky=2025-10"));
        assert_eq!(proof.status, StatusCode::NOT_FOUND, "{code}");
        assert!(page.links("Tải bằng chứng").is_empty(), "{code}: no link to what is refused");
        assert_eq!(told(&json(&mut world, &format!("members?place={code}"))).0, hidden, "{code}");
    }
    let page = world.get(TODAY, &format!("/chi-tieu/{MEMBERS}?dv=03006&ky=2025-10"));
    assert!(page.heading().contains("không nêu số thành viên Ban Chỉ đạo"), "{}", page.heading());
    assert!(page.words().contains("từ nó và các số cạnh nó tính ra được"), "{}", page.words());
    let why = world.get(TODAY, &format!("/chi-tieu/{MEMBERS}/vi-sao?dv=03006&ky=2025-10&tu_ky=2025-09"));
    assert!(why.words().contains("Một trong hai số không nêu"), "{}", why.words());
    assert!(why.all("main .number").is_empty(), "{}", why.words());
    let rows = json(&mut world, "members?place=15&by=place");
    let hidden: Vec<_> = rows["rows"].as_array().expect("rows").iter().map(|row| told(row).0).collect();
    assert_eq!(hidden, [Some("few"), Some("derivable"), None]);
}

#[test]
fn an_agency_does_not_tell_what_the_tree_keeps_back() {
    let mut world = tasks(&[("so-khcn-15", 4), ("so-y-te-15", 6), ("so-xay-dung-15", 7)]).outside();
    let figure = world.get(TODAY, &format!("/chi-tieu/{TASKS}?dv=15&ky=2025-10"));
    let tree = figure.all("#theo-lead-day-du tbody tr");
    assert!(tree.contains(&"Sở Y tếkhông nêu".to_owned()), "{tree:?}");
    for (agency, words, hidden) in [
        ("so-khcn-15", "dưới 5", Some("few")),
        ("so-y-te-15", "không nêu", Some("derivable")),
        ("so-xay-dung-15", "7", None),
    ] {
        let page = world.get(TODAY, &format!("/co-quan/{agency}?dv=15&ky=2025-10"));
        let rows = page.all("#chi-tieu-co-quan tbody tr");
        let row = rows.iter().find(|row| row.starts_with("Số nhiệm vụ đã giao")).expect("the row");
        assert!(row.contains(words), "{agency}: {row}");
        let split = json(&mut world, &format!("tasks?place=15&by=agency&agency={agency}"));
        assert_eq!(told(&split["rows"][0]).0, hidden, "{agency}: {split}");
    }
}
