//! Things that were published as a number, some with their names: data centres, institutions, organisations, fields,
//! regulations.

use crate::lao_cai::{ARTICLE, CONFERENCE, REPORT};
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, int, place, text, to};

const FIELDS: [&str; 5] = [
    "Khai khoáng - chế biến sâu",
    "Nông nghiệp đặc sản vùng cao",
    "Công nghiệp chế biến vật liệu",
    "Du lịch thông minh - bền vững",
    "Logistics - kinh tế cửa khẩu",
];

const INSTITUTIONS: [(&str, &str); 2] =
    [("Trường Cao đẳng nghề Lào Cai", "college"), ("Phân hiệu Đại học Thái Nguyên tại Lào Cai", "branch")];

const REGULATIONS: [(&str, &str); 3] = [
    ("Quy định về Quỹ đầu tư mạo hiểm cho đổi mới sáng tạo và chuyển đổi số", "venture_fund"),
    ("Quy định về khung pháp lý thử nghiệm có kiểm soát (sandbox)", "sandbox"),
    ("Quy định về ưu tiên mua sắm sản phẩm đổi mới sáng tạo sản xuất tại tỉnh", "procurement"),
];

const DATA_CENTRES: usize = 2;
const ORGANISATIONS: usize = 15;

pub(super) fn tell(province: &Province, script: &mut Script) {
    let standing = || province.standing_agency();
    let eve = d25(11, 14);
    let here = place(province.place);
    let named = |fields: Fields| -> Fields {
        fields.into_iter().chain([("place", here.clone()), ("document", text(ARTICLE))]).collect()
    };

    let reason = "Năm lĩnh vực mũi nhọn được chọn";
    let mut scene = Scene::new(at(eve, 8, 30), standing(), REPORT, reason).published();
    for (order, title) in (1_i32..).zip(FIELDS) {
        scene.insert(
            "spearhead_field",
            named(vec![
                ("code", code(format!("LV-15-{order}"))),
                ("title", text(title)),
                ("order", int(order)),
            ]),
        );
    }
    script.add(scene);

    let reason = "Hai cơ sở đào tạo, nghiên cứu của tỉnh";
    let mut scene = Scene::new(at(eve, 8, 40), standing(), REPORT, reason).published();
    for (order, (name, kind)) in (1..).zip(INSTITUTIONS) {
        scene.insert(
            "training_institution",
            named(vec![("code", code(format!("DT-15-{order}"))), ("name", text(name)), ("kind", code(kind))]),
        );
    }
    script.add(scene);

    let reason = "Mười lăm tổ chức khoa học công nghệ; tên chưa công bố";
    let mut scene = Scene::new(at(eve, 8, 50), standing(), REPORT, reason);
    for order in 1..=ORGANISATIONS {
        scene.insert(
            "st_organisation",
            named(vec![
                ("code", code(format!("TC-15-{order:02}"))),
                ("name", text(format!("Tổ chức KH&CN số {order:02} (tên chưa công bố)"))),
            ]),
        );
    }
    script.add(scene);

    let reason = "Hai trung tâm dữ liệu do Văn phòng Tỉnh ủy quản lý";
    let mut scene = Scene::new(at(eve, 9, 0), standing(), REPORT, reason);
    for order in 1..=DATA_CENTRES {
        scene.insert(
            "data_centre",
            named(vec![
                ("code", code(format!("TTDL-15-{order}"))),
                ("name", text(format!("Trung tâm dữ liệu số {order} (tên chưa công bố)"))),
                ("agency", agency(&province.agency("van-phong-tinh-uy"))),
            ]),
        );
    }
    script.add(scene);

    let reason = "Ba quy định được nêu tại hội nghị; số và ngày chưa công bố";
    let mut scene = Scene::new(at(eve, 9, 30), standing(), REPORT, reason).published();
    for (order, (title, instrument)) in (1..).zip(REGULATIONS) {
        scene.insert(
            "regulation",
            named(vec![
                ("code", code(format!("QD-15-{order}"))),
                ("title", text(title)),
                ("instrument", code(instrument)),
                ("named_at", to("conference", CONFERENCE)),
            ]),
        );
    }
    script.add(scene);
}
