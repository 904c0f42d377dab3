//! Numbers that others published about Lào Cai, and levels that documents demand.

use mc_base::Day;
use mc_ledger::Value;

use crate::lao_cai::ARTICLE;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{at, code, d25, day, on, place, scaled, text};

const NEWSPAPER: &str = "Báo Lào Cai";
const TITLE: &str = "Bài về hội nghị đôn đốc nhiệm vụ trọng tâm năm 2025";

/// Indicator, subject, value in thousandths, unit, period.
const ON_17_NOVEMBER: [(&str, &str, i64, &str, &str); 9] = [
    ("stations", "Số trạm thu phát sóng", 4_607_000, "trạm", "2025-10"),
    ("data_centres", "Số trung tâm dữ liệu", 2_000, "trung tâm", "2025-11"),
    ("training_institutions", "Số cơ sở đào tạo, nghiên cứu", 2_000, "đơn vị", "2025-11"),
    ("st_organisations", "Số tổ chức khoa học công nghệ", 15_000, "tổ chức", "2025-11"),
    ("spearhead_fields", "Số lĩnh vực mũi nhọn", 5_000, "lĩnh vực", "2025-11"),
    ("regulations", "Số quy định được nêu", 3_000, "quy định", "2025-11"),
    ("digitisation_rate", "Tỷ lệ số hóa khối cơ quan nhà nước", 84_200, "%", "2025-10"),
    (
        "st_spending",
        "Chi cho khoa học công nghệ, đổi mới sáng tạo, chuyển đổi số",
        574_000,
        "tỷ đồng",
        "2025-10",
    ),
    ("st_spending_share", "Tỷ lệ trên tổng chi ngân sách địa phương", 1_500, "%", "2025-10"),
];

const RESOLUTION: &str = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị";
const PLAN: &str = "Mục tiêu của tỉnh theo doingoailaocai.vn; số văn bản chưa rõ";

/// Indicator, period, value in thousandths, document.
///
/// The plan also names 5G coverage and digitised databases, without saying of what they are a share: no figure of
/// ours could be held against them.
const TARGETS: [(&str, &str, i64, &str); 6] = [
    ("st_spending_share", "2025", 3_000, RESOLUTION),
    ("st_spending_share_planned", "2025", 3_000, RESOLUTION),
    ("st_spending_share_estimated", "2025", 3_000, RESOLUTION),
    ("villages_broadband_share", "2025", 99_000, PLAN),
    ("villages_broadband_share", "2030", 100_000, PLAN),
    ("households_internet_share", "2025", 75_000, PLAN),
];

pub(super) fn tell(province: &Province, script: &mut Script) {
    let stations = "Số trạm thu phát sóng";
    let mut scene = scene(province, d25(7, 16), "laodong.vn", "Số trạm do báo chí nêu ngày 16/7/2025");
    let mut more = row(province, "laodong.vn", stations, d25(7, 16), 4_100_000, "trạm");
    more.extend([
        ("indicator", code("stations")),
        ("period", code("2025-07")),
        ("qualifier", code("more_than")),
    ]);
    more.push(("note", text("Nêu là trạm 3G, 4G, 5G; cách đếm không rõ.")));
    scene.insert("published_value", more);
    script.add(scene);

    let mut scene =
        self::scene(province, d25(7, 30), "doingoailaocai.vn", "Số trạm được công bố ngày 30/7/2025");
    let mut exact = row(province, "doingoailaocai.vn", stations, d25(7, 30), 4_017_000, "trạm");
    exact.extend([
        ("indicator", code("stations")),
        ("period", code("2025-07")),
        ("qualifier", code("exact")),
    ]);
    scene.insert("published_value", exact);
    script.add(scene);

    let mut scene = self::scene(province, d25(11, 17), ARTICLE, "Các số được nêu tại hội nghị 17/11/2025");
    for (indicator, subject, thousandths, unit, period) in ON_17_NOVEMBER {
        let mut fields = row(province, NEWSPAPER, subject, d25(11, 17), thousandths, unit);
        fields.extend([
            ("indicator", code(indicator)),
            ("period", code(period)),
            ("qualifier", code("exact")),
            ("title", text(TITLE)),
            ("document", text(ARTICLE)),
        ]);
        if period == "2025-10" && indicator != "stations" {
            fields.push(("as_of", on(d25(10, 31))));
        }
        scene.insert("published_value", fields);
    }
    script.add(scene);
    targets(province, script);
}

fn scene(province: &Province, on: Day, source: &str, reason: &str) -> Scene {
    Scene::new(at(on, 17, 20), province.standing_agency(), source, reason).published()
}

fn row(
    province: &Province,
    publisher: &str,
    subject: &str,
    published: Day,
    thousandths: i64,
    unit: &str,
) -> Vec<(&'static str, Value)> {
    vec![
        ("publisher", code(publisher)),
        ("subject", code(subject)),
        ("place", place(province.place)),
        ("published", on(published)),
        ("value", scaled(thousandths, 3)),
        ("unit", text(unit)),
    ]
}

fn targets(province: &Province, script: &mut Script) {
    let mut scene = Scene::new(
        at(d25(7, 2), 9, 0),
        province.standing_agency(),
        "Nghị quyết 57 và mục tiêu năm 2025, 2030 của tỉnh",
        "Ghi các mức phải đạt",
    )
    .published();
    for (indicator, period, thousandths, document) in TARGETS {
        let issued = (document == RESOLUTION).then(|| on(day(2024, 12, 22)));
        let mut fields = vec![
            ("indicator", code(indicator)),
            ("place", place(province.place)),
            ("period", code(period)),
            ("value", scaled(thousandths, 3)),
            ("unit", text("%")),
            ("direction", code("at_least")),
            ("document", text(document)),
        ];
        fields.extend(issued.map(|day| ("issued", day)));
        scene.insert("target", fields);
    }
    script.add(scene);
}
