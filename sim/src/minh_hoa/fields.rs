//! Spearhead fields and their projects.

use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, count, d25, day, int, on, place, text, to};

const FIELDS: [(&str, &str, &str, &str); 4] = [
    ("Dược liệu dưới tán rừng", "so-nnmt", "Ba vùng trồng truy xuất được nguồn gốc", "products_in_use"),
    ("Gạo đặc sản và chế biến sâu", "so-nnmt", "Nửa sản lượng qua chế biến", "products_effective"),
    ("Du lịch hồ và bản làng số", "so-vhttdl", "Khách đặt dịch vụ trên nền tảng của tỉnh", "platform_users"),
    (
        "Kinh tế cửa khẩu và logistics",
        "ban-quan-ly-khu-kinh-te",
        "Giảm số phút mỗi xe qua cửa khẩu",
        "gate_minutes_per_vehicle",
    ),
];

/// Title, field, kind, state, agency, started (month, day), budget in tỷ đồng.
type Project = (&'static str, usize, &'static str, &'static str, &'static str, (i8, i8), i64);

const PROJECTS: [Project; 12] = [
    ("Vườn giống dược liệu có kiểm soát", 1, "project", "running", "so-nnmt", (3, 10), 14),
    ("Truy xuất nguồn gốc bằng mã QR cho dược liệu", 1, "pilot", "running", "so-khcn", (4, 2), 3),
    ("Chiết xuất tinh dầu quy mô hợp tác xã", 1, "study", "finished", "so-khcn", (1, 15), 2),
    ("Sấy lúa bằng nhiệt thải", 2, "pilot", "running", "so-cong-thuong", (5, 20), 5),
    ("Giống lúa chịu lạnh của Thung Lúa Chín", 2, "study", "running", "so-nnmt", (2, 1), 4),
    ("Nhà máy bún khô tự động hóa", 2, "project", "approved", "so-cong-thuong", (9, 1), 38),
    ("Bản đồ du lịch số ba thứ tiếng", 3, "project", "finished", "so-vhttdl", (1, 20), 2),
    ("Vé thuyền điện tử trên Hồ Gương Xanh", 3, "pilot", "running", "so-vhttdl", (6, 12), 1),
    ("Đặt phòng bản làng", 3, "initiative", "stopped", "so-vhttdl", (3, 3), 1),
    ("Khai báo xe trước khi đến cửa khẩu", 4, "project", "running", "ban-quan-ly-khu-kinh-te", (2, 17), 21),
    ("Dự báo lượng xe theo giờ", 4, "study", "running", "so-khcn", (7, 21), 2),
    ("Bãi đỗ có cảm biến", 4, "pilot", "proposed", "ban-quan-ly-khu-kinh-te", (10, 20), 9),
];

/// Key of a spearhead field, counted from 1.
pub(super) fn field_code(nth: usize) -> String {
    format!("LV-MH-{nth}")
}

/// Key of a project, counted from 1.
pub(super) fn project_code(nth: usize) -> String {
    format!("DA-MH-{nth:02}")
}

pub(super) fn tell(province: &Province, script: &mut Script) {
    let source = "Quyết định chọn lĩnh vực mũi nhọn số 18/QĐ-UBND (minh họa)";
    let mut scene = Scene::new(
        at(d25(7, 3), 8, 30),
        province.standing_agency(),
        source,
        "Bốn lĩnh vực mũi nhọn của tỉnh",
    );
    for (nth, (title, stem, goal, indicator)) in (1..).zip(FIELDS) {
        scene.insert(
            "spearhead_field",
            vec![
                ("code", code(field_code(nth))),
                ("title", text(title)),
                ("order", count(nth)),
                ("agency", agency(&province.agency(stem))),
                ("place", place(province.place)),
                ("chosen", on(day(2025, 2, 14))),
                ("goal", text(goal)),
                ("indicator", code(indicator)),
                ("document", text("Quyết định số 18/QĐ-UBND ngày 14/02/2025 (minh họa)")),
            ],
        );
    }
    script.add(scene);
    let source = "danh-muc-du-an-mui-nhon.xlsx (minh họa)";
    let reason = "Mười hai dự án, đề tài, sáng kiến của các lĩnh vực";
    let mut scene = Scene::new(at(d25(7, 11), 9, 0), province.standing_agency(), source, reason);
    for (nth, project) in (1..).zip(&PROJECTS) {
        scene.insert("field_project", project_fields(province, nth, project));
    }
    script.add(scene);
    let reason = "Đề án bãi đỗ có cảm biến được phê duyệt";
    let source = "Quyết định số 97/QĐ-UBND (minh họa)";
    let actor = province.focal_officer("ban-quan-ly-khu-kinh-te");
    let mut scene = Scene::new(at(d25(10, 22), 10, 30), actor, source, reason);
    scene.correct("field_project", project_code(12), vec![("state", code("approved"))]);
    script.add(scene);
}

fn project_fields(province: &Province, nth: usize, project: &Project) -> Fields {
    let (title, field, kind, state, stem, (month, date), billions) = *project;
    vec![
        ("code", code(project_code(nth))),
        ("title", text(title)),
        ("field", to("spearhead_field", field_code(field))),
        ("kind", code(kind)),
        ("state", code(state)),
        ("agency", agency(&province.agency(stem))),
        ("place", place(province.place)),
        ("started", on(d25(month, date))),
        ("ends", on(day(2026, 12, 31))),
        ("budget", int(billions * 1_000_000_000)),
    ]
}
