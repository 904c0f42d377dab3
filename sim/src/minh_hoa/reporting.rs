//! Targets, numbers that others published, and words that go with figures.

use crate::minh_hoa::meetings::meeting;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, count, d25, day, int, on, place, scaled, text, to, whole};
use crate::volume::{self, Size};

/// Indicator, period, thousandths, unit, direction.
const TARGETS: [(&str, &str, i64, &str, &str); 9] = [
    ("st_spending_share_planned", "2025", 3_000, "%", "at_least"),
    ("stations", "2025", 640_000, "trạm", "at_least"),
    ("villages_without_signal", "2025", 0, "thôn", "at_most"),
    ("digitisation_rate", "2025", 80_000, "%", "at_least"),
    ("procedures_on_time", "2025", 95_000, "%", "at_least"),
    ("procedures_online", "2025", 80_000, "%", "at_least"),
    ("parcels_clean_rate", "2025-11", 70_000, "%", "at_least"),
    ("products_in_use", "2025", 10_000, "sản phẩm", "at_least"),
    ("gate_minutes_per_vehicle", "2025-Q4", 55_000, "phút/xe", "at_most"),
];

const NARRATIVES: [(&str, &str, &str); 3] = [
    ("ha-tang", "stations", "Số trạm tăng đều; hai xã vẫn chỉ có số tổng, chưa có danh sách."),
    ("dat-dai", "parcels_clean_rate", "Vướng nhiều nhất là lệch tên và giấy chứng nhận thất lạc."),
    ("cua-khau", "gate_minutes_per_vehicle", "Khai báo trước khi đến làm thời gian qua cửa khẩu ngắn lại."),
];

/// In a whole province the plan and the newspaper speak of all its stations.
pub(super) fn tell(province: &Province, size: Option<Size>, script: &mut Script) {
    let beside = size.map_or(0, |size| whole(volume::network::stations(size))) * 1_000;
    let standing = province.agency("van-phong-tinh-uy");
    let plan = "Kế hoạch số 01-KH/BCĐ ngày 08/07/2025 (minh họa)";
    let mut scene = Scene::new(at(d25(7, 8), 10, 0), province.standing_agency(), plan, "Các mức phải đạt");
    for (page, (indicator, period, thousandths, unit, direction)) in (2..).zip(TARGETS) {
        let thousandths = thousandths + if indicator == "stations" { beside } else { 0 };
        scene.insert(
            "target",
            vec![
                ("indicator", code(indicator)),
                ("place", place(province.place)),
                ("period", code(period)),
                ("value", scaled(thousandths, 3)),
                ("unit", text(unit)),
                ("direction", code(direction)),
                ("page", text(format!("Phụ lục, trang {page}"))),
                ("issued", on(d25(7, 8))),
                ("agency", agency(&standing)),
                ("document", text(plan)),
            ],
        );
    }
    script.add(scene);
    published(province, beside, script);
    let reason = "Nhận định kèm số liệu báo cáo tháng 10";
    let source = "Dự thảo báo cáo tháng 10 (minh họa)";
    let mut scene = Scene::new(at(d25(11, 12), 16, 0), province.standing_agency(), source, reason);
    for (order, (section, indicator, words)) in (1..).zip(NARRATIVES) {
        scene.insert(
            "narrative",
            vec![
                ("place", place(province.place)),
                ("period", code("2025-10")),
                ("section", code(section)),
                ("order", count(order)),
                ("indicator", code(indicator)),
                ("text", text(words)),
                ("agency", agency(&standing)),
                ("conference", to("conference", meeting(2))),
            ],
        );
    }
    script.add(scene);
}

fn published(province: &Province, stations_beside: i64, script: &mut Script) {
    let source = "Bảng xếp hạng năm 2024 (minh họa)";
    let reason = "Số do nơi khác công bố, giữ nguyên như đã nêu";
    let mut scene = Scene::new(at(d25(8, 21), 9, 0), province.standing_agency(), source, reason);
    scene.insert(
        "published_value",
        vec![
            ("publisher", code("Viện Đo lường Minh Họa")),
            ("subject", code("Chỉ số đổi mới sáng tạo địa phương 2024")),
            ("place", place(province.place)),
            ("published", on(d25(8, 20))),
            ("period", code("2024")),
            ("value", scaled(38_420, 3)),
            ("unit", text("điểm")),
            ("qualifier", code("exact")),
            ("as_of", on(day(2024, 12, 31))),
            ("rank", int(21)),
            ("ranked", int(35)),
        ],
    );
    scene.insert(
        "published_value",
        vec![
            ("publisher", code("Báo Minh Họa")),
            ("subject", code("Số trạm thu phát sóng")),
            ("place", place(province.place)),
            ("published", on(d25(8, 20))),
            ("indicator", code("stations")),
            ("period", code("2025-07")),
            ("value", scaled(600_000 + stations_beside, 3)),
            ("unit", text("trạm")),
            ("qualifier", code("about")),
        ],
    );
    script.add(scene);
}
