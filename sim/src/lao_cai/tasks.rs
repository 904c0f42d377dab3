//! The nine instructions of the conference as tasks just assigned, in our words. Deadlines and products are
//! given as far as they were published; where nothing was, the task says so.

use crate::lao_cai::conference::{CHAIR, VICE_CHAIR};
use crate::lao_cai::{ARTICLE, CONFERENCE};
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, d25, on, place, text, to};

/// Code of the conference's conclusion.
const DIRECTIVE: &str = "KL-HN-2025-11-17";
const NOT_STATED: &str = "Chưa nêu";

/// One instruction.
pub(super) struct Instruction {
    pub(super) title: &'static str,
    pub(super) speaker: &'static str,
    cooperating: &'static str,
    product: &'static str,
    group: &'static str,
}

const EVERYONE: &str = "Các cấp, ngành, đơn vị của tỉnh";
const MEMBERS: &str = "Các thành viên Ban Chỉ đạo";

pub(super) const TASKS: [Instruction; 9] = [
    Instruction {
        title: "Triển khai đồng bộ, quyết liệt kế hoạch hành động thực hiện Nghị quyết 57 và các kết luận của Ban \
                Thường vụ Tỉnh ủy, Ban Chỉ đạo",
        speaker: VICE_CHAIR,
        cooperating: EVERYONE,
        product: NOT_STATED,
        group: "awareness",
    },
    Instruction {
        title: "Rà soát, đánh giá, hoàn thiện cơ chế, chính sách, đúng tiến độ, hiệu quả và thực chất",
        speaker: VICE_CHAIR,
        cooperating: EVERYONE,
        product: NOT_STATED,
        group: "institutions",
    },
    Instruction {
        title: "Thường xuyên báo cáo kết quả thực hiện Nghị quyết 57 với Tỉnh ủy và Ban Chỉ đạo",
        speaker: VICE_CHAIR,
        cooperating: EVERYONE,
        product: "Báo cáo kết quả thực hiện Nghị quyết 57",
        group: "state",
    },
    Instruction {
        title: "Xuất phát từ nhu cầu của ngành, lĩnh vực, địa phương; sản phẩm rõ ràng, hiệu quả trên thực tế",
        speaker: CHAIR,
        cooperating: EVERYONE,
        product: NOT_STATED,
        group: "awareness",
    },
    Instruction {
        title: "Người đứng đầu và thành viên Ban Chỉ đạo chủ động hơn, tranh thủ ý kiến và nguồn lực của bộ, ngành \
                Trung ương",
        speaker: CHAIR,
        cooperating: MEMBERS,
        product: NOT_STATED,
        group: "cooperation",
    },
    Instruction {
        title: "Có thêm sáng kiến, dự án chuyên ngành đi sâu vào khoa học kỹ thuật, đổi mới sáng tạo, chuyển đổi số",
        speaker: CHAIR,
        cooperating: EVERYONE,
        product: "Sáng kiến, dự án chuyên ngành",
        group: "enterprise",
    },
    Instruction {
        title: "Mỗi thành viên Ban Chỉ đạo lập nhóm chuyên gia và có sản phẩm tốt nhất cho ngành, lĩnh vực, đơn vị \
                mình phụ trách",
        speaker: CHAIR,
        cooperating: MEMBERS,
        product: "Nhóm chuyên gia và sản phẩm của từng thành viên",
        group: "people",
    },
    Instruction {
        title: "Sớm bổ sung thành viên Ban Chỉ đạo",
        speaker: CHAIR,
        cooperating: NOT_STATED,
        product: "Ban Chỉ đạo được bổ sung thành viên",
        group: "institutions",
    },
    Instruction {
        title: "Cơ quan thường trực rà soát, chỉ ra điểm nghẽn, bất cập ở ba trọng điểm hạ tầng, nhân lực, cơ chế và \
                tham mưu định hướng đột phá",
        speaker: CHAIR,
        cooperating: NOT_STATED,
        product: "Danh mục điểm nghẽn theo ba trọng điểm",
        group: "institutions",
    },
];

pub(super) fn task_code(nth: usize) -> String {
    format!("NV-15-{nth:02}")
}

pub(super) fn tell(province: &Province, script: &mut Script) {
    let standing = province.agency("van-phong-tinh-uy");
    let mut scene = Scene::new(
        at(d25(11, 17), 16, 30),
        province.standing_agency(),
        ARTICLE,
        "Ghi kết luận hội nghị và chín nhiệm vụ vừa giao",
    )
    .published();
    scene.insert(
        "directive",
        vec![
            ("code", code(DIRECTIVE)),
            ("number", text("Chưa công bố")),
            ("issued", on(d25(11, 17))),
            ("issuer", text("Ban Chỉ đạo Nghị quyết 57 tỉnh Lào Cai")),
            ("kind", code("conclusion")),
            ("subject", text("Kết luận hội nghị đôn đốc nhiệm vụ trọng tâm năm 2025")),
            ("conference", to("conference", CONFERENCE)),
            ("place", place(province.place)),
            ("agency", agency(&standing)),
            ("document", text(ARTICLE)),
        ],
    );
    for (nth, task) in (1..).zip(&TASKS) {
        scene.insert(
            "task",
            vec![
                ("code", code(task_code(nth))),
                ("since", on(d25(11, 17))),
                ("state", code("assigned")),
                ("title", text(task.title)),
                ("directive", to("directive", DIRECTIVE)),
                ("group", code(task.group)),
                ("lead", agency(&standing)),
                ("cooperating", text(task.cooperating)),
                ("place", place(province.place)),
                ("assigned_on", on(d25(11, 17))),
                ("due_kind", code("standing")),
                ("product", text(task.product)),
                ("conference", to("conference", CONFERENCE)),
                ("document", text(ARTICLE)),
                ("note", text(note(nth))),
            ],
        );
    }
    script.add(scene);
}

/// What was published about deadline and lead.
fn note(nth: usize) -> &'static str {
    match nth {
        3 => "Hạn: thường xuyên. Giao chung; cơ quan thường trực theo dõi.",
        8 => "Hạn: nêu “sớm”, chưa nêu ngày. Cơ quan chủ trì chưa nêu; cơ quan thường trực theo dõi.",
        9 => "Hạn: chưa nêu. Giao cơ quan thường trực.",
        _ => "Hạn: chưa nêu. Giao chung; cơ quan thường trực theo dõi.",
    }
}
