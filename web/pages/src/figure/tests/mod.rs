//! Figure pages through the router, on a small store.

mod borders;
mod disclosure;
mod totals;
pub(crate) mod world;

use axum::http::StatusCode;

use disclosure::members;
use world::{LONG_NAME, World};

const TODAY: &str = "2025-11-17";
const STATIONS: &str = "/chi-tieu/tram-bts?dv=15&ky=2025-10";

/// Three stations on 10 July, two more in October, one of the first retired.
fn stations() -> World {
    let mut world = World::new();
    world.stations("2025-07-10", "201", &["A1", "A2"]);
    world.stations("2025-07-10", "202", &["A3"]);
    let published = [
        ("publisher", "Báo Lào Cai"),
        ("subject", "Số trạm"),
        ("place", "115"),
        ("published", "2025-07-30"),
        ("indicator", "stations"),
        ("period", "2025-07"),
        ("value", "3.000"),
        ("unit", "trạm"),
        ("qualifier", "exact"),
    ];
    world.add("2025-07-30", "published_value", &[&published]);
    world.stations("2025-10-20", "203", &["B1", "B2"]);
    world.retire("2025-10-21", "base_station", "A3/2025-07-10");
    world
}

#[test]
fn the_page_says_the_finding_and_every_number_has_its_handle() {
    let page = stations().get(TODAY, STATIONS);
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.heading(), "Lào Cai có 4 trạm thu phát sóng đang hoạt động vào cuối tháng 10/2025");
    page.assert_handles();
    let headings = page.all("main h2");
    for expected in ["Vì sao thay đổi?", "Vì sao là 4?", "Diễn biến 12 tháng", "Theo địa bàn", "Cách đếm"]
    {
        assert!(headings.iter().any(|heading| heading == expected), "{expected}: {headings:?}");
    }
    let sentence = page.all("#cau").concat();
    assert!(sentence.starts_with("Lào Cai có 4 trạm") && sentence.contains("đếm từ bản ghi"), "{sentence}");
    assert!(page.words().contains("“trạng thái” = “Đang phát sóng”"));
}

#[test]
fn places_add_up_and_long_names_stand_whole() {
    let page = stations().get(TODAY, STATIONS);
    let rows = page.all("#theo-dia-ban tbody td");
    let sum: i64 = rows.iter().filter_map(|cell| cell.parse::<i64>().ok()).sum();
    assert_eq!(sum, 4, "{rows:?}");
    assert_eq!(page.all("#theo-dia-ban tfoot td"), ["4"]);
    assert!(page.all("#theo-dia-ban tbody th").iter().any(|name| name.contains(LONG_NAME)));
    assert!(page.words().contains("không phải bản đồ địa giới"));
}

#[test]
fn records_are_three_clicks_away() {
    let page = stations().get(TODAY, STATIONS);
    assert_eq!(page.links("A1"), ["/so/tram-bts/A1/2025-07-10?dv=15"]);
    assert_eq!(page.all("#ban-ghi tbody th a"), ["A1", "A2", "B1", "B2"]);
}

#[test]
fn a_change_is_taken_apart_into_groups_that_add_up() {
    let mut world = stations();
    let links = world.get(TODAY, STATIONS).links("Từ 3 (biết đến ngày 30/07/2025) đến 4");
    let page = world.get(TODAY, links.first().expect("the ready link"));
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.heading(), "Vì sao Lào Cai từ 3 thành 4?");
    assert!(page.words().contains("Nguyên nhân thật không được công bố; dưới đây là bản ghi minh họa"));
    let groups = page.all("#cong-lai tbody td");
    assert_eq!(groups, ["", "3", "2", "2", "1", "-1"]);
    assert_eq!(page.all("#cong-lai tfoot td"), ["", "4"]);
    assert_eq!(page.all("#them-moi-ban-ghi tbody th"), ["B1", "B2"]);
    assert_eq!(page.all("#rut-khoi-so-ban-ghi tbody th"), ["A3"]);
    page.assert_handles();
}

#[test]
fn a_pinned_page_keeps_its_numbers() {
    let mut world = stations();
    let pinned = world.get(TODAY, STATIONS).links("Liên kết giữ nguyên số này");
    let address = pinned.first().expect("a pinned link").clone();
    world.stations("2025-10-25", "201", &["C1"]);
    assert!(world.get(TODAY, STATIONS).heading().contains("có 5 trạm"));
    let later = world.get("2025-11-20", &address);
    assert!(later.heading().contains("có 4 trạm"));
    assert!(later.all(".notice").concat().contains("20/11/2025"), "the notice says the day it is");
}

pub(crate) fn digitisation() -> World {
    let mut world = World::new();
    let level = |agency, month, done, total| {
        [
            ("agency", agency),
            ("object", "procedure_file"),
            ("unit", "file"),
            ("bloc", "state"),
            ("month", month),
            ("place", "115"),
            ("total", total),
            ("done", done),
        ]
    };
    world.add("2025-10-03", "digitisation_progress", &[&level("so-y-te-15", "2025-09", "10", "20")]);
    world.add("2025-11-05", "digitisation_progress", &[&level("so-khcn-15", "2025-10", "842", "1000")]);
    let target = [
        ("indicator", "digitisation_rate"),
        ("place", "115"),
        ("period", "2025"),
        ("value", "90.000"),
        ("unit", "%"),
        ("direction", "at_least"),
        ("document", "Kế hoạch"),
    ];
    world.add("2025-07-02", "target", &[&target]);
    world
}

#[test]
fn a_share_shows_its_operands_its_target_and_who_is_silent() {
    let page = digitisation().get(TODAY, "/chi-tieu/ty-le-so-hoa?dv=15&ky=2025-10");
    let words = page.words();
    assert!(page.heading().contains("là 84,2%, vào cuối tháng 10/2025"), "{}", page.heading());
    for expected in [
        "Vì sao là 84,2%?",
        "842 ÷ 1.000 = 0,842000",
        "842 trên 1.000",
        "Mục tiêu năm 2025: không thấp hơn 90%",
        "1 cơ quan đã báo kỳ trước nhưng chưa báo tháng 10/2025",
        "+34,2 điểm % so với tháng 9/2025",
    ] {
        assert!(words.contains(expected), "{expected}\n{words}");
    }
    assert!(page.all("section li").contains(&"Sở Y tế".to_owned()));
    page.assert_handles();
}

#[test]
fn while_it_is_being_computed_nothing_is_said_of_who_is_silent() {
    let mut world = digitisation();
    world.redeclare("2025-11-06", "digitisation_rate", "done > 0");
    let page = world.get(TODAY, "/chi-tieu/ty-le-so-hoa?dv=15&ky=2025-10");
    assert!(page.heading().contains("đang tính"), "{}", page.heading());
    assert!(!page.words().contains("đã báo"), "{}", page.words());
    // The row of an agency says so as well, and leads to the figure.
    let page = world.get(TODAY, "/co-quan/so-khcn-15?dv=15&ky=2025-10");
    let rows = page.all("#chi-tieu-co-quan tbody tr");
    assert!(rows.iter().any(|row| row.contains("số hóa") && row.contains("đang tính")), "{rows:?}");
}

#[test]
fn an_english_page_has_english_marks_throughout() {
    let page = digitisation().get(TODAY, "/chi-tieu/ty-le-so-hoa?dv=15&ky=2025-10&lang=en");
    assert!(page.words().contains("842 ÷ 1,000 = 0.842000"), "{}", page.words());
}

#[test]
fn no_figure_is_said_and_not_drawn_as_zero() {
    let page = World::new().get(TODAY, "/chi-tieu/trung-tam-du-lieu?dv=15&ky=2025-10");
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.heading(), "Lào Cai chưa công bố số trung tâm dữ liệu, vào cuối tháng 10/2025");
    assert_eq!(page.links("Tỉnh Minh Họa"), ["/chi-tieu/trung-tam-du-lieu?dv=MH&ky=2025-10"]);
    assert!(page.all("main .number").is_empty());
    assert!(page.words().contains("Chưa có số liệu để vẽ"));
}

#[test]
fn what_cannot_be_read_is_answered_with_a_sentence() {
    let mut world = stations();
    let unknown = world.get(TODAY, "/chi-tieu/tram-bts?dv=15&ky=2025-10&theo=mau-sac");
    assert_eq!(unknown.status, StatusCode::OK);
    assert!(unknown.words().contains("không tách được theo “mau-sac”"));
    assert!(unknown.words().contains("Tách được theo: địa bàn; doanh nghiệp viễn thông"));
    for (address, status) in [
        ("/chi-tieu/khong-co", StatusCode::NOT_FOUND),
        ("/chi-tieu/tram-bts?ky=thang-muoi", StatusCode::BAD_REQUEST),
        ("/chi-tieu/tram-bts?tai=ghi-99999", StatusCode::NOT_FOUND),
        ("/chi-tieu/tram-bts/vi-sao?tu_ky=x", StatusCode::BAD_REQUEST),
        ("/chi-tieu/tram-bts/vi-sao?tu_tai=x", StatusCode::BAD_REQUEST),
        ("/chi-tieu/tram-bts/vi-sao?tu_tai=ghi-99999", StatusCode::NOT_FOUND),
        ("/chi-tieu/trung-tam-du-lieu/bang-chung?dv=15", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(world.get(TODAY, address).status, status, "{address}");
    }
}

#[test]
fn one_cut_alone_can_be_asked_for() {
    let page = stations().get(TODAY, "/chi-tieu/tram-bts?dv=15&ky=2025-10&theo=operator");
    let headings = page.all("main h2");
    assert!(headings.contains(&"Theo doanh nghiệp viễn thông".to_owned()), "{headings:?}");
    assert!(!headings.contains(&"Theo địa bàn".to_owned()));
}

#[test]
fn few_records_of_persons_are_hidden_from_the_public() {
    const MEMBERS: &str = "/chi-tieu/thanh-vien?dv=15&ky=2025-10";
    assert!(members(&[("115", 4)]).get(TODAY, MEMBERS).heading().contains("có 4 thành viên"));
    let mut outside = members(&[("115", 4)]).outside();
    let page = outside.get(TODAY, MEMBERS);
    assert!(page.heading().contains("dưới 5 bản ghi, không nêu số"), "{}", page.heading());
    assert!(page.all("main .number").is_empty());
    assert!(page.all("#ban-ghi").is_empty());
    let proof = outside.get(TODAY, "/chi-tieu/thanh-vien/bang-chung?dv=15&ky=2025-10");
    assert_eq!(proof.status, StatusCode::NOT_FOUND);
    assert!(members(&[("115", 5)]).outside().get(TODAY, MEMBERS).heading().contains("có 5 thành viên"));
}

#[test]
fn the_proof_is_a_file_of_the_figure() {
    let mut world = stations();
    let proof = world.get(TODAY, "/chi-tieu/tram-bts/bang-chung?dv=15&ky=2025-10");
    assert_eq!(proof.status, StatusCode::OK, "{}", proof.text);
    let file = mc_ledger::ProofFile::from_json(&proof.text).expect("a proof file");
    assert!(!file.commits.is_empty());
}
