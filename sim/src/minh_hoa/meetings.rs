//! Conferences, what was said at them, and the documents that assign work.

use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, count, d25, on, place, text, to};

/// Code, title, kind, (month, day), data day, what the chair asks.
type Meeting = (&'static str, &'static str, &'static str, (i8, i8), (i8, i8), &'static str);

const MEETINGS: [Meeting; 3] = [
    (
        "HN-MH-2025-07",
        "Phiên họp thứ nhất của Ban Chỉ đạo",
        "regular",
        (7, 25),
        (6, 30),
        "Mỗi sở chọn một việc làm đến nơi đến chốn và nói rõ ai dùng.",
    ),
    (
        "HN-MH-2025-09",
        "Hội nghị sơ kết hai tháng",
        "review",
        (9, 5),
        (8, 31),
        "Việc trễ phải nêu lý do và hạn mới; hạn cũ vẫn phải nhìn thấy.",
    ),
    (
        "HN-MH-2025-11",
        "Hội nghị đôn đốc quý IV",
        "urging",
        (11, 12),
        (10, 31),
        "Nghiệm thu rồi để đó thì chưa phải là xong; báo cáo số người dùng.",
    ),
];

/// Code, number, (month, day), kind, subject, meeting.
type Directive = (&'static str, &'static str, (i8, i8), &'static str, &'static str, Option<usize>);

const DIRECTIVES: [Directive; 5] = [
    ("KH-MH-01", "01-KH/BCĐ", (7, 8), "plan", "Kế hoạch hành động sáu tháng cuối năm 2025", None),
    ("KL-MH-01", "02-KL/BCĐ", (7, 28), "conclusion", "Kết luận phiên họp thứ nhất", Some(0)),
    ("KL-MH-02", "05-KL/BCĐ", (9, 8), "conclusion", "Kết luận hội nghị sơ kết hai tháng", Some(1)),
    ("CV-MH-01", "112/BCĐ-VP", (10, 10), "letter", "Đôn đốc các nhiệm vụ đến hạn quý IV", None),
    ("KL-MH-03", "09-KL/BCĐ", (11, 13), "conclusion", "Kết luận hội nghị đôn đốc quý IV", Some(2)),
];

/// Words, indicator, period of what was reported.
const REPORTED: [(&str, &str, &str); 8] = [
    ("Sản phẩm đang được dùng thật", "products_in_use", "2025-10"),
    ("Trạm thu phát sóng, có phần chỉ có số tổng", "stations", "2025-10"),
    ("Thôn chưa có sóng", "villages_without_signal", "2025-10"),
    ("Số hóa của khối cơ quan nhà nước", "digitisation_rate", "2025-10"),
    ("Hồ sơ giải quyết đúng hạn", "procedures_on_time", "2025-10"),
    ("Thửa đất sạch", "parcels_clean_rate", "2025-10"),
    ("Phút mỗi xe qua cửa khẩu", "gate_minutes_per_vehicle", "2025-10"),
    ("Nhiệm vụ quá hạn", "tasks_overdue", "2025-11"),
];

/// Code of the n-th meeting, from 0.
pub(super) fn meeting(nth: usize) -> &'static str {
    MEETINGS.get(nth).map_or("", |meeting| meeting.0)
}

/// Code of the n-th directive, from 0, and the day it was issued.
pub(super) fn directive(nth: usize) -> (&'static str, mc_base::Day, Option<usize>) {
    DIRECTIVES.get(nth).map_or(("", mc_base::Day::MIN, None), |one| (one.0, d25(one.2.0, one.2.1), one.5))
}

/// Directives there are.
pub(super) const DIRECTIVE_COUNT: usize = DIRECTIVES.len();

pub(super) fn tell(province: &Province, script: &mut Script) {
    let standing = province.agency("van-phong-tinh-uy");
    for (title_code, title, kind, (month, day), (data_month, data_day), demand) in MEETINGS {
        let meeting_day = d25(month, day);
        let when = at(meeting_day, 7, 30);
        let source = format!("Giấy mời họp (minh họa), {title}");
        let mut scene =
            Scene::new(when, province.standing_agency(), source, format!("Ghi cuộc họp: {title}"));
        scene.insert(
            "conference",
            vec![
                ("code", code(title_code)),
                ("title", text(title)),
                ("kind", code(kind)),
                ("day", on(meeting_day)),
                ("part_of_day", code("morning")),
                ("place", place(province.place)),
                ("venue", text("Hội trường Ủy ban nhân dân tỉnh")),
                ("chair_position", text("Bí thư Tỉnh ủy, Trưởng Ban Chỉ đạo")),
                ("agency", agency(&standing)),
                ("data_day", on(d25(data_month, data_day))),
                ("demand", text(demand)),
            ],
        );
        script.add(scene);
    }
    for directive in &DIRECTIVES {
        let (_, number, (month, day), _, subject, _) = *directive;
        let source = format!("Văn bản số {number} (minh họa)");
        let when = at(d25(month, day), 8, 15);
        let mut scene = Scene::new(when, province.standing_agency(), source, subject);
        scene.insert("directive", directive_fields(province, directive));
        script.add(scene);
    }
    items(province, script);
}

fn directive_fields(province: &Province, directive: &Directive) -> Fields {
    let (directive_code, number, (month, day), kind, subject, meeting_nth) = *directive;
    let mut fields = vec![
        ("code", code(directive_code)),
        ("number", text(number)),
        ("issued", on(d25(month, day))),
        ("issuer", text("Ban Chỉ đạo Nghị quyết 57 tỉnh Minh Họa")),
        ("kind", code(kind)),
        ("subject", text(subject)),
        ("secrecy", code("none")),
        ("place", place(province.place)),
        ("agency", agency(&province.agency("van-phong-tinh-uy"))),
    ];
    fields.extend(meeting_nth.map(|nth| ("conference", to("conference", meeting(nth)))));
    fields
}

fn items(province: &Province, script: &mut Script) {
    let last = meeting(2);
    let reason = "Các ý báo cáo tại hội nghị đôn đốc quý IV";
    let source = "Biên bản hội nghị (minh họa)";
    let mut scene = Scene::new(at(d25(11, 12), 14, 0), province.standing_agency(), source, reason);
    for (order, (words, indicator, period)) in (1..).zip(REPORTED) {
        scene.insert(
            "conference_item",
            vec![
                ("conference", to("conference", last)),
                ("order", count(order)),
                ("kind", code("report")),
                ("text", text(words)),
                ("speaker_position", text("Chánh Văn phòng Tỉnh ủy")),
                ("indicator", code(indicator)),
                ("indicator_period", code(period)),
            ],
        );
    }
    script.add(scene);
}
