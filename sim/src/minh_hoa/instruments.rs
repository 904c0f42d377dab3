//! Regulations on the three policy instruments.

use crate::minh_hoa::meetings::meeting;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, on, place, text, to, yes};

/// Code, title, instrument, number, issued (month, day), operates.
type Line = (&'static str, &'static str, &'static str, &'static str, (i8, i8), bool);

const LINES: [Line; 4] = [
    (
        "QD-MH-1",
        "Quy định về Quỹ đầu tư mạo hiểm tỉnh Minh Họa",
        "venture_fund",
        "31/2025/QĐ-UBND",
        (8, 22),
        false,
    ),
    ("QD-MH-2", "Quy định về thử nghiệm có kiểm soát", "sandbox", "35/2025/NQ-HĐND", (9, 19), true),
    (
        "QD-MH-3",
        "Quy định về ưu tiên mua sắm sản phẩm đổi mới sáng tạo",
        "procurement",
        "44/2025/QĐ-UBND",
        (10, 17),
        true,
    ),
    ("QD-MH-4", "Quy chế chia sẻ dữ liệu giữa các sở và xã", "other", "12/2025/QĐ-UBND", (7, 2), true),
];

pub(super) fn tell(province: &Province, script: &mut Script) {
    for line in &LINES {
        let (_, title, _, number, (month, day), _) = *line;
        let source = format!("Văn bản số {number} (minh họa)");
        let actor = province.focal_officer("ubnd-tinh");
        let mut scene = Scene::new(at(d25(month, day), 16, 0), actor, source, format!("Ban hành: {title}"));
        scene.insert("regulation", fields(province, line));
        script.add(scene);
    }
    let source = "Phụ lục báo cáo hội nghị (minh họa)";
    let reason = "Ghi các quy định được nêu tại hội nghị đôn đốc quý IV";
    let mut scene = Scene::new(at(d25(11, 12), 15, 0), province.focal_officer("ubnd-tinh"), source, reason);
    for (regulation, ..) in LINES.iter().take(3) {
        scene.correct("regulation", *regulation, vec![("named_at", to("conference", meeting(2)))]);
    }
    script.add(scene);
    let reason = "Quy chế chia sẻ dữ liệu hết hiệu lực";
    let source = "Quyết định bãi bỏ số 58/2025/QĐ-UBND (minh họa)";
    let mut scene = Scene::new(at(d25(11, 4), 9, 0), province.focal_officer("ubnd-tinh"), source, reason);
    scene.correct("regulation", "QD-MH-4", vec![("expired", on(d25(11, 1)))]);
    script.add(scene);
}

fn fields(province: &Province, line: &Line) -> Fields {
    let (regulation, title, instrument, number, (month, day), operates) = *line;
    vec![
        ("code", code(regulation)),
        ("title", text(title)),
        ("instrument", code(instrument)),
        ("number", text(number)),
        ("issued", on(d25(month, day))),
        ("effective", on(d25(month, day))),
        ("issuer", agency(&province.agency("ubnd-tinh"))),
        ("drafter", agency(&province.agency("so-khcn"))),
        ("place", place(province.place)),
        ("operating", yes(operates)),
        ("document", text(format!("Văn bản số {number} (minh họa)"))),
    ]
}
