//! Agencies on pages: the tree of a figure, the page of an agency, what old names find.

use crate::figure::tests::world::World;

const TODAY: &str = "2025-11-17";
const RATE: &str = "/chi-tieu/ty-le-so-hoa?dv=15&ky=2025-10";

/// A department that was taken over whole in October, one that was parted, and a unit.
fn reorganised() -> World {
    let mut world = World::new();
    let agency = |slug: &'static str, name: &'static str| {
        [("agency", slug), ("name", name), ("level", "province"), ("place", "115")]
    };
    let ended = |slug, name| [&agency(slug, name)[..], &[("valid_until", "2025-10-01")]].concat();
    let old = ended("so-tttt-15", "Sở Thông tin và Truyền thông");
    let parted = ended("so-lao-dong-15", "Sở Lao động");
    world.add("2025-07-02", "agency", &[&old, &parted, &agency("luu-tru-15", "Trung tâm Lưu trữ")]);
    let below = [("agency", "luu-tru-15"), ("parent", "so-khcn-15"), ("valid_from", "2025-07-01")];
    world.add("2025-07-02", "agency_parent", &[&below]);
    let went = |old: &'static str, new: &'static str, extent: &'static str| {
        [("old_agency", old), ("new_agency", new), ("extent", extent), ("day", "2025-10-01")]
    };
    let edges = [went("so-tttt-15", "so-khcn-15", "whole"), went("so-lao-dong-15", "so-y-te-15", "partial")];
    world.add("2025-10-02", "agency_succession", &[&edges[0], &edges[1]]);
    world
}

fn level<'a>(agency: &'a str, month: &'a str, done: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("agency", agency),
        ("object", "procedure_file"),
        ("unit", "file"),
        ("bloc", "state"),
        ("month", month),
        ("place", "115"),
        ("total", "1000"),
        ("done", done),
    ]
}

fn reported(world: &mut World, day: &str, agency: &str, month: &str, done: &str) {
    world.add(day, "digitisation_progress", &[&level(agency, month, done)]);
}

/// More than there is to do, and why.
fn explained(world: &mut World, day: &str, agency: &str, month: &str, done: &str) {
    let mut level = level(agency, month, done);
    level.extend([("explanation_document", "12/SYT"), ("explanation_reason", "Tổng số lập từ đầu năm")]);
    world.add(day, "digitisation_progress", &[&level]);
}

#[test]
fn a_figure_stands_on_the_tree_of_agencies() {
    let mut world = reorganised();
    reported(&mut world, "2025-11-05", "so-khcn-15", "2025-10", "700");
    reported(&mut world, "2025-11-05", "luu-tru-15", "2025-10", "500");
    reported(&mut world, "2025-11-05", "so-tttt-15", "2025-10", "300");
    reported(&mut world, "2025-11-06", "so-lao-dong-15", "2025-10", "100");
    reported(&mut world, "2025-11-06", "so-y-te-15", "2025-10", "900");
    let page = world.get(TODAY, RATE);
    let rows = page.all("#theo-agency-day-du tbody tr");
    let expected = [
        ("Sở Khoa học và Công nghệ", "1.500"),
        ("Sở Khoa học và Công nghệ (cấp này)", "1.000"),
        ("Trung tâm Lưu trữ", "500"),
        ("Sở Lao động (đến trước 01/10/2025)", "100"),
        ("Sở Y tế", "không quy đổi được"),
    ];
    assert_eq!(rows.len(), expected.len(), "{rows:?}");
    for (row, (name, value)) in rows.iter().zip(expected) {
        assert!(row.contains(name) && row.contains(value), "{name} {value}: {row}");
    }
    let then = page.links("Xem theo cơ quan lúc đó");
    let then = world.get(TODAY, then.first().expect("the other way"));
    let rows = then.all("#theo-agency-day-du tbody tr").concat();
    assert!(rows.contains("Sở Y tế") && !rows.contains("không quy đổi được"), "{rows}");
    assert!(rows.contains("Sở Thông tin và Truyền thông"), "{rows}");
    page.assert_handles();
}

#[test]
fn more_than_all_is_told_as_such_and_not_as_the_best() {
    let mut world = reorganised();
    reported(&mut world, "2025-11-05", "so-khcn-15", "2025-10", "700");
    explained(&mut world, "2025-11-06", "so-y-te-15", "2025-10", "1039");
    let words = world.get(TODAY, RATE).words();
    assert!(words.contains("Sở Y tế 103,9%, vượt tổng số, có giải trình"), "{words}");
    assert!(!words.contains("Lớn nhất là Sở Y tế"), "{words}");
}

#[test]
fn who_has_not_reported_is_told_by_the_tree_of_the_month() {
    let mut world = reorganised();
    reported(&mut world, "2025-10-03", "so-tttt-15", "2025-09", "100");
    reported(&mut world, "2025-10-03", "so-lao-dong-15", "2025-09", "100");
    reported(&mut world, "2025-11-05", "so-y-te-15", "2025-10", "100");
    let words = world.get(TODAY, RATE).words();
    assert!(words.contains("1 cơ quan đã báo kỳ trước nhưng chưa báo tháng 10/2025"), "{words}");
    let silent = world.get(TODAY, RATE).all("section[aria-labelledby=chua-bao-tieu-de] li");
    assert_eq!(
        silent,
        ["Sở Khoa học và Công nghệ"],
        "the one that has it now is asked; one that is gone is not"
    );
}

#[test]
fn an_agency_has_a_page_with_what_it_took_over_and_its_figures() {
    let mut world = reorganised();
    reported(&mut world, "2025-11-05", "so-khcn-15", "2025-10", "700");
    reported(&mut world, "2025-11-05", "luu-tru-15", "2025-10", "500");
    let page = world.get(TODAY, "/co-quan/so-khcn-15?dv=15&ky=2025-10");
    assert_eq!(page.heading(), "Sở Khoa học và Công nghệ");
    let words = page.words();
    assert!(words.contains("Sở Thông tin và Truyền thông (toàn bộ, từ ngày 01/10/2025)"), "{words}");
    assert!(words.contains("Trung tâm Lưu trữ"), "{words}");
    let figures = page.all("#chi-tieu-co-quan tbody tr");
    let told = |row: &&String| row.contains("60,0% (1.200 trên 2.000)") && row.contains("hồ sơ, tài liệu");
    assert!(figures.iter().find(told).is_some(), "{figures:?}");
    page.assert_handles();
    let old = world.get(TODAY, "/co-quan/so-tttt-15?dv=15");
    assert!(old.words().contains("Nay là Sở Khoa học và Công nghệ"), "{}", old.words());
    assert_eq!(world.get(TODAY, "/co-quan/khong-co").status, 404);
}

#[test]
fn an_english_page_writes_days_as_the_reader_does() {
    let mut world = reorganised();
    let page = world.get(TODAY, "/co-quan/so-khcn-15?dv=15&lang=en");
    let words = page.words();
    assert!(words.contains("1 Oct 2025") && !words.contains("01/10/2025"), "{words}");
    let wrong = world.get(TODAY, "/so/so-hoa?dv=15&loc-agency=So+Khoa+hoc+va+Cong+ghe&lang=en");
    let words = wrong.words();
    assert_eq!(wrong.status, 422, "{words}");
    assert!(words.contains("is not on the list") && !words.contains("không có trong danh mục"), "{words}");
    assert!(words.contains("It may be: “Sở Khoa học và Công nghệ”"), "{words}");
}

#[test]
fn an_old_name_finds_the_agency_of_today_and_says_why() {
    let mut world = reorganised();
    for query in ["Sở+Thông+tin+và+Truyền+thông", "so+thong+tin+va+truyen+thong"] {
        let page = world.get(TODAY, &format!("/tim?q={query}&dv=15"));
        let hits = page.all("section[aria-labelledby=tim-co-quan] li");
        let today = hits.first().expect("the agency of today stands first");
        assert!(today.starts_with("Sở Khoa học và Công nghệ"), "{hits:?}");
        assert!(today.contains("hợp nhất từ Sở Thông tin và Truyền thông"), "{hits:?}");
        assert!(hits.iter().any(|hit| hit.contains("nay nhập vào Sở Khoa học và Công nghệ")), "{hits:?}");
    }
}

#[test]
fn a_list_is_filtered_by_the_name_of_an_agency() {
    let mut world = reorganised();
    reported(&mut world, "2025-11-05", "so-khcn-15", "2025-10", "700");
    reported(&mut world, "2025-11-05", "luu-tru-15", "2025-10", "500");
    for (typed, rows) in [("so-khcn-15", 1), ("so+thong+tin+va+truyen+thong", 1), ("Trung+tâm+Lưu+trữ", 1)]
    {
        let page = world.get(TODAY, &format!("/so/so-hoa?dv=15&loc-agency={typed}"));
        assert_eq!(page.all("main tbody tr").len(), rows, "{typed}: {}", page.words());
    }
    let unknown = world.get(TODAY, "/so/so-hoa?dv=15&loc-agency=khong+co");
    assert_eq!(unknown.status, 422, "{}", unknown.words());
}
