//! Of whose work a number is: agency and field as written (definition 11).

use std::sync::LazyLock;

use mc_base::Day;
use mc_claims::{Context, Gazetteer, check};

static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| mc_reference::gazetteer().expect("names"));

/// "agency | field" of each claim, "–" for none.
fn bodies(text: &str) -> Vec<String> {
    let date = Day::new(2025, 11, 20).expect("a day");
    let none = || "–".to_owned();
    let show = |claim: &mc_claims::Claim| {
        let scope = &claim.scope;
        format!(
            "{} | {}",
            scope.agency.clone().unwrap_or_else(none),
            scope.sector.clone().unwrap_or_else(none)
        )
    };
    check(text, &Context { date, places: &PLACES }).claims.iter().map(show).collect()
}

fn faults(cases: &[(&str, &[&str])]) -> String {
    let wrong = |(text, wanted): &&(&str, &[&str])| bodies(text) != *wanted;
    let line = |(text, wanted): &(&str, &[&str])| {
        format!("{text}\n  wanted {wanted:?}\n  found  {:?}\n", bodies(text))
    };
    cases.iter().filter(wrong).map(line).collect()
}

#[test]
fn the_agency_that_acts_has_the_number() {
    let cases: &[(&str, &[&str])] = &[
        ("Sở Y tế tiếp nhận 1.250 hồ sơ.", &["Sở Y tế | –"]),
        (
            "Trong tháng, Công an tỉnh xử lý 86 vụ, thu 1,2 tỷ đồng.",
            &["Công an tỉnh | –", "Công an tỉnh | –"],
        ),
        ("UBND xã Bát Xát đã cấp 412 giấy chứng nhận.", &["UBND xã Bát Xát | –"]),
        ("Hiện có 2 trung tâm dữ liệu do Văn phòng Tỉnh ủy quản lý.", &["Văn phòng Tỉnh ủy | –"]),
        (
            "Sở Xây dựng còn nợ 12 hồ sơ; Sở Văn hóa, Thể thao và Du lịch còn nợ 5 hồ sơ.",
            &["Sở Xây dựng | –", "Sở Văn hóa, Thể thao và Du lịch | –"],
        ),
        (
            "Sở Nội vụ số hóa 40.000 trang. Trong đó 8.000 trang đã ký số.",
            &["Sở Nội vụ | –", "Sở Nội vụ | –"],
        ),
    ];
    assert_eq!(faults(cases), "");
}

#[test]
fn an_agency_that_only_speaks_has_none() {
    let cases: &[(&str, &[&str])] = &[
        ("Theo Sở Y tế, toàn tỉnh có 12 bệnh viện.", &["– | –"]),
        ("Sở Tài chính cho biết tổng thu đạt 574 tỷ đồng.", &["– | –"]),
        ("Đại diện Sở Công Thương nêu 3 khó khăn.", &["– | –"]),
        ("Sở Nội vụ số hóa 40.000 trang. Toàn tỉnh đạt 84,2%.", &["Sở Nội vụ | –", "– | –"]),
        ("Giao Sở Tư pháp rà soát 15 văn bản.", &["– | –"]),
        ("Toàn tỉnh có 4.607 trạm.", &["– | –"]),
        (
            "Hiện có 2 trung tâm do Văn phòng Tỉnh ủy quản lý. Tỷ lệ số hóa đạt 84,2%.",
            &["Văn phòng Tỉnh ủy | –", "– | –"],
        ),
    ];
    assert_eq!(faults(cases), "");
}

#[test]
fn a_field_is_named_by_its_phrase_or_opens_its_line() {
    let cases: &[(&str, &[&str])] = &[
        ("Trong lĩnh vực đất đai, còn 1.120 hồ sơ quá hạn.", &["– | đất đai"]),
        ("Về y tế, tỷ lệ bao phủ đạt 95%. Số giường bệnh là 3.640 giường.", &["– | y tế", "– | y tế"]),
        (
            "1. Nông nghiệp\nDiện tích lúa đạt 52.640 ha.\n2. Du lịch\nĐón 1,2 triệu lượt khách.",
            &["– | Nông nghiệp", "– | Du lịch"],
        ),
        ("II. Y tế\nCó 3.640 giường bệnh.", &["– | Y tế"]),
        ("Đất đai rộng 1.250 ha.", &["– | –"]),
    ];
    assert_eq!(faults(cases), "");
}

#[test]
fn a_place_from_before_the_merger_keeps_its_code_and_says_so() {
    let date = Day::new(2025, 11, 20).expect("a day");
    let of = |text: &str| check(text, &Context { date, places: &PLACES }).claims[0].scope.clone();
    let old = of("Tỉnh Yên Bái cũ có 173 xã.");
    assert_eq!((old.place.as_deref(), old.merged), (Some("15"), true));
    let today = of("Tỉnh Lào Cai có 99 xã.");
    assert_eq!((today.place.as_deref(), today.merged), (Some("15"), false));
}

/// The code of the place of each claim, "–" for none.
fn places(text: &str) -> Vec<String> {
    let date = Day::new(2025, 11, 20).expect("a day");
    let checked = check(text, &Context { date, places: &PLACES });
    checked.claims.iter().map(|claim| claim.scope.place.clone().unwrap_or_else(|| "–".to_owned())).collect()
}

#[test]
fn the_commune_spoken_of_goes_on_as_a_subject() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Tỉnh Lào Cai đón 3 triệu lượt khách.\n\nĐiểm sáng là phường Sa Pa. Trong quý, phường đón 968.200 lượt khách, chiếm \
             32,3% lượng khách toàn tỉnh.",
            &["15", "03006", "03006"],
        ),
        // Several communes are none, and the province speaks for itself.
        (
            "Tỉnh Lào Cai quan tâm phường Sa Pa. Đến nay 96 xã đã hoàn thành, các xã có 12 tổ công tác.",
            &["03006", "03006"],
        ),
        ("Phường Sa Pa thuộc tỉnh Lào Cai. Toàn tỉnh có 4.607 trạm.", &["15"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(places(text), *wanted, "{text}");
    }
}
