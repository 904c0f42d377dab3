//! The conference of 17 November 2025: who took part by title, and what was said, in our words and in its
//! order. Numbers are not written into the words; a page takes them from the indicators.

use mc_ledger::Value;

use crate::lao_cai::tasks::{TASKS, task_code};
use crate::lao_cai::{ARTICLE, CONFERENCE};
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, count, d25, on, place, text, to};

pub(super) const CHAIR: &str = "Bí thư Tỉnh ủy, Trưởng Ban Chỉ đạo";
pub(super) const VICE_CHAIR: &str = "Phó Bí thư Thường trực Tỉnh ủy, Phó Trưởng Ban Chỉ đạo";
const REPORTER: &str = "Thành viên Ban Chỉ đạo, báo cáo thay mặt cơ quan thường trực";
const LAND: &str = "Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh";
const GATE: &str = "Trưởng Ban Quản lý Khu kinh tế tỉnh";

/// What was said: kind, words, who said it, indicator, period.
struct Item(&'static str, &'static str, &'static str, Option<&'static str>, &'static str);

const ITEMS: [Item; 14] = [
    Item(
        "demand",
        "Việc gì cũng phải bắt đầu từ nhu cầu có thật, ra được sản phẩm rõ ràng và đem lại hiệu quả cao khi dùng.",
        CHAIR,
        Some("products_in_use"),
        "2025-11",
    ),
    Item("report", "Các quy định mới về cơ chế, chính sách", REPORTER, Some("regulations"), "2025-11"),
    Item("report", "Các lĩnh vực mũi nhọn đã chọn", REPORTER, Some("spearhead_fields"), "2025-11"),
    Item("report", "Cơ sở đào tạo, nghiên cứu của tỉnh", REPORTER, Some("training_institutions"), "2025-11"),
    Item("report", "Tổ chức hoạt động khoa học công nghệ", REPORTER, Some("st_organisations"), "2025-11"),
    Item(
        "report",
        "Nền tảng số dùng chung và chuyên ngành phục vụ điều hành, thủ tục hành chính và người dân",
        REPORTER,
        Some("platforms"),
        "2025-10",
    ),
    Item("report", "Trạm thu phát sóng trên toàn tỉnh", REPORTER, Some("stations"), "2025-10"),
    Item("report", "Trung tâm dữ liệu của tỉnh", REPORTER, Some("data_centres"), "2025-11"),
    Item(
        "report",
        "Số hóa hồ sơ thủ tục hành chính và tài liệu lịch sử của khối cơ quan nhà nước",
        REPORTER,
        Some("digitisation_rate"),
        "2025-10",
    ),
    Item(
        "report",
        "Số hóa hồ sơ của các cơ quan Đảng và Công an tỉnh; chưa công bố số liệu",
        REPORTER,
        None,
        "",
    ),
    Item(
        "report",
        "Chi cho khoa học công nghệ, đổi mới sáng tạo và chuyển đổi số từ đầu năm",
        REPORTER,
        Some("st_spending"),
        "2025-10",
    ),
    Item(
        "report",
        "Phần của khoản chi ấy trong tổng chi ngân sách địa phương",
        REPORTER,
        Some("st_spending_share"),
        "2025-10",
    ),
    Item(
        "opinion",
        "Số hóa dữ liệu đất đai và những vướng mắc cần gỡ",
        LAND,
        Some("parcels_clean_rate"),
        "2025-11",
    ),
    Item("opinion", "Xây dựng cửa khẩu thông minh", GATE, Some("gate_vehicles"), "2025-11"),
];

/// Members who spoke: title, role, stem of the agency, area.
const MEMBERS: [(&str, &str, &str, &str); 5] = [
    ("Bí thư Tỉnh ủy, Chủ tịch Hội đồng nhân dân tỉnh", "chair", "tinh-uy", "Lãnh đạo chung"),
    ("Phó Bí thư Thường trực Tỉnh ủy", "standing_vice_chair", "tinh-uy", "Đôn đốc việc thực hiện"),
    (REPORTER, "member", "van-phong-tinh-uy", "Tổng hợp, báo cáo"),
    (LAND, "member", "ubnd-tinh", "Dữ liệu đất đai"),
    (GATE, "member", "ban-quan-ly-khu-kinh-te", "Cửa khẩu thông minh"),
];

pub(super) fn tell(province: &Province, script: &mut Script) {
    announced(province, script);
    members(province, script);
    items(province, script);
    gate(province, script);
}

fn announced(province: &Province, script: &mut Script) {
    let mut scene = Scene::new(
        at(d25(11, 14), 8, 0),
        province.standing_agency(),
        "Chương trình hội nghị",
        "Ghi hội nghị đôn đốc nhiệm vụ trọng tâm năm 2025",
    )
    .published();
    scene.insert(
        "conference",
        vec![
            ("code", code(CONFERENCE)),
            ("title", text("Hội nghị đôn đốc nhiệm vụ trọng tâm năm 2025 thực hiện Nghị quyết 57")),
            ("kind", code("urging")),
            ("day", on(d25(11, 17))),
            ("part_of_day", code("afternoon")),
            ("place", place(province.place)),
            ("chair_position", text(CHAIR)),
            ("agency", agency(&province.agency("van-phong-tinh-uy"))),
            ("data_day", on(d25(10, 31))),
            (
                "demand",
                text(
                    "Bắt đầu từ nhu cầu có thật, kết thúc bằng sản phẩm rõ ràng, hiệu quả cao trên thực tế; mỗi \
                     thành viên lập nhóm chuyên gia và đem về sản phẩm tốt nhất cho ngành mình.",
                ),
            ),
            ("document", text(ARTICLE)),
        ],
    );
    script.add(scene);
}

fn members(province: &Province, script: &mut Script) {
    let mut scene = Scene::new(
        at(d25(11, 14), 10, 0),
        province.standing_agency(),
        ARTICLE,
        "Chức danh những người điều hành và phát biểu tại hội nghị; danh sách đầy đủ chưa công bố",
    )
    .published();
    for (order, (position, role, stem, area)) in (1..).zip(MEMBERS) {
        scene.insert(
            "member",
            vec![
                ("code", code(format!("BCD-15-{order:02}"))),
                ("position", text(position)),
                ("role", code(role)),
                ("agency", agency(&province.agency(stem))),
                ("place", place(province.place)),
                ("area", text(area)),
                ("document", text(ARTICLE)),
                ("note", text("Nêu theo chức danh; danh sách đầy đủ của Ban Chỉ đạo chưa công bố.")),
            ],
        );
    }
    script.add(scene);
}

fn items(province: &Province, script: &mut Script) {
    let mut scene = Scene::new(
        at(d25(11, 17), 16, 45),
        province.standing_agency(),
        ARTICLE,
        "Các ý báo cáo, tham luận và chỉ đạo tại hội nghị",
    )
    .published();
    let mut order = 0_usize;
    let mut item = |kind: &str, words: &str, speaker: &str, more: Vec<(&'static str, Value)>| {
        order += 1;
        let mut fields = vec![
            ("conference", to("conference", CONFERENCE)),
            ("order", count(order)),
            ("kind", code(kind)),
            ("text", text(words)),
            ("speaker_position", text(speaker)),
            ("document", text(ARTICLE)),
        ];
        fields.extend(more);
        scene.insert("conference_item", fields);
    };
    for Item(kind, words, speaker, indicator, period) in ITEMS {
        let figure = indicator.map(|id| vec![("indicator", code(id)), ("indicator_period", code(period))]);
        item(kind, words, speaker, figure.unwrap_or_default());
    }
    for (nth, task) in (1..).zip(&TASKS) {
        item("instruction", task.title, task.speaker, vec![("task", to("task", task_code(nth)))]);
    }
    script.add(scene);
}

fn gate(province: &Province, script: &mut Script) {
    let mut scene = Scene::new(
        at(d25(11, 17), 17, 5),
        province.standing_agency(),
        ARTICLE,
        "Đề án cửa khẩu thông minh được báo cáo tại hội nghị; chưa công bố số liệu",
    )
    .published();
    scene.insert(
        "gate_milestone",
        vec![
            ("code", code("CKTM-15-01")),
            ("title", text("Báo cáo nội dung xây dựng cửa khẩu thông minh")),
            ("state", code("preparing")),
            ("agency", agency(&province.agency("ban-quan-ly-khu-kinh-te"))),
            ("place", place(province.place)),
            ("document", text(ARTICLE)),
        ],
    );
    script.add(scene);
}
